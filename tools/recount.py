"""Count what stands in content files with other people's parsers, and compare with what is read.

Usage: python tools/recount.py [--node FOLDER] [--show] PATH...

Catalogues are compared message by message (a plural form counts as one), tables row by row, pages
text by text and letter by letter. None of the parsers used here reads the same file for culture-lint itself, except that
XLSX, Parquet and JSON allow no other answer. Needs `pip install lxml polib mistune ruamel.yaml
javaproperties python-calamine duckdb openstep-plist`; MDX needs Node.js and, in FOLDER, `npm install
unified remark-parse remark-mdx remark-gfm remark-frontmatter`. What is not installed is said, and left out.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import plistlib
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from culture_lint.errors import CultureLintError
from culture_lint.sources.items import Item, Notice, ReadOptions, Source
from culture_lint.sources.registry import reader_for

WORD = re.compile(r"[^\W\d_]+")
#: Placeholders, tags and addresses, near enough: what is left must hold a letter to be prose.
NO_PROSE = re.compile(
    r"https?://\S+|www\.\S+|[\w.+-]*@[a-z.-]+|&#?\w+;|</?[A-Za-z][^<>]*>|\$t\([^()]*\)"
    r"|\{\{.*?\}\}|\{%.*?%\}|[$%#]?\{[^{}]*\}|%\([^()]*\)[-0-9.]*[a-zA-Z]|%[A-Za-z_][\w.-]*%|%#@\w+@|%arg"
    r"|%(?:\d+\$)?[-+0, ]*\d*(?:\.\d+)?(?:hh?|ll?|[Lqjzt])?[@a-zA-Z]"
)
#: Addresses and what templates fill in: no prose in a page.
OBJECTS = re.compile(
    r"(?:https?://|www\.)[!#-;=?-~]*|\S+@\S+\.\w+|\{\{.*?\}\}|\{%.*?%\}|\$\{.*?\}|</?[#@][^>]*>"
)
#: What Markdown and HTML show to nobody.
NOT_READ = ("script", "style", "template", "svg", "code", "pre", "samp", "kbd", "var", "head")


def worded(text: str) -> bool:
    """Tell whether a message says something besides its placeholders, by a rule of thumb."""
    if re.search(r"\{\s*\w+\s*,\s*(?:plural|select)", text):
        return True
    return WORD.search(NO_PROSE.sub(" ", NO_PROSE.sub(" ", text))) is not None


# What others count ---------------------------------------------------------------------------


def po(path: Path) -> Iterator[str]:
    """Yield the translations that gettext uses; of a template the sources."""
    import polib

    entries = [one for one in polib.pofile(str(path)) if not one.obsolete]
    done = [one for one in entries if one.translated()]
    for one in done or entries:
        if not done:
            yield from filter(None, (one.msgid, one.msgid_plural))
        elif "fuzzy" not in one.flags:
            yield from one.msgstr_plural.values() if one.msgid_plural else [one.msgstr]
    if (tool := shutil.which("msgfmt")) is not None:
        told = subprocess.run(
            [tool, "--statistics", "-o", "/dev/null", str(path)],
            capture_output=True, text=True, check=True, env={"LC_ALL": "C"},
        ).stderr  # fmt: skip
        said = re.search(r"(\d+) translated", told)
        assert int(said[1] if said else 0) == len(done), (path, told, len(done))


def _xml(path: Path) -> Any:
    from lxml import etree

    root = etree.fromstring(path.read_bytes().strip(), etree.XMLParser(resolve_entities="internal"))
    for one in root.iter():
        if isinstance(one.tag, str):
            one.tag = etree.QName(one).localname
    return root


def _inner(element: Any) -> str:
    return "".join(element.itertext()) if element is not None else ""


def xliff(path: Path) -> Iterator[str]:
    """Yield the targets, or the sources of a file without a target language."""
    root = _xml(path)
    for unit in root.iter("trans-unit", "unit"):
        if any(one.get("translate") == "no" for one in [unit, *unit.iterancestors()]):
            continue
        spoken = any(
            one.get("target-language") or one.get("trgLang")
            for one in [unit, *unit.iterancestors()]
        )
        sources, targets = list(unit.iter("source")), list(unit.iter("target"))
        if targets and targets[0].get("state") in ("new", "needs-translation"):
            targets = [] if _inner(targets[0]) == _inner(sources[0]) else targets
        yield " ".join(map(_inner, targets or ([] if spoken else sources)))


def android(path: Path) -> Iterator[str]:
    """Yield the strings, items of plurals and arrays that are for translators."""
    for one in _xml(path).iter("string", "item"):
        over = one if one.tag == "string" else one.getparent()
        if over.get("translatable") != "false" and over.tag in (
            "string",
            "plurals",
            "string-array",
        ):
            text = _inner(one)
            if not text.startswith(("@", "?")):
                yield text


def resx(path: Path) -> Iterator[str]:
    """Yield the string resources."""
    for one in _xml(path).iter("data"):
        if one.get("mimetype") is None and one.get("type") is None:
            yield _inner(one.find("value"))


def stringsdict(path: Path) -> Iterator[str]:
    """Yield the formats and plural forms."""

    def texts(value: object) -> Iterator[str]:
        if isinstance(value, dict):
            for key, inner in value.items():
                if key not in ("NSStringFormatSpecTypeKey", "NSStringFormatValueTypeKey"):
                    yield from texts(inner)
        elif isinstance(value, str):
            yield value

    yield from texts(plistlib.loads(path.read_bytes()))


def strings(path: Path) -> Iterator[str]:
    """Yield the values of an old property list without braces."""
    import openstep_plist

    data = path.read_bytes()
    text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    yield from map(str, openstep_plist.loads("{" + text + "}").values())


def xcstrings(path: Path) -> Iterator[str]:
    """Yield the values of all languages, and the keys that are themselves the text."""
    found = json.loads(path.read_text("utf-8"))

    def values(unit: dict[str, Any]) -> Iterator[str]:
        if "stringUnit" in unit:
            yield unit["stringUnit"]["value"]
        for forms in unit.get("variations", {}).values():
            for form in forms.values():
                yield from values(form)
        for one in unit.get("substitutions", {}).values():
            yield from values(one)

    for key, entry in found["strings"].items():
        if entry.get("shouldTranslate", True):
            localised = entry.get("localizations", {})
            if found["sourceLanguage"] not in localised and not re.fullmatch(
                r"[\w.]+\.[\w.]+", key
            ):
                yield key  # other keys are names
            for unit in localised.values():
                yield from values(unit)


def leaves(value: object) -> Iterator[str]:
    """Yield the strings of nested data."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner)
    elif isinstance(value, str):
        yield value


