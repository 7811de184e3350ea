"""The page on pipelines: what one copies from it is valid and true."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from culture_lint.cli.output import FORMATS
from tests.ci.shells import ROOT
from tests.command import Command, command, site

__all__ = ["command", "site"]

PAGE = (ROOT / "docs" / "ci.md").read_text("utf-8")
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
TEMPLATE = next(
    yaml.safe_load_all((ROOT / "templates" / "culture-lint.gitlab-ci.yml").read_text("utf-8"))
)
BLOCKS: list[str] = re.findall(r"```yaml\n(.*?)```", PAGE, re.S)
WORKFLOWS = [one for one in BLOCKS if one.startswith("# .github/")]
LISTING = """\
sku,title,description,language
MUG-1,Holy cow mug,A mug with a print.,en
TEA-2,Green tea,"A set of four tins, a gift for a friend.",en
SET-3,Wall clock,An oak wall clock.,en
"""


def uses(block: str) -> list[dict[str, Any]]:
    jobs = yaml.safe_load(block)["jobs"].values()
    return [
        step
        for job in jobs
        for step in job["steps"]
        if step.get("uses", "").startswith("culture-lint/")
    ]


@pytest.mark.parametrize("block", WORKFLOWS)
def test_workflows_are_valid_and_use_the_action_as_it_is(block: str, tmp_path: Path) -> None:
    path = tmp_path / "workflow.yml"
    path.write_text(block, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", str(path)],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    (step,) = uses(block)
    assert set(step["with"]) <= set(ACTION["inputs"])
    for line in step["with"].get("format", "").split():
        assert line.partition(":")[0] in FORMATS
    outputs = re.findall(r"steps\.lint\.outputs\.([a-z-]+)", block)
    assert set(outputs) <= set(ACTION["outputs"])


def test_every_input_is_told_with_its_default() -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \| .* \| (.*?) ?\|$", PAGE[PAGE.index("| input |") :], re.M)
    assert [name for name, _ in rows] == list(ACTION["inputs"])
    for name, said in rows:
        default = ACTION["inputs"][name]["default"]
        assert said == f"`{default}`" if default else not said.startswith("`")


def test_gitlab_include_names_inputs_of_the_template() -> None:
    (block,) = [one for one in BLOCKS if one.startswith("# .gitlab")]
    (include,) = yaml.safe_load(block)["include"]
    assert include["remote"].endswith("/templates/culture-lint.gitlab-ci.yml")
    assert set(include["inputs"]) <= set(TEMPLATE["spec"]["inputs"])
    told = PAGE[PAGE.index("Its inputs are") :].partition(".")[0]
    assert set(re.findall(r"`([a-z-]+)`", told)) == set(TEMPLATE["spec"]["inputs"])


def test_formats_of_the_table_are_those_of_the_command() -> None:
    table = PAGE[PAGE.index("| `--format`") : PAGE.index("- **A clean run")]
    named = {name for row in table.strip().splitlines()[2:] for name in re.findall(r"`([a-z]+)`", row.split("|")[1])}  # fmt: skip
    assert named <= set(FORMATS)
    assert {"github", "sarif", "gitlab", "junit", "checkstyle"} <= named


@pytest.mark.parametrize("script", re.findall(r"```sh\n(culture-lint .*?)```", PAGE, re.S))
def test_commands_shown_run(command: Command, script: str) -> None:
    command.write("listings/l.csv")
    words = ["AA" if word == "IN,JP" else word for word in shlex.split(script.replace("\\\n", " "))]
    ran = command(*words[1:], code=1)
    for file in re.findall(r"(?:-o|--output) \w+:([\w.-]+\w)", script):
        assert (command.folder / file).is_file()
    assert ran.out


def test_output_shown_is_that_of_the_built_in_rulesets(compiled: None, tmp_path: Path) -> None:
    shown = re.search(r"```console\n\$ (.*?)\n(.*?)```", PAGE, re.S)
    assert shown
    (tmp_path / ".git").mkdir()
    (tmp_path / "listings.csv").write_text(LISTING, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "culture_lint", *shown[1].split()[1:]],
        cwd=tmp_path, capture_output=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stdout.decode("utf-8") == shown[2]


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", PAGE):
        assert (ROOT / "docs" / target).exists(), target
