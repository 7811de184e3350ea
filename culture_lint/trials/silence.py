"""Write a suppression where a format has room for one, and see that it silences just that finding.

The places in which a comment could stand are tried one after another; each is checked by reading
the file again as it would be. What no place in the file takes stands beside it.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from culture_lint.errors import CultureLintError
from culture_lint.frozen import frozen
from culture_lint.results import FindingReport, ItemReport
from culture_lint.session import Judged, Session
from culture_lint.sources.items import Item, Source
from culture_lint.sources.sidecar import ENDING
from culture_lint.spans import Place
from culture_lint.targets import Job

#: How a comment is written, by the ending of the file's name.
_COMMENTS = {
    "<!-- {} -->": (".md", ".markdown", ".html", ".htm", ".xhtml", ".xml", ".resx"),
    "{{/* {} */}}": (".mdx",),
    "# {}": (".yaml", ".yml", ".properties", ".po", ".pot", ".ftl"),
    "/* {} */": (".strings",),
}
#: Two hyphens may not stand in their comments.
_NO_HYPHENS = "<!-- {} -->"
_XLIFF = (".xlf", ".xliff")
_TABLES = (".csv", ".tsv", ".txt")
_COLUMN = "culture_lint_ignore"
_DELIMITERS = ",;\t|"
#: A file of another encoding is read byte by byte; what is put in must be ASCII then.
_BYTES = "latin-1"
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")


@frozen
class Silencing:
    """A file that silences a finding when it is written: ``old`` is None for one that is new."""

    path: str
    old: bytes | None
    new: bytes


def directive(finding: FindingReport, reason: str, markets: Sequence[str] = ()) -> str:
    """Return a suppression of one finding's rule; ``markets`` narrow it."""
    where = f" market={','.join(markets)}" if markets else ""
    return f"ignore[{finding.rule}]{where} -- {' '.join(reason.split())}"


def silenced(
    session: Session,
    job: Job,
    number: int,
    item: Item,
    finding: FindingReport,
    reason: str,
    markets: Sequence[str] = (),
) -> Silencing | None:
    """Return what to write so that a finding is silenced, None where nothing would do it.

    Args:
        session: Checks the file anew.
        job: The file.
        number: Which of the file's items it is, from 0.
        item: The item.
        finding: What is to be silenced.
        reason: Why, in words.
        markets: For which markets; empty for all.
    """
    data = Path(job.source.path).read_bytes()
    before = _found(session, job, data)
    text = directive(finding, reason, markets)
    for new in _proposals(job, data, item, finding, text):
        if new != data and _does_it(session, job, new, before, number, finding):
            return Silencing(job.source.path, data, new)
    return _beside(job, item, finding, reason, markets)


def _found(session: Session, job: Job, data: bytes) -> list[Judged]:
    """Return the items and reports of a file as it would be."""
    read = session.judged(replace(job, source=Source(job.source.path, data)))
    return [one for one in read if isinstance(one, Judged)]


def _does_it(
    session: Session,
    job: Job,
    new: bytes,
    before: Sequence[Judged],
    number: int,
    finding: FindingReport,
) -> bool:
    """Tell whether a new file silences a finding, and changes nothing else."""
    try:
        after = _found(session, job, new)
    except CultureLintError:
        return False
    if len(after) != len(before):
        return False
    for (at, old, found), (_, item, report) in zip(before, after, strict=True):
        if [one.text for one in old.segments] != [one.text for one in item.segments]:
            return False
        gone = _keys(found) - _keys(report)
        if _keys(report) - _keys(found) or any(use.problems for use in report.directives):
            return False
        if any(rule != finding.rule or at != number for rule, _, _ in gone):
            return False
        if at == number and not gone:
            return False
    return True


def _keys(report: ItemReport) -> Counter[tuple[str, str, str]]:
    return Counter((one.rule, one.key, market) for one in report.findings for market in one.markets)


# -- where it could stand -----------------------------------------------------------------------


def _proposals(
    job: Job, data: bytes, item: Item, finding: FindingReport, text: str
) -> Iterator[bytes]:
    path = job.source.path.lower()
    encoding = _encoding(data, job.settings.encoding)
    content = data.decode(encoding)
    found: Iterator[str] = iter(())
    style = next((one for one, ends in _COMMENTS.items() if path.endswith(ends)), "")
    if path.endswith(_TABLES):
        found = _cells(content, item.line, text)
    elif path.endswith(_XLIFF):
        found = _notes(content, finding.place, text)
    elif style:
        said = text.replace(" -- ", " – ", 1) if style == _NO_HYPHENS else text
        if style == _NO_HYPHENS and ("--" in said or encoding == _BYTES):
            return
        comment = style.format(f"culture-lint: {said}")
        found = _lines(content, (finding.place.line, item.line), comment)
    for one in found:
        with suppress(UnicodeEncodeError):
            yield one.encode(encoding)


