"""``culture-lint init``: write a commented configuration file."""

from __future__ import annotations

from pathlib import Path

import click

from culture_lint.errors import SettingsError
from culture_lint.settings import CONFIG_NAMES

TEMPLATE = """\
# culture-lint: what to check listings and copy for. `culture-lint markets` lists the markets.

# Markets (ISO 3166-1 codes) and communities below them.
markets: [{markets}]

# Which markets a language means, for translations whose path or file names no region. A language
# alone never names a market.
# languages:
#   ar: [SA, AE]
#   de: [DE, AT]

# The mildest severity that fails the gate: blocker, major, minor or never.
fail-on: major

# The CAI (0-100) that every item must reach in every market; remove it to judge by severity alone.
# min-cai: 60

# What your copy means to convey; alternatives that keep it are offered first.
# intent: [natural, premium]

# Which column holds what, where it is not recognised by itself. Roles: id, market, language, title,
# subtitle, bullet, description, tag, brand, alt, price, attribute, category.
# columns:
#   title: Product name
#   description: Long text

# Rulesets of your own, on top of the built-in ones (folders, relative to this file).
# rulesets: [my-rulesets]

# What holds for some files only; the last entry that fits decides.
# overrides:
#   - files: "locales/ar/**"
#     markets: [SA]

# Paths that are left out, as in .gitignore.
# extend-exclude: [drafts/]

# Rules to leave out or to check alone: ids (IN/owl-gift), owners (IN), category:colour.
# ignore: []
# select: []
"""


@click.command("init", short_help="Write a commented .culture-lint.yaml.")
@click.option("--market", "-m", multiple=True, help="Markets to write into it.")
@click.option("--force", is_flag=True, help="Overwrite an existing file.")
@click.argument("folder", default=".", type=click.Path(path_type=Path))
def command(market: tuple[str, ...], force: bool, folder: Path) -> int:
    """Write a commented .culture-lint.yaml into FOLDER (default: here)."""
    from culture_lint.cli.options import split

    if not folder.is_dir():
        raise SettingsError(f"no folder {str(folder)!r}")
    path = folder / CONFIG_NAMES[0]
    if path.exists() and not force:
        raise SettingsError(f"{path} exists already; --force overwrites it")
    names = ", ".join(f'"{one}"' for one in split(market)) or '"SA", "IN", "JP"'
    path.write_text(TEMPLATE.format(markets=names), encoding="utf-8")
    click.echo(f"wrote {path}; now run: culture-lint check your-listings.csv")
    return 0
