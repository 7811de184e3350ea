"""The house is in order: everything has its test, its place in the wheel, and no needless import."""

from __future__ import annotations

import ast
import configparser
import zipfile
from pathlib import Path

import pytest

from culture_lint.knowledge.packs import builtin_root
from culture_lint.reports.registry import reporters
from tests.command import Command, command, site
from tests.release import source, wheels

__all__ = ["command", "site", "source", "wheels"]

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "culture_lint"
SETUP = configparser.ConfigParser()
SETUP.read(ROOT / "setup.cfg", "utf-8")

#: What ``--help`` and ``--version`` must not wait for.
HEAVY = {
    "yaml",
    "daachorse",
    "eld",
    "langdetect",
    "simplemma",
    "jinja2",
    "jsonschema",
    "spacy",
    "holidays",
    "dateutil",
    "hijridate",
    "pyluach",
    "borax",
    "numpy",
    "openpyxl",
    "babel",
    "pyarrow",
    "pandas",
    "pyspark",
}


def registering(room: str, decorator: str) -> list[str]:
    """Return the modules of a room that register something."""
    found = []
    for path in sorted((PACKAGE / room).glob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        calls = [
            call.func if isinstance(call, ast.Call) else call
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef)
            for call in node.decorator_list
        ]
        if any(isinstance(call, ast.Name) and call.id == decorator for call in calls):
            found.append(path.stem)
    return found


@pytest.mark.parametrize(
    ("room", "module"),
    [
        (room, module)
        for room, decorator in (
            ("sources", "reader"),
            ("judging", "judge"),
            ("reports", "reporter"),
        )
        for module in registering(room, decorator)
    ],
)
def test_what_registers_has_a_test(room: str, module: str) -> None:
    assert (ROOT / "tests" / room / f"test_{module}.py").is_file()


def test_rooms_register_what_the_design_names() -> None:
    assert {"delimited", "jsonl"} <= set(registering("sources", "reader"))
    assert {"jsonreport", "text"} <= set(registering("reports", "reporter"))
    assert "readings" in registering("judging", "judge")


def test_formats_of_the_command_are_those_that_register() -> None:
    from culture_lint.cli.check import FORMATS

    assert set(FORMATS) == set(reporters())


def test_two_reporters_cannot_share_a_name() -> None:
    from culture_lint.reports.registry import reporter

    reporters()
    with pytest.raises(ValueError, match=r"json is claimed by .*jsonreport"):
        reporter("json")(lambda out, info, options: None)  # type: ignore[arg-type,return-value]


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in PACKAGE.rglob("*.py")
        if path.read_text("utf-8").strip()
        and not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ]
    assert silent == []


def test_packages_of_setup_cfg_are_those_on_disk() -> None:
    declared = SETUP["options"]["packages"].split()
    on_disk = {
        ".".join(path.parent.relative_to(ROOT).parts) for path in PACKAGE.rglob("__init__.py")
    }
    assert declared == sorted(declared)
    assert set(declared) == on_disk | {"culture_lint.rulesets"}
    with_modules = {".".join(path.parent.relative_to(ROOT).parts) for path in PACKAGE.rglob("*.py")}
    assert with_modules == on_disk


def test_version_stands_in_one_place() -> None:
    import culture_lint

    assert SETUP["metadata"]["version"] == "attr: culture_lint.__version__"
    assert culture_lint.__version__.count(".") == 2


@pytest.fixture(scope="session")
def wheel(wheels: Path) -> list[str]:
    """The names of the files in a wheel built from a copy of the sources."""
    (made,) = wheels.glob("culture_lint-*.whl")
    return zipfile.ZipFile(made).namelist()


def test_wheel_holds_every_ruleset(wheel: list[str]) -> None:
    files = {
        f"culture_lint/rulesets/{path.relative_to(ROOT / 'rulesets').as_posix()}"
        for path in (ROOT / "rulesets").rglob("*.yaml")
        if not any(part.startswith(".") for part in path.relative_to(ROOT).parts)
    }
    assert files
    assert files <= set(wheel)
    assert "culture_lint/rulesets/__init__.py" in wheel


def test_wheel_holds_every_file_of_the_package(wheel: list[str]) -> None:
    files = {
        path.relative_to(ROOT).as_posix()
        for path in PACKAGE.rglob("*")
        if path.is_file()
        and path.suffix != ".pyc"
        and not any(part.startswith(".") for part in path.relative_to(ROOT).parts)
    }
    assert sorted(files - set(wheel)) == []
    assert "culture_lint/py.typed" in wheel
    assert [name for name in wheel if name.startswith("culture_lint/language/data/inflections/")]
    assert [name for name in wheel if name.startswith("culture_lint/knowledge/schemas/")]


def test_wheel_holds_nothing_else(wheel: list[str]) -> None:
    others = [
        name for name in wheel if not name.startswith("culture_lint/") and ".dist-info/" not in name
    ]
    assert others == []
    assert not [name for name in wheel if name.startswith(("tests/", "culture_lint/rulesets/."))]


def test_wheel_installs_the_command(wheel: list[str]) -> None:
    assert any(name.endswith(".dist-info/entry_points.txt") for name in wheel)
    assert any("LICENSE" in name for name in wheel)


@pytest.mark.parametrize("args", [["--help"], ["--version"], ["check", "--help"], ["rules", "-h"]])
def test_help_is_instant(command: Command, args: list[str]) -> None:
    out, loaded = command.importing(*args, code=0)
    assert out
    assert not {name.partition(".")[0] for name in loaded} & HEAVY
    assert not {one for one in loaded if one.startswith("culture_lint.")} & {
        "culture_lint.engine", "culture_lint.matching.match", "culture_lint.sources.registry",
    }  # fmt: skip


def test_checking_imports_no_detector_where_the_language_is_declared(command: Command) -> None:
    command.write("l.csv", "sku,title,language\nA,Oak table,en\n")
    command("check", "l.csv", "-m", "AA", code=0)  # compiles the rulesets, if need be
    _, loaded = command.importing("check", "l.csv", "-m", "AA", "-q", code=0)
    assert not {name.partition(".")[0] for name in loaded} & (HEAVY - {"daachorse", "yaml"})


def test_rulesets_are_found_beside_the_sources() -> None:
    assert builtin_root().samefile(ROOT / "rulesets") or "site-packages" in str(builtin_root())


def test_hooks_and_layers_name_every_room() -> None:
    rooms = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists()}
    layers = SETUP["importlinter:contract:rooms"]["layers"].replace("|", " ").split()
    assert rooms <= set(layers)
