"""Markdown and MDX: what people read of them, where it stands, and what the head declares."""

from __future__ import annotations

import html
import time
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from culture_lint.errors import SourceError
from culture_lint.sources.items import Item

from . import pages
from .helpers import at, read, texts


def page(text: str, name: str = "page.md") -> list[Item]:
    return pages.page(text, name)


def all_texts(text: str, name: str = "page.md") -> list[str]:
    return pages.all_texts(text, name)


def found_in(text: str, name: str = "page.md") -> list[tuple[str, str, str]]:
    return [
        (one.field, one.role.value, one.text) for item in page(text, name) for one in item.segments
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Red *tea* and **pots**, wa_gyu_ wa*gyu* ~~old~~", ["Red tea and pots, wa_gyu_ wagyu old"]),
        ("one\ntwo  \nthree\\\nfour", ["one two\nthree\nfour"]),
        ("東京\nの茶\n\ntea\npot", ["東京の茶", "tea pot"]),
        ("use `beef` now\n\n    pork\n\n```\nham\n```\n~~~ js\nham\n", ["use \ufffc now"]),
        ("- a\n  b\n  1. c\n\n     d\n> e\nlazy\n> > f", ["a b", "c", "d", "e lazy", "f"]),
        ("a \\*b\\* &amp; &copy; &#233; AT&T \\q", ["a *b* & © é AT&T \\q"]),
        ("[red *tea*](/u) [pot][1] <https://pig.com> https://pig.com/a\n\n[1]: /pig", ["red tea pot \ufffc \ufffc"]),
        ("wa<b>gyu</b> a<br>b <!-- pork --> c <code>ham</code>", ["wagyu a\nb c \ufffc"]),
        ("# A {#pig}\n\nB\n===\n\nC\n---\n\n## D ##", ["A", "B", "C", "D"]),
        ("a[^1]\n\n[^1]: Foot *note*\n\n[^pig]: one", ["a", "Foot note", "one"]),
        (":::note[Red tea]\ntext\n:::\n\n::: tip Hot pot\n:::\n\n::video[Clip]{#pig}", ["Red tea", "text", "Hot pot", "Clip"]),
        ("> [!NOTE]\n> Tea", ["Tea"]),
        ("Hi {{ name }}, {% if pig %}tea{% endif %} {{< pig >}}", ["Hi \ufffc, tea"]),
        ('{{< figure src="pork" alt="A pot" title="Tea" >}}\n\nB', ["A pot", "Tea", "B"]),
        ("Write `{{` and then `}}` here", ["Write \ufffc and then \ufffc here"]),
        ("<div>\nred <b>tea</b>\n</div>\n\npot", ["red tea", "pot"]),
        ("<script>\npork\n\nham\n</script>\n\n<!-- ham\n\npork -->\n\ntea", ["tea"]),
        ("<p translate='no'>\n\npork\n\n</p>\n\ntea", ["tea"]),
        ("a <name> b\n\nc <kbd>d\n\ne", ["a b", "c \ufffc", "e"]),
        ("***\n---\n\n&nbsp;\n", []),
        ("", []),
        ("some tea\0pot here", ["some tea pot here"]),
        ("- " * 15 + "tea", ["tea"]),
    ],
)  # fmt: skip
def test_what_is_read(text, found):
    assert all_texts(text) == found


def test_tables_images_and_titles():
    text = (
        "| Red \\| tea | Pot |\n|--|:-:|\n| `a` | *b* &amp; c |\n\n"
        '![A *red* bag](pig.png "Big &amp; \\"red\\"") [x](y \'Y\')\n'
    )
    assert found_in(text) == [
        ("th", "description", "Red | tea"),
        ("th", "description", "Pot"),
        ("td", "description", "b & c"),
        ("p", "description", "x"),
        ("alt", "alt", "A red bag"),
        ("title", "description", 'Big & "red"'),
        ("title", "description", "Y"),
    ]


def test_a_passage_a_heading():
    items = page(
        "Intro\n\n# Tea\n\n## Green\nA\n\n## Black\n### Hot\nB\n> # Quoted\n\n## Green\nC\n"
    )
    assert [(one.item, one.line, texts(one)) for one in items] == [
        ("1", 1, ["Intro"]),
        ("Tea > Green", 3, ["Tea", "Green", "A"]),
        ("Tea > Black > Hot", 8, ["Black", "Hot", "B", "Quoted"]),
        ("Tea > Green (2)", 13, ["Green", "C"]),
    ]
    assert [one.role.value for one in items[1].segments] == ["title", "subtitle", "description"]


