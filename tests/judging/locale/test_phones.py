"""Telephone numbers: what must be flagged, and what must pass."""

from __future__ import annotations

import pytest

from tests.judging.locale.case import flagged, judged


@pytest.mark.parametrize(
    ("market", "language", "text", "span"),
    [
        ("DE", "de", "Fragen? Rufen Sie an: 1-800-555-0199.", "1-800-555-0199"),
        ("GB", "en", "Questions? Call 1-888-555-0123 today.", "1-888-555-0123"),
        ("GB", "en", "Call us toll-free: 800-555-0123.", "800-555-0123"),
        ("FR", "fr", "Service client au téléphone : (212) 555-0123.", "(212) 555-0123"),
        ("US", "en", "Call our shop: 020 7946 0958.", "020 7946 0958"),
        ("DE", "de", "WhatsApp: +86 138 0013 8000", "+86 138 0013 8000"),
        ("BR", "pt", "Fale conosco no WhatsApp +351 912 345 678.", "+351 912 345 678"),
        ("JP", "ja", "お電話は+1 212-555-0123まで。", "+1 212-555-0123"),
        ("IN", "en", "Phone: +44 20 7946 0958", "+44 20 7946 0958"),
    ],
)
def test_a_number_of_another_country_is_noted(
    market: str, language: str, text: str, span: str
) -> None:
    (found,) = judged(market, text, language)
    assert (found.rule, found.text) == ("global/phone-format", span)
    assert found.reading.severity.value == "info"


@pytest.mark.parametrize(
    ("market", "language", "text"),
    [
        ("US", "en", "Call 1-800-555-0199 or (212) 555-0123 or +1 212 555 0123."),
        ("CA", "en", "Call 1-800-555-0199."),
        ("DE", "de", "Rufen Sie an: +49 30 123456 oder 030 123456."),
        ("DE", "de", "Aus Deutschland +49 30 1234567, aus China +86 138 0013 8000."),
        ("DE", "de", "Artikel 800-555-0123, EAN 4006381333931, ISBN 978-3-16-148410-0."),
        ("GB", "en", "Model 1-800-4000, size 32-34-3600, built 1998-2004-2012."),
        ("GB", "en", "Part (212) 555-01234 fits +12 345 cars, tolerance +0 100 200."),
        ("GB", "en", "Part no. (212) 555-0123, a spare."),
        ("MX", "es", "Llama al (555) 123-4567."),
        ("US", "en", "Serial 020 7946 0958 is engraved on the lid."),
        ("US", "en", "Batch call-out 2020-2024, 0.5 1000 2000."),
        ("JP", "ja", "お電話は03-1234-5678まで。"),
        ("KR", "ko", "전화 02-123-4567, 010-1234-5678"),
        ("IN", "en", "Temperature +20 000 hours, 100 000 cycles, +5000 mAh."),
    ],
)
def test_local_numbers_and_other_digits_pass(market: str, language: str, text: str) -> None:
    assert flagged(market, text, language) == []
