"""The register of Japanese and Korean: what must be flagged, and what must pass."""

from __future__ import annotations

import pytest

from culture_lint.sources.items import Role
from tests.judging.locale.case import flagged, judged


@pytest.mark.parametrize(
    ("market", "language", "text", "span"),
    [
        ("JP", "ja", "軽くて丈夫です。毎日使えます。素材は綿である。", "である。"),
        ("JP", "ja", "この鞄は軽い素材だ。丈夫で長持ちします。お手入れも簡単です。", "だ。"),
        ("JP", "ja", "素材は綿である。洗濯機で洗うことができる。ぜひお試しください。", "ください"),
        ("KR", "ko", "가볍고 튼튼합니다. 매일 쓸 수 있어요. 색상은 세 가지가 있다.", "있다"),
        ("KR", "ko", "이 가방은 방수 원단을 사용했다. 무게는 가볍습니다. 세탁도 쉽습니다.", "했다"),
    ],
)
def test_two_styles_in_one_text_are_flagged(
    market: str, language: str, text: str, span: str
) -> None:
    (found,) = judged(market, text, language)
    assert (found.rule, found.text) == ("global/mixed-register", span)
    assert (found.reading.severity.value, found.reading.dimension) == ("minor", "D6")


@pytest.mark.parametrize(
    ("market", "language", "text"),
    [
        ("JP", "ja", "軽くて丈夫です。毎日使えます。お手入れも簡単です。"),
        ("JP", "ja", "素材は綿である。洗濯機で洗うことができる。色は三色だ。"),
        ("JP", "ja", "【特徴】軽量。丈夫。毎日使いたくなる鞄。素材は綿100%です。"),
        ("JP", "ja", "毎日使える\n軽くて丈夫だ\n素材は綿です。"),
        ("JP", "ja", "「これは便利だ。」というお声をいただきました。素材は綿です。"),
        ("JP", "ja", "軽い素材（綿である。）を使っています。丈夫です。"),
        ("JP", "ja", "まだまだ使えます。残りわずかですので、まだ。"),
        ("JP", "ja", "とにかく軽い。毎日使いたくなります。"),
        ("KR", "ko", "가볍고 튼튼합니다. 매일 쓸 수 있어요."),
        ("KR", "ko", "이 가방은 방수 원단을 사용했다. 무게는 가볍다. 세탁이 쉽다."),
        ("KR", "ko", "소재: 면 100%. 색상: 블랙. 매일 쓸 수 있습니다."),
        ("KR", "ko", "“정말 가볍고 좋다.”라는 후기가 많습니다. 세탁도 쉽습니다."),
    ],
)
def test_one_style_headings_and_quotations_pass(market: str, language: str, text: str) -> None:
    assert flagged(market, text, language) == []


def test_the_title_may_be_terse_and_the_bullets_may_not_differ() -> None:
    rows = [
        (Role.TITLE, "これが本物の鞄だ。"),
        (Role.DESCRIPTION, "軽くて丈夫です。毎日使えます。"),
    ]
    assert judged("JP", rows, "ja") == []
    rows = [
        (Role.BULLET, "素材は綿である。"),
        (Role.BULLET, "軽くて丈夫です。"),
        (Role.BULLET, "洗えます。"),
    ]
    assert [one.text for one in judged("JP", rows, "ja")] == ["である。"]


@pytest.mark.parametrize(
    ("market", "language", "text", "span"),
    [
        ("JP", "ja", "今すぐ買え！", "買え"),
        ("JP", "ja", "この鞄を毎日使え。", "使え"),
        ("JP", "ja", "今すぐ注文しろ！", "注文しろ"),
        ("JP", "ja", "使用前に説明書を読め。", "読め"),
        ("KR", "ko", "지금 바로 구매해라!", "해라"),
        ("KR", "ko", "한번 써봐! 정말 가볍습니다.", "써봐"),
        ("KR", "ko", "이번 기회를 놓치지 마!", "놓치지 마"),
        ("KR", "ko", "지금 주문해!", "주문해"),
    ],
)
def test_an_order_to_the_customer_is_flagged(
    market: str, language: str, text: str, span: str
) -> None:
    (found,) = judged(market, text, language)
    assert (found.rule, found.text) == ("global/blunt-command", span)
    assert found.reading.severity.value == "minor"


@pytest.mark.parametrize(
    ("market", "language", "text"),
    [
        ("JP", "ja", "今すぐお買い求めください！どこでも使えます。"),
        ("JP", "ja", "どこでも使え、持ち運びも便利です。"),
        ("JP", "ja", "安く買える！毎日使える！"),
        ("JP", "ja", "書籍『金を使え！』が届きました。"),
        ("JP", "ja", "「今すぐ買え！」と書かれたTシャツです。"),
        ("JP", "ja", "使えば使うほど味が出ます。"),
        ("KR", "ko", "지금 구매하세요! 한번 써보세요."),
        ("KR", "ko", "지금 주문해 주세요. 꼭 확인해 주십시오."),
        ("KR", "ko", "“지금 사라!”라는 문구가 적힌 티셔츠입니다."),
        ("KR", "ko", "이해해요. 동해. 화해! 친환경 회사."),
        ("KR", "ko", "필요할 때 주문해요. 매일 사용해요."),
    ],
)
def test_requests_and_other_forms_pass(market: str, language: str, text: str) -> None:
    assert flagged(market, text, language) == []
