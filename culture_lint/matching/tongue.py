"""The language of an item and of its segments, worked out only as far as somebody asks.

Declared beats script beats detection. A form counts only in text of its own language; text too
short to tell may be in several, and English words stand in copy of every language.
"""

from __future__ import annotations

from culture_lint.language.detection import NOTHING, SHORT, Identified, identify, letters_in
from culture_lint.language.scripts import is_latin, same_language
from culture_lint.sources.items import Item, Role
from culture_lint.sources.path_locales import locale_of_path

NONE: frozenset[str] = frozenset()
_PROSE = (Role.TITLE, Role.SUBTITLE, Role.DESCRIPTION, Role.BULLET)
_LATIN_SCRIPT_TAGS_UNKNOWN = "und"


def primary(tag: str | None) -> str | None:
    """Return the primary subtag of a BCP 47 tag in lower case, None for none or ``und``."""
    if not tag:
        return None
    language = tag.replace("_", "-").split("-", 1)[0].lower()
    return None if language == _LATIN_SCRIPT_TAGS_UNKNOWN else language


#: Languages that no detector here tells from the one it names.
_TAKEN_FOR = {"ms": ("id",)}


def language_of_path(path: str) -> str | None:
    """Return the language that a path declares, None for none (see `path_locales`)."""
    return primary(locale_of_path(path))


class Tongue:
    """What language an item is in; detection runs on first use and at most once a segment."""

    __slots__ = ("_declared", "_detector", "_hints", "_item", "_segments", "_whole")

    def __init__(
        self, item: Item, detector: str, declared: str | None = None, hints: frozenset[str] = NONE
    ) -> None:
        """Start with what is known.

        Args:
            item: The item.
            detector: Name of the detector for what nothing else settles.
            declared: Language tag that the user declared for the whole input, None for none.
            hints: Languages of the one market asked for: possible where a text is undetermined.
        """
        self._item = item
        self._declared = primary(declared)
        self._hints = frozenset(map(same_language, hints))
        self._detector = detector
        self._whole: Identified | None = None
        self._segments: dict[int, Identified] = {}

    @property
    def item(self) -> Identified:
        """The language of the item as a whole: declared, else that of its prose."""
        if self._whole is None:
            self._whole = self._identify_item()
        return self._whole

    def segment(self, number: int) -> Identified:
        """The language of one segment: declared, its own when long enough, else the item's."""
        found = self._segments.get(number)
        if found is None:
            found = self._segments[number] = self._identify_segment(number)
        return found

    def admits(self, segment: int, language: str, phrase: str) -> bool:
        """Tell whether a form of ``language`` counts in a segment; ``phrase`` is its spelling."""
        if language == "*":
            return True
        language = same_language(language)
        if not self._item.segments[segment].language and language == same_language(
            self.item.language or ""
        ):
            return True  # the whole item speaks it; no need to look at the segment by itself
        where = self.segment(segment)
        if language == same_language(where.language or "") or self._is_kin(segment, language):
            return True
        if not is_latin(phrase):
            # Another script settles that this is no word of the text around it, unless the
            # two share the script: Han is Chinese in Chinese text and Japanese in Japanese.
            return where.language is None or not _same_script(language, where.language)
        if where.language is None:
            return language in where.plausible or language == "en" or language in self._hints
        if language in where.plausible:
            return True
        if language == "en":
            # English words stand alone in other scripts; beside Latin words only a phrase is
            # safe from being a word of that language.
            return not _is_latin_language(where.language) or " " in phrase
        return False

    def _is_kin(self, segment: int, language: str) -> bool:
        """Tell whether detection takes a language for the one that it found (Indonesian for Malay)."""
        found = self.segment(segment).language
        if language not in _TAKEN_FOR.get(found or "", ()):
            return False
        tags = (self._item.segments[segment].language, self._item.language, self._declared)
        return not any(map(primary, tags))

    @property
    def possible(self) -> tuple[str, ...]:
        """The languages that the item may be in where detection has settled it: kin are not told apart."""
        found = self.item.language
        if found is None:
            return ()
        tags = (self._item.language, self._declared, *(one.language for one in self._item.segments))
        return (found,) if any(map(primary, tags)) else (found, *_TAKEN_FOR.get(found, ()))

    def _identify_item(self) -> Identified:
        declared = primary(self._item.language) or self._common_tag() or self._declared
        if declared:
            return Identified(declared, frozenset((declared,)))
        segments = self._item.segments
        prose = [one.text for one in segments if one.role in _PROSE]
        text = ". ".join(prose or [one.text for one in segments])
        return identify(text, self._detector) if text else NOTHING

    def _common_tag(self) -> str | None:
        """The language that every segment declares, None when they differ or do not say."""
        tags = {primary(one.language) for one in self._item.segments}
        return tags.pop() if len(tags) == 1 else None

    def _identify_segment(self, number: int) -> Identified:
        segment = self._item.segments[number]
        declared = primary(segment.language) or primary(self._item.language) or self._declared
        if declared:
            return Identified(declared, frozenset((declared,)))
        whole = self.item
        if len(self._item.segments) == 1 or _is_short(segment.text):
            return whole
        own = identify(segment.text, self._detector)
        if own.language is None:
            return whole
        if own.language == "zh" and whole.language == "ja":
            return whole  # a title of kanji alone beside Japanese prose
        return own


def _is_short(text: str) -> bool:
    """Tell whether an ASCII text has too few letters to be told by itself."""
    return text.isascii() and letters_in(text) < SHORT * 2


_ARABIC_SCRIPT = frozenset({"ar", "fa", "ur", "ps", "ckb"})
_CYRILLIC = frozenset({"ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "mn"})
_DEVANAGARI = frozenset({"hi", "mr", "ne"})
_HAN = frozenset({"zh", "ja"})
_OTHER = frozenset(
    [
        "ko",
        "th",
        "he",
        "el",
        "bn",
        "as",
        "pa",
        "gu",
        "or",
        "ta",
        "te",
        "kn",
        "ml",
        "si",
        "lo",
        "my",
        "km",
        "ka",
        "hy",
        "am",
    ]
)


def _same_script(one: str, other: str) -> bool:
    groups = (_ARABIC_SCRIPT, _CYRILLIC, _DEVANAGARI, _HAN)
    return one == other or any(one in group and other in group for group in groups)


def _is_latin_language(language: str) -> bool:
    return language not in (_ARABIC_SCRIPT | _CYRILLIC | _DEVANAGARI | _HAN | _OTHER)
