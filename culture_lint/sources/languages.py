"""Turn what files say of languages, markets and currencies into standard codes."""

from __future__ import annotations

import json
import pkgutil
import re
from functools import lru_cache
from typing import Any

_SCRIPTS = {"hans": "Hans", "hant": "Hant", "latn": "Latn", "cyrl": "Cyrl", "arab": "Arab"}
_CHINESE = {"chs": "zh-Hans", "cht": "zh-Hant"}
_CURRENCY_WORDS = {"руб": "RUB", "грн": "UAH", "zł": "PLN", "zl": "PLN", "円": "JPY", "원": "KRW"}
_CURRENCY_WORDS |= {"RUR": "RUB", "BYR": "BYN"}
_CURRENCY_WORDS |= {"元": "CNY", "€": "EUR", "£": "GBP", "₹": "INR", "₽": "RUB", "₩": "KRW"}
_LIST = re.compile(r"[,;|/\n]+")
_HOST = re.compile(r"^(?:https?://)?(?:[\w-]+\.)+([a-z]{2,3})(?:[/:].*)?$")


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(
        pkgutil.get_data("culture_lint.sources", "data/locales.json") or b"{}"
    )
    for kind in ("languages", "markets"):
        names = {name: code for code, names in data[kind].items() for name in names}
        data[f"{kind} by name"] = names
    data["all currencies"] = frozenset(data["currencies"].split())
    return data


@lru_cache(maxsize=1024)
def language_tag(text: str, *, names: bool = True) -> str | None:
    """Return the BCP 47 tag that ``text`` stands for, or None.

    Takes tags in any case with ``-`` or ``_``; with ``names``, also a language's name.
    """
    text = text.strip().casefold()
    data = _data()
    if names and (named := data["languages by name"].get(text)):
        return str(named)
    parts = text.replace("_", "-").split("-")
    if parts[0] not in data["languages"] or len(parts) > 3:
        return None
    tag = [parts[0]]
    for part in parts[1:]:
        if part in _CHINESE and parts[0] == "zh":
            return _CHINESE[part]
        if part in _SCRIPTS and len(tag) == 1:
            tag.append(_SCRIPTS[part])
        elif part == "uk" or part.upper() in data["markets"]:
            tag.append("GB" if part == "uk" else part.upper())
        elif part == "419":
            tag.append(part)
        else:
            return None
    return "-".join(tag)


@lru_cache(maxsize=1024)
def market_code(text: str) -> str | None:
    """Return the ISO 3166 alpha-2 code of one market, or None.

    Takes alpha-2 and alpha-3 codes, names, locales (``de_DE``), Amazon marketplace ids, eBay
    sites and host names (``amazon.co.uk``).
    """
    text = text.strip()
    data = _data()
    if text.upper() in data["markets"]:
        return text.upper()
    if text in data["amazon"]:
        return str(data["amazon"][text])
    plain = text.casefold()
    named = data["markets by name"].get(plain) or data["ebay"].get(plain)
    if named:
        return str(named)
    tag = language_tag(text, names=False)
    if tag and len(tag.rpartition("-")[2]) == 2 and "-" in tag:
        return tag.rpartition("-")[2]
    host = _HOST.match(plain)
    return _host_market(host[1]) if host else None


def _host_market(ending: str) -> str | None:
    if ending == "com":
        return "US"
    return market_code(ending) if len(ending) == 2 else None


#: A community below its country: ``US/texas-ranch``; the slash is no list separator there.
_COMMUNITY = re.compile(r"\b([A-Z]{2}(?:-[A-Z0-9]{1,3})?)/([a-z][a-z0-9]*(?:-[a-z0-9]+)*)")
_JOINED = "\0"


def _join_communities(text: str) -> str:
    return _COMMUNITY.sub(rf"\1{_JOINED}\2", text)


def markets(text: str) -> tuple[str, ...]:
    """Return the markets a cell names; what is not recognised stays as it is written."""
    whole = market_code(text)
    if whole:
        return (whole,)
    found: dict[str, None] = {}
    for part in filter(None, (part.strip() for part in _LIST.split(_join_communities(text)))):
        if _JOINED in part:
            found[part.replace(_JOINED, "/")] = None
            continue
        codes = [market_code(part)]
        if codes == [None]:
            codes = [market_code(word) for word in part.split()]
        found.update(dict.fromkeys([part] if None in codes else [code for code in codes if code]))
    return tuple(found)


def currency_code(text: str) -> str | None:
    """Return the ISO 4217 code in a column name or cell such as ``Price (INR)``, or None."""
    known = _data()["all currencies"]
    for word in re.findall(r"[A-Z]{3}(?![A-Za-z])", text):
        if word in known:
            return str(word)
    return next((code for sign, code in _CURRENCY_WORDS.items() if sign in text), None)
