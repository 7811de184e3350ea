"""Tell formal from familiar address of the reader where a language has both."""

from __future__ import annotations

import re
from collections.abc import Sequence

from culture_lint.frozen import frozen
from culture_lint.language.conventions import words


@frozen
class Address:
    """One pronoun that addresses the reader."""

    start: int
    end: int
    formal: bool


@frozen
class _Forms:
    gate: tuple[str, ...]
    formal: re.Pattern[str]
    familiar: re.Pattern[str]


# A capital in the middle of a sentence, or after the verb that opens it, is what tells "Sie" the
# customer from "sie" the product or the people.
_MID = r"(?<=[\w,;] )"
_FORMS = {
    "de": _Forms(
        ("Sie ", "Sie.", "Sie,", "Sie!", "Sie?", "Ihr", "Ihnen"),
        re.compile(
            rf"{_MID}(?:Sie|Ihnen|Ihre|Ihren|Ihrem|Ihrer|Ihres)\b(?!-)"
            r"|\b[A-ZÄÖÜ][a-zäöüß]+(?:en|ern|eln) Sie\b"
        ),
        re.compile(r"\b(?:[Dd]u|[Dd]ich|[Dd]ir|[Dd]ein(?:e[nrms]?)?)\b(?!-)"),
    ),
    "fr": _Forms(
        ("ous", "otre", "os "),
        re.compile(r"\b(?:[Vv]ous|[Vv]otre|[Vv]os)\b|\b[A-ZÀ-Þa-zà-ÿ]+ez-(?:les?|la)\b"),
        re.compile(r"\b(?:[Tt]u|[Tt]a|[Tt]es)\b(?![-'’.])|(?<=ez )ton\b|(?<= pour )ton\b"),
    ),
    "es": _Forms(
        ("usted", "Usted"),
        re.compile(r"\b[Uu]sted(?:es)?\b"),
        re.compile(r"\b(?:[Tt]ú|[Tt]us?|[Cc]ontigo)\b(?!-)"),
    ),
    "it": _Forms(
        ("Suo", "Sua", "Sue"),
        re.compile(rf"{_MID}(?:Suo|Sua|Suoi|Sue)\b"),
        re.compile(r"\b(?:[Tt]uo|[Tt]ua|[Tt]uoi|[Tt]ue)\b"),
    ),
    "nl": _Forms(
        (" u ", "U ", "uw", "Uw"),
        re.compile(
            r"(?<!\d )(?<!\d)\b(?:u|[Uu]w)\b(?![-'’.])|(?<=[.!?] )U (?=[a-z])|\AU (?=[a-z])"
        ),
        re.compile(r"\b(?:[Jj]ij|[Jj]ouw|[Jj]ou|[Jj]e)\b(?![-'’])"),
    ),
    "ru": _Forms(
        ("ы", "ам", "ас", "аш"),
        re.compile(
            r"\b(?:[Вв]ы|[Вв]ас|[Вв]ам|[Вв]ами|[Вв]аш(?:а|е|и|у|его|ему|ей|им|их|ими|ем)?)\b"
        ),
        re.compile(
            r"\b(?:[Тт]ы|[Тт]ебя|[Тт]ебе|[Тт]обой|[Тт]во(?:й|я|ё|и|ю|его|ему|ей|им|их|ими|ём))\b"
        ),
    ),
    "tr": _Forms(
        ("iz",),
        re.compile(r"\b(?:[Ss]iz|[Ss]izin|[Ss]izi|[Ss]izlere|[Ss]izler)\b"),
        re.compile(r"\b(?:[Ss]en|[Ss]enin|[Ss]ana|[Ss]eni)\b"),
    ),
    "hi": _Forms(
        ("आप",),
        re.compile(r"(?<!\w)(?:आप|आपका|आपके|आपकी|आपको)(?![\w\u0900-\u097f])"),
        re.compile(r"(?<!\w)(?:तुम|तुम्हारा|तुम्हारे|तुम्हारी|तुम्हें|तू|तेरा|तेरे|तेरी)(?![\w\u0900-\u097f])"),
    ),
}
#: Languages in which the two forms of address are told apart.
LANGUAGES = frozenset(_FORMS)

# What somebody else says is not the shop's voice.
_QUOTED = re.compile(
    r"„[^“”\"„]{0,300}[“”\"]|“[^”“]{0,300}”|«[^»«]{0,300}»|»[^«»]{0,300}«"
    r"|\"[^\"\n]{0,300}\"|‚[^‘‚]{0,300}‘|‘[^’‘\n]{0,300}’(?!\w)"
)


def may_address(language: str, text: str) -> bool:
    """Tell at next to no cost whether a text may hold the formal address."""
    return any(part in text for part in _FORMS[language].gate)


def addresses(language: str, text: str, *, plural_is_formal: bool = True) -> list[Address]:
    """Return where a text addresses its reader, in order; quotations are left out.

    Args:
        language: One of `LANGUAGES`.
        text: Any text.
        plural_is_formal: Whether Spanish *ustedes* is formal; where there is no *vosotros* it is
            the plural of both.
    """
    forms = _FORMS[language]
    quoted = [hit.span() for hit in _QUOTED.finditer(text)]
    found = [
        Address(*hit.span(), formal)
        for formal, pattern in ((True, forms.formal), (False, forms.familiar))
        for hit in pattern.finditer(text)
        if not any(first <= hit.start() < last for first, last in quoted)
        and not (hit[0].lower() == "ustedes" and not plural_is_formal)
    ]
    return sorted(found, key=lambda one: (one.start, one.end))


def mixed(found: Sequence[Address]) -> Address | None:
    """Return the first pronoun of the rarer kind when both stand; of equals, the familiar."""
    formal = [one for one in found if one.formal]
    familiar = [one for one in found if not one.formal]
    if not formal or not familiar:
        return None
    return formal[0] if len(formal) < len(familiar) else familiar[0]


def is_inscription(language: str, text: str) -> bool:
    """Tell whether a text speaks of words that stand on the thing itself."""
    low = text.lower()
    return any(word in low for word in words("inscription", language))


def formal_possessive(language: str, word: str) -> str:
    """Return the formal counterpart of a familiar possessive, empty where it is no possessive."""
    low = word.lower()
    if language == "de" and low.startswith("dein"):
        return "Ihr" + low[4:]
    pairs = {
        "fr": {"ta": "votre", "ton": "votre", "tes": "vos"},
        "es": {"tu": "su", "tus": "sus"},
        "it": {"tuo": "Suo", "tua": "Sua", "tuoi": "Suoi", "tue": "Sue"},
        "nl": {"jouw": "uw"},
        "tr": {"senin": "sizin"},
    }
    said = pairs.get(language, {}).get(low, "")
    return said.capitalize() if word[:1].isupper() else said