def json_leaves(path: Path) -> Iterator[str]:
    """Yield the strings of a JSON catalogue."""
    yield from leaves(json.loads(path.read_text("utf-8-sig")))


def arb(path: Path) -> Iterator[str]:
    """Yield the messages of an application resource bundle."""
    for key, value in json.loads(path.read_text("utf-8-sig")).items():
        if not key.startswith("@"):
            yield value


def yaml(path: Path) -> Iterator[str]:
    """Yield the strings of a YAML catalogue."""
    from ruamel.yaml import YAML

    yield from leaves(YAML(typ="safe", pure=True).load(path.read_text("utf-8-sig")))


def properties(path: Path) -> Iterator[str]:
    """Yield the values of a Java property file; of two with one key the last."""
    import javaproperties

    yield from javaproperties.loads(path.read_text("utf-8-sig")).values()


def fluent(path: Path) -> Iterator[str]:
    """Yield messages, terms and attributes, told by their indentation alone."""
    found: list[str] = []
    for line in path.read_text("utf-8-sig").splitlines():
        start = re.match(r"(?:-?[A-Za-z][\w-]*| +\.[A-Za-z][\w-]*) *=(.*)", line)
        if start:
            found.append(start[1])
        elif found and line[:1] in (" ", "}") and line.strip():
            found[-1] += "\n" + line
    for text in found:
        yield text if "->" not in text else "several"


