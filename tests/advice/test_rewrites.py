"""Every category of the built-in rulesets has a rewrite, so that no clash ends with a shrug."""

from __future__ import annotations

from culture_lint.advice.rewrites import rewrite_of
from culture_lint.knowledge.runtime import Knowledge
from culture_lint.knowledge.scales import Polarity


def test_every_clash_has_a_wording_or_a_rewrite(builtin: Knowledge) -> None:
    without = {
        one.category
        for one in builtin.all_readings()
        if one.polarity is not Polarity.POSITIVE
        and not one.instead
        and not one.rewrite
        and not rewrite_of(one.category)
    }
    assert without == set()


def test_what_is_not_known_has_none() -> None:
    assert rewrite_of("weather") == ""
