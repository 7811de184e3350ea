"""Write a creative brief down: as text for a terminal, Markdown, a page of HTML, or JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from culture_lint.advice.brief import Brief, Group, Part, Point, hidden
from culture_lint.reports.terminal import safe, wrapped
from culture_lint.reports.text import graded
from culture_lint.results import NO_LEGAL_ADVICE, Suggestion

SCHEMA = "culture-lint/brief/1"
#: What Markdown would take for markup.
_ESCAPED = str.maketrans({char: f"\\{char}" for char in "\\`*_[]<>|#~!&$"} | {"\n": " "})
_WIDTH = 96
_RIGHT_TO_LEFT = ("ar", "he", "fa", "ur", "ps", "sd", "ug", "dv", "yi", "ckb")


def text(briefs: Sequence[Brief]) -> str:
    """Return briefs as plain text, at most 96 columns wide where words allow."""
    return "\n\n".join("\n".join(_text(one)) for one in briefs) + "\n"


def markdown(briefs: Sequence[Brief]) -> str:
    """Return briefs as Markdown; everything that the rulesets say is escaped."""
    return "\n\n".join("\n".join(_markdown(one)).rstrip() for one in briefs) + "\n"


def html(briefs: Sequence[Brief]) -> str:
    """Return briefs as one page of HTML that needs nothing else and prints well."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("culture_lint.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "safely": safe,
        "grade": _grade,
        "note": _note,
        "direction": _direction,
        "link": _link,
    }
    page: str = environment.get_template("brief.html").render(
        briefs=briefs, about=about, left=hidden, disclaimer=_disclaimer
    )
    return page


def json(briefs: Sequence[Brief]) -> str:
    """Return briefs as one JSON object."""
    from json import dumps

    shape = {"schema": SCHEMA, "briefs": [_shape(one) for one in briefs]}
    return dumps(shape, ensure_ascii=False, indent=1) + "\n"


#: Every way to write briefs, by the name that ``--format`` takes.
WRITERS: dict[str, Callable[[Sequence[Brief]], str]] = {
    "text": text,
    "markdown": markdown,
    "html": html,
    "json": json,
}


def about(brief: Brief) -> str:
    """Return the line that says what a brief is for and what it is made from."""
    parts = [f"market {brief.market}"]
    if brief.platforms:
        parts.append(f"on {', '.join(brief.platforms)}")
    if brief.intent:
        parts.append(f"to convey {', '.join(brief.intent)}")
    parts.append(f"rulesets {brief.rulesets}, last review {brief.reviewed}")
    return "; ".join(parts)


def _disclaimer(brief: Brief) -> str:
    """Return what has to be said of a brief as a whole."""
    told = (
        "Readings are what is known to have been read into a sign in this market, not what "
        "everybody there thinks."
    )
    statute = any(
        point.evidence == "statute"
        for part in brief.parts
        for group in part.groups
        for point in group.points
    )
    return f"{told} {NO_LEGAL_ADVICE}" if statute else told


# -- text ---------------------------------------------------------------------------------------


def _text(brief: Brief) -> Iterator[str]:
    title = safe(f"Creative brief: {brief.name}")
    yield title
    yield "=" * len(title)
    yield from _lines(about(brief), 0)
    for part in brief.parts:
        yield ""
        yield safe(part.title.upper())
        yield from _lines(part.lead, 0)
        for group in part.groups:
            yield ""
            yield f"  {safe(group.title)}{_left_out(group)}"
            for point in group.points:
                yield from _text_point(point, part)
    yield ""
    yield "SOURCES"
    for one in brief.sources:
        seen = f", read {one.read}" if one.read else ""
        known = "; ".join(part for part in (one.title, one.cite, one.url) if part)
        yield from _lines(f"[{one.number}] {known}{seen}", 2, 6)
    yield ""
    left = hidden(brief)
    if left:
        yield from _lines(f"{left} more points are left out; --all tells them.", 0)
    yield from _lines(_disclaimer(brief), 0)


def _text_point(point: Point, part: Part) -> Iterator[str]:
    refs = _refs(point)
    if part.id == "conventions" and not point.rule:
        yield from _lines(f"{point.title}: {point.meaning}", 4, 6)
        return
    head = f"{point.severity.upper():<8}" if point.severity else "+ " if point.rule else ""
    words = f": {_said(point.words)}" if point.words else ""
    yield from _lines(f"{head}{point.title}{words}", 4, 6)
    why = f" [{_grade(point)}]" if point.evidence else ""
    yield from _lines(f"{point.meaning}{why}{refs}", 6)
    if point.example is not None:
        yield from _lines(f"such as: “{point.example.text}”", 6)
    if point.say:
        yield from _lines(f"instead: {_said(point.say)}", 6)
    if point.advice:
        yield from _lines(point.advice, 6)
    if point.note:
        yield from _lines(_note(point), 6)


def _lines(said: str, indent: int, further: int | None = None) -> Iterator[str]:
    """Yield lines of a text, indented; further lines may be indented otherwise."""
    lead = " " * indent
    for line in wrapped(safe(said), _WIDTH - max(indent, further or 0)):
        yield lead + line
        lead = " " * (indent if further is None else further)


