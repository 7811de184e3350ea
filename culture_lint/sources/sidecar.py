"""Read suppressions from beside a file that has no room for them: ``de.json.culture-lint.yaml``.

A list of entries: ``pointer`` (RFC 6901; ``/ID/FIELD`` where the file is no JSON), ``ignore`` (a rule
or a list), and where wanted ``market``, ``until`` and ``reason``.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from culture_lint.errors import Location, SourceError
from culture_lint.sources.catalogue import message_name
from culture_lint.sources.encoding import open_text
from culture_lint.sources.items import Directive, Item, Notice, ReadOptions, Source
from culture_lint.sources.json_listing import JsonObject
from culture_lint.sources.jsonl import JsonRecord
from culture_lint.sources.languages import language_tag
from culture_lint.sources.message_trees import TEXT_KEYS
from culture_lint.sources.registry import reader
from culture_lint.spans import Place

ENDING = ".culture-lint.yaml"
_KEYS = ("pointer", "ignore", "market", "until", "reason")
#: A file of suppressions is written by hand.
_LARGEST = 1 << 20


@dataclass(slots=True)
class _Entry:
    tokens: tuple[str, ...]
    directive: Directive
    met: bool = False


@reader(".culture-lint.yaml", ".culture-lint.yml")
def read(source: Source, _: ReadOptions) -> Iterator[Item | Notice]:
    """Yield nothing: these files hold suppressions, and configuration, but no copy.

    Raises:
        SourceError: If it cannot be read, or is not as a file of suppressions must be.

    """
    if os.path.basename(source.path) not in (ENDING, ".culture-lint.yml"):
        _entries(source)
    yield from ()


def with_sidecar(source: Source, read: Iterator[Item | Notice]) -> Iterator[Item | Notice]:
    """Add to the items of a file the suppressions that stand beside it, if there are any.

    Raises:
        SourceError: If they cannot be read.

    """
    path = source.path + ENDING
    if source.path.endswith(ENDING) or not os.path.isfile(path):
        return read
    return _joined(read, _entries(Source(path)))


def _joined(read: Iterator[Item | Notice], entries: Sequence[_Entry]) -> Iterator[Item | Notice]:
    number = 0
    for one in read:
        if isinstance(one, Item):
            yield _with(one, entries, number)
            number += 1
        else:
            yield one
    for entry in entries:
        if not entry.met:
            at = entry.directive.place
            shown = "/".join(("", *entry.tokens))
            yield Notice(
                entry.directive.path,
                f"suppression: {shown} leads to no text in the file",
                at.line,
                at.column,
                "suppression/unused",
            )


def _with(item: Item, entries: Sequence[_Entry], number: int) -> Item:
    found: list[Directive] = []
    for entry in entries:
        reached = reach(item, entry.tokens)
        if reached is None and _is_listed(item):
            reached = _counted(item, entry.tokens, number)
        if reached is not None:
            entry.met = True
            everything = len(reached) == len(item.segments)
            segments = None if everything else tuple(reached)
            found.append(replace(entry.directive, segments=segments))
    return replace(item, directives=(*item.directives, *found)) if found else item


def without_entries(path: str, data: bytes, lines: Mapping[int, Collection[str]]) -> bytes:
    """Return a file of suppressions without some rules of the entries that start on some lines.

    An entry goes with its last rule, and with no rule named. The rest stays as it is.

    Raises:
        SourceError: If it is not as such a file must be.
    """
    import yaml

    entries = {
        one.directive.place.line: one.directive.place for one in _entries(Source(path, data))
    }
    text = data.decode("utf-8-sig")
    parts = text.splitlines(keepends=True)
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    for node in reversed(root.value if root is not None else []):
        first = node.start_mark.line
        if first + 1 not in lines or first + 1 not in entries:
            continue
        rules = next(value for key, value in node.value if key.value == "ignore")
        named = [one.value for one in (rules.value if rules.tag.endswith(":seq") else [rules])]
        kept = [one for one in named if one not in lines[first + 1]]
        if kept and lines[first + 1] and kept != named:
            line, stop = rules.start_mark.line, rules.end_mark
            if stop.column == 0:  # a list in lines of their own ends where the next key starts
                stop_line, behind = stop.line, ""
                end = parts[stop.line - 1][len(parts[stop.line - 1].rstrip("\r\n")) :]
            else:
                stop_line, behind = stop.line + 1, parts[stop.line][stop.column :]
                end = ""
            head = parts[line][: rules.start_mark.column]
            parts[line:stop_line] = [f"{head}[{', '.join(kept)}]{end}{behind}"]
            continue
        last = node.end_mark.line + (1 if node.end_mark.column else 0)
        while last > first + 1 and not parts[last - 1].strip():
            last -= 1
        del parts[first:last]
    return "".join(parts).encode("utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "utf-8")


def reach(item: Item, tokens: Sequence[str]) -> list[int] | None:
    """Return the segments of an item that a pointer leads to, None if it leads elsewhere.

    A pointer leads to an item whose id is its keys joined with ``.``, to all below it, and with
    more keys to the fields of that name.
    """
    tokens = list(tokens)
    everything = list(range(len(item.segments)))
    if not tokens:
        return everything
    if tokens[0] == "strings" and len(tokens) > 1:
        # Apple's string catalogues name an item by message and language.
        tokens = tokens[1:]
        if tokens[1:2] == ["localizations"]:
            start = f"{message_name(tokens[0])} ["
            ends = tuple(f"{start}{tokens[2]}{sign}" for sign in " ]") if tokens[2:] else (start,)
            return everything if item.item.startswith(ends) else None
    starts = [list(tokens)]
    if len(tokens) > 1 and language_tag(tokens[0], names=False):
        starts.append(list(tokens[1:]))  # one language at the root is no part of the ids
    for keys in starts:
        whole = ".".join(keys)
        if item.item.startswith((f"{whole}.", f"{message_name(whole)} [")):
            return everything
        for size in range(len(keys), 0, -1):
            name = ".".join(keys[:size])
            if item.item not in (name, message_name(name)):
                continue
            inside = _inside(item, keys[size:])
            if inside is None and keys[size:] in [[key] for key in TEXT_KEYS]:
                return everything
            if inside is not None:
                return inside
    return None


def _inside(item: Item, keys: Sequence[str]) -> list[int] | None:
    """Return the segments of the field that keys lead to, all for no keys, None if it has none."""
    if not keys:
        return list(range(len(item.segments)))
    # In a feed the prefix of a name is no part of the field.
    names = {".".join(keys), ".".join(key.rpartition(":")[2] for key in keys)}
    found = [
        at
        for at, one in enumerate(item.segments)
        if any(one.field == name or one.field.startswith(f"{name}.") for name in names)
    ]
    return found or None


def _is_listed(item: Item) -> bool:
    """Tell whether an item is one of a list of objects in JSON."""
    places = item.segments[0].places if item.segments else None
    return isinstance(getattr(places, "record", None), (JsonObject, JsonRecord))


def _counted(item: Item, tokens: Sequence[str], number: int) -> list[int] | None:
    """Return the segments that a pointer leads to by the item's index in its list."""
    for at in (0, 1):
        if list(tokens[at : at + 1]) == [str(number)]:
            return _inside(item, tokens[at + 1 :])
    return None


