"""The HTML report in a browser: clicks, filters, keyboard, hostile text, phone, paper, access."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from culture_lint.knowledge.model import Evidence, SourceRef
from culture_lint.knowledge.scales import Severity
from culture_lint.results import GateFailure, Suggestion
from tests.reports.samples import finding, item
from tests.reports.test_htmlreport import HOSTILE, market, written

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_FLAGS = (
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    executable = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if executable is None:
        pytest.skip(f"no browser is installed (looked for {', '.join(_BROWSERS)})")
    with api.sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=executable, args=list(_FLAGS))
        yield made
        made.close()


class Opened:
    """A report in a tab that has reported no error and asked the network for nothing."""

    def __init__(self, context: BrowserContext, path: Path) -> None:
        self.page: Page = context.new_page()
        self.wrong: list[str] = []
        self.page.on("console", lambda one: self.wrong.append(f"console: {one.text}"))
        self.page.on("pageerror", lambda one: self.wrong.append(f"error: {one}"))
        self.page.on("dialog", lambda one: self.wrong.append(f"dialog: {one.message}"))
        self.page.on("request", lambda one: self._requested(one.url))
        self.page.goto(path.as_uri())

    def _requested(self, url: str) -> None:
        if not url.startswith("file:"):
            self.wrong.append(f"request: {url}")

    @property
    def count(self) -> str:
        return self.page.locator("#count").inner_text()

    @property
    def heads(self) -> list[str]:
        return self.page.locator("#heads bdi").all_inner_texts()

    @property
    def titles(self) -> list[str]:
        return self.page.locator("#rows th > bdi").all_inner_texts()

    def column(self, at: int) -> list[str]:
        return self.page.locator(f"#rows tr > :nth-child({at + 1})").all_inner_texts()

    @property
    def focused(self) -> tuple[int, int]:
        """The row (from 0) and the column of the cell that has the focus."""
        row, column = self.page.evaluate(
            "[document.activeElement.parentElement.dataset.at, document.activeElement.cellIndex]"
        )
        return int(row), int(column)


class Opener:
    def __init__(self, browser: Browser, folder: Path) -> None:
        self._browser, self._folder = browser, folder
        self.opened: list[Opened] = []
        self.contexts: list[BrowserContext] = []

    def __call__(self, text: str, *permissions: str, **context: Any) -> Opened:
        path = self._folder / f"r{len(self.opened)}.html"
        path.write_text(text, "utf-8", errors="backslashreplace", newline="\n")
        made = self._browser.new_context(**{"viewport": DESKTOP, **context})
        made.set_default_timeout(20_000)
        if permissions:
            made.grant_permissions(list(permissions))
        self.contexts.append(made)
        self.opened.append(Opened(made, path))
        return self.opened[-1]


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Opener]:
    opener = Opener(browser, tmp_path)
    yield opener
    wrong = [one for tab in opener.opened for one in tab.wrong]
    for context in opener.contexts:
        context.close()
    assert wrong == []


LAW = Evidence(
    "statute", True, (SourceRef("A law", "https://example.org/law", "Art. 7", "2026-01-02"),)
)
WORD = Evidence("claim", False, (SourceRef("Hearsay", "javascript:alert(9)", "", ""),))
COW = finding(
    Severity.BLOCKER,
    {"AA": 61.3},
    rule="AA/cow-joke",
    category="religion",
    signified="sacred there",
    message="“Holy cow” jokes about what is sacred in Aland.",
    passage="A “Holy cow” mug",
    passage_span=(3, 11),
    evidence=LAW,
    alternatives=(Suggestion("golden goose", "en", ("wealthy",), "safe", "a bird"),),
)
FOUR = finding(
    Severity.MINOR,
    {"AA": 1.5, "BB": 7.25},
    rule="BB/four",
    category="number",
    signified="death",
    message="“four” sounds like death.",
    passage="set of four",
    passage_span=(7, 11),
    markets=("AA", "BB"),
    evidence=WORD,
    rewrite="Pack three or five.",
)
MARKETS = (
    market("AA", minimum=37.2, p10=37.2, mean=79.0, findings=2, blockers=1),
    market("BB", minimum=92.8, p10=92.8, mean=96.4, findings=1),
    market("CC", judged=1, not_judged=1),
)
FAILED = (GateFailure("AA", "severity", "major", 1, "blocker"),)
ARABIC = "كوب قهوة مع صورة بقرة"


def report(**options: Any) -> str:
    return written(
        item({"AA": 100.0, "BB": 100.0, "CC": 100.0}, item="P1", title="Plain table"),
        item({"AA": 37.2, "BB": 92.8}, COW, FOUR, item="P2", title="Cow mug, set of four"),
        item({"AA": 98.5, "BB": 92.8, "CC": None}, FOUR, item="P3", title=ARABIC, language="ar",
             status={"CC": "not examined: the copy is in “ar”"}),
        markets=MARKETS,
        failed=FAILED,
        **options,
    )  # fmt: skip


def many(count: int) -> str:
    reports = [
        item(
            {"AA": 100.0 if number % 10 else 50.0 + number / 1000, "BB": 100.0},
            *(() if number % 10 else (finding(),)),
            item=f"S{number:05}",
            title=f"Thing {number}",
        )
        for number in range(count)
    ]
    return written(*reports, markets=(market("AA", minimum=50.0), market("BB")))


def test_the_first_screen_gives_the_verdict(opened: Opener) -> None:
    page = opened(report()).page
    assert page.locator("h1").inner_text() == "Not ready in 1 of 3 markets"
    box = page.locator(".verdicts tbody tr").first.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < DESKTOP["height"]
    first = page.locator(".verdicts tbody tr").first.inner_text()
    assert "AAland" in first
    assert "Stop" in first
    assert "37.2" in first


def test_the_worst_come_first_and_headings_sort(opened: Opener) -> None:
    tab = opened(report())
    assert tab.heads == ["Item", "Worst CAI", "Findings", "AAland", "BBland", "CCland"]
    assert tab.titles == ["Cow mug, set of four", ARABIC, "Plain table"]
    assert [one.split() for one in tab.column(1)] == [["37.2", "E"], ["92.8", "A"], ["100"]]
    tab.page.get_by_role("button", name="Worst CAI").click()
    assert tab.titles == ["Plain table", ARABIC, "Cow mug, set of four"]
    sorts = [one.get_attribute("aria-sort") for one in tab.page.locator("#heads th").all()]
    assert sorts == ["none", "descending", "none", "none", "none", "none"]
    tab.page.locator("#heads").get_by_role("button", name="Item").click()
    assert tab.titles == ["Plain table", "Cow mug, set of four", ARABIC]
    # What has no score in a market stays at the end both ways.
    for _ in range(2):
        tab.page.locator("#heads").get_by_role("button", name="CCland").click()
        assert tab.titles[0] == "Plain table"
        assert tab.column(5)[:2] == ["100", "?"]


def test_items_without_a_title_are_known_by_their_copy(opened: Opener) -> None:
    text = written(
        item({"AA": 90.0}, finding(), title="", item="p:4", path="/a/long/way/de/about.md"),
        item({"AA": 100.0}, title="", item="p:9", path="about.md"),
        markets=MARKETS,
    )
    tab = opened(text)
    assert tab.titles == ["Some sign here", "p:9"]
    below = tab.page.locator("#rows th .code").all_inner_texts()
    assert below == ["p:4 · de/about.md", "about.md"]


def test_filters_narrow_and_add_up(opened: Opener) -> None:
    tab = opened(report())
    page = tab.page
    assert page.get_by_role("combobox", name="Market").get_attribute("id") == "f-market"
    assert page.get_by_role("searchbox", name="Text").get_attribute("id") == "f-text"
    page.locator("#f-severity").select_option(label="Blockers")
    assert (tab.titles, tab.count) == (["Cow mug, set of four"], "1 of 3 items")
    page.locator("#f-market").select_option(label="BBland (BB)")
    assert tab.count == "0 of 3 items"
    assert "No item fits" in page.locator("#rows").inner_text()
    page.locator("#f-severity").select_option(label="Minor or worse")
    assert tab.heads == ["Item", "Findings", "BBland"]
    assert len(tab.titles) == 2
    page.locator("#f-category").select_option(label="religion")
    assert tab.titles == []
    page.get_by_role("button", name="Show all").click()
    api.expect(page.locator("#rows tr")).to_have_count(3)
    assert tab.count == "3 items"
    page.locator("#f-rule").fill("BB/FOUR")
    api.expect(page.locator("#rows tr")).to_have_count(2)
    page.locator("#f-text").fill("holy MUG")
    api.expect(page.locator("#rows tr")).to_have_count(1)
    assert tab.titles == ["Cow mug, set of four"]


def test_a_market_and_a_rule_lead_to_their_items(opened: Opener) -> None:
    tab = opened(report())
    tab.page.locator(".verdicts").get_by_role("button", name="CCland").click()
    assert tab.titles == ["Plain table", ARABIC]
    assert tab.page.locator("#f-market").input_value() != ""
    tab.page.locator(".costly").get_by_role("button", name="AA/cow-joke").click()
    assert tab.titles == ["Cow mug, set of four"]
    assert tab.page.locator("#f-market").input_value() == ""
    assert tab.page.evaluate("document.activeElement.id") == "items"


def test_an_item_opens_with_all_that_is_known(opened: Opener) -> None:
    tab = opened(report(), "clipboard-read", "clipboard-write")
    page = tab.page
    page.get_by_text("Cow mug, set of four").click()
    dialog = page.get_by_role("dialog")
    assert dialog.get_by_role("heading", level=2).inner_text() == "Cow mug, set of four"
    first, second = dialog.locator(".finding").all()
    assert first.locator("mark").inner_text() == "Holy cow"
    assert first.locator("blockquote").inner_text() == "A “Holy cow” mug"
    said = first.inner_text()
    for text in ("blocker", "sacred there", "−61.3 points in AAland", "brings +61.3", "Law",
                 "(Art. 7)", "2026-01-02", "AA/cow-joke", "golden goose", "wealthy", "a bird"):  # fmt: skip
        assert text in said, text
    link = first.get_by_role("link", name="A law")
    assert link.get_attribute("href") == "https://example.org/law"
    assert link.get_attribute("rel") == "noopener noreferrer"
    assert second.get_by_role("link").count() == 0
    assert "Hearsay" in second.inner_text()
    assert "Pack three or five." in second.inner_text()
    assert "−7.2 points in BBland" in second.inner_text() or "−7.3" in second.inner_text()
    first.get_by_role("button", name="Copy “golden goose”").click()
    api.expect(first.locator(".say button")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == "golden goose"
    assert page.locator("#d-said").inner_text() == "Copied: golden goose"


def test_copying_works_where_the_browser_keeps_its_clipboard_shut(opened: Opener) -> None:
    tab = opened(report(), "clipboard-read")
    page = tab.page
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.get_by_text("Cow mug, set of four").click()
    page.get_by_role("button", name="Copy “golden goose”").click()
    api.expect(page.locator(".say button")).to_have_text("Copied")
    page.get_by_role("button", name="Close").click()
    page.locator("#f-text").focus()
    page.keyboard.press("Control+V")
    assert page.locator("#f-text").input_value() == "golden goose"


def test_readings_that_say_the_same_are_told_once_with_the_law_of_each(opened: Opener) -> None:
    two = [
        finding(
            points={code: 9.0},
            markets=(code,),
            rule=f"{code}/sign",
            message=f"“sign” is banned in {code}land.",
            evidence=Evidence(
                "statute", True, (SourceRef(f"Law of {code}", "https://a.example/", "", ""),)
            ),
        )
        for code in ("AA", "BB")
    ]
    other = finding(
        points={"AA": 3.0}, rule="AA/clock", message="“clock” is read so too.", field="bullet",
        passage="a clock", passage_span=(2, 7),
    )  # fmt: skip
    tab = opened(written(item({"AA": 88.0, "BB": 91.0}, *two, other), markets=MARKETS))
    tab.page.locator("#rows th").first.click()
    (told,) = tab.page.locator(".finding").all()
    assert told.locator("h3").inner_text() == "“sign” is banned in AAland."
    assert told.locator("mark").all_inner_texts() == ["sign", "clock"]
    assert told.locator(".other").all_inner_texts() == ["“clock” is read so too."]
    assert told.get_by_role("link").all_inner_texts()[:2] == ["Law of AA", "Law of BB"]
    assert "−9.0 points in BBland" in told.inner_text()


def test_in_an_opened_item_one_market_can_be_chosen(opened: Opener) -> None:
    tab = opened(report())
    dialog = tab.page.get_by_role("dialog")
    tab.page.locator("#rows tr").first.locator("td").nth(3).click()  # the cell of BB
    assert dialog.locator(".finding").count() == 1
    assert dialog.get_by_role("button", name="BBland").get_attribute("aria-pressed") == "true"
    dialog.get_by_role("button", name="All").click()
    assert dialog.locator(".finding").count() == 2
    dialog.get_by_role("button", name="Next").click()
    assert dialog.get_by_role("heading", level=2).inner_text() == ARABIC
    assert "not examined: the copy is in “ar”" in dialog.inner_text()
    dialog.get_by_role("button", name="Next").click()
    assert dialog.get_by_role("button", name="Next").is_disabled()
    assert "Nothing known stands against" in dialog.inner_text()
    dialog.get_by_role("button", name="Close").click()
    assert not dialog.is_visible()


def test_all_of_it_works_from_the_keyboard(opened: Opener) -> None:
    tab = opened(many(300))
    page = tab.page
    page.locator("#rows [tabindex='0']").focus()
    assert tab.focused == (0, 0)
    for keys, place in (
        (["ArrowDown", "ArrowDown", "ArrowRight"], (2, 1)),
        (["End"], (2, 4)),
        (["ArrowUp", "ArrowLeft"], (1, 3)),
        (["Control+End"], (299, 4)),
        (["ArrowDown", "ArrowRight"], (299, 4)),
        (["Home"], (299, 0)),
        (["Control+Home"], (0, 0)),
        (["ArrowUp", "ArrowLeft"], (0, 0)),
    ):
        for key in keys:
            page.keyboard.press(key)
        assert tab.focused == place, keys
    page.keyboard.press("PageDown")
    line, _ = tab.focused
    assert 5 < line < 40
    box, frame = (
        page.locator(selector).bounding_box()
        for selector in ("#rows td:focus, #rows th:focus", "#scroller")
    )
    assert box is not None
    assert frame is not None
    assert frame["y"] <= box["y"]
    assert box["y"] + box["height"] <= frame["y"] + frame["height"] + 1
    page.keyboard.press("Enter")
    assert page.get_by_role("dialog").is_visible()
    title = page.locator("#detail-title").inner_text()
    page.keyboard.press("Escape")
    assert not page.get_by_role("dialog").is_visible()
    assert tab.focused[0] == line
    assert title in page.locator("#rows tr:focus-within").inner_text()
    # Somebody who tabs through gets past the table in one step.
    page.keyboard.press("Tab")
    assert page.evaluate("!document.querySelector('#rows').contains(document.activeElement)")


def test_thousands_of_rows_are_drawn_as_they_come_into_sight(opened: Opener) -> None:
    tab = opened(many(20_000))
    page = tab.page
    assert tab.count == "20,000 items"
    assert page.locator("#rows tr").count() < 60
    assert page.locator("#grid").get_attribute("aria-rowcount") == "20001"
    page.evaluate("document.querySelector('#scroller').scrollTop = 1e9")
    api.expect(page.locator("#rows tr").last).to_have_attribute("data-at", "19999")
    last = page.locator("#rows tr").last
    assert last.get_attribute("aria-rowindex") == "20001"
    assert last.locator("th bdi").first.inner_text() == "Thing 19999"
    assert page.locator("#rows tr").count() < 60
    page.locator("#f-severity").select_option(label="Major or worse")
    assert tab.count == "2,000 of 20,000 items"
    assert tab.titles[0] == "Thing 0"
    page.locator("#f-text").fill("S19990")
    api.expect(page.locator("#rows tr")).to_have_count(1)
    assert tab.titles == ["Thing 19990"]


def test_hostile_text_does_nothing(opened: Opener) -> None:
    bad = finding(
        Severity.BLOCKER,
        {"AA": 60.0},
        rule=HOSTILE,
        signified=HOSTILE,
        message=HOSTILE,
        field=HOSTILE,
        passage=f"\u202e{HOSTILE}\x1b[31m",
        passage_span=(1, 10),
        evidence=Evidence("study", True, (SourceRef(HOSTILE, "javascript:alert(3)", HOSTILE, ""),)),
        rewrite=HOSTILE,
        via=(HOSTILE,),
        alternatives=(Suggestion(f"=cmd() {HOSTILE}", "en", (HOSTILE,), "none", HOSTILE),),
    )
    tab = opened(
        written(
            item({"AA": 40.0}, bad, path=HOSTILE, item=HOSTILE, title=HOSTILE, language='"><b>'),
            markets=(market("AA", name=HOSTILE, minimum=40.0, findings=1),),
        )
    )
    page = tab.page
    page.locator("#rows th").first.click()
    dialog = page.get_by_role("dialog")
    assert dialog.get_by_role("heading", level=2).inner_text() == HOSTILE
    assert dialog.locator("mark").inner_text() == HOSTILE[:9]
    assert page.locator("img, script:not([src]), iframe").count() == 1
    assert page.locator("a[href]:not([href='#items'])").count() == 0
    assert "\u202e" not in page.locator("body").inner_text()
    # Even a script that got in would not run.
    page.evaluate("document.body.append(Object.assign(document.createElement('p'), {id: 'x'}))")
    ran = page.evaluate(
        """() => { try { document.getElementById('x').innerHTML = '<img src=x>'; return true; }
                   catch { return false; } }"""
    )
    assert ran is False
    tab.wrong.clear()  # the browser says that it refused


def test_right_to_left_copy_is_shown_so(opened: Opener) -> None:
    tab = opened(report())
    title = tab.page.locator("#rows th > bdi", has_text=ARABIC)
    assert title.evaluate("node => getComputedStyle(node).direction") == "rtl"
    assert title.get_attribute("lang") == "ar"
    title.click()
    head = tab.page.locator("#detail-title")
    assert head.evaluate("node => getComputedStyle(node).direction") == "rtl"


def test_a_sentence_about_an_arabic_word_stays_english(opened: Opener) -> None:
    told = f"“{ARABIC.split()[0]}” is unwelcome on goods of this kind."
    bad = finding(message=told, passage=ARABIC, passage_span=(0, 3))
    tab = opened(written(item({"AA": 90.0}, bad, title=ARABIC), markets=MARKETS))
    tab.page.locator("#rows th").first.click()
    sides = [
        tab.page.locator(one).evaluate("node => getComputedStyle(node).direction")
        for one in (".finding h3", ".finding blockquote")
    ]
    assert sides == ["ltr", "rtl"]


def test_an_interface_from_right_to_left_would_work(opened: Opener) -> None:
    tab = opened(report().replace('dir="ltr"', 'dir="rtl"', 1))
    page = tab.page
    page.locator("#rows [tabindex='0']").focus()
    page.keyboard.press("ArrowLeft")
    assert tab.focused == (0, 1)
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
    page.keyboard.press("Enter")
    box = page.get_by_role("dialog").bounding_box()
    assert box is not None
    assert box["x"] == 0


@pytest.mark.parametrize("view", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_shut_out(opened: Opener, view: dict[str, int], scheme: str) -> None:
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe is not installed"
    )
    tab = opened(report(), viewport=view, color_scheme=scheme)
    page = tab.page
    for when in ("page", "item"):
        if when == "item":
            page.locator("#rows th").first.click()
        found = axe.Axe().run(page).response["violations"]
        told = [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in found]
        assert told == [], when


def test_a_phone_shows_it_without_scrolling_sideways(opened: Opener) -> None:
    tab = opened(report(), viewport=PHONE, has_touch=True, is_mobile=True)
    page = tab.page
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
    assert page.locator("h1").bounding_box()["y"] < 200  # type: ignore[index]
    page.locator("#rows th").first.tap()
    dialog = page.get_by_role("dialog")
    assert dialog.bounding_box()["width"] == PHONE["width"]  # type: ignore[index]
    assert page.locator("#d-body").evaluate("node => node.scrollWidth <= node.clientWidth")


def test_colours_follow_the_system_until_the_reader_says_otherwise(opened: Opener) -> None:
    tab = opened(report(), color_scheme="dark")
    page = tab.page

    def ground() -> int:
        colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
        return sum(map(int, re.findall(r"\d+", colour)))

    dark = ground()
    button = page.get_by_role("button", name="Colours")
    button.click()
    assert button.inner_text() == "Colours: light"
    assert ground() > 600 > 200 > dark
    page.reload()
    assert ground() > 600
    page.get_by_role("button", name="Colours").click()
    assert ground() == dark


def test_paper_holds_the_worst_items_in_full(opened: Opener) -> None:
    tab = opened(report())
    page = tab.page
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    paper = page.locator("#paper")
    assert paper.is_visible()
    assert not page.locator("#scroller").is_visible()
    assert paper.locator("article").count() == 2
    assert "golden goose" in paper.inner_text()
    assert paper.get_by_role("button").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert paper.locator("article").count() == 0
    assert page.pdf(format="A4").startswith(b"%PDF-")


def test_without_javascript_the_verdicts_are_there(opened: Opener) -> None:
    tab = opened(report(), java_script_enabled=False)
    page = tab.page
    assert page.locator("h1").inner_text() == "Not ready in 1 of 3 markets"
    assert page.locator(".costly tbody tr").count() == 2
    assert page.get_by_text("scripts are switched off").is_visible()
    assert page.locator(".verdicts button").first.is_disabled()
    assert not page.locator("#filters").is_visible()


def test_chinese_has_no_english_left(opened: Opener) -> None:
    tab = opened(report(ui_language="zh"))
    page = tab.page
    page.locator("#rows th").first.click()
    ours = page.evaluate(
        """() => {
            for (const one of document.querySelectorAll('[lang=en], [lang=ar], bdi, mark, .code, b, blockquote, h2, script, style, #rules, #f-market'))
                if (one.id === 'detail-title' || !one.matches('h2')) one.remove();
            return document.body.textContent;
        }"""
    )
    words = set(re.findall(r"[A-Za-z]{3,}", ours)) - {"culture", "lint", "CAI", "JavaScript", "Page", "Down", "Home", "End", "Enter"}  # fmt: skip
    assert words == set()
    assert "建议改为" in ours


def test_a_report_of_nothing_says_so(opened: Opener) -> None:
    page = opened(written()).page
    assert page.locator("h1").inner_text() == "There was nothing to check"
    assert not page.locator("#scroller").is_visible()
