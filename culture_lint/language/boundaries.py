"""Decide whether a folded match stands as a word of its own where it was found."""

from __future__ import annotations

import json
import unicodedata
from functools import cache
from importlib import resources
from itertools import chain
from typing import Any

from culture_lint.language.affixes import AFFIX, is_prefix, is_suffix, takes_affixes
from culture_lint.language.normalise import fold
from culture_lint.language.scripts import UNSPACED, UNSPACED_LETTER
from culture_lint.language.segmentation import is_word

#: The first letters of other scripts than Latin, and of those that no Latin letter looks like.
_BEYOND_LATIN = "\u0370"
_BEYOND_CYRILLIC = "\u0590"
#: More letters of Latin and Greek, those of Vietnamese among them, stand far behind.
_MORE_LATIN, _BEHIND_GREEK = "\u1e00", "\u2000"


@cache
def load_data(name: str) -> dict[str, Any]:
    """Return one of this package's data files, ``data/<name>.json``."""
    text = resources.files("culture_lint.language").joinpath(f"data/{name}.json").read_text("utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def is_word_character(char: str) -> bool:
    """Tell whether ``char`` continues a word: a letter, a digit, or a mark on one of them."""
    if char.isalnum():
        return True
    return ord(char) > 0x2FF and unicodedata.category(char)[0] == "M"


def _is_han(char: str) -> bool:
    return "一" <= char <= "鿿" or "㐀" <= char <= "䶿" or char == "々"


def _is_katakana(char: str) -> bool:
    return "ァ" <= char <= "ヺ" or char == "ー"


def is_unspaced(char: str) -> bool:
    """Tell whether ``char`` belongs to a script written without blanks between words."""
    return char > "\u0e00" and UNSPACED_LETTER.match(char) is not None


def stands_alone(
    text: str, start: int, end: int, language: str, original: str | None = None
) -> bool:
    """Tell whether folded ``text[start:end]`` is a whole word or phrase there.

    Args:
        text: The folded text.
        start: Start of the match, inclusive.
        end: End of the match, exclusive.
        language: The form's language, for its clitics and particles; ``*`` for none.
        original: The unfolded text when it has the same length; sentences that run together
            (``lockOne handle``) are parted where the case changes.

    A number does not end inside a longer number or a decimal; a word in a spaced script ends at
    a character that is no letter. Chinese, Japanese and Thai words have no blanks around them:
    there a dictionary cuts the letters around the match into words; where there is none, only
    katakana runs and single characters are held to their edges.
    """
    first, last = text[start], text[end - 1]
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    if is_unspaced(first) and is_unspaced(last):
        return _stands_unspaced(text, start, end, language)
    if not _left_edge(text, start, end, before, language, original):
        return False
    return _right_edge(text, start, end, last, after, language, original)


def _stands_unspaced(text: str, start: int, end: int, language: str) -> bool:
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    if not is_unspaced(before) and not is_unspaced(after):
        return True
    if language in UNSPACED:
        known = is_word(text, start, end, language)
        if known is not None:
            return known
    return _stands_apart(text[start:end], before, after)


def _stands_apart(form: str, before: str, after: str) -> bool:
    """Tell what can be told without a dictionary."""
    if len(form) == 1 and _is_han(form):
        return not _is_han(before) and not _is_han(after)
    if _is_katakana(form[0]) and _is_katakana(before):
        return False
    return not (_is_katakana(form[-1]) and _is_katakana(after))


def _left_edge(
    text: str, start: int, end: int, before: str, language: str, original: str | None
) -> bool:
    first = text[start]
    if first.isdigit():
        if before in ".," and start > 1 and text[start - 2].isdigit():
            return False
        return not before.isalnum() or is_unspaced(before)
    if not is_word_character(first) or not is_word_character(before) or is_unspaced(before):
        return True
    if original is not None and _case_changes(original, start):
        return True
    if _changes_script(before, first):
        return True
    if before.isdigit() and _is_counted(text, start, end):
        return True
    return _is_clitic(text, start, end, language)


def _right_edge(
    text: str, start: int, end: int, last: str, after: str, language: str, original: str | None
) -> bool:
    if last.isdigit():
        if after in ".," and end + 1 < len(text) and text[end + 1].isdigit():
            return False
        return not after.isalnum() or is_unspaced(after)
    if not is_word_character(last) or not is_word_character(after) or is_unspaced(after):
        return True
    if original is not None and _case_changes(original, end):
        return True
    if _changes_script(last, after):
        return True
    return _is_suffix(text, start, end, language)


def _changes_script(one: str, other: str) -> bool:
    """Tell whether a Latin letter meets one of a script from Hebrew on (USB케이블).

    Latin, Greek and Cyrillic letters side by side are one word in disguise.
    """
    return _is_near(one) != _is_near(other) and one.isalpha() and other.isalpha()


def _is_near(char: str) -> bool:
    return char < _BEYOND_CYRILLIC or _MORE_LATIN <= char < _BEHIND_GREEK


def _is_counted(text: str, start: int, end: int) -> bool:
    """Tell whether a match right behind a number is what this counts: 84m², 25평, 5किलो.

    Of Latin words only units are, and single letters of other scripts are counters or particles
    more often than signs (3개).
    """
    number = start
    while number and (text[number - 1].isdigit() or text[number - 1] in ".,"):
        number -= 1
    if number and is_word_character(text[number - 1]) and not is_unspaced(text[number - 1]):
        return False
    return text[start:end] in _units() or (text[start] >= _BEYOND_LATIN and end - start > 1)


@cache
def _units() -> frozenset[str]:
    """Return the names of units, folded."""
    metric = load_data("conventions")["metric"].values()
    return frozenset(fold(one).text for one in chain(load_data("numerals")["units"], *metric))


def _case_changes(original: str, at: int) -> bool:
    return original[at - 1].islower() and original[at].isupper()


def _is_clitic(text: str, start: int, end: int, language: str) -> bool:
    """Tell whether everything between the word's own edge and ``start`` is a proclitic."""
    if not takes_affixes(language):
        return False
    edge, rest = start, start
    while edge and start - edge <= AFFIX and is_word_character(text[edge - 1]):
        edge -= 1
    while rest < len(text) and is_word_character(text[rest]):
        rest += 1
    # A phrase is not mistaken for another word by one letter in front of it: לראש השנה.
    return is_prefix(text[edge:start], text[start : max(rest, end)], language)


def _is_suffix(text: str, start: int, end: int, language: str) -> bool:
    """Tell whether everything between ``end`` and the word's own edge is endings."""
    if not takes_affixes(language):
        return False
    edge = end
    while edge < len(text) and edge - end <= AFFIX and is_word_character(text[edge]):
        edge += 1
    return is_suffix(text[end:edge], text[start:end], language)


def is_spaced(language: str) -> bool:
    """Tell whether a language parts its words with blanks."""
    return language not in UNSPACED