def _table(path: Path) -> list[list[str]]:
    data = path.read_bytes()
    for encoding in ("utf-8-sig", "cp932", "gb18030", "cp949", "cp1252"):
        try:
            text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else encoding)
        except UnicodeDecodeError:
            continue
        csv.field_size_limit(1 << 30)
        tables = [
            list(csv.reader(io.StringIO(text, newline=""), delimiter=sign, skipinitialspace=True))
            for sign in ",;\t|"
        ]
        return max(tables, key=_regular)
    raise ValueError(f"{path}: no encoding fits")


def _regular(rows: list[list[str]]) -> tuple[float, int]:
    """Return the share of records that are as wide as most, and how wide that is; one is none."""
    ((width, times),) = Counter(map(len, rows)).most_common(1)
    return (times / len(rows) if width > 1 else 0.0, width)


def delimited(path: Path) -> Iterator[str]:
    """Yield the records below the header; of a text that is no table, its paragraphs."""
    if path.suffix == ".txt" and "\t" not in path.read_text("utf-8-sig", "replace"):
        yield from re.split(r"\n\s*\n", path.read_text("utf-8-sig").strip())
        return
    rows = [row for row in _table(path) if any(map(str.strip, row)) and row[0][:1] != "#"]
    if rows[0][0].startswith("TemplateType="):  # Amazon's line above the header
        rows = rows[1:]
    headed = not any(cell.strip().isdecimal() for cell in rows[0])
    yield from ("row" for _ in rows[headed:])


def xlsx(path: Path) -> Iterator[str]:
    """Yield the rows below the first of every sheet."""
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(str(path))
    for name in book.sheet_names:
        rows = [row for row in book.get_sheet_by_name(name).to_python() if any(map(str, row))]
        yield from ("row" for _ in rows[1:])


def parquet(path: Path) -> Iterator[str]:
    """Yield the rows."""
    import duckdb

    ((rows,),) = duckdb.sql(f"select count(*) from read_parquet('{path}')").fetchall()
    yield from ["row"] * rows


def jsonl(path: Path) -> Iterator[str]:
    """Yield the lines."""
    yield from ("row" for line in path.read_text("utf-8-sig").splitlines() if line.strip())


def feed(path: Path) -> Iterator[str]:
    """Yield the products of a feed; of anything else what Android's resources hold."""
    root = _xml(path)
    if root.tag == "resources":
        yield from android(path)
        return
    names = Counter(one.tag for one in root.iter() if isinstance(one.tag, str))
    (kind,) = [name for name in ("item", "entry", "offer") if names[name]][:1]
    yield from ("row" for one in root.iter(kind) if len(one))


def html(path: Path) -> Iterator[str]:
    """Yield the texts of a page and of its attributes that people read."""
    from lxml import html as parser

    root = parser.document_fromstring(f"<div>{path.read_text('utf-8-sig')}</div>")
    for one in root.iter():
        if not isinstance(one.tag, str):
            if one.tail:
                yield one.tail
            continue
        hidden = any(up.tag in NOT_READ for up in [one, *one.iterancestors()])
        if one.text and (not hidden or one.tag == "title"):
            yield one.text
        yield from (
            one.get(name, "") for name in ("alt", "title", "aria-label", "placeholder")
            if not hidden
        )  # fmt: skip
        named = one.get("name") or one.get("property") or ""
        if one.tag == "meta" and re.fullmatch(
            r"(?:og:|twitter:)?(?:title|description|keywords)", named
        ):
            yield one.get("content", "")
        if one.tail and not any(up.tag in NOT_READ for up in one.iterancestors()):
            yield one.tail


def _body(text: str) -> str:
    """Return Markdown with its front matter blanked."""
    text = re.sub(r"^:::[a-z]*(?:\[(.*)\])?", r"\n\1\n", text, flags=re.MULTILINE)
    found = re.match(r"---\r?\n.*?\n---\r?\n", text, re.DOTALL)
    return "\n" * found[0].count("\n") + text[found.end() :] if found else text


