"""Fixtures: the built-in rulesets, and a small pack whose every reading the tests know."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from culture_lint.engine import Engine
from culture_lint.knowledge.runtime import Knowledge
from culture_lint.matching.prepare import load_knowledge
from culture_lint.results import ItemReport
from culture_lint.rulecheck import text_item
from culture_lint.settings import Settings
from culture_lint.sources.items import Role

DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="session", autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep compiled rulesets of the test run away from the user's own cache."""
    patch = pytest.MonkeyPatch()
    patch.setenv("CULTURE_LINT_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
    patch.delenv("FORCE_COLOR", raising=False)
    yield
    patch.undo()


@pytest.fixture(scope="session")
def builtin(_cache: None) -> Knowledge:
    """The built-in rulesets."""
    return load_knowledge()


@pytest.fixture(scope="session")
def pack(_cache: None) -> Knowledge:
    """The small pack of tests/data/pack."""
    return load_knowledge([DATA / "pack"], builtin=False)


Check = Callable[..., ItemReport]


@pytest.fixture(scope="session")
def check(pack: Knowledge) -> Check:
    """Check one text with the small pack: ``check(text, markets="AA", role=..., language=...)``."""
    return checker(pack)


def checker(knowledge: Knowledge) -> Check:
    """Return a function that checks one text with some rulesets."""
    engines: dict[tuple[object, ...], Engine] = {}

    def run(
        text: str,
        markets: str = "AA",
        role: Role = Role.DESCRIPTION,
        language: str | None = None,
        attribute: str | None = None,
        intent: tuple[str, ...] = (),
    ) -> ItemReport:
        key = (markets, intent)
        if key not in engines:
            settings = Settings(markets=tuple(markets.split(",")), intent=intent)
            engines[key] = Engine(knowledge, settings)
        item = text_item(
            text, path="t", item="1", role=role, language=language, attribute=attribute
        )
        (report,) = engines[key].check([item])
        assert isinstance(report, ItemReport)
        return report

    return run


def rules(report: ItemReport) -> list[tuple[str, str]]:
    """Return (slug, text) of the findings."""
    return [(one.rule.split("/")[-1], one.text) for one in report.findings]
