"""Pages say what the rulesets say, link up, and cannot be broken by what the rulesets hold."""

from __future__ import annotations

import re
from pathlib import Path

from culture_lint.knowledge.load import load_library
from culture_lint.knowledge.runtime import Knowledge
from culture_lint.matching.prepare import load_knowledge
from culture_lint.pages import pages

PACK = Path(__file__).parent / "data" / "pack"


def test_a_rule_has_its_meaning_authority_and_examples(pack: Knowledge) -> None:
    page = pages(pack, load_library([PACK], validate=False))["rules/aa.md"]
    rule = page.split("## AA/cow-joke")[1].split("\n## ")[0]
    assert "**blocker** · religion · taboo · D1" in rule
    assert "Read badly" in rule or "read badly in the test market" in rule
    assert "when used as: figurative" in rule
    assert "*en* “golden goose” (keeps wealthy)" in rule
    assert "[Test](<https://example.org/>), seen 2026-11-21" in rule
    assert "Flagged: “Holy cow!”" in rule
    assert "Fine: “A cow.”" in rule


def test_law_is_no_legal_advice(pack: Knowledge) -> None:
    page = pages(pack, load_library([PACK], validate=False))["rules/bazaar.md"]
    assert "`--platform bazaar`" in page
    assert "not legal advice" in page.split("## bazaar/cow-banned")[1].split("\n## ")[0]


def test_every_link_leads_to_a_page_and_a_heading(pack: Knowledge) -> None:
    written = pages(pack, load_library([PACK], validate=False))
    for name, text in written.items():
        for target, anchor in re.findall(r"\]\((?!<)([^)#]*)#?([^)]*)\)", text):
            path = (Path("/") / name).parent.joinpath(target)
            found = str(Path(*path.parts[1:])) if ".." not in path.parts else None
            if found is None:
                parts: list[str] = []
                for part in path.parts[1:]:
                    if part == "..":
                        parts.pop()
                    else:
                        parts.append(part)
                found = "/".join(parts)
            assert found in written, (name, target)
            headings = re.findall(r"^## (.*)$", written[found], re.MULTILINE)
            anchors = {re.sub(r"[^\w -]", "", one).lower().replace(" ", "-") for one in headings}
            assert not anchor or anchor in anchors, (name, target, anchor)


def test_markup_in_a_ruleset_stays_text(tmp_path: Path) -> None:
    (tmp_path / "signifiers").mkdir()
    (tmp_path / "markets").mkdir()
    (tmp_path / "signifiers" / "s.yaml").write_text(
        "bad:\n  kind: word\n  forms: {en: ['<script>alert(1)</script> *x*']}\n", "utf-8"
    )
    (tmp_path / "markets" / "m.yaml").write_text(
        (PACK / "markets" / "aa.yaml")
        .read_text("utf-8")
        .split("readings:")[0]
        .replace("[global]", "[]")
        + "readings:\n  bad:\n    signifier: bad\n    signified: 'a | b <img src=x>'\n"
        "    polarity: taboo\n    severity: minor\n    category: idiom\n    message: m\n"
        "    evidence: {kind: practice, sources: [{title: '[x](javascript:y)', cite: c}]}\n"
        "    reviewed: '2026-11-21'\n    examples: {flag: [x], pass: [y]}\n",
        "utf-8",
    )
    knowledge = load_knowledge([tmp_path], builtin=False, use_cache=False)
    written = pages(knowledge, load_library([tmp_path], validate=False))
    for text in written.values():
        assert not re.search(r"(?<!\\)<(script|img)", text)
        assert not re.search(r"(?<!\\)\]\(javascript", text)
    assert r"a \| b" in written["markets/aa.md"]
