"""HTML cells: what a shopper reads, and nothing else."""

from __future__ import annotations

import time

import pytest

from culture_lint.sources.html_text import plain_text


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("plain", "plain"),
        ("a < b & c > d, R&D, 1<2", "a < b & c > d, R&D, 1<2"),
        ("<p>One</p><p>Two</p>", "One\nTwo"),
        ("One<br>Two<br/><br>Three", "One\nTwo\nThree"),
        ("wa<b>gyu</b> beef", "wagyu beef"),
        ("<ul>\n <li>red</li>\n <li>blue  sky</li>\n</ul>", "red\nblue sky"),
        ("caf&eacute; &#233;&#xE9; &amp;amp;", "café éé &amp;"),
        ("AT&T &bogus; &copy 2", "AT&T &bogus; © 2"),
        ("a<!-- beef --><script>beef()</script><style>b{}</style>b", "ab"),
        ('<a title="beef" href="x>y">tea</a>', "tea"),
        ("keep\nlines &amp; blanks  here", "keep\nlines & blanks  here"),
        ("<b>join\nlines</b>", "join lines"),
        ("tea<img src='x'>pot", "tea pot"),
        ("<![CDATA[tea <b>pot</b>]]>", "tea pot]]>"),
        ("mail <me@example.org> now", "mail <me@example.org> now"),
        ("an <unclosed tag", "an <unclosed tag"),
        ("<div>a&nbsp;b</div>", "a\xa0b"),
        ("hid<script>beef", "hid"),
        ("&#55357; &#0;<i></i>", "\ufffd \ufffd"),
    ],
)
def test_tags_and_entities_are_no_text(cell, text):
    assert plain_text(cell).text == text


def test_alt_texts_are_told_apart():
    plain = plain_text("a<img alt=\"pig &amp; cow\"><img ALT='x'><img alt=cat src=y><img alt=''>")
    assert [alt.text for alt in plain.alts] == ["pig & cow", "x", "cat"]
    assert plain.text == "a"


def test_a_plain_cell_is_its_own_map():
    assert plain_text("R&D in <5 days").runs is None


@pytest.mark.parametrize(
    "piece",
    ["<a", '<a "', "<a '\"", "<", "&", "&amp", "<!--", "<script>", "<b> </b>", "<a '>''>", "</",
     "<a '><a \"><a >", "<img alt", "<img alt=", " ", "<a alt ", "&#", "<p>"],
)  # fmt: skip
def test_hostile_cells_take_linear_time(piece):
    begin = time.process_time()
    plain_text(piece * (200_000 // len(piece)) + ">")
    assert time.process_time() - begin < 2
