"""Readers are found by their endings, and only those that a run needs are imported."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from culture_lint.sources import registry
from culture_lint.sources.registry import endings, reader, reader_for, readers


def test_what_is_told_without_importing_is_what_registers():
    assert endings() == set(readers())
    assert all(reader_for(f"a{ending}") is read for ending, read in readers().items())


def test_the_longest_ending_counts_whatever_its_case():
    assert reader_for("SHOP/A.CSV") is readers()[".csv"]
    assert reader_for("a.json.culture-lint.yaml") is readers()[".culture-lint.yaml"]
    assert reader_for("a.csv.gz") is None
    assert reader_for("csv") is None


def test_two_modules_cannot_share_an_ending(monkeypatch):
    readers()
    with pytest.raises(ValueError, match=r"\.csv is claimed by .*delimited"):
        reader(".csv")(lambda source, options: iter(()))
    monkeypatch.setattr(registry, "_modules", {})
    monkeypatch.setattr(registry, "_claims", lambda name: [".csv"])
    with pytest.raises(ValueError, match=r"\.csv is claimed by"):
        endings()


def test_a_run_imports_only_the_readers_it_needs():
    code = (
        "import sys, json\n"
        "from culture_lint.sources.registry import endings, reader_for\n"
        "assert endings()\n"
        "reader_for('a.csv')\n"
        "print(json.dumps(sorted(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(json.loads(done.stdout))
    assert "culture_lint.sources.delimited" in loaded
    others = {"po", "fluent", "xliff", "webpage", "yaml_catalogue", "spreadsheet"}
    assert not {f"culture_lint.sources.{name}" for name in others} & loaded


def test_a_module_whose_text_does_not_tell_is_imported(monkeypatch):
    monkeypatch.setattr(registry.pkgutil, "get_data", lambda package, name: b"@reader(ENDING)\n")
    assert registry._claims("po") == [".po", ".pot"]
    assert registry._claims("notices") == []
