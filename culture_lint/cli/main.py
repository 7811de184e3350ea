"""The command ``culture-lint``: subcommands are imported only when they are called."""

from __future__ import annotations

import importlib
import sys

import click

from culture_lint import __version__
from culture_lint.errors import CultureLintError, RulesetError

#: Where each subcommand lives; nothing of it is imported for ``--help`` or ``--version``.
_COMMANDS = {
    "baseline": ("culture_lint.cli.baseline", "Accept the findings of today, or forget some."),
    "brief": ("culture_lint.cli.brief", "Write a creative brief for a market."),
    "cache": ("culture_lint.cli.cache", "Remove what is kept between runs."),
    "campaign": (
        "culture_lint.cli.campaign",
        "Decide per market whether a campaign may launch.",
    ),
    "check": ("culture_lint.cli.check", "Lint listings and copy, and score them per market."),
    "config": ("culture_lint.cli.config", "Show what applies to a path, and who says so."),
    "init": ("culture_lint.cli.init", "Write a commented .culture-lint.yaml."),
    "markets": ("culture_lint.cli.markets", "List the markets covered, and how deeply."),
    "review": ("culture_lint.cli.review", "Go through findings one by one, and settle each."),
    "rule": ("culture_lint.cli.rule", "Explain a rule: what, why, on whose authority."),
    "score": ("culture_lint.cli.score", "Score items, and say which change pays."),
    "rules": ("culture_lint.cli.rules", "List, validate, test and evaluate rulesets."),
}


class _Lazy(click.Group):
    """A group whose commands are imported when they are needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in _COMMANDS:
            return None
        module = importlib.import_module(_COMMANDS[name][0])
        command = module.command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, what) for name, (_, what) in sorted(_COMMANDS.items())])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0] if args else ""
        if name and name not in _COMMANDS:
            import difflib

            near = difflib.get_close_matches(name, _COMMANDS, 1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            raise click.UsageError(f"no such command {name!r}.{hint}", ctx)
        return super().resolve_command(ctx, args)


@click.group(
    cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, "-V", "--version", message="culture-lint %(version)s")
def cli() -> None:
    """Find cultural clashes in product listings and ad copy, before launch.

    culture-lint reads listings, scores each for every target market with the Cultural
    Adaptability Index (CAI, 0-100), and says what to write instead.

    Exit codes: 0 the gate passed, 1 it failed, 2 something could not be checked.
    """


def run(args: list[str] | None = None) -> None:
    """Run the command line and leave the process with its exit code: 0, 1, 2, or 130.

    Every error that a user can put right is one message and code 2; a defect of ours is said to
    be one, also with code 2.
    """
    _stand_in_for_closed()
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        # UTF-8 with LF on every system: the same bytes everywhere.
        reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    sys.exit(execute(args))


def _stand_in_for_closed() -> None:
    """Open what the caller has closed (`>&-`, `<&-`): nobody reads, or nothing comes.

    It is done before anything else is opened, which would take the number of standard output.
    """
    import os

    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115


def execute(args: list[str] | None = None) -> int:
    """Run the command line and return the exit code."""
    try:
        result = cli.main(args=args, prog_name="culture-lint", standalone_mode=False)
        return int(result or 0)
    except click.exceptions.Exit as done:
        return done.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("interrupted", err=True)
        return 130
    except SystemExit:
        # click's answer when the reader of our output has had enough (`| head`): no reason to
        # complain, but no verdict either.
        return 2
    except click.ClickException as error:
        _usage(error)
        return 2
    except CultureLintError as error:
        from culture_lint.reports.terminal import safe

        # Problems in rulesets show their lines; anything else is one line, whatever a file is called.
        text = str(error) if isinstance(error, RulesetError) else safe(str(error))
        click.echo(f"culture-lint: {text}", err=True)
        return 2
    except OSError as error:
        named = f" {error.filename!r}" if error.filename else ""
        click.echo(f"culture-lint: cannot read or write{named}: {error.strerror}", err=True)
        _drop_output()
        return 2
    except Exception as error:
        if _wants_traceback():
            raise
        click.echo(
            f"culture-lint: defect of culture-lint itself ({type(error).__name__}: {error}); please report "
            "it with the input that caused it (CULTURE_LINT_TRACEBACK=1 shows where)",
            err=True,
        )
        return 2


def _usage(error: click.ClickException) -> None:
    """Say in one line what is wrong with the command line, and where help is."""
    message = error.format_message()
    if "\n" in message:  # no command was given: the message is the whole help
        click.echo(message, err=True)
        return
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "culture-lint"
    message = f"{message[:1].lower()}{message[1:]}".rstrip(".")
    click.echo(f"culture-lint: {message} (see `{command} --help`)", err=True)


def _drop_output() -> None:
    """Let what could not be written be forgotten, or Python would complain of it at its end."""
    import os

    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        return


def _wants_traceback() -> bool:
    import os

    return bool(os.environ.get("CULTURE_LINT_TRACEBACK"))
