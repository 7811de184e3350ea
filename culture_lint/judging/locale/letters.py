"""Judge letters of Arabic and Hebrew that software has torn, frozen or turned round."""

from __future__ import annotations

from collections.abc import Iterator

from culture_lint.judging.findings import Case, Finding
from culture_lint.judging.locale.rules import Convention, Homes, Rules, homes
from culture_lint.judging.registry import describes, judge
from culture_lint.knowledge.scales import Severity
from culture_lint.sources.items import Role

_LETTERS = (
    (
        "The Unicode Standard, Middle East-I: Modern and Liturgical Scripts",
        "https://www.unicode.org/versions/latest/core-spec/chapter-9/",
        "chapter 9.2, Arabic",
    ),
)
_DIRECTION = (
    (
        "Unicode Standard Annex 9, Unicode Bidirectional Algorithm",
        "https://www.unicode.org/reports/tr9/",
        "",
    ),
)
_RULES = Rules(
    {
        "parted-letters": Convention(
            Severity.MAJOR,
            "linguistic-conventions/unintelligible",
            _LETTERS,
            "letters torn apart by software that cannot join them; nobody can read it",
            "“{match}” is a row of single letters: the words were torn apart, and perhaps turned round, on the way here.",
            "Set the text again from its source with software that joins and orders the letters.",
        ),
        "presentation-forms": Convention(
            Severity.MINOR,
            "linguistic-conventions/character-encoding",
            _LETTERS,
            "frozen letter shapes, which search, line breaking and screen readers cannot handle",
            "“{match}” is written in presentation forms, which is how layout software exports shapes; use plain letters.",
            "Put in the plain letters; fonts choose the shapes.",
        ),
        "invisible-characters": Convention(
            Severity.MINOR,
            "linguistic-conventions/character-encoding",
            _LETTERS,
            "a word cut in two: an invisible character keeps its letters from joining",
            "An invisible character inside “{match}” keeps its letters from joining.",
            "Take the invisible character out.",
        ),
        "direction-marks": Convention(
            Severity.MINOR,
            "linguistic-conventions/character-encoding",
            _DIRECTION,
            "text whose direction is forced and never released; digits and brackets turn round",
            "A direction override opens here and is never closed, which turns what follows round.",
            "Close the override or take it out.",
        ),
    }
)
describes("locale-letters")(_RULES.describe)

_RIGHT_TO_LEFT = frozenset({"ar", "fa", "ur", "he", "ps", "ckb"})


@judge("locale-letters")
def judge_letters(case: Case) -> Iterator[Finding]:
    """Yield letters that readers cannot read as they are."""
    for number, segment in enumerate(case.item.segments):
        if not segment.text.isascii() and segment.role is not Role.CATEGORY:
            yield from _letters(case, number, segment.text)


def _letters(case: Case, number: int, text: str) -> Iterator[Finding]:
    from culture_lint.language.joining import broken_letters

    at_home: Homes | None = None
    for one in broken_letters(text):
        if at_home is None:
            at_home = homes(case, number)
        markets = [market for market, home in at_home if home.language in _RIGHT_TO_LEFT]
        if not markets:
            return
        language = at_home[0][1].language
        fix = "safe" if one.exact else "unsafe"
        yield _RULES.finding(
            _BROKEN[one.how], number, one.start, one.end, markets, one.mended, language, fix
        )


_BROKEN = {
    "parted": "parted-letters",
    "frozen": "presentation-forms",
    "cut": "invisible-characters",
    "unbalanced": "direction-marks",
}
