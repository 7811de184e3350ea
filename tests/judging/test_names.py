"""Brand names that sound like words to avoid, and the many that do not."""

from __future__ import annotations

import pytest

from culture_lint.engine import Engine
from culture_lint.judging.names import hear
from culture_lint.knowledge.runtime import Knowledge
from culture_lint.language.phonetics import distance, skeleton, sounds
from culture_lint.results import FindingReport, ItemReport
from culture_lint.rulecheck import text_item
from culture_lint.settings import Settings
from culture_lint.sources.items import Role

ORDINARY = """
Adidas Nike Puma Reebok Levi's Samsung Sony Lenovo Xiaomi Huawei Haier Philips Braun Bosch
Siemens Miele Tefal Dyson Zara Mango Uniqlo Muji Gucci Prada Fendi Chanel Dior Hermès Omega
Rolex Casio Seiko Fossil Titan Lakmé Biba Anouk Roadster Wrangler Nivea Dove Garnier Lindt
Milka Nestlé Danone Barilla Heinz Kikkoman Lavazza Starbucks Pepsi Fanta Sprite Evian Lego
Mattel Barbie Hasbro Toyota Honda Nissan Subaru Peugeot Renault Volvo Tesla Ford Jeep 必应 博世
雀巢 Beach Wish Mills Maniac Beauty Kitchen Pocket Finch Ficus Shirt Sheet Ship Duck Luck Fact
"""


def _named(
    knowledge: Knowledge, text: str, market: str, role: Role = Role.BRAND
) -> list[FindingReport]:
    item = text_item(text, path="t", item="1", role=role, language=None, attribute=None)
    (report,) = Engine(knowledge, Settings(markets=(market,))).check([item])
    assert isinstance(report, ItemReport)
    return [one for one in report.findings if one.rule == f"{market}/name-sounds-like"]


@pytest.mark.parametrize(
    ("name", "language", "said"),
    [
        ("Phukk", "en", "f u k"),
        ("Knight", "en", "n a i t"),
        ("Laputta", "es", "l a p u t a"),
        ("Pajero", "es", "p a x e ɾ o"),
        ("Xuxa", "pt", "ʃ u ʃ ɐ"),
        ("Scheiße", "de", "ʃ a ɪ s ə"),
        ("Tchibo", "de", "t͡ʃ i b o"),
        ("Putain", "fr", "p y t ɛ̃"),
        ("Cazzo", "it", "k a t͡s o"),
        ("Kurwa", "pl", "k u r v a"),
        ("ちんちゃん", "ja", "t͡ɕ i n t͡ɕ a ɴ"),
        ("シャツ", "ja", "ɕ a t͡s ɯ"),
        ("Bus", "ja", "b ɯ s ɯ"),
        ("傻逼", "zh", "ʂ a p i"),
        ("Shabi", "zh", "ʂ a p i"),
        ("चूतिया", "hi", "t͡ʃ u t i j a"),
        ("Chootiya", "hi", "t͡ʃ u t i j a"),
        ("हरामी", "hi", "ɦ ə r a m i"),
        ("시발", "ko", "s i p a l"),
        ("блядь", "ru", "b lʲ a tʲ"),
        ("Sharmoota", "ar", "ʃ a r m u t a"),
        ("Nokia", "xx", ""),
        ("عطر", "es", ""),
        ("Aблядь", "ru", ""),  # two scripts in one word
        ("\u9fd5", "zh", ""),
        ("", "en", ""),
    ],
)
def test_says_a_name_as_its_readers_would(name: str, language: str, said: str) -> None:
    assert " ".join(sounds(name, language)) == said


def test_sounds_that_ears_confuse_lie_close() -> None:
    def apart(one: str, other: str) -> float:
        return distance(sounds(one, "es"), sounds(other, "es"))

    assert apart("mico", "mico") == 0.0
    assert apart("mico", "migo") < apart("mico", "mino") <= 1.0
    assert apart("moco", "mocu") < apart("moco", "mocos")
    assert skeleton(sounds("bogo", "es")) == skeleton(sounds("pico", "es")) == "PK"


@pytest.mark.parametrize(
    ("name", "market", "word"),
    [
        ("Zicca", "BR", "zica"),
        ("Booceta", "BR", "buceta"),
        ("Putah", "BR", "puta"),
        ("Mocco", "MX", "moco"),
        ("La Pootah", "MX", "laputa"),
        ("Koolo", "MX", "culo"),
        ("Vergah", "MX", "verga"),
        ("Kalpiss", "US", "calpis"),
        ("Krapp's", "US", "crap"),
        ("Phart", "US", "fart"),
        ("Schitt", "US", "shit"),
        ("Pimel", "DE", "pimmel"),
        ("Shaysse", "DE", "scheiße"),
        ("Tinko", "JP", "ちんこ"),
        ("Shiri", "JP", "しり"),
        ("Bing", "CN", "病"),
        ("Shabee", "CN", "傻逼"),
        ("Chootiya", "IN", "chutiya"),
        ("Gaandoo", "IN", "gandu"),
        ("Sharmoota", "SA", "sharmuta"),
    ],
)
def test_hears_a_word_in_a_name(builtin: Knowledge, name: str, market: str, word: str) -> None:
    heard = hear(name, builtin.markets[market], builtin)
    assert heard is not None
    assert heard.word == word


@pytest.mark.parametrize("market", ["AE", "BR", "CN", "DE", "IN", "JP", "MX", "SA", "US"])
def test_hears_nothing_in_ordinary_names(builtin: Knowledge, market: str) -> None:
    home = builtin.markets[market]
    assert [name for name in ORDINARY.split() if hear(name, home, builtin)] == []


def test_a_finding_is_minor_and_says_what_is_heard(builtin: Knowledge) -> None:
    (finding,) = _named(builtin, "Casa Booceta", "BR")
    assert finding.text == "Booceta"
    assert finding.severity.value == "minor"
    assert finding.category == "naming"
    assert finding.evidence.kind == "practice"
    assert "“buceta”" in finding.message
    assert "vulva" in finding.message


def test_two_words_are_also_read_as_one(builtin: Knowledge) -> None:
    assert [one.text for one in _named(builtin, "La Pootah", "MX")] == ["La Pootah", "Pootah"]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Booceta gift set", Role.TITLE),  # a plain word of a title is no name
        ("Booceta", Role.DESCRIPTION),
        ("Booceta", Role.TAG),
        ("Foo", Role.BRAND),
        ("Cuu", Role.BRAND),  # three letters sound like something everywhere
    ],
)
def test_only_names_are_listened_to(builtin: Knowledge, text: str, role: Role) -> None:
    assert _named(builtin, text, "BR", role) == []


def test_a_trade_mark_in_a_title_is_a_name(builtin: Knowledge) -> None:
    (finding,) = _named(builtin, "New Booceta™ wallet", "BR", Role.TITLE)
    assert finding.text == "Booceta"


def test_a_sign_known_by_itself_is_not_reported_twice(builtin: Knowledge) -> None:
    assert _named(builtin, "Krapp", "US") == []
    assert [one.text for one in _named(builtin, "Moco", "MX")] == ["Moco"]  # said of cars and food
