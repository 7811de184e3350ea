"""Briefs on paper: text, Markdown and HTML that hold what the rulesets say, and nothing they could do."""

from __future__ import annotations

import dataclasses
import json
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from culture_lint.advice.brief import Brief, Group, Part, Point, Source, make_brief
from culture_lint.knowledge.runtime import Knowledge
from culture_lint.reports import brief as writers
from culture_lint.results import Suggestion

EVIL = "<script>alert(1)</script> \"'>&amp; [x](javascript:1) `a` *b* | \x1b[31m\u202edcba\n# head"


class Page(HTMLParser):
    """What a browser would make of a page: its elements, its links and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.ids: set[str] = set()
        self.seen = ""
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        self.ids |= {value or "" for name, value in attrs if name == "id"}
        if tag not in ("meta", "link", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.seen += data


@pytest.fixture(scope="module")
def saudi(builtin: Knowledge) -> Brief:
    return make_brief(builtin, "SA", intent=["natural"])


def evil() -> Brief:
    """A brief whose every text is hostile, as rulesets of strangers may be."""
    word = Suggestion(EVIL, "ar", (EVIL,), "none")
    point = Point(
        EVIL, EVIL, "blocker", (word,), (word,), EVIL, word, (EVIL,), EVIL, "statute", True, (1, 2), "X/y"
    )  # fmt: skip
    group = Group(EVIL, (point,), 3)
    sources = (
        Source(1, EVIL, EVIL, "javascript:alert(1)", EVIL),
        Source(2, EVIL, EVIL, 'https://example.org/"><script>', ""),
    )
    part = Part("avoid", EVIL, EVIL, (group,))
    return Brief("X", EVIL, (EVIL,), (), (EVIL,), (EVIL,), "0", "2026", False, (part,), sources)


def test_html_is_well_formed_and_needs_nothing_else(saudi: Brief) -> None:
    page = Page(writers.html([saudi]))
    assert page.open == []
    assert "script" not in page.tags
    assert "link" not in page.tags
    assert not {name for name, _ in page.attributes} & {"src", "onclick", "style"}
    links = {value or "" for name, value in page.attributes if name == "href"}
    assert {one[1:] for one in links if one.startswith("#")} <= page.ids
    assert all(one.startswith(("#", "http://", "https://")) for one in links)
    assert ("dir", "rtl") in page.attributes


def test_all_forms_hold_the_same_points(saudi: Brief) -> None:
    text = " ".join(writers.text([saudi]).split())
    page = " ".join(Page(writers.html([saudi])).seen.split())
    rendered = MarkdownIt().render(writers.markdown([saudi]))
    marked = " ".join(Page(f"<div>{rendered}</div>").seen.split())
    shape = json.loads(writers.json([saudi]))
    titles = [
        (point["title"], point["meaning"])
        for part in shape["briefs"][0]["parts"]
        for group in part["groups"]
        for point in group["points"]
    ]
    assert len(titles) > 60
    for title, meaning in titles:
        for form in (text, page, marked):
            assert title in form
            assert " ".join(meaning.split()) in form, meaning


def test_markdown_shows_hostile_texts_as_they_are() -> None:
    rendered = (
        MarkdownIt("commonmark", {"html": True}).enable("table").render(writers.markdown([evil()]))
    )
    page = Page(f"<div>{rendered}</div>")
    assert "script" not in page.tags
    assert "table" not in page.tags
    assert "code" not in page.tags or "--all" in page.seen
    assert not [value for name, value in page.attributes if name == "href"]
    assert page.tags.count("h1") == 1
    assert "<script>alert(1)</script>" in page.seen
    assert "\x1b" not in page.seen
    assert "\u202e" not in page.seen


def test_html_shows_hostile_texts_as_they_are() -> None:
    written = writers.html([evil()])
    page = Page(written)
    assert "script" not in page.tags
    assert not [
        value for name, value in page.attributes if name == "href" and (value or "")[:1] != "#"
    ]
    assert "<script>alert(1)</script>" in page.seen
    assert "\x1b" not in written
    assert "\u202e" not in written


def test_text_lets_nothing_reach_the_terminal() -> None:
    written = writers.text([evil()])
    assert not {char for char in written if char < " " and char != "\n"}
    assert "\u202e" not in written
    assert "# head" not in written.splitlines()


def test_lines_of_text_fit_a_page(saudi: Brief) -> None:
    from culture_lint.reports.terminal import width

    long = [one for one in writers.text([saudi]).splitlines() if width(one) > 96]
    assert all("://" in one for one in long)


def test_law_is_said_to_be_no_advice_only_where_there_is_law(saudi: Brief) -> None:
    said = "not legal advice"
    lawless = dataclasses.replace(
        saudi, parts=tuple(one for one in saudi.parts if one.id == "conventions")
    )
    assert said in writers.text([saudi])
    assert said not in writers.text([lawless])


def test_several_briefs_stand_in_one_page_without_mixing_their_sources(builtin: Knowledge) -> None:
    both = [make_brief(builtin, "SA"), make_brief(builtin, "JP")]
    page = Page(writers.html(both))
    assert page.tags.count("article") == 2
    links = [value or "" for name, value in page.attributes if name == "href"]
    assert {one[1:] for one in links if one.startswith("#")} <= page.ids
    assert {"source-1-1", "source-2-1"} <= page.ids
