"""Find temperatures on a scale that a country's ovens and thermometers do not have."""

from __future__ import annotations

import re

from culture_lint.frozen import frozen

#: Countries that cook and dress by Fahrenheit.
FAHRENHEIT = frozenset({"US", "PR", "BS", "BZ", "KY", "LR", "PW", "FM", "MH"})
#: Countries that read either scale: Canadian ovens have both.
EITHER = frozenset({"CA"})
GAS_MARKS = {1: (140, 275), 2: (150, 300), 3: (160, 325), 4: (180, 350), 5: (190, 375), 6: (200, 400), 7: (220, 425), 8: (230, 450), 9: (240, 475)}  # fmt: skip

_VALUE = r"(?<![\w.,])(?P<n>[-−–]?\d{1,3}(?:[.,]\d)?)"
_CELSIUS = re.compile(
    rf"{_VALUE}\s?(?:[°º˚]\s?C\b|℃|(?:degrees?|grados?)\s(?:C\b|[Cc]elsius|[Cc]entigra\w+))"
)
_FAHRENHEIT = re.compile(
    rf"{_VALUE}\s?(?:[°º˚]\s?F\b|℉|(?:degrees?|grados?)\s(?:F\b|[Ff]ahrenheit))"
)
_GAS = re.compile(r"\b[Gg]as [Mm]ark:?\s?(?P<n>[1-9])\b(?!\d)")
_MAY = re.compile(r"[0-9](?:\s?[°º˚℃℉]|\s(?:degree|grado))")


@frozen
class Temperature:
    """A temperature on the wrong scale at ``text[start:end]``; ``said`` is it on the right one."""

    start: int
    end: int
    said: str


def may_be_hot(text: str) -> bool:
    """Tell at next to no cost whether a text may give a temperature."""
    return _MAY.search(text) is not None or "as mark" in text or "as Mark" in text


def foreign_temperature(text: str, whole: str, territory: str) -> Temperature | None:
    """Return the first temperature of a text on a scale that its readers do not use.

    None where ``whole``, the item's text, gives one on theirs too.
    """
    by_fahrenheit = territory in FAHRENHEIT
    if territory in EITHER:
        return _gas_mark(text, whole, "both")
    own, other = (_FAHRENHEIT, _CELSIUS) if by_fahrenheit else (_CELSIUS, _FAHRENHEIT)
    if own.search(whole) is not None:
        return None
    hit = other.search(text)
    if hit is not None:
        value = float(hit["n"].replace(",", ".").replace("−", "-").replace("–", "-"))
        if by_fahrenheit:
            said = f"{round(value * 1.8 + 32)} °F"
        else:
            said = f"{round((value - 32) / 1.8)} °C"
        return Temperature(*hit.span(), f"{said} ({hit[0].lstrip('–')})")
    if territory in ("GB", "IE"):
        return None
    return _gas_mark(text, whole, "f" if by_fahrenheit else "c")


def _gas_mark(text: str, whole: str, scale: str) -> Temperature | None:
    hit = _GAS.search(text)
    if hit is None or _CELSIUS.search(whole) or _FAHRENHEIT.search(whole):
        return None
    celsius, fahrenheit = GAS_MARKS[int(hit["n"])]
    said = {"c": f"{celsius} °C", "f": f"{fahrenheit} °F", "both": f"{fahrenheit} °F"}[scale]
    return Temperature(*hit.span(), f"{said} ({hit[0]})")
