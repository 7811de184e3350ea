"""Turn the plain data of one ruleset entry into its value: the only place that knows the keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from culture_lint.knowledge.defaults import CATEGORIES, capped, usage_none
from culture_lint.knowledge.model import (
    Alternative,
    Company,
    Evidence,
    Example,
    Form,
    Limit,
    Override,
    PersonaType,
    Reading,
    Signifier,
    SourceRef,
    matching_form,
)
from culture_lint.knowledge.scales import Polarity, RelationKind, Severity, Usage
from culture_lint.knowledge.yaml_nodes import Document, Keys

Data = Mapping[str, Any]


def build_signifier(document: Document, keys: Keys, data: Data) -> Signifier:
    """Build the signifier that stands at ``keys``; its emoji become exact forms of ``*``."""
    emoji = tuple(Form(text, "*", exact=True) for text in data.get("emoji", ()))
    return Signifier(
        id=str(keys[-1]),
        kind=data.get("kind", ""),
        forms=_forms(data.get("forms", {})) + emoji,
        lookalikes=_forms(data.get("not", {})),
        relations=tuple(
            (RelationKind(kind), target)
            for kind, targets in data.get("relations", {}).items()
            for target in one_or_many(targets)
        ),
        conveys=tuple(data.get("conveys", ())),
        number=data.get("number"),
        gloss=data.get("gloss", ""),
        file=document.name,
        line=document.line(keys),
    )


def build_persona(document: Document, keys: Keys, data: Data) -> PersonaType:
    """Build the persona type that stands at ``keys``."""
    return PersonaType(
        id=str(keys[-1]),
        name=data.get("name", ""),
        definition=data.get("definition", ""),
        cues=tuple(
            (cue, language, strength == "strong")
            for language, by_strength in data.get("cues", {}).items()
            for strength in ("strong", "weak")
            for cue in by_strength.get(strength, ())
        ),
        file=document.name,
        line=document.line(keys),
    )


def build_reading(document: Document, keys: Keys, data: Data, owner: str) -> Reading:
    """Build the reading that stands at ``keys``, with what its category and evidence imply."""
    category = data["category"]
    dimension, mqm = CATEGORIES[category]
    evidence = build_evidence(data["evidence"])
    severity = Severity(data["severity"])
    usage = data.get("usage", {})
    return Reading(
        id=f"{owner}/{keys[-1]}",
        owner=owner,
        signifiers=one_or_many(data.get("signifier", ())),
        personas=one_or_many(data.get("persona", ())),
        through=tuple(RelationKind(kind) for kind in data.get("through", ())),
        usage_any=_usages(usage.get("any", ())),
        usage_none=_usages(usage.get("none", usage_none(category))),
        roles=tuple(data.get("fields", ())),
        languages=tuple(data.get("text_languages", ())),
        with_=_company(data.get("with")),
        without=_company(data.get("without")),
        signified=data["signified"],
        polarity=Polarity(data["polarity"]),
        severity=capped(severity, evidence, category),
        category=category,
        dimension=data.get("dimension", dimension),
        mqm=data.get("mqm", mqm),
        confidence=float(data.get("confidence", 1.0)),
        message=data["message"],
        rewrite=data.get("rewrite", ""),
        conveys=tuple(data.get("conveys", ())),
        instead=_alternatives(data.get("instead", {})),
        evidence=evidence,
        reviewed=data["reviewed"],
        in_force=data.get("in_force", ""),
        suppressible=data.get("suppressible", True),
        preview=data.get("preview", False),
        flag=_examples(document, keys, data, "flag"),
        passes=_examples(document, keys, data, "pass"),
        file=document.name,
        line=document.line(keys),
        written_severity=severity,
        limit=_limit(data.get("limit")),
        markets=tuple(data.get("markets", ())),
    )


def _limit(given: Data | None) -> Limit | None:
    if given is None:
        return None
    longest, shortest, repeats, fewest_words = (
        int(given[key]) if key in given else None
        for key in ("longest", "shortest", "repeats", "fewest_words")
    )
    return Limit(
        longest=longest,
        shortest=shortest,
        unit=given.get("unit", "characters"),
        forbidden=given.get("forbidden", ""),
        repeats=repeats,
        capitals=given.get("capitals", False),
        emoji=given.get("emoji", False),
        fewest_words=fewest_words,
    )


def build_override(document: Document, keys: Keys, data: Data) -> Override:
    """Build the change to an inherited reading that stands at ``keys``."""
    severity, polarity = data.get("severity"), data.get("polarity")
    confidence = data.get("confidence")
    return Override(
        reading=str(keys[-1]),
        because=data["because"],
        severity=Severity(severity) if severity is not None else None,
        confidence=float(confidence) if confidence is not None else None,
        polarity=Polarity(polarity) if polarity is not None else None,
        message=data.get("message"),
        instead=_alternatives(data["instead"]) if "instead" in data else None,
        line=document.line(keys),
    )


def one_or_many(value: Any) -> tuple[str, ...]:
    """Return the members of a list, or a single text as the only one."""
    return (value,) if isinstance(value, str) else tuple(value)


def _forms(by_language: Data) -> tuple[Form, ...]:
    return tuple(
        _form(entry, language) for language, entries in by_language.items() for entry in entries
    )


def _form(entry: str | Data, language: str) -> Form:
    if isinstance(entry, str):
        return Form(entry, language)
    usage = entry.get("usage")
    return Form(
        entry["form"],
        language,
        exact=entry.get("exact", False),
        case=entry.get("case", False),
        usage=Usage(usage) if usage is not None else None,
        compound=entry.get("compound"),
    )


def _usages(names: Any) -> tuple[Usage, ...]:
    return tuple(Usage(name) for name in names)


def _company(data: Data | None) -> Company | None:
    if data is None:
        return None
    return Company(
        tuple(data.get("any", ())), tuple(data.get("all", ())), data.get("within", "clause")
    )


def _alternatives(by_language: Data) -> tuple[Alternative, ...]:
    return tuple(
        Alternative(
            entry["say"],
            language,
            tuple(entry.get("keeps", ())),
            entry.get("fix", "none"),
            entry.get("note", ""),
            tuple(map(matching_form, entry.get("for", ()))),
        )
        for language, entries in by_language.items()
        for entry in entries
    )


def build_evidence(data: Data) -> Evidence:
    """Build the evidence of a reading, or of a day in a calendar."""
    return Evidence(
        data["kind"],
        data.get("verified", False),
        tuple(
            SourceRef(*(source.get(key, "") for key in ("title", "url", "cite", "read")))
            for source in data.get("sources", ())
        ),
    )


def _examples(document: Document, keys: Keys, data: Data, verdict: str) -> tuple[Example, ...]:
    entries = data["examples"].get(verdict, ())
    return tuple(
        _example(entry, document.line([*keys, "examples", verdict, index]))
        for index, entry in enumerate(entries)
    )


def _example(entry: str | Data, line: int) -> Example:
    data: Data = {"text": entry} if isinstance(entry, str) else entry
    return Example(
        text=data["text"],
        language=data.get("language"),
        role=data.get("field", "description"),
        attribute=data.get("attribute"),
        span=data.get("span"),
        market=data.get("market"),
        line=line,
    )
