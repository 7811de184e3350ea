"""Judge the register of Japanese and Korean: one style throughout, no orders to customers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from culture_lint.judging.findings import Case, Finding
from culture_lint.judging.locale.rules import BODY, SPOKEN, Convention, Rules
from culture_lint.judging.registry import describes, judge
from culture_lint.knowledge.scales import Severity

if TYPE_CHECKING:
    from culture_lint.language.register import Ending

_SOURCES = (
    (
        "ですます調(敬体)、である調/断定調(常体)を統一する",
        "https://bunsyoka.hatenablog.com/entry/2021/01/14/213232",
        "one style in one text; to customers, firms write です and ます",
    ),
    (
        "Korean Translation Style Guide: register",
        "https://chatscontrol.com/learn/style-guides/microsoft-ko",
        "after Microsoft's localization style guide: 세요 to consumers, 십시오 in contracts",
    ),
    (
        "Korean document style",
        "https://sungjin9288.github.io/design-ai/ko/knowledge/i18n/korean-document-style/",
        "no 반말 to customers; no change of level within a text",
    ),
)
_RULES = Rules(
    {
        "mixed-register": Convention(
            Severity.MINOR,
            "style/register",
            _SOURCES,
            "polite and plain sentences in one text; it reads as put together or translated by machine",
            "The copy is polite in some sentences and plain in others; “{match}” is the style it uses less.",
            "Choose one style, to customers the polite one, and end every sentence in it.",
            category="address",
            dimension="D6",
        ),
        "blunt-command": Convention(
            Severity.MINOR,
            "style/register",
            (
                *_SOURCES,
                (
                    "Grammar: Commands (University of California, Irvine)",
                    "https://www.humanities.uci.edu/eastasian/japanese/Courses/J2abc/J202-03/Grammar/1.command_.html",
                    "plain commands sound very blunt and harsh",
                ),
            ),
            "an order, as one gives it to inferiors or close friends",
            "“{match}” orders the customer about; say it as a request or an invitation.",
            "Use a request: 〜ください, お〜ください, 하세요, 해 보세요.",
            category="address",
            dimension="D6",
        ),
    }
)
describes("locale-register")(_RULES.describe)


@judge("locale-register")
def judge_register(case: Case) -> Iterator[Finding]:
    """Yield the first sentence of the rarer style, and the first command."""
    from culture_lint.language import register

    for language in ("ja", "ko"):
        if case.tongue.item.language != language:
            continue
        markets = [market.id for market in case.plan.markets if language in market.languages]
        if not markets:
            continue
        spoken = [
            (n, one)
            for n, one in enumerate(case.item.segments)
            if one.role in SPOKEN and not one.text.isascii()
        ]
        if not any(register.may_speak(language, one.text) for _, one in spoken):
            continue
        read = {n: register.endings(language, one.text) for n, one in spoken}
        yield from _mixed(read, [n for n, one in spoken if one.role in BODY], markets)
        blunt = next(((n, e) for n in read for e in read[n] if e.kind == "blunt"), None)
        if blunt is not None:
            number, ending = blunt
            yield _RULES.finding("blunt-command", number, ending.start, ending.end, markets)


def _mixed(read: dict[int, list[Ending]], body: list[int], markets: list[str]) -> Iterator[Finding]:
    from culture_lint.language import register

    groups: Iterable[list[int]] = [*([n] for n in body), body]
    for group in groups:
        rarer = register.mixed([one for n in group for one in read[n]])
        if rarer is not None:
            number = next(n for n in group if any(one is rarer for one in read[n]))
            yield _RULES.finding("mixed-register", number, rarer.start, rarer.end, markets)
            return
