"""What-if: every figure is what a check of the changed copy says."""

from __future__ import annotations

import pytest

from culture_lint.results import ItemReport
from culture_lint.settings import Settings
from culture_lint.sources.items import Item, Source
from culture_lint.targets import Job
from culture_lint.trials.whatif import WhatIf, what_if
from tests.trials.opened import opened

HEAD = "sku,title,description,language\n"


def tried(rows: str, markets: str = "IN") -> tuple[Item, ItemReport, WhatIf]:
    settings = Settings(markets=tuple(markets.split(",")), markets_from="flag")
    job = Job(Source("l.csv", (HEAD + rows).encode()), settings)
    session = opened(job)
    ((_, item, report),) = [one for one in session.judged(job) if isinstance(one, tuple)]
    return item, report, what_if(session, job, item, report)


def scores(rows: str, markets: str) -> dict[str, float | None]:
    return dict(tried(rows, markets)[1].scores)


def test_the_figure_of_a_change_is_the_score_of_the_changed_copy() -> None:
    row = "A,Holy cow coffee mug,A mug of beef leather scraps,en\n"
    _, report, found = tried(row)
    assert len(found.changes) > 1
    for change in found.changes:
        if change.said is None:
            continue
        (place,) = {one.text for one in change.findings}
        rewritten = row.replace(place, change.said.text)
        if change.doubt or (change.said.text[:1].islower() and place[:1].isupper()):
            rewritten = row.replace(place, change.said.text[:1].upper() + change.said.text[1:])
        assert change.after["IN"] == scores(rewritten, "IN")["IN"], change.rule
        assert change.gain["IN"] == pytest.approx(
            change.after["IN"] - report.scores["IN"], abs=0.05
        )


def test_changes_are_in_order_of_what_they_bring() -> None:
    _, _, found = tried("A,Holy cow wagyu jerky,Made with beef. Holy cow!,en\n")
    pays = [one.pays for one in found.changes]
    assert pays == sorted(pays, reverse=True)
    assert pays[0] > 0


def test_repeats_of_one_sign_are_one_change() -> None:
    _, report, found = tried("A,Holy cow mug,Holy cow! Another holy cow mug.,en\n")
    assert len(report.findings) > 1
    (change,) = [one for one in found.changes if one.rule == "IN/cow-figurative"]
    assert len(change.findings) == len([f for f in report.findings if f.rule == change.rule])
    assert change.after["IN"] == 100.0


def test_all_changes_together_are_checked_together() -> None:
    _, report, found = tried("A,Holy cow wagyu jerky,Made with beef.,en\n")
    assert found.made == len([one for one in found.changes if one.said])
    assert found.after_all["IN"] == 100.0
    assert found.left == ()
    # Less than the sum of what each brings alone: the score is no sum.
    assert report.scores["IN"] is not None


def test_every_market_that_gains_has_its_figure() -> None:
    _, _, found = tried("A,Holy cow mug with a pork chop,plain,en\n", "IN,SA,JP")
    by_rule = {one.rule: one for one in found.changes}
    assert set(by_rule["IN/cow-figurative"].gain) == {"IN"}
    assert all(set(one.gain) <= {"IN", "SA", "JP"} for one in found.changes)
    assert all("JP" not in one.gain for one in found.changes)


def test_without_words_the_figure_is_that_of_copy_without_the_finding() -> None:
    row = "A,Bomba de agua industrial,«¡Me encanta!» dice la famosa estrella de telenovelas.,es\n"
    _, _, found = tried(row, "MX")
    (change,) = found.changes
    assert change.said is None
    assert change.after["MX"] == 100.0
    assert change.advice


def test_an_item_without_findings_has_nothing_to_change() -> None:
    _, _, found = tried("A,Oak table,A plain table,en\n")
    assert found.changes == ()
    assert found.made == 0
    assert found.after_all == {"IN": 100.0}


def test_a_sentence_of_wrong_case_is_put_right_before_it_is_tried() -> None:
    item, _, found = tried("A,Holy cow! A mug,plain,en\n")
    assert item.segments[0].text.startswith("Holy cow")
    assert found.changes[0].said is not None