def _encoding(data: bytes, named: str | None) -> str:
    """Return an encoding with which bytes come back as they were."""
    for one in (named, "utf-8", "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else None):
        if one is None:
            continue
        try:
            if data.decode(one).encode(one) == data:
                return one
        except (UnicodeError, LookupError):
            continue
    return _BYTES


def _lines(content: str, numbers: Sequence[int], comment: str) -> Iterator[str]:
    """Yield a text with a comment on a line of its own above each of some lines."""
    lines = [found[0] for found in _LINE.finditer(content)]
    for number in dict.fromkeys(numbers):
        if not 1 <= number <= len(lines):
            continue
        line = lines[number - 1]
        indent = line[: len(line) - len(line.lstrip(" \t"))]
        end = next(
            (one[len(one.rstrip("\r\n")) :] for one in lines if one.endswith(("\r", "\n"))), "\n"
        )
        yield "".join((*lines[: number - 1], f"{indent}{comment}{end}", *lines[number - 1 :]))


def _notes(content: str, place: Place, text: str) -> Iterator[str]:
    """Yield an XLIFF file with a note to the unit of a place, as version 1.2 and as 2.x has it."""
    from xml.sax.saxutils import escape

    starts = [found.start() for found in _LINE.finditer(content)]
    at = starts[place.line - 1] + place.column - 1
    end = content.find("</target>", at)
    said = escape(text)
    if end >= 0:
        end += len("</target>")
        yield f'{content[:end]}<note from="culture-lint">{said}</note>{content[end:]}'
    unit = content.rfind("<unit", 0, at)
    opened = content.find(">", unit) + 1 if unit >= 0 else 0
    if opened:
        note = f'<note category="culture-lint" appliesTo="target">{said}</note>'
        known = content.find("<notes>", opened, at)
        if known >= 0:
            known += len("<notes>")
            yield f"{content[:known]}{note}{content[known:]}"
        else:
            yield f"{content[:opened]}<notes>{note}</notes>{content[opened:]}"


def _cells(content: str, line: int, text: str) -> Iterator[str]:
    """Yield a table with a suppression in the column for it, which is added where there is none."""
    for delimiter in _DELIMITERS:
        records = list(_records(content))
        if len(records) < 2 or delimiter not in content[records[0][0] : records[0][1]]:
            continue
        head = _split(content, records[0], delimiter)
        names = [content[start:end].strip().strip('"').lower() for start, end in head]
        row = next((one for one in records if one[2] == line), None)
        if row is None or row is records[0]:
            continue
        if _COLUMN in names:
            cells = _split(content, row, delimiter)
            if names.index(_COLUMN) < len(cells):
                start, end = cells[names.index(_COLUMN)]
                known = content[start:end].strip()
                if known.startswith('"'):
                    known = known[1:-1].replace('""', '"')
                said = _quoted(f"{known}; {text}" if known else text, delimiter)
                yield content[:start] + said + content[end:]
            continue
        parts = []
        at = 0
        for record in records:
            start, end, _ = record
            more = _COLUMN if record is records[0] else ""
            if record is row:
                more = _quoted(text, delimiter)
            parts.append(content[at:end] + (delimiter + more if end > start else ""))
            at = end
        yield "".join(parts) + content[at:]


def _records(content: str) -> Iterator[tuple[int, int, int]]:
    """Yield where each record of a table begins and ends, and the line on which it begins."""
    start, line, begun = 0, 1, 1
    quoted = False
    at = 0
    while at < len(content):
        char = content[at]
        if char == '"':
            quoted = not quoted
        elif char in "\r\n":
            width = 2 if content[at : at + 2] == "\r\n" else 1
            line += 1
            if not quoted:
                yield start, at, begun
                start, begun = at + width, line
            at += width
            continue
        at += 1
    if start < len(content):
        yield start, len(content), begun


def _split(content: str, record: tuple[int, int, int], delimiter: str) -> list[tuple[int, int]]:
    """Return where each cell of a record stands."""
    start, end, _ = record
    cells = []
    quoted = False
    first = start
    for at in range(start, end):
        if content[at] == '"':
            quoted = not quoted
        elif content[at] == delimiter and not quoted:
            cells.append((first, at))
            first = at + 1
    return [*cells, (first, end)]


def _quoted(text: str, delimiter: str) -> str:
    if delimiter in text or '"' in text or ";" in text:
        return '"' + text.replace('"', '""') + '"'
    return text


# -- beside the file ----------------------------------------------------------------------------


def _beside(
    job: Job, item: Item, finding: FindingReport, reason: str, markets: Sequence[str]
) -> Silencing:
    """Return the file of suppressions beside a file with one more entry."""
    path = job.source.path + ENDING
    old = Path(path).read_bytes() if os.path.isfile(path) else None
    keys = [item.item, finding.field] if finding.field else [item.item]
    pointer = "".join("/" + one.replace("~", "~0").replace("/", "~1") for one in keys)
    entry = f"- pointer: {_scalar(pointer)}\n  ignore: [{_scalar(finding.rule)}]\n"
    if markets:
        entry += f"  market: [{', '.join(map(_scalar, markets))}]\n"
    entry += f"  reason: {_scalar(' '.join(reason.split()))}\n"
    known = (old or b"").decode("utf-8-sig")
    if known and not known.endswith("\n"):
        known += "\n"
    return Silencing(path, old, (known + entry).encode())


def _scalar(text: str) -> str:
    """Return a text as YAML takes it on one line, whatever is in it."""
    return json.dumps(text, ensure_ascii=True)