def markdown(path: Path) -> Iterator[str]:
    """Yield the texts below the front matter, HTML inside it too."""
    import mistune
    from lxml import html as parser

    make = mistune.create_markdown(renderer=None, plugins=["table", "strikethrough", "footnotes"])

    def texts(tokens: Iterable[dict[str, Any]]) -> Iterator[str]:
        for token in tokens:
            kind = token["type"]
            if kind in ("block_code", "codespan"):
                yield " "
            elif kind in ("block_html", "inline_html"):
                bare = re.sub(r"<!--.*?-->", "", token["raw"], flags=re.DOTALL)
                if kind == "block_html" and bare.strip():
                    root = parser.fromstring(f"<div>{bare}</div>")
                    yield from [*root.itertext(), *root.xpath("//@alt|//@title")]
            elif "children" in token:
                yield token.get("attrs", {}).get("title") or ""
                yield from texts(token["children"])
            else:
                yield token.get("raw", " ")

    found = make(_body(path.read_text("utf-8-sig")))
    assert not isinstance(found, str)
    yield from texts(found)


_MDX = """
import {readFileSync} from 'node:fs'
import {createRequire} from 'node:module'
const need = createRequire(process.argv[2] + '/x.js')
const load = async name => import(need.resolve(name))
const {unified} = await load('unified')
const [parse, mdx, gfm, front] = await Promise.all(
  ['remark-parse', 'remark-mdx', 'remark-gfm', 'remark-frontmatter'].map(load))
const make = unified().use(parse.default).use(front.default).use(gfm.default).use(mdx.default)
const found = []
const walk = node => {
  if (node.type === 'text') found.push(node.value)
  if (node.alt && node.type === 'image') found.push(node.alt)
  if (node.title) found.push(node.title)
  for (const inner of node.children ?? []) walk(inner)
}
walk(make.parse(readFileSync(0, 'utf8')))
console.log(JSON.stringify(found))
"""


def mdx(path: Path, node: Path | None) -> Iterator[str]:
    """Yield the texts that remark, MDX's own parser, finds outside tags."""
    if node is None:
        raise ImportError("remark (--node)")
    script = node / "recount.mjs"
    script.write_text(_MDX, "utf-8")
    done = subprocess.run(
        ["node", str(script), str(node.absolute())],
        input=_body(re.sub(r"(?m)^:::.*$", "", path.read_text("utf-8-sig"))).encode(),
        capture_output=True, check=True,
    )  # fmt: skip
    yield from json.loads(done.stdout)


# What we read --------------------------------------------------------------------------------


@dataclass
class Row:
    """What was counted of one format."""

    files: int = 0
    theirs: int = 0
    ours: int = 0
    segments: int = 0
    differing: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


BY_LETTER = {"markdown", "mdx", "html"}
COUNTERS: dict[str, tuple[str, Callable[..., Iterator[str]]]] = {
    ".csv": ("delimited", delimited), ".tsv": ("delimited", delimited),
    ".txt": ("text", delimited), ".jsonl": ("jsonl", jsonl), ".xlsx": ("xlsx", xlsx),
    ".parquet": ("parquet", parquet), ".md": ("markdown", markdown), ".mdx": ("mdx", mdx),
    ".html": ("html", html), ".mjml": ("html", html), ".po": ("po", po), ".pot": ("po", po),
    ".xlf": ("xliff", xliff), ".xliff": ("xliff", xliff), ".json": ("json", json_leaves),
    ".arb": ("arb", arb), ".yaml": ("yaml", yaml), ".yml": ("yaml", yaml),
    ".properties": ("properties", properties), ".strings": ("strings", strings),
    ".stringsdict": ("stringsdict", stringsdict), ".xcstrings": ("xcstrings", xcstrings),
    ".ftl": ("fluent", fluent), ".resx": ("resx", resx), ".xml": ("xml", feed),
}  # fmt: skip


