"""A message is cut into what people read; every character leads back to where it came from."""

from __future__ import annotations

import html
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from culture_lint.sources.messages import OBJECT, composed, prose

ALL = ("icu", "printf", "braces", "dollar", "html", "url")


def only(text: str, *syntaxes: str) -> list[str]:
    return [found.replace(OBJECT, "_") for found, _ in prose(text, *syntaxes)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hello {name}, it's {0}", ["Hello _, it's _"]),
        (
            "You have {n, plural, offset:1 =0 {no cow} one {# cow} other {# cows, {name}}}.",
            ["You have _.", "no cow", "_ cow", "_ cows, _"],
        ),
        ("{g, select, male {He} female {She} other {They}}", ["He", "She", "They"]),
        (
            "{g,select,a{x {n,plural,one{one #}other{many #}} y}other{'{'#'}'}}",
            ["x _ y", "one _", "many _", "{#}"],
        ),
        ("l''envoi d'un '{colis}'", ["l'envoi d'un {colis}"]),
        (
            "{0,choice,0#no files|1#one file|1<{0,number,integer} files}",
            ["no files", "one file", "_ files"],
        ),
        ("On {d, date, ::yyyyMMMd} at {d, time, short}", ["On _ at _"]),
        ("{n, plural, one {cow}", ["{n, plural, one _"]),
        ("Broken {name and {name}", ["Broken {name and _"]),
        ("{Tea, coffee and cake}", ["{Tea, coffee and cake}"]),
        ("{name}", []),
        ("a } b # c | d", ["a } b # c | d"]),
    ],
)
def test_icu(text, expected):
    assert only(text, "icu") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("%s of %1$s, %d%% (%@) %(name)s %ld %.2f %-10s %02d:%02d", "_ of _, _% (_) _ _ _ _ _:_"),
        ("%d%s.", "__."),
        ("%lu%s.", "__."),
        ("%count% of %total.sum%", "_ of _"),
        ("%ds left", "_s left"),
        ("100% cotton, 50% discount", "100% cotton, 50% discount"),
        ("100%ige Baumwolle, 50%off", "100%ige Baumwolle, 50%off"),
        ("20 %auf alles, 1 %s und %d件", "20 %auf alles, 1 _ und _件"),
        ("Sepette %50'si bedava, %50si", "Sepette %50'si bedava, %50si"),
        ("%d/%m/%Y", None),
        ("%1$@ and %2$lu", "_ and _"),
    ],
)
def test_printf(text, expected):
    found = only(text, "printf")
    assert found == ([expected] if expected is not None else ["_/_/_"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ tags }} {{{html}}} {x} {0:N2} %{count} ${a.b} #{c} $t(key.other)", None),
        ("Hi {{ name | upcase }}: {items[0]} {}", "Hi _: _ _"),
        ("{a b} stays, {x: 1} too", "{a b} stays, {x: 1} too"),
        ("{% if a %}Tea{% endif %} <%= b %>", "_Tea_ _"),
        ("A red <0>enve</0>lope<1 /> for <4>four</4>", "A red envelope for four"),
        ("{price, number, currency}", None),
    ],
)
def test_braces(text, expected):
    assert only(text, "braces") == ([] if expected is None else [expected])


def test_dollar():
    assert only("From $1 to $END_DATE$ for $5", "dollar") == ["From _ to _ for _"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            'See <a href="https://a.example/?x=%s">the cow</a> &amp; more<br>now',
            ["See the cow & more\nnow"],
        ),
        ('<img src="x" alt="A &lt;cow&gt;">Moo', ["Moo", "A <cow>"]),
        ("a < b and b > c", ["a < b and b > c"]),
    ],
)
def test_html(text, expected):
    assert only(text, "html", "printf", "url") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See https://a.example/cow?x=1#y, or (www.b.example/a_(b)).", "See _, or (_)."),
        ("看https://a.example/cow。牛", "看_。牛"),
        (
            "Mail me.x+y@mail.a.example today. @cow is no address",
            "Mail _ today. @cow is no address",
        ),
        ("A cow... a/b v1.2", "A cow... a/b v1.2"),
    ],
)
def test_url(text, expected):
    assert only(text, "url") == [expected]


def test_the_syntaxes_work_together():
    text = (
        "  <p>{n, plural, one {<b>#</b> cow&#39;s} other {%d cows at http://x.example/{id}!}}</p> "
    )
    assert only(text, *ALL) == ["_ cow's", "_ cows at _!"]


def test_a_placeholder_in_a_url_belongs_to_it():
    assert only("see http://x.example/{id}/moo now", "icu", "url") == ["see _ now"]


WORDS = st.sampled_from(["cow", "牛", "😀", " ", "it's", "10%", "a b", "é", "\n"])
NAMES = st.sampled_from(["n", "0", "user_name", "a.b"])


