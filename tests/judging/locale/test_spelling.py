"""Varieties of a language: what must be flagged, and what must pass."""

from __future__ import annotations

import pytest

from culture_lint.sources.items import Role
from tests.judging.locale.case import flagged, judged


@pytest.mark.parametrize(
    ("market", "language", "text", "span", "said"),
    [
        ("US", "en", "A soft cotton throw in three colours.", "colours", "colors"),
        ("US", "en", "Personalised mug with your own photo.", "Personalised", "Personalized"),
        ("US", "en", "Silver Jewellery Box With Mirror And Drawer", "Jewellery", "Jewelry"),
        ("US", "en", "ALUMINIUM WATER BOTTLE", "ALUMINIUM", "ALUMINUM"),
        ("GB", "en", "Choose your favorite mug.", "favorite", "favourite"),
        ("AU", "en", "A gray wool blanket.", "gray", "grey"),
        ("IN", "en", "Multi Color Printed Kurta With Palazzo", "Color", "Colour"),
        ("GB", "en", "Measures 30 centimeters across.", "centimeters", "centimetres"),
        ("BR", "pt", "Ténis de corrida para homem.", "Ténis", "Tênis"),
        ("PT", "pt", "Roupa para bebê, muito macia.", "bebê", "bebé"),
        ("CH", "de", "Diese Tasche hat die richtige Größe.", "Größe", "Grösse"),
        ("DE", "de", "Die richtige Grösse finden Sie hier.", "Grösse", "Größe"),
        ("TW", "zh", "全新无线蓝牙耳机，续航时间长。", "全新无线蓝牙耳机", "全新無線藍牙耳機"),
        ("CN", "zh", "全新無線藍牙耳機，續航時間長。", "全新無線藍牙耳機", "全新无线蓝牙耳机"),
        ("SG", "zh", "全新無線藍牙耳機，續航時間長。", "全新無線藍牙耳機", "全新无线蓝牙耳机"),
        ("HK", "zh", "全新无线蓝牙耳机，续航时间长。", "全新无线蓝牙耳机", "全新無線藍牙耳機"),
    ],
)
def test_a_spelling_of_another_country_is_flagged(
    market: str, language: str, text: str, span: str, said: str
) -> None:
    (found,) = judged(market, text, language)
    assert (found.rule, found.text) == ("global/spelling-variety", span)
    assert found.said == [said]
    assert found.reading.severity.value == "minor"
    assert judged(market, text.replace(text if language == "zh" else span, said), language) == []


@pytest.mark.parametrize(
    ("market", "language", "text"),
    [
        ("US", "en", "A soft cotton throw in three colors, gray or grey."),
        ("US", "en", "Grey Goose glasses by Under Armour, seen at Harbour Town."),
        ("US", "en", "We ship to the Royal Centre for Defence Medicine."),
        ("US", "en", "Mug with the words “My favourite colour” on it."),
        ("US", "en", 'Sign "Honour thy mother" in oak.'),
        ("US", "en", "See www.colour-shop.com/colour and @favourite_things, #colour."),
        ("US", "en", "A theatre programme, a catalogue and a travel dialogue, cancelled."),
        ("US", "en", "Advertise, exercise, surprise: a precise and wise choice for all four of us."),
        ("US", "en", "Loreal Colour Riche Lipstick 24 Rouge"),
        ("GB", "en", "Organized storage, customizable, realized in wood."),
        ("GB", "en", "Space Gray laptop sleeve, Center Parcs guide, Pearl Harbor book."),
        ("GB", "en", "iPhone Case Space Gray Matte"),
        ("GB", "en", "A 4 meter cable with a light meter; licensed program on disk, tires you out."),
        ("GB", "en", "div { background-color: red; color:#fff }"),
        ("CA", "en", "Your favourite jewelry in many colours."),
        ("AE", "en", "Your favourite colour."),
        ("US", "es", "Un color para cada favor."),
        ("BR", "pt", "Tênis para bebê, um fato econômico, contato e registro."),
        ("PT", "pt", "Ténis para bebé, fato de banho, contacto e registo, prémio."),
        ("DE", "de", "Masse und Maße, Busse, Schloss, Fluss, muss, dass, größer, GROSSE AUSWAHL."),
        ("CH", "de", "Grösse, Strasse, weiss, gross; Masse."),
        ("TW", "zh", "全新無線藍牙耳機，續航時間長，台灣製造。"),
        ("TW", "zh", "日本 国産 牛肉禮盒，送禮自用兩相宜。"),
        ("CN", "zh", "全新无线蓝牙耳机，续航时间长。"),
        ("CN", "zh", "老乾媽风味豆豉油制辣椒，经典国民口味，拌饭拌面都好吃。"),
        ("TW", "ja", "全国送料無料の電気毛布です。"),
        ("HK", "zh", "這款軟件配合手機屏幕使用。"),
    ],
)  # fmt: skip
def test_the_markets_own_spelling_names_and_quotations_pass(
    market: str, language: str, text: str
) -> None:
    assert flagged(market, text, language) == []


