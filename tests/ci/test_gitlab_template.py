"""The GitLab template: valid for GitLab, and its lines run in a shell as a runner runs them."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from junitparser import JUnitXml

import culture_lint
from tests.ci.shells import ROOT, installing, machine
from tests.command import CLEAN

pytestmark = pytest.mark.skipif(shutil.which("sh") is None, reason="needs a shell")

TEMPLATE = ROOT / "templates" / "culture-lint.gitlab-ci.yml"
COW = "sku,title,language\nA1,Holy cow mug,en\nA2,Oak table,en\n"


def included(**inputs: str) -> dict[str, Any]:
    """Return the template as a pipeline has it that includes it with these inputs."""
    head, _, body = TEMPLATE.read_text("utf-8").partition("\n---\n")
    spec = yaml.safe_load(head)["spec"]["inputs"]
    values = {name: str(one["default"]) for name, one in spec.items()}
    assert set(inputs) <= {name.replace("-", "_") for name in values}
    values |= {name.replace("_", "-"): value for name, value in inputs.items()}
    used = set(re.findall(r"\$\[\[ inputs\.([a-z-]+) \]\]", body))
    assert used == set(values)

    def value(found: re.Match[str]) -> str:
        # Inputs are put in after the YAML has been read.
        return values[found[1]]

    def filled(part: Any) -> Any:
        if isinstance(part, str):
            return re.sub(r"\$\[\[ inputs\.([a-z-]+) \]\]", value, part)
        if isinstance(part, list):
            return [filled(one) for one in part]
        if isinstance(part, dict):
            return {filled(key): filled(one) for key, one in part.items()}
        return part

    return dict(filled(yaml.safe_load(body)))


@pytest.fixture(scope="module")
def builds(compiled: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where runners build; what one job has installed, the next finds, and compiled rulesets."""
    return tmp_path_factory.mktemp("builds")


def run(project: Path, builds: Path, wheels: Path, **inputs: str) -> tuple[int, str]:
    """Run the job in a project and return its code and its log."""
    package = f"culture-lint=={culture_lint.__version__}"
    (job,) = included(package=package, **inputs).values()
    known = {"CI_PROJECT_DIR": str(project), "CI_BUILDS_DIR": str(builds)}
    cache = machine(builds).get("CULTURE_LINT_CACHE_DIR")
    variables = {
        name: re.sub(r"\$(CI_\w+)", lambda found: known[found[1]], value)
        for name, value in job["variables"].items()
    }
    if cache:  # rulesets compiled by other tests
        variables["CULTURE_LINT_CACHE_DIR"] = cache
    before = [] if (builds / "culture-lint").exists() else job["before_script"]
    done = subprocess.run(
        ["sh", "-e", "-c", "\n".join([*before, *job["script"]])],
        cwd=project,
        env={**machine(builds), **installing(wheels), **known, **variables},
        capture_output=True, text=True, encoding="utf-8", timeout=300, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "shop" / ".git").mkdir(parents=True)
    return tmp_path / "shop"


def test_job_keeps_the_schema_of_gitlab(tmp_path: Path) -> None:
    pipeline = tmp_path / ".gitlab-ci.yml"
    pipeline.write_text(yaml.safe_dump(included()))
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci", str(pipeline)],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


def test_clash_fails_the_job_and_both_reports_are_there(
    project: Path, builds: Path, wheels: Path
) -> None:
    (project / "l.csv").write_text(COW)
    code, log = run(project, builds, wheels, markets="IN")
    assert code == 1, log
    assert "IN/cow-figurative" in log
    issues = json.loads((project / "gl-code-quality-report.json").read_text("utf-8"))
    assert {one["location"]["path"] for one in issues} == {"l.csv"}
    assert JUnitXml.fromfile(str(project / "culture-lint-junit.xml")).failures == len(issues)
    (job,) = included().values()
    for name in (*job["artifacts"]["paths"], *job["artifacts"]["reports"].values()):
        assert (project / name).is_file()
    # The reports of one run are no input of the next.
    assert run(project, builds, wheels, markets="IN")[0] == 1


def test_clean_copy_passes_with_empty_reports(project: Path, builds: Path, wheels: Path) -> None:
    (project / "l.csv").write_text(CLEAN)
    code, log = run(project, builds, wheels, markets="IN")
    assert code == 0, log
    assert json.loads((project / "gl-code-quality-report.json").read_text("utf-8")) == []
    assert JUnitXml.fromfile(str(project / "culture-lint-junit.xml")).failures == 0


def test_inputs_reach_the_command(project: Path, builds: Path, wheels: Path) -> None:
    (project / "my shop").mkdir()
    (project / "my shop" / "l.csv").write_text(COW)
    (project / "other.csv").write_text("a,b\n1,2\n")
    code, log = run(
        project, builds, wheels, markets="IN", paths="my shop/l.csv\n", fail_on="never", min_cai="99.5"
    )  # fmt: skip
    assert code == 1, log
    assert "CAI at least 99.5" in log
    code, log = run(project, builds, wheels, markets="IN", paths="my shop", fail_on="never")
    assert code == 0, log


@pytest.mark.parametrize("attack", ["$(touch owned)", "x; touch owned", "*"])
def test_inputs_are_no_code(project: Path, builds: Path, wheels: Path, attack: str) -> None:
    (project / "l.csv").write_text(CLEAN)
    for name in ("paths", "markets", "fail_on", "min_cai"):
        code, log = run(project, builds, wheels, **{"markets": "IN", name: attack})
        assert code == 2, (name, log)
        assert not (project / "owned").exists()
