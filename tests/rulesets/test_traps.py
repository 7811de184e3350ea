"""Ordinary copy stays quiet and real clashes are found: labelled cases, and known false alarms.

``tests/data/cases*.jsonl`` hold copy written for this project: clashes with a harmless rewrite
each, and traps that look like clashes and are none. The classes below once raised false alarms.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from culture_lint.engine import Engine
from culture_lint.knowledge.runtime import Knowledge
from culture_lint.results import FindingReport, ItemReport
from culture_lint.rulecheck import Evaluation, evaluate, read_cases, shares, text_item
from culture_lint.settings import Settings
from culture_lint.sources.items import Role

CASES = sorted((Path(__file__).parents[1] / "data").glob("cases*.jsonl"))
MARKETS = ("AE", "BR", "CN", "DE", "IN", "JP", "MX", "SA", "US")

#: At least this share of clashes is found, at most that share of harmless texts is flagged.
RECALL, ALARMS = 0.9, 0.03

#: Market, language, harmless copy, and what it was once taken for.
QUIET = (
    # A drink is a colour, a shade, a smell, a stain, a name.
    ("SA", "en", "Kitten heels in champagne, sizes 36 to 41.", "alcohol"),
    ("SA", "en", "Four shades, from frosted pink champagne to matte plum.", "alcohol"),
    ("SA", "en", "Velvet lipstick in Merlot, 4 g.", "alcohol"),
    ("AE", "en", "Body mist with a limoncello accord and cedar base note.", "alcohol"),
    ("AE", "en", "Spritz twice onto pulse points.", "alcohol"),
    ("SA", "en", "Lifts coffee, red wine and curry stains from carpets.", "alcohol"),
    ("SA", "en", "Sherry Lewis teaches knitting in ten lessons.", "alcohol"),
    ("SA", "en", "Overnight sheet mask with ice wine extract.", "alcohol"),
    ("SA", "en", "Arabica beans, Gayo wine process, medium roast.", "alcohol"),
    ("SA", "ru", "Тинт для губ в оттенке красного вина.", "alcohol"),
    ("SA", "zh", "香槟色真丝睡衣 女", "alcohol"),
    ("SA", "ja", "ワインレッドのベルベットワンピース", "alcohol"),
    ("SA", "ar", "ستارة بلون نبيذي مع بطانة.", "alcohol"),
    # Sebum, esters, counters and gels.
    ("SA", "ru", "Тоник удаляет излишки кожного сала.", "cured-meat"),
    ("SA", "zh", "肉豆蔻酸异丙酯 500毫升 化妆品原料", "nutmeg"),
    ("SA", "en", "Heart notes: cypress, nutmeg and clary sage. Eau de toilette.", "nutmeg"),
    ("AE", "ko", "장바구니에 담긴 상품 2개", "dog"),
    ("AE", "ja", "犬や猫が食べやすいフードボール", "dog"),
    ("AE", "en", "Folding travel bowl, so that dogs and cats can eat on a hike.", "dog"),
    ("SA", "ar", "غطاء مقعد جيلاتيني للدراجة.", "gelatin"),
    # A breed in a picture, a thick jumper, a pellet.
    ("IN", "en", "Garden flag with a bold black Angus cow.", "beef"),
    ("IN", "en", "Beefy cable-knit cardigan with wooden buttons.", "steak"),
    ("IN", "en", "Owl pellets for dissection, school pack of 10.", "owl"),
    ("CN", "en", "Sea turtle poster, a gift for snorkellers.", "turtle"),
    # Names, syllables, colours of a brand.
    ("SA", "en", "Om Sai Steel water bottle, 1 litre.", "faiths"),
    ("SA", "ar", "حقيبة سفر بوزن 2 كجم فقط.", "zen"),
    ("AE", "en", "Bikini set in navy, two pieces, laid flat.", "bare-skin"),
    ("JP", "ja", "お札と小銭が分けて入る二つ折り財布", "shrine"),
    ("JP", "en", "Hiroshima lemon cake, box of five.", "nuclear"),
    ("BR", "pt", "Rapariga com brinco de pérola, pôster A3.", "rapariga"),
    ("US", "en", "Master/slave trigger for studio flash, 2.4 GHz.", "master-slave"),
    ("CN", "zh", "绿色帽子型花盆 三件", "green-hat"),
    ("CN", "zh", "工地安全帽 绿色帽子 防砸", "green-hat"),
    ("US", "en", "Members only: early access, everybody may join.", "turned-away"),
    ("IN", "en", "Fishing reel for a high cast.", "caste"),
    ("MX", "es", "Novela sobre narcos, pasta blanda.", "narco"),
)

#: The same words where they do clash: market, language, copy, and the rule that must say so.
LOUD = (
    ("SA", "en", "Celebrate the weekend with a bottle of champagne.", "alcohol"),
    ("SA", "en", "Dry sherry, 750 ml.", "alcohol"),
    ("SA", "en", "Fragrant red wine with notes of cherry, 75 cl.", "alcohol-promoted"),
    ("AE", "en", "Vodka spritz cocktail kit with two glasses.", "alcohol"),
    ("SA", "ru", "Копчёное сало с чесноком, 200 г.", "cured-meat"),
    ("SA", "en", "Whole nutmeg, 50 g jar.", "nutmeg"),
    ("SA", "ar", "حلوى مصنوعة من الجيلاتين.", "gelatin"),
    ("SA", "en", "Prayer mat with a cute puppy border.", "dog"),
    ("IN", "en", "Black Angus, dry aged, two portions for the grill.", "cattle-breed"),
    ("IN", "hi", "मसालेदार बीफ़ कबाब, जमा हुआ।", "beef-as-food"),
    ("IN", "en", "Wise owl desk lamp for students.", "owl-as-wisdom"),
    ("CN", "zh", "乌龟摆件，送领导的礼物", "turtle"),
    ("SA", "en", "Silver Om pendant on a chain.", "signs-of-other-faiths"),
    ("SA", "en", "Kids' hoodie in rainbow stripes.", "rainbow"),
    ("SA", "en", "Buddha statue for the living room, 30 cm.", "signs-of-other-faiths"),
    ("AE", "ar", "شبشب بعلم الإمارات", "uae-flag"),
    ("SA", "ar", "مخدة مطرزة بآية الكرسي", "quran-on-everyday-goods"),
    ("AE", "ar", "ممسحة أرجل مكتوب عليها ما شاء الله", "pious-phrase"),
    ("AE", "en", "Happy shopping with us 🐷", "pig-emoji"),
    ("JP", "ja", "原爆級の辛さ、激辛ラーメン", "nuclear"),
    ("JP", "ja", "外国人お断りの会員制セール", "turned-away"),
    ("US", "en", "KVM switch with master/slave mode.", "master-slave"),
    ("CN", "zh", "男士绿帽子 渔夫帽", "green-hat"),
    ("DE", "de", "Aushilfe gesucht, keine Ausländer.", "turned-away"),
    ("IN", "en", "Wedding cards for upper-caste families.", "caste"),
    ("MX", "es", "Globos y gorras para tu narco fiesta.", "narco"),
    ("BR", "pt", "Fantasia de índio com cocar para carnaval.", "indigenous-costume"),
)


@pytest.fixture(scope="module")
def engine(builtin: Knowledge) -> Engine:
    return Engine(builtin, Settings(markets=MARKETS, ignore=("global/content-language",)))


def all_cases() -> list[dict[str, Any]]:
    return [case for path in CASES for case in read_cases(path)]


@pytest.fixture(scope="module")
def measured(builtin: Knowledge) -> Evaluation:
    return evaluate(builtin, all_cases(), "eld")


def findings(engine: Engine, market: str, language: str, text: str) -> list[FindingReport]:
    item = text_item(text, role=Role.TITLE, language=language)
    report = next(iter(engine.check([item])))
    assert isinstance(report, ItemReport)
    return [
        one
        for one in report.findings
        if any(name.split("/")[0] == market for name in one.markets) and one.severity.rank > 0
    ]


def test_cases_are_well_formed() -> None:
    cases = all_cases()
    incidents = [case for case in cases if case.get("signifier")]
    assert len({case["id"] for case in cases}) == len(cases) >= 300
    assert {case["market"].split("/")[0] for case in cases} >= set(MARKETS)
    assert all(case["text"].count(case["signifier"]) == 1 for case in incidents)
    assert all(case["control_text"] and case["control_text"] != case["text"] for case in incidents)
    assert len(cases) >= len(incidents)  # controls and traps outnumber incidents


def test_clashes_are_found(measured: Evaluation) -> None:
    recall, _ = shares(measured.total)
    assert recall is not None
    assert recall >= RECALL, measured.misses


def test_harmless_copy_stays_quiet(measured: Evaluation) -> None:
    _, alarms = shares(measured.total)
    assert alarms is not None
    assert alarms <= ALARMS, measured.false_alarms


def test_no_market_is_neglected(measured: Evaluation) -> None:
    # A market with a handful of cases would be judged by one of them.
    many = {name: one for name, one in measured.by_market.items() if one.incidents >= 10}
    low = {market: shares(tally) for market, tally in many.items()}
    assert {name.split("/")[0] for name in many} >= set(MARKETS)
    assert not {name: both for name, both in low.items() if both[0] is None or both[0] < 0.8}


@pytest.mark.parametrize(("market", "language", "text", "rule"), QUIET)
def test_known_false_alarm_stays_quiet(
    engine: Engine, market: str, language: str, text: str, rule: str
) -> None:
    found = findings(engine, market, language, text)
    assert [one.rule for one in found] == []


@pytest.mark.parametrize(("market", "language", "text", "rule"), LOUD)
def test_same_word_is_found_where_it_clashes(
    engine: Engine, market: str, language: str, text: str, rule: str
) -> None:
    found = [one.rule for one in findings(engine, market, language, text)]
    assert any(rule in one for one in found), found


def test_one_clash_is_said_once(engine: Engine) -> None:
    """No two readings of sign and market say the same of one span in the labelled cases."""
    twice: Counter[tuple[str, str]] = Counter()
    for case in all_cases():
        found = findings(
            engine, str(case["market"]), str(case.get("language") or "en"), str(case["text"])
        )
        seen: dict[tuple[int, int, str], str] = {}
        for one in found:
            place = (one.place.column, one.place.end_column, one.category)
            if place in seen and seen[place] != one.rule:
                twice[(seen[place], one.rule)] += 1
            seen[place] = one.rule
    assert not twice, twice
