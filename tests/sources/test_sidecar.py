"""Suppressions beside a file: pointers to items and fields, and files that are none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from culture_lint.errors import SourceError
from culture_lint.sources.items import Item, Notice, ReadOptions, Role, Segment, Source
from culture_lint.sources.registry import reader_for
from culture_lint.sources.sidecar import reach, with_sidecar

from .test_directives import segment


def made(name: str, *fields: str) -> Item:
    text = segment("x", 1)
    found = tuple(Segment(one, Role.DESCRIPTION, "x", text.places) for one in fields or ("text",))
    return Item("de.json", name, 1, found)


@pytest.mark.parametrize(
    ("pointer", "item", "found"),
    [
        ("", made("home.title"), [0]),
        ("/home", made("home.title"), [0]),
        ("/home/title", made("home.title"), [0]),
        ("/home/titles", made("home.title"), None),
        ("/hom", made("home.title"), None),
        ("/de/home/title", made("home.title"), [0]),
        ("/home/title", made("title"), None),
        ("/greeting/message", made("greeting"), [0]),
        ("/greeting/other", made("greeting"), None),
        ("/A1/title", made("A1", "sku", "title", "description"), [1]),
        ("/A1", made("A1", "sku", "title"), [0, 1]),
        ("/A1/g:title", made("A1", "sku", "title"), [1]),
        ("/A1/seo", made("A1", "title", "seo.title", "seo.text"), [1, 2]),
        ("/list/0", made("list.0"), [0]),
    ],
)
def test_a_pointer_leads_to_items_and_fields(pointer, item, found):
    assert reach(item, pointer.split("/")[1:]) == found


def beside(folder: Path, entries: str, content: object) -> list[Item | Notice]:
    path = folder / "de.json"
    path.write_text(json.dumps(content))
    (folder / "de.json.culture-lint.yaml").write_text(entries)
    source = Source(str(path))
    read = reader_for(source.path)
    assert read is not None
    return list(with_sidecar(source, read(source, ReadOptions())))


CATALOGUE = {"home": {"title": "Our finest cow mugs", "a/b": "See our mugs"}, "foot": "Thank you"}


def test_entries_become_directives_of_their_items(tmp_path):
    entries = """\
- pointer: /home/title
  ignore: [IN/cow, NP]
  market: [IN, NP]
  until: 2027-03-31
  reason: >
    the brand is
    called so
- {pointer: "/home/a~1b", ignore: SA}
- {pointer: /nowhere, ignore: SA}
"""
    *items, notice = beside(tmp_path, entries, CATALOGUE)
    found = {one.item: one.directives for one in items if isinstance(one, Item)}
    (first,) = found["home.title"]
    assert (
        first.text == "ignore[IN/cow, NP] market=IN,NP until=2027-03-31 -- the brand is called so"
    )
    assert first.path.endswith("de.json.culture-lint.yaml")
    assert (first.place.line, first.place.column, first.segments) == (1, 3, None)
    assert [one.text for one in found["home.a/b"]] == ["ignore[SA]"]
    assert found["foot"] == ()
    assert isinstance(notice, Notice)
    assert (notice.line, notice.kind) == (9, "suppression/unused")
    assert "/nowhere leads to no text" in notice.message


def test_products_of_a_list_are_counted(tmp_path):
    products = [{"sku": f"S{n}", "title": f"Mug {n}", "price": "3"} for n in range(4)]
    entries = "- {pointer: /2/title, ignore: A}\n- {pointer: /S3, ignore: B}\n- {pointer: /3/x, ignore: C}\n"
    *items, notice = (one for one in beside(tmp_path, entries, products) if _is_told(one))
    found = {one.item: one.directives for one in items if isinstance(one, Item)}
    assert [[one.text for one in found[f"S{n}"]] for n in range(4)] == [
        [],
        [],
        ["ignore[A]"],
        ["ignore[B]"],
    ]
    assert found["S2"][0].segments == (0,)
    assert isinstance(notice, Notice)
    assert "/3/x leads to no text" in notice.message


def _is_told(one: Item | Notice) -> bool:
    return isinstance(one, Item) or one.kind == "suppression/unused"


def test_a_file_without_one_is_read_as_ever(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"title": "Cup"}\n')
    source = Source(str(path))
    read = reader_for(source.path)
    assert read is not None
    found = [one for one in with_sidecar(source, read(source, ReadOptions()))]  # noqa: C416
    assert [one.directives for one in found if isinstance(one, Item)] == [()]


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        ("pointer: /a", r":1:1: must be a list"),
        ("- /a", r":1:3: an entry must have"),
        ("- {pointer: /a}", r":1:3: `ignore` must name the rules"),
        ("- {pointer: a, ignore: IN}", r":1:3: `pointer` must be"),
        ("- {ignore: IN}", r":1:3: `pointer` must be"),
        ("- {pointer: /a, ignores: IN}", r":1:17: unknown key “ignores”"),
        ("- {pointer: /a, pointer: /b, ignore: IN}", r":1:17: the key “pointer” stands here twice"),
        ("- {pointer: /a, ignore: {a: b}}", r":1:25: ignore must be a text"),
        ("- {pointer: /a, ignore: IN", r"not valid YAML"),
        ("- " * 100_000, r"nested too deeply|not valid"),
        ("- x\n" * 300_000, r"too long"),
    ],
)
def test_what_is_no_list_of_suppressions_is_told(tmp_path, entries, message):
    with pytest.raises(SourceError, match=rf"de.json.culture-lint.yaml\S* .*{message}|{message}"):
        beside(tmp_path, entries, CATALOGUE)


def test_named_itself_it_is_checked_and_holds_no_copy(tmp_path):
    path = tmp_path / "de.json.culture-lint.yaml"
    read = reader_for(str(path))
    assert read is not None
    path.write_text("- {pointer: /a, ignore: IN}")
    assert list(read(Source(str(path)), ReadOptions())) == []
    path.write_text("- {pointer: /a}")
    with pytest.raises(SourceError):
        list(read(Source(str(path)), ReadOptions()))
    config = tmp_path / ".culture-lint.yaml"
    config.write_text("markets: [IN]")
    assert list(read(Source(str(config)), ReadOptions())) == []
