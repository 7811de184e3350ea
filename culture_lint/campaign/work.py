"""What a campaign asks to be checked: its files, each with the settings that hold for it."""

from __future__ import annotations

import difflib
import glob
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from culture_lint.campaign.collect import Place, waiver_key
from culture_lint.campaign.model import Campaign, Content, Named, Waiver
from culture_lint.campaign.verdicts import graver_than
from culture_lint.config.keys import beside, folder_of
from culture_lint.errors import Location, SettingsError, SourceError
from culture_lint.frozen import frozen
from culture_lint.settings import Ignore, Settings
from culture_lint.sources.discover import Found, discover
from culture_lint.sources.excluded import Exclusions
from culture_lint.sources.items import Source
from culture_lint.sources.registry import is_read
from culture_lint.targets import Job

#: Files that one pattern may stand for.
MOST = 200_000
_PATTERN = frozenset("*?[")

SettingsFor = Callable[[str], Settings]


@frozen
class Work:
    """What is to be checked for a campaign.

    Attributes:
        campaign: With its markets as the rulesets spell them.
        jobs: Its files with their settings, in the order of the campaign file.
        places: Channel and weight of each file, by path.
        markets: Markets, then communities, in the order of asking.
        held: Numbers of the waivers that hold, by how suppressions are told apart.
        found: What is left out, for telling.
    """

    campaign: Campaign
    jobs: tuple[Job, ...]
    places: Mapping[str, Place]
    markets: tuple[str, ...]
    held: Mapping[tuple[str, int, str], int]
    found: Found


def checked_names(campaign: Campaign, names: Iterable[str]) -> Campaign:
    """Return a campaign with its markets spelled as the rulesets do.

    Args:
        campaign: The campaign as it was read.
        names: Ids of all markets that rulesets cover.

    Raises:
        SettingsError: If no ruleset covers a market, or a part names one that the campaign is not
            for.
    """
    spelled = {name.lower(): name for name in names}
    markets = tuple(_known(one, spelled, "market") for one in campaign.markets)
    communities = tuple(_known(one, spelled, "community") for one in campaign.communities)
    for one in communities:
        if "/" not in one.text:
            raise SettingsError(f"{one.text} is a market; name it under `markets`", one.where)
    asked = {one.text for one in (*markets, *communities)}
    homes = asked | {name.partition("/")[0] for name in asked}

    def inside(one: Named, allowed: Iterable[str]) -> Named:
        own = {name.lower(): name for name in allowed}
        if one.text.lower() not in own:
            hint = _near(one.text, own, "its markets")
            raise SettingsError(f"the campaign is not for {one.text!r}{hint}", one.where)
        return Named(own[one.text.lower()], one.where)

    return replace(
        campaign,
        markets=markets,
        communities=communities,
        content=tuple(
            replace(one, markets=tuple(inside(market, asked) for market in one.markets))
            for one in campaign.content
        ),
        changes=tuple(replace(one, market=inside(one.market, homes)) for one in campaign.changes),
        waivers=tuple(
            replace(one, markets=tuple(inside(market, homes) for market in one.markets))
            for one in campaign.waivers
        ),
    )


def _known(one: Named, spelled: Mapping[str, str], noun: str) -> Named:
    found = spelled.get(one.text.lower())
    if found is None:
        near = _near(one.text, spelled, "covered")
        raise SettingsError(f"no ruleset covers the {noun} {one.text!r}{near}", one.where)
    return Named(found, one.where)


def _near(text: str, spelled: Mapping[str, str], noun: str) -> str:
    near = difflib.get_close_matches(text.lower(), spelled, 1, 0.65)
    return (
        f"; did you mean {spelled[near[0]]!r}?"
        if near
        else f"; {noun}: {', '.join(spelled.values())}"
    )


