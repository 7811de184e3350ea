"""Signs are findings only in the usage, company, field and language that their readings name."""

from __future__ import annotations

import pytest

from culture_lint.engine import Engine
from culture_lint.knowledge.runtime import Knowledge
from culture_lint.results import ItemReport
from culture_lint.rulecheck import TextPlaces
from culture_lint.settings import Settings
from culture_lint.sources.items import Item, Role, Segment
from tests.conftest import Check, rules


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Holy cow, what a deal for the whole family!", [("cow-joke", "Holy cow")]),
        ("A cow in a field.", []),
        ("Cowboy boots for the farm.", []),
        ("Made with wagyu from Japan.", [("beef", "wagyu")]),
        ("Made with wagyu beef from Japan.", [("beef", "wagyu beef")]),
        ("Pork pie with crust.", [("pork", "Pork")]),
        ("Pork-free pie with crust.", []),
        ("Vegan pie that tastes like pork.", []),  # what is likened or only quoted is not there
        ("Curtains in the colour “Pork Pie”.", []),
        ("No pork, no lard.", []),
        ("Free from alcohol, gelatine and pork.", []),
        ("No sugar. Pork pie.", [("pork", "Pork")]),
        ("Birthday gift for him: wall clock in oak.", [("clock-gift", "wall clock")]),
        ("Wall clock for your own kitchen.", []),
        ("Doormat with a flag on it.", [("flag-underfoot", "flag")]),
        ("Door mats: two flags to choose from.", [("flag-underfoot", "flags")]),
        ("Scarf with a flag on it.", []),
        ("A plain doormat. A flag for the balcony.", []),
        ("Set of 4 cups.", [("set-of-four", "Set of 4")]),
        ("A four-pack of socks.", [("set-of-four", "four-pack")]),
        ("4 GB of memory, 4K screen, model 4.", []),
        ("Set of 40 cups.", []),
        ("Hoodie with a huge “88” on the back.", [("bare-code", "88")]),
        ("Piano with 88 keys.", []),
        ("Hoodie, number 88 in white.", [("bare-code", "88")]),
        ("Hoodie 88 – limited.", [("bare-code", "88")]),
        ("Fits 88 and 90 cm.", []),
        ("Room for 88 in total.", []),
        ("Size 88, 88 cm, $88, 88%, 1988.", []),
        ("Pralines by ISIS Chocolates.", [("isis", "ISIS")]),
        ("Isis flowers.", []),
        ("As seen on TV.", [("star", "As seen on TV")]),
        ("Superstar quality.", []),
        ("Superstar glamour.", [("star", "Superstar")]),
    ],
)
def test_reading_counts_only_in_its_conditions(
    check: Check, text: str, expected: list[tuple[str, str]]
) -> None:
    assert rules(check(text, language="en")) == expected


def test_via_shows_the_path_through_the_network(check: Check) -> None:
    (finding,) = check("Made with wagyu from Japan.", language="en").findings
    assert finding.via == ("wagyu", "beef", "cow")


def test_field_and_absent_company_are_respected(check: Check) -> None:
    assert rules(check("A flag.", role=Role.ALT, language="en")) == [("flag-plain", "flag")]
    assert rules(check("A flag on a scarf.", role=Role.ALT, language="en")) == []
    assert rules(check("A flag.", role=Role.TITLE, language="en")) == []


def test_one_finding_serves_all_markets_and_points_differ_by_market(check: Check) -> None:
    report = check(
        "Schweinefleisch vom Hof, frisch zerlegt für Sie.", markets="AA,BB", language="de"
    )
    pork = [one for one in report.findings if one.rule == "BB/pork"]
    assert len(pork) == 1
    assert set(pork[0].points) <= {"BB"}


def test_word_counts_only_in_its_own_language(check: Check) -> None:
    english = check("Gift wrap for every festive season of the year.", markets="BB", language="en")
    german = check("Das Gift wirkt langsam und steht im Regal.", markets="BB", language="de")
    assert "gift-word" not in [name for name, _ in rules(english)]
    assert ("gift-word", "Gift") in rules(german)


@pytest.mark.parametrize("text", ["🐄 farm set", "Milk 🐄🏽"])
def test_plain_emoji_is_no_joke(check: Check, text: str) -> None:
    assert rules(check(text, language="en")) == []


def test_copy_in_a_language_nobody_reads_is_told_once(check: Check) -> None:
    report = check(
        "Dieses Brett ist aus Eiche und wird von Hand in Bayern gefertigt.",
        markets="AA",
        language="de",
    )
    assert [one.rule for one in report.findings] == ["global/content-language"]


def test_brand_of_its_own_is_no_prose(pack: Knowledge) -> None:
    engine = Engine(pack, Settings(markets=("AA",)))

    def segment(role: Role, text: str) -> Segment:
        return Segment(role.value, role, text, TextPlaces(text), None, "en")

    branded = Item(
        "t", "1", 1, (segment(Role.BRAND, "Bamboo"), segment(Role.TITLE, "Bamboo linen shirt"))
    )
    other = Item(
        "t", "2", 1, (segment(Role.BRAND, "Oak"), segment(Role.TITLE, "Bamboo linen shirt"))
    )
    first, second = engine.check([branded, other])
    assert isinstance(first, ItemReport)
    assert isinstance(second, ItemReport)
    assert rules(first) == []
    assert rules(second) == [("bamboo-sign", "Bamboo")]
