"""What is at hand of an XML file's text: read block by block, judged by expat, cut into tags.

expat says whether a file is well-formed, and what its document type declares; where things stand
is found here, in the same text. Nothing outside the file is ever read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from culture_lint.errors import Location, SourceError
from culture_lint.frozen import frozen
from culture_lint.sources.messages import OBJECT
from culture_lint.sources.places import LINE_END
from culture_lint.sources.records import LONGEST_RECORD
from culture_lint.sources.xml_text import ATTRIBUTES, NAME, PREDEFINED

if TYPE_CHECKING:
    from xml.parsers.expat import ExpatError

#: So many characters are read at once.
BLOCK = 64 * 1024
#: An entity of the file's own: how long, and how many there may be.
_LONGEST_ENTITY = 1000
_MOST_ENTITIES = 1000

_TAG = re.compile(rf"<(/?)({NAME})({ATTRIBUTES})>")
#: What opens other markup, and what closes it.
_OTHER = {"<!--": "-->", "<![CDATA[": "]]>", "<?": "?>"}
_NESTED = re.compile(r"&(?!#|(?:amp|lt|gt|quot|apos);)")
REFERENCE = re.compile(r"&([^\s;&<#]+);")
_IN_DOCTYPE = re.compile(r"""<!--|<\?|["'\[\]>]""")
_BEHIND = re.compile(r"[^ \t]")
_BLANK = " \t\r\n\ufeff"

#: What to do about what expat says.
_CURES = {
    "undefined entity": "write the character itself, or &amp; for a bare &",
    "no element found": "is the file cut off?",
    "unclosed token": "is the file cut off?",
    "unclosed CDATA section": "is the file cut off?",
    "mismatched tag": "close every element in the order in which they were opened",
    "duplicate attribute": "name each attribute once",
    "junk after document element": "one element must hold all others",
    "not well-formed (invalid token)": "write &amp; for & and &lt; for < in text",
    "syntax error": "does it begin with a tag?",
    "unbound prefix": "declare the prefix with xmlns",
}


@frozen
class Token:
    """A tag or a comment, by its offsets in the window; ``kind``: open, close, empty, comment."""

    kind: str
    start: int
    end: int
    name: str = ""


