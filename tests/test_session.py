"""Which markets an item is checked for: who is heard first, and what happens when nobody speaks."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import pytest

from culture_lint.engine import Engine
from culture_lint.errors import CultureLintError, SettingsError
from culture_lint.knowledge.runtime import Knowledge
from culture_lint.results import ItemReport
from culture_lint.session import Session
from culture_lint.settings import Settings
from culture_lint.sources.items import Item, Notice, Source
from culture_lint.targets import Job, Target, markets_of_language, target_of, target_of_path

MAPPED = (("ar", ("SA", "AE")), ("zh-hant", ("TW",)), ("pt-br", ("BR", "PT")))


@pytest.mark.parametrize(
    ("tag", "markets"),
    [("ar", ("SA", "AE")), ("ar-EG", ("SA", "AE")), ("zh-Hant-HK", ("TW",)), ("zh", ()), ("AR_sa", ("SA", "AE")),
     (None, ()), ("arz", ())],
)  # fmt: skip
def test_nearest_tag_says_what_a_language_means(tag: str | None, markets: tuple[str, ...]) -> None:
    assert markets_of_language(tag, MAPPED) == markets


@pytest.mark.parametrize(
    ("path", "markets"),
    [
        ("locales/ar-EG/x.json", ("EG",)),  # a region is plainer than the plain language
        ("locales/pt-BR/x.json", ("BR", "PT")),  # unless the very tag is spoken of
        ("locales/ar/x.json", ("SA", "AE")),
        ("locales/zh-Hant/x.json", ("TW",)),
        ("locales/fr/x.json", None),
        ("x.json", None),
    ],
)
def test_path_names_markets(path: str, markets: tuple[str, ...] | None) -> None:
    found = target_of_path(path, Settings(languages=MAPPED))
    assert (found.markets if found else None) == markets


def test_path_is_seen_from_its_configuration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "de-DE" / "shop" / "locales" / "pt-BR"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    from culture_lint.targets import path_locale

    above = Settings(origin="../../.culture-lint.yaml")
    assert path_locale("x.json", above) == "pt-BR"
    assert path_locale(str(folder / "x.json"), above) == "pt-BR"
    assert path_locale("../../x.json", above) is None
    assert path_locale("x.json", Settings()) is None
    assert path_locale(str(folder / "x.json"), Settings()) is None  # the folder it is run in
    assert path_locale(str(tmp_path / "ar-SA" / "x.json"), Settings()) == "ar-SA"
    assert path_locale("fr-CA/x.json", Settings(origin=".culture-lint.yaml")) == "fr-CA"


def item(markets: tuple[str, ...] | None = None) -> Item:
    return Item("x", "1", 1, (), None, markets)


PATH = Target(("EG",), "the path (ar-EG)")
FLAG = Settings(("JP",), "flag", MAPPED)
OVERRIDE = Settings(("JP",), "override", MAPPED)
CONFIG = Settings(("JP",), "config", MAPPED)
PLAIN = Settings(("JP",), "config")


@pytest.mark.parametrize(
    ("one", "settings", "path", "language", "markets", "who"),
    [
        (item(("IN",)), FLAG, PATH, "ar", ("JP",), "the command line"),
        (item(("IN",)), OVERRIDE, PATH, "ar", ("JP",), "overrides"),
        (item(("IN",)), CONFIG, PATH, "ar", ("EG",), "the path (ar-EG)"),
        (item(("IN",)), CONFIG, None, "ar", ("IN",), "the file"),
        (item(()), CONFIG, None, "ar", ("SA", "AE"), "languages (ar)"),
        (item(), CONFIG, None, "ar-EG", ("SA", "AE"), "languages (ar-EG)"),
        (item(), CONFIG, None, "de-DE", ("JP",), "markets"),
        (item(), PLAIN, None, "ar-EG", ("JP",), "markets"),
        (item(), Settings(), None, "de-AT", ("AT",), "the region of the language (de-AT)"),
        (item(), Settings((), "override"), PATH, None, ("EG",), "the path (ar-EG)"),
    ],
)  # fmt: skip
def test_first_that_names_markets_decides(
    one: Item, settings: Settings, path: Target | None, language: str, markets: object, who: str
) -> None:
    found = target_of(one, settings, path, language)
    assert found is not None
    assert (found.markets, found.said_by) == (markets, who)


@pytest.mark.parametrize("language", [None, "de", "es-419"])
def test_language_alone_names_none(language: str | None) -> None:
    assert target_of(item(), Settings(), None, language) is None
    assert target_of(item(()), Settings(), None, language) is None


class Small(Session):
    """A session over the small pack of the tests."""

    pack: Knowledge

    def knowledge(self, settings: Settings) -> Knowledge:
        return self.pack


@pytest.fixture
def small(pack: Knowledge) -> type[Small]:
    return type("Mine", (Small,), {"pack": pack})


def rows(*values: dict[str, str]) -> bytes:
    return "".join(json.dumps(value) + "\n" for value in values).encode()


def checked(
    session: Session, settings: Settings, data: bytes, path: str = "l.jsonl"
) -> list[ItemReport]:
    found = session.check(Job(Source(path, data), settings))
    return [one for one in found if not isinstance(one, Notice)]


PORK = {"title": "Pork pie"}
MIXED = rows(
    {**PORK, "market": "AA"}, {**PORK, "market": "BB"}, {**PORK, "market": ""}, {**PORK, "market": "XX"},
    {**PORK, "market": "", "language": "fr-AA"},
)  # fmt: skip


def test_rows_for_different_markets_come_back_in_their_order(small: type[Small]) -> None:
    reports = checked(small(), Settings(("BB",), "config"), MIXED * 60)
    assert len(reports) == 300
    assert [list(one.scores) for one in reports[:5]] == [["AA"], ["BB"], ["BB"], ["XX"], ["BB"]]
    assert [one.line for one in reports] == list(range(1, 301))
    assert reports[3].status == {"XX": "not examined: no ruleset covers XX"}


def test_row_that_leaves_its_market_empty_is_not_examined_without_a_default(
    small: type[Small],
) -> None:
    session = small()
    reports = checked(session, Settings(), MIXED)
    assert [list(one.scores) for one in reports] == [["AA"], ["BB"], [], ["XX"], []]
    assert not session.unplaced


def test_markets_do_not_change_what_is_found(small: type[Small], pack: Knowledge) -> None:
    data = rows(PORK, {"title": "Oak table"}, {"title": "Holy cow mug"})
    settings = Settings(("AA",), "config")
    session = small()
    (same,) = [session.engine(settings)]
    assert isinstance(same, Engine)
    job = Job(Source("l.jsonl", data), settings)
    from culture_lint.session import read

    assert checked(session, settings, data) == [
        one for one in same.check(read(job)) if isinstance(one, ItemReport)
    ]


def test_engines_are_shared_by_files_with_equal_settings(small: type[Small]) -> None:
    session = small()
    first = session.engine(Settings(("AA",), "config", min_cai=3, origin="a"))
    assert session.engine(Settings(("AA",), "override", fail_on="minor", origin="b")) is first
    assert session.engine(Settings(("AA",), select=("AA",))) is not first


def test_files_without_a_market_are_told_with_their_language(small: type[Small]) -> None:
    session = small()
    assert checked(session, Settings(), rows(PORK), "a.jsonl") == []
    assert checked(session, Settings(), rows({**PORK, "language": "en"}), "b.jsonl") == []
    assert session.unplaced == {"a.jsonl": None, "b.jsonl": "en"}


def test_region_in_a_path_without_a_ruleset_is_not_examined(small: type[Small]) -> None:
    (report,) = checked(small(), Settings(("AA",), "config"), rows(PORK), "locales/en-GB/l.jsonl")
    assert report.scores == {"GB": None}
    assert report.status == {"GB": "not examined: no ruleset covers GB"}


def test_language_of_the_path_is_that_of_items_that_declare_none(small: type[Small]) -> None:
    data = rows(PORK, {**PORK, "language": "fr"})
    reports = checked(small(), Settings(("AA",), "flag"), data, "locales/en-GB/l.jsonl")
    assert [one.language for one in reports] == ["en", "fr"]
    told = checked(small(), Settings(("AA",), "flag", language="de"), data, "locales/en-GB/l.jsonl")
    assert [one.language for one in told] == ["de", "fr"]  # the user's own word goes before a path


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        (Settings(("AAA",)), "no ruleset covers the market 'AAA'; did you mean AA"),
        (Settings(languages=(("ar", ("AAA",)),)), "no ruleset covers the market 'AAA'"),
        (Settings(platforms=("amazno",)), "platform 'amazno'"),
        (
            Settings(ignore=("AA/prok",)),
            "'AA/prok' is no rule, owner or category; did you mean AA/pork",
        ),
        (Settings(severity=(("category:fod", "info"),)), "'category:fod'"),
    ],
)
def test_names_that_no_ruleset_knows_are_told_before_anything_is_read(
    small: type[Small], settings: Settings, told: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        small([Job(Source(str(Path("gone.csv"))), settings)])
    assert told in str(caught.value)


def test_markets_asked_for_come_first_in_their_order(small: type[Small]) -> None:
    session = small([Job(Source("a"), Settings(("bb",)))])
    assert list(session.names(Settings())) == ["BB", "AA"]


def test_baseline_that_settings_name_is_used(small: type[Small], tmp_path: Path) -> None:
    from culture_lint.gate.baseline import Baseline, Watch, dumped

    path = tmp_path / "baseline.json"
    (report,) = checked(small(), Settings(("AA",), "flag"), rows(PORK), str(tmp_path / "l.jsonl"))
    watch = Watch(Baseline((), path))
    watch.add(report)
    watch.close(report.path)
    path.write_text(dumped(watch.created()), "utf-8")
    settings = Settings(("AA",), "flag", baseline=path)
    (accepted,) = checked(small(), settings, rows(PORK), str(tmp_path / "l.jsonl"))
    assert (len(report.findings), len(accepted.findings), len(accepted.baselined)) == (1, 0, 1)
    with pytest.raises(CultureLintError, match="cannot read the baseline"):
        small([Job(Source("l"), Settings(("AA",), baseline=tmp_path / "gone.json"))])


def test_session_goes_to_another_process_without_its_rulesets(pack: Knowledge) -> None:
    settings = Settings(("AA",), "flag")
    session = Session()
    session._knowledge[((), True)] = pack
    session.engine(settings)
    session.unplaced["x"] = "de"
    other = pickle.loads(pickle.dumps(session))
    assert other.unplaced == {"x": "de"}
    assert (other._knowledge, other._engines, other._chosen) == ({}, {}, {})
