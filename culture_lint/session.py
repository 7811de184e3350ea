"""Check files, each with its own settings; what is known of an unchanged file is not worked out anew."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from culture_lint.errors import Location, SettingsError, SourceError
from culture_lint.settings import Settings
from culture_lint.sources.chunks import chunked
from culture_lint.sources.items import Item, Notice, ReadOptions
from culture_lint.targets import (
    FILE,
    PATH,
    REGION,
    Job,
    Target,
    declared_language,
    path_locale,
    target_of,
    target_of_path,
    with_communities,
)

if TYPE_CHECKING:
    from culture_lint.engine import Engine
    from culture_lint.gate.baseline import Baseline
    from culture_lint.gate.changes import Changes
    from culture_lint.kept import Store
    from culture_lint.knowledge.runtime import Knowledge
    from culture_lint.results import ItemReport


#: A table has a column of markets, and the row leaves it empty.
_EMPTY_CELL = Target((), FILE)


class Judged(NamedTuple):
    """An item with what was found in it; ``number`` counts all items of its file, from 0."""

    number: int
    item: Item
    report: ItemReport


class Session:
    """The engines of a run, made when the first item needs them.

    ``unplaced`` holds the paths of files with items that nobody names a market for, each with the
    language declared there, if any; such items are not checked.

    Args:
        jobs: All that is to be checked. The settings of what is not known already are held against
            the rulesets at once, so that a mistyped name is told before anything is written.
        store: Where results of unchanged files are kept, None to keep none.
        tell: Called before rulesets are compiled, where that takes a while.
        known: A session whose rulesets need not be loaded again.

    Raises:
        SettingsError: If settings name a market, platform or rule that no ruleset knows.
        BaselineError: If settings name a baseline that cannot be read, or is none.
    """

    def __init__(
        self,
        jobs: Sequence[Job] = (),
        store: Store | None = None,
        tell: Callable[[], None] | None = None,
        known: Session | None = None,
    ) -> None:
        self.unplaced: dict[str, str | None] = {}
        self._jobs = jobs
        self._store = store
        self._tell = tell
        self._knowledge: dict[tuple[tuple[Path, ...], bool], Knowledge] = (
            dict(known._knowledge) if known else {}
        )
        self._digests: dict[tuple[Path, ...], str] = {}
        self._baselines: dict[Path, Baseline] = {}
        self._changed: Changes | None = None
        self._engines: dict[Settings, Engine] = {}
        self._chosen: dict[tuple[int, tuple[str, ...]], Engine] = {}
        #: The key of the results of a job, and whether they are known.
        self._keys: dict[Job, tuple[str, bool]] = {}
        checked: set[int] = set()
        for job in jobs:
            if not self._knows(job) and id(job.settings) not in checked:
                checked.add(id(job.settings))
                self.baseline(job.settings)
                refuse_unknown(self.knowledge(job.settings), job.settings)

    def __getstate__(self) -> dict[str, object]:
        """Return what goes to another process, which loads the rulesets for itself."""
        left: dict[str, object] = {
            "_knowledge": {},
            "_engines": {},
            "_chosen": {},
            "_changed": None,
        }
        return {**self.__dict__, **left}

    def _knows(self, job: Job) -> bool:
        """Tell whether the results of a job are kept, and remember how to find them."""
        if self._store is None:
            return False
        key = self._key(self._store, job)
        if key is None:
            return False
        known = self._store.holds(job.source, job.settings, key)
        self._keys[job] = (key, known)
        return known

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
            from culture_lint.gate.baseline import load

            found = self._baselines[path] = load(path)
        return found

    def _changes(self, settings: Settings) -> Changes | None:
        """Return the lines that have changed since the commit that settings name."""
        if not settings.since:
            return None
        from culture_lint.gate.changes import Changes

        if self._changed is None or self._changed.commit != settings.since:
            self._changed = Changes(settings.since)
        return self._changed

    def knowledge(self, settings: Settings) -> Knowledge:
        """Return the compiled rulesets that settings ask for."""
        from culture_lint.matching.prepare import load_knowledge

        key = (settings.rulesets, settings.cache)
        found = self._knowledge.get(key)
        if found is None:
            found = load_knowledge(settings.rulesets, use_cache=settings.cache, tell=self._tell)
            self._knowledge[key] = found
        return found

    def take(self, settings: Settings, knowledge: Knowledge) -> None:
        """Use these rulesets, loaded by somebody else, for what settings ask for."""
        self._knowledge[settings.rulesets, settings.cache] = knowledge

    def digest(self, settings: Settings) -> str:
        """Return the hash of the rulesets that settings ask for."""
        if self._store is None or not settings.cache:
            return self.knowledge(settings).digest
        found = self._digests.get(settings.rulesets)
        if found is None:
            from culture_lint.knowledge.cache import cache_dir
            from culture_lint.knowledge.marks import quick_digest

            found = self._digests[settings.rulesets] = quick_digest(settings.rulesets, cache_dir())
        return found

    def names(self, settings: Settings) -> Mapping[str, str]:
        """Return the names of all markets by id: those asked for first, in the order of asking."""
        names = dict(self._names(settings))
        for one in {job.settings.rulesets: job.settings for job in self._jobs}.values():
            names |= self._names(one)
        spelled = {name.lower(): name for name in names}
        asked = {
            spelled[name.strip().lower()]: None
            for job in self._jobs
            for name in job.settings.markets
            if name.strip().lower() in spelled
        }
        return {name: names[name] for name in (asked | dict.fromkeys(names))}

    def _names(self, settings: Settings) -> Mapping[str, str]:
        """Return the names of the markets that rulesets cover, known or loaded."""
        loaded = (settings.rulesets, settings.cache) in self._knowledge
        if self._store is not None and settings.cache and not loaded:
            found = self._store.names(self.digest(settings))
            if found is not None:
                return found
        names = {one.id: one.name for one in self.knowledge(settings).markets.values()}
        if self._store is not None and settings.cache:
            self._store.keep_names(self.digest(settings), names)
        return names

    def engine(self, settings: Settings) -> Engine:
        """Return the engine for settings; one for all files to which the same applies."""
        key = replace(
            settings, markets_from="", min_cai=None, fail_on="never", show="all", exclude=()
        )
        found = self._engines.get(key)
        if found is None:
            from culture_lint.engine import Engine

            found = self._engines[key] = Engine(
                self.knowledge(settings),
                key,
                baseline=self.baseline(settings),
                changes=self._changes(settings),
            )
        return found

    def check(self, job: Job) -> Iterator[ItemReport | Notice]:
        """Yield the reports and notices of one input, in its order.

        Raises:
            SourceError: If it cannot be read, or not to its end.
            SettingsError: If its settings name what no ruleset knows.
        """
        if self._store is None or job not in self._keys:
            yield from self._checked(job)
            return
        key, known = self._keys[job]
        kept = self._store.load(job.source, job.settings, key) if known else None
        if kept is not None:
            yield from kept
            return
        if known:  # it was damaged, or has gone since: the settings have not been looked at
            refuse_unknown(self.knowledge(job.settings), job.settings)
        parts = self._checked(job)
        still = partial(self._still, self._store, job, key)
        yield from self._store.keeping(job.source, job.settings, key, parts, still)

    def _still(self, store: Store, job: Job, key: str) -> bool:
        """Tell whether what was found may be kept: all was examined, and the file is the same."""
        if job.source.path in self.unplaced:
            return False
        return self._key(store, job) == key

    def _key(self, store: Store, job: Job) -> str | None:
        place = path_locale(job.source.path, job.settings)
        return store.key(job.source, job.settings, self.digest(job.settings), place)

    def _checked(self, job: Job) -> Iterator[ItemReport | Notice]:
        """Check one input, whatever is known of it."""
        return self.check_parts(job, read(job))

    def judged(self, job: Job) -> Iterator[Judged | Notice]:
        """Yield each item of one input with its report, and its notices; nothing is kept or taken from what is.

        Items for which nobody names a market have no report, and are left out as a check does.

        Raises:
            SourceError: If it cannot be read, or not to its end.
            SettingsError: If its settings name what no ruleset knows.
        """
        waiting: deque[tuple[int, Item]] = deque()

        def told() -> Iterator[Item | Notice]:
            number = 0
            for one in read(job):
                if isinstance(one, Item):
                    waiting.append((number, one))
                    number += 1
                yield one

        for report in self.check_parts(job, told()):
            if isinstance(report, Notice):
                yield report
                continue
            number, item = waiting.popleft()
            while (item.item, item.line) != (report.item, report.line):
                number, item = waiting.popleft()
            yield Judged(number, item, report)

    def check_parts(
        self, job: Job, parts: Iterable[Item | Notice], without: Collection[str] = ()
    ) -> Iterator[ItemReport | Notice]:
        """Yield the reports of some items and notices of one input, and the notices, in order.

        ``without`` are ids of rules whose findings are taken to be gone.

        Raises:
            SourceError: If reading the input raises it.
        """
        settings = job.settings
        # Who names both markets and the column of markets wants what the two share.
        shared = any(role == "market" for role, _ in settings.columns)
        if settings.markets and (shared or settings.markets_from != "config"):
            yield from self.engine(settings).check(_declared(job, parts), without)
        else:
            yield from self._placed(job, parts, without)

    def _placed(
        self, job: Job, read: Iterable[Item | Notice], without: Collection[str]
    ) -> Iterator[ItemReport | Notice]:
        """Check a file whose items may be for different markets, a chunk at a time."""
        from culture_lint.engine import CHUNK

        by_path = target_of_path(job.source.path, job.settings)
        parts = _declared(job, read)
        for chunk in chunked(parts, CHUNK):
            yield from self._chunk(chunk, job, by_path, without)

    def _chunk(
        self,
        chunk: list[Item | Notice],
        job: Job,
        by_path: Target | None,
        without: Collection[str],
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
            reports = engine.check((item for _, item in share), without)
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
        if settings.communities:
            target = replace(target, markets=with_communities(target.markets, settings.communities))
        if target.said_by == FILE:
            if settings.communities and item.markets:
                item = replace(item, markets=target.markets)
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


def _declared(job: Job, parts: Iterable[Item | Notice]) -> Iterator[Item | Notice]:
    """Give items that declare no language the one that their path names, unless settings do."""
    tag = None if job.settings.language else path_locale(job.source.path, job.settings)
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
    return with_sidecar(job.source, take(job.source, read_options(settings)))


def read_options(settings: Settings) -> ReadOptions:
    """Return what settings declare about an input."""
    return ReadOptions(settings.columns, settings.encoding, settings.delimiter, settings.side)


def refuse_unknown(knowledge: Knowledge, settings: Settings) -> None:
    """Hold what settings name against the rulesets: mistyped, it would check nothing, or all.

    Raises:
        SettingsError: With the nearest names there are.
    """
    from culture_lint.engine import known_market, known_platform

    named_here = Location(settings.origin) if settings.origin else None
    for name in settings.markets:
        _known(
            known_market, knowledge, name, None if settings.markets_from == "flag" else named_here
        )
    for name in (one for _, found in settings.languages for one in found):
        _known(known_market, knowledge, name, named_here)
    for name in settings.platforms:
        known_platform(knowledge, name)
    known_selectors(knowledge, settings.select + settings.ignore)
    known_selectors(knowledge, [selector for selector, _ in settings.severity], named_here)
    rules = [rule for term in settings.brand.terms for rule in term.rules]
    known_selectors(knowledge, rules, named_here)
    for one in settings.ignores:
        where = Location(one.origin, one.line, one.column)
        known_selectors(knowledge, one.rules, where, parts=False)


def _known(
    check: Callable[[Knowledge, str], str], knowledge: Knowledge, name: str, where: Location | None
) -> None:
    try:
        check(knowledge, name)
    except SettingsError as error:
        raise SettingsError(error.message, where) from None


def known_selectors(
    knowledge: Knowledge,
    selectors: Sequence[str],
    where: Location | None = None,
    *,
    parts: bool = True,
) -> None:
    """Refuse a selector that names nothing.

    With ``parts``, the beginning of an id names all that begin so, and ``ALL`` everything; what
    silences findings takes neither, and would silence nothing.

    Raises:
        SettingsError: With the nearest names there are.
    """
    if not selectors:
        return
    import difflib

    from culture_lint.judging.registry import own_readings

    readings = [*knowledge.all_readings(), *own_readings(knowledge).values()]
    ids = {one.id for one in readings}
    known = ids | {one.owner for one in readings}
    known |= {f"category:{one.category}" for one in readings}
    if parts:
        known |= {*knowledge.markets, "ALL"}
    for one in selectors:
        if one in known:
            continue
        if parts and (one.upper() == "ALL" or ("/" in one and any(x.startswith(one) for x in ids))):
            continue
        spelled = {name.lower(): name for name in known}
        near = difflib.get_close_matches(one.lower(), spelled, 3, 0.6)
        hint = f"; did you mean {' or '.join(spelled[name] for name in near)}?" if near else ""
        raise SettingsError(
            f"{one!r} is no rule, owner or category{hint} (`culture-lint rules list`)", where
        )
