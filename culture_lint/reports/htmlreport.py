"""HTML: one page, complete in itself, for the meeting that decides on a launch.

The page holds its own style, script and data, and asks nothing of the network; its content security
policy allows that one script and that one style by their hashes and nothing else. Verdicts,
distributions and the dearest readings are written here; the table of items, which may have a hundred
thousand rows, is drawn by the script from the data that the page carries.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from importlib import resources
from typing import TYPE_CHECKING, Any, TextIO

from culture_lint.frozen import frozen
from culture_lint.reports.pagedata import SEVERITIES, PageData, Row, Rows, Tally, script_json
from culture_lint.reports.registry import Reporter, ReportOptions, reporter
from culture_lint.reports.terminal import safe
from culture_lint.results import (
    NO_LEGAL_ADVICE,
    GateFailure,
    ItemReport,
    MarketSummary,
    RunInfo,
    Summary,
    Verdict,
)
from culture_lint.scoring.bands import band
from culture_lint.scoring.constants import CAI
from culture_lint.sources.items import Notice

if TYPE_CHECKING:
    from culture_lint.reports.interface import Interface

#: Readings in the table of the dearest, and notices that are written out.
READINGS, NOTICES = 50, 200
#: Readings of the table that are in sight without asking.
_FIRST = 6
#: Markets that are named; of more, the rest is counted.
_NAMED = 6
#: Width of a bar of a distribution, in points of CAI.
_BIN = 5
#: Distributions stand open for so many markets.
_OPEN = 12
#: The bands, the best first.
_LETTERS = tuple(letter for _, letter, _ in CAI.bands)
#: Verdicts, the worst first.
_STATES = ("stop", "fix", "sign", "unseen", "ready")


@frozen
class Bar:
    """A bar of a distribution; ``height`` is 0 to 100, of the highest."""

    least: float
    count: int
    height: float
    band: str


@frozen
class Share:
    """The items of one band; ``start`` and ``width`` are in percent of all."""

    band: str
    count: int
    start: float
    width: float


@frozen
class MarketView:
    """What the page says of one market; ``state`` is one of `_STATES`."""

    summary: MarketSummary
    name: str
    state: str
    reasons: tuple[str, ...]
    shares: tuple[Share, ...]
    bars: tuple[Bar, ...]
    whole: int


@frozen
class ReadingView:
    """What the page says of one reading over all items."""

    rule: str
    category: str
    severity: str
    signified: str
    markets: str
    items: int
    places: int
    points: float


class HtmlReporter:
    """Gather the items of a run, and write the page at its end."""

    def __init__(self, out: TextIO, info: RunInfo, options: ReportOptions) -> None:
        self._out = out
        self._info = info
        self._options = options
        self._rows = Rows()
        self._data = PageData()
        self._notices: list[Notice] = []
        self._notice_count = 0

    def prepare(self, report: ItemReport) -> Row:
        """Return an item as the page holds it; one that is not listed still counts."""
        told = report.findings or report.suppressed or report.baselined
        return self._rows.row(report, bool(told) or self._options.clean_items)

    def take(self, prepared: Row) -> None:
        """Keep one item."""
        self._data.add(prepared)

    def notice(self, notice: Notice) -> None:
        """Keep a notice for the end."""
        self._notice_count += 1
        if len(self._notices) < NOTICES:
            self._notices.append(notice)

    def finish(self, summary: Summary, verdict: Verdict) -> None:
        """Write the page."""
        from jinja2 import Environment, PackageLoader, StrictUndefined

        from culture_lint.reports.interface import Interface

        ui = Interface(self._options.ui_language)
        environment = Environment(
            loader=PackageLoader("culture_lint.reports"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.filters["safe_text"] = safe
        page = environment.get_template("report.html.j2")
        for part in page.generate(self._context(ui, summary, verdict)):
            self._out.write(part)

    def _context(self, ui: Interface, summary: Summary, verdict: Verdict) -> dict[str, Any]:
        counts = self._data.counts()
        views = [
            _market(
                one,
                [failure for failure in verdict.failed if failure.market == one.market],
                counts.get(one.market, {}),
                self._data.blockers.get(one.market, (0, 0)),
                ui,
            )
            for one in summary.markets
        ]
        # What the reader has to act on comes first; else the order in which markets were named.
        views.sort(key=lambda one: (_STATES.index(one.state), _worst(one.summary)))
        style, script = _asset("report.css"), _asset("report.js")
        tallies = [one for one in self._data.tallies if one.points]
        return {
            "t": ui.text,
            "named": ui.named,
            "number": ui.number,
            "score": lambda value: "–" if value is None else ui.number(value, 1),
            "letter": lambda value: "" if value is None else band(value).letter,
            "ui": ui,
            "info": self._info,
            "summary": summary,
            "verdict": verdict,
            "asked": _asked(verdict, ui),
            "views": views,
            "headline": _headline(views, verdict, summary, ui),
            "elsewhere": [_reason(one, ui) for one in verdict.failed if not one.market],
            "readings": [_tallied(one, ui) for one in tallies[:READINGS]],
            "first_readings": _FIRST,
            "more_readings": len(self._data.tallies) - len(tallies[:READINGS]),
            "bands": _LETTERS,
            "open_below": _OPEN,
            "unharmed": ui.text("list.comma").join(
                one.name for one in views if 0 < one.summary.judged == one.whole
            ),
            "dropped": self._data.dropped,
            "kept": self._data.kept,
            "notices": self._notices,
            "more_notices": self._notice_count - len(self._notices),
            "law": NO_LEGAL_ADVICE if self._data.law else "",
            "style": style,
            "style_hash": _hashed(style),
            "script": script,
            "script_hash": _hashed(script),
            "data": self._data.json(
                [(one.summary.market, one.name) for one in views],
                {
                    "language": ui.language,
                    "bands": [[round(10 * least), letter] for least, letter, _ in CAI.bands],
                },
            ),
            "ui_texts": script_json(dict(ui.texts)),
        }


def _asset(name: str) -> str:
    """Return a file of the page; line ends as a browser reads them, or hashes would not fit."""
    file = resources.files(__package__) / "templates" / name
    return file.read_text("utf-8").replace("\r\n", "\n")


def _hashed(text: str) -> str:
    """Return a text's hash as a content security policy names it."""
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return "'sha256-" + base64.b64encode(digest).decode("ascii") + "'"


