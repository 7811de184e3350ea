"""Fixtures: rulesets in which every kind of alternative occurs, and a way to fix one file."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from culture_lint.fixing.files import FixedFile, fix_file
from culture_lint.knowledge.runtime import Knowledge
from culture_lint.matching.prepare import load_knowledge
from culture_lint.session import Session
from culture_lint.settings import Settings
from culture_lint.sources.items import Source
from culture_lint.targets import Job
from tests.conftest import DATA

Fix = Callable[..., FixedFile | None]


@pytest.fixture(scope="session")
def fixes(_cache: None) -> Knowledge:
    """The small pack and the markets CC and DD of tests/data/fixes."""
    return load_knowledge([DATA / "pack", DATA / "fixes"], builtin=False)


@pytest.fixture(scope="session")
def fix(fixes: Knowledge) -> Fix:
    """Fix the bytes of a file: ``fix(name, data, markets="CC", unsafe=False, ...)``."""

    def run(
        name: str,
        data: bytes | str,
        markets: str = "CC",
        *,
        unsafe: bool = False,
        language: str | None = "en",
        **settings: object,
    ) -> FixedFile | None:
        chosen = Settings(
            markets=tuple(markets.split(",")),
            markets_from="flag",
            language=language,
            **settings,  # type: ignore[arg-type]
        )
        session = Session()
        session.take(chosen, fixes)
        source = Source(name, data.encode() if isinstance(data, str) else data)
        return fix_file(session, Job(source, chosen), unsafe=unsafe)

    return run


def fixed_text(found: FixedFile | None) -> str:
    """Return the new text of a file in UTF-8."""
    assert found is not None
    return found.new.decode()


def listing(*cells: str) -> str:
    """Return a small listing with these titles."""
    rows = "".join(f"A{number},{cell},en\n" for number, cell in enumerate(cells, 1))
    return f"sku,title,language\n{rows}"
