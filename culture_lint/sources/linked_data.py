"""Read what JSON-LD in a page says to people: products, offers, questions and answers."""

from __future__ import annotations

from dataclasses import dataclass, field

from culture_lint.frozen import frozen
from culture_lint.sources.flow import Piece
from culture_lint.sources.html_text import plain_text
from culture_lint.sources.items import Role
from culture_lint.sources.json_text import Leaf, decoded, leaves
from culture_lint.sources.languages import language_tag
from culture_lint.sources.messages import composed
from culture_lint.sources.schemas import attribute_name

#: What a property says, by its schema.org name.
_ROLES = {
    "name": Role.TITLE,
    "headline": Role.TITLE,
    "alternateName": Role.SUBTITLE,
    "alternativeHeadline": Role.SUBTITLE,
    "slogan": Role.SUBTITLE,
    "description": Role.DESCRIPTION,
    "disambiguatingDescription": Role.DESCRIPTION,
    "abstract": Role.DESCRIPTION,
    "text": Role.DESCRIPTION,
    "articleBody": Role.DESCRIPTION,
    "award": Role.DESCRIPTION,
    "caption": Role.ALT,
    "keywords": Role.TAG,
    "category": Role.CATEGORY,
    "color": Role.ATTRIBUTE,
    "material": Role.ATTRIBUTE,
    "pattern": Role.ATTRIBUTE,
    "size": Role.ATTRIBUTE,
    "price": Role.PRICE,
    "lowPrice": Role.PRICE,
    "highPrice": Role.PRICE,
}
_BRAND = frozenset({"brand", "manufacturer"})
#: People and firms, whose names are no copy.
_OTHERS = frozenset(
    [
        "author",
        "creator",
        "contributor",
        "editor",
        "publisher",
        "provider",
        "seller",
        "offeredBy",
        "reviewer",
        "sourceOrganization",
        "organizer",
        "performer",
        "address",
        "contactPoint",
        "founder",
        "employee",
        "parentOrganization",
        "sponsor",
        "funder",
        "itemReviewed",
        "potentialAction",
        "breadcrumb",
    ]
)
_OTHER_TYPES = frozenset(
    [
        "Organization",
        "Corporation",
        "Person",
        "WebSite",
        "BreadcrumbList",
        "ListItem",
        "PostalAddress",
        "SearchAction",
        "OnlineStore",
        "ContactPoint",
    ]
)
_IDS = ("sku", "productID", "mpn", "gtin13", "gtin", "@id", "url")


@frozen
class Said:
    """A text of a product, with its pieces in the page."""

    field: str
    role: Role
    text: str
    pieces: list[Piece]
    attribute: str | None = None


@dataclass(slots=True)
class Product:
    """One thing that JSON-LD is about."""

    name: str
    language: str | None = None
    texts: list[Said] = field(default_factory=list)


def products(text: str, start: int, end: int) -> list[Product]:
    """Return what the JSON in ``text[start:end]`` is about, one a thing; nothing if it is not JSON.

    The pieces of the texts are offsets in ``text``.
    """
    try:
        found = [leaf for leaf in leaves(text[start:end]) if leaf.path]
    except (IndexError, TypeError):
        return []
    body = text[start:end]
    groups: dict[tuple[str | int, ...], list[Leaf]] = {}
    for leaf in found:
        groups.setdefault(_thing(leaf.path), []).append(leaf)
    made = [_product(body, start, len(path), group) for path, group in groups.items()]
    return [one for one in made if one.texts]


def _thing(path: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """Return the path of the thing that a value belongs to: an element of a list at the top."""
    at = 0
    if path[0] == "@graph":
        at = 1
    if at < len(path) and isinstance(path[at], int):
        return path[: at + 1]
    return path[:at]


def _product(body: str, start: int, depth: int, group: list[Leaf]) -> Product:
    """Make one thing of its values."""
    values = {leaf.path[depth:]: leaf for leaf in group}
    types = _types(body, values)
    product = Product(_name(body, values))
    said = values.get(("inLanguage",))
    if said is not None and said.is_string:
        product.language = language_tag(body[said.start : said.end], names=False)
    for path, leaf in values.items():
        if (made := _said(body, start, path, leaf, values, types)) is not None:
            product.texts.append(made)
    return product


def _types(
    body: str, values: dict[tuple[str | int, ...], Leaf]
) -> dict[tuple[str | int, ...], str]:
    return {
        path[:-1]: body[leaf.start : leaf.end]
        for path, leaf in values.items()
        if path and path[-1] == "@type"
    }


def _name(body: str, values: dict[tuple[str | int, ...], Leaf]) -> str:
    for key in _IDS:
        leaf = values.get((key,))
        if leaf is not None and leaf.is_string:
            return f"JSON-LD {decoded(body, leaf.start, leaf.end)[0]}"
    return "JSON-LD"


def _said(
    body: str,
    start: int,
    path: tuple[str | int, ...],
    leaf: Leaf,
    values: dict[tuple[str | int, ...], Leaf],
    types: dict[tuple[str | int, ...], str],
) -> Said | None:
    """Return what one value says to people, None if nothing."""
    keys = [part for part in path if isinstance(part, str)]
    if not keys or not _OTHERS.isdisjoint(keys) or types.get(path[:-1]) in _OTHER_TYPES:
        return None
    key = keys[-1]
    role = Role.BRAND if key in _BRAND else _ROLES.get(key)
    if len(keys) > 1 and keys[-2] in _BRAND:
        role = Role.BRAND if key == "name" else None
    attribute: str | None = None
    if role is Role.ATTRIBUTE:
        attribute = attribute_name(key)
    if key == "value" and "additionalProperty" in keys:
        named = values.get((*path[:-1], "name"))
        if named is not None:
            role, attribute = (
                Role.ATTRIBUTE,
                attribute_name(decoded(body, named.start, named.end)[0]),
            )
    elif key == "name" and "additionalProperty" in keys:
        return None
    elif role is Role.TITLE and len(keys) > 1:
        role = Role.DESCRIPTION
    if role is Role.PRICE:
        currency = values.get((*path[:-1], "priceCurrency"))
        attribute = body[currency.start : currency.end] if currency is not None else None
    elif not leaf.is_string:
        return None
    if role is None:
        return None
    text, pieces = decoded(body, leaf.start, leaf.end)
    plain = plain_text(text)
    if plain.runs is not None:
        pieces = composed(plain.runs.pieces(), pieces)
        text = plain.text
    moved = [(length, first + start, last + start) for length, first, last in pieces]
    return Said(".".join(keys), role, text, moved, attribute)
