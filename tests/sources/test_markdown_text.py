"""Every token of Markdown knows its characters."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from culture_lint.sources.markdown_text import parts, places, tokens

PIECES = [
    "# ", "> ", "- ", "1. ", "  ", "    ", "\t", "*", "**", "_", "~~", "`", "[", "](/u)", "![", "\\", "\\*", "\\|",
    "&amp;", "|", "\n|--|--|\n", "\n", "\n\n", "  \n", "===\n", "<b>", "<div>\n", "a", "b ", "é", "漢",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_content_stands_where_it_is_said_to(text):
    for token in tokens(text):
        if token.type not in ("inline", "html_block"):
            continue
        covered = 0
        for start, stop, at in places(token).cut(0, len(token.content)):
            assert token.content[start:stop] == text[at : at + stop - start]
            covered += len(token.content[start:stop].strip())
        # What no stretch covers is indentation.
        assert covered >= len("".join(token.content.split())) - token.content.count("\xa0")
        for child in token.children or ():
            if child.type == "text":
                shown = ""
                for length, start, end in parts(child):
                    assert length == end - start
                    shown += token.content[start:end]
                assert shown == child.content
            elif child.type == "text_special":
                ((_, start, end),) = parts(child)
                assert token.content[start:end] == child.markup


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_the_tokens_are_those_of_the_library(text):
    library = MarkdownIt("commonmark", {"maxNesting": 40}).enable(["table", "strikethrough"])
    theirs = [
        (token.type, token.tag, token.content)
        for token in library.parse(text)
        if token.type not in ("inline",)
    ]
    ours = [
        (token.type, token.tag, token.content)
        for token in tokens(text)
        if token.type not in ("inline",)
    ]
    assert ours == theirs