FRONT = """---
title: "Red \\u0026 \\"white\\"" # culture-lint: ignore[BR/x] -- no
description: >-
  All about
  tea
lang: pt_BR
market: [BR, "PT"]
slug: pork
seo:
  meta_title: 'It''s tea'
hero:
  image: {src: pig.png, alt: A pot}
  actions:
    - text: Buy
      link: /pork
sidebar:
  title: pork
tags: [tea, pots]
draft: true
summary: 12
---
Body
"""


def test_front_matter():
    (item,) = page(FRONT)
    assert (item.item, item.language, item.markets, item.line) == (
        'Red & "white"', "pt-BR", ("BR", "PT"), 2,
    )  # fmt: skip
    assert [(one.field, one.role.value, one.text) for one in item.segments] == [
        ("title", "title", 'Red & "white"'),
        ("description", "description", "All about tea"),
        ("seo.meta_title", "subtitle", "It's tea"),
        ("hero.image.alt", "alt", "A pot"),
        ("hero.actions.text", "description", "Buy"),
        ("tags", "tag", "tea"),
        ("tags", "tag", "pots"),
        ("p", "description", "Body"),
    ]
    title, description = item.segments[:2]
    assert at(FRONT, title, 4, 7) == '\\u0026 \\"'[:6] + " " + '\\"'[:2]
    assert at(FRONT, description, 4, 13) == "about\n  tea"
    assert [one.lines for one in item.directives] == [(2, 2)]


def test_toml_front_matter():
    text = "+++\ntitle = \"Caf\\u00e9\"\nlanguage = 'de'\n[params]\nsubtitle = 'Pot' # pork\nx = 'ham'\n+++\n\nTea"
    (item,) = page(text)
    assert (item.item, item.language) == ("Café", "de")
    assert texts(item) == ["Café", "Pot", "Tea"]
    assert at(text, item.segments[0], 3, 4) == "\\u00e9"


def test_rules_are_no_front_matter():
    assert all_texts("---\n\nA passage: with a colon\n\n---\n\nB") == [
        "A passage: with a colon",
        "B",
    ]
    assert all_texts("---\nNo head at all\n---\n\nB") == ["No head at all", "B"]
    assert page("---\nlang: no\n---\nA")[0].language == "no"


@pytest.mark.parametrize(
    ("head", "line", "what"),
    [
        ("title: [a", 2, "not YAML"),
        ("title: 'a\nb: c", 4, "not YAML"),
        ("title: a\ntitle: b", 3, "twice"),
        ("a: &a [*a, *a]\ntitle: " + "[" * 500 + "]" * 500, 3, "too deeply"),
        ("title: a\n\tb: c", 3, "not YAML"),
    ],
)
def test_broken_front_matter_is_one_error(head, line, what):
    with pytest.raises(SourceError, match=what) as raised:
        page(f"---\n{head}\n---\n\nText")
    assert raised.value.location is not None
    assert raised.value.location.line in (line, line + 1)


def test_aliases_are_read_where_they_are_anchored():
    bomb = "a: &a {title: x}\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(20)
    )
    assert all_texts(f"---\n{bomb}---\n") == ["x"]


def test_languages_of_html_in_markdown():
    (item,) = page(
        '---\nlang: en\n---\n<div lang="ar">\n\nنص *هنا*\n\n</div>\n\nA <i lang=fr>mot</i> here'
    )
    assert [(one.text, one.language) for one in item.segments] == [
        ("نص هنا", "ar"),
        ("A \ufffc here", None),
        ("mot", "fr"),
    ]


def test_comments_of_suppression_are_found():
    (item,) = page(
        "Red tea\n\n<!-- culture-lint: ignore[IN/cow] -- a name -->\n\nwagyu\nbeef\n\n"
        "pork <!-- culture-lint: ignore[SA/pork] -- yes -->\n"
    )
    assert [(one.text.split("]")[0], one.lines) for one in item.directives] == [
        ("ignore[IN/cow", (5, 6)),
        ("ignore[SA/pork", (8, 8)),
    ]
    (item,) = page("a\n\n{/* culture-lint: ignore[IN/cow] -- x */}\n\nbeef\n", "a.mdx")
    assert [one.lines for one in item.directives] == [(5, 5)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("import A from 'pork';\nimport { B } from \"ham\";\n\nexport const a = {\n  x: 'pork',\n\n  y: 1\n}\n\nTea", ["Tea"]),
        ("goods and\nimport duties from China\nexport defaults", ["goods and import duties from China export defaults"]),
        ("Hi {user.name}, {/* pork */}tea {`${pork} }`}", ["Hi \ufffc, tea \ufffc"]),
        ("a{' '}b {\"red tea\"}", ["a b red tea"]),
        ("<Steps>\n1. one\n2. two\n</Steps>", ["one", "two"]),
        ("<Card>\n    deep text\n</Card>", ["deep text"]),
        ("wa<b>gyu</b> a<Badge>New</Badge>b x<br/>y", ["wagyu a New b x\ny"]),
        ("see <Link\n  href={x > 1 ? 'pork' : y}\n>here</Link> now", ["see here now"]),
        ("<ul>\n  <li>a</li>\n  <li>b</li>\n</ul>", ["a\nb"]),
        ("<code>pork</code> and `<b {` and\n```\n{pork\n```\n", ["\ufffc and \ufffc and"]),
        ("5 < 6 and {unclosed", ["5 < 6 and {unclosed"]),
        ("a \\{b\\} \\<c", ["a {b} <c"]),
        ("<>tea</> {cond && <b>pork</b>}", ["tea \ufffc"]),
        ("| a {x} | b |\n|--|--|\n| <B/> | c |", ["a \ufffc", "b", "c"]),
    ],
)  # fmt: skip
def test_what_is_read_of_mdx(text, found):
    assert all_texts(text, "page.mdx") == found


