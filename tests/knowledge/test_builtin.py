"""The built-in rulesets can be read; what they say is tested by their own examples."""

from __future__ import annotations

from culture_lint.knowledge.check import validate
from culture_lint.knowledge.packs import builtin_root
from culture_lint.knowledge.read import read_packs


def test_the_built_in_rulesets_can_be_read() -> None:
    root = builtin_root()
    for problem in validate([root]):
        print(problem)
    merged = read_packs([root], validate=True)
    assert {"global"} <= merged.scopes.keys()
    assert merged.signifiers.values