class Window:
    """What is at hand of a file's text; everything in it has gone through expat."""

    def __init__(self, path: str, lines: Iterator[str]) -> None:
        from xml.parsers import expat

        self.path = path
        self.text = ""
        #: Where the next token is looked for, and what has to be kept (-1: nothing).
        self.at = 0
        self.keep = -1
        #: What the file's own entities stand for.
        self.entities: dict[str, str] = {}
        self.skipped = ""
        self._lines = lines
        self._ended = self._fed = False
        self._passed = 0
        #: The line and column (from 0) of the character at ``_counted``.
        self._counted = 0
        self._line, self._column, self._alone = 1, 0, True
        # The text is decoded already, whatever its declaration says.
        self._parser = expat.ParserCreate("utf-8")
        self._parser.EntityDeclHandler = self._entity
        self._error = expat.ExpatError

    def more(self) -> bool:
        """Read on, at least as much as is kept, so that no token costs more than linear time."""
        if self._ended:
            return False
        self._drop()
        wanted = max(BLOCK, len(self.text))
        if len(self.text) > LONGEST_RECORD:
            start = self.place(self.keep if self.keep >= 0 else self.at)[0]
            raise SourceError(
                f"what starts here is longer than {LONGEST_RECORD:,} characters; is it content?",
                Location(self.path, start),
            )
        parts: list[str] = []
        size = 0
        for line in self._lines:
            parts.append(line)
            size += len(line)
            if size >= wanted:
                break
        else:
            self._ended = True
        new = "".join(parts)
        self.text += new
        self._feed(new)
        return bool(new) or not self._ended

    def _drop(self) -> None:
        """Forget what is done with, line ends never cut in two."""
        end = self.at if self.keep < 0 else self.keep
        while end and self.text[end - 1] == "\r":
            end -= 1
        self.place(end)
        self.text = self.text[end:]
        self._counted -= end
        self.at -= end
        if self.keep >= 0:
            self.keep -= end

    def _feed(self, new: str) -> None:
        if not self._fed:
            bare = new.lstrip(_BLANK)
            self.skipped += new[: len(new) - len(bare)]
            new = bare
            self._fed = bool(new)
        if self._ended and not self._fed:
            raise SourceError("is empty", Location(self.path))
        data = new.encode()
        try:
            self._parser.Parse(data, self._ended)
        except self._error as error:
            raise self._malformed(error, data) from None
        self._passed += len(data)

    def _malformed(self, error: ExpatError, data: bytes) -> SourceError:
        from xml.parsers.expat import ErrorString

        what = ErrorString(error.code) or "not XML"
        line, column = error.lineno, error.offset + 1
        cure = _CURES.get(what, "")
        before = data[: max(0, self._parser.ErrorByteIndex - self._passed)].rstrip(b"-")
        if before.rfind(b"<!--") > before.rfind(b"-->"):
            cure = "two hyphens may not stand in a comment, write — before a reason"
        if line == 1:
            column += len(self.skipped) - max(map(self.skipped.rfind, "\r\n")) - 1
        line += len(LINE_END.findall(self.skipped))
        return SourceError(
            f"is not well-formed XML: {what}{cure and '; '}{cure}",
            Location(self.path, line, column),
        )

    def _entity(self, name: str, is_parameter: bool, value: str | None, *_: str | None) -> None:
        """Take note of an entity the file declares; refuse what could reach out or blow up."""
        if is_parameter or value is None:
            kind = "a parameter entity" if is_parameter else "an external entity"
            raise self._refused(f"declares {kind}, “{name[:40]}”")
        if _NESTED.search(value):
            raise self._refused(f"declares an entity made of other entities, “{name[:40]}”")
        if len(value) > _LONGEST_ENTITY or len(self.entities) >= _MOST_ENTITIES:
            raise self._refused("declares entities that are too long or too many")
        plain = REFERENCE.sub(lambda found: PREDEFINED.get(found[1], OBJECT), value)
        self.entities.setdefault(name, OBJECT if "<" in value else plain)

    def _refused(self, what: str) -> SourceError:
        line = self._parser.CurrentLineNumber + len(LINE_END.findall(self.skipped))
        return SourceError(
            f"{what}; that is not read, for safety: write the text itself",
            Location(self.path, line),
        )

    def place(self, at: int) -> tuple[int, int, bool]:
        """Return the line, the column (from 0) and whether only blanks stand before ``at``.

        ``at`` never goes back.
        """
        if at > self._counted:
            passed = self.text[self._counted : at]
            self._counted = at
            count, last = _line_ends(passed)
            if count:
                self._line += count
                passed = passed[last:]
                self._column, self._alone = 0, True
            self._column += len(passed)
            self._alone = self._alone and (not passed or passed.isspace())
        return self._line, self._column, self._alone

    def token(self) -> Token | None:
        """Return the next tag or comment and go behind it; None at the end of the file."""
        while True:
            start = self.text.find("<", self.at)
            self.at = start if start >= 0 else len(self.text)
            token = self._token(start) if start >= 0 else None
            if token is not None and not self._cut_off(token):
                self.at = token.end
                if token.kind:
                    return token
            elif not self.more():
                return None

    def _cut_off(self, token: Token) -> bool:
        """Tell whether it is not at hand yet what stands behind a comment on its line."""
        return token.kind == "comment" and not self._ended and not self.behind(token.end)

    def behind(self, at: int) -> str:
        """Return the first character at or behind ``at`` that is no blank, or a line end."""
        found = _BEHIND.search(self.text, at)
        return found[0] if found else ""

    def _token(self, start: int) -> Token | None:
        """Return the markup at ``start``, without a kind if nobody asks for it; None: cut off."""
        text = self.text
        tag = _TAG.match(text, start)
        if tag is not None and text[start + 1] not in "!?":
            kind = "close" if tag[1] else "empty" if tag[3].endswith("/") else "open"
            return Token(kind, start, tag.end(), tag[2])
        for opens, closes in _OTHER.items():
            if text.startswith(opens, start):
                end = text.find(closes, start + len(opens))
                kind = "comment" if opens == "<!--" else ""
                return Token(kind, start, end + len(closes)) if end >= 0 else None
        end = self._doctype(start) if text.startswith("<!DOCTYPE", start) else -1
        return Token("", start, end) if end >= 0 else None

    def _doctype(self, at: int) -> int:
        """Return where a document type declaration ends, -1 if its end is not at hand."""
        text = self.text
        inside = False
        while found := _IN_DOCTYPE.search(text, at):
            mark, at = found[0], found.end()
            if mark == ">" and not inside:
                return at
            if mark in "[]":
                inside = mark == "["
            elif mark != ">":
                closes = {"<!--": "-->", "<?": "?>"}.get(mark, mark)
                at = text.find(closes, at) + len(closes)
                if at < len(closes):
                    return -1
        return -1


def _line_ends(text: str) -> tuple[int, int]:
    """Return how many line ends there are and where the last of them ends."""
    if "\r" not in text:
        return text.count("\n"), text.rfind("\n") + 1
    ends = [found.end() for found in LINE_END.finditer(text)]
    return len(ends), ends[-1] if ends else 0
