"""Platforms: rules of a marketplace that hold beside those of any market, on words and on fields."""

from __future__ import annotations

import pytest

from culture_lint.engine import Engine
from culture_lint.errors import SettingsError
from culture_lint.knowledge.runtime import Knowledge
from culture_lint.results import ItemReport
from culture_lint.rulecheck import run_examples, text_item
from culture_lint.settings import Settings
from culture_lint.sources.items import Role


def _report(
    knowledge: Knowledge,
    text: str,
    *platforms: str,
    markets: tuple[str, ...] = ("AA", "BB"),
    role: Role = Role.TITLE,
) -> ItemReport:
    item = text_item(text, path="t", item="1", role=role, language="en", attribute=None)
    settings = Settings(markets=markets, platforms=platforms)
    (report,) = Engine(knowledge, settings).check([item])
    assert isinstance(report, ItemReport)
    return report


def _fired(report: ItemReport) -> list[tuple[str, str]]:
    return [(one.rule, one.text) for one in report.findings if one.rule.startswith("bazaar/")]


def test_a_platform_counts_only_when_it_is_asked_for(pack: Knowledge) -> None:
    assert _fired(_report(pack, "A cow!")) == []
    assert _fired(_report(pack, "A cow!", "bazaar")) == [
        ("bazaar/cow-banned", "cow"),
        ("bazaar/title-characters", "!"),
    ]


def test_a_platform_counts_in_every_market_that_is_asked_for(pack: Knowledge) -> None:
    (found, *_) = _report(pack, "A cow", "bazaar").findings
    assert found.markets == ("AA", "BB")


def test_a_rule_of_some_sites_counts_only_there(pack: Knowledge) -> None:
    (found,) = _report(pack, "A bag 🔥", "bazaar").findings
    assert (found.rule, found.markets) == ("bazaar/title-emoji", ("AA",))
    assert _fired(_report(pack, "A bag 🔥", "bazaar", markets=("BB",))) == []


def test_what_stands_beyond_the_longest_length_is_marked(pack: Knowledge) -> None:
    assert _fired(_report(pack, "A bag for all of the family today", "bazaar")) == [
        ("bazaar/title-length", "day")
    ]


def test_other_fields_are_left_alone(pack: Knowledge) -> None:
    text = "A bag for all of the family today!"
    assert _fired(_report(pack, text, "bazaar", role=Role.DESCRIPTION)) == []


def test_a_platform_without_rulesets_is_refused_with_the_nearest(pack: Knowledge) -> None:
    with pytest.raises(SettingsError, match="did you mean bazaar"):
        Engine(pack, Settings(markets=("AA",), platforms=("bazar",)))


def test_the_examples_of_a_platform_run_with_it(pack: Knowledge) -> None:
    assert run_examples(pack).failures == ()
    assert {one.owner for one in pack.all_readings()} >= {"bazaar"}
