"""Signs have forms in the languages of the markets that read them, in English and in Chinese."""

from __future__ import annotations

from collections import defaultdict

import pytest

from culture_lint.knowledge.load import load_library
from culture_lint.knowledge.model import Library
from culture_lint.knowledge.packs import builtin_root
from culture_lint.knowledge.runtime import Knowledge
from tests.conftest import DATA

#: Languages in which everybody may expect to be understood, where a market speaks them; copy is most
#: often written in English or Chinese first, whatever the market.
EXPECTED = frozenset(
    "en zh ja ko de fr es pt it nl pl sv tr ru uk ar fa he hi bn ta th vi id ms sw".split()  # noqa: SIM905
)
EVERYWHERE = frozenset({"en", "zh"})

#: Insults and vulgar words are those of one language: others have their own, as signs of their own.
OF_ONE_LANGUAGE = frozenset({"word", "slur"})
#: So are most idioms and names; what is said in so many languages is a notion that travels.
TRAVELLING = 3
MOSTLY_OF_ONE_LANGUAGE = frozenset({"idiom", "name"})

BOUND = DATA / "language-bound.txt"


@pytest.fixture(scope="module")
def missing(builtin: Knowledge) -> dict[str, set[str]]:
    """The languages that each sign lacks forms in."""
    signs = load_library([builtin_root()], trusted=[builtin_root()], validate=False)
    found: dict[str, set[str]] = defaultdict(set)
    for name, market in builtin.markets.items():
        if "/" in name:
            continue
        spoken = EXPECTED.intersection(market.languages) | EVERYWHERE
        for number in market.readings:
            reading = builtin.reading(number)
            for sign in reading.signifiers:
                wanted = spoken.intersection(reading.languages or spoken)
                found[sign] |= wanted - _known(signs, sign)
    return {sign: languages for sign, languages in found.items() if languages}


def _known(signs: Library, name: str) -> frozenset[str]:
    sign = signs.signifiers[name]
    known = frozenset(form.language.split("-")[0] for form in sign.forms)
    if (
        not known
        or "*" in known
        or sign.number is not None
        or sign.kind in OF_ONE_LANGUAGE
        or (sign.kind in MOSTLY_OF_ONE_LANGUAGE and len(known) < TRAVELLING)
    ):
        return EXPECTED
    return known | ({"id", "ms"} if known & {"id", "ms"} else set())


def bound() -> dict[str, set[str]]:
    """Signs that are a matter of some languages only, with those in which nothing is missing."""
    found: dict[str, set[str]] = {}
    for line in BOUND.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            sign, languages, reason = line.split(maxsplit=2)
            assert len(reason) > 15, line
            found.setdefault(sign, set()).update(
                EXPECTED if languages == "*" else languages.split(",")
            )
    return found


def test_signs_are_known_in_the_languages_of_their_markets(missing: dict[str, set[str]]) -> None:
    known = bound()
    left = {sign: sorted(languages - known.get(sign, set())) for sign, languages in missing.items()}
    assert {sign: languages for sign, languages in left.items() if languages} == {}


def test_what_is_said_to_be_bound_is_missing(missing: dict[str, set[str]]) -> None:
    idle = {
        sign: sorted(languages - missing.get(sign, set()))
        for sign, languages in bound().items()
        if not languages & missing.get(sign, set())
        or (languages != EXPECTED and languages - missing.get(sign, set()))
    }
    assert idle == {}
