"""Check files, each with its own settings: which markets an item is for, and with which engine.

Who names the markets of an item, the first that does: the command line; the last fitting entry of
``overrides``; the path; the item itself; what ``languages`` says of its declared language;
``markets`` of the configuration; the region of its declared language. A language alone never does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from culture_lint.engine import CHUNK, Engine, known_market, known_platform
from culture_lint.errors import Location, SettingsError, SourceError
from culture_lint.gate.baseline import Baseline, load
from culture_lint.knowledge.runtime import Knowledge
from culture_lint.matching.prepare import load_knowledge
from culture_lint.results import ItemReport
from culture_lint.settings import Settings
from culture_lint.sources.items import Item, Notice, ReadOptions, Source
from culture_lint.sources.path_locales import locale_of_path, region_of


@dataclass(frozen=True, slots=True)
class Job:
    """One input with the settings that apply to it."""

    source: Source
    settings: Settings


@dataclass(frozen=True, slots=True)
class Target:
    """Which markets an item is for, and who says so."""

    markets: tuple[str, ...]
    said_by: str


#: Who may name markets, in the order in which they are heard (see `target_of`).
FLAG, OVERRIDE, PATH, FILE, LANGUAGES, CONFIG, REGION = (
    "the command line",
    "overrides",
    "the path",
    "the file",
    "languages",
    "markets",
    "the region of the language",
)


def markets_of_language(
    tag: str | None, languages: Iterable[tuple[str, tuple[str, ...]]], *, exactly: bool = False
) -> tuple[str, ...]:
    """Return the markets that a configuration gives to a language, the nearest tag's.

    ``zh-Hant-TW`` is looked for as itself, then as ``zh-Hant``, then as ``zh``.
    """
    known = dict(languages)
    parts = (tag or "").replace("_", "-").lower().split("-")
    for length in range(len(parts), len(parts) - 1 if exactly else 0, -1):
        found = known.get("-".join(parts[:length]))
        if found:
            return found
    return ()


def target_of_path(path: str, settings: Settings) -> Target | None:
    """Return the markets that a path names: by its region, else by what its language means."""
    tag = path_locale(path, settings)
    if tag is None:
        return None
    meant = markets_of_language(tag, settings.languages, exactly=True)
    region = region_of(tag)
    found = meant or ((region,) if region else ()) or markets_of_language(tag, settings.languages)
    return Target(found, f"{PATH} ({tag})") if found else None


def path_locale(path: str, settings: Settings) -> str | None:
    """Return the language tag that a path names under these settings."""
    known = frozenset(tag for tag, _ in settings.languages)
    return locale_of_path(path.replace("\\", "/"), known)


def target_of(
    item: Item | None, settings: Settings, by_path: Target | None, language: str | None = None
) -> Target | None:
    """Return the markets of an item, None where nobody names any.

    Args:
        item: The item, None to ask about the file as a whole.
        settings: Those of its file.
        by_path: What the path says.
        language: The item's declared language.
    """
    if settings.markets and settings.markets_from in ("flag", "override"):
        return Target(settings.markets, FLAG if settings.markets_from == "flag" else OVERRIDE)
    if by_path is not None:
        return by_path
    if item is not None and item.markets:
        return Target(item.markets, FILE)
    meant = markets_of_language(language, settings.languages)
    if meant:
        return Target(meant, f"{LANGUAGES} ({language})")
    if settings.markets:
        return Target(settings.markets, CONFIG)
    region = region_of(language)
    return Target((region,), f"{REGION} ({language})") if region else None


#: A table has a column of markets, and the row leaves it empty.
_EMPTY_CELL = Target((), FILE)


class Session:
    """The engines of a run, made when the first item needs them.

    ``unplaced`` holds the paths of files with items that nobody names a market for, each with the
    language declared there, if any; such items are not checked.

    Args:
        jobs: All that is to be checked. Their settings are held against the rulesets at once, so
            that a mistyped name is told before anything is written.

    Raises:
        SettingsError: If settings name a market, platform or rule that no ruleset knows.
        BaselineError: If settings name a baseline that cannot be read, or is none.
    """

    def __init__(self, jobs: Sequence[Job] = ()) -> None:
        self.unplaced: dict[str, str | None] = {}
        self._jobs = jobs
        self._knowledge: dict[tuple[tuple[Path, ...], bool], Knowledge] = {}
        self._baselines: dict[Path, Baseline] = {}
        self._engines: dict[Settings, Engine] = {}
        self._chosen: dict[tuple[int, tuple[str, ...]], Engine] = {}
        for settings in {id(job.settings): job.settings for job in jobs}.values():
            self.baseline(settings)
            refuse_unknown(self.knowledge(settings), settings)

    def baseline(self, settings: Settings) -> Baseline | None:
        """Return the accepted findings that settings name, None for none.

        Raises:
            BaselineError: If the file cannot be read, or is none.
        """
        path = settings.baseline
        if path is None:
            return None
        found = self._baselines.get(path)
        if found is None:
            found = self._baselines[path] = load(path)
        return found

    def knowledge(self, settings: Settings) -> Knowledge:
        """Return the compiled rulesets that settings ask for."""
        key = (settings.rulesets, settings.cache)
        found = self._knowledge.get(key)
        if found is None:
            found = load_knowledge(settings.rulesets, use_cache=settings.cache)
            self._knowledge[key] = found
        return found

    def digest(self, settings: Settings) -> str:
        """Return the hash of the rulesets that settings ask for."""
        return self.knowledge(settings).digest

    def names(self, settings: Settings) -> Mapping[str, str]:
        """Return the names of all markets by id: those asked for first, in the order of asking."""
        names = {one.id: one.name for one in self.knowledge(settings).markets.values()}
        for knowledge in self._knowledge.values():
            names |= {one.id: one.name for one in knowledge.markets.values()}
        spelled = {name.lower(): name for name in names}
        asked = {
            spelled[name.strip().lower()]: None
            for job in self._jobs
            for name in job.settings.markets
        }
        return {name: names[name] for name in (asked | dict.fromkeys(names))}

    def engine(self, settings: Settings) -> Engine:
        """Return the engine for settings; one for all files to which the same applies."""
        key = replace(
            settings, markets_from="", min_cai=None, fail_on="never", show="all", exclude=()
        )
        found = self._engines.get(key)
        if found is None:
            found = self._engines[key] = Engine(
                self.knowledge(settings), key, baseline=self.baseline(settings)
            )
        return found

    def check(self, job: Job) -> Iterator[ItemReport | Notice]:
        """Yield the reports and notices of one input, in its order.

        Raises:
            SourceError: If it cannot be read, or not to its end.
            SettingsError: If its settings name what no ruleset knows.
        """
        settings = job.settings
        # Who names both markets and the column of markets wants what the two share.
        shared = any(role == "market" for role, _ in settings.columns)
        if settings.markets and (shared or settings.markets_from != "config"):
            yield from self.engine(settings).check(_declared(job, read(job)))
        else:
            yield from self._placed(job)

    def _placed(self, job: Job) -> Iterator[ItemReport | Notice]:
        """Check a file whose items may be for different markets, a chunk at a time."""
        by_path = target_of_path(job.source.path, job.settings)
        parts = _declared(job, read(job))
        while chunk := list(islice(parts, CHUNK)):
            yield from self._chunk(chunk, job, by_path)

    def _chunk(
        self, chunk: list[Item | Notice], job: Job, by_path: Target | None
    ) -> Iterator[ItemReport | Notice]:
        """Let each engine check its items of a chunk at once, and give all back in order."""
        shares: dict[int, tuple[Engine, list[tuple[int, Item]]]] = {}
        done: dict[int, ItemReport | Notice] = {}
        for number, one in enumerate(chunk):
            if isinstance(one, Notice):
                done[number] = one
                continue
            item, engine = self._routed(one, job, by_path)
            if engine is not None:
                shares.setdefault(id(engine), (engine, []))[1].append((number, item))
        for engine, share in shares.values():
            reports = engine.check(item for _, item in share)
            for (number, _), report in zip(share, reports, strict=True):
                done[number] = report
        yield from (done[number] for number in sorted(done))

    def _routed(self, item: Item, job: Job, by_path: Target | None) -> tuple[Item, Engine | None]:
        """Return an item with the engine for its markets, None where nobody names any."""
        settings = job.settings
        target = target_of(item, settings, by_path, declared_language(item) or settings.language)
        if target is None:
            if item.markets is None:
                self.unplaced.setdefault(item.path, declared_language(item))
                return item, None
            target = _EMPTY_CELL
        if target.said_by == FILE:
            return item, self._own(settings)
        engine = self._asked(settings, target)
        # A region without rulesets is a market that was not examined, not a mistake of the user's.
        return (
            (item, engine)
            if engine
            else (replace(item, markets=target.markets), self._own(settings))
        )

    def _own(self, settings: Settings) -> Engine:
        """Return the engine that checks each item for the markets it names itself."""
        key = (id(settings), ())
        found = self._chosen.get(key)
        if found is None:
            found = self._chosen[key] = self.engine(replace(settings, markets=()))
        return found

    def _asked(self, settings: Settings, target: Target) -> Engine | None:
        """Return the engine for given markets, None if a region among them has no ruleset."""
        key = (id(settings), target.markets)
        found = self._chosen.get(key)
        if found is None:
            if target.said_by.startswith((PATH, REGION)):
                known = {name.lower() for name in self.knowledge(settings).markets}
                if not all(name.lower() in known for name in target.markets):
                    return None
            found = self._chosen[key] = self.engine(replace(settings, markets=target.markets))
        return found


def declared_language(item: Item) -> str | None:
    """Return the language that an item, or the first of its segments that says one, declares."""
    if item.language:
        return item.language
    return next((one.language for one in item.segments if one.language), None)


def _declared(job: Job, parts: Iterable[Item | Notice]) -> Iterator[Item | Notice]:
    """Give items that declare no language the one that their path names."""
    tag = path_locale(job.source.path, job.settings)
    for one in parts:
        if tag and isinstance(one, Item) and declared_language(one) is None:
            yield replace(one, language=tag)
        else:
            yield one


def read(job: Job) -> Iterator[Item | Notice]:
    """Yield the items and notices of one input.

    Raises:
        SourceError: If it cannot be read, or no reader takes its kind.
    """
    from culture_lint.sources.registry import reader_for, readers
    from culture_lint.sources.sidecar import with_sidecar

    settings = job.settings
    take = reader_for(job.source.path)
    if take is None:
        known = ", ".join(sorted(readers()))
        raise SourceError(
            f"no reader for this kind of file; supported: {known}", Location(job.source.path)
        )
    options = ReadOptions(settings.columns, settings.encoding, settings.delimiter)
    return with_sidecar(job.source, take(job.source, options))


def refuse_unknown(knowledge: Knowledge, settings: Settings) -> None:
    """Hold what settings name against the rulesets: mistyped, it would check nothing, or all.

    Raises:
        SettingsError: With the nearest names there are.
    """
    for name in (*settings.markets, *(one for _, found in settings.languages for one in found)):
        known_market(knowledge, name)
    for name in settings.platforms:
        known_platform(knowledge, name)
    known_selectors(knowledge, settings.select + settings.ignore)
    known_selectors(knowledge, [selector for selector, _ in settings.severity])
    known_selectors(knowledge, [rule for term in settings.brand.terms for rule in term.rules])
    for one in settings.ignores:
        known_selectors(knowledge, one.rules, Location(one.origin, one.line, one.column))


def known_selectors(
    knowledge: Knowledge, selectors: Sequence[str], where: Location | None = None
) -> None:
    """Refuse a selector that names nothing.

    Raises:
        SettingsError: With the nearest names there are.
    """
    if not selectors:
        return
    import difflib

    from culture_lint.judging.registry import own_readings

    readings = [*knowledge.all_readings(), *own_readings(knowledge).values()]
    ids = {one.id for one in readings}
    known = ids | {one.owner for one in readings} | set(knowledge.markets) | {"ALL"}
    known |= {f"category:{one.category}" for one in readings}
    for one in selectors:
        part = "/" in one and any(name.startswith(one) for name in ids)
        if one in known or part or one.upper() == "ALL":
            continue
        spelled = {name.lower(): name for name in known}
        near = difflib.get_close_matches(one.lower(), spelled, 3, 0.6)
        hint = f"; did you mean {' or '.join(spelled[name] for name in near)}?" if near else ""
        raise SettingsError(
            f"{one!r} is no rule, owner or category{hint} (`culture-lint rules list`)", where
        )
