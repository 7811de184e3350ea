"""Suppressions: what a comment says, and which lines it is about."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from culture_lint.sources.directives import Comments, Suppression, directive, listed, parse
from culture_lint.sources.items import Role, Segment
from culture_lint.sources.places import CellPlaces, Record, Ref, Runs
from culture_lint.spans import Place


class Lines(Record):
    """Text that stands in the file as it is."""

    __slots__ = ()

    def _find(self, ref: Ref) -> Runs:
        return Runs([(len(self.raw), 0, len(self.raw))])


def segment(text: str, line: int) -> Segment:
    return Segment("body", Role.DESCRIPTION, text, CellPlaces(Lines(text, line), 0))


def on(line: int, column: int = 1) -> Place:
    return Place(line, column, line, column + 10)


@pytest.mark.parametrize(
    ("comment", "text"),
    [
        (" culture-lint: ignore[IN/cow]  --  why\n not ", "ignore[IN/cow] -- why not"),
        ("culture-lint:ignore[IN]", "ignore[IN]"),
        ("Culture_Lint ignore[IN]", "ignore[IN]"),
        ("culture-lint disable[IN]", "disable[IN]"),
        ("culture-lint:", ""),
        ("culture-lint is a linter", None),
        ("see culture-lint: ignore[IN]", None),
        ("translators: keep short", None),
    ],
)
def test_a_comment_is_a_directive_or_is_not(comment, text):
    assert directive(comment) == text


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("ignore[IN/cow-figurative]", Suppression("ignore", ("IN/cow-figurative",))),
        (
            "ignore[US/texas-ranch/x, category:religion] market=SA,AE until=2027-03-31 -- a -- b",
            Suppression(
                "ignore",
                ("US/texas-ranch/x", "category:religion"),
                ("SA", "AE"),
                date(2027, 3, 31),
                "a -- b",
            ),
        ),
        ("ignore [ IN , IN ] market = SA , AE", Suppression("ignore", ("IN",), ("SA", "AE"))),
        ("ignore[IN] — XML has no double hyphen", Suppression("ignore", ("IN",), reason="XML has no double hyphen")),
        ("enable", Suppression("enable", ())),
        ("ignore-file[IN] --", Suppression("ignore-file", ("IN",))),
    ],
)  # fmt: skip
def test_a_directive_is_understood(text, meaning):
    assert parse(text) == meaning


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is none of ignore"),
        ("ignroe[IN]", "did you mean ignore?"),
        ("ignore", r"ignore\[RULE, RULE\]"),
        ("ignore[]", "name the rules"),
        ("ignore[ -- why", "not closed"),
        ("ignore[IN/cow-figurative", "not closed"),
        ("ignore[IN/cow*]", "“IN/cow\\*” is no rule"),
        ("ignore[IN,]", "“” is no rule"),
        ("ignore[IN] because", "a reason is written behind “--”"),
        ("ignore[IN] markets=SA", "did you mean market?"),
        ("ignore[IN] market=", "names nothing"),
        ("ignore[IN] market=SA market=AE", "stands here twice"),
        ("ignore[IN] until=31.3.2027", "no day such as 2027-03-31"),
        ("ignore[IN] until=2027-02-30", "no day"),
    ],
)
def test_what_is_not_understood_says_why(text, message):
    with pytest.raises(ValueError, match=message):
        parse(text)


def test_a_cell_may_hold_several():
    cell = "ignore[IN/cow] -- leather; see note 3; ignore[SA] until=2027-01-01 ;\nignroe[AE];"
    assert listed(cell) == [
        "ignore[IN/cow] -- leather; see note 3",
        "ignore[SA] until=2027-01-01",
        "ignroe[AE]",
    ]
    assert listed("culture-lint: ignore[IN]") == ["ignore[IN]"]
    assert listed(" ; ") == []


def found(comments: Comments, *segments: Segment) -> list[tuple[str, tuple[int, int] | None]]:
    return [(one.text, one.lines) for one in comments.of(segments)]


def test_behind_text_it_is_about_its_line_and_alone_about_the_next_block():
    comments = Comments("a.md")
    assert comments.add("culture-lint: ignore[A]", on(2, 20), alone=False)
    assert comments.add("culture-lint: ignore[B]", on(3), alone=True)
    assert not comments.add("a remark", on(3), alone=True)
    first, second, within = segment("one\ntwo", 1), segment("x\ny\nz", 5), segment("alt", 7)
    assert found(comments, first) == [("ignore[A]", (2, 2))]
    assert found(comments, second, within, segment("later", 9)) == [("ignore[B]", (5, 7))]
    assert list(comments.rest()) == []


@pytest.mark.parametrize(
    "text", ["ignroe[A]", "ignore", "disable", "enable[", "ignore-file[A] because"]
)
def test_what_is_not_understood_is_told_even_where_nothing_stands_near(text):
    comments = Comments("a.md")
    assert comments.add(f"culture-lint: {text}", on(2), alone=True)
    assert found(comments, segment("x", 3)) == []
    (notice,) = comments.rest()
    assert (notice.line, notice.kind) == (2, "suppression/malformed")
    inline = Comments("a.md")
    inline.add(f"culture-lint: {text}", on(2), alone=False)
    (one,) = inline.of([segment("x", 2)])
    assert one.problem
    assert list(inline.rest()) == []


def test_blocks_that_the_reader_knows_win():
    comments = Comments("a.html")
    comments.add("culture-lint: ignore[A]", on(2), alone=True)
    comments.block(1, 2)
    comments.block(4, 20)
    assert found(comments, segment("x", 1)) == []
    assert found(comments, segment("x", 6)) == [("ignore[A]", (4, 20))]
    assert found(comments, segment("x", 19)) == [("ignore[A]", (4, 20))]


def test_a_range_runs_from_disable_to_enable_rule_by_rule():
    comments = Comments("a.md")
    comments.add("culture-lint: disable[A, B] market=SA -- r", on(2), alone=True)
    comments.add("culture-lint: enable[A]", on(6), alone=True)
    everything = [segment("x", line) for line in (1, 4, 8)]
    assert found(comments, everything[0]) == []
    assert found(comments, everything[1]) == [
        ("disable[A] market=SA -- r", (2, 6)),
        ("disable[B] market=SA -- r", (2, 1 << 60)),
    ]
    assert found(comments, everything[2]) == [("disable[B] market=SA -- r", (2, 1 << 60))]
    (notice,) = comments.rest()
    assert (notice.line, notice.kind) == (2, "suppression/unclosed")
    assert "disable[B]" in notice.message


def test_a_bare_enable_ends_all_and_one_too_many_is_told():
    comments = Comments("a.md")
    comments.add("culture-lint: disable[A,B]", on(1), alone=True)
    comments.add("culture-lint: enable", on(3), alone=True)
    comments.add("culture-lint: enable[A]", on(5), alone=True)
    (one, two, broken) = comments.of([segment("x\n" * 9, 1)])
    assert (one.lines, two.lines) == ((1, 3), (1, 3))
    assert broken.problem == "A was not disabled before"
    assert list(comments.rest()) == []


def test_a_file_is_ignored_only_from_its_top():
    top, late = Comments("a.md"), Comments("b.md")
    top.add("culture-lint: ignore-file[A]", on(1), alone=True)
    assert found(top, segment("x", 2)) == [("ignore-file[A]", None)]
    assert found(top, segment("x", 99)) == [("ignore-file[A]", None)]
    late.add("culture-lint: ignore-file[A]", on(3), alone=True)
    (one,) = late.of([segment("x", 2)])
    assert "above all content" in one.problem


def test_what_stands_in_the_head_of_a_catalogue_is_about_the_file():
    comments = Comments("a.po")
    comments.add("culture-lint: ignore[A]", on(1), alone=True, file=True)
    assert found(comments, segment("x", 20)) == [("ignore[A]", None)]


def test_a_comment_about_nothing_is_told():
    comments = Comments("a.md")
    comments.add("culture-lint: ignore[A]", on(9), alone=True)
    assert found(comments, segment("x", 2)) == []
    (notice,) = comments.rest()
    assert (notice.line, notice.column, notice.kind) == (9, 1, "suppression/unused")


@given(st.lists(st.sampled_from(["text", "inline", "alone", "disable", "enable", ""]), max_size=20))
def test_every_line_is_covered_as_a_reader_would_say(kinds):
    comments = Comments("a.md")
    covered: set[int] = set()
    waiting = False
    opened = False
    for line, kind in enumerate(kinds, 1):
        if kind == "disable":
            comments.add("culture-lint: disable[A]", on(line), alone=True)
            opened = True
        elif kind == "enable":
            comments.add("culture-lint: enable[A]", on(line), alone=True)
            opened = False
        elif kind == "alone":
            comments.add("culture-lint: ignore[A]", on(line), alone=True)
            waiting = True
        elif kind == "inline":
            comments.add("culture-lint: ignore[A]", on(line, 9), alone=False)
        if kind in ("text", "inline"):
            if waiting or opened or kind == "inline":
                covered.add(line)
            waiting = False
    found: set[int] = set()
    for line, kind in enumerate(kinds, 1):
        if kind in ("text", "inline"):
            for one in comments.of([segment("x", line)]):
                assert one.lines is not None
                if not one.problem and one.lines[0] <= line <= one.lines[1]:
                    found.add(line)
    assert found == covered
    told = [one.kind for one in comments.rest()]
    assert ("suppression/unclosed" in told) == opened
