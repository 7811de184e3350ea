"""Tell which language a text is in: script first, a statistical detector only where it must.

Detectors are libraries behind one small interface, chosen by name. All are deterministic and all
may give up: a text too short to tell is *undetermined*, with the languages it may well be.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import NamedTuple

from culture_lint.errors import ModelError, SettingsError
from culture_lint.language.boundaries import load_data
from culture_lint.language.scripts import dominant_script, language_of_script

#: Languages of the Latin script that are told apart; others are taken for their nearest relative.
LATIN_LANGUAGES = (
    "ca", "cs", "da", "de", "en", "es", "fi", "fr", "hr", "hu", "it", "ms", "nl", "no", "pl",
    "pt", "ro", "sk", "sl", "sv", "tl", "tr", "vi",
)  # fmt: skip
_LATIN = frozenset(LATIN_LANGUAGES)
#: How common a language is in commercial copy, relative to the others: on short text detectors
#: confuse English with languages that hardly any listing is written in.
PRIOR = {"en": 1.2, "ca": 0.75, "hr": 0.75, "ms": 0.85, "sk": 0.75, "sl": 0.75, "tl": 0.6}
#: Enough of a text to tell its language (code points); the rest would only cost time.
SAMPLE = 300
#: Below this many letters a detector's word alone is not believed.
SHORT = 24
#: Below this many letters a verdict must be more than faint (detectors' own scale, 0 to 1).
MEDIUM = 48
FAINT = 0.36
DEFAULT_DETECTOR = "eld"

_LETTERS = re.compile(r"[^\W\d_]+")


class Identified(NamedTuple):
    """What is known of a text's language.

    ``language`` is None when undetermined; ``plausible`` holds the languages it may be in
    (the language itself included), empty for a text without letters.
    """

    language: str | None
    plausible: frozenset[str]


Detector = Callable[[str], list[tuple[str, float]]]

NOTHING = Identified(None, frozenset())


def identify(text: str, detector: str = DEFAULT_DETECTOR) -> Identified:
    """Identify the language of ``text`` by its script, else by ``detector``.

    Raises:
        SettingsError: If no detector has that name.
        ModelError: If the detector's library is not installed.
    """
    sample = text[:SAMPLE]
    script = dominant_script(sample)
    if script is None:
        return NOTHING
    settled = language_of_script(script, sample) or _by_common_words(sample)
    if settled is not None:
        return Identified(settled, frozenset((settled,)))
    return _identify_latin(sample, detector)


#: Distinct words of one language that settle a text in which hardly any is of another.
TELLING = 3
#: One word of another language (a name, a loan) is suffered for so many of the one that is told.
STRAYS = 6


_LOWER = bytes(
    ord(chr(byte).lower()) if byte < 128 and chr(byte).isalpha() else ord(" ")
    for byte in range(256)
)


def lower_words(text: str) -> list[bytes]:
    """Return the runs of letters in an ASCII text in lower case, several times faster than a search."""
    return text.encode().translate(_LOWER).split()


_NO_LETTERS = bytes(byte for byte in range(128) if not chr(byte).isalpha())


def letters_in(text: str) -> int:
    """Return how many letters a text has; in ASCII without a look at each."""
    if text.isascii():
        return len(text.encode().translate(None, _NO_LETTERS))
    return sum(map(str.isalpha, text))


@lru_cache(maxsize=1)
def _common_words() -> dict[str, str]:
    """Common words by the one language (of those listed) that has them."""
    only: dict[str, str] = load_data("commonwords")["only"]
    return {word: language for language, words in only.items() for word in words.split()}


@lru_cache(maxsize=1)
def _common_ascii() -> dict[bytes, str]:
    """The same for those words that ASCII text can hold."""
    common = _common_words().items()
    return {word.encode(): language for word, language in common if word.isascii()}


def _by_common_words(sample: str) -> str | None:
    """Settle a text by its common words, at a tenth of a detector's cost and with fewer mistakes.

    docs/quality.md has the figures.
    """
    if sample.isascii():
        known = _common_ascii()
        told = [known[word] for word in known.keys() & lower_words(sample)]
    else:
        common = _common_words()
        told = [common[word] for word in common.keys() & _LETTERS.findall(sample.lower())]
    if len(told) < TELLING:
        return None
    counts: dict[str, int] = {}
    for language in told:
        counts[language] = counts.get(language, 0) + 1
    best = max(counts, key=lambda language: (counts[language], language))
    others = sum(counts.values()) - counts[best]
    return best if counts[best] >= TELLING and others <= counts[best] // STRAYS else None


@lru_cache(maxsize=4096)
def _identify_latin(sample: str, detector: str) -> Identified:
    # Shouted titles look like another language to models trained on prose.
    prose = sample.lower() if sample.isupper() else sample
    ranked = sorted(
        (
            (language, score * PRIOR.get(language, 1.0))
            for language, score in _detector(detector)(prose)
        ),
        key=lambda pair: (-pair[1], pair[0]),
    )
    if not ranked:
        return Identified(None, frozenset(("en",)))
    best, score = ranked[0]
    near = frozenset(language for language, other in ranked[:6] if other >= 0.6 * score)
    letters = sum(map(len, _LETTERS.findall(prose)))
    clear = len(ranked) == 1 or ranked[1][1] <= (0.5 if letters < SHORT else 0.9) * score
    if letters < SHORT:
        # Even a clear verdict on a few words is a guess: English stays possible.
        return Identified(best if clear and letters >= 12 else None, near | {"en"})
    if letters < MEDIUM and score < FAINT and best != "en":
        # Titles full of names and international words: "Pepperoni pizza voucher" is not Italian.
        return Identified(None, near | {"en"})
    if letters < MEDIUM:
        return Identified(best if clear else None, near)
    return Identified(best, frozenset((best,))) if clear else Identified(None, near)


def detectors() -> tuple[str, ...]:
    """Return the names that ``--detector`` takes."""
    return tuple(sorted(_FACTORIES))


@cache
def _detector(name: str) -> Detector:
    factory = _FACTORIES.get(name)
    if factory is None:
        raise SettingsError(f"unknown detector {name!r}; choose one of {', '.join(detectors())}")
    try:
        return factory()
    except ImportError as error:
        raise ModelError(
            f"the detector {name} is not installed; run: pip install {name}"
        ) from error


def _eld() -> Detector:
    from eld import LanguageDetector

    # Its own subsets change no score, copy all its tables and write into its package folder.
    model = LanguageDetector()

    def detect(text: str) -> list[tuple[str, float]]:
        return [pair for pair in model.detect(text).scores().items() if pair[0] in _LATIN]

    return detect


def _langdetect() -> Detector:
    from langdetect import DetectorFactory, LangDetectException, detect_langs

    DetectorFactory.seed = 0  # without a seed it answers at random on short text

    def detect(text: str) -> list[tuple[str, float]]:
        try:
            found = detect_langs(text)
        except LangDetectException:
            return []
        return [(one.lang, one.prob) for one in found if one.lang in _LATIN]

    return detect


_FACTORIES: dict[str, Callable[[], Detector]] = {"eld": _eld, "langdetect": _langdetect}
