"""Find quotation marks that no reader of a language uses; ``data/quotes.json`` has the CLDR's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from culture_lint.language.boundaries import load_data

#: Pairs that tell a language: one mark alone may be a slip, an inch or a foot.
_PAIRS = re.compile(
    r"„(?P<low>[^„“”\"\n]{1,160})[“”]"
    r"|«\s?(?P<out>[^«»\n]{1,160}?)\s?»"
    r"|(?<!\w)»(?=\S)(?P<in>[^«»\n]{1,160})(?<=\S)«(?!\w)"
    r"|(?<![A-Za-zÀ-ɏ\d„])“(?P<high>[^„“”\"\n]{1,160})”"
    r"|「(?P<corner>[^「」\n]{1,160})」"
)
_MAY = re.compile("[„«»“「]")
#: What passes beside the CLDR's own marks: in everyday use, if no style guide's first choice.
_ALSO = {
    "bg": "low", "da": "low in high", "nb": "low high", "nl": "low high", "fi": "in high", "sv": "in high",
    "fr": "high", "es": "out high", "it": "out high", "pt": "out high", "ca": "out high", "ru": "low out",
    "uk": "low out", "hu": "low in", "hr": "low in", "sl": "low in", "sk": "low in", "cs": "low in",
    "pl": "low out", "ro": "low out", "de": "low in", "de-CH": "low out in", "de-LI": "low out in", "el": "out high",
    "ja": "corner high", "ko": "corner high", "zh": "corner high", "zh-Hant": "corner", "ar": "out high",
    "tr": "high", "en": "high", "lt": "low", "lv": "low high", "et": "low in", "sr": "low in", "he": "low high",
}  # fmt: skip
#: Languages that are judged: in the others copy is too mixed to say what is foreign.
JUDGED = frozenset(
    {"en", "de", "fr", "es", "it", "pt", "pl", "cs", "sk", "ru", "uk", "tr", "ja", "zh", "nl"}
)
_SPACED = frozenset({"fr"})


def may_quote(text: str) -> bool:
    """Tell at next to no cost whether a text holds a mark that could be foreign."""
    return not text.isascii() and _MAY.search(text) is not None


def foreign_quotes(text: str, language: str, territory: str) -> Iterator[tuple[int, int, str]]:
    """Yield the quotations in marks of another language, with the same in the market's."""
    if language not in JUDGED:
        return
    key = _key(language, territory)
    fine = _fine(key)
    opening, closing = _marks(key)
    for hit in _PAIRS.finditer(text):
        if hit.lastgroup is None or hit.lastgroup in fine or _is_other_script(hit[0], language):
            continue
        said = hit[hit.lastgroup].strip()
        yield *hit.span(), f"{opening}{said}{closing}"


def _is_other_script(quoted: str, language: str) -> bool:
    """Tell whether what stands in the marks is of another script, marks and all."""
    if language in ("ja", "zh"):
        return not any(char >= "\u3000" for char in quoted[1:-1])
    return any("\u3040" <= char < "\ua000" for char in quoted)


def _key(language: str, territory: str) -> str:
    if language == "zh":
        return "zh-Hant" if territory in ("TW", "HK", "MO") else "zh"
    return f"{language}-{territory}" if f"{language}-{territory}" in _ALSO else language


@cache
def _fine(key: str) -> frozenset[str]:
    """Return the kinds of pairs that pass."""
    own = (_KINDS.get(pair) for pair in load_data("quotes")["marks"][key])
    return frozenset((*_ALSO[key].split(), *(kind for kind in own if kind)))


_KINDS = {"„“": "low", "„”": "low", "«»": "out", "»«": "in", "“”": "high", "「」": "corner"}


@cache
def _marks(key: str) -> tuple[str, str]:
    marks = str(load_data("quotes")["marks"][key][0])
    gap = "\u00a0" if key in _SPACED else ""
    return marks[0] + gap, gap + marks[-1]


def usual_marks(language: str, territory: str) -> tuple[str, str] | None:
    """Return the marks around a quotation, with the blanks inside them; None where not known."""
    key = _key(language, territory)
    return _marks(key) if key in load_data("quotes")["marks"] else None


@cache
def cldr_release() -> str:
    """Return the release of CLDR that the marks are from."""
    return str(load_data("quotes")["version"])
