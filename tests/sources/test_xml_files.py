"""Which format an XML file is of is decided by its root element."""

from __future__ import annotations

import pytest

from culture_lint.errors import SourceError

from .helpers import read


def test_android_resources_are_read_as_such():
    items, _ = read('<resources><string name="a">One</string></resources>', "any.xml")
    assert [item.item for item in items] == ["a"]


@pytest.mark.parametrize("name", ["project", "manifest"])
def test_what_is_no_format_that_is_read_is_refused(name):
    with pytest.raises(SourceError, match=f"pom.xml:1: .*<{name}>.*Android"):
        read(f"<{name}/>", "pom.xml")
