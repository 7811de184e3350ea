"""Hold a file against its published JSON Schema and say in plain words what does not fit."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator, Mapping, Sequence
from importlib import resources
from typing import TYPE_CHECKING, Any, Literal

from culture_lint.errors import Problem
from culture_lint.knowledge.wording import listed, nearest, quoted
from culture_lint.knowledge.yaml_nodes import Document

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator

#: An error of the library; its stubs leave too much open for the names to help.
ValidationError = Any
Path = tuple[str | int, ...]
Finding = tuple[Path, str, Literal["key", "value"]]

_ABOUT_THE_ENTRY = ("required", "anyOf", "oneOf")
_LONG = 12
_NOUNS = {
    "string": "text",
    "array": "a list",
    "object": "a mapping",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
}


def schema_problems(document: Document, kind: str) -> list[tuple[Path, Problem]]:
    """Return what is wrong with the shape of a file, each with the key path it is at.

    ``kind`` is ``signifiers``, ``personas``, ``calendar`` or anything else for a scope.
    """
    name = kind if kind in ("signifiers", "personas", "calendar") else "ruleset"
    errors = _validator(name).iter_errors(document.data)
    findings = dict.fromkeys(finding for error in errors for finding in _explained(error))
    return [(path, document.problem(path, message, of=of)) for path, message, of in findings]


def load_schema(name: str) -> dict[str, Any]:
    """Return a published schema: ``signifiers``, ``personas``, ``calendar`` or ``ruleset``."""
    folder = resources.files("culture_lint.knowledge") / "schemas"
    text = (folder / f"{name}.schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


@functools.cache
def _validator(name: str) -> Draft202012Validator:
    from jsonschema import Draft202012Validator

    schema = load_schema(name)
    return Draft202012Validator(_inlined(schema, schema["$defs"]))


def _inlined(part: Any, definitions: Mapping[str, Any]) -> Any:
    """Return the schema with every reference written out, which halves the time it takes.

    The library looks a reference up anew for each value. Ours are local and not recursive.
    """
    if isinstance(part, list):
        return [_inlined(member, definitions) for member in part]
    if not isinstance(part, dict):
        return part
    own = {key: _inlined(value, definitions) for key, value in part.items() if key != "$ref"}
    if isinstance(part.get("pattern"), str):
        # Python's $ lets a final line break through; that of JSON Schema does not.
        own["pattern"] = part["pattern"].replace("$", r"\Z")
    if "$ref" not in part:
        return own
    target = definitions[part["$ref"].removeprefix("#/$defs/")]
    return {**_inlined(target, definitions), **own}


def _explained(error: ValidationError) -> Iterator[Finding]:
    """Yield the findings that one error of the library stands for."""
    path: Path = tuple(error.absolute_path)
    keyword = str(error.validator)
    if keyword == "additionalProperties":
        yield from _unknown_keys(error, path)
    elif keyword == "anyOf" and not _only_asks_for_keys(error.validator_value):
        yield from _nearest_branch(error, path)
    elif "propertyNames" in error.absolute_schema_path:
        yield (*path, str(error.instance)), _message(error), "key"
    else:
        of: Literal["key", "value"] = "key" if keyword in _ABOUT_THE_ENTRY else "value"
        yield path, _message(error), of


def _unknown_keys(error: ValidationError, path: Path) -> Iterator[Finding]:
    known = list(error.schema["properties"])
    for key in error.instance:
        if key not in known:
            near = nearest(key, known) or f"; the keys here are {', '.join(known)}"
            yield (*path, key), f"{quoted(key)} is no key here{near}", "key"


def _nearest_branch(error: ValidationError, path: Path) -> Iterator[Finding]:
    """Explain a choice of shapes by the branch whose type the author chose."""
    branches: dict[Any, list[ValidationError]] = {}
    for inner in error.context or ():
        branches.setdefault(inner.schema_path[0], []).append(inner)
    for errors in branches.values():
        if not any(inner.validator == "type" and not inner.path for inner in errors):
            for inner in errors:
                yield from _explained(inner)
            return
    types = (inner.validator_value for errors in branches.values() for inner in errors[:1])
    yield path, _wrong_type(error.instance, list(types)), "value"


def _only_asks_for_keys(branches: Sequence[Mapping[str, Any]]) -> bool:
    return all("required" in branch for branch in branches)


def _message(error: ValidationError) -> str:
    value, wanted, keyword = error.instance, error.validator_value, str(error.validator)
    if keyword == "enum":
        return _wrong_word(value, wanted)
    if keyword == "type":
        return _wrong_type(value, [wanted])
    if keyword == "required":
        missing = [f'"{key}"' for key in wanted if key not in value]
        return f"needs {listed(missing)}"
    if keyword in ("anyOf", "oneOf"):
        return _wrong_keys(value, wanted)
    if keyword == "pattern":
        return f"{quoted(value)}: {error.schema['patternErrorMessage']}"
    if keyword in ("minLength", "minItems", "minProperties"):
        return "is empty; write something or leave the key out"
    if keyword in ("minimum", "maximum"):
        low, high = error.schema["minimum"], error.schema["maximum"]
        return f"{value:g} does not lie between {low} and {high}"
    return str(error.message)


def _wrong_keys(value: Mapping[str, Any], branches: Sequence[Mapping[str, Any]]) -> str:
    choices = [[f'"{key}"' for key in branch["required"]] for branch in branches]
    given = [choice for choice in choices if all(key.strip('"') in value for key in choice)]
    if given:
        return f"{' and '.join(given[0] + given[1])} stand here together; only one may"
    return f"needs {' or '.join(listed(choice) for choice in choices)}"


def _wrong_word(value: Any, words: Sequence[str]) -> str:
    words_known = ", ".join(words)
    if not isinstance(value, str):
        return f"{_wrong_type(value, ['string'])}: one of {words_known}"
    near = nearest(value, words)
    if near and len(words) > _LONG:
        return f"{quoted(value)} is none of the words known here{near}"
    return f"{quoted(value)} is none of {words_known}{near}"


def _wrong_type(value: Any, types: Sequence[str]) -> str:
    wanted = " or ".join(dict.fromkeys(_NOUNS[kind] for kind in types))
    if value is None:
        return f"is empty; write {wanted}, or leave the key out"
    if isinstance(value, str) and types[0] in ("boolean", "number", "integer"):
        return f"{quoted(value)} is not {wanted}; write it without quotes"
    return f"should be {wanted}, not {_noun(value)}"


def _noun(value: Any) -> str:
    if isinstance(value, bool):
        return "true or false"
    kinds = ((str, "string"), (Mapping, "object"), (list, "array"))
    return _NOUNS[next((name for kind, name in kinds if isinstance(value, kind)), "number")]