def _entries(source: Source) -> list[_Entry]:
    import yaml

    path = source.path
    with open_text(source, "utf-8-sig") as text:
        content = "".join(text.lines)
    if len(content) > _LARGEST:
        raise SourceError("is too long for a file of suppressions", Location(path))
    try:
        root = yaml.compose(content, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = Location(path, mark.line + 1, mark.column + 1) if mark else Location(path)
        what = getattr(error, "problem", None) or "it cannot be parsed"
        raise SourceError(f"not valid YAML: {what}", where) from None
    except RecursionError:
        raise SourceError("nested too deeply for a file of suppressions", Location(path)) from None
    if root is None:
        return []
    if not isinstance(root, yaml.SequenceNode):
        raise _error(path, root, "must be a list of entries with `pointer` and `ignore`")
    return [_entry(path, node) for node in root.value]


def _error(path: str, node: Any, message: str) -> SourceError:
    mark = node.start_mark
    return SourceError(message, Location(path, mark.line + 1, mark.column + 1))


def _entry(path: str, node: Any) -> _Entry:
    """Return one entry, as the directive that it would be in a comment."""
    if not node.tag.endswith(":map"):
        raise _error(path, node, "an entry must have `pointer` and `ignore`")
    found: dict[str, list[str]] = {}
    for key, value in node.value:
        if key.value not in _KEYS:
            raise _error(path, key, f"unknown key “{key.value}”; there are {', '.join(_KEYS)}")
        if key.value in found:
            raise _error(path, key, f"the key “{key.value}” stands here twice")
        parts = value.value if value.tag.endswith(":seq") else [value]
        if any(not isinstance(part.value, str) for part in parts):
            raise _error(path, value, f"{key.value} must be a text or a list of texts")
        found[key.value] = [" ".join(part.value.split()) for part in parts]
    pointer = (found.get("pointer") or ["-"])[0]
    if pointer and not pointer.startswith("/"):
        raise _error(path, node, "`pointer` must be an RFC 6901 pointer such as /home/title")
    if not found.get("ignore"):
        raise _error(path, node, "`ignore` must name the rules")
    text = f"ignore[{', '.join(found['ignore'])}]"
    for key in ("market", "until"):
        if key in found:
            text += f" {key}={','.join(found[key])}"
    if found.get("reason"):
        text += f" -- {' '.join(found['reason'])}"
    tokens = tuple(part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:])
    mark, end = node.start_mark, node.end_mark
    place = Place(mark.line + 1, mark.column + 1, end.line + 1, end.column + 1)
    return _Entry(tokens, Directive(text, place, path=path))
