"""The plan for one file: which column becomes which segment."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence

from culture_lint.errors import SourceError
from culture_lint.frozen import frozen
from culture_lint.sources.items import ReadOptions, Role
from culture_lint.sources.languages import currency_code, market_code
from culture_lint.sources.names import key, readings
from culture_lint.sources.schemas import (
    ROW_ROLES,
    Schema,
    Use,
    attribute_name,
    find_use,
    is_own,
    pair_columns,
)

#: Separators of a list in one cell when the format does not name one; the first present wins.
ANY_SEPARATOR = "|;\n,、，"
_HINT = re.compile(r"\(\w([;,|])\w")
_SITE = re.compile(r"SiteID=([^|)]+)", re.IGNORECASE)


@frozen
class Column:
    """One column that is read.

    ``separators``: of these the first that a cell holds splits it into segments. ``named``:
    the cell lists names with values. ``name_at``: the column that names the attribute.
    """

    index: int
    name: str
    role: Role
    attribute: str | None = None
    language: str | None = None
    separators: str = ""
    underscores: bool = False
    named: bool = False
    name_at: int | None = None
    positions: bool = False


@frozen
class Layout:
    """What is read from each record of a file, columns in file order."""

    schema: str
    names: tuple[str, ...]
    columns: tuple[Column, ...] = ()
    ids: tuple[int, ...] = ()
    variants: tuple[int, ...] = ()
    languages: tuple[int, ...] = ()
    markets: tuple[int, ...] = ()
    currencies: tuple[int, ...] = ()
    #: The columns of suppressions.
    ignores: tuple[int, ...] = ()
    #: Markets that the header itself names.
    declared: tuple[str, ...] | None = None
    comment: str | None = None
    role_from: tuple[int, dict[str, str | None]] | None = None
    #: The columns of the title, whose absence marks a variant's row.
    titles: tuple[int, ...] = ()

    @property
    def has_text(self) -> bool:
        """Whether any column can yield text to judge."""
        return any(
            column.role not in (Role.PRICE, Role.CATEGORY, Role.BRAND) for column in self.columns
        )

    @property
    def has_prose(self) -> bool:
        """Whether there is a title or a description."""
        return any(column.role in (Role.TITLE, Role.DESCRIPTION) for column in self.columns)


def plan(
    names: Sequence[str],
    schema: Schema,
    options: ReadOptions,
    guessed: Mapping[int, Use] | None = None,
) -> Layout:
    """Lay out a file with these column names; the user's mapping wins over the format.

    ``guessed`` is what columns of which nothing else is known seem to hold, by index.

    Raises:
        SourceError: If the mapping names a column that is not there.

    """
    pairs = {value: (name, how) for name, value, how in pair_columns(schema, names)}
    columns = [_pair(at, names[at], *pair) for at, pair in pairs.items()]
    rows: dict[str, list[tuple[int, int]]] = {role: [] for role in ROW_ROLES}
    paired = {*pairs, *(name_at for name_at, _ in pairs.values())}
    for index, (use, language) in _uses(names, schema, options, guessed or {}, paired).items():
        columns = [column for column in columns if column.index != index]
        if use.role in rows:
            rows[use.role].append((use.rank, index))
        else:
            columns.append(_column(index, names[index], use, language, schema))
    columns.sort(key=lambda column: column.index)
    ranked = {role: tuple(index for _, index in sorted(found)) for role, found in rows.items()}
    return Layout(
        schema=schema.name,
        names=tuple(names),
        columns=tuple(columns),
        ids=ranked["id"],
        variants=ranked["variant"],
        languages=ranked["language"],
        markets=ranked["market"],
        currencies=ranked["currency"],
        ignores=ranked["ignore"],
        declared=_declared(names),
        comment=schema.comment,
        role_from=_role_from(names, schema),
        titles=tuple(column.index for column in columns if column.role is Role.TITLE),
    )


def _uses(
    names: Sequence[str],
    schema: Schema,
    options: ReadOptions,
    guessed: Mapping[int, Use],
    paired: Container[int],
) -> dict[int, tuple[Use, str | None]]:
    """Return what each column is for and its language: mapped, known by name, or guessed."""
    mapped = mapped_columns(names, options)
    chosen = {use.role for use in mapped.values()}
    uses: dict[int, tuple[Use, str | None]] = {at: (use, None) for at, use in mapped.items()}
    for index, name in enumerate(names):
        if index in uses or index in paired or is_own(name):
            continue
        found = find_use(schema, name)
        use, language = (found[0], found[1].language) if found else (guessed.get(index), None)
        if use is not None and use.role not in chosen:
            uses[index] = (use, language)
    return uses


def _column(index: int, name: str, use: Use, language: str | None, schema: Schema) -> Column:
    role = Role(use.role)
    keys = [reading.key for reading in readings(name)]
    separators = next((schema.split[one] for one in keys if one in schema.split), "")
    hint = _HINT.search(name)
    if not separators and role is Role.TAG:
        separators = hint[1] if hint else ANY_SEPARATOR
    if not separators and role is Role.ATTRIBUTE:
        separators = ";"
    attribute = use.attribute
    if role is Role.ATTRIBUTE and attribute is None:
        attribute = attribute_name(name)
    if role is Role.PRICE:
        attribute = currency_code(name)
    return Column(
        index=index,
        name=name,
        role=role,
        attribute=attribute,
        language=language,
        separators=separators,
        underscores=any(one in schema.underscores for one in keys),
        named=any(one in schema.named_lists for one in keys),
    )


def _pair(index: int, name: str, name_at: int, how: dict[str, object]) -> Column:
    return Column(
        index=index,
        name=name,
        role=Role.ATTRIBUTE,
        separators=str(how.get("split", "")),
        name_at=name_at,
        positions=bool(how.get("positions")),
    )


def _declared(names: Iterable[str]) -> tuple[str, ...] | None:
    """Return the markets that column names carry (eBay's site, Amazon's marketplaces)."""
    found: dict[str, None] = {}
    for name in names:
        site = _SITE.search(name)
        market = market_code(site[1]) if site else None
        if market is None and "marketplace_id" in name:
            market = next((reading.market for reading in readings(name)), None)
        if market:
            found[market] = None
    return tuple(found) or None


def _role_from(names: Sequence[str], schema: Schema) -> tuple[int, dict[str, str | None]] | None:
    if schema.role_from is None:
        return None
    wanted, roles = schema.role_from
    return next(((at, roles) for at, name in enumerate(names) if key(name) == wanted), None)


def mapped_columns(names: Sequence[str], options: ReadOptions) -> dict[int, Use]:
    """Return what the user's mapping says of each column it names, by column index.

    Raises:
        SourceError: If it names a column that is not there, or a role that does not exist.

    """
    mapped: dict[int, Use] = {}
    for role, name in options.columns:
        role = {"colour": "attribute", "color": "attribute"}.get(role, role)
        if role not in ROW_ROLES and role not in {one.value for one in Role}:
            known = ", ".join([*(one.value for one in Role), "id", "market", "language"])
            raise SourceError(f"--column {role}={name}: no such role; there are {known}")
        index = column_index(names, name)
        if index is None:
            raise SourceError(
                f"--column {role}={name}: there is no such column; there are {listed(names)}"
            )
        mapped[index] = Use(role, len(mapped))
    return mapped


def column_index(names: Sequence[str], name: str) -> int | None:
    """Return the column that ``name`` means: its exact name, a spelling of it, or its number."""
    for same in (str.__eq__, lambda one, other: key(one) == key(other)):
        for index, known in enumerate(names):
            if known and same(known.strip(), name.strip()):
                return index
    if name.isdecimal() and 0 < int(name) <= len(names):
        return int(name) - 1
    return None


def listed(names: Sequence[str], most: int = 12) -> str:
    """Return column names, or the cells of a first row, short enough for a message."""
    parts = [_short(name) or f"(column {index})" for index, name in enumerate(names, 1)]
    more = f" and {len(parts) - most} more" if len(parts) > most else ""
    return ", ".join(parts[:most]) + more


def _short(name: str, most: int = 30) -> str:
    name = " ".join(name.strip("\ufeff \t\r\n").split())
    return name if len(name) <= most else name[: most - 1] + "…"


def described(layout: Layout, most: int = 20) -> str:
    """Return which column was taken for what, in one line."""
    parts: list[tuple[str, str, str]] = []
    rows = {
        "id": layout.ids,
        "language": layout.languages,
        "market": layout.markets,
        "suppressions": layout.ignores,
    }
    for role, found in rows.items():
        if found:
            parts.append((role, " or ".join(_short(layout.names[at], 40) for at in found[:2]), ""))
    for column in layout.columns:
        role = column.role.value
        if column.role is Role.ATTRIBUTE and column.attribute:
            role = column.attribute
        name = _short(column.name, 40)
        if parts and parts[-1][0] == role and key(parts[-1][1]) == key(name):
            parts[-1] = (role, parts[-1][1], name)
        else:
            parts.append((role, name, ""))
    more = f" and {len(parts) - most} more" if len(parts) > most else ""
    shown = (f"{role}={first}{'…' + last if last else ''}" for role, first, last in parts[:most])
    return ", ".join(shown) + more
