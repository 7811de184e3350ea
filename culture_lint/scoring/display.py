"""Rounding for people: displayed points add up to displayed 100 - CAI, and no loss reads 100."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

#: A loss below this many points is floating-point noise, not a loss.
_NOISE: Final = 1e-9


def shown(cai: float, digits: int = 1) -> float:
    """Return a score as it is displayed.

    Any loss shows: 100 is displayed for 100 alone, and 0 never, as no score reaches it. Never
    decreasing in ``cai``. Use it for every displayed CAI, dimensions included, or sums will not
    agree with `rounded`.

    Args:
        cai: Unrounded score, 0 to 100.
        digits: Decimals, >= 0.

    Returns:
        The score to that many decimals, from one last-place unit to 100.
    """
    scale: int = 10**digits
    return (100 * scale - _units_lost(100.0 - cai, scale)) / scale


def shown_gain(cai: float, gain: float, digits: int = 1) -> float:
    """Return a fix gain as it is displayed: displayed score after, less displayed score now.

    Args:
        cai: Unrounded score now, 0 to 100.
        gain: Unrounded gain, >= 0.
        digits: Decimals, >= 0.

    Returns:
        Points, >= 0.0.
    """
    scale: int = 10**digits
    before = _units_lost(100.0 - cai, scale)
    after = _units_lost(100.0 - cai - gain, scale)
    return (before - after) / scale


def rounded(
    points: Sequence[float],
    total: float,
    digits: int = 1,
    order: Sequence[tuple[int, ...]] | None = None,
) -> tuple[float, ...]:
    """Round points lost so that what is displayed adds up to the displayed loss.

    Largest remainder: each is rounded down, then the units still owed go to the largest
    remainders. More points lost never show as fewer. Small points may show as 0.

    Args:
        points: Unrounded points lost, each >= 0, adding up to ``total``.
        total: Unrounded loss, 100 - CAI.
        digits: Decimals, >= 0.
        order: A key for each of ``points`` that decides between equal remainders, lowest first;
            without it the earlier one wins.

    Returns:
        Points to that many decimals, parallel to ``points``; together ``100 - shown(CAI)``.
    """
    scale: int = 10**digits
    return tuple(units / scale for units in _apportioned(points, total, scale, order))


def display_points(
    points: Sequence[float], total: float, order: Sequence[tuple[int, ...]] | None = None
) -> tuple[int, ...]:
    """Round points lost to whole numbers; see `rounded`."""
    return tuple(_apportioned(points, total, 1, order))


def _units_lost(loss: float, scale: int) -> int:
    """Return a loss in last-place units, halves up, kept off 0 and off the whole."""
    if loss <= _NOISE:
        return 0
    return min(max(math.floor(loss * scale + 0.5), 1), 100 * scale - 1)


def _apportioned(
    points: Sequence[float],
    total: float,
    scale: int,
    order: Sequence[tuple[int, ...]] | None,
) -> list[int]:
    units = _units_lost(total, scale)
    if not units:
        return [0] * len(points)
    quotas = [point * scale for point in points]
    whole = [math.floor(quota) for quota in quotas]
    keys = order if order is not None else [(index,) for index in range(len(points))]
    by_remainder = sorted(
        range(len(points)),
        key=lambda index: (whole[index] - quotas[index], -quotas[index], keys[index]),
    )
    missing = units - sum(whole)
    for index in by_remainder[: max(missing, 0)]:
        whole[index] += 1
    if missing < 0:  # only where a whole loss of 100 is kept off 100
        whole[next(index for index in reversed(by_remainder) if whole[index])] -= 1
    return whole
