"""``culture-lint cache``: remove what is kept between runs."""

from __future__ import annotations

from pathlib import Path

import click

from culture_lint.cli.options import results_folder


@click.group("cache", short_help="Remove what is kept between runs.")
def command() -> None:
    """Look after what is kept between runs: results of files, and compiled rulesets."""


@command.command("clean", short_help="Remove kept results and compiled rulesets.")
@click.option(
    "--cache-dir",
    type=click.Path(path_type=Path),
    envvar="CULTURE_LINT_CACHE_DIR",
    metavar="DIR",
    help="Where they are kept, if elsewhere than by default.",
)
def clean(cache_dir: Path | None) -> int:
    """Remove kept results of this project, and the user's compiled rulesets.

    Only files that culture-lint has made are removed. Nothing is lost: the next run makes them anew.
    """
    from culture_lint.kept import Store
    from culture_lint.knowledge import cache

    folder = results_folder(cache_dir)
    removed = Store(folder).clean()
    click.echo(f"removed {removed} kept results from {folder}")
    compiled = cache_dir or cache.cache_dir()
    found = [*compiled.glob("rulesets-*.bin"), *compiled.glob("builtin-digest.json")]
    for path in found:
        path.unlink(missing_ok=True)
    click.echo(f"removed {len(found)} files of compiled rulesets from {compiled}")
    return 0
