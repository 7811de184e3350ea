"""What the rulesets' own wordings make of documented copy: each word gets one that is for it."""

from __future__ import annotations

import csv
import io

import pytest

from culture_lint.fixing.files import fix_file
from culture_lint.knowledge.runtime import Knowledge
from culture_lint.session import Session
from culture_lint.settings import Settings
from culture_lint.sources.items import Source
from culture_lint.targets import Job


def fixed(knowledge: Knowledge, text: str, market: str, language: str) -> str:
    """Return a description with every fix that may be applied, unsafe ones too."""
    settings = Settings(markets=(market,), markets_from="flag", language=language)
    session = Session()
    session.take(settings, knowledge)
    table = io.StringIO()
    csv.writer(table).writerows([("sku", "description"), ("A1", text)])
    source = Source("l.csv", table.getvalue().encode())
    found = fix_file(session, Job(source, settings), unsafe=True)
    if found is None:
        return text
    return list(csv.reader(io.StringIO(found.new.decode())))[1][1]


@pytest.mark.parametrize(
    ("market", "language", "text", "expected"),
    [
        ("CN", "zh", "霸道,你不得不尊敬。", "霸道,值得您的信赖。"),
        ("CN", "zh", "宁德夜宵首选,最佳去处。", "宁德夜宵优选,理想去处。"),
        (
            "IN",
            "en",
            "Ready meal for Jain travellers: dal makhani with onion and garlic, 300 g.",
            "Ready meal for Jain travellers: dal makhani with hing and cumin, 300 g.",
        ),
        (
            "GB",
            "en",
            'Decorative globe with "Islas Malvinas", capital Puerto Argentino.',
            'Decorative globe with "Falkland Islands", capital Stanley.',
        ),
        ("DE", "de", "Poster „Arbeit macht frei“, A2.", "Poster „Gemeinsam geht mehr“, A2."),
        ("TW", "zh", "百事可樂,讓您的祖先從墳墓裡復活!", "百事可樂,回味無窮!"),
    ],
)
def test_each_word_is_replaced_by_what_is_for_it(
    builtin: Knowledge, market: str, language: str, text: str, expected: str
) -> None:
    assert fixed(builtin, text, market, language) == expected


@pytest.mark.parametrize(
    ("market", "language", "text"),
    [
        # A clause of its own may not be put into the middle of another.
        ("CN", "zh", "教中国女孩用刀叉吃披萨。"),
        # The bracket behind would still give the islands to another state.
        ("VN", "vi", 'Quả địa cầu ghi chú "quần đảo Tây Sa, Nam Sa (Trung Quốc)".'),
        # A line about laundry is no answer in copy about skin.
        ("PH", "en", "Don't get mad, get whiter. Your fair advantage."),
    ],
)
def test_a_wording_for_other_words_of_the_rule_is_not_applied(
    builtin: Knowledge, market: str, language: str, text: str
) -> None:
    assert fixed(builtin, text, market, language) == text
    # Found it is: what keeps the text is the wording, not the rule.
    settings = Settings(markets=(market,), markets_from="flag", language=language)
    session = Session()
    session.take(settings, builtin)
    row = f'sku,description\nA1,"{text.replace(chr(34), chr(34) * 2)}"\n'.encode()
    reports = list(session.check(Job(Source("l.csv", row), settings)))
    assert any(getattr(one, "findings", ()) for one in reports)
