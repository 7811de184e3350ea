"""Read the calendar files of ruleset packs: observances of markets, festivals that copy names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from culture_lint.dates.model import Abroad, Festival, Keeping, Kind, Observance
from culture_lint.dates.public import named
from culture_lint.dates.rules import RuleError, parse
from culture_lint.errors import Problem, RulesetError
from culture_lint.frozen import frozen
from culture_lint.knowledge.defaults import capped
from culture_lint.knowledge.entries import build_evidence, one_or_many
from culture_lint.knowledge.model import Evidence
from culture_lint.knowledge.packs import PackFile, builtin_root, distinct, pack_files, read_bytes
from culture_lint.knowledge.scales import Severity
from culture_lint.knowledge.schema import schema_problems
from culture_lint.knowledge.wording import nearest, quoted
from culture_lint.knowledge.yaml_nodes import Document, read_document

#: The folder of a pack in which its calendar files lie.
FOLDER = "calendar"
#: What a market's own entry need not say: that it is kept every year.
ALWAYS = (1, 1)
#: Years in which a holiday of the library must come at least once.
DECADES = range(2020, 2036)


@frozen
class Calendar:
    """Everything that the calendar files of some packs say."""

    observances: tuple[Observance, ...]
    festivals: Mapping[str, Festival]
    by_sign: Mapping[str, tuple[Festival, ...]]


def load_calendar(rulesets: Sequence[Path] = ()) -> Calendar:
    """Return the built-in calendar with what packs of one's own add; files are read once.

    An entry of a later pack takes the place of an earlier one of the same id.

    Raises:
        RulesetError: If a calendar file of a pack is not sound, with every problem and its place.
    """
    return _loaded(tuple(distinct([builtin_root(), *rulesets])))


@lru_cache(maxsize=8)
def _loaded(roots: tuple[Path, ...]) -> Calendar:
    problems: list[Problem] = []
    observances: dict[str, Observance] = {}
    festivals: dict[str, Festival] = {}
    for number, root in enumerate(roots):
        for file in _files(root):
            document = _read(file, strict=number > 0, problems=problems)
            try:
                observances |= {one.id: one for one in _observances(document)}
                festivals |= {one.id: one for one in _festivals(document)}
            except (KeyError, TypeError, ValueError, AttributeError):
                if not problems:
                    problems += (problem for _, problem in schema_problems(document, FOLDER))
                    problems += () if problems else _rule_problems(document)
                if not problems:
                    raise
    if problems:
        raise RulesetError(problems)
    by_sign: dict[str, list[Festival]] = {}
    for festival in festivals.values():
        for sign in festival.signifiers:
            by_sign.setdefault(sign, []).append(festival)
    return Calendar(
        tuple(observances[name] for name in sorted(observances)),
        dict(sorted(festivals.items())),
        {sign: tuple(found) for sign, found in sorted(by_sign.items())},
    )


def _files(root: Path) -> list[PackFile]:
    if root.is_file():
        return []
    return [one for one in pack_files(root)[0] if FOLDER in one.relative.split("/")[:-1]]


def _read(file: PackFile, *, strict: bool, problems: list[Problem]) -> Document:
    raw = read_bytes(file)
    if isinstance(raw, Problem):
        problems.append(raw)
        raw = b""
    document = read_document(raw, file.shown, file.name)
    problems += document.problems
    if strict and document.data:
        found = [problem for _, problem in schema_problems(document, FOLDER)]
        problems += found or _rule_problems(document)
    return document


def _rule_problems(document: Document) -> Iterable[Problem]:
    """Yield the rules that no month has a day for, or that name a holiday nobody knows."""
    for path, text in _rules(document.data):
        try:
            rule = parse(text)
        except RuleError as error:
            yield document.problem(path, str(error))
            continue
        if rule.kind == "holiday" and not any(map(rule.in_year, DECADES)):
            known = {name for year in DECADES for name in named(rule.country, year)}
            message = f"no holiday of {rule.country} is called {quoted(rule.name)}"
            yield document.problem(path, message + nearest(rule.name, known))


def _rules(data: Mapping[str, Any]) -> Iterable[tuple[tuple[str | int, ...], str]]:
    for name, entry in data.get("observances", {}).items():
        yield ("observances", name, "when"), entry["when"]
    for name, entry in data.get("festivals", {}).items():
        for number, row in enumerate(entry["kept"]):
            yield ("festivals", name, "kept", number, "when"), row["when"]


def _observances(document: Document) -> Iterable[Observance]:
    data = document.data
    for name, entry in data.get("observances", {}).items():
        evidence = build_evidence(entry["evidence"])
        given = entry.get("severity")
        yield Observance(
            id=f"{data['calendar']}/{name}",
            name=entry["name"],
            local=dict(entry.get("local", {})),
            markets=one_or_many(entry.get("markets", data["calendar"])),
            when=parse(entry["when"]),
            days=int(entry.get("days", 1)),
            evening=entry.get("evening", False),
            approximate=entry.get("approximate", False),
            years=_years(entry),
            kind=Kind(entry["kind"]),
            advice=entry.get("advice", ""),
            severity=capped(Severity(given), evidence, "occasion") if given else None,
            evidence=evidence,
            file=document.name,
            line=document.line(("observances", name)),
        )


def _festivals(document: Document) -> Iterable[Festival]:
    for name, entry in document.data.get("festivals", {}).items():
        evidence = build_evidence(entry["evidence"])
        off_date = Severity(entry.get("off_date", "major"))
        yield Festival(
            id=name,
            name=entry["name"],
            local=dict(entry.get("local", {})),
            signifiers=one_or_many(entry["signifiers"]),
            kind=Kind(entry.get("kind", "festival")),
            lead=int(entry["lead"]),
            trail=int(entry["trail"]),
            kept=tuple(_keeping(row, entry) for row in entry["kept"]),
            marked=tuple(entry.get("marked", ())),
            abroad=tuple(_abroad(row, entry, evidence) for row in (*entry.get("abroad", ()), {})),
            off_date=capped(off_date, evidence, "occasion"),
            evidence=evidence,
            file=document.name,
            line=document.line(("festivals", name)),
        )


def _abroad(row: Mapping[str, Any], entry: Mapping[str, Any], evidence: Evidence) -> Abroad:
    given = row.get("severity", entry.get("elsewhere", "minor"))
    return Abroad(
        markets=tuple(row.get("markets", ())),
        severity=None if given == "none" else capped(Severity(given), evidence, "occasion"),
        why=row.get("why", entry.get("why", "")),
        instead=row.get("instead", entry.get("instead", "")),
    )


def _keeping(row: Mapping[str, Any], entry: Mapping[str, Any]) -> Keeping:
    def given(key: str, default: Any) -> Any:
        return row.get(key, entry.get(key, default))

    severity = row.get("severity")
    return Keeping(
        markets=tuple(row["markets"]),
        when=parse(row["when"]),
        days=int(given("days", 1)),
        evening=given("evening", False),
        approximate=given("approximate", False),
        years=_years(row),
        advice=given("advice", ""),
        severity=Severity(severity) if severity else None,
    )


def _years(entry: Mapping[str, Any]) -> tuple[int, int]:
    return int(entry.get("since", ALWAYS[0])), int(entry.get("every", ALWAYS[1]))
