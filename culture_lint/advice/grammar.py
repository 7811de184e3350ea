"""Whether a wording fits the grammar of a place, as far as that can be known without a parser.

Letter case, ``a`` and ``an``, and English plurals are put right. Where an article before the
place shows gender or case, a word is attached, or the sentence governs the form, nobody can tell
from here: the doubt is named, and the wording is offered but not applied.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from culture_lint.frozen import frozen


@frozen
class Fit:
    """A wording as it would stand in a place.

    ``back`` is how many characters before the place it replaces too (an article), ``doubt`` why
    it may not fit, empty where nothing known stands against it.
    """

    text: str
    back: int = 0
    doubt: str = ""


_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_LAST_WORD = re.compile(r"([^\W\d_]+)[ \t\u00a0]+$")
_LAST_ELIDED = re.compile(r"\b(\w{1,4})['’]$")
_NEXT_WORD = re.compile(r"[ \t\u00a0]+([^\W_]+)")
_HYPHEN_AFTER = re.compile(r"[-\u2010\u2011][^\W_]")
_HYPHEN_BEFORE = re.compile(r"[^\W_][-\u2010\u2011]$")
_ARTICLE = re.compile(r"\b(an?)([ \t]+)$", re.IGNORECASE)
_SENTENCE_START = re.compile(r"(?:^|[.!?…:•·|\n。！？][\"'“”«»)]*)\s*[-–—*\"'“«(¡¿]*\s*$")
_SMALL = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "but",
        "by",
        "for",
        "from",
        "in",
        "of",
        "on",
        "or",
        "the",
        "to",
        "with",
    ]
)
_AN_SOUND = re.compile(r"(?:[aeiou]|hour|honest|honour|honor|heir|8|11\b|18\b)", re.IGNORECASE)
_A_SOUND = re.compile(r"(?:eu|uni(?!n|m)|us[ae]|uti|ubiq|one\b|once|ewe)", re.IGNORECASE)
_IRREGULAR = {
    "person": "people",
    "man": "men",
    "woman": "women",
    "child": "children",
    "foot": "feet",
    "tooth": "teeth",
    "mouse": "mice",
    "goose": "geese",
    "sheep": "sheep",
    "fish": "fish",
}
#: After them the head of an English phrase is over.
_HEAD_ENDS = re.compile(r"\s(?:of|with|for|in|from|on|at|by|to|without|who|that)\s")

_DETERMINERS = {
    "de": "der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner "
    "dieser diese dieses diesen diesem jeder jede jedes jeden jedem welcher welche welches mein "
    "meine meinen dein deine deinen sein seine seinen ihr ihre ihren unser unsere unseren euer eure "
    "zum zur im am beim vom ins ans",
    "fr": "le la un une du au ce cet cette mon ma ton ta son sa de quel quelle tout toute bel beau belle",
    "es": "el la los las un una unos unas del al este esta estos estas ese esa nuestro nuestra "
    "nuestros nuestras todo toda todos todas mucho mucha",
    "pt": "o a os as um uma uns umas do da dos das no na nos nas ao à aos às pelo pela num numa dum "
    "duma este esta esse essa nosso nossa todo toda seu sua",
    "it": "il lo la i gli le un uno una del dello della dei degli delle al allo alla ai agli alle "
    "nel nello nella nei negli nelle dal dallo dalla sul sullo sulla questo questa nostro nostra",
    "ro": "un o unei unui niște acest această",
    "nl": "de het dit dat deze die ons onze",
    "sv": "en ett den det min mitt din ditt vår vårt",
    "da": "en et den det min mit din dit vores",
    "nb": "en ei et den det min mitt din ditt vår vårt",
    "el": "ο η το οι τα τον την του της των τους τις στο στη στον στην στους στις στα ένας μια ένα",
}
_GENDERED = {tag: frozenset(words.split()) for tag, words in _DETERMINERS.items()}
#: In them the sentence decides the form of a noun and of the adjective before it.
_INFLECTED = frozenset(
    [
        "be",
        "bg",
        "bs",
        "cs",
        "et",
        "fi",
        "hr",
        "hu",
        "hy",
        "is",
        "ka",
        "kk",
        "lt",
        "lv",
        "mk",
        "mn",
        "pl",
        "ru",
        "sk",
        "sl",
        "sr",
        "tr",
        "uk",
        "uz",
        "az",
        "ky",
        "tg",
    ]
)
#: Infinitives, as a ruleset names a verb.
_INFINITIVE = {
    "es": re.compile(r"[aeií]r(?:se|lo|la|los|las)?$"),
    "pt": re.compile(r"[aeiô]r(?:-se|-lo|-la)?$"),
    "it": re.compile(r"(?:[aei]r[es]|ar[sl][iaeo])$"),
}
#: German words that end as adjectives do and are none.
_NO_ADJECTIVES = frozenset(
    [
        "ohne",
        "oder",
        "unter",
        "über",
        "aber",
        "wegen",
        "zwischen",
        "neben",
        "gegen",
        "sowie",
        "heute",
        "alle",
        "viele",
        "wie",
        "beste",
        "immer",
        "weniger",
    ]
)
_ADJECTIVE = re.compile(r"(?:e|en|er|es|em)$")
_QUOTES = re.compile('["“”„«»『』「」]')
#: Written without blanks between words.
_UNSPACED = frozenset(["zh", "ja", "th", "lo", "my", "km"])
_HANGUL = re.compile(r"[가-힣]")


def fit(say: str, match: str, before: str, after: str, language: str | None) -> Fit:
    """Return a wording as it would stand between ``before`` and ``after`` in place of ``match``.

    Args:
        say: The wording as the ruleset has it.
        match: The words that it replaces.
        before: The text before the match, at least its line.
        after: The text behind it.
        language: Primary language tag of the text.
    """
    tag = (language or "").split("-")[0]
    if tag == "zh" and _is_traditional(f"{before}{match}{after}"):
        say = _in_traditional(say)
    doubt = _attached(say, match, before, after, tag) or _said_twice(say, before, after, tag)
    doubt = doubt or _other_form(say, match, before, after, tag)
    if tag == "en":
        doubt = doubt or _as_modifier(say, match, after)
    text = say
    back = 0
    if tag == "en":
        text, number = _in_number(text, match)
        doubt = doubt or number
    text = _in_case(text, match, before, after, tag)
    if tag == "en":
        text, back, article = _with_article(text, match, before)
        doubt = doubt or article
    return Fit(text, back, doubt or _governed(match, say, before, tag))


def _attached(say: str, match: str, before: str, after: str, tag: str) -> str:
    if tag in _UNSPACED:
        return ""
    if _HYPHEN_AFTER.match(after) or _HYPHEN_BEFORE.search(before):
        return "it is part of a compound"
    if before[-1:].isalpha() and match[:1].isalpha():
        return "a part of the word before it is attached"
    if tag == "ko" and _HANGUL.match(after):
        same = _closed(match) == _closed(say)
        return "" if same else "the particle behind it would change"
    if after[:1].isalpha() and match[-1:].isalpha():
        return "a part of the word behind it is attached"
    return ""


def _closed(text: str) -> bool:
    """Tell whether a Korean text ends in a consonant."""
    last = text.rstrip()[-1:]
    return bool(last and _HANGUL.match(last) and (ord(last) - 0xAC00) % 28)


def _other_form(say: str, match: str, before: str, after: str, tag: str) -> str:
    """Return in what a wording is of another form than the words found, empty if nothing tells."""
    if _QUOTES.search(match) and not _QUOTES.search(say):
        return "the words found reach into a quotation"
    infinitive = _INFINITIVE.get(tag)
    if infinitive is not None:
        words = _WORD.findall(match.casefold())
        says = _WORD.findall(say.casefold())[:1]
        if any(map(infinitive.search, says)) and not any(map(infinitive.search, words)):
            return "the verb would have to be in another form"
        if _agrees(after) and _ending(match) != _ending(say):
            return "the word behind it may have to agree with it"
    if tag == "de" and say[:1].isupper():
        last = _LAST_WORD.search(before)
        word = last[1].casefold() if last else ""
        if _ADJECTIVE.search(word) and word not in _NO_ADJECTIVES:
            return f"“{last[1] if last else ''}” before it may have to change with it"
    return ""


def _agrees(after: str) -> bool:
    """Tell whether an adjective may follow: a word with an ending that shows gender."""
    following = _NEXT_WORD.match(after)
    return following is not None and re.search(r"[^\W\d_]{2}[oa]s?$", following[1]) is not None


def _ending(text: str) -> str:
    """Return the vowel that shows the gender of a noun in the Romance languages, as a rule."""
    last: str = (_WORD.findall(text.casefold()) or [""])[-1]
    return last.rstrip("s")[-1:]


def _is_traditional(text: str) -> bool:
    """Tell whether Chinese text is in traditional characters, as far as any tell."""
    return _converted(text, "s2t") == text != _converted(text, "t2s")


def _in_traditional(say: str) -> str:
    """Return a wording in traditional characters; one that has some already is left as it is."""
    return _converted(say, "s2t") if _converted(say, "t2s") == say else say


@lru_cache(maxsize=256)
def _converted(text: str, how: str) -> str:
    from opencc import OpenCC

    found: str = OpenCC(how).convert(text)
    return found


def _as_modifier(say: str, match: str, after: str) -> str:
    """Look whether a long name would stand before a noun: “geometric pattern” before “green tea”."""
    following = _NEXT_WORD.match(after)
    if following is None or following[1].casefold() in _SMALL or following[1][0].isdigit():
        return ""
    if _HEAD_ENDS.search(say):
        return ""
    words = len(_WORD.findall(say))
    if words > 2 and words > len(_WORD.findall(match)):
        return f"it is long to stand before “{following[1]}”"
    return ""


def _said_twice(say: str, before: str, after: str, tag: str) -> str:
    """Look for a word of the wording beside the place already: “lace-up sandal” before “sandals”."""
    if " " in say and say.casefold() in f"{before}\n{after}".casefold():
        return "the text says so already"
    said = [one.casefold() for one in _WORD.findall(say)]
    if tag in _UNSPACED:
        again = say[-2:] in after[:6] or (len(say) > 2 and say[:2] in before[-6:])
        return "a part of it stands beside it already" if again and len(say) > 1 else ""
    beside = [one.casefold() for one in (*_WORD.findall(before)[-2:], *_WORD.findall(after)[:2])]
    for one in said:
        if len(one) > 2 and one not in _SMALL:
            for other in beside:
                if len(other) > 2 and (one.startswith(other) or other.startswith(one)):
                    return f"“{other}” stands beside it already"
    return ""


def _in_case(say: str, match: str, before: str, after: str, tag: str) -> str:
    letters = [one for one in match if one.isupper() or one.islower()]
    if not letters or not any(one.islower() for one in say):
        return say
    if len(letters) > 1 and all(one.isupper() for one in letters):
        beside = _WORD.findall(before)[-1:] + _WORD.findall(after)[:1]
        # An abbreviation among small letters is no shouting.
        if " " in match or len(letters) > 4 or any(one.isupper() for one in beside) or not beside:
            return _upper(say, tag)
    if not letters[0].isupper():
        return say
    words = _WORD.findall(match)
    if tag == "en" and _in_title(words, before, after):
        return _titled(say)
    if tag == "de" and not _SENTENCE_START.search(before):
        return say  # its own letters say whether it is a noun
    # A word with a capital within a sentence is a name, and what replaces it need not be one.
    titled = len(words) > 1 and all(one[0].isupper() for one in words)
    if titled or _SENTENCE_START.search(before) is not None:
        return _upper(say[:1], tag) + say[1:]
    return say


def _in_title(words: list[str], before: str, after: str) -> bool:
    """Tell whether words stand in a line in which every word has a capital."""
    line = [*_WORD.findall(before.rpartition("\n")[2])[-4:], *words]
    line += _WORD.findall(after.partition("\n")[0])[:4]
    counted = [one for one in line if one.casefold() not in _SMALL]
    return len(counted) > 1 and all(one[0].isupper() for one in counted)


def _titled(say: str) -> str:
    first = True

    def capital(found: re.Match[str]) -> str:
        nonlocal first
        word = found[0]
        small = word in _SMALL and not first
        first = False
        return word if small else word[0].upper() + word[1:]

    return _WORD.sub(capital, say)


def _upper(text: str, tag: str) -> str:
    if tag in ("tr", "az", "kk"):
        text = text.replace("i", "İ")
    return text.upper()


def _in_number(say: str, match: str) -> tuple[str, str]:
    """Return an English wording in the number of the words it replaces, and why that may be wrong."""
    last = (_WORD.findall(match) or [""])[-1]
    head, tail = say, ""
    ends = _HEAD_ENDS.search(say)
    if ends is not None:
        head, tail = say[: ends.start()], say[ends.start() :]
    noun = (_WORD.findall(head) or [""])[-1]
    if not noun or not last or not head.endswith(noun):
        return say, ""
    if not _is_plural(last):
        return say, ""
    if _is_plural(noun) or noun.casefold().endswith(("ing", "ly")):
        return say, ""
    return head[: len(head) - len(noun)] + _plural(noun) + tail, ""


def _is_plural(word: str) -> bool:
    """Tell whether an English word is the plural of a noun."""
    lower = word.casefold()
    if lower in _IRREGULAR.values():
        return True
    if len(lower) < 4 or not lower.endswith("s") or lower.endswith(("ss", "us", "is", "’s", "'s")):
        return False
    from simplemma import lemmatize

    return bool(lemmatize(lower, lang="en") != lower)


def _plural(noun: str) -> str:
    lower = noun.casefold()
    for one, many in _IRREGULAR.items():
        if lower == one or (lower.endswith(one) and len(one) > 3):
            return noun[: len(noun) - len(one)] + many
    if lower.endswith(("s", "x", "z", "ch", "sh")):
        return noun + "es"
    if lower.endswith("y") and lower[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + "s"


def _with_article(say: str, match: str, before: str) -> tuple[str, int, str]:
    """Return an English wording with the article before it put right, and how long that one was."""
    found = _ARTICLE.search(before)
    if found is None:
        return say, 0, ""
    first = (_WORD.findall(say) or [""])[0].casefold()
    if first in ("a", "an", "the", "your", "our", "this", "no"):
        return say, 0, "an article stands before it already"
    nouns = _WORD.findall(_HEAD_ENDS.split(say)[0]) or [""]
    if _is_plural(nouns[-1]) and not _is_plural((_WORD.findall(match) or [""])[-1]):
        return say, 0, f"“{found[1]}” stands before it, and it is a plural"
    wanted = "an" if _AN_SOUND.match(say) and not _A_SOUND.match(say) else "a"
    if found[1].casefold() == wanted:
        return say, 0, ""
    if found[1].isupper() and len(found[1]) > 1:
        wanted = wanted.upper()
    elif found[1][0].isupper():
        wanted = wanted.capitalize()
    return wanted + found[2] + say, len(before) - found.start(1), ""


def _governed(match: str, say: str, before: str, tag: str) -> str:
    """Return what before a place may ask for another form of the words."""
    if tag in _GENDERED:
        last = _LAST_WORD.search(before)
        if last is not None and last[1].casefold() in _GENDERED[tag]:
            return f"“{last[1]}” before it may have to change with it"
        elided = _LAST_ELIDED.search(before)
        if elided is not None and not _vowel(say):
            return f"“{elided[0]}” before it stands before vowels only"
    if tag in _INFLECTED and _LAST_WORD.search(before) and not _SENTENCE_START.search(before):
        return "the words before it may ask for another case"
    if tag == "ar" and before.strip() and match.startswith("ال") != say.startswith("ال"):
        return "one has the article and the other has not"
    return ""


def _vowel(text: str) -> bool:
    first = unicodedata.normalize("NFD", text[:1].casefold())[:1]
    return first in "aeiouyh"
