"""Locale conventions: what must be flagged, and what must pass, check by check."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from culture_lint.engine import Engine
from culture_lint.knowledge.runtime import Knowledge
from culture_lint.results import ItemReport
from culture_lint.rulecheck import text_item
from culture_lint.settings import Settings
from culture_lint.sources.items import Role
from tests.judging.locale.case import flagged, judged

PRICES = [
    ("DE", "de", "Kaffeemühle, jetzt nur 19.99 €.", "19.99 €", "19,99 €"),
    ("DE", "de", "Statt €1,299.00 nur heute.", "€1,299.00", "€1.299,00"),
    ("DE", "de", "Für 1,299 € zu haben.", "1,299 €", "1.299 €"),
    ("DE", "de", "Nur EUR 19.99 im Set.", "EUR 19.99", "EUR 19,99"),
    ("US", "en", "Yours for 1.299,00 $ today.", "1.299,00 $", "$1,299.00"),
    ("US", "en", "Now $19,99 only.", "$19,99", "$19.99"),
    ("GB", "en", "Only £19,99 each.", "£19,99", "£19.99"),
    ("IN", "en", "Only ₹1.299,00 today.", "₹1.299,00", "₹1,299.00"),
    ("FR", "fr", "Seulement 19.99 € la boîte.", "19.99 €", "19,99 €"),
    ("FR", "fr", "Maintenant 1,299.00 €.", "1,299.00 €", "1\u202f299,00 €"),
    ("ES", "es", "Ahora por 1,299.00 € con envío.", "1,299.00 €", "1.299,00 €"),
    ("MX", "es", "Ahora por $1.299,00 con envío.", "$1.299,00", "$1,299.00"),
    ("BR", "pt", "Por apenas R$ 1,299.90 à vista.", "R$ 1,299.90", "R$ 1.299,90"),
    ("IT", "it", "Solo 19.99 euro al pezzo.", "19.99 euro", "19,99 euro"),
    ("TR", "tr", "Kadın mont, fiyatı 1,299.90 TL.", "1,299.90 TL", "1.299,90 TL"),
    ("TR", "tr", "Sadece ₺19.90, kargo bedava.", "₺19.90", "₺19,90"),
    ("NL", "nl", "Nu voor € 19.99 per stuk.", "€ 19.99", "€ 19,99"),
    ("RU", "ru", "Цена всего 1,299.90 руб за пару.", "1,299.90 руб", "1\u00a0299,90 руб"),
    ("SE", "sv", "Nu endast 19.99 kr per styck.", "19.99 kr", "19,99 kr"),
    ("JP", "ja", "この商品は¥1.299です。", "¥1.299", "¥1,299"),
    ("JP", "ja", "価格1.299円、送料無料。", "1.299円", "1,299円"),
    ("KE", "en", "Now KES 1.500,00 per set.", "KES 1.500,00", "KES 1,500.00"),
    ("KE", "sw", "Bei mpya ni KSh 1.500,50 tu.", "KSh 1.500,50", "KSh 1,500.50"),
    ("PK", "en", "Now PKR 2.500,00 only.", "PKR 2.500,00", "PKR 2,500.00"),
]  # fmt: skip


@pytest.mark.parametrize(("market", "language", "text", "span", "said"), PRICES)
def test_a_price_in_another_format_is_flagged(
    market: str, language: str, text: str, span: str, said: str
) -> None:
    (found,) = judged(market, text, language)
    assert (found.rule, found.text) == ("global/price-format", span)
    assert found.said == [said]
    assert found.reading.mqm == "locale-convention/number-format"
    assert found.reading.evidence.kind == "dataset"
    assert "CLDR" in found.reading.evidence.sources[0].title
    # What it says instead is itself right.
    assert judged(market, text.replace(span, said), language) == []


@pytest.mark.parametrize(
    ("market", "language", "text"),
    [
        ("DE", "de", "Kaffeemühle für 19,99 €, statt 1.299,00 € oder 1.299 EUR, 19,- € oder 20 €."),
        ("DE", "de", "Diesel 1,799 €/l, Strom 0,299 € je kWh, Schrauben 1,125 € pro Stück."),
        ("DE", "de", "Firmware 19.99, Modell X 1.299.00, Größe 8.5, Version 2.10 vom 3.4. für Modell 19.99-E."),
        ("DE", "de", "Gutschein 50€, Set 2 x 10,00€ oder 10,00–20,00 €."),
        ("DE", "de", "CE 2.4 GHz WLAN, USB 3.0, 5.5 Zoll, Kr. 12.50 Seiten, IP 192.168.0.1"),
        ("US", "en", "Now $1,299.00, was $1,399; gas at $3.459/gal and parts from $0.125 each."),
        ("US", "es", "Ahora solo $1,299.00 con envío gratis."),
        ("US", "en", "Save up to $1.5M with part EUR-19,99."),
        ("IN", "en", "Rs. 1,50,000 or ₹1,299.00 or ₹12,50,000 only."),
        ("IN", "hi", "अब केवल ₹1,50,000 में।"),
        ("KE", "en", "Only KSh 1,500.00 or KES 2,000."),
        ("NP", "ne", "मूल्य रु. 1,500 मात्र।"),
        ("BD", "en", "Only Tk 500, or ৳1,500.00 for three."),
        ("KZ", "ru", "Всего 1 500 тенге, доставка 500 тг."),
        ("FR", "fr", "Seulement 1 299,99 € ou 1299,99 €, 1.299,00 € ailleurs."),
        ("CH", "de", "Nur CHF 19.90 oder CHF 19,90, Fr. 1'299.00."),
        ("MX", "es", "Sólo $1,299.00 pesos o $199.50."),
        ("BR", "pt", "Só R$ 1.299,90 ou 12x de R$ 108,33."),
        ("JP", "ja", "価格は1,299円(税込)、¥1,299、12.5cm、3.5円/g。"),
        ("AE", "ar", "السعر 1,299.00 درهم فقط"),
        ("TR", "tr", "Fiyatı 1.299,90 TL, 2.5 mm, 4.000 TL."),
        ("KR", "ko", "가격 12,900원, 1.5리터."),
    ],
)  # fmt: skip
def test_prices_of_the_market_and_other_numbers_pass(market: str, language: str, text: str) -> None:
    assert flagged(market, text, language) == []


def test_both_ends_of_a_range_are_mended() -> None:
    found = judged("DE", "Kissen für 19.99–29.99 € im Set, Teil A3-19.99 €.", "de")
    assert [(one.text, one.said) for one in found] == [
        ("19.99", ["19,99"]),
        ("29.99 €", ["29,99 €"]),
    ]
    assert judged("DE", "Kissen für 19,99–29,99 € oder 10 - 20 €.", "de") == []


def test_a_new_currency_is_at_home() -> None:
    assert judged("BG", "Цена само 19,99 € за брой.", "bg") == []


def test_copy_in_another_language_is_not_localised_yet() -> None:
    assert flagged("DE", "Coffee mill, now only 19.99 €, ships free.", "en") == []


def test_one_finding_names_the_markets_it_is_wrong_in() -> None:
    found, *notes = judged("ES,MX,US", "Ahora por 1,299.00 € con envío.", "es")
    assert (found.rule, found.markets) == ("global/price-format", ("ES",))
    assert {one.rule for one in notes} == {"global/foreign-currency"}
    found, *_ = judged("CH,DE", "Jetzt nur 19.99 € im Set.", "de")
    assert (found.rule, found.markets) == ("global/price-format", ("DE",))


def test_a_price_column_is_data_for_machines() -> None:
    rows = [(Role.TITLE, "Eine schöne Kaffeemühle aus Holz"), (Role.PRICE, "19.99 EUR")]
    assert judged("DE", rows, "de") == []
    rows[1] = (Role.PRICE, "19.99")
    assert judged("DE", rows, "de") == []


@pytest.mark.parametrize(
    ("market", "language", "text", "rule", "span"),
    [
        ("US", "en", "Yours for 19.99$ today.", "currency-position", "19.99$"),
        ("DE", "de", "Jetzt nur 19,99 $ im Set.", "foreign-currency", "19,99 $"),
        ("IN", "en", "Cotton kurta, $19.99 only.", "foreign-currency", "$19.99"),
        ("JP", "ja", "この鞄は$49です。", "foreign-currency", "$49"),
    ],
)
def test_what_readers_only_stumble_over_is_a_note(
    market: str, language: str, text: str, rule: str, span: str
) -> None:
    (found,) = judged(market, text, language)
    assert (found.rule, found.text) == (f"global/{rule}", span)
    assert found.reading.severity.value == "info"


@pytest.mark.parametrize(
    ("market", "language", "text"),
    [
        ("DE", "de", "Jetzt nur 18,49 € (19,99 $) im Set."),
        ("MX", "es", "Sólo $199 con envío."),
        ("JP", "ja", "¥4,900(約$33)"),
        ("US", "en", "The Renault 17 TL coupé in 1:18."),
    ],
)
def test_money_of_the_market_passes(market: str, language: str, text: str) -> None:
    assert flagged(market, text, language) == []


# -- sizes ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("market", "language", "text", "span"),
    [
        ("US", "en", "Running shoes, size EU 42 only, free returns.", "EU 42"),
        ("US", "en", "Leather boots with zip, 42 EU.", "42 EU"),
        ("US", "en", "Linen dress in IT 42.", "IT 42"),
        ("JP", "ja", "スニーカー US 8.5のみ、軽量ソール。", "US 8.5"),
        ("JP", "ja", "本革ブーツ EUR42、軽量。", "EUR42"),
        ("KR", "ko", "운동화 US 9 사이즈만 있습니다.", "US 9"),
        ("DE", "de", "Laufschuhe, nur in US 9 lieferbar.", "US 9"),
        ("FR", "fr", "Baskets légères, UK 8 uniquement.", "UK 8"),
        ("MX", "es", "Zapatos de piel, sólo EU 42.", "EU 42"),
        ("BR", "pt", "Tênis de corrida, somente US 9.", "US 9"),
        ("GB", "en", "Trail trainers, US 9 only.", "US 9"),
    ],
)
def test_only_a_foreign_size_is_flagged(market: str, language: str, text: str, span: str) -> None:
    (found,) = judged(market, text, language)
    assert (found.rule, found.text) == ("global/size-system", span)
    assert found.reading.severity.value == "minor"


@pytest.mark.parametrize(
    ("market", "language", "text"),
    [
        ("US", "en", "Running shoes, US men's 9 (EU 42)."),
        ("US", "en", "Running shoes, men's 9, EU 42."),
        ("US", "en", "Running shoes, EU 42, see the size chart."),
        ("US", "en", "Cotton shirt, EU 42, L."),
        ("US", "en", "Shoe rack, ships to EU 27 countries, DE 10% off."),
        ("US", "en", "Ceramic vase, EU 42."),
        ("US", "en", "Boots made all over the EU 27, worn everywhere."),
        ("US", "en", "Work jacket, FR 16 cal, FR 2112."),
        ("US", "en", "Stretch pants, US 4-way stretch, UK 3-pin charger, DE 20 team jacket."),
        ("JP", "ja", "スニーカー 26.5cm(US 8.5)、軽量ソール。"),
        ("JP", "ja", "スニーカー、サイズ表をご覧ください。US 8.5"),
        ("KR", "ko", "운동화 270mm (US 9)"),
        ("DE", "de", "Laufschuhe Größe 42 (US 9)"),
        ("DE", "de", "Laufschuhe EU 42, US 9, UK 8"),
        ("DE", "de", "Schuhe mit US 110 V Trockner"),
        ("FR", "fr", "Baskets pointure 42 (UK 8)"),
        ("MX", "es", "Zapatos 26.5 cm (US 8.5)"),
        ("AE", "en", "Running shoes, EU 42."),
    ],
)
def test_sizes_with_a_local_one_pass(market: str, language: str, text: str) -> None:
    assert flagged(market, text, language) == []


def test_a_size_field_without_a_system_is_the_markets_own() -> None:
    rows = [(Role.TITLE, "Running shoes for men, EU 42"), (Role.ATTRIBUTE, "9")]
    assert judged("US", rows, "en", attribute="size") == []
    rows[1] = (Role.ATTRIBUTE, "EU 42")
    assert len(judged("US", rows, "en", attribute="size")) == 1


# -- measures -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("market", "language", "text", "span", "said"),
    [
        ("DE", "de", "Mehl im Sack, 5 lb schwer.", "5 lb", "2,3 kg (5 lb)"),
        ("DE", "de", "Kaffee aus Kenia, 12 oz.", "12 oz", "340 g (12 oz)"),
        ("DE", "de", "Bei 350 °F backen.", "350 °F", "177 °C (350 °F)"),
        ("FR", "fr", "Farine en sac de 5 lbs.", "5 lbs", "2,3 kg (5 lbs)"),
        ("BR", "pt", "Corda de nylon com 10 ft.", "10 ft", "3 m (10 ft)"),
        ("MX", "es", "Café molido de 12 onzas.", "12 onzas", "340 g (12 onzas)"),
        ("JP", "ja", "コーヒー豆 12oz入り。", "12oz", "340 g (12oz)"),
        ("DE", "de", "Badezusatz, 8 fl oz Flasche.", "8 fl oz", "237 ml (8 fl oz)"),
    ],
)
def test_imperial_measures_alone_are_flagged_in_metric_markets(
    market: str, language: str, text: str, span: str, said: str
) -> None:
    (found,) = judged(market, text, language)
    assert (found.rule, found.text) == ("global/imperial-units", span)
    assert found.said == [said]


@pytest.mark.parametrize(
    ("market", "language", "text"),
    [
        ("US", "en", "Flour, 5 lb bag, 12 oz jar; bake at 350 °F."),
        ("US", "en", "Flour, 2 kg bag, for a body weight of 80 kg."),
        ("US", "es", "Harina de 5 lb."),
        ("IN", "en", "Cotton fabric, 3 yards, 10 oz mug."),
        ("DE", "de", "Mehl, 2,3 kg (5 lb)."),
        ("DE", "de", "Boxhandschuhe 12 oz."),
        ("DE", "de", "Jeans aus 14 oz Denim."),
        ("DE", "de", "Monitor, 27 Zoll, 27 inch."),
        ("DE", "de", "Angelschnur bis 20 lb."),
        ("DE", "de", "Ein Pfund Kaffee, 3 Fuß hohe Leiter? Modell 12-OZ9, Song feat. 3ft."),
        ("JP", "ja", "5.6oz Tシャツ、綿100%。"),
        ("JP", "ja", "27インチ モニター。"),
        ("FR", "fr", "Chanson 3 feat. Stromae, 12 ozone."),
        ("BR", "pt", "Luva de boxe 14 oz."),
    ],
)
def test_metric_measures_and_trade_usage_pass(market: str, language: str, text: str) -> None:
    assert flagged(market, text, language) == []


# -- forms of address -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("market", "language", "text", "span", "said"),
    [
        ("DE", "de", "Kaufen Sie dein Lieblingskissen noch heute.", "dein", "Ihr"),
        ("DE", "de", "Bestellen Sie jetzt. Genieße deine Auszeit, wir liefern Ihnen alles.", "deine", "Ihre"),
        ("DE", "de", "Hol dir, was du brauchst, denn du willst es. Wir beraten Sie gern.", "Sie", None),
        ("FR", "fr", "Découvrez ta nouvelle montre et choisissez votre bracelet.", "ta", "votre"),
        ("FR", "fr", "Trouvez ton sac ; vous serez ravis.", "ton", "votre"),
        ("ES", "es", "Usted elige y nosotros enviamos tus zapatos.", "tus", "sus"),
        ("MX", "es", "Usted merece lo mejor para tu casa.", "tu", "su"),
        ("NL", "nl", "Bestel vandaag uw fiets en geniet van jouw rit.", "jouw", "uw"),
        ("IT", "it", "Scelga la Sua taglia e ricevi il tuo pacco nella Sua casa.", "tuo", "Suo"),
        ("RU", "ru", "Мы ждём вас! Закажи свой подарок, он ждёт тебя.", "тебя", None),
        ("TR", "tr", "Sizin için tasarladık, senin tarzın.", "senin", "sizin"),
        ("IN", "hi", "आपके लिए बनाया, अब तुम इसे पहनो।", "तुम", None),
    ],
)  # fmt: skip
def test_mixed_address_is_flagged_at_the_rarer_form(
    market: str, language: str, text: str, span: str, said: str | None
) -> None:
    (found,) = judged(market, text, language)
    assert (found.rule, found.text) == ("global/mixed-address", span)
    assert found.said == ([said] if said else [])
    assert found.reading.mqm == "style/register"


@pytest.mark.parametrize(
    ("market", "language", "text"),
    [
        ("DE", "de", "Kauf dein Lieblingskissen: Sie ist weich, und sie passt zu dir. Ihr Stoff hält ewig."),
        ("DE", "de", "Kaufen Sie Ihr Lieblingskissen. Wir liefern Ihnen alles."),
        ("DE", "de", "Bestellen Sie die Tasse „Du bist der Beste“ noch heute."),
        ("DE", "de", "Bestellen Sie die Tasse mit dem Spruch Du bist der Beste."),
        ("DE", "de", "Die Jacke hält dich warm. Sie ist leicht. Ihre Kapuze lässt sich abnehmen."),
        ("DE", "de", "Wählen Sie den Du-Modus der Uhr."),
        ("FR", "fr", "Choisissez votre taille TU, ton sur ton, d'un ton doux."),
        ("FR", "fr", "Ta nouvelle montre va te plaire, tu verras."),
        ("FR", "fr", "Offrez-lui le collier « Je t'aime, tu es mon cœur » et votre message."),
        ("FR", "fr", "Vous aimerez ce ton chaud avec ton orangé."),
        ("FR", "fr", "Bague toi et moi : vous allez l'adorer."),
        ("ES", "es", "Usted elige su talla y ustedes la reciben."),
        ("MX", "es", "Tú y tus amigos: ustedes eligen."),
        ("MX", "es", "Té verde para usted."),
        ("NL", "nl", "Kies uw maat, U-vormige kussen."),
        ("NL", "nl", "Jouw pakket binnen 24 u in huis."),
        ("IT", "it", "Il tuo stile, la sua storia. Sua maestà il caffè."),
        ("RU", "ru", "Вы получите ваш заказ завтра."),
        ("TR", "tr", "Senin tarzın, sana özel."),
        ("BR", "pt", "Você vai adorar, teu estilo."),
    ],
)  # fmt: skip
def test_one_form_of_address_passes(market: str, language: str, text: str) -> None:
    assert flagged(market, text, language) == []


def test_a_title_may_speak_otherwise_than_the_shop() -> None:
    rows = [
        (Role.TITLE, "Tasse Du bist mein Held"),
        (Role.DESCRIPTION, "Bestellen Sie Ihre Tasse noch heute bei uns."),
    ]
    assert judged("DE", rows, "de") == []
    rows = [
        (Role.BULLET, "Genieße deinen Kaffee jeden Morgen."),
        (Role.DESCRIPTION, "Bestellen Sie Ihre Tasse noch heute bei uns."),
    ]
    assert [one.text for one in judged("DE", rows, "de")] == ["deinen"]


# -- dates, hours, the weekend ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("market", "language", "text", "rule", "span", "said"),
    [
        ("DE", "de", "Gültig bis 12/25/2026.", "date-order", "12/25/2026", "25.12.2026"),
        ("BR", "pt", "Promoção até 12/25/2026.", "date-order", "12/25/2026", "25/12/2026"),
        ("MX", "es", "Oferta hasta el 12/25/2026.", "date-order", "12/25/2026", "25/12/2026"),
        ("GB", "en", "Offer ends 12/25/2026.", "date-order", "12/25/2026", "25/12/2026"),
        ("US", "en", "Offer ends 25/12/2026.", "date-order", "25/12/2026", "12/25/2026"),
        ("US", "en", "Offer ends 25.12.2026.", "date-order", "25.12.2026", "12/25/2026"),
        ("DE", "de", "Lieferung ab 2:30 PM.", "12-hour-clock", "2:30 PM", "14:30"),
        ("FR", "fr", "Livraison dès 9:00 am.", "12-hour-clock", "9:00 am", "09:00"),
    ],
)  # fmt: skip
def test_dates_and_hours_of_another_country(
    market: str, language: str, text: str, rule: str, span: str, said: str
) -> None:
    (found,) = judged(market, text, language)
    assert (found.rule, found.text) == (f"global/{rule}", span)
    assert found.said == [said]


@pytest.mark.parametrize(
    ("market", "language", "text"),
    [
        ("DE", "de", "Gültig bis 25.12.2026, 05/06/2026 oder 25/12/2026, Teil 12/25/20261, 12/25/26."),
        ("DE", "de", "Täglich ab 9 am Markt, um 14:30 Uhr, 9 am Morgen."),
        ("US", "en", "Offer ends 12/25/2026 at 2:30 PM."),
        ("US", "es", "Oferta hasta el 25/12/2026 o el 12/25/2026."),
        ("JP", "ja", "2026/12/25まで。"),
        ("MX", "es", "Abierto de 9:00 a. m. a 8:00 p. m."),
        ("AE", "ar", "عطلة نهاية الأسبوع السبت والأحد فقط."),
        ("SA", "ar", "عطلة نهاية الأسبوع الجمعة والسبت."),
        ("AE", "ar", "التوصيل يومي الخميس والجمعة."),
        ("US", "en", "Weekend warm-up, Thursday and Friday."),
        ("AE", "en", "Weekend brunch, Saturday and Sunday."),
        ("AE", "en", "Weekend market, Friday to Sunday."),
    ],
)  # fmt: skip
def test_dates_hours_and_weekends_of_the_market_pass(market: str, language: str, text: str) -> None:
    assert flagged(market, text, language) == []


@pytest.mark.parametrize(
    ("market", "language", "text", "severity", "said"),
    [
        ("AE", "ar", "احجز الآن، العطلة الأسبوعية الخميس والجمعة فقط.", "minor", "السبت والأحد"),
        ("SA", "ar", "عطلة نهاية الأسبوع الخميس والجمعة.", "info", "الجمعة والسبت"),
        ("AE", "en", "Weekend offer, Thursday and Friday only.", "minor", "Saturday and Sunday"),
        ("AE", "en", "Weekend offer, Friday and Saturday only.", "info", "Saturday and Sunday"),
        ("IL", "he", "סוף השבוע יום שבת ויום ראשון", "info", "יום שישי ויום שבת"),
    ],
)
def test_another_weekend_is_flagged(
    market: str, language: str, text: str, severity: str, said: str
) -> None:
    (found,) = judged(market, text, language)
    assert found.rule.startswith("global/weekend-day")
    assert found.reading.severity.value == severity
    assert [one.say for one in found.reading.instead] == [said]


# -- broken letters ----------------------------------------------------------------------------------


def test_torn_arabic_is_a_major_matter() -> None:
    torn = "ن د ن ل ي ف م ك ب ا ب ح ر م"
    (found,) = judged("AE", torn, "ar")
    assert (found.rule, found.text, found.reading.severity.value) == (
        "global/parted-letters",
        torn,
        "major",
    )


@pytest.mark.parametrize(
    ("text", "rule", "said", "fix"),
    [
        ("العرض ﻣﺮﺣﺒﺎ ﺑﻜﻢ اليوم", "presentation-forms", "مرحبا بكم", "safe"),
        ("العرض ﻢﻜﺑ ﺎﺒﺣﺮﻣ اليوم", "presentation-forms", "مرحبا بكم", "unsafe"),
        ("قميص قط\u200bني أبيض", "invisible-characters", "قطني", "safe"),
    ],
)
def test_frozen_and_cut_letters_are_mended(text: str, rule: str, said: str, fix: str) -> None:
    (found,) = judged("SA", text, "ar")
    assert found.rule == f"global/{rule}"
    assert [(one.say, one.fix) for one in found.reading.instead] == [(said, fix)]


def test_an_override_left_open_is_flagged() -> None:
    (found,) = judged("SA", "قميص \u202eABC 123 أبيض", "ar")
    assert found.rule == "global/direction-marks"


@pytest.mark.parametrize(
    ("market", "language", "text"),
    [
        ("SA", "ar", "قميص قطني أبيض، مقاس م أو ل"),
        ("SA", "ar", "بطاقات الحروف أ ب ت ث ج ح خ للأطفال"),
        ("SA", "ar", "محمد ﷺ ولفظ ﷲ والريال ﷼"),
        ("SA", "ar", "قميص \u202bABC\u202c أبيض \u202eابت\u202c"),
        ("SA", "ar", "مـــرحـــبا بكم"),
        ("IL", "he", "משחק אותיות א ב ג ד ה ו לילדים"),
        ("US", "en", "A b c d e f g wooden letters"),
        ("DE", "de", "Schriftzug ن د ن ل ي ف م auf dem Kissen"),
    ],
)
def test_letters_that_are_meant_so_pass(market: str, language: str, text: str) -> None:
    assert flagged(market, text, language) == []


# -- the judge as such ------------------------------------------------------------------------------


def report_of(knowledge: Knowledge, market: str, text: str) -> ItemReport:
    engine = Engine(knowledge, Settings(markets=(market,)))
    (report,) = engine.check([text_item(text, path="t", item="1")])
    assert isinstance(report, ItemReport)
    return report


def test_a_report_places_the_price_and_says_it_right(builtin: Knowledge) -> None:
    text = "Kaffeemühle aus Buchenholz, jetzt nur 19.99 €, Versand gratis."
    (found,) = [one for one in report_of(builtin, "DE", text).findings if one.category == "locale"]
    assert text[found.place.column - 1 : found.place.end_column - 1] == found.text == "19.99 €"
    assert [(one.text, one.fix) for one in found.alternatives] == [("19,99 €", "safe")]
    assert found.points["DE"] > 0


def test_a_note_costs_nothing(builtin: Knowledge) -> None:
    report = report_of(builtin, "US", "A saddle soap for your boots, yours for 19.99$ today.")
    assert [one.rule for one in report.findings] == ["global/currency-position"]
    assert report.scores["US"] == 100.0


def test_a_community_keeps_the_conventions_of_its_country(builtin: Knowledge) -> None:
    report = report_of(builtin, "US/texas-ranch", "Saddle soap for boots, now $19,99 a tin.")
    assert "global/price-format" in [one.rule for one in report.findings]


@pytest.mark.parametrize(
    ("market", "language", "text"),
    [
        ("DE", "de", "1," * 20000 + "€"),
        ("DE", "de", "1 oz, " * 20000),
        ("DE", "de", "Kaufen Sie dein " + "„‘a" * 20000),
        ("SA", "ar", "م" * 20000 + "\u200b " + "ﻣ مم " * 20000 + "\u202e" * 20000),
    ],
)
def test_time_is_linear_in_the_text(market: str, language: str, text: str) -> None:
    start = time.process_time()
    judged(market, text, language)
    assert time.process_time() - start < 5


def test_babel_is_loaded_only_when_a_text_has_something_to_check() -> None:
    code = (
        "import sys; import culture_lint.judging.registry as r, culture_lint.language.amounts,"
        " culture_lint.language.measures; r.judges(); sys.exit('babel' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
