"""Suppressions are written where their format has room, and silence just the one finding."""

from __future__ import annotations

from pathlib import Path

import pytest

from culture_lint.results import ItemReport
from culture_lint.session import Judged, Session
from culture_lint.settings import Settings
from culture_lint.sources.items import Source
from culture_lint.targets import Job
from culture_lint.trials.silence import silenced
from tests.trials.opened import opened

RULE = "IN/cow-figurative"
CASES = {
    "a.md": "# Mugs\n\nHoly cow, what a mug.\n\nHoly cow, what a cup.\n",
    "a.mdx": "# Mugs\n\nHoly cow, what a mug.\n\nHoly cow, what a cup.\n",
    "a.html": "<html lang='en'><body>\n<p>Holy cow, what a mug.</p>\n<p>Holy cow, what a cup.</p>\n</body></html>\n",
    "en.yaml": "en:\n  first: Holy cow, what a mug\n  other: Holy cow, what a cup\n",
    "en.json": '{"first": "Holy cow, what a mug", "other": "Holy cow, what a cup"}\n',
    "messages_en.properties": "first=Holy cow, what a mug\nother=Holy cow, what a cup\n",
    "en.po": 'msgid ""\nmsgstr ""\n"Language: en\\n"\n\nmsgid "a"\nmsgstr "Holy cow, what a mug"\n\nmsgid "b"\nmsgstr "Holy cow, what a cup"\n',
    "en.lproj/a.strings": '"first" = "Holy cow, what a mug";\n"other" = "Holy cow, what a cup";\n',
    "en.ftl": "first = Holy cow, what a mug\nother = Holy cow, what a cup\n",
    "values/strings.xml": '<?xml version="1.0" encoding="utf-8"?>\n<resources>\n  <string name="first">Holy cow, what a mug</string>\n  <string name="other">Holy cow, what a cup</string>\n</resources>\n',
    "a.csv": "sku,title,language\r\nA,\"Holy cow, what a mug\",en\r\nB,\"Holy cow, what\r\na cup\",en\r\n",
    "b.csv": "sku;title;language;culture_lint_ignore\nA;Holy cow what a mug;en;\nB;Holy cow what a cup;en;\n",
    "c.tsv": "sku\ttitle\tlanguage\nA\tHoly cow, what a mug\ten\nB\tHoly cow, what a cup\ten\n",
    "a.jsonl": '{"id": "A", "title": "Holy cow, what a mug", "language": "en"}\n{"id": "B", "title": "Holy cow, what a cup", "language": "en"}\n',
    "a.xlf": '<?xml version="1.0" encoding="utf-8"?>\n<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">\n<file source-language="de" target-language="en" datatype="plaintext" original="x"><body>\n<trans-unit id="a"><source>Ein Becher</source><target>Holy cow, what a mug</target></trans-unit>\n<trans-unit id="b"><source>Eine Tasse</source><target>Holy cow, what a cup</target></trans-unit>\n</body></file>\n</xliff>\n',
    "b.xlf": '<?xml version="1.0" encoding="utf-8"?>\n<xliff version="2.0" srcLang="de" trgLang="en" xmlns="urn:oasis:names:tc:xliff:document:2.0">\n<file id="f">\n<unit id="a"><segment><source>Ein Becher</source><target>Holy cow, what a mug</target></segment></unit>\n<unit id="b"><notes><note>Auf der Tasse.</note></notes><segment><source>Eine Tasse</source><target>Holy cow, what a cup</target></segment></unit>\n</file>\n</xliff>\n',
    "a.txt": "Holy cow, what a mug.\n\nHoly cow, what a cup.\n",
}  # fmt: skip


#: Formats that have no room for a suppression, or whose room is not written.
BESIDE = {"en.json", "a.jsonl", "a.txt"}


def found(session: Session, job: Job) -> list[Judged]:
    return [one for one in session.judged(job) if isinstance(one, Judged)]


