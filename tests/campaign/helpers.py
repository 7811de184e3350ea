"""Campaigns and what was seen of them, made by hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from culture_lint.campaign.collect import Collector, Place, waiver_key
from culture_lint.campaign.model import Bar, Campaign, Channel, Named, Waiver
from culture_lint.errors import Location
from culture_lint.knowledge.model import Evidence
from culture_lint.knowledge.scales import Severity
from culture_lint.results import FindingReport, ItemReport
from culture_lint.scoring.cai import Charge, score, shown
from tests.reports.samples import finding, item

HERE = Location("c.yaml", 1, 1)


def campaign(
    *,
    bar: Bar | None = None,
    waivers: Iterable[Waiver] = (),
    channels: Iterable[Channel] = (),
    launch: date = date(2026, 12, 1),
    end: date = date(2026, 12, 24),
    markets: Iterable[str] = ("AA",),
) -> Campaign:
    """Return a campaign for the made-up market AA."""
    return Campaign(
        path=Path("c.yaml"),
        name="Test",
        content=(),
        markets=tuple(Named(one, HERE) for one in markets),
        launch=launch,
        end=end,
        bar=bar or Bar(),
        channels={one.name: one for one in channels},
        waivers=tuple(waivers),
    )


def waiver(rule: str = "AA/sign", expires: date = date(2027, 1, 31), line: int = 9) -> Waiver:
    """Return a waiver of one rule."""
    return Waiver((rule,), "Ann", "by contract", expires, Location("c.yaml", line, 3))


def collected(
    items: Iterable[ItemReport],
    places: dict[str, Place] | None = None,
    waivers: Iterable[Waiver] = (),
    markets: Iterable[str] = ("AA",),
) -> Collector:
    """Return what a collector has of some items."""
    places = places or {"l.csv": Place("", 1.0)}
    held = {waiver_key(one): number for number, one in enumerate(waivers)}
    found = Collector(markets, places, held)
    for one in items:
        found.take(found.prepare(one))
    return found


def bad_item(name: str, *costs: tuple[str, Severity, float], path: str = "l.csv") -> ItemReport:
    """Return an item that loses these points to these rules in AA."""
    findings = [cost(rule, severity, points) for rule, severity, points in costs]
    cai = round(100 - sum(points for _, _, points in costs), 1)
    return replace(item({"AA": cai}, *findings), item=name, path=path)


def cost(
    rule: str, severity: Severity = Severity.MINOR, points: float = 5.0, verified: bool = True
) -> FindingReport:
    """Return a finding that costs points in AA."""
    return finding(severity, {"AA": points}, rule=rule, evidence=Evidence("study", verified, ()))


def loaded(*loads: float) -> float:
    """Return the displayed CAI of charges in titles whose evidence weighs 1 and dimension D1."""
    charges = [
        Charge(f"g{n}", "minor", "D1", "statute", True, 1.0, "title") for n in range(len(loads))
    ]
    return shown(score(charges, 0).cai)
