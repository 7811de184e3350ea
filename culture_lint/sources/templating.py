"""Find template syntax in pages and letters: what a program fills in or carries out is no prose."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from culture_lint.sources.flow import HIDDEN, LINE, OBJECT, SHOWN

_OPEN = re.compile(
    r"\{\{|\{%|\{#(?=\s)|<%|<\?(?=php|=|\s)|</?[#@](?=[A-Za-z-])|[$#]\{|\*\||%%(?=[\[A-Za-z_])"
)
#: What a Handlebars, Go, Hugo or Jinja tag begins with when it puts nothing into the text.
_CONTROL = re.compile(
    r"\{\{[{~-]?\s*(?:[#/!^><%]|(?:else|end|if|range|with|block|define|template)\b)"
)
#: What parts one branch from the next: their texts are not one after the other.
_ELSE = re.compile(
    r"(?:\{[{%][{~-]?|<%-?|<#|<\?(?:php)?)\s*\}?\s*(?:else|elseif|elsif|elif|case|when|default|recover)\b"
)
_QUOTED_OR_END = re.compile(r"""["'()>]""")
_BRACE = re.compile(r"""[{}]|"[^"\n]*"|'[^'\n]*'""")
_MERGE = re.compile(r"\*\|[^|\n]{1,120}\|\*")
_FIELD = re.compile(r"%%[A-Za-z_][\w.]{0,80}%%")
_NOT_IN_PARAGRAPH = re.compile(r"`|\n[ \t]*\r?\n")


@dataclass(slots=True)
class Masked:
    """A text with what is not prose overwritten by `OBJECT`, in place and in length.

    ``cuts`` says where such a stretch starts: its end, and how it shows (see `flow`).
    """

    text: str
    cuts: dict[int, tuple[int, str]] = field(default_factory=dict)

    def cut(self, start: int, end: int, how: str) -> None:
        """Note a stretch; it is overwritten by `done`."""
        self.cuts[start] = (end, how)

    def done(self) -> Masked:
        """Overwrite every stretch that was noted; they must not overlap."""
        if not self.cuts:
            return self
        parts: list[str] = []
        at = 0
        for start, (end, _) in sorted(self.cuts.items()):
            parts += (self.text[at:start], OBJECT * (end - start))
            at = end
        self.text = "".join((*parts, self.text[at:]))
        return self


def without_templates(text: str, *, paragraphs: bool = False) -> Masked:
    """Return ``text`` with Jinja, Liquid, Handlebars, Go, ERB, PHP, Freemarker and merge tags cut.

    Takes linear time. ``paragraphs``: a tag never reaches over a blank line or a backtick, as
    in Markdown, whose code shows such syntax rather than uses it.
    """
    masked = Masked(text)
    at = 0
    nowhere: set[str] = set()
    while (opened := _OPEN.search(text, at)) is not None:
        start = opened.start()
        end, how = _tag(text, start, opened[0], nowhere)
        if how == HIDDEN and _ELSE.match(text, start):
            how = LINE
        if end <= start or (paragraphs and _NOT_IN_PARAGRAPH.search(text, start, end)):
            at = opened.end()
            continue
        masked.cut(start, end, how)
        at = end
    return masked.done()


def _tag(text: str, start: int, sign: str, nowhere: set[str]) -> tuple[int, str]:
    """Return where the tag ends that ``sign`` opens (0 if it does not) and how it shows."""
    if sign == "{{":
        closer = "}}}" if text.startswith("{{{", start) else "}}"
        if text.startswith(("{{!--", "{{~!--"), start):
            closer = "--}}"
        return _closed(text, start, closer, nowhere), (
            HIDDEN if _CONTROL.match(text, start) else SHOWN
        )
    if sign in ("{%", "{#"):
        return _closed(text, start, f"{sign[1]}}}", nowhere), HIDDEN
    if sign == "<%":
        comment = text.startswith("<%--", start)
        how = SHOWN if text[start + 2 : start + 3] in ("=", "-") and not comment else HIDDEN
        return _closed(text, start, "--%>" if comment else "%>", nowhere), how
    if sign == "<?":
        how = (
            SHOWN if text.startswith("<?=", start) or "echo" in text[start : start + 16] else HIDDEN
        )
        return _closed(text, start, "?>", nowhere) or len(text), how
    if sign in ("${", "#{"):
        return _braced(text, start), SHOWN
    if sign == "*|":
        found = _MERGE.match(text, start)
        how = HIDDEN if found and ":" in found[0] else SHOWN
        return found.end() if found else 0, how
    if sign == "%%":
        if text.startswith("%%[", start):
            return _closed(text, start, "]%%", nowhere), HIDDEN
        found = _FIELD.match(text, start)
        return found.end() if found else 0, SHOWN
    if text.startswith("<#--", start):
        return _closed(text, start, "-->", nowhere), HIDDEN
    return _freemarker(text, start), SHOWN if sign == "<@" else HIDDEN


def _closed(text: str, start: int, closer: str, nowhere: set[str]) -> int:
    """Return the offset behind the next ``closer``, 0 if there is none; remembered in ``nowhere``."""
    if closer in nowhere:
        return 0
    end = text.find(closer, start + 2)
    if end < 0:
        nowhere.add(closer)
        return 0
    return end + len(closer)


#: The longest expression that is followed: so much may be looked at again, and no more.
_LONGEST = 2000
_DEEPEST = 8


def _braced(text: str, start: int) -> int:
    """Return the offset behind the brace that closes ``${``, 0 if it does not close."""
    depth = 0
    for found in _BRACE.finditer(text, start + 1, start + _LONGEST):
        if found[0] == "{":
            depth += 1
            if depth > _DEEPEST:
                return 0
        elif found[0] == "}":
            depth -= 1
            if not depth:
                return found.end()
    return 0


def _freemarker(text: str, start: int) -> int:
    """Return the offset behind ``<#if (a > b)>`` or the like, 0 if it does not close."""
    depth = 0
    at = start
    while (found := _QUOTED_OR_END.search(text, at, start + _LONGEST)) is not None:
        at = found.end()
        if found[0] in "\"'":
            at = text.find(found[0], at, start + _LONGEST) + 1
            if not at:
                return 0
        elif found[0] == ">":
            if depth <= 0:
                return at
        else:
            depth += 1 if found[0] == "(" else -1
            if depth > _DEEPEST:
                return 0
    return 0
