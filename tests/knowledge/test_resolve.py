"""Inheritance: the chain of a scope, and the readings that hold at its end."""

from __future__ import annotations

import pytest

from culture_lint.errors import RulesetError
from culture_lint.knowledge.load import Library, load_library
from culture_lint.knowledge.resolve import chain, markets, resolve
from culture_lint.knowledge.scales import Severity

from .samples import GLOBAL, SIGNS, Pack, market, reading


def region(name: str, *extends: str) -> str:
    return f"region: {name}\nname: {name}\nextends: [{', '.join(extends)}]\n"


@pytest.fixture
def library(pack: Pack) -> Library:
    change = "{severity: minor, because: b}"
    files = {
        "s.yaml": SIGNS,
        "global.yaml": GLOBAL + "readings:\n" + reading("b") + reading("a"),
        "west.yaml": region("west") + "readings:\n" + reading(),
        "law.yaml": region("law", "west"),
        "us.yaml": market("US", reading(), header="extends: [west]\nlanguages: [en, es]\n")
        + f"override: {{global/a: {change}}}\n",
        "ranch.yaml": "community: US/ranch\nname: Ranch\nalso_read: [es]\n"
        + "retire: {global/b: {because: b}}\n"
        + "override: {US/cow-joke: {message: 'Hi {match}', confidence: 0.0, because: b}}\n",
        "ca.yaml": market("CA", header="extends: [law, west]\nlanguages: [en, fr]\n"),
        "qc.yaml": market("CA-QC", header="extends: [french]\nlanguages: [fr]\n"),
        "french.yaml": region("french"),
        "jp.yaml": market("JP"),
        "shop.yaml": "platform: shop\nname: Shop\n",
    }
    return load_library([pack(files)])


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        ("global", "global"),
        ("west", "global west"),
        ("JP", "global JP"),
        ("US", "global west US"),
        ("US/ranch", "global west US US/ranch"),
        ("CA", "global west law CA"),
        ("CA-QC", "global french west law CA CA-QC"),
    ],
)
def test_the_chain_runs_from_global_to_the_scope(
    library: Library, scope: str, expected: str
) -> None:
    assert chain(library, scope) == tuple(expected.split())


def test_readings_come_in_the_order_of_the_chain(library: Library) -> None:
    ids = [found.id for found in resolve(library, "US").readings]
    assert ids == ["global/a", "global/b", "west/cow-joke", "US/cow-joke"]


def test_a_child_overrides_and_its_parent_does_not_notice(library: Library) -> None:
    def severity(scope: str) -> Severity:
        return next(r.severity for r in resolve(library, scope).readings if r.id == "global/a")

    assert severity("US") is severity("US/ranch") is Severity.MINOR
    assert severity("CA") is Severity.MAJOR


def test_an_override_changes_only_what_it_gives(library: Library) -> None:
    joke = next(r for r in resolve(library, "US/ranch").readings if r.id == "US/cow-joke")
    assert (joke.message, joke.confidence, joke.severity) == ("Hi {match}", 0.0, Severity.MAJOR)


def test_a_retired_reading_is_gone_below(library: Library) -> None:
    assert "global/b" in {found.id for found in resolve(library, "US").readings}
    assert "global/b" not in {found.id for found in resolve(library, "US/ranch").readings}


def test_languages_come_from_the_nearest_that_names_them(library: Library) -> None:
    ranch = resolve(library, "US/ranch")
    assert (ranch.name, ranch.languages, ranch.also_read) == ("Ranch", ("en", "es"), ("es",))
    assert resolve(library, "CA-QC").languages == ("fr",)
    assert resolve(library, "JP").languages == ()


def test_markets_and_communities_can_be_checked(library: Library) -> None:
    assert markets(library) == ["CA", "CA-QC", "JP", "US", "US/ranch"]


def test_an_override_cannot_lift_the_cap_of_weak_evidence(pack: Pack) -> None:
    weak = reading(severity="minor", category="colour", evidence="{kind: opinion, sources: "
                   "[{cite: c}]}")  # fmt: skip
    change = "override: {global/cow-joke: {severity: blocker, because: b}}\n"
    root = pack(
        {"s.yaml": SIGNS, "g.yaml": GLOBAL + "readings:\n" + weak, "in.yaml": market("IN") + change}
    )
    (found,) = resolve(load_library([root]), "IN").readings
    assert (found.severity, found.written_severity) == (Severity.MINOR, Severity.BLOCKER)


def test_an_unknown_scope_is_a_key_error(library: Library) -> None:
    with pytest.raises(KeyError):
        resolve(library, "XX")


@pytest.mark.parametrize(
    ("files", "message"),
    [
        (
            {"a.yaml": region("a", "b"), "b.yaml": region("b", "a")},
            "pack/a.yaml:1: extends: a inherits from itself: a -> b -> a",
        ),
        (
            {"a.yaml": region("a", "b")},
            'pack/a.yaml:1: extends: extends "b", which no file defines',
        ),
    ],
)
def test_unchecked_inheritance_ends_in_an_error(
    pack: Pack, files: dict[str, str], message: str
) -> None:
    library = load_library([pack(files)], validate=False)
    with pytest.raises(RulesetError) as caught:
        resolve(library, "a")
    assert str(caught.value) == message
