"""``culture-lint rules pages`` as users run it."""

from __future__ import annotations

from tests.command import Command


def test_the_command_writes_pages_and_removes_stale_ones(command: Command) -> None:
    stale = command.write(
        "docs/rules/gone.md", "<!-- Written by `culture-lint rules pages`; x -->\n"
    )
    kept = command.write("docs/rules/mine.md", "# Mine\n")
    command("rules", "pages", "docs", code=0)
    assert (command.folder / "docs" / "rules" / "aa.md").is_file()
    assert (command.folder / "docs" / "markets" / "aa.md").is_file()
    assert not stale.exists()
    assert kept.exists()


def test_a_report_that_cites_law_says_that_it_is_no_advice(command: Command) -> None:
    law = command.folder / "law" / "markets" / "cc.yaml"
    law.parent.mkdir(parents=True)
    law.write_text(
        "market: CC\nname: Third\nlanguages: [en]\nreviewed: '2026-11-21'\nreadings:\n"
        "  pork-law:\n    signifier: pork\n    signified: s\n    polarity: regulated\n"
        "    severity: major\n    category: claim\n    message: m\n    evidence:\n"
        "      kind: statute\n      sources: [{title: Act, cite: s. 1}]\n"
        "    reviewed: '2026-11-21'\n    examples: {flag: [Pork pie.], pass: [Pie.]}\n",
        "utf-8",
    )
    command.write("l.csv", "sku,title,language\nA,Pork pie,en\n")
    said = "Rules of law are pointers to the law, not legal advice."
    assert said in command("check", "l.csv", "-m", "CC", "--rulesets", "law", code=1).out
    assert said in command("rule", "CC/pork-law", "--rulesets", "law", code=0).out
