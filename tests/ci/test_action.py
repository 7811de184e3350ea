"""The GitHub Action: its steps run in a shell as the runner runs them, with nothing of GitHub's."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

import culture_lint
from tests.ci.shells import ROOT, installing, machine
from tests.command import CLEAN

pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")

ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
STEPS = ACTION["runs"]["steps"]
COW = "sku,title,language\nA1,Holy cow mug,en\nA2,Oak table,en\n"
_EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")


@dataclass
class Ran:
    """What a step left behind."""

    code: int
    out: str
    err: str
    outputs: dict[str, str] = field(default_factory=dict)


@dataclass
class Runner:
    """A runner with a workspace; it knows only the expressions that the action uses."""

    folder: Path
    source: Path
    environment: dict[str, str]
    steps: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def workspace(self) -> Path:
        return self.folder / "work"

    def run(self, name: str, **inputs: str) -> Ran:
        """Run the step with this id."""
        step = next(one for one in STEPS if one.get("id") == name)
        values = {key: str(one.get("default", "")) for key, one in ACTION["inputs"].items()}
        assert set(inputs) <= {key.replace("-", "_") for key in values}
        values |= {key.replace("_", "-"): value for key, value in inputs.items()}
        output = self.folder / f"output-{name}"
        output.write_text("")
        assert step["shell"] == "bash"
        script = self.folder / f"{name}.sh"
        script.write_text(step["run"])
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
            cwd=self.workspace / self.evaluated(step.get("working-directory", "."), values),
            env={
                **self.environment,
                "RUNNER_TEMP": str(self.folder / "temp"),
                "GITHUB_WORKSPACE": str(self.workspace),
                "GITHUB_OUTPUT": str(output),
                "GITHUB_STEP_SUMMARY": str(self.folder / "summary.md"),
                **{key: self.evaluated(one, values) for key, one in step["env"].items()},
            },
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=300,
            check=False,
        )
        found = dict(line.split("=", 1) for line in output.read_text("utf-8").splitlines())
        self.steps[name] = found
        return Ran(done.returncode, done.stdout, done.stderr, found)

    def evaluated(self, text: str, inputs: dict[str, str]) -> str:
        def value(found: re.Match[str]) -> str:
            kind, _, rest = found[1].partition(".")
            if kind == "inputs":
                return inputs[rest]
            if found[1] == "github.action_path":
                return str(self.source)
            step, _, key = rest.partition(".outputs.")
            assert kind == "steps", found[1]
            return self.steps[step].get(key, "")

        return _EXPRESSION.sub(value, text)

    def write(self, name: str, text: str) -> None:
        path = self.workspace / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def runner_in(folder: Path, source: Path, wheels: Path) -> Runner:
    for name in ("work", "temp"):
        (folder / name).mkdir()
    return Runner(folder, source, {**machine(folder), **installing(wheels)})


@pytest.fixture(scope="module")
def installed(
    source: Path, wheels: Path, compiled: None, tmp_path_factory: pytest.TempPathFactory
) -> Runner:
    """A runner on which the first step has been run, with the built-in rulesets in its cache."""
    found = runner_in(tmp_path_factory.mktemp("runner"), source, wheels)
    ran = found.run("install", version=culture_lint.__version__)
    assert ran.code == 0, ran.err
    return found


@pytest.fixture
def runner(installed: Runner, tmp_path: Path) -> Runner:
    """A fresh workspace on it."""
    (tmp_path / "work" / ".git").mkdir(parents=True)
    return Runner(tmp_path, installed.source, installed.environment, dict(installed.steps))


def test_action_keeps_the_schema_of_actions() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-actions", str(ROOT / "action.yml")],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


def test_nothing_is_written_into_a_script() -> None:
    scripts = [one["run"] for one in STEPS if "run" in one]
    assert len(scripts) == 2
    assert not [one for one in scripts if "${{" in one]


def test_every_input_is_used_and_every_expression_known() -> None:
    used = {
        name
        for expression in _EXPRESSION.findall(json.dumps(STEPS))
        for name in re.findall(r"inputs\.([a-z-]+)", expression)
    }
    assert used == set(ACTION["inputs"])
    for one in ACTION["outputs"].values():
        step, key = re.findall(r"steps\.(\w+)\.outputs\.([\w-]+)", one["value"])[0]
        script = next(two["run"] for two in STEPS if two.get("id") == step)
        assert f"{key}=" in script


def test_what_the_steps_hand_on(installed: Runner) -> None:
    found = installed.steps["install"]
    assert (Path(found["bin"]) / "culture-lint").exists()
    assert re.fullmatch(r"\d+\.\d+\.\d+-[0-9a-f]{40}-3\.\d+", found["key"])
    assert found["cache"]


def test_without_a_version_it_installs_itself(source: Path, wheels: Path, tmp_path: Path) -> None:
    runner = runner_in(tmp_path, source, wheels)
    del runner.environment["PIP_NO_INDEX"]  # the build backend comes from an index
    ran = runner.run("install")
    assert ran.code == 0, ran.err
    done = subprocess.run(
        [Path(ran.outputs["bin"]) / "culture-lint", "--version"],
        env=runner.environment, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert culture_lint.__version__ in done.stdout


def test_clash_fails_the_job_with_annotations_and_a_summary(runner: Runner) -> None:
    runner.write("l.csv", COW)
    ran = runner.run("check", markets="IN")
    assert (ran.code, ran.outputs) == (1, {"exit-code": "1"})
    assert re.search(r"^::\w+ file=l\.csv,line=2,col=4,.*title=IN/cow-figurative::", ran.out, re.M)
    summary = (runner.folder / "summary.md").read_text("utf-8")
    assert "gate failed" in summary
    assert "IN" in summary


def test_clean_copy_passes(runner: Runner) -> None:
    runner.write("l.csv", CLEAN)
    ran = runner.run("check", markets="IN")
    assert (ran.code, ran.outputs["exit-code"]) == (0, "0")
    assert "Gate passed" in ran.out


def test_several_reports_and_where_the_sarif_is(runner: Runner) -> None:
    runner.write("shop/l.csv", COW)
    (runner.workspace / "shop" / "out").mkdir()
    ran = runner.run(
        "check",
        markets="IN",
        working_directory="shop",
        format="github\nsarif:out/culture-lint.sarif\r\njson:r.json\n",
        fail_on="never",
    )
    assert (ran.code, ran.outputs) == (
        0,
        {"exit-code": "0", "sarif": "shop/out/culture-lint.sarif"},
    )
    log = json.loads((runner.workspace / ran.outputs["sarif"]).read_text("utf-8"))
    place = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place["uri"] == "shop/l.csv"
    report = json.loads((runner.workspace / "shop" / "r.json").read_text("utf-8"))
    assert report["gate"]["fail_on"] == "never"
    assert re.search(r"^::warning file=shop/l\.csv,", ran.out, re.M)


def test_thresholds_configuration_and_further_options(runner: Runner) -> None:
    runner.write("l.csv", COW)
    runner.write("strict.yaml", "markets: [IN]\n")
    ran = runner.run(
        "check",
        config="strict.yaml",
        fail_on="never",
        min_cai="99.5",
        args="--ignore=global\n--language=en\n",
        format="json",
    )
    gate = json.loads(ran.out)["gate"]
    assert ran.code == 1
    assert (gate["min_cai"], gate["failed"][0]["gate"], gate["failed"][0]["market"]) == (
        99.5,
        "cai",
        "IN",
    )


def test_paths_with_blanks_are_one_a_line(runner: Runner) -> None:
    runner.write("my listings/a b.csv", COW)
    runner.write("-odd.csv", CLEAN)
    ran = runner.run("check", paths="my listings\r\n\n-odd.csv\n", markets="IN", format="json")
    paths = {one["path"] for one in json.loads(ran.out)["items"]}
    assert paths == {"my listings/a b.csv", "-odd.csv"}


def test_what_cannot_be_checked_is_code_2(runner: Runner) -> None:
    ran = runner.run("check", paths="missing.csv", markets="IN")
    assert (ran.code, ran.outputs["exit-code"]) == (2, "2")
    assert "missing.csv" in ran.err


@pytest.mark.parametrize(
    "attack",
    ["$(touch owned)", "'; touch owned; \"; `touch owned`", "*", "--output=owned"],
)
def test_inputs_are_no_code(runner: Runner, attack: str) -> None:
    runner.write("l.csv", CLEAN)
    for name in ("paths", "markets", "config", "format", "fail_on", "min_cai"):
        ran = runner.run("check", **{"markets": "IN", name: attack})
        assert ran.code == 2, (name, ran.out, ran.err)
        assert ran.outputs["exit-code"] == "2"
        left: set[Any] = {one.name for one in runner.workspace.iterdir()}
        assert left <= {".git", "l.csv", ".culture_lint_cache"}, name
