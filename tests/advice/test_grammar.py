"""A wording put in a place: letter case, articles, number, and doubts that keep it from being applied."""

from __future__ import annotations

import pytest

from culture_lint.advice.grammar import fit


@pytest.mark.parametrize(
    ("before", "match", "after", "say", "written"),
    [
        ("We like ", "cow", " prints.", "lion", "lion"),
        ("", "Cow", " prints are nice.", "lion", "Lion"),
        ("Nice. ", "Cow", " prints are nice.", "lion", "Lion"),
        ("The Best ", "Cow", " Print for You", "lion", "Lion"),
        ("A ", "Cow Print", " for Children", "coat of many colours", "Coat of Many Colours"),
        ("NEW ", "COW", " PRINT", "lion", "LION"),
        ("", "SALE COW", "", "lion", "LION"),
        ("made in the ", "UK", " today", "isles", "isles"),
        ("Feathered ", "Indian headdress", "", "floral crown", "floral crown"),
        ("two ", "cows", " here", "lion", "lions"),
        ("for ", "cripples", "", "person with a disability", "people with a disability"),
        ("two ", "cows", "", "cherry", "cherries"),
        ("two ", "cows", "", "box", "boxes"),
        ("two ", "cows", "", "clothing", "clothing"),
        ("two ", "buses", "", "socks", "socks"),
        ("a ", "glass", "", "cup", "cup"),
    ],
)
def test_case_and_number_are_those_of_the_place(
    before: str, match: str, after: str, say: str, written: str
) -> None:
    found = fit(say, match, before, after, "en")
    assert (found.text, found.back, found.doubt) == (written, 0, "")


@pytest.mark.parametrize(
    ("before", "match", "say", "written", "back"),
    [
        ("Buy a ", "cow", "apple", "an apple", 2),
        ("An ", "ox", "lion", "A lion", 3),
        ("AN ", "OX", "lion", "A LION", 3),
        ("Buy a ", "cow", "unicorn", "unicorn", 0),
        ("Buy a ", "cow", "hour glass", "an hour glass", 2),
        ("Buy an ", "ox", "useful lion", "a useful lion", 3),
        ("Buy a ", "cow", "uninterested lion", "an uninterested lion", 2),
        ("Buy a ", "cow", "8-pack", "an 8-pack", 2),
    ],
)
def test_an_english_article_goes_with_the_word_behind_it(
    before: str, match: str, say: str, written: str, back: int
) -> None:
    found = fit(say, match, before, " now", "en")
    assert (found.text, found.back, found.doubt) == (written, back, "")


@pytest.mark.parametrize(
    ("tag", "before", "match", "after", "say"),
    [
        ("en", "Buy a ", "cow", "", "the lion"),
        ("en", "Buy a ", "cow", "", "socks"),
        ("en", "lace-up ", "gladiators", " sandal", "lace-up sandals"),
        ("en", "anti-", "cow", "like", "lion"),
        ("en", "a tin with bamboo and ", "ink", "-wash brushwork", "flowers"),
        ("en", "anti-", "cow", " print", "lion"),
        ("en", "", "Zen", " green tea", "Arabic geometric pattern"),
        ("en", "With garden party flair: a ", "plantation", "", "garden party"),
        ("de", "Das ist ein ", "Pferd", " hier", "Katze"),
        ("de", "Ein kleines ", "Mond", "pferd", "Sonne"),
        ("fr", "Voici le ", "cheval", "", "girafe"),
        ("fr", "Voici l'", "oiseau", "", "chien"),
        ("es", "Es un ", "caballo", "", "jirafa"),
        ("ru", "Чехол с ", "коровой", "", "лев"),
        ("ar", "هذا هو ", "الحصان", "", "اسد"),
        ("ar", "هذا و", "حصان", "", "اسد"),
        ("ko", "이것은 ", "말", "을 위한", "소나무"),
        ("es", "¡", "Cogé", " a tu pareja", "agarrar"),
        ("es", "no lo ", "embarazará", "", "avergonzar"),
        ("es", "", "Camiseta «Columbia»", " 2016", "Colombia"),
        ("es", "sin ", "caballo", " blanco", "jirafa"),
        ("de", "Praktischer ", "Body Bag", " für die Uni", "Crossbody-Tasche"),
        ("zh", "連衣裙", "旭日旗", "放射紋印花", "向日葵印花"),
    ],
)
def test_where_grammar_is_not_known_the_wording_is_only_offered(
    tag: str, before: str, match: str, after: str, say: str
) -> None:
    assert fit(say, match, before, after, tag).doubt


@pytest.mark.parametrize(
    ("before", "match", "say", "expected"),
    [
        ("百事可樂,", "讓您的祖先復活", "回味无穷", "回味無窮"),
        ("百事可樂,", "讓您的祖先復活", "台灣味道", "台灣味道"),
        ("百事可乐,", "让您的祖先复活", "回味无穷", "回味无穷"),
    ],
)
def test_a_simplified_wording_in_traditional_copy_is_put_into_its_characters(
    before: str, match: str, say: str, expected: str
) -> None:
    found = fit(say, match, before, "!", "zh")
    assert (found.text, found.doubt) == (expected, "")


@pytest.mark.parametrize(
    ("tag", "before", "match", "after", "say"),
    [
        ("de", "Mit ", "Mist", " und Wasser", "Nebel"),
        ("fr", "Voici l'", "oiseau", "", "éléphant"),
        ("ja", "この", "馬", "のカップ", "獅子"),
        ("zh", "这个", "马", "杯", "狮子"),
        ("zh", "這個", "馬", "杯", "獅子"),
        ("de", "Nur ohne ", "Mist", " und Wasser", "Nebel"),
        ("pt", "curso sem ", "propinas", " no primeiro mês", "mensalidade"),
        ("es", "se puede ", "coger", " con una mano", "tomar"),
        ("ko", "이것은 ", "말", "을 위한", "사슴"),
        ("ru", "", "Корова", " и друзья", "Лев"),
        ("ar", "كوب ", "حصان", " جديد", "اسد"),
    ],
)
def test_where_nothing_speaks_against_it_the_wording_stands(
    tag: str, before: str, match: str, after: str, say: str
) -> None:
    found = fit(say, match, before, after, tag)
    assert (found.text, found.back, found.doubt) == (say, 0, "")


def test_turkish_capitals_keep_their_dot() -> None:
    assert fit("inek", "KEDİ", "YENİ ", " GELDİ", "tr").text == "İNEK"
