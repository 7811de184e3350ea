"""Write the edges of words into the text that is scanned, so that most hits are words.

A scan for bare spellings finds "l", "of" and "ass" inside every other word, and each hit costs more
than the scan. So text is scanned as its *shadow*: ASCII punctuation becomes blanks, and a blank is put
where a word may end without one (5|kg, usb|케이블, ★|cow). A form is cut the same way and
carries a blank at each end where its language lets nothing be attached. What this finds is a little
more than what stands alone; `boundaries.stands_alone` has the last word.
"""

from __future__ import annotations

import re
import string
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from culture_lint.language.affixes import latin_prefixes, least_for_suffix, takes_prefixes

_PUNCTUATION = string.punctuation
#: One byte for one byte: ASCII punctuation and controls become blanks.
BLANKS = bytes(
    32 if byte < 32 or chr(byte) in _PUNCTUATION or byte == 127 else byte for byte in range(256)
)
#: A digit is "1", an ASCII letter "a": where "1a" stands, a number meets a word.
_DIGIT_LETTER = bytes(
    ord("1") if 48 <= byte <= 57 else ord("a") if chr(byte).isalpha() and byte < 128 else 32
    for byte in range(256)
)
#: A small ASCII letter is "a", a capital "A".
_CASES = bytes(
    ord("A") if 65 <= byte <= 90 else ord("a") if 97 <= byte <= 122 else 32 for byte in range(256)
)

_UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff"
#: Signs and punctuation beyond ASCII; vowel signs and other marks are part of words.
_SIGN = (
    "(?:[^\\w\\s\x00-\x7f\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u0670\u06d6-\u06ed\u0900-\u0dff"
    "\u0e30-\u0e4e\u0eb0-\u0ece\u1000-\u109f\u1780-\u17d3\u17dd]|[\u0964\u0965\u0df4\u104a\u104b])"
)
#: Letters of Latin, Greek and Cyrillic (those of Vietnamese stand at U+1EA0), and of all later scripts.
_NEAR = "[^\\W\\d_\u0590-\u1dff\u2000-\U0010ffff]"
_FAR = "[^\\W\\d_\x00-\u058f\u1e00-\u1fff]"
_CUTS = re.compile(
    "(?<=[0-9])(?=[^\\W\\d_]|[^\\w\\s\x00-\x7f])|(?<=[^\\w\\s\x00-\x7f])(?=[0-9])"
    f"|(?<={_NEAR})(?={_FAR})|(?<={_FAR})(?={_NEAR})"
    f"|(?<=[{_UNSPACED}])(?=[^\\W_{_UNSPACED}])|(?<=[^\\W_{_UNSPACED}])(?=[{_UNSPACED}])"
    f"|(?<=\\S)(?={_SIGN})|(?<={_SIGN})(?=\\S)"
)
#: The same in folded ASCII text, in a fraction of the time.
_ASCII_CUTS = re.compile("[0-9](?=[a-z])")
#: Two letters of a script with capitals; beyond the plainest ones both kinds stand side by side.
_BEYOND = "\u0100-\u024f\u0370-\u03ff\u0400-\u052f\u0531-\u0587\u1e00-\u1fff"
_CAMEL = re.compile(f"[a-zß-öø-ÿ{_BEYOND}](?=[A-ZÀ-ÖØ-Þ{_BEYOND}])")
_PUNCTUATED = re.compile(f"[{re.escape(_PUNCTUATION)}]")


class Pattern(NamedTuple):
    """How a folded form is looked for.

    ``shadow`` is what the scan looks for; ``lead`` is how many characters of the form come before
    what was found there (fewer than none: so many characters are a prefix); ``exact`` tells that
    the shadow leaves open how the text is punctuated, so that it has to be compared.
    """

    shadow: str
    lead: int
    exact: bool


def patterns(form: str, language: str, compound: str) -> list[Pattern]:
    """Return the patterns to scan for a folded form, none for one without any letter or sign."""
    core = form.strip(f"{_PUNCTUATION} ")
    if not core:
        return []
    lead = form.index(core[0]) if form[0] in _PUNCTUATION else 0
    exact = _PUNCTUATED.search(form) is not None
    shadow = (
        cut(core)
        .encode("utf-8", "surrogatepass")
        .translate(BLANKS)
        .decode("utf-8", "surrogatepass")
    )
    right = "" if _is_open_right(core, form, language, compound) else " "
    if _is_open_left(core[0], language, compound):
        return [Pattern(f"{shadow}{right}", lead, exact)]
    found = [Pattern(f" {shadow}{right}", lead, exact)]
    if not lead and core[0].isalpha():
        found += [
            Pattern(f" {prefix}{shadow}{right}", -len(prefix), True)
            for prefix in latin_prefixes(language)
        ]
    return found


def is_punctuated(text: str) -> bool:
    """Tell whether ASCII punctuation stands in ``text``."""
    return _PUNCTUATED.search(text) is not None


@lru_cache(maxsize=4096)
def _is_edge_letter(char: str) -> bool:
    """Tell whether a word with ``char`` at its edge ends there: no sign, no script without blanks."""
    return char.isascii() or not re.match(f"[{_UNSPACED}]|{_SIGN}", char)


