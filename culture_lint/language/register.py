"""Tell polite from plain endings in Japanese and Korean, and commands given without courtesy."""

from __future__ import annotations

import re

from culture_lint.frozen import frozen


@frozen
class Ending:
    """How one sentence ends, at ``text[start:end]``: ``polite``, ``plain`` or ``blunt``."""

    start: int
    end: int
    kind: str


#: What somebody else says, and what stands in brackets, is not the shop's voice.
_ASIDE = re.compile(
    r"「[^」]{0,200}」|『[^』]{0,200}』|“[^”]{0,200}”|\"[^\"\n]{0,200}\"|（[^）]{0,200}）|\([^)]{0,200}\)|‘[^’]{0,200}’|【[^】]{0,200}】"
)

_JA_POLITE = re.compile(
    r"(?:です|ます|ました|ません|でした|でしょう|ましょう|ください|下さい|ませ)(?:ね|よ|よね|か)?(?=[。！!？?♪★☆\n]|\Z)"
)
# Sentences that end in a full stop only: headings, noun endings and lists end in none.
_JA_PLAIN = re.compile(
    r"(?:である|であった|であろう|(?<![たまん])だ|だった|だろう|ではない|(?:して|れて|って|んで|いて)いる"
    r"|することができる|できる|となる|になる|している|される|がある|もある)。"
)
_JA_VERBS = (
    "買え|使え|試せ|飲め|食え|食べろ|着ろ|見ろ|読め|選べ|押せ|払え|送れ|手に入れろ|受け取れ|着けろ"
    "|(?:注文|購入|使用|確認|クリック|登録|予約|体験|返品|連絡|着用|洗濯)(?:しろ|せよ)"
)
_JA_BLUNT = re.compile(rf"(?:{_JA_VERBS})(?:よ)?(?=[。！!])")

_KO_STOP = r"(?=\s*(?:[.!?~♥♡❤☆★^]|\n|\Z))"
_KO_POLITE = re.compile(
    rf"(?:니다|니까|세요|셔요|십시오|시오|해요|어요|아요|예요|에요|여요|네요|군요|죠|지요|까요|데요|나요|래요|게요){_KO_STOP}"
)
_KO_PLAIN = re.compile(
    r"(?:한다|된다|이다|있다|없다|했다|였다|었다|았다|않다|난다|준다|온다|간다|진다|낸다|싶다|같다|좋다)(?=\s*[.!])"
)
_KO_VERBS = (
    "해라|해봐라|써라|써봐라|입어라|먹어라|사라|골라라|느껴라|즐겨라|가져라|잊지 ?마라|놓치지 ?마라"
    "|해봐|써봐|써 봐|사봐|입어봐|입어 봐|먹어봐|먹어 봐|느껴봐|느껴 봐|골라봐|골라 봐|놓치지 ?마|잊지 ?마"
    "|주문해|구매해|구입해|확인해|클릭해|선택해|사용해|기억해"
)
_KO_BLUNT = re.compile(rf"(?<![가-힣])(?:{_KO_VERBS})(?=\s*[.!~])|(?<=[가-힣]) (?:사라)(?=\s*[!])")
_KO_GLUED = re.compile(r"(?<=[가-힣])(?:해봐라|해라|해봐)(?=\s*[.!~])")
_MAY = {
    "ja": re.compile(r"[。！!]"),
    "ko": re.compile(r"[다라해봐마]\s*[.!~]"),
}
LANGUAGES = frozenset(_MAY)


def may_speak(language: str, text: str) -> bool:
    """Tell at next to no cost whether a text may hold a sentence of the rarer kinds."""
    return _MAY[language].search(text) is not None


def endings(language: str, text: str) -> list[Ending]:
    """Return the endings of a text in order; quotations and asides are left out."""
    if language == "ja":
        kinds = (("polite", _JA_POLITE), ("plain", _JA_PLAIN), ("blunt", _JA_BLUNT))
    else:
        kinds = (("polite", _KO_POLITE), ("plain", _KO_PLAIN), ("blunt", _KO_BLUNT))
    aside = [hit.span() for hit in _ASIDE.finditer(text)]
    found = [
        Ending(hit.start(), hit.end(), kind)
        for kind, pattern in kinds
        for hit in pattern.finditer(text)
    ]
    if language == "ko":
        found.extend(Ending(hit.start(), hit.end(), "blunt") for hit in _KO_GLUED.finditer(text))
    kept = [one for one in found if not any(a <= one.start < b for a, b in aside)]
    return sorted(kept, key=lambda one: (one.start, one.end))


def mixed(found: list[Ending]) -> Ending | None:
    """Return the first sentence of the rarer style where two polite and plain ones stand together."""
    polite = [one for one in found if one.kind == "polite"]
    plain = [one for one in found if one.kind == "plain"]
    if not polite or not plain or len(polite) + len(plain) < 2:
        return None
    return polite[0] if len(polite) < len(plain) else plain[0]
