"""Selectors of rules: what they name, which wins, and the severities they give."""

from __future__ import annotations

from dataclasses import replace

import pytest

from culture_lint.engine import Engine
from culture_lint.judging.selectors import fit, selected, severity_of
from culture_lint.knowledge.model import Reading
from culture_lint.knowledge.runtime import Knowledge
from culture_lint.knowledge.scales import Severity
from culture_lint.results import ItemReport
from culture_lint.rulecheck import text_item
from culture_lint.settings import Settings


@pytest.fixture
def pork(pack: Knowledge) -> Reading:
    return next(one for one in pack.all_readings() if one.id == "AA/pork")


def test_longer_selectors_fit_better(pork: Reading) -> None:
    ranks = [fit(pork, one) for one in ("ALL", "category:food", "AA", "AA/po", "AA/pork")]
    assert ranks == sorted(set(ranks))
    assert not any(fit(pork, one) for one in ("BB", "category:colour", "AA/porkier", "pork"))


def test_ignore_beats_select_of_the_same_length(pork: Reading) -> None:
    assert selected(pork, (), ())
    assert not selected(pork, ("BB",), ())
    assert not selected(pork, ("AA/pork",), ("AA/pork",))
    assert selected(pork, ("AA/pork",), ("AA",))


def test_most_specific_severity_wins_and_the_last_of_equals(pork: Reading) -> None:
    given = (("AA/pork", "info"), ("category:food", "blocker"), ("AA", "minor"))
    assert severity_of(pork, given) is Severity.INFO
    assert severity_of(pork, (*given, ("AA/pork", "minor"))) is Severity.MINOR
    assert severity_of(pork, (("BB", "info"),)) is pork.severity


def test_what_cannot_be_suppressed_gets_no_milder(pork: Reading) -> None:
    law = replace(pork, suppressible=False)
    assert severity_of(law, (("AA/pork", "info"),)) is Severity.MAJOR
    assert severity_of(law, (("AA/pork", "blocker"),)) is Severity.BLOCKER


def test_given_severity_changes_finding_and_score(pack: Knowledge) -> None:
    def report(*severity: tuple[str, str]) -> ItemReport:
        engine = Engine(pack, Settings(("AA",), severity=severity))
        (found,) = engine.check([text_item("Pork pie.", language="en")])
        assert isinstance(found, ItemReport)
        return found

    plain, mild, grave = report(), report(("AA", "info")), report(("category:food", "blocker"))
    assert [one.findings[0].severity.value for one in (plain, mild, grave)] == [
        "major", "info", "blocker",
    ]  # fmt: skip
    scores = [one.scores["AA"] or 0.0 for one in (mild, plain, grave)]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == 3
