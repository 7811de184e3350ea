"""Read YAML message catalogues (Rails, Symfony, Sylius ...): one item per message."""

from __future__ import annotations

import re
from collections.abc import Iterator

from culture_lint.errors import Location, SourceError
from culture_lint.sources.catalogue import Catalogue, whole_text
from culture_lint.sources.items import Item, Notice, ReadOptions, Source
from culture_lint.sources.message_trees import (
    SAMPLE,
    SYNTAXES,
    Value,
    left_out,
    tree_items,
    why_not,
    why_not_broken,
)
from culture_lint.sources.registry import reader
from culture_lint.sources.yaml_text import YamlError, comments, scalars

#: A template of Helm, Ansible and their like, which is no YAML before it is filled in.
_TEMPLATE = re.compile(r"^[ \t]*\{[{%]", re.MULTILINE)


@reader(".yaml", ".yml")
def read(source: Source, options: ReadOptions) -> Iterator[Item | Notice]:
    """Yield the messages in file order; a notice instead where the file is no catalogue.

    Raises:
        SourceError: If the file cannot be read, is not YAML, or has a key twice.

    """
    catalogue = Catalogue(source.path, whole_text(source, options.encoding), SYNTAXES)
    if not catalogue.text.strip("\ufeff \t\r\n"):
        reason = why_not_broken(source.path, (), empty=True)
        if reason is None:
            raise SourceError("is empty", Location(source.path))
        yield left_out(source.path, reason)
        return
    values: list[Value] = []
    problem: YamlError | None = None
    reason = None
    try:
        for one in scalars(catalogue.text):
            values.append(Value(one.path, one.start, one.text, one.pieces))
            catalogue.bounded(len(values), one.start)
            if len(values) == SAMPLE:
                reason = why_not(source.path, values)
                if reason is not None:
                    break
    except YamlError as error:
        problem = error
    if problem is None:
        reason = reason or why_not(source.path, values)
    elif _TEMPLATE.search(catalogue.text):
        reason = "it is a template"
    else:
        reason = why_not_broken(source.path, values)
    if reason is not None:
        yield left_out(source.path, reason)
        return
    if problem is not None:
        cut = problem.offset >= len(catalogue.text.rstrip())
        hint = "; is the file cut off here?" if cut else ""
        raise catalogue.error(problem.message + hint, problem.offset)
    # Comments are no events of the parser, and so are never read as text.
    for start, end in comments(catalogue.text):
        catalogue.comment(catalogue.text[start + 1 : end], start, end)
    yield from tree_items(catalogue, values)
