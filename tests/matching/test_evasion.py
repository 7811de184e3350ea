"""Words that are written to look different, and text that is no prose."""

from __future__ import annotations

import pytest

from culture_lint.knowledge.runtime import Knowledge
from culture_lint.language.normalise import fold
from culture_lint.matching.codes import is_code
from culture_lint.matching.evasion import NOTE, Disguises, looks_disguised
from tests.conftest import Check, checker

FORMS = {one: n for n, one in enumerate(["shit", "fuck", "asshole", "bitch", "nazi", "hitler"])}


@pytest.fixture(scope="session")
def look(builtin: Knowledge) -> Check:
    """Check a text with the built-in rulesets."""
    return checker(builtin)


def _found(text: str) -> list[tuple[str, str]]:
    part = fold(text)
    names = {number: form for form, number in FORMS.items()}
    found = []
    for _, start, end, number, _ in Disguises(FORMS).find(
        [part], part.text.encode("utf-8", "surrogatepass")
    ):
        first, last = part.original(start, end)
        found.append((text[first:last], names[number]))
    return found


@pytest.mark.parametrize(
    ("text", "match", "form"),
    [
        ("This sh1t is great", "sh1t", "shit"),
        ("F*CK it, a mug", "F*CK", "fuck"),
        ("a f**k mug", "f**k", "fuck"),
        ("$hit happens", "$hit", "shit"),
        ("What the sh!t!", "sh!t", "shit"),
        ("for the a$$hole at work", "a$$hole", "asshole"),
        ("b!tch, please", "b!tch", "bitch"),
        ("f u c k this", "f u c k", "fuck"),
        ("a f u c k mug", "f u c k", "fuck"),
        ("n.a.z.i chic", "n.a.z.i", "nazi"),
        ("N-A-Z-I", "N-A-Z-I", "nazi"),
        ("h1tler moustache", "h1tler", "hitler"),
        ("FUUUUCK yeah", "FUUUUCK", "fuck"),
        ("ѕhіt mug", "ѕhіt", "shit"),
        ("nαzi", "nαzi", "nazi"),
        ("Мug: fцck, fυck", "fυck", "fuck"),
        ("½ price sh1t", "sh1t", "shit"),
    ],
)
def test_sees_through_a_disguise(text: str, match: str, form: str) -> None:
    assert _found(text) == [(match, form)]


def test_finds_disguises_in_the_segments_they_stand_in() -> None:
    parts = [fold(one) for one in ("plain", "sh1t", "", "naïve café", "ok f u c k", "fuuuck")]
    joined = "\n".join(one.text for one in parts).encode("utf-8", "surrogatepass")
    assert [(hit[0], hit[1], hit[2]) for hit in Disguises(FORMS).find(parts, joined)] == [
        (1, 0, 4),
        (4, 3, 10),
        (5, 0, 6),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "shit",  # as it is written: the scan's own business
        "H2O-proof, 4K, A1, S8, B2B, W3C, MP3, USB3, 5G, 2XU, 3M",
        "C8H10N4O2, CO2, NaHCO3, vitamin B12, omega-3",
        "sizes S M L X, sizes S-M-L-XL, A B C D E F",
        "P!nk, Ke$ha, A$AP, se7en, Toys'R'Us, l'o.r.e.a.l",
        "5 μm filter, 10 kΩ, α-linolenic, β-carotene, γ-GTP",
        "shipped *as is*, 4*4 cm, 2*AA, a*b*c, #fun, C#",
        "s h i, f u c, u.s.a., e.g. a.m.",
        "brrr, zzz, www.example.com, XXL, XXXL, ooo",
        "s*** f***",  # anything could be meant
        "sh1tt, fack, hit1er2",
        "Москва, Ελλάδα, Adidas Россия",
        "",
    ],
)
def test_leaves_ordinary_text_alone(text: str) -> None:
    assert _found(text) == []


@pytest.mark.parametrize(
    "text", ["sh1t", "f u c k", "N.A.Z.I", "ѕhit", "s\u200bhit", "𝖘𝖍𝖎𝖙", "fuuuck", "f**k", "$hit"]
)
def test_says_that_a_match_looks_different(text: str) -> None:
    assert looks_disguised(text)


@pytest.mark.parametrize("text", ["shit", "Scheiße", "son of a bitch", "дерьмо", "クソ", "9/11"])
def test_says_nothing_of_plain_matches(text: str) -> None:
    assert not looks_disguised(text)


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("This sh1t is great for the whole family.", "sh1t"),
        ("Our f*ck cancer tee for men and women", "f*ck"),
        ("f u c k this mug, said everybody", "f u c k"),
        ("A s\u200bhit mug for a colleague", "s\u200bhit"),
    ],
)
def test_reports_a_disguised_word_as_such(look: Check, text: str, match: str) -> None:
    (finding,) = look(text, markets="US", language="en").findings
    assert finding.text == match
    assert finding.category == "profanity"
    assert finding.message.endswith(NOTE)


def test_a_plain_word_is_not_said_to_be_disguised(look: Check) -> None:
    (finding,) = look("This shit is great.", markets="US", language="en").findings
    assert NOTE not in finding.message


@pytest.mark.parametrize("text", ["SH1T-200 bracket for shelves", "Model SH1T bracket for shelves"])
def test_a_part_number_is_no_disguise(look: Check, text: str) -> None:
    assert look(text, markets="US", language="en").findings == ()


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("see www.pig.com/sale now", "pig"),
        ("see https://shop.example/pig?x=1 now", "pig"),
        ("visit pig.shop, today", "pig"),
        ("请看www.pig.com购买", "pig"),
        ("mail pig@example.com now", "pig"),
        ("mail jane@pig-farm.co.uk now", "pig"),
        ("img/red-pig_01.jpg", "pig"),
        ("pig.PDF", "pig"),
        ("order PIG-4471", "PIG"),
        ("part BW/PIG/0012-A", "PIG"),
        ("Model: PIG4", "PIG4"),
        ("SKU PIG-4", "PIG"),
        ("at 12 Pig Street, London", "Pig"),
        ("Schweinstraße 12, Berlin", "Schweinstraße"),
        ("Calle de Pig 4, Madrid", "4"),
        ("at 13 rue de Pig", "13"),
    ],
)
def test_no_prose_in_addresses_and_codes(text: str, word: str) -> None:
    start = text.index(word)
    assert is_code(text, start, start + len(word))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("a pig.Next sentence", "pig"),
        ("a pig, a cow", "pig"),
        ("pig/cow print", "pig"),
        ("follow @pig", "pig"),
        ("mail a@b.com about the pig", "pig"),
        ("COVID-19 mask", "COVID"),
        ("NAZI-1488", "NAZI"),
        ("PORK-500G", "PORK"),
        ("EXPO-2025", "EXPO"),
        ("4-PACK", "4"),
        ("SET OF 4", "4"),
        ("42 Inch Road Bike", "42"),
        ("4 Gold Lane Dividers", "4"),
        ("pig-shaped mug 0012", "pig"),
        ("model with a pig", "pig"),
        ("Via 4 kleuren", "4"),
    ],
)
def test_prose_beside_codes_is_prose(text: str, word: str) -> None:
    start = text.index(word)
    assert not is_code(text, start, start + len(word))