def work_for(campaign: Campaign, settings_for: SettingsFor, today: date) -> Work:
    """Return what is to be checked for a campaign.

    Args:
        campaign: With its names checked.
        settings_for: The settings of the configuration for a path.
        today: The day on which waivers hold or have expired; one that expires before the launch
            does not hold either.

    Raises:
        SettingsError: If a pattern stands for nothing, or everything is left out.
        SourceError: If a path is missing or of a kind that is not read.
    """
    day = max(today, campaign.launch)
    numbers = [n for n, one in enumerate(campaign.waivers) if one.holds(day)]
    ignores = tuple(ignore for n in numbers for ignore in _ignores(campaign.waivers[n], campaign))
    jobs: list[Job] = []
    places: dict[str, Place] = {}
    gathered = Found()
    exclusions = Exclusions(settings_for)
    own = os.path.realpath(campaign.path)
    taken: set[str] = set()
    settings: dict[tuple[int, int], Settings] = {}
    kept: list[Settings] = []
    for number, content in enumerate(campaign.content):
        for source in _sources(content, campaign, exclusions, gathered):
            real = os.path.realpath(source.path)
            if real == own or real in taken:
                continue  # the first entry that names a file says what it is for
            taken.add(real)
            base = settings_for(source.path)
            kept.append(base)  # stays alive, so that its id stays its own
            key = (number, id(base))
            if key not in settings:
                settings[key] = _settings(base, content, campaign, ignores)
            jobs.append(Job(source, settings[key]))
            places[source.path] = Place(content.channel, content.exposure)
    if not jobs:
        raise SettingsError(
            "the content of the campaign is no file that is read: all is left out",
            Location(str(campaign.path)),
        )
    return Work(
        campaign,
        tuple(jobs),
        places,
        tuple(dict.fromkeys(one.text for one in (*campaign.markets, *campaign.communities))),
        {waiver_key(campaign.waivers[n]): n for n in numbers},
        gathered,
    )


def _ignores(waiver: Waiver, campaign: Campaign) -> list[Ignore]:
    """Return a waiver as the engine takes it: what silences findings, for it holds."""
    if not waiver.copy_rules:
        return []
    return [
        Ignore(
            rules=waiver.copy_rules,
            path=waiver.path,
            item=waiver.item,
            markets=tuple(one.text for one in waiver.markets),
            reason=waiver.reason,
            origin=waiver.where.path,
            line=waiver.where.line or 1,
            column=waiver.where.column or 1,
            folder=str(folder_of(campaign.path)),
        )
    ]


def _settings(
    base: Settings, content: Content, campaign: Campaign, ignores: tuple[Ignore, ...]
) -> Settings:
    """Return the settings of a file: those of the configuration, with the campaign's over them."""
    channel = campaign.channel(content.channel)
    platforms = channel.platforms + content.platforms or campaign.platforms
    asked = content.markets or (*campaign.markets, *campaign.communities)
    return replace(
        base,
        markets=tuple(dict.fromkeys(one.text for one in asked)),
        # What an entry says of itself counts before its path and rows do, the rest after them.
        markets_from="override" if content.markets else "config",
        languages=campaign.languages or base.languages,
        platforms=tuple(dict.fromkeys(one.text for one in platforms)) or base.platforms,
        columns=content.columns or base.columns,
        language=content.language or base.language,
        intent=campaign.intent or base.intent,
        ignores=base.ignores + ignores,
        window=(campaign.launch, campaign.end),
        personas=campaign.personas,
        communities=tuple(one.text for one in campaign.communities),
        # What item reports hold each item against; the verdicts know the bars of single markets.
        min_cai=campaign.bar.min_cai,
        fail_on=graver_than(campaign.bar.worst_severity),
        show="all",
    )


# -- files -------------------------------------------------------------------------------------


def _sources(
    content: Content, campaign: Campaign, exclusions: Exclusions, gathered: Found
) -> list[Source]:
    """Return the files that an entry of content names, and keep what is left out."""
    base = folder_of(campaign.path)
    sources: list[Source] = []
    for named in content.paths:
        path = str(beside(base, named.text))
        if os.path.exists(path) or not _PATTERN.intersection(named.text):
            found = _discovered([path], exclusions, named)
        else:
            found = _matching(named, base, exclusions)
        sources += found.sources
        gathered.excluded += found.excluded
        gathered.unread += found.unread
        gathered.skipped += found.skipped
    return sources


def _discovered(paths: Sequence[str], exclusions: Exclusions, named: Named) -> Found:
    try:
        return discover(paths, exclusions)
    except SourceError as error:
        raise SettingsError(f"{named.text}: {error.message}", named.where) from error


def _matching(named: Named, base: Path, exclusions: Exclusions) -> Found:
    """Return the files that a pattern stands for, in order; what nobody reads is left out."""
    names: list[str] = []
    for name in glob.iglob(named.text, root_dir=base, recursive=True):
        names.append(name)
        if len(names) > MOST:
            raise SettingsError(f"{named.text!r} stands for more than {MOST:,} files", named.where)
    files = [str(beside(base, name)) for name in sorted(names) if (base / name).is_file()]
    if not files:
        raise SettingsError(f"no file fits {named.text!r}; check the pattern", named.where)
    left = [one for one in files if not exclusions.passes_over(one, False)]
    read = [one for one in left if is_read(one)]
    found = _discovered(read, exclusions, named)
    found.excluded += sorted(set(files) - set(left))
    found.skipped += [one for one in left if one not in set(read)]
    return found
