"""Names of languages, markets and currencies become standard codes."""

from __future__ import annotations

import pytest

from culture_lint.sources.languages import currency_code, language_tag, market_code, markets


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("en_us", "en-US"), ("DE", "de"), ("German", "de"), ("日本語", "ja"), ("zh-cht", "zh-Hant"),
        ("zh_Hans_CN", "zh-Hans-CN"), ("Bosnian (Cyrillic)", "bs-Cyrl"), ("es-419", "es-419"),
        ("en-UK", "en-GB"), ("default", None), ("", None), ("xx", None), ("de-XX", None),
    ],
)  # fmt: skip
def test_language_tags(text, tag):
    assert language_tag(text) == tag


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("de", "DE"), ("UK", "GB"), ("usa", "US"), ("Saudi Arabia", "SA"), ("de_AT", "AT"),
        ("A1PA6795UKMFR9", "DE"), ("Germany", "DE"), ("amazon.co.uk", "GB"), ("www.shop.fr", "FR"),
        ("amazon.com", "US"), ("Narnia", None), ("", None),
    ],
)  # fmt: skip
def test_market_codes(text, code):
    assert market_code(text) == code


def test_lists_of_markets_keep_what_is_not_known():
    assert markets("us, DE;EMEA|us") == ("US", "DE", "EMEA")
    assert markets("United Kingdom") == ("GB",)


@pytest.mark.parametrize(
    ("text", "code"),
    [("Price (INR)", "INR"), ("Цена, руб.", "RUB"), ("3,50 €", "EUR"), ("PRICE", None), ("price-EUR", "EUR")],
)  # fmt: skip
def test_currency_codes(text, code):
    assert currency_code(text) == code