def read(path: Path) -> tuple[list[Item], list[Notice]]:
    """Return what culture-lint reads of a file."""
    found = reader_for(str(path))
    assert found is not None
    every = list(found(Source(str(path)), ReadOptions()))
    return [one for one in every if isinstance(one, Item)], [
        one for one in every if isinstance(one, Notice)
    ]


def letters(text: str) -> str:
    """Return the letters of a text, addresses and template tags aside."""
    return "".join(WORD.findall(OBJECTS.sub(" ", text)))


def read_letters(items: Iterable[Item], path: Path) -> list[str]:
    """Return the letters of the texts of a page: below its front matter, outside of components."""
    text = path.read_text("utf-8-sig")
    bare = _body(text)
    head = len(bare) - len(bare.lstrip("\n")) if bare != text else 0
    fields = re.compile(r"p|h\d|li|t[dh]|blockquote|d[dt]|div|summary|figcaption")
    return [
        letters(one.text)
        for item in items
        for one in item.segments
        if path.suffix not in (".md", ".mdx")
        or (
            one.places.place(0, 1).line > head
            and (path.suffix == ".md" or fields.fullmatch(one.field))
        )
    ]


def count(path: Path, row: Row, name: str, counter: Callable[..., Iterator[str]]) -> None:
    """Count one file both ways."""
    theirs = list(counter(path))
    items, notices = read(path)
    row.files += 1
    row.segments += sum(len(item.segments) for item in items)
    row.differing += [f"{path}: left out: {one.message}" for one in notices if not items]
    if name in BY_LETTER:
        wanted = [found for text in theirs if (found := letters(text))]
        got = read_letters(items, path)
        every = "\0".join(got)
        row.theirs += sum(map(len, wanted))
        row.ours += sum(map(len, got))
        row.differing += [f"{path}: not read: {one}" for one in wanted if one not in every]
        if more := sum(map(len, got)) - sum(map(len, wanted)):
            row.differing.append(f"{path}: {more} letters more")
        return
    if "row" in theirs:
        expected, found = len(theirs), len(items)
    else:
        read_of = [" ".join(one.text for one in item.segments) for item in items]
        expected, found = sum(map(worded, theirs)), sum(map(bool, map(WORD.search, read_of)))
    row.theirs += expected
    row.ours += found
    if expected != found:
        row.differing.append(f"{path}: {expected} beside {found}")


def recount(paths: Iterable[Path], node: Path | None = None) -> dict[str, Row]:
    """Return what was counted, by format."""
    found: dict[str, Row] = {}
    files = sorted(
        one for path in paths for one in (path.rglob("*") if path.is_dir() else [path])
        if one.is_file()
    )  # fmt: skip
    for path in files:
        name, counter = COUNTERS.get(path.suffix.lower(), ("", None))
        if counter is None:
            continue
        if path.suffix == ".ftl" and re.search(r"<#|<html", path.read_text("utf-8-sig")):
            name, counter = "html", html  # Freemarker has the same ending
        row = found.setdefault(name, Row())
        try:
            count(path, row, name, (lambda p, c=counter: c(p, node)) if name == "mdx" else counter)
        except ImportError as error:
            row.differing.append(f"{path}: {error} is not installed")
        except (CultureLintError, ValueError, SyntaxError) as error:
            row.differing.append(f"{path}: {type(error).__name__}: {error}")
    return found


def main() -> None:
    """Print the two counts side by side."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--node", type=Path, help="folder with remark's packages, for MDX")
    parser.add_argument("--show", action="store_true", help="say what differs")
    asked = parser.parse_args()
    print(f"{'format':<13}{'files':>6}{'unit':>10}{'others':>9}{'read':>9}{'segments':>10}")
    for name, row in recount(asked.paths, asked.node).items():
        unit = "letters" if name in BY_LETTER else "messages"
        print(f"{name:<13}{row.files:>6}{unit:>10}{row.theirs:>9}{row.ours:>9}{row.segments:>10}")
        for told in row.differing if asked.show else ():
            print(f"    {told}")


if __name__ == "__main__":
    main()