def keys(report: ItemReport) -> list[tuple[str, str]]:
    return [(one.rule, one.field) for one in report.findings]


@pytest.mark.parametrize("name", sorted(CASES))
@pytest.mark.parametrize("which", [0, 1])
def test_just_the_one_finding_is_silenced_and_every_old_byte_is_kept(
    name: str, which: int, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_bytes(CASES[name].encode())
    job = Job(Source(str(path)), Settings(markets=("IN",), markets_from="flag", language="en"))
    session = opened(job)
    before = [(one, finding) for one in found(session, job) for finding in one.report.findings]
    before = [pair for pair in before if pair[1].rule == RULE]
    assert len(before) == 2, name
    one, finding = before[which]
    made = silenced(session, job, one.number, one.item, finding, "the band's name – really")
    assert made is not None
    Path(made.path).write_bytes(made.new)
    assert (made.path == str(path)) == (name not in BESIDE)
    old, new = CASES[name].encode(), path.read_bytes()
    rest = iter(new)
    assert all(byte in rest for byte in old), "old bytes are gone or in another order"
    assert new.count(b"\n") - old.count(b"\n") in (0, 1)
    after = found(opened(job), job)
    left = [
        (each.item.item, f.text) for each in after for f in each.report.findings if f.rule == RULE
    ]
    other = before[1 - which]
    assert left == [(other[0].item.item, other[1].text)] or len(left) == 1
    hidden = [s for each in after for s in each.report.suppressed]
    assert [(s.finding.rule, s.finding.text) for s in hidden] == [(RULE, finding.text)]
    assert "band" in hidden[0].justification
    assert not [use for each in after for use in each.report.directives if use.problems or use.idle]
    assert [each.item.item for each in after] == [each.item.item for each in found(session, job)]


@pytest.mark.parametrize("name", ["a.md", "en.json", "a.csv"])
def test_a_suppression_can_be_for_some_markets_only(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(CASES[name].encode())
    settings = Settings(markets=("IN", "JP"), markets_from="flag", language="en")
    job = Job(Source(str(path)), settings)
    session = opened(job)
    one = found(session, job)[0]
    finding = one.report.findings[0]
    made = silenced(session, job, one.number, one.item, finding, "agreed", ("IN",))
    assert made is not None
    assert b"IN" in made.new
    Path(made.path).write_bytes(made.new)
    assert len(found(opened(job), job)[0].report.findings) < len(one.report.findings)


def test_a_reason_that_could_end_a_comment_does_not(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(CASES["a.md"].encode())
    job = Job(Source(str(path)), Settings(markets=("IN",), markets_from="flag", language="en"))
    session = opened(job)
    one = found(session, job)[0]
    evil = "--> <script>alert(1)</script>\n\n# New heading\n; ignore[IN]"
    made = silenced(session, job, one.number, one.item, one.report.findings[0], evil)
    assert made is not None
    Path(made.path).write_bytes(made.new)
    assert b"<script>" not in path.read_bytes()
    texts = [segment.text for each in found(opened(job), job) for segment in each.item.segments]
    assert texts == [segment.text for each in found(session, job) for segment in each.item.segments]


def test_encodings_and_line_ends_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    text = "# Caf\xe9\r\n\r\nHoly cow, caf\xe9!\r\n"
    for encoding in ("utf-8-sig", "utf-16", "cp1252"):
        path.write_bytes(text.encode(encoding))
        settings = Settings(markets=("IN",), markets_from="flag", language="en", encoding=None)
        job = Job(Source(str(path)), settings)
        session = opened(job)
        (one,) = [each for each in found(session, job) if each.report.findings]
        made = silenced(session, job, one.number, one.item, one.report.findings[0], "agreed")
        assert made is not None, encoding
        if made.path == str(path):
            lines = made.new.decode(encoding).splitlines(keepends=True)
            assert all(line.endswith("\r\n") for line in lines), encoding
