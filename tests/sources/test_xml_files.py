"""Which format an XML file is of is decided by its root element."""

from __future__ import annotations

import pytest

from culture_lint.errors import SourceError

from .helpers import read


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('<resources><string name="a">One</string></resources>', "a"),
        (
            '<xliff version="1.2"><file source-language="en"><body><trans-unit id="u">'
            "<source>One</source></trans-unit></body></file></xliff>",
            "u",
        ),
        (
            "<rss><channel><item><guid>g</guid><link/><title>One</title></item></channel></rss>",
            "g",
        ),
        ("<feed><entry><id>e</id><title>One</title></entry></feed>", "e"),
        (
            '<r:RDF xmlns:r="x"><item><id>i</id><title>One</title></item></r:RDF>',
            "i",
        ),
        (
            '<yml_catalog><shop><offers><offer id="o"><name>One</name></offer></offers></shop>'
            "</yml_catalog>",
            "o",
        ),
    ],
)
def test_the_root_element_decides(text, name):
    items, _ = read(text, "any.xml")
    assert [item.item for item in items] == [name]
    assert items[0].segments[0].text == "One"


@pytest.mark.parametrize("name", ["project", "manifest"])
def test_what_is_no_format_that_is_read_is_refused(name):
    with pytest.raises(SourceError, match=f"pom.xml:1: .*<{name}>.*Android"):
        read(f"<{name}/>", "pom.xml")
