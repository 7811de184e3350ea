"""A form that nothing can fire is told; the built-in ones are held to it in tests/rulesets."""

from __future__ import annotations

from pathlib import Path

from culture_lint.knowledge.load import load_library
from culture_lint.matching.coverage import unfound_forms
from culture_lint.matching.prepare import load_knowledge


def test_a_form_that_a_look_alike_hides_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "signifiers"
    folder.mkdir()
    (folder / "signs.yaml").write_text(
        "cow:\n"
        "  kind: animal\n"
        "  forms: {en: [cow, sea cow], de: [Kuh], '*': [HOLYCOW]}\n"
        "  emoji: ['🐄']\n"
        "  not: {en: [sea cow]}\n",
        "utf-8",
    )
    knowledge = load_knowledge([tmp_path], builtin=False, use_cache=False)
    library = load_library([tmp_path], validate=False)
    (found,) = unfound_forms(knowledge, library)
    assert (found.signifier, found.form, found.language, found.line) == ("cow", "sea cow", "en", 1)
    assert "never found" in str(found)
