"""What a campaign asks to be checked: patterns, the first entry that names a file, settings, communities."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from culture_lint.campaign.reader import read_campaign
from culture_lint.campaign.work import Work, checked_names, work_for
from culture_lint.errors import SettingsError
from culture_lint.settings import Ignore, Settings
from culture_lint.targets import with_communities

TODAY = date(2026, 11, 21)
NAMES = ("SA", "US", "US/texas-ranch", "IN")


@pytest.fixture(autouse=True)
def _here(tmp_path: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(tmp_path)
    yield
    os.chdir(before)


def work(text: str, base: Settings | None = None, files: tuple[str, ...] = ()) -> Work:
    for name in files:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text("sku,title\nA,Oak\n", "utf-8")
    Path("campaign.yaml").write_text(f"{text}\nlaunch: 2026-12-01\nend: 2026-12-24\n", "utf-8")
    campaign = checked_names(read_campaign(Path("campaign.yaml")), NAMES)
    settings = base or Settings()
    return work_for(campaign, lambda _: settings, TODAY)


def paths(found: Work) -> list[str]:
    return [job.source.path.replace(os.sep, "/") for job in found.jobs]


def test_the_first_entry_that_names_a_file_says_what_it_is_for() -> None:
    found = work(
        "content: [{path: l/special.csv, markets: US, exposure: 9}, 'l/*.csv', l]\nmarkets: [US, SA]",
        files=("l/special.csv", "l/b.csv", "l/a.csv"),
    )
    assert paths(found) == ["l/special.csv", "l/a.csv", "l/b.csv"]
    assert [job.settings.markets for job in found.jobs] == [("US",), ("US", "SA"), ("US", "SA")]
    assert [job.settings.markets_from for job in found.jobs] == ["override", "config", "config"]
    assert [one.exposure for one in found.places.values()] == [9.0, 1.0, 1.0]
    assert found.jobs[1].settings is found.jobs[2].settings


def test_patterns_stand_for_files_that_are_read_and_not_left_out() -> None:
    found = work(
        "content: '**/*'\nmarkets: US",
        Settings(),
        ("a.csv", "deep/er/b.csv", "node_modules/c.csv", "notes.rst"),
    )
    assert paths(found) == ["a.csv", "deep/er/b.csv"]  # nor the campaign file itself
    with pytest.raises(SettingsError, match=r"campaign.yaml:1:10: no file fits 'x/\*.csv'"):
        work("content: 'x/*.csv'\nmarkets: US")
    with pytest.raises(SettingsError, match="all is left out"):
        work("content: campaign.yaml\nmarkets: US")


def test_the_campaign_stands_over_the_configuration_and_adds_its_waivers() -> None:
    own = Ignore(("US/x",))
    base = Settings(intent=("bold",), platforms=("ebay",), ignores=(own,), fail_on="never")
    text = (
        "content: [{path: a.csv, channel: shop}, {path: b.csv, channel: mail}]\nmarkets: us\n"
        "channels: {shop: {platforms: amazon}, mail: }\nintent: natural\n"
        "bar: {worst-severity: major, min-cai: 70}\nwaivers:\n"
        "  - {rules: [US/y, calendar/US/day], owner: A, reason: r, expires: 2026-12-31}\n"
        "  - {rules: US/z, owner: A, reason: r, expires: 2026-11-30}\n"
    )
    found = work(text, base, ("a.csv", "b.csv"))
    one, other = (job.settings for job in found.jobs)
    assert (one.platforms, other.platforms) == (("amazon",), ("ebay",))
    assert (one.intent, one.markets) == (("natural",), ("US",))
    assert (one.fail_on, one.min_cai) == ("blocker", 70.0)
    assert [ignore.rules for ignore in one.ignores] == [("US/x",), ("US/y",)]
    assert list(found.held.values()) == [0]
    assert one.window == (date(2026, 12, 1), date(2026, 12, 24))


def test_communities_go_with_the_market_they_live_in() -> None:
    assert with_communities(("US", "SA"), ["US/texas-ranch"]) == ("US", "SA", "US/texas-ranch")
    assert with_communities(("SA",), ["US/texas-ranch"]) == ("SA",)
    found = work("content: a.csv\nmarkets: [US]\ncommunities: us/texas-ranch", files=("a.csv",))
    assert found.markets == ("US", "US/texas-ranch")
    assert found.jobs[0].settings.communities == ("US/texas-ranch",)
    with pytest.raises(SettingsError, match="SA is a market; name it under `markets`"):
        work("content: a.csv\nmarkets: [US]\ncommunities: SA", files=("a.csv",))
