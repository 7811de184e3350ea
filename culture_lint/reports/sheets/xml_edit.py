"""Change single places of an XML part and leave every other byte of it alone.

A parser that builds a tree writes another file than it read: other quotes, other prefixes, without
what it does not know. Here the tree only says where things stand. What is read has been parsed by a
reader before, so it is sound XML without a document type.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

#: The attributes of a tag as they stand; a quoted value may hold ">".
ATTRIBUTES = rb"""(?:[^<>"']|"[^"]*"|'[^']*')*?"""
_TOKEN = re.compile(
    rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
    rb"|<(?P<close>/?)(?P<prefix>[A-Za-z_][\w.-]*:)?(?P<name>[\w.-]+)"
    rb"(?P<attributes>" + ATTRIBUTES + rb")(?P<empty>/?)>",
    re.DOTALL,
)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]|_(?=x[0-9A-Fa-f]{4}_)")
_FORBIDDEN = re.compile("[\ud800-\udfff\ufffe\uffff]")
#: What a cell or a comment can hold, in UTF-16 units.
MOST_CHARACTERS = 32_767

#: (start, end, what stands there instead).
Edit = tuple[int, int, bytes]


@dataclass(slots=True)
class Node:
    """An element: where it starts, where its tag ends, where its end tag starts, where it ends."""

    name: str
    prefix: bytes
    attributes: bytes
    start: int
    inner: int
    close: int = 0
    end: int = 0
    children: list[Node] = field(default_factory=list)

    def get(self, name: str, default: str = "") -> str:
        """Return an attribute's value by its name, whatever its prefix."""
        pattern = rb"(?:^|\s)(?:[\w.-]+:)?" + name.encode() + rb"""\s*=\s*(?:"([^"]*)"|'([^']*)')"""
        found = re.search(pattern, self.attributes)
        if found is None:
            return default
        raw = found[1] if found[1] is not None else found[2]
        return html.unescape(raw.decode("utf-8", "replace"))

    def child(self, name: str) -> Node | None:
        """Return the first child of that name."""
        return next((one for one in self.children if one.name == name), None)

    def all(self, name: str) -> list[Node]:
        """Return the children of that name."""
        return [one for one in self.children if one.name == name]

    @property
    def empty(self) -> bool:
        """Whether it is written as one tag."""
        return self.inner == self.end


def outline(data: bytes) -> Node:
    """Return the root of a document.

    Raises:
        ValueError: If its tags do not match.
    """
    top = Node("", b"", b"", 0, 0)
    open_nodes = [top]
    for token in _TOKEN.finditer(data):
        name = token["name"]
        if name is None:
            continue
        if token["close"]:
            node = open_nodes.pop()
            node.close, node.end = token.start(), token.end()
            if node.name.encode() != name or not open_nodes:
                raise ValueError(f"</{name.decode()}> closes <{node.name}>")
            continue
        node = Node(
            name.decode(), token["prefix"] or b"", token["attributes"], token.start(), token.end()
        )
        open_nodes[-1].children.append(node)
        if token["empty"]:
            node.close = node.end = token.end()
        else:
            open_nodes.append(node)
    if len(open_nodes) != 1 or len(top.children) != 1:
        raise ValueError("the document does not end where it should")
    return top.children[0]


def edited(data: bytes, edits: Sequence[Edit]) -> bytes:
    """Return data with edits made; those at one place come in the order they are given."""
    parts: list[bytes] = []
    at = 0
    for start, end, text in sorted(edits, key=lambda one: one[:2]):
        parts += [data[at:start], text]
        at = end
    return b"".join([*parts, data[at:]])


def appended(data: bytes, node: Node, text: bytes) -> Edit:
    """Return the edit that puts text behind the last child of an element."""
    if not node.empty:
        return node.close, node.close, text
    tag = data[node.start : node.end]
    name = node.prefix + node.name.encode()
    return node.start, node.end, tag[:-2].rstrip() + b">" + text + b"</" + name + b">"


def counted(data: bytes, node: Node, count: int) -> list[Edit]:
    """Return the edit that sets ``count`` where an element has one."""
    tag = data[node.start : node.inner]
    found = re.search(rb"""\scount\s*=\s*("[^"]*"|'[^']*')""", tag)
    if found is None:
        return []
    at = node.start
    return [(at + found.start(1), at + found.end(1), b'"%d"' % count)]


def with_attribute(tag: bytes, name: bytes, value: bytes) -> bytes:
    """Return a start tag with an attribute set."""
    found = re.search(rb"\s" + name + rb"""\s*=\s*("[^"]*"|'[^']*')""", tag)
    if found is not None:
        return tag[: found.start(1)] + b'"' + value + b'"' + tag[found.end(1) :]
    name_end = re.match(rb"<[\w.:-]+", tag)
    at = name_end.end() if name_end else len(tag)
    return tag[:at] + b" " + name + b'="' + value + b'"' + tag[at:]


def utf8(data: bytes) -> bytes:
    """Return a part in UTF-8, which nearly all are in."""
    if data.startswith(b"\xef\xbb\xbf"):
        return data[3:]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16")
        return re.sub(r"""(<\?xml[^>]*encoding=)("[^"]*"|'[^']*')""", r'\1"UTF-8"', text).encode()
    return data


def cut(text: str, most: int = MOST_CHARACTERS) -> str:
    """Return text that a cell can hold, an ellipsis where it was cut off."""
    if len(text) * 2 <= most or len(text.encode("utf-16-le", "replace")) // 2 <= most:
        return text
    kept = text.encode("utf-16-le", "replace")[: 2 * (most - 1)].decode("utf-16-le", "ignore")
    return kept + "…"


def escaped(text: str) -> bytes:
    """Return text as it stands between tags; what XML cannot hold as spreadsheets write it."""
    text = _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
    text = _CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    return html.escape(text, quote=False).encode("utf-8")


def quoted(text: str) -> bytes:
    """Return text as the value of an attribute, its quotes around it."""
    plain = _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
    plain = re.sub("[\x00-\x1f]", " ", plain)
    return b'"' + html.escape(plain).encode("utf-8") + b'"'


def letters(column: int) -> str:
    """Return the letters of a column, counted from 0."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def number_of(name: str) -> int:
    """Return the number of a column, counted from 0, by its letters."""
    number = 0
    for char in name:
        number = number * 26 + ord(char) - 64
    return number - 1


def chunks(data: bytes, size: int = 1 << 20) -> Iterator[bytes]:
    """Yield data in pieces."""
    for start in range(0, len(data), size):
        yield data[start : start + size]
