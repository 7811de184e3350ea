"""The HTML report as a file: complete in itself, well formed, escaped, the same each time."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from io import StringIO
from typing import Any

import pytest

from culture_lint.knowledge.model import Evidence, SourceRef
from culture_lint.knowledge.scales import Severity
from culture_lint.reports.htmlreport import make
from culture_lint.reports.registry import ReportOptions
from culture_lint.results import GateFailure, MarketSummary, RunInfo, Summary, Verdict
from culture_lint.sources.items import Notice
from tests.command import CLEAN, LISTING, Command
from tests.reports.samples import finding, item, write

_VOID = {"meta", "link", "br", "input", "img", "hr", "col", "source"}
HOSTILE = "</script><script>alert(1)</script>\"'<img src=x onerror=alert(2)>{{7*7}}"


class Page(HTMLParser):
    """A page as the standard library reads it: elements in order, scripts, styles, visible text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.raw: list[tuple[str, dict[str, str | None], str]] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.open.append(tag)
        if tag in ("script", "style"):
            self.raw.append((tag, dict(attrs), ""))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, tag
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in ("script", "style"):
            tag, attributes, text = self.raw[-1]
            self.raw[-1] = (tag, attributes, text + data)
        else:
            self.text += data

    def data(self, name: str = "data") -> Any:
        """Return what the page carries for its script."""
        (text,) = [text for _, attributes, text in self.raw if attributes.get("id") == name]
        return json.loads(text)


def market(code: str, **changes: Any) -> MarketSummary:
    values: dict[str, Any] = {
        "market": code, "name": f"{code}land", "judged": 2, "not_judged": 0, "minimum": 100.0,
        "p10": 100.0, "mean": 100.0, "resonance": None, "blockers": 0, "findings": 0,
    }  # fmt: skip
    return MarketSummary(**{**values, **changes})


def written(
    *reports: Any,
    markets: tuple[MarketSummary, ...] = (),
    failed: tuple[GateFailure, ...] = (),
    notices: tuple[Notice, ...] = (),
    **options: Any,
) -> str:
    out = StringIO()
    reporter = make(out, RunInfo("1.2.3", "abc", (), (HOSTILE,)), ReportOptions(**options))
    for one in reports:
        write(reporter, one)
    for notice in notices:
        reporter.notice(notice)
    found = sum(len(one.findings) for one in reports)
    summary = Summary(1, len(reports), found, found, {"major": found}, markets, len(notices))
    reporter.finish(summary, Verdict(not failed, 75.0, "major", failed))
    return out.getvalue()


def test_a_page_is_one_file_that_asks_nothing_of_the_network(command: Command) -> None:
    command.write("l.csv")
    command("check", "l.csv", "-m", "AA,BB", "-f", "html", "-o", "r.html", code=1)
    text = (command.folder / "r.html").read_text("utf-8")
    page = Page(text)
    assert page.open == []
    assert not {tag for tag, _ in page.elements} & {"link", "img", "iframe", "object", "base"}
    assert [one for _, one in page.elements if "src" in one or "style" in one] == []
    assert not [name for _, one in page.elements for name in one if name.startswith("on")]
    assert "url(" not in text
    assert "@import" not in text
    ids = [one["id"] for _, one in page.elements if one.get("id")]
    assert len(ids) == len(set(ids))
    for _, one in page.elements:
        for name in (one.get("aria-labelledby") or "").split():
            assert name in ids or name == "detail-title"  # the script's