def test_texts_in_components():
    text = (
        '<Hero title="Red &amp; white" icon="pork" imageAlt="A pot" buttonText={"Buy"}\n'
        "  href='/pork' context='ham' features={[\n"
        "  { icon: Pork, title: \"Fast\\u0021\", 'description': 'It\\'s\\n big', id: 'ham' },\n"
        "  { text: `All`, features: ['One two', \"Three\"], image: { src: 'x', alt: 'Pic' } },\n"
        "]} />\n\n## Next\n\nA <Img alt='B'/> c\n"
    )
    assert found_in(text, "a.mdx") == [
        ("title", "description", "Red & white"),
        ("imageAlt", "alt", "A pot"),
        ("buttonText", "description", "Buy"),
        ("title", "description", "Fast!"),
        ("description", "description", "It's\n big"),
        ("text", "description", "All"),
        ("features", "description", "One two"),
        ("features", "description", "Three"),
        ("alt", "alt", "Pic"),
        ("h2", "subtitle", "Next"),
        ("p", "description", "A c"),
        ("alt", "alt", "B"),
    ]
    segments = page(text, "a.mdx")[0].segments
    assert at(text, segments[3], 4, 5) == "\\u0021"
    assert at(text, segments[4], 2, 3) == "\\'"


def test_a_component_with_a_heading_starts_a_passage():
    items = page('<Hero heading="Tea" />\n\nA\n\n<Faq heading="Why" />\n\nB\n', "a.mdx")
    assert [(one.item, texts(one)) for one in items] == [
        ("Tea", ["Tea", "A"]),
        ("Why", ["Why", "B"]),
    ]


PIECES = [
    "# ", "## ", "> ", "- ", "1. ", "  ", "    ", "\t", "*", "**", "_", "~~", "`", "```\n", "~~~\n",
    "[", "](u \"t &amp; \\\" v\")", "](/u)", "![", "](s 'a b')", "\\", "\\*", "&amp;", "&#233;", "&nbsp;",
    "|", " | ", "\n|--|--|\n", "\n", "\n\n", "\r\n", "\r", "\\\n", "  \n", "---\n", "===\n", "<b>", "</b>",
    "<br>", "<div lang=ar>", "</div>", "<i lang=fr>", "</i>", "<!-- no -->", "<img alt='x &amp; y'>",
    "<https://a.org>", "https://a.org/b_c_d", "{{ x }}", "{% y %}", "[^1]", "[^1]: ", ":::note[", "]", ":::\n",
    "[r]: /u\n", "[r]", "{#id}", "<code>", "</code>", *"ab Zé漢字あ한😀\u2028\xa0\u3000\ufffc",
]  # fmt: skip
MDX = [
    "import A from 'b'\n", "export const a = {\n", "}\n", "{", "}", "{a.b}", "{/* c */}", "{' '}", '{"str"}',
    "<Card title='A &lt; b' n={1}>", "</Card>", "<A\n t={{text: 'x\\'y', features: ['p q']}}\n/>", "<>", "</>",
    "<ul>", "<li>", "</li>", "<p>", "</p>", "`{x`", "<", ">",
]  # fmt: skip
HEADS = [
    "",
    "---\ntitle: \"a \\u00e9 'b'\"\ndescription: |\n  one\n  two\nlang: en\n---\n",
    "---\r\ntitle: 'it''s'\r\nsummary: >\r\n  one\r\n  two\r\n---\r\n",
    '+++\ntitle = "a\\tb"\n+++\n',
]


def meaning(source: str) -> set[str]:
    """Return what a stretch of the source may stand for."""
    bare = source.removeprefix("\\")
    escapes = {"\\u00e9": "é", "\\t": "\t", "''": "'", "\\'": "'"}
    return {source, bare, html.unescape(source), escapes.get(source, source)}