@pytest.mark.parametrize(
    ("market", "language", "text", "span", "said"),
    [
        ("MX", "es", "Os gustará vuestro nuevo reloj.", "vuestro", "su"),
        ("AR", "es", "Mochila para el ordenador con bolsillos.", "el ordenador", "la computadora"),
        ("ES", "es", "Base para computadora con ventilador.", "computadora", "ordenador"),
        ("BR", "pt", "Capa para telemóvel em silicone.", "telemóvel", "celular"),
        ("PT", "pt", "O esporte favorito de todos.", "esporte", "desporto"),
        ("TW", "zh", "這款軟件支援手機使用，安裝簡單。", "軟件", "軟體"),
        ("CN", "zh", "附送软体光盘，安装简单。", "软体", "软件"),
    ],
)
def test_a_word_of_another_country_is_a_note(
    market: str, language: str, text: str, span: str, said: str
) -> None:
    (found,) = judged(market, text, language)
    assert (found.rule, found.text) == ("global/regional-words", span)
    assert found.said == [said]
    assert found.reading.severity.value == "info"


@pytest.mark.parametrize(
    ("market", "language", "text"),
    [
        ("MX", "es", "Estante ordenador de zapatos; carro y coche de bebé."),
        ("ES", "es", "Crema de regeneración celular, con ordenador de cajones."),
        ("CO", "es", "Gafas de sol para tu celular y computadora."),
        ("BR", "pt", "Tela de pintura e celular com frete grátis."),
        ("PT", "pt", "Membrana celular, tela de pintura, um comboio."),
        ("TW", "zh", "這款軟體支援手機使用，螢幕清晰。"),
        ("CN", "zh", "影片里的塑胶跑道。"),
    ],
)
def test_words_of_the_market_pass(market: str, language: str, text: str) -> None:
    assert flagged(market, text, language) == []


def test_a_finding_stands_at_the_first_place_and_counts_the_others() -> None:
    (found,) = judged("US", "Colour by colour, the fibre takes the dye.", "en")
    assert found.text == "Colour"
    assert "3 places" in found.reading.message
    (found,) = judged("US", "One colour only.", "en")
    assert "places" not in found.reading.message


def test_a_brand_is_spelled_as_it_is() -> None:
    rows = [(Role.BRAND, "Colour & Co"), (Role.TITLE, "Soft towel by colour & co, white")]
    assert judged("US", rows, "en") == []


@pytest.mark.parametrize("market", ["AE", "PH"])
def test_two_spellings_in_one_item_are_told_where_either_will_do(market: str) -> None:
    (found,) = judged(market, "Choose a color. All colours and flavours ship free.", "en")
    assert (found.rule, found.text) == ("global/mixed-spelling", "color")
    assert judged(market, "All colours and flavours, organized and customizable.", "en") == []
    assert judged(market, "All colors, see the Colour Centre.", "en") == []


def test_each_market_is_held_to_its_own_variety() -> None:
    (found,) = judged("US,GB,CA", "All colours ship free.", "en")
    assert (found.rule, found.markets) == ("global/spelling-variety", ("US",))