def _said(words: Sequence[Suggestion]) -> str:
    return ", ".join(
        f"“{one.text}”" + (f" ({one.language})" if one.language else "") for one in words
    )


def _left_out(group: Group) -> str:
    left = group.total - len(group.points)
    return f" ({len(group.points)} of {group.total})" if left else ""


def _refs(point: Point) -> str:
    return " " + "".join(f"[{number}]" for number in point.sources) if point.sources else ""


def _grade(point: Point) -> str:
    """Return on what a point stands, in words."""
    return graded(point.evidence, point.confirmed)


def _note(point: Point) -> str:
    """Return when a point holds, in words."""
    if not point.note:
        return ""
    return point.note if point.note.startswith("not ") else f"counts {point.note}"


# -- Markdown -----------------------------------------------------------------------------------


def _markdown(brief: Brief) -> Iterator[str]:
    yield f"# Creative brief: {_escaped(brief.name)}"
    yield ""
    yield _escaped(about(brief))
    for part in brief.parts:
        yield ""
        yield f"## {_escaped(part.title)}"
        yield ""
        yield _escaped(part.lead)
        for group in part.groups:
            yield ""
            yield f"### {_escaped(group.title)}{_left_out(group)}"
            yield ""
            for point in group.points:
                yield from _markdown_point(point)
    yield ""
    yield "## Sources"
    yield ""
    for one in brief.sources:
        title = _escaped(one.title)
        linked = f"[{title}](<{_link(one.url)}>)" if _link(one.url) else title
        cite = f", {_escaped(one.cite)}" if one.cite else ""
        seen = f", read {_escaped(one.read)}" if one.read else ""
        yield f"{one.number}. {linked}{cite}{seen}"
    yield ""
    left = hidden(brief)
    more = f"{left} more points are left out; `--all` tells them. " if left else ""
    yield more + _escaped(_disclaimer(brief))


def _markdown_point(point: Point) -> Iterator[str]:
    grade = f"**{point.severity}** · " if point.severity else ""
    words = f": {_escaped(_said(point.words))}" if point.words else ""
    refs = f" \\[{', '.join(map(str, point.sources))}\\]" if point.sources else ""
    why = f" *({_escaped(_grade(point))})*" if point.evidence else ""
    yield f"- {grade}**{_escaped(point.title)}**{words}"
    yield f"  {'— ' if point.rule else ''}{_escaped(point.meaning)}{why}{refs}"
    for name, said in (
        ("such as", _said((point.example,)) if point.example else ""),
        ("instead", _said(point.say)),
        ("do", point.advice),
        ("where", _note(point)),
    ):
        if said:
            yield f"  - {name}: {_escaped(said)}"


def _escaped(said: str) -> str:
    return safe(said).translate(_ESCAPED)


# -- HTML and JSON ------------------------------------------------------------------------------


def _direction(language: str) -> str:
    """Return the direction of a language's script."""
    if not language:
        return "auto"
    return "rtl" if language.split("-")[0] in _RIGHT_TO_LEFT else "ltr"


def _link(url: str) -> str:
    """Return an address that may be followed, else nothing: rulesets may be anybody's."""
    harmless = url.startswith(("https://", "http://")) and not set(url) & set("<>\"'\\ \n\t")
    return url if harmless else ""


def _shape(brief: Brief) -> dict[str, Any]:
    return {
        "market": brief.market,
        "name": brief.name,
        "languages": list(brief.languages),
        "also_read": list(brief.also_read),
        "platforms": list(brief.platforms),
        "intent": list(brief.intent),
        "rulesets": brief.rulesets,
        "reviewed": brief.reviewed,
        "parts": [
            {
                "id": part.id,
                "title": part.title,
                "groups": [
                    {
                        "title": group.title,
                        "total": group.total,
                        "points": [_point_shape(one) for one in group.points],
                    }
                    for group in part.groups
                ],
            }
            for part in brief.parts
        ],
        "sources": [
            {
                "number": one.number,
                "title": one.title,
                "cite": one.cite,
                "url": one.url,
                "read": one.read,
            }
            for one in brief.sources
        ],
    }


def _point_shape(point: Point) -> dict[str, Any]:
    shape: dict[str, Any] = {"title": point.title, "meaning": point.meaning}
    if point.rule:
        shape |= {"rule": point.rule, "severity": point.severity or None}
    if point.evidence:
        shape |= {"evidence": {"kind": point.evidence, "confirmed": point.confirmed}}
    for name, words in (("words", point.words), ("instead", point.say)):
        if words:
            shape[name] = [
                {"text": one.text, "language": one.language}
                | ({"keeps": list(one.keeps)} if one.keeps else {})
                for one in words
            ]
    if point.example is not None:
        shape["example"] = {"text": point.example.text, "language": point.example.language}
    for name, value in (
        ("advice", point.advice),
        ("conveys", list(point.conveys)),
        ("counts", point.note),
        ("sources", list(point.sources)),
    ):
        if value:
            shape[name] = value
    return shape
