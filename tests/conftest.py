"""Fixtures: the built-in rulesets, and a small pack whose every reading the tests know."""

from __future__ import annotations

import gc
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest

from culture_lint.engine import Engine
from culture_lint.knowledge.runtime import Knowledge
from culture_lint.matching.prepare import load_knowledge
from culture_lint.results import ItemReport
from culture_lint.rulecheck import text_item
from culture_lint.settings import Settings
from culture_lint.sources.items import Role
from tests.together import once, shared_folder

# How long an example takes says how busy the machine is.
hypothesis.settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("any machine")

ROOT = Path(__file__).parent.parent
DATA = ROOT / "tests" / "data"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Give several workers the tests of the built-in rulesets last, the longest of them first.

    So one worker has most of them, and no other waits while it compiles the rulesets.
    """
    if hasattr(config, "workerinput"):
        items.sort(key=_turn)  # in each turn, as they come


def _turn(item: pytest.Item) -> int:
    if "compiled" not in getattr(item, "fixturenames", ()):
        return 0
    return 1 if item.path.name == "test_builtin.py" else 2


@pytest.fixture(scope="session", autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep compiled rulesets of the test run away from the user's own cache."""
    patch = pytest.MonkeyPatch()
    patch.setenv("CULTURE_LINT_CACHE_DIR", str(shared_folder(tmp_path_factory) / "cache"))
    patch.delenv("FORCE_COLOR", raising=False)
    yield
    patch.undo()


@pytest.fixture(scope="session")
def compiled(_cache: None, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The built-in rulesets lie in the cache, compiled once for all workers and their processes.

    A process of its own does it, whose memory is free again afterwards.
    """

    def make(folder: Path) -> None:
        load = "from culture_lint.matching.prepare import load_knowledge; load_knowledge()"
        # Mistakes in the rulesets are raised by whatever loads them next.
        subprocess.run(
            [sys.executable, "-c", load], cwd=ROOT, stderr=subprocess.DEVNULL, check=False
        )

    once(shared_folder(tmp_path_factory) / "compiled", make)


@pytest.fixture(scope="session")
def builtin(compiled: None) -> Knowledge:
    """The built-in rulesets."""
    found = load_knowledge()
    # It stays to the end: the collector need not go through it again and again.
    gc.collect()
    gc.freeze()
    return found


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
