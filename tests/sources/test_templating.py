"""Template tags are put aside, in place and in length."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from culture_lint.sources.flow import OBJECT
from culture_lint.sources.templating import without_templates


@pytest.mark.parametrize(
    ("tag", "how"),
    [
        ("{{ user.name }}", "shown"),
        ("{{{html}}}", "shown"),
        ("{{- .Title -}}", "shown"),
        ("{{#each items}}", "hidden"),
        ("{{/each}}", "hidden"),
        ("{{!-- a }} b --}}", "hidden"),
        ("{{ if .Draft }}", "hidden"),
        ("{{else}}", "line"),
        ("{% for a in b %}", "hidden"),
        ("{%- elsif x -%}", "line"),
        ("{# a comment #}", "hidden"),
        ("<%= name %>", "shown"),
        ("<% if x > 1 %>", "hidden"),
        ("<%-- > --%>", "hidden"),
        ("<?php echo $a > 1; ?>", "shown"),
        ("<?php foreach ($a as $b): ?>", "hidden"),
        ("<?= $name ?>", "shown"),
        ("${order.total?string('0.00')}", "shown"),
        ('${a!"}"}', "shown"),
        ("#{name}", "shown"),
        ("<#if (a > b)>", "hidden"),
        ('<#if name == ">">', "hidden"),
        ("<#else>", "line"),
        ("</#if>", "hidden"),
        ("<#-- > -->", "hidden"),
        ("<@spring.message 'a>b'/>", "shown"),
        ("*|FNAME|*", "shown"),
        ("*|IF:VIP|*", "hidden"),
        ("%%first_name%%", "shown"),
        ("%%[ SET @a = 1 ]%%", "hidden"),
    ],
)
def test_how_a_tag_shows(tag, how):
    masked = without_templates(f"a{tag}b")
    assert masked.text == "a" + OBJECT * len(tag) + "b"
    assert masked.cuts == {1: (1 + len(tag), how)}


@pytest.mark.parametrize(
    "text",
    ["{{ a", "{% a", "${a", "<% a", "100 %% sure", "5 # a", "a <@ b", "{a}", "$5 {x", "{#a}", "*| a", "<?xml version='1'?>"],
)  # fmt: skip
def test_what_is_no_tag_stays(text):
    assert without_templates(text).text == text


def test_tags_do_not_reach_over_paragraphs_or_code():
    text = "`{{` and `}}`\n\n{{ a\n\n}} ${b\nc}"
    masked = without_templates(text, paragraphs=True)
    assert [text[start:end] for start, (end, _) in masked.cuts.items()] == ["${b\nc}"]


SIGNS = ["{{", "}}", "{%", "%}", "${", "}", "<%", "%>", "<#if ", ">", "<@a", "*|", "|*", "%%", '"', "a", "\n"]  # fmt: skip


@given(st.lists(st.sampled_from(SIGNS)).map("".join))
def test_length_and_all_else_are_kept(text):
    masked = without_templates(text)
    assert len(masked.text) == len(text)
    kept = set(range(len(text)))
    for start, (end, _) in masked.cuts.items():
        span = set(range(start, end))
        assert span
        assert span <= kept
        kept -= span
    for at, char in enumerate(text):
        assert masked.text[at] == (char if at in kept else OBJECT)


@pytest.mark.parametrize("sign", SIGNS)
def test_time_is_linear(sign):
    begin = time.process_time()
    without_templates(sign * (200_000 // len(sign)))
    assert time.process_time() - begin < 8