def _is_open_left(first: str, language: str, compound: str) -> bool:
    if not _is_edge_letter(first) or compound in ("any", "head"):
        return True
    return first >= "\u0590" and takes_prefixes(language)


def _is_open_right(core: str, form: str, language: str, compound: str) -> bool:
    last = core[-1]
    if not _is_edge_letter(last) or compound in ("any", "modifier"):
        return True
    if last.isdigit() or core[-1] != form[-1]:
        return False
    least = least_for_suffix(language, last)
    return least is not None and len(form) >= least


def cut(text: str) -> str:
    """Return folded text with a blank wherever a word may end beside another without one."""
    if text.isascii() and text.replace(" ", "").isalpha():
        return text
    return _CUTS.sub(" ", text)


class Shadow(NamedTuple):
    """The scanned form of some segments.

    ``plain`` joins the folded texts by line ends, as they are. ``text`` joins the shadows of all parts, part ``i`` at ``starts[i]``; ``owners`` says whose
    segment a part is, ``cuts`` where blanks were put into it (in characters of the part), None
    where none was.
    """

    plain: bytes
    text: bytes
    starts: list[int]
    owners: list[int]
    cuts: list[Sequence[int] | None]


#: Between two parts; never part of text, so that no pattern reaches from one into the next.
_BETWEEN = b" \n "


def shadow(texts: Sequence[str], originals: Sequence[str | None]) -> Shadow:
    """Return what to scan for folded texts.

    Args:
        texts: Folded texts, without line ends.
        originals: Each before folding where it has the same length, else None: sentences that
            run together (``lockOne``) are told by their capitals.
    """
    encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
    owners = list(range(len(texts)))
    cuts: list[Sequence[int] | None] = [None] * len(texts)
    plain = b"\n".join(encoded)
    for number in _meetings(plain, _DIGIT_LETTER, b"1a", encoded):
        _cut_part(number, texts, encoded, cuts)
    if not plain.isascii():
        for number, text in enumerate(texts):
            if cuts[number] is None and not text.isascii():
                _cut_part(number, texts, encoded, cuts)
    written = [(one or "").encode("utf-8", "surrogatepass") for one in originals]
    camels = set(_meetings(b"\n".join(written), _CASES, b"aA", written))
    camels.update(number for number, one in enumerate(written) if not one.isascii())
    for number in sorted(camels):
        places = _camels(originals[number] or "")
        if places:
            _add_parted(number, texts[number], places, encoded, owners, cuts)
    starts = [1]
    for part in encoded:
        starts.append(starts[-1] + len(part) + len(_BETWEEN))
    return Shadow(
        plain,
        b" " + _BETWEEN.join(part.translate(BLANKS) for part in encoded) + b" ",
        starts,
        owners,
        cuts,
    )


def _meetings(joined: bytes, classes: bytes, pair: bytes, parts: Sequence[bytes]) -> list[int]:
    """Return the parts of text, joined by line ends, in which two classes of bytes meet."""
    classed = joined.translate(classes)
    place = classed.find(pair)
    if place < 0:
        return []
    found: list[int] = []
    end = -1
    number = -1
    while place >= 0:
        while end < place:
            number += 1
            end += len(parts[number]) + 1
        found.append(number)
        place = classed.find(pair, end)
    return found


def _camels(text: str) -> list[int]:
    """Return where a capital stands right behind a small letter."""
    ends = [found.end() for found in _CAMEL.finditer(text)]
    return [end for end in ends if text[end - 1].islower() and text[end].isupper()]


def _places(text: str) -> list[int]:
    """Return where a word may end beside another without a blank."""
    if text.isascii():
        return [found.end() for found in _ASCII_CUTS.finditer(text)]
    return [found.start() for found in _CUTS.finditer(text)]


def _cut_part(
    number: int, texts: Sequence[str], encoded: list[bytes], cuts: list[Sequence[int] | None]
) -> None:
    places = _places(texts[number])
    if places:
        encoded[number], cuts[number] = _inserted(texts[number], places)


def _add_parted(
    number: int,
    text: str,
    places: Sequence[int],
    encoded: list[bytes],
    owners: list[int],
    cuts: list[Sequence[int] | None],
) -> None:
    """Add a segment once more, with its sentences that run together parted."""
    both = sorted({*places, *_places(text)})
    part, inserted = _inserted(text, both)
    encoded.append(part)
    owners.append(number)
    cuts.append(inserted)


def _inserted(text: str, places: Sequence[int]) -> tuple[bytes, list[int]]:
    """Return the text with a blank at each place, and where these blanks stand in it."""
    pieces = [
        text[first:last] for first, last in zip([0, *places], [*places, len(text)], strict=True)
    ]
    cut_at = [place + extra for extra, place in enumerate(places)]
    return " ".join(pieces).encode("utf-8", "surrogatepass"), cut_at


def uncut(place: int, cuts: Sequence[int]) -> int:
    """Return the place in the text that ``place`` has in the text with blanks put in."""
    return place - bisect_left(cuts, place)
