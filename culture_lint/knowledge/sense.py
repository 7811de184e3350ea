"""Checks of single entries that a schema cannot express: dates, forms, examples, polarity."""

from __future__ import annotations

import datetime
import math
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from culture_lint.errors import Problem
from culture_lint.knowledge.merge import Site
from culture_lint.knowledge.model import Form, Reading, Signifier
from culture_lint.knowledge.scales import Polarity, Severity
from culture_lint.knowledge.wording import quoted

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def date_problem(site: Site, text: str, *below: str | int) -> Iterator[Problem]:
    """Find a date that the calendar does not have."""
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        yield site.problem(f"{quoted(text)} is no date of the calendar", *below)


def reading_problems(site: Site, reading: Reading) -> Iterator[Problem]:
    """Find what does not make sense in a reading by itself."""
    yield from date_problem(site, reading.reviewed, "reviewed")
    if reading.in_force:
        yield from date_problem(site, reading.in_force, "in_force")
    for index, source in enumerate(reading.evidence.sources):
        if source.read:
            yield from date_problem(site, source.read, "evidence", "sources", index, "read")
    if reading.polarity is Polarity.POSITIVE and reading.written_severity is Severity.BLOCKER:
        yield site.problem(
            "a positive reading blocks nothing; use major, minor or info", "severity"
        )
    for usage in sorted(set(reading.usage_any) & set(reading.usage_none)):
        yield site.problem(f'"{usage.value}" is both asked for and excluded', "usage")
    for name in _PLACEHOLDER.findall(reading.message):
        if name != "match":
            yield site.problem(f"{{{name}}} is not filled in; only {{match}} is", "message")
    yield from _example_problems(site, reading)


def _example_problems(site: Site, reading: Reading) -> Iterator[Problem]:
    if reading.fires and not reading.flag:
        yield site.problem(
            'needs "flag": at least one text that must be flagged', "examples", of="key"
        )
    if not reading.fires and reading.flag:
        yield site.problem("a debunked reading never fires; move these to pass", "examples", "flag")
    for verdict, examples in (("flag", reading.flag), ("pass", reading.passes)):
        for index, example in enumerate(examples):
            if example.span is not None and example.span not in example.text:
                message = f"{quoted(example.span)} does not stand in the text"
                yield site.problem(message, "examples", verdict, index, "span")
            if example.attribute is not None and example.role != "attribute":
                message = "counts only with `field: attribute`"
                yield site.problem(message, "examples", verdict, index, "attribute", of="key")


def form_problems(site: Site) -> Iterator[Problem]:
    """Find forms and look-alikes that are blank, padded or repeated in one entry."""
    for key in ("forms", "not"):
        for language, forms in site.data.get(key, {}).items():
            yield from _repeats(site, forms, key, language)
    yield from _repeats(site, site.data.get("emoji", ()), "emoji")


def cue_problems(site: Site) -> Iterator[Problem]:
    """Find cues that are blank, padded or repeated in one language."""
    for language, by_strength in site.data.get("cues", {}).items():
        seen: dict[str, str] = {}
        for strength, cues in by_strength.items():
            yield from _repeats(site, cues, "cues", language, strength, seen=seen)


def _repeats(
    site: Site, forms: Any, *below: str | int, seen: dict[str, str] | None = None
) -> Iterator[Problem]:
    seen = {} if seen is None else seen
    for index, entry in enumerate(forms):
        text = entry if isinstance(entry, str) else entry["form"]
        folded = text if not isinstance(entry, str) and entry.get("case") else text.lower()
        if text != text.strip() or not text.strip():
            yield site.problem(f"{quoted(text)} has spaces around it", *below, index)
        elif folded in seen:
            yield site.problem(f"{quoted(text)} repeats {quoted(seen[folded])}", *below, index)
        seen.setdefault(folded, text)


def idle_lookalikes(site: Site, signifier: Signifier) -> Iterator[Problem]:
    """Find look-alikes that hold none of the forms, so that they can never matter.

    A look-alike of one language also hides the forms of another.
    """
    others = site.data.get("not")
    if signifier.number is not None or not others:
        return
    stems = {_stem(form) for form in signifier.forms}
    for language, entries in others.items():
        for index, entry in enumerate(entries):
            text = entry if isinstance(entry, str) else entry["form"]
            if not any(stem in _folded(text) for stem in stems):
                message = f"{quoted(text)} holds none of the forms"
                yield site.problem(message, "not", language, index)


def _stem(form: Form) -> str:
    """Return the part of a form that most inflections keep."""
    folded = _folded(form.text)
    return folded[: max(2, math.ceil(len(folded) * 0.7))]


def _folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in plain if not unicodedata.combining(char))
