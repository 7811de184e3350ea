"""Reading YAML with positions, as the author wrote it, from files that may be hostile."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from culture_lint.knowledge import yaml_nodes
from culture_lint.knowledge.yaml_nodes import Document, key_path, read_document


def read(text: str | bytes) -> Document:
    raw = text if isinstance(text, bytes) else text.encode()
    return read_document(raw, "f.yaml", "pack/f.yaml")


def messages(text: str | bytes) -> list[str]:
    return [str(problem) for problem in read(text).problems]


@pytest.mark.parametrize(
    "written", ["NO", "04", "on", "4:44", "null", "~", "1.0", "2026-11-21", "0x10", "yes", ".inf"]
)
def test_scalars_stay_text(written: str) -> None:
    assert read(f"form: {written}").data == {"form": written}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("verified: true", True),
        ("verified: false", False),
        ("verified: yes", "yes"),
        ('verified: "true"', "true"),
        ("confidence: 0.7", 0.7),
        ("confidence: 1", 1.0),
        ("confidence: .5e9", ".5e9"),
        ('confidence: "1"', "1"),
        ("number: 4", "4"),
        ("name:", None),
        ('name: ""', ""),
    ],
)
def test_only_typed_keys_are_not_text(text: str, value: object) -> None:
    assert list(read(text).data.values()) == [value]


def test_positions_of_keys_and_values() -> None:
    document = read("a:\n  b: [x, {c: word}]\n")
    assert document.mark(["a", "b"], of="key") == (2, 3, 1)
    assert document.mark(["a", "b", 0]) == (2, 7, 1)
    assert document.mark(["a", "b", 1, "c"]) == (2, 14, 4)
    assert document.line(["a", "b", 1, "c"]) == 2


def test_the_position_of_a_missing_key_is_that_of_its_parent() -> None:
    assert read("a:\n  b: x\n").mark(["a", "nothing", "here"]) == (2, 3, 1)


def test_columns_count_code_points() -> None:
    assert read("a: [गाय, 🐄, x]").mark(["a", 2])[1] == 13


def test_a_problem_shows_the_line_and_underlines_the_value() -> None:
    problem = read("a:\n  severity: majr\n").problem(["a", "severity"], "no such word")
    assert str(problem) == (
        "f.yaml:2:13: a.severity: no such word\n"
        "     2 |   severity: majr\n"
        "       |             ^~~~"
    )


def test_a_very_long_line_is_clipped() -> None:
    document = read(f"a: [x, {'y' * 5000}]")
    assert len(document.problem(["a", 0], "m").excerpt) < 250
    assert document.problem(["a", 1], "m").width <= yaml_nodes.MAX_EXCERPT


def test_key_paths_show_members_of_lists() -> None:
    assert key_path(["readings", "cow", "sources", 0, "read"]) == "readings.cow.sources[0].read"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: &x [1]", "f.yaml:1:4: a: anchors are refused; write the value out where it is due"),
        ("a: *x", "f.yaml:1:4: a: aliases are refused; write the value out"),
        (
            "a: !!python/object/apply:os.system [ls]",
            "f.yaml:1:4: a: tags are refused; write plain text, in quotes if need be",
        ),
        ("a: !!str x", "f.yaml:1:4: a: tags are refused; write plain text, in quotes if need be"),
        (
            "a:\n  b: 1\n  b: 2\n",
            'f.yaml:3:3: a.b: "b" stands here twice; the first is on line 2',
        ),
        (
            "a:\n\tb: 1\n",
            "f.yaml:2:1: this character cannot start a value; indent with spaces, not tabs, and "
            "put quotes around a text that starts with @, % or `",
        ),
        (
            "a: b: c",
            'f.yaml:1:5: a ": " stands inside unquoted text, or the indentation is wrong; put '
            "the text in quotes",
        ),
        ('a: "x', "f.yaml:1:6: the file ends inside a quoted text"),
        ("- a", "f.yaml:1:1: a ruleset file is a mapping of keys to entries"),
        ("word", "f.yaml:1:1: a ruleset file is a mapping of keys to entries"),
        ("[a]: b", "f.yaml:1:1: a key is a word, not a list or a mapping"),
        ("{a: b}: c", "f.yaml:1:1: a key is a word, not a list or a mapping"),
        ("a: b\n---\nc: d", "f.yaml:2:1: a second document starts here; one file holds one"),
        (
            b"a: b\nc: caf\xe9",
            "f.yaml:2: is not UTF-8 text; save it as UTF-8",
        ),
        ("a: b".encode("utf-16"), "f.yaml:1: is not UTF-8 text; save it as UTF-8"),
        (
            b"a: b\nc: \x07\n",
            "f.yaml:2:4: holds the control character U+0007, which YAML does not allow",
        ),
        (b"#" * (5 * 1024**2), "f.yaml: is larger than 4 MiB; split it"),
        (b"a: " + b"[" * 100_000, "f.yaml:1:35: is nested more than 32 deep"),
        (b"{a: " * 100_000, "f.yaml:1:129: is nested more than 32 deep"),
        (
            b"a: [" + b"x," * 500_000 + b"]",
            "f.yaml:1:799999: a: has more than 400,000 values; split the file",
        ),
    ],
)
def test_hostile_or_broken_files_give_one_clear_problem(text: str | bytes, message: str) -> None:
    found = messages(text)
    assert [line.partition("\n")[0] for line in found] == [message]


def test_an_alias_bomb_is_refused_before_it_grows() -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"b{i}: &b{i} [*a, *a]\n" for i in range(100))
    assert len(messages(bomb)) == 1


def test_what_a_terminal_would_act_on_is_not_shown_as_it_is() -> None:
    (problem,) = read('"\\e[31mred": 1\n"\\e[31mred": 2\n').problems
    assert "\x1b" not in str(problem)
    assert '"\\x1b[31mred" stands here twice' in problem.message


@pytest.mark.parametrize(
    "text", ["\ufeffa: b\n", "a: b\r\n", "a: b\r", "\n\na: b\n", "---\na: b\n"]
)
def test_marks_and_line_ends_of_other_systems_are_read(text: str) -> None:
    assert read(text).data == {"a": "b"}


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "---\n", "\ufeff"])
def test_an_empty_file_has_no_entries(text: str) -> None:
    document = read(text)
    assert (document.data, document.problems) == ({}, [])


def test_the_slow_reader_says_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "a:\n  b: [x, {c: NO}]\n  verified: true\n  d: ''\n"
    fast = read(text)
    monkeypatch.setattr(yaml_nodes, "_LOADER", yaml.SafeLoader)
    slow = read(text)
    assert slow.data == fast.data
    assert slow.mark(["a", "b", 1, "c"]) == fast.mark(["a", "b", 1, "c"])


@given(st.binary(max_size=200))
def test_any_bytes_can_be_read(raw: bytes) -> None:
    document = read(raw)
    assert document.problems or isinstance(document.data, dict)


YAMLISH = st.text(alphabet="ab:-[]{},\n \t'\"&*!|>#%@`?~0\u00e9\u0007🐄", max_size=60)


@given(YAMLISH)
def test_any_text_can_be_read(text: str) -> None:
    document = read(text)
    for problem in document.problems:
        assert str(problem)