def _market(
    summary: MarketSummary,
    failures: Sequence[GateFailure],
    counts: Mapping[int, int],
    blockers: Sequence[int],
    ui: Interface,
) -> MarketView:
    """Return what to say of a market.

    Args:
        summary: Its totals.
        failures: Why the gate failed there.
        counts: How many items have which CAI, in tenths.
        blockers: How many blockers are confirmed, and how many there are.
        ui: The interface.
    """
    confirmed, all_blockers = blockers
    seen = [one for one in failures if one.kind != "coverage"]
    reasons = [_reason(one, ui) for one in failures]
    # Whatever the run was told to let pass, a confirmed blocker stops and any other asks for a name.
    if confirmed:
        state = "stop"
        reasons.insert(0, ui.text("blockers.confirmed", n=confirmed))
    elif seen:
        state = "fix"
    elif all_blockers:
        state = "sign"
        reasons.insert(0, ui.text("blockers.unconfirmed", n=all_blockers))
    elif failures or not summary.judged:
        state = "unseen"
    else:
        state = "ready"
    return MarketView(
        summary=summary,
        name=safe(ui.market(summary.market, summary.name)),
        state=state,
        reasons=tuple(reasons),
        shares=_shares(counts),
        bars=_bars(counts),
        whole=counts.get(1000, 0),
    )


def _worst(summary: MarketSummary) -> float:
    return 101.0 if summary.minimum is None else summary.minimum


def _shares(counts: Mapping[int, int]) -> tuple[Share, ...]:
    """Return how many items are in each band, the best first."""
    total = sum(counts.values())
    by_band = dict.fromkeys(_LETTERS, 0)
    for step, count in counts.items():
        by_band[band(step / 10).letter] += count
    shares: list[Share] = []
    start = 0.0
    for letter, count in by_band.items():
        width = round(100 * count / total, 2) if total else 0.0
        shares.append(Share(letter, count, round(start, 2), width))
        start += width
    return tuple(shares)


def _bars(counts: Mapping[int, int]) -> tuple[Bar, ...]:
    """Return how many items below 100 have which CAI; the whole ones would dwarf them."""
    bins = [0] * (100 // _BIN)
    for step, count in counts.items():
        if step < 1000:
            bins[step // (10 * _BIN)] += count
    highest = max(bins)
    return tuple(
        Bar(
            least=_BIN * number,
            count=count,
            height=round(100 * count / highest, 2) if highest else 0.0,
            band=band(_BIN * number).letter,
        )
        for number, count in enumerate(bins)
    )


def _headline(
    views: list[MarketView], verdict: Verdict, summary: Summary, ui: Interface
) -> tuple[str, str, str]:
    """Return the state of the whole run, what to call it, and what it rests on."""
    bad = [one for one in views if one.state in ("stop", "fix", "sign")]
    if bad:
        state = bad[0].state  # the worst comes first
        names = ui.text("list.comma").join(one.name for one in bad[:_NAMED])
        more = len(bad) - _NAMED
        text = ui.text("headline.fails", n=len(bad), total=ui.number(len(views)))
        return state, text, names + (ui.text("list.more", n=more) if more > 0 else "")
    if not verdict.passed or not any(one.summary.judged for one in views):
        text = ui.text("headline.unseen") if summary.items else ui.text("headline.empty")
        return "unseen", text, ""
    return "ready", ui.text("headline.ready", n=len(views)), ""


def _reason(failure: GateFailure, ui: Interface) -> str:
    """Say why a gate failed."""
    values = {"limit": failure.limit, "worst": safe(failure.worst)}
    if failure.kind == "severity":
        values = {key: ui.named("severity", value) for key, value in values.items()}
    key = f"gate.{failure.kind}"
    if key not in ui.texts:
        return safe(f"{failure.kind}: {failure.limit} {failure.worst}")
    return ui.text(key, n=failure.count, **values)


def _asked(verdict: Verdict, ui: Interface) -> str:
    """Say what the gate asks for."""
    asked = []
    if verdict.fail_on != "never":
        asked.append(ui.text("asked.severity", limit=ui.named("severity", verdict.fail_on)))
    if verdict.min_cai is not None:
        asked.append(ui.text("asked.cai", limit=f"{verdict.min_cai:g}"))
    return ui.text("list.semicolon").join(asked) or ui.text("asked.nothing")


def _tallied(tally: Tally, ui: Interface) -> ReadingView:
    markets = list(tally.markets)
    if len(markets) > _NAMED:
        named = ui.text("count.markets", n=len(markets))
    else:
        named = ui.text("list.comma").join(markets)
    return ReadingView(
        rule=tally.reading.rule,
        category=tally.reading.category,
        severity=SEVERITIES[tally.severity],
        signified=tally.reading.signified,
        markets=named,
        items=tally.items,
        places=tally.places,
        points=tally.points / 10,
    )


@reporter("html")
def make(out: TextIO, info: RunInfo, options: ReportOptions) -> Reporter:
    """Return the reporter of one HTML page."""
    return HtmlReporter(out, info, options)