def texts_of(children: st.SearchStrategy) -> st.SearchStrategy:
    """A message is (how it is written, what is read of it, the texts of its branches)."""

    def join(parts):
        return (
            "".join(written for written, _, _ in parts),
            "".join(read for _, read, _ in parts),
            [text for _, _, texts in parts for text in texts],
        )

    return st.lists(children, min_size=1, max_size=4).map(join)


WORD = WORDS.map(lambda word: (word.replace("'", "''"), word, []))
NAMED = NAMES.map(lambda name: (f"{{{name}}}", OBJECT, []))
QUOTED = st.sampled_from([("'{x}' ", "{x} ", []), ("'}' ", "} ", [])])


def branching(message: st.SearchStrategy) -> st.SearchStrategy:
    def render(kind, one, other):
        texts = [one[1], *one[2], other[1], *other[2]]
        return (f"{{n, {kind}, one {{{one[0]}}} other {{{other[0]}}}}}", OBJECT, texts)

    kinds = st.sampled_from(["plural", "select", "selectordinal"])
    return texts_of(WORD | NAMED | QUOTED | st.builds(render, kinds, message, message))


MESSAGES = st.recursive(texts_of(WORD | NAMED | QUOTED), branching, max_leaves=5)


@settings(max_examples=150, deadline=None)
@given(MESSAGES)
def test_every_branch_is_read_once(message):
    written, own, branches = message
    expected = [text.strip() for text in [own, *branches] if text.strip(f"{OBJECT} \n")]
    assert [text for text, _ in prose(written, "icu")] == expected


ICU = ["''", "{n}", "{n, plural, one {", "} other {", "}}", "'{", "one"]
HTML = ["<b>", "</b>", "<br/>", '<img alt="x &amp; y">', "&amp;", "&#233;"]
OTHERS = [
    "{{x}}",
    "<0>",
    "</1>",
    "$t(k)",
    "%1$s",
    "%%",
    "%(a)s",
    "https://a.example/x?y=1",
    "me@c.example",
]
PIECES = st.sampled_from([*"ab Z'{}#|%<>&;:/.@\"\n漢😀\xa0é", *ICU, *HTML, *OTHERS])


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=14).map("".join), st.sets(st.sampled_from(ALL)))
def test_every_character_leads_back(message, syntaxes):
    for text, runs in prose(message, *syntaxes):
        assert text == text.strip()
        before = 0
        for index, char in enumerate(text):
            start, end = runs.span(index, index + 1)
            assert before <= end <= len(message)
            source = message[start:end]
            blank = char in " \n" and (not source.strip() or "<" in source)
            undone = {"''": "'", "%%": "%"}.get(source, html.unescape(source))
            assert char == OBJECT or blank or char in (source, undone)
            assert char != OBJECT or source
            assert runs.span(0, index + 1) == (runs.span(0, 1)[0], end)
            before = start


def test_nothing_asked_nothing_done():
    text = "Hi {name}, <b>100%</b> %s http://x.example"
    ((found, runs),) = prose(text)
    assert (found, runs.span(3, 9)) == (text, (3, 9))


def test_pieces_compose():
    inner = [(3, 0, 3), (1, 3, 9), (4, 9, 13)]
    assert composed([(2, 1, 3), (1, 3, 4), (1, 4, 7)], inner) == [(2, 1, 3), (1, 3, 9), (1, 9, 12)]
    assert composed([(1, 2, 5)], inner) == [(1, 2, 10)]


@pytest.mark.parametrize(
    "piece",
    [
        "{",
        "{n, plural, one {",
        "'",
        "<a",
        "%",
        "&",
        "{ ",
        "{{",
        "http://",
        "a@",
        "%(",
        "$t(",
        "<",
        "''{",
        "a.@",
    ],
)
def test_no_input_is_slow(piece):
    start = time.process_time()
    prose(piece * 40_000, *ALL)
    assert time.process_time() - start < 5


def test_a_tag_parts_the_signs_around_it():
    (found,) = prose("50 %<0>% of it</0>", "braces", "printf")
    assert found[0] == "50 %% of it"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Delete %1 of %L2.", "Delete _ of _."),
        ("%1 (%2)", "_ (_)"),
        ("%1%2 and %s", "_ and _"),
        ("%5 indirim, 10%1", "%5 indirim, 10%1"),
        ("%1$s of %1.2f", "_ of _"),
    ],
)
def test_arguments_of_qt(text, expected):
    assert only(text, "printf") == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hello :name, you have (:count) cows", "Hello _, you have (_) cows"),
        ("At 10:30 :smile: note:cow a::b : x", "At 10:30 :smile: note:cow a::b : x"),
        ("no cow | one cow | {n} cows", "no cow _ one cow _ _ cows"),
        ("{1} one|[2,*] a|b", "_ one|[2,*] a|b"),
    ],
)
def test_arguments_and_plurals_of_laravel_and_vue(text, expected):
    assert only(text, "braces") == [expected]
