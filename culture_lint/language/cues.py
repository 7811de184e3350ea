"""Words that tell how a sign is meant: negation, giving, packaging, print and the like.

The words themselves are data (``data/negation.json``, ``data/usage.json``); this module only
knows how to find them in each kind of script.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from culture_lint.frozen import frozen
from culture_lint.language.boundaries import load_data
from culture_lint.language.normalise import fold
from culture_lint.language.scripts import UNSPACED, same_language

#: Case endings and postpositions that are written together with a noun.
_INDIC = r"[\u0900-\u0dff\u200d]{0,7}"
_CLITICS = {
    "ar": r"(?:[وف])?(?:[بكل])?(?:ال|ل)?",
    "he": r"[והבלכמש]{0,2}",
}
_ENDINGS = {
    "ar": r"(?:ه|ها|ات|ي|ا)?",
    "de": r"\w*",
    "ko": r"\w*",
    "tr": r"\w*",
    "ru": r"\w{0,3}",
    "uk": r"\w{0,3}",
    "kk": r"\w*",
    "az": r"\w*",
    "fi": r"\w{0,5}",
    "hu": r"\w{0,5}",
    "pl": r"\w{0,3}",
    "cs": r"\w{0,3}",
    "el": r"\w{0,2}",
    "eu": r"\w{0,4}",
    "fa": r"(?:ها|هاي|هايي|ي|اي)?",
    "he": r"(?:ים|ות|י)?",
    "id": r"(?:nya)?",
    "ms": r"(?:nya)?",
    "tl": r"(?:ng)?",
    **dict.fromkeys(("bn", "gu", "kn", "ml", "mr", "ne", "or", "pa", "si", "ta", "te"), _INDIC),
}
#: Languages whose words run together: from how many letters on a cue may be the last part of a
#: compound (생일선물, Geburtstagsgeschenk).
_HEADS = {"ko": 2, "de": 6, "nl": 6, "sv": 6, "da": 6, "no": 6, "fi": 5}
_WORD_ENDS = r"(?![^\W\d_]|[\u0900-\u0fff])"
#: A list that one negation governs: "free from alcohol, pork and gelatine".
_LISTING = re.compile(
    r"\s*(?:,|/|&|\+|\b(?:and|or|nor|und|oder|noch|et|ou|ni|y|o|e|i|ed|en|of|och|eller|и|или|и/или|ve|veya|"
    r"और|या)\b|、|，|和|或|与|及|や|と|و|او|أو)\s*"
)
#: The last digit of a number is no cue: SPF50防水 is not 0防水.
_NO_NUMBERS_END = r"(?!(?:(?<=\d)|(?<=\d\.))\d)"
_WORDS_BETWEEN = 3
_CHARACTERS_BETWEEN = 4
#: The same where the turn to what is said instead follows: "not for the cure of it but ...".
_WORDS_BEFORE_TURN = 7
_CHARACTERS_BEFORE_TURN = 12
#: How far ahead of a sign a negation is looked for, and behind it the turn.
_NEGATED_WITHIN = 160
_TURN_WITHIN = 40


@cache
def usage_pattern(usage: str, language: str) -> re.Pattern[str] | None:
    """Return the pattern of a usage's cue words in one language, for folded text; None for none.

    Single characters of unspaced scripts are left out: they are cues only right beside a sign,
    see `adjacent_cues`.
    """
    words = [word for word in _folded(usage, language) if not _is_single(word)]
    return _compile(tuple(words), language)


@cache
def adjacent_cues(usage: str, language: str) -> tuple[str, ...]:
    """Return the single characters that are cues right before or after a sign."""
    return tuple(word for word in _folded(usage, language) if _is_single(word))


def _folded(usage: str, language: str) -> list[str]:
    return [
        fold(word).text
        for word in load_data("usage").get(usage, {}).get(same_language(language), ())
    ]


def _is_single(word: str) -> bool:
    return len(word) == 1 and ord(word) > 0x2E7F


def _compile(
    words: tuple[str, ...], language: str, *, inflected: bool = True
) -> re.Pattern[str] | None:
    if not words:
        return None
    inner = _any_of(words)
    if language in UNSPACED:
        return re.compile(f"{_NO_NUMBERS_END}(?:{inner})")
    clitics = _CLITICS.get(language, "")
    endings = _ENDINGS.get(language, "") if inflected else ""
    # Vowel signs of Indic scripts and Thai are marks, which \w leaves out.
    pattern = rf"(?<![\w\u0900-\u0fff-]){clitics}(?:{inner}){endings}(?![\w\u0900-\u0fff])"
    heads = tuple(word for word in words if len(word) >= _HEADS.get(language, len(word) + 1))
    if heads and inflected:
        pattern += rf"|(?:{_any_of(heads)}){endings}(?![\w\u0900-\u0fff])"
    return re.compile(pattern)


@frozen
class _Negations:
    """How one language says that something is absent.

    ``before`` and ``after`` are words before and after a sign; ``bound`` are prefixes that belong
    to the sign's own word; ``yet`` opens what looks like a negation and is none ("not only");
    so does ``only`` before a sign whose negation follows. ``turn`` is the word between what is denied and what is said instead ("not this but that").
    """

    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    bound: tuple[str, ...]
    blocked: tuple[str, ...]
    yet: tuple[str, ...]
    turn: re.Pattern[str] | None
    only: re.Pattern[str] | None


@cache
def _negations(language: str) -> _Negations:
    data = {key: _all_folded(words) for key, words in _cues("negation", language).items()}
    return _Negations(
        _compile(data.get("before", ()), language, inflected=False),
        _compile_after(data.get("after", ()), data.get("links", ()), language),
        data.get("bound", ()),
        data.get("blocked", ()),
        data.get("yet", ()),
        _compile_turn(data.get("turn", ()), language),
        _compile_turn(data.get("only", ()), language),
    )


def _cues(name: str, language: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = load_data(name).get(same_language(language), {})
    return found


def _all_folded(words: list[str]) -> tuple[str, ...]:
    return tuple(fold(word).text for word in words)


def _any_of(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))


def _compile_after(
    words: tuple[str, ...], links: tuple[str, ...], language: str
) -> re.Pattern[str] | None:
    """Return the pattern of what follows a sign at once, its case ending or particle between."""
    if not words:
        return None
    link = rf"(?:{_any_of(links)})?" if links else ""
    hyphened = tuple(word for word in words if word.startswith("-"))
    others = tuple(word for word in words if not word.startswith("-"))
    either = [
        *([_any_of(hyphened)] if hyphened else []),
        *([rf"\s*{link}\s*(?:{_any_of(others)})"] if others else []),
    ]
    free = language in UNSPACED or language == "ko"
    return re.compile(f"(?:{'|'.join(either)})" + ("" if free else _WORD_ENDS))


def _compile_turn(words: tuple[str, ...], language: str) -> re.Pattern[str] | None:
    if not words:
        return None
    inner = _any_of(words)
    return re.compile(inner if language in UNSPACED else rf"(?<!\w)(?:{inner})(?!\w)")


def is_negated(before: str, after: str, language: str) -> bool:
    """Tell whether a sign between two stretches of its own clause is said to be absent.

    Args:
        before: Folded text from the start of the clause to the sign.
        after: Folded text from the sign to the end of the clause.
        language: Primary language of the text.

    A negation reaches over at most three words, over a list, or up to the word that turns to
    what is said instead; an ending such as ``-free`` must follow at once.
    """
    known = _negations(language)
    if known.after is not None and known.after.match(after):
        only = known.only is not None and known.only.search(before[-_TURN_WITHIN:])
        if not only and not after.lstrip().startswith(known.blocked or ("\0",)):
            return True
    if any(_is_bound(before, prefix) for prefix in known.bound):
        return True
    if known.before is None:
        return False
    before = before[-_NEGATED_WITHIN:]
    turned = known.turn is not None and known.turn.search(after[:_TURN_WITHIN]) is not None
    return any(
        not before.startswith(known.yet or ("\0",), found.start())
        and _reaches(before, found, language, known.turn, turned)
        for found in known.before.finditer(before)
    )


def _is_bound(before: str, prefix: str) -> bool:
    """Tell whether a prefix opens the word that goes on with the sign: 무알코올, ノンアルコール."""
    if not before.endswith(prefix):
        return False
    ahead = before[-len(prefix) - 1 : -len(prefix)]
    if not ahead.isalpha():
        return True
    # Han and kana stand side by side without a blank: 成分無添加. Hangul has blanks.
    return _kind(ahead) != _kind(prefix[0]) or "一" <= ahead <= "鿿"


def _kind(char: str) -> str:
    return unicodedata.name(char, "").partition(" ")[0]


def _reaches(
    before: str,
    cue: re.Match[str],
    language: str,
    turn: re.Pattern[str] | None,
    turned: bool,
) -> bool:
    between = before[cue.end() :]
    if re.match(r"\.\s?\d", between) or re.search(r"[.!?;。]", between):
        return False
    if turn is not None and turn.search(between):
        return False
    if language in UNSPACED:
        return _reaches_unspaced(cue.group(), between, turned)
    parts = [part for part in _LISTING.split(between) if part]
    if len(parts) > 1:
        return len(parts) <= 8 and all(len(part.split()) <= 2 for part in parts)
    return len(between.split()) <= (_WORDS_BEFORE_TURN if turned else _WORDS_BETWEEN)


def _reaches_unspaced(cue: str, between: str, turned: bool) -> bool:
    if len(cue) == 1:
        return not between.strip()
    parts = [part for part in _LISTING.split(between) if part]
    if len(parts) > 1:
        return len(parts) <= 8 and all(len(part) <= 6 for part in parts)
    return len(between.strip()) <= (_CHARACTERS_BEFORE_TURN if turned else _CHARACTERS_BETWEEN)