@settings(max_examples=400, deadline=None)
@given(
    st.sampled_from(HEADS),
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join),
)
@example(head="", body="\u2028# |# \n|--|--|\n")
@example(head="", body="\u2028|# |\xa0# \n|--|--|\n")
def test_every_span_leads_to_its_characters(head, body):
    pages.leads_back(head + body, "page.md", meaning)


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(HEADS),
    st.lists(st.sampled_from(PIECES + MDX), max_size=40).map("".join),
)
def test_every_span_of_mdx_leads_to_its_characters(head, body):
    pages.leads_back(head + body, "page.mdx", meaning)


class Words(HTMLParser):
    """The words of HTML in order, code left out."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.code = 0
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.code += tag == "code"
        self.words.append("" if tag in ("em", "strong", "a", "s") else " ")

    def handle_endtag(self, tag: str) -> None:
        self.code -= tag == "code"
        self.words.append("" if tag in ("em", "strong", "a", "s") else " ")

    def handle_data(self, data: str) -> None:
        if not self.code:
            self.words.append(data)


SOUND = [
    "# ", "> ", "- ", "2. ", "   ", "    ", "*", "**", "_", "`", "[", "](/u)", "\\*", "&amp;", "&#65;", " | ",
    "\n| --- | --- |\n", "\n", "\n\n", "\\\n", "  \n", "\n===\n", "red", "tea ", " pot", "été", ".", "~~", "\t",
]  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(SOUND), max_size=40).map("".join))
def test_the_words_are_those_of_the_page_that_it_becomes(text):
    rendered = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(text)
    found = " ".join(all_texts(text)).replace("\ufffc", " ")
    # A text of marks alone ("*") holds no word; neither does the page that it becomes.
    assert found.split() == "".join(Words(rendered).words).split()


@pytest.mark.parametrize(
    "piece",
    ["[", "![", "*", "**a", "`", "``a`", "<a", "<a ", "<!--", "> ", "- ", "  - a\n", "|a\n|-\n", "\\", "~~",
     "[^1]", "[^1]:", "[a]: b\n", "::: a[b]\n", "# a\n", "{{", "${", "[a](", "a\n", "<div>", "<b>a", "a\n===\n",
     "[]()", "<?", "---\n", "<i lang=fr>", "![a](b 'c')", "[a](b 'c"],
)  # fmt: skip
def test_hostile_markdown_takes_linear_time(piece):
    begin = time.process_time()
    page(piece * (30_000 // len(piece)))
    assert time.process_time() - begin < 8


@pytest.mark.parametrize(
    "piece",
    ["{", "}", "<a", "<a b=", "<a b={", "<A>\n", "{`", "{'", "{/*", "{/* */", "import a from 'b'\n", "export {\n",
     "import {a}\n\n", "<a b='", "<code>", "{a}", "```\n", "<A title='x'/>\n", "{<a>", "<a {", "`", "<A b={[{text:'"],
)  # fmt: skip
def test_hostile_mdx_takes_linear_time(piece):
    begin = time.process_time()
    page(piece * (30_000 // len(piece)), "page.mdx")
    assert time.process_time() - begin < 8


def test_a_byte_that_does_not_belong_is_one_error():
    data = "# Café à la carte\n\nThé, pâté, crème, été\n".encode() + b"br\xfbl\xe9e\n"
    with pytest.raises(SourceError, match="is not UTF-8") as raised:
        read(data, "page.md")
    assert raised.value.location is not None
    assert raised.value.location.line == 4


def test_a_text_beyond_measure_is_refused():
    with pytest.raises(SourceError, match="is longer than 4,194,304 characters"):
        page("a" * (4 * 1024 * 1024 + 1))


def test_what_is_nested_too_deeply_for_the_parser_is_read_all_the_same():
    lines = [f"{'  ' * level}- holy cow {level}" for level in range(60)]
    text = "\n".join([*lines, "", "> " * 60 + "deep cow", "", "the end"]) + "\n"
    found, _ = read(text, "a.md")
    words = " ".join(part.text for item in found for part in item.segments)
    for level in range(60):
        assert f"holy cow {level}" in words
    assert "deep cow" in words
    assert "the end" in words
    for item in found:
        for part in item.segments:
            assert part.places.source(0, len(part.text)) == at(text, part, 0, len(part.text))


def test_mdx_whose_export_never_ends_is_an_error_when_its_text_is_read():
    text = "# A\r\n\r\nexport const a = {\r\n  b: 'pork',\r\n\r\nHoly cow\r\n\r\nexport const c = {\r\n"
    assert all_texts(text, "a.mdx") == ["A", "Holy cow"]
    with pytest.raises(SourceError, match=r"a\.mdx:3: the braces that open here are never closed"):
        read(text, "a.mdx")
    assert all_texts("export const a = {\n\n  b: 1,\n\n}\n\nHoly cow\n", "a.mdx") == ["Holy cow"]
