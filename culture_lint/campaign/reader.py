"""Read a campaign file: every key checked, with the place it stands at."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from culture_lint.campaign.model import (
    NO_CHANNEL,
    Bar,
    BarChange,
    Campaign,
    Channel,
    Content,
    Named,
    Waiver,
)
from culture_lint.config.keys import columns_of, keys_of, languages_of, nearest, texts_of
from culture_lint.config.nodes import Node, read_nodes
from culture_lint.errors import Location, SettingsError
from culture_lint.settings import SEVERITIES, checked_cai

#: Every key of a campaign file, and of the mappings in it.
KEYS = frozenset({
    "name", "content", "markets", "communities", "channels", "platforms", "launch", "end", "intent",
    "languages", "bar", "waivers",
})  # fmt: skip
CONTENT_KEYS = frozenset({
    "path", "markets", "channel", "platforms", "exposure", "columns", "language",
})  # fmt: skip
CHANNEL_KEYS = frozenset({"platforms", "exposure"})
BAR_KEYS = frozenset({"min-cai", "min-campaign-cai", "worst-severity", "personas"})
WAIVER_KEYS = frozenset({
    "name", "rules", "item", "path", "market", "markets", "owner", "reason", "expires",
})  # fmt: skip

#: The longest campaign in days, and the years it may lie in: what calendars are worked out for.
LONGEST = 731
YEARS = (1970, 2170)
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")

_Pairs = Mapping[str, tuple[Node, Location]]


def read_campaign(path: Path) -> Campaign:
    """Return what a campaign file says.

    Raises:
        SettingsError: If it cannot be read, or a key or value makes no sense; with its place.
    """
    if path.suffix.lower() not in (".yaml", ".yml", ".json"):
        raise SettingsError("a campaign is a YAML file (campaign.yaml)", Location(str(path)))
    root = read_nodes(path, "campaign")
    assert root is not None  # only TOML and setup.cfg may hold nothing of ours
    found = _pairs(root, KEYS)
    for key in ("content", "markets", "launch", "end"):
        if key not in found:
            raise SettingsError(f"a campaign needs `{key}`", root.where)
    channels = _channels(found)
    launch, end = _window(found)
    bar, changes = _bars(found)
    return Campaign(
        path=path,
        name=_word(found, "name") or path.stem,
        content=_contents(*found["content"], channels),
        markets=_some(found, "markets"),
        launch=launch,
        end=end,
        communities=_named(found, "communities"),
        channels=channels,
        platforms=_named(found, "platforms"),
        intent=texts_of("intent", *found["intent"]) if "intent" in found else (),
        languages=languages_of(*found["languages"]) if "languages" in found else (),
        bar=bar,
        changes=changes,
        waivers=_waivers(found),
    )


def _pairs(node: Node, known: Iterable[str]) -> _Pairs:
    return {key: (value, where) for key, value, where in keys_of(node, known)}


# -- single values -----------------------------------------------------------------------------


def _word(found: _Pairs, key: str) -> str:
    """Return the text under a key on one line, "" where there is none."""
    if key not in found:
        return ""
    node, where = found[key]
    text = " ".join((node.word or "").split())
    if not text:
        raise SettingsError(f"{key} must be one value", where)
    return text


def _named(found: _Pairs, key: str) -> tuple[Named, ...]:
    """Return the texts under a key, each with its own place where it has one."""
    if key not in found:
        return ()
    node, where = found[key]
    texts = texts_of(key, node, where)
    places = [one.where for one in node.items] if len(node.items) == len(texts) else []
    return tuple(Named(text, places[at] if places else where) for at, text in enumerate(texts))


def _some(found: _Pairs, key: str) -> tuple[Named, ...]:
    texts = _named(found, key)
    if not texts:
        raise SettingsError(f"{key} must name at least one", found[key][1])
    return texts


def _day(found: _Pairs, key: str) -> date:
    node, where = found[key]
    word = (node.word or "").strip()
    try:
        # What is longer than a date is none, whatever this version of Python reads.
        day = date.fromisoformat(word if len(word) == 10 else "")
    except ValueError:
        raise SettingsError(
            f"{key} must be a date such as 2027-03-31, not {word!r}", where
        ) from None
    if not YEARS[0] <= day.year <= YEARS[1]:
        raise SettingsError(f"{key} must lie in the years {YEARS[0]} to {YEARS[1]}", where)
    return day


def _window(found: _Pairs) -> tuple[date, date]:
    launch, end = _day(found, "launch"), _day(found, "end")
    where = found["end"][1]
    if end < launch:
        raise SettingsError(f"end ({end}) lies before launch ({launch})", where)
    if (end - launch).days >= LONGEST:
        raise SettingsError(f"a campaign lasts {LONGEST} days at most; make two of it", where)
    return launch, end


def _number(found: _Pairs, key: str) -> float | None:
    """Return the CAI under a key, None where there is none."""
    if key not in found:
        return None
    node, where = found[key]
    try:
        return checked_cai(float(node.word or ""), where)
    except (ValueError, SettingsError):
        raise SettingsError(
            f"{key} must be a number from 0 to 100, not {node.word!r}", where
        ) from None


def _exposure(found: _Pairs) -> float:
    if "exposure" not in found:
        return 1.0
    node, where = found["exposure"]
    try:
        value = float(node.word or "")
    except ValueError:
        value = math.nan
    if not 0.0 < value <= 1e12:
        raise SettingsError(f"exposure must be a number above 0, not {node.word!r}", where)
    return value


# -- parts -------------------------------------------------------------------------------------


def _channels(found: _Pairs) -> dict[str, Channel]:
    if "channels" not in found:
        return {}
    node, where = found["channels"]
    if node.kind == "map":
        entries = [(key.word or "", value, key.where) for key, value in node.pairs]
    elif node.kind == "list":
        entries = [(one.word or "", Node("null", one.where), one.where) for one in node.items]
    else:
        entries = [("", node, where)]
    channels: dict[str, Channel] = {}
    for name, value, place in entries:
        if not name.strip() or value.kind not in ("map", "null"):
            raise SettingsError(
                "channels must be a list of names, or map names to {platforms, exposure}", place
            )
        if name in channels:
            raise SettingsError(f"the channel {name!r} stands here twice", place)
        inner = _pairs(value, CHANNEL_KEYS)
        channels[name] = Channel(name, _named(inner, "platforms"), _exposure(inner))
    return channels


def _contents(node: Node, where: Location, channels: Mapping[str, Channel]) -> tuple[Content, ...]:
    items = node.items if node.kind == "list" else (node,)
    if not items or node.kind == "null":
        raise SettingsError("content must name at least one file, folder or pattern", where)
    return tuple(_content(one, channels) for one in items)


def _content(node: Node, channels: Mapping[str, Channel]) -> Content:
    if node.kind == "text":
        return Content((_path(node),), node.where)
    if node.kind != "map":
        raise SettingsError(
            "content must be a list of paths, or of mappings with `path`", node.where
        )
    found = _pairs(node, CONTENT_KEYS)
    if "path" not in found:
        raise SettingsError("an entry of content needs its `path`", node.where)
    paths = found["path"][0]
    channel = _word(found, "channel") or NO_CHANNEL
    if channel and channel not in channels:
        known = nearest(channel, channels, "channels") if channels else "; `channels` names none"
        raise SettingsError(f"no channel {channel!r}{known}", found["channel"][1])
    language = _word(found, "language")
    if language and not _TAG.fullmatch(language):
        raise SettingsError(
            f"{language!r} is no language tag such as de or pt-BR", found["language"][1]
        )
    return Content(
        paths=tuple(map(_path, paths.items if paths.kind == "list" and paths.items else (paths,))),
        where=node.where,
        markets=_some(found, "markets") if "markets" in found else (),
        channel=channel,
        platforms=_named(found, "platforms"),
        exposure=_exposure(found),
        columns=columns_of(*found["columns"]) if "columns" in found else (),
        language=language,
    )


def _path(node: Node) -> Named:
    if not (node.word or "").strip() or "\0" in node.text:
        raise SettingsError("a path must be one text", node.where)
    return Named(node.text.strip(), node.where)


def _bars(found: _Pairs) -> tuple[Bar, tuple[BarChange, ...]]:
    if "bar" not in found:
        return Bar(), ()
    node, where = found["bar"]
    if node.kind != "map":
        raise SettingsError(f"bar must be a mapping of {', '.join(sorted(BAR_KEYS))}", where)
    inner = _pairs(node, BAR_KEYS | {"markets"})
    bar = _change(Named("", where), inner).over(Bar())
    if "markets" not in inner:
        return bar, ()
    markets, place = inner["markets"]
    if markets.kind != "map" or any(value.kind != "map" for _, value in markets.pairs):
        raise SettingsError("markets of the bar must map markets to what they ask for", place)
    changes: dict[str, BarChange] = {}
    for key, value in markets.pairs:
        market = Named((key.word or "").strip(), key.where)
        if market.text.lower() in changes:
            raise SettingsError(f"the market {market.text!r} stands here twice", key.where)
        changes[market.text.lower()] = _change(market, _pairs(value, BAR_KEYS))
    return bar, tuple(changes.values())


def _change(market: Named, found: _Pairs) -> BarChange:
    severity = _word(found, "worst-severity")
    if severity and severity not in SEVERITIES:
        raise SettingsError(
            f"worst-severity must be one of {', '.join(SEVERITIES)}, not {severity!r}",
            found["worst-severity"][1],
        )
    return BarChange(
        market,
        _number(found, "min-cai"),
        _number(found, "min-campaign-cai"),
        severity or None,
        texts_of("personas", *found["personas"]) if "personas" in found else None,
    )


def _waivers(found: _Pairs) -> tuple[Waiver, ...]:
    if "waivers" not in found:
        return ()
    node, where = found["waivers"]
    if node.kind != "list" or any(one.kind != "map" for one in node.items):
        raise SettingsError("waivers must be a list of mappings", where)
    return tuple(map(_waiver, node.items))


def _waiver(node: Node) -> Waiver:
    found = _pairs(node, WAIVER_KEYS)
    missing = [key for key in ("rules", "owner", "reason", "expires") if key not in found]
    if missing:
        raise SettingsError(
            f"a waiver needs {', '.join(f'`{key}`' for key in missing)}: "
            "what is let pass, who answers for it, why, and until when",
            node.where,
        )
    rules = texts_of("rules", *found["rules"])
    if not rules:
        raise SettingsError("a waiver needs rules: there is none for all", found["rules"][1])
    return Waiver(
        rules=rules,
        owner=_word(found, "owner"),
        reason=_word(found, "reason"),
        expires=_day(found, "expires"),
        where=node.where,
        name=_word(found, "name"),
        item=_word(found, "item"),
        path=_word(found, "path"),
        markets=_named(found, "market") + _named(found, "markets"),
    )
