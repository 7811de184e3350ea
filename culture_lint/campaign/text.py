"""The report on a campaign for people at a terminal: verdicts side by side, then what to do about each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TextIO

import click

from culture_lint.campaign.calendar import DayNote
from culture_lint.campaign.fixes import Fix
from culture_lint.campaign.model import Bar
from culture_lint.campaign.report import CampaignReport
from culture_lint.campaign.verdicts import Answer, MarketVerdict, span_of
from culture_lint.dates.model import Kind
from culture_lint.reports.terminal import cut, left, right, safe, width, wrapped
from culture_lint.reports.text import why
from culture_lint.results import NO_LEGAL_ADVICE

#: Fixes that are needed, fixes of all kinds, items and days that are listed of each market; JSON
#: has more.
NEEDED, FIXES, ITEMS, DAYS = 4, 3, 3, 6
_COLOURS = {Answer.GO: "green", Answer.CONDITIONS: "yellow", Answer.NO_GO: "red"}
_HEAD = ("market", "verdict", "CAI", "worst item", "items", "not examined", "findings")


class CampaignText:
    """Write the report on a campaign as text.

    Args:
        out: Where to.
        colour: Whether to colour.
        cells: The width of the terminal, cells.
    """

    def __init__(self, out: TextIO, colour: bool = False, cells: int = 100) -> None:
        self._out = out
        self._colour = colour
        self._cells = max(cells, 60)
        self._law = False

    def write(self, report: CampaignReport) -> None:
        """Write it all."""
        campaign = report.campaign
        when = f"{span_of(campaign.launch, campaign.end)}, {_many(campaign.days, 'day')}"
        self._line(self._style(f"{safe(campaign.name)}", bold=True) + f"  {when}")
        self._line("")
        self._table(report.markets)
        for one in report.markets:
            if one.reasons or any(map(_notable, one.days)):
                self._market(one)
        self._waivers(report)
        self._end(report)

    # -- parts ---------------------------------------------------------------------------------

    def _table(self, markets: Sequence[MarketVerdict]) -> None:
        rows = [_HEAD, *map(_row, markets)]
        widths = [max(width(row[at]) for row in rows) for at in range(len(_HEAD))]
        for number, row in enumerate(rows):
            cells = [left(row[0], widths[0]), left(row[1], widths[1])]
            cells += [right(one, size) for one, size in zip(row[2:], widths[2:], strict=True)]
            line = "  " + "  ".join(cells).rstrip()
            if number:
                self._line(self._style(line, fg=_COLOURS[markets[number - 1].answer]))
            else:
                self._line(self._style(line, dim=True))
        self._line("")

    def _market(self, one: MarketVerdict) -> None:
        told = [note.occasion for note in one.days if note.stops or note.pause]
        self._law = self._law or any(day.evidence.kind == "statute" for day in told)
        verdict = self._style(one.answer.value.upper(), fg=_COLOURS[one.answer], bold=True)
        self._line(f"{self._style(_called(one), bold=True)}: {verdict}  ({_asked(one.bar)})")
        for reason in one.reasons:
            mark = "stop     " if reason.stops else "condition"
            self._hanging(f"  {mark}  ", safe(reason.text), "red" if reason.stops else "yellow")
        self._fixes(one)
        self._items(one)
        self._days(one.days)
        self._line("")

    def _fixes(self, one: MarketVerdict) -> None:
        fixes = one.plan.fixes
        if not fixes:
            return
        self._line("  Fix first")
        needed = [fix for fix in fixes if fix.needed]
        others = fixes[len(needed) :]
        shown = [*needed[:NEEDED], *others[: max(FIXES - len(needed), 0)]]
        for number, fix in enumerate(shown, 1):
            self._fix(number, fix)
        if len(fixes) > len(shown):
            more = len(needed) - len(needed[:NEEDED])
            told = f", {more} of them needed" if more else ", none of them needed"
            self._line(f"    and {_many(len(fixes) - len(shown), 'more rule')}{told}")
        needed_fixes = sum(fix.needed for fix in fixes)
        after = one.plan.after
        if needed_fixes and after is not None and after.cai is not None:
            what = "the fix that is needed" if needed_fixes == 1 else f"the {needed_fixes} needed"
            enough = "" if one.plan.enough else "; the bar asks for more than that"
            self._line(
                f"    With {what}: CAI {after.cai:.1f}, worst item {after.minimum:.1f}{enough}"
            )

    def _fix(self, number: int, fix: Fix) -> None:
        where = _many(fix.findings, "finding") + " in " + _many(fix.items, "item")
        needed = "needed  " if fix.needed else ""
        gain = f"CAI +{fix.gain:.1f}, then {fix.cai:.1f}"
        self._line(
            f"    {number}. {self._style(fix.rule, bold=True)}  {fix.severity.value}  {needed}"
            f"{gain}  ({where})"
        )
        example = fix.example
        start, end = example.passage_span
        passage = safe(example.passage)
        shown = f"{passage[:start]}»{passage[start:end]}«{passage[end:]}"
        place = f"{safe(fix.item.path)}:{example.place.line}:{example.place.column}"
        self._hanging("       ", f"{place} {safe(fix.item.item)}: {shown}")
        self._hanging("       ", safe(example.message))
        self._hanging("       ", f"Why: {safe(why(example))}")
        self._law = self._law or example.evidence.kind == "statute"
        instead = " · ".join(f"“{safe(say.text)}”" for say in example.alternatives[:3])
        if instead or example.rewrite:
            self._hanging("       ", f"Instead: {instead or safe(example.rewrite)}", "green")

    def _items(self, one: MarketVerdict) -> None:
        items = [item for item in one.plan.items[:ITEMS] if item.gain > 0]
        if not items or one.judged < 2:
            return
        self._line("  Items whose mending gains the most")
        for item in items:
            rules = ", ".join(f"{rule} −{points:.1f}" for rule, points in item.rules[:3])
            name = cut(safe(f"{item.ref.item} {item.ref.title}"), 48)
            place = f"{safe(item.ref.path)}:{item.ref.line}"
            self._hanging(
                "    ", f"{name} ({place}) CAI {item.cai:.1f}, campaign +{item.gain:.1f}: {rules}"
            )

    def _days(self, days: Sequence[DayNote]) -> None:
        told = [note for note in days if not (note.stops or note.pause)]
        told.sort(key=lambda note: not _notable(note))  # stable: each by its days
        if not told:
            return
        self._line("  Also in the calendar")
        for note in told[:DAYS]:
            one = note.occasion
            about = "about " if one.approximate else ""
            local = f", {safe(one.local)}" if one.local and one.local != one.name else ""
            advice = f": {safe(one.advice)}" if one.advice else ""
            waived = " (waived)" if note.waiver else ""
            when = f"{about}{span_of(one.first, one.last)}"
            self._hanging(
                "    ", f"{when}  {safe(one.name)}{local} ({one.kind.value}){waived}{advice}"
            )
        if len(told) > DAYS:
            names = ", ".join(safe(note.occasion.name) for note in told[DAYS:])
            self._hanging("    ", f"and {len(told) - DAYS} more: {names}")

    def _waivers(self, report: CampaignReport) -> None:
        if not report.idle:
            return
        self._line("Waivers that let nothing pass")
        for one in report.idle:
            where = f"{safe(str(report.campaign.path))}:{one.waiver.where.line}"
            what = f"“{safe(one.waiver.title)}” of {safe(one.waiver.owner)} {one.why}"
            self._hanging("  ", f"{where}: {what}", "red" if one.expired else None)
        self._line("")

    def _end(self, report: CampaignReport) -> None:
        if report.elsewhere:
            self._line(f"{_many(report.elsewhere, 'item')} for none of these markets")
        if report.next_launch is not None:
            self._line(
                f"The next day on which the calendar stops no market is {report.next_launch}."
            )
        if self._law:
            self._line(self._style(NO_LEGAL_ADVICE, dim=True))
        counts = [
            f"{report.count(answer)} {answer.value}" for answer in Answer if report.count(answer)
        ]
        worst = report.worst
        cai = "" if worst.standing.cai is None else f" with CAI {worst.standing.cai:.1f}"
        verdict = self._style(report.answer.value.upper(), fg=_COLOURS[report.answer], bold=True)
        last = f"; worst is {_called(worst)}{cai}" if len(report.markets) > 1 else ""
        self._line(f"Campaign: {verdict}  ({', '.join(counts)}{last})")

    # -- lines ---------------------------------------------------------------------------------

    def _hanging(self, head: str, text: str, fg: str | None = None) -> None:
        """Write a text behind a head, its further lines indented as far."""
        for number, line in enumerate(wrapped(text, self._cells - len(head))):
            lead = head if not number else " " * len(head)
            coloured = bool(head.strip()) and not number
            self._line(
                (self._style(lead, fg=fg) if coloured else lead)
                + (line if head.strip() else self._style(line, fg=fg))
            )

    def _line(self, text: str) -> None:
        self._out.write(text + "\n")

    def _style(
        self, text: str, fg: str | None = None, bold: bool | None = None, dim: bool | None = None
    ) -> str:
        if not self._colour or not (fg or bold or dim):
            return text
        return click.style(text, fg=fg, bold=bold, dim=dim)


def _notable(note: DayNote) -> bool:
    """Tell whether a day is more than a plain public holiday."""
    return note.occasion.kind is not Kind.PUBLIC_HOLIDAY


def _row(one: MarketVerdict) -> tuple[str, ...]:
    standing = one.standing
    unseen = sum(one.not_judged.values())
    return (
        _called(one),
        one.answer.value.upper() if one.answer is Answer.NO_GO else one.answer.value,
        "-" if standing.cai is None else f"{standing.cai:.1f}",
        "-" if standing.minimum is None else f"{standing.minimum:.1f} {one.band}",
        f"{one.judged:,}",
        f"{unseen:,}" if unseen else "",
        ", ".join(_severities(one)) or "none",
    )


def _severities(one: MarketVerdict) -> Iterator[str]:
    return (f"{count:,} {name}" for name, count in one.findings.items())


def _called(one: MarketVerdict) -> str:
    return safe(one.market if one.name == one.market else f"{one.market} {one.name}")


def _asked(bar: Bar) -> str:
    personas = f", speaks through {', '.join(map(safe, bar.personas))}" if bar.personas else ""
    return (
        f"asked: each item CAI {bar.min_cai:g}, campaign {bar.min_campaign_cai:g}, "
        f"{bar.worst_severity} at worst{personas}"
    )


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
