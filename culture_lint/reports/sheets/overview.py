"""The sheet that sums a workbook up: the gate, the markets, the counts, the worst rows."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from culture_lint.frozen import frozen
from culture_lint.reports.plain import line
from culture_lint.reports.sheets.added import cost
from culture_lint.reports.sheets.marks import SEVERITIES, Marked
from culture_lint.reports.sheets.package import MAIN
from culture_lint.reports.sheets.styles import GROUNDS, Styles
from culture_lint.reports.sheets.xml_edit import cut, escaped, letters, quoted
from culture_lint.reports.verdicts import asked, reasons
from culture_lint.results import RunInfo, Summary, Verdict
from culture_lint.scoring.bands import band

#: Rows named as the worst.
_WORST = 25
_RULES = 20
_VIEW = b'<sheetViews><sheetView showGridLines="0" workbookViewId="0"/></sheetViews>'
_WIDTHS = (30, 26, 44, 12, 12, 12, 12, 14, 12)


@dataclass(slots=True)
class Tally:
    """What the overview tells of the rows, gathered as they go by."""

    rules: Counter[str] = field(default_factory=Counter)
    severity: dict[str, str] = field(default_factory=dict)
    notes: dict[str, None] = field(default_factory=dict)
    _worst: list[tuple[int, float, int, tuple[str, Marked]]] = field(default_factory=list)
    _number: int = 0

    def add(self, one: Marked, link: str) -> None:
        """Take note of a row with findings; ``link`` is the place in the workbook it leads to."""
        self._number += 1
        for mark in one.marks:
            self.rules[mark.rule] += 1
            known = self.severity.get(mark.rule)
            if known is None or SEVERITIES.index(mark.severity) < SEVERITIES.index(known):
                self.severity[mark.rule] = mark.severity
        lowest = one.lowest
        rank = len(SEVERITIES) - SEVERITIES.index(one.severity)
        entry = (rank, -(100.0 if lowest is None else lowest), -self._number, (link, one))
        if len(self._worst) < _WORST:
            heapq.heappush(self._worst, entry)
        elif entry[:3] > self._worst[0][:3]:
            heapq.heapreplace(self._worst, entry)

    def note(self, text: str) -> None:
        """Tell of something that the workbook could not hold, once."""
        self.notes[text] = None

    def worst(self) -> list[tuple[str, Marked]]:
        """Return the worst rows, the worst first: gravest finding, then lowest CAI."""
        return [entry[3] for entry in sorted(self._worst, key=lambda one: one[:3], reverse=True)]


@frozen
class _Cell:
    value: str | float | int | None
    style: int | None = None
    link: str = ""


def overview(
    info: RunInfo,
    summary: Summary,
    verdict: Verdict,
    tally: Tally,
    styles: Styles,
    *,
    views: bool = True,
) -> bytes:
    """Return the part of the sheet; ``views`` tells whether the workbook has any to refer to."""
    rows = list(_rows(info, summary, verdict, tally, styles))
    body: list[bytes] = []
    links: list[bytes] = []
    for number, row in enumerate(rows, 1):
        cells = []
        for column, cell in enumerate(row):
            ref = f"{letters(column)}{number}"
            cells.append(_cell(ref, cell))
            if cell.link:
                links.append(
                    b'<hyperlink ref="%b" location=%b display=%b/>'
                    % (ref.encode(), quoted(cell.link), quoted(str(cell.value)))
                )
        body.append(b'<row r="%d">%b</row>' % (number, b"".join(cells)))
    widths = b"".join(
        b'<col min="%d" max="%d" width="%d" customWidth="1"/>' % (at, at, size)
        for at, size in enumerate(_WIDTHS, 1)
    )
    hyper = b"<hyperlinks>" + b"".join(links) + b"</hyperlinks>" if links else b""
    return (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="'
        + MAIN.encode()
        + b'">'
        + (_VIEW if views else b"")
        + b'<sheetFormatPr defaultRowHeight="15"/><cols>'
        + widths
        + b"</cols><sheetData>"
        + b"".join(body)
        + b"</sheetData>"
        + hyper
        + b'<pageMargins left="0.5" right="0.5" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>'
        + b'<pageSetup orientation="landscape" fitToHeight="0"/></worksheet>'
    )


def _rows(
    info: RunInfo, summary: Summary, verdict: Verdict, tally: Tally, styles: Styles
) -> Iterator[Sequence[_Cell]]:
    bold = styles.bold()
    said = "Gate passed" if verdict.passed else "Gate failed"
    ground = None if verdict.passed else GROUNDS["blocker"]
    yield [_Cell(f"culture-lint {info.version}: cultural clashes by market", bold)]
    yield [_Cell(f"{said} {asked(verdict)}", styles.grounded(0, ground) if ground else bold)]
    for reason in reasons(verdict):
        yield [_Cell(None), _Cell(reason)]
    yield []
    yield from _markets(summary, styles)
    yield []
    yield [_Cell("Severity", bold), _Cell("Findings", bold)]
    for name in SEVERITIES:
        found = summary.by_severity.get(name, 0)
        yield [_Cell(name, styles.grounded(0, GROUNDS[name])), _Cell(found)]
    yield [_Cell("rows with findings"), _Cell(summary.items_with_findings)]
    yield [_Cell("rows checked"), _Cell(summary.items)]
    yield []
    worst = tally.worst()
    if worst:
        yield _heading(["Worst rows", "Item", "Title", "Lowest CAI", "Severity", "Cost"], bold)
    for link, one in worst:
        yield [
            _Cell(link.replace("'", ""), None, link),
            _Cell(line(one.item)),
            _Cell(line(one.title)),
            _Cell(one.lowest, styles.score(one.lowest)),
            _Cell(one.severity, styles.grounded(0, GROUNDS[one.severity])),
            _Cell(cost(one.marks)),
        ]
    if tally.rules:
        yield []
        yield _heading(["Most frequent", "Severity", "Rule", "Findings"], bold)
    common = sorted(tally.rules.items(), key=lambda pair: (-pair[1], pair[0]))
    for number, (rule, found) in enumerate(common[:_RULES], 1):
        name = tally.severity[rule]
        yield [
            _Cell(number),
            _Cell(name, styles.grounded(0, GROUNDS[name])),
            _Cell(rule),
            _Cell(found),
        ]
    if tally.notes:
        yield []
        yield [_Cell("To know", bold)]
    for note in tally.notes:
        yield [_Cell(note)]


def _heading(names: Iterable[str], bold: int) -> list[_Cell]:
    return [_Cell(name, bold) for name in names]


def _markets(summary: Summary, styles: Styles) -> Iterator[Sequence[_Cell]]:
    names = ["Market", "Name", "Verdict on its worst row", "Worst CAI", "10 %", "Mean"]
    yield _heading([*names, "Rows", "Not examined", "Findings"], styles.bold())
    for one in summary.markets:
        worst = one.minimum
        yield [
            _Cell(one.market),
            _Cell(one.name if one.name != one.market else ""),
            _Cell("not examined" if worst is None else _band(worst)),
            *[_Cell(value, styles.score(value)) for value in (worst, one.p10, one.mean)],
            _Cell(one.judged),
            _Cell(one.not_judged or None),
            _Cell(one.findings),
        ]


def _band(cai: float) -> str:
    found = band(cai)
    return f"{found.letter}: {found.phrase}"


def _cell(ref: str, cell: _Cell) -> bytes:
    value = cell.value
    if value is None or value == "":
        return b""
    style = b' s="%d"' % cell.style if cell.style is not None else b""
    place = ref.encode()
    if isinstance(value, str):
        text = escaped(cut(value, 4000))
        return b'<c r="%b"%b t="inlineStr"><is><t xml:space="preserve">%b</t></is></c>' % (
            place,
            style,
            text,
        )
    number = f"{value:.1f}" if isinstance(value, float) else str(value)
    return b'<c r="%b"%b><v>%b</v></c>' % (place, style, number.encode())
