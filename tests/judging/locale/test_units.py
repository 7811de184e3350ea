"""Temperatures: what must be flagged, and what must pass."""

from __future__ import annotations

import pytest

from tests.judging.locale.case import flagged, judged


@pytest.mark.parametrize(
    ("market", "language", "text", "span", "said"),
    [
        ("US", "en", "Wash at 30°C and dry flat.", "30°C", "86 °F (30°C)"),
        ("US", "en", "Works down to -20 °C in winter.", "-20 °C", "-4 °F (-20 °C)"),
        ("US", "es", "Lavar a 30 °C.", "30 °C", "86 °F (30 °C)"),
        ("GB", "en", "Bake at 350°F for ten minutes.", "350°F", "177 °C (350°F)"),
        ("AU", "en", "Oven safe to 400 degrees Fahrenheit.", "400 degrees Fahrenheit", "204 °C (400 degrees Fahrenheit)"),
        ("IN", "en", "Bake at 350 °F.", "350 °F", "177 °C (350 °F)"),
        ("US", "en", "Bake at gas mark 4.", "gas mark 4", "350 °F (gas mark 4)"),
        ("AU", "en", "Bake at Gas Mark 6.", "Gas Mark 6", "200 °C (Gas Mark 6)"),
    ],
)  # fmt: skip
def test_a_temperature_on_another_scale_is_noted(
    market: str, language: str, text: str, span: str, said: str
) -> None:
    (found,) = judged(market, text, language)
    assert (found.rule, found.text, found.said) == ("global/temperature-scale", span, [said])
    assert found.reading.severity.value == "info"


@pytest.mark.parametrize(
    ("market", "language", "text"),
    [
        ("US", "en", "Bake at 350°F (180°C)."),
        ("US", "en", "Wash at 86 °F or 30 °C."),
        ("US", "en", "A 90° angle, a 20 C battery, 5 CFM and 360° rotation."),
        ("US", "en", "Vitamin C 30 and USB C 3, 100 degrees of freedom."),
        ("GB", "en", "Bake at 180°C, gas mark 4."),
        ("GB", "en", "Bake at gas mark 4."),
        ("CA", "en", "Bake at 350°F or wash at 30°C."),
        ("DE", "de", "Bei 180 °C backen, bei 30 °C waschen."),
        ("JP", "ja", "180℃で焼きます。"),
    ],
)
def test_temperatures_of_the_market_pass(market: str, language: str, text: str) -> None:
    assert flagged(market, text, language) == []


def test_other_languages_hear_of_fahrenheit_once() -> None:
    assert flagged("DE", "Bei 350 °F backen.", "de") == [("imperial-units", "350 °F")]
    assert flagged("US,GB", "Wash at 30°C. Bake well.", "en") == [("temperature-scale", "30°C")]