def test_the_policy_allows_this_script_and_this_style_alone(command: Command) -> None:
    command.write("l.csv")
    command("check", "l.csv", "-m", "AA", "-f", "html", "-o", "r.html", code=1)
    page = Page((command.folder / "r.html").read_text("utf-8"))
    (policy,) = [
        one["content"]
        for tag, one in page.elements
        if tag == "meta" and one.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policy
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    runs = [(tag, text) for tag, one, text in page.raw if "type" not in one]
    assert [tag for tag, _ in runs] == ["style", "script"]
    for tag, text in runs:
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


def test_the_page_says_what_the_run_found(command: Command) -> None:
    command.write("l.csv")
    report = command("check", "l.csv", "-m", "AA,BB", "-f", "json", code=1).json
    command("check", "l.csv", "-m", "AA,BB", "-f", "html", "-o", "r.html", code=1)
    data = Page((command.folder / "r.html").read_text("utf-8")).data()
    names = [code for code, _ in data["markets"]]
    assert [one[1] for one in data["items"]] == [one["item"] for one in report["items"]]
    for ours, theirs in zip(data["items"], report["items"], strict=True):
        scores = {names[at]: cai for at, cai in enumerate(data["scores"][ours[5]])}
        told = {
            market: -1 if cai is None else round(10 * cai)
            for market, cai in theirs["scores"].items()
        }
        assert scores == told
        assert len(ours[7]) == len(theirs["findings"])
        for found, finding_ in zip(ours[7], theirs["findings"], strict=True):
            assert data["readings"][found[0]]["r"] == finding_["rule"]
            assert data["readings"][found[0]]["d"] == finding_["signified"]
            assert [found[3], found[4]] == [finding_["line"], finding_["column"]]
            points = {
                names[one]: found[8][at + 1] / 10
                for at in range(0, len(found[8]), 4)
                for one in data["sets"][found[8][at]]
            }
            assert points == finding_["points"]


def test_the_same_bytes_whatever_the_processes(command: Command) -> None:
    rows = "".join(f'A{n},Holy cow mug {n % 7},"Set of {n}, wagyu",en\n' for n in range(2000))
    command.write("l.csv", "sku,title,description,language\n" + rows)
    for name, jobs in (("one.html", "1"), ("two.html", "2"), ("again.html", "2")):
        command("check", "l.csv", "-m", "AA,BB", "-f", "html", "-o", name, "-j", jobs, code=1)
    one, two, again = (
        (command.folder / name).read_bytes() for name in ("one.html", "two.html", "again.html")
    )
    assert one == two == again


@pytest.mark.parametrize(
    ("content", "flags", "code"),
    [(CLEAN, [], 0), ("sku,title\n", [], 0), (LISTING, ["--show", "findings"], 1)],
    ids=["clean", "empty", "findings-only"],
)
def test_a_run_without_findings_has_its_page(
    command: Command, content: str, flags: list[str], code: int
) -> None:
    command.write("l.csv", content)
    ran = command("check", "l.csv", "-m", "AA", "-f", "html", *flags, code=code)
    page = Page(ran.out)
    assert page.open == []
    data = page.data()
    if flags:
        assert [bool(one[7]) for one in data["items"]] == [True] * len(data["items"])
        assert 0 < len(data["items"]) < content.count("\n") - 1
    else:
        assert data["readings"] == []


def test_verdicts_lead_with_what_to_act_on() -> None:
    markets = (
        market("AA"),
        market("BB", minimum=60.0, p10=60.0, mean=80.0, findings=1),
        market("CC", minimum=5.0, p10=5.0, mean=50.0, findings=2, blockers=1),
        market("DD", judged=0, not_judged=2, minimum=None, p10=None, mean=None),
    )
    failed = (
        GateFailure("BB", "cai", "75", 1, "60.0"),
        GateFailure("CC", "severity", "major", 2, "blocker"),
        GateFailure("", "input", "readable", 1, "<b>x.csv"),
    )
    text = written(item({"AA": 100.0, "BB": 60.0, "CC": 5.0}), markets=markets, failed=failed)
    page = Page(text)
    assert "Not ready in 2 of 4 markets" in page.text
    assert [one["data-market"] for _, one in page.elements if one.get("data-market")] == [
        "CC", "BB", "DD", "AA",
    ]  # fmt: skip
    said = " ".join(page.text.split())
    assert "2 findings are major or worse" in said
    assert "1 item below CAI 75; the lowest: 60.0" in said
    assert "1 file could not be read to its end: <b>x.csv" in said
    assert re.search(r"The gate asks for: no finding that is major or worse; a CAI of 75 or", said)


def test_a_blocker_is_told_even_where_the_gate_lets_it_pass() -> None:
    law = Evidence("statute", True, (SourceRef("Law", "https://example.org/", "", ""),))
    sure = finding(Severity.BLOCKER, {"AA": 60.0}, evidence=law)
    doubtful = finding(
        Severity.BLOCKER, {"BB": 40.0}, markets=("BB",), evidence=Evidence("claim", False, ())
    )
    milder = finding(
        Severity.BLOCKER, {"CC": 9.0}, markets=("CC",), milder={"CC": Severity.MINOR}, evidence=law
    )
    text = written(
        item({"AA": 40.0, "BB": 60.0, "CC": 91.0}, sure, doubtful, milder),
        markets=(market("CC"), market("BB", blockers=1), market("AA", blockers=1)),
    )
    page = Page(text)
    said = " ".join(page.text.split())
    assert "Not ready in 2 of 3 markets" in said
    assert "Stop 1 confirmed blocker" in said
    assert "Needs sign-off 1 blocker that nobody has confirmed" in said
    badges = [
        one["class"] for _, one in page.elements if (one.get("class") or "").startswith("badge")
    ]
    assert badges == ["badge stop", "badge stop", "badge sign", "badge ready"]


def test_a_run_that_passes_says_so() -> None:
    text = written(item({"AA": 100.0}), markets=(market("AA"), market("BB")))
    assert "Ready: all 2 markets pass the gate" in Page(text).text


def test_another_language_speaks_everywhere(command: Command) -> None:
    command.write("l.csv")
    ran = command("check", "l.csv", "-m", "AA", "-f", "html", "--ui-language", "zh", code=1)
    page = Page(ran.out)
    assert dict(page.elements)["html"]["lang"] == "zh"
    assert "各市场结论" in page.text
    assert "Verdict" not in page.text
    assert page.data("texts")["detail.instead"] == "建议改为"
    again = command(
        "check", "l.csv", "-m", "AA", "-f", "html", code=1, CULTURE_LINT_UI_LANGUAGE="zh"
    )
    assert again.out == ran.out
    wrong = command("check", "l.csv", "-m", "AA", "-f", "html", "--ui-language", "tlh", code=2)
    assert "tlh" in wrong.err


def test_hostile_text_is_text() -> None:
    evidence = Evidence("study", True, (SourceRef(HOSTILE, "javascript:alert(3)", HOSTILE, ""),))
    bad = finding(
        Severity.MAJOR,
        {HOSTILE: 10.0},
        rule=HOSTILE,
        signified=HOSTILE,
        message=HOSTILE,
        field=HOSTILE,
        passage=HOSTILE,
        passage_span=(0, 9),
        evidence=evidence,
        markets=(HOSTILE,),
        rewrite=HOSTILE,
        via=(HOSTILE,),
    )
    text = written(
        item({HOSTILE: 90.0}, bad, path=HOSTILE, item=HOSTILE, title=HOSTILE, language=HOSTILE),
        markets=(market(HOSTILE, name=HOSTILE, minimum=90.0, findings=1),),
        failed=(GateFailure(HOSTILE, "severity", "major", 1, HOSTILE),),
        notices=(Notice(HOSTILE, HOSTILE, 1),),
    )
    page = Page(text)
    assert page.open == []
    plain = Page(written(item({"AA": 100.0}), markets=(market("AA"),)))
    assert len(page.raw) == len(plain.raw) == 4
    assert "img" not in {tag for tag, _ in page.elements}
    assert "javascript:" not in text
    assert page.text.count(HOSTILE) >= 4
    assert page.data()["items"][0][1] == HOSTILE


def test_notices_are_bounded() -> None:
    text = written(notices=tuple(Notice("l.csv", f"note {n}") for n in range(450)))
    said = " ".join(Page(text).text.split())
    assert "450 notes on the input" in said
    assert "and 250 more" in said
