"""Copy, ids and paths that try to break out of a report."""

from __future__ import annotations

from culture_lint.results import ItemReport
from tests.reports.samples import finding, item

#: What each of a report's consumers would act on, were it not made inert.
ATTACKS = (
    "<script>alert(1)</script>",
    ']]><x y="1"/>&amp;\'',
    "=cmd()|'/c calc'!A1",
    "\x1b[31mred\x1b[0m\x1b]0;title\x07",
    "first\nsecond\r\n::error file=a::owned",
    "##[set-env name=PATH]evil ##vso[task.complete]",
    "%0A::warning::%25",
    "[click](https://evil.example) ![x](https://evil.example/x.png) `code` | cell | **b**",
    "{0} {markets} \\u0022",
    "\u202egnp.exe\u2066\u2067 \u200f",
    "\x00\x01\x0b\ufffe\uffff\ud83d",
    "\u2028\u2029\x85",
)
ATTACK = " ".join(ATTACKS)
PATH = "li,st:%\n::error::/\u202e<b>&\"'.csv"

#: Of these, none may be anywhere in a line that is shown.
FORBIDDEN = "\x00\x01\x07\x0b\x1b\x85\u2028\u2029\u202a\u202b\u202d\u202e\u2066\u2067\ufffe\uffff"


def attacks() -> list[ItemReport]:
    """Return an item for each attack, in every place where input is shown, and one with all."""
    return [
        item(
            {"AA": 50.0},
            finding(
                field=text,
                message=f"“{text}” clashes here.",
                text=text,
                passage=text,
                passage_span=(0, len(text)),
                rewrite=f"Write {text}.",
                key="k",
            ),
            item=text,
            title=text,
            path=PATH if number else "l.csv",
        )
        for number, text in enumerate((ATTACK, *ATTACKS))
    ]
