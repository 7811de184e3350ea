"""``culture-lint review``: go through findings one by one, and settle each."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from culture_lint.cli.flags import Flags
from culture_lint.cli.inputs import Chosen, found_for, tell_left_out, warner
from culture_lint.cli.options import colour_option, copy_options, ruleset_options
from culture_lint.config.resolve import Configuration
from culture_lint.errors import Location, SettingsError, SourceError
from culture_lint.settings import colour_wanted

if TYPE_CHECKING:
    from culture_lint.results import FindingReport
    from culture_lint.session import Judged, Session
    from culture_lint.targets import Job
    from culture_lint.trials.rewrite import Rewrite

_SCHEMA = "culture-lint/review/1"
_STATE = ".culture-lint-review.json"
#: Alternatives that are offered.
_OFFERED = 5
_COLOURS = {"blocker": "red", "major": "yellow", "minor": "cyan", "info": "white"}


@click.command("review", short_help="Go through findings one by one, and settle each.")
@click.argument("paths", nargs=-1, required=True)
@copy_options
@click.option(
    "--baseline",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Findings that are accepted, and not asked about.",
)
@click.option(
    "--state",
    type=click.Path(path_type=Path),
    default=_STATE,
    show_default=True,
    metavar="FILE",
    help="Where it is kept what was skipped, until the review is done.",
)
@click.option("--restart", is_flag=True, help="Ask about everything again.")
@colour_option
@ruleset_options
def command(
    paths: tuple[str, ...],
    state: Path,
    restart: bool,
    color: str,
    config: Path | None,
    isolated: bool,
    **flags: Any,
) -> int:
    """Go through the findings of files one by one: use an alternative, edit, skip or suppress.

    Each decision is written at once, and only where the file then reads as meant; to stop is safe
    at any moment, and the next review goes on where this one stopped.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise SettingsError(
            "review asks questions and needs a terminal; `culture-lint check --fix --diff` shows "
            "what could be changed without any"
        )
    if "-" in paths:
        raise SettingsError("review changes files: it cannot read standard input")
    from culture_lint.session import Session

    chosen = Chosen(Configuration(config, isolated, warner(False)), Flags.of(flags))
    found = found_for(paths, None, chosen)
    tell_left_out(found)
    jobs = chosen.jobs(found.sources)
    review = _Review(
        Session(jobs), _State.load(state, restart), colour_wanted(color, sys.stdout.isatty())
    )
    failed = stopped = False
    try:
        for job in jobs:
            try:
                if not review.file(job):
                    stopped = True
                    break
            except SourceError as error:
                failed = True
                click.echo(f"culture-lint: {error}", err=True)
        else:
            review.state.forget()
    except click.Abort:
        click.echo(err=True)  # the answer that did not come has no line's end
        review.tell(stopped=True)
        raise
    review.tell(stopped)
    if review.session.unplaced:
        from culture_lint.cli.run import unplaced

        raise SettingsError(unplaced(review.session))
    return 2 if failed else 0


@dataclass(slots=True)
class _State:
    """What was skipped, by path, and the rules that are skipped as a whole; kept in a file."""

    path: Path
    skipped: dict[str, list[str]] = field(default_factory=dict)
    rules: list[str] = field(default_factory=list)

    @classmethod
    def load(cls, path: Path, restart: bool) -> _State:
        """Return what an earlier review has left, nothing of it with ``restart``.

        Raises:
            SettingsError: If the file is not one that a review has written: it would be replaced,
                and removed in the end. One of the usual name is ours, and may be begun anew.
        """
        own = path.name == _STATE
        if not path.exists() or (restart and own):
            return cls(path)
        try:
            found = json.loads(path.read_text("utf-8"))
            assert found["schema"] == _SCHEMA
            skipped = {
                str(name): [str(one) for one in keys] for name, keys in found["skipped"].items()
            }
            rules = [str(one) for one in found["rules"]]
            return cls(path) if restart else cls(path, skipped, rules)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, AssertionError):
            cure = "--restart begins anew" if own else "name another file with --state"
            raise SettingsError(
                f"is not what a review has left; {cure}", Location(str(path))
            ) from None

    def save(self) -> None:
        """Write it down."""
        from culture_lint.fixing.write import replace_file

        shape = {"schema": _SCHEMA, "skipped": self.skipped, "rules": self.rules}
        replace_file(str(self.path), (json.dumps(shape, indent=1) + "\n").encode())

    def forget(self) -> None:
        """Remove what is no longer needed."""
        self.path.unlink(missing_ok=True)


class _Review:
    """Asks, and does what it is told."""

    def __init__(self, session: Session, state: _State, colour: bool) -> None:
        self.session = session
        self.state = state
        self._colour = colour
        self._counts: Counter[str] = Counter()
        self._columns = min(shutil.get_terminal_size((100, 24)).columns, 110)

    def file(self, job: Job) -> bool:
        """Review one file; return False when there is to be no more.

        Raises:
            SourceError: If it cannot be read.
        """
        while (data := Path(job.source.path).read_bytes()) is not None:
            judged = self._judged(job, data)
            open_ = list(self._open(job, judged))
            if not open_:
                return True
            one, finding, token = open_[0]
            answer = self._settled(job, data, one, finding, token, len(open_))
            if answer == "q":
                return False
        return True

    def tell(self, stopped: bool) -> None:
        """Say what has been done; ``stopped`` tells that more was asked about."""
        done = ", ".join(
            f"{self._counts[name]} {name}"
            for name in ("replaced", "edited", "suppressed", "skipped")
            if self._counts[name]
        )
        nothing = "nothing settled yet" if stopped else "nothing to settle"
        click.echo(f"culture-lint: {done or nothing}", err=True)
        if self.state.path.exists():
            click.echo(
                f"culture-lint: what was skipped is kept in {self.state.path}; the next review goes "
                "on from here (--restart asks about everything again)",
                err=True,
            )

    def _judged(self, job: Job, data: bytes) -> list[Judged]:
        from culture_lint.session import Judged
        from culture_lint.sources.items import Source

        now = replace(job, source=Source(job.source.path, data))
        # What stands beside a file belongs to it only under its own name, which it keeps.
        return [one for one in self.session.judged(now) if isinstance(one, Judged)]

    def _open(
        self, job: Job, judged: Sequence[Judged]
    ) -> Iterator[tuple[Judged, FindingReport, str]]:
        """Yield the findings that nobody has decided about, in the order of the file."""
        skipped = frozenset(self.state.skipped.get(job.source.path, ()))
        seen: Counter[str] = Counter()
        for one in judged:
            for finding in one.report.findings:
                key = _key(one, finding)
                token = f"{key}.{seen[key]}"
                seen[key] += 1
                if token not in skipped and finding.rule not in self.state.rules:
                    yield one, finding, token

    def _settled(
        self, job: Job, data: bytes, one: Judged, finding: FindingReport, token: str, left: int
    ) -> str:
        """Ask about one finding until something is decided; return the answer."""
        offers = self._offers(job, one, finding)
        self._show(one, finding, offers, left)
        answers = [str(number) for number in range(1, len(offers) + 1)]
        answers += ["e", "s", "r", *(["u"] if finding.suppressible else []), "w", "q"]
        while True:
            answer = click.prompt(
                "  Your choice", type=click.Choice(answers), show_choices=True, default="s"
            )
            if answer == "w":
                self._more(finding)
                continue
            if answer == "q":
                return answer
            if answer in ("s", "r"):
                self._skip(job, finding, token, answer)
                return answer
            if answer == "u":
                if self._suppress(job, one, finding):
                    return answer
                continue
            if answer == "e":
                tried = self._edited(job, one, finding)
            else:
                tried = offers[int(answer) - 1]
            if tried is not None and self._write(job, data, one, tried):
                self._counts["edited" if answer == "e" else "replaced"] += 1
                return answer

    # -- decisions ------------------------------------------------------------------------------

    def _offers(self, job: Job, one: Judged, finding: FindingReport) -> list[Rewrite]:
        """Return the alternatives in the language of the text, each tried."""
        from culture_lint.trials.rewrite import rewrite

        tag = (finding.language or one.report.language or "").split("-")[0]
        words = [said.text for said in finding.alternatives if said.language.split("-")[0] == tag]
        return [
            rewrite(self.session, job, one.item, one.report, finding, said)
            for said in list(dict.fromkeys(words))[:_OFFERED]
        ]

    def _edited(self, job: Job, one: Judged, finding: FindingReport) -> Rewrite | None:
        """Ask for words and try them; None where they are not to be used."""
        from culture_lint.trials.rewrite import rewrite

        text = one.item.segments[finding.segment].text
        start, end = finding.span
        words = click.prompt("  Words in its place", default=_shown(text[start:end]))
        if words == _shown(text[start:end]):
            click.echo("  nothing changed")
            return None
        tried = rewrite(self.session, job, one.item, one.report, finding, words, as_is=True)
        click.echo(f"  {self._outcome(one, tried)}")
        return tried

    def _write(self, job: Job, data: bytes, one: Judged, tried: Rewrite) -> bool:
        """Write words into the file, unless something speaks against it; return whether it was done."""
        from culture_lint.fixing.files import with_change
        from culture_lint.fixing.write import replace_file

        if tried.trouble and not click.confirm(f"  But {tried.trouble}. Use it all the same?"):
            return False
        new, why = with_change(job, data, one.number, one.item, one.report, tried.edits)
        if why or new == data:
            click.echo(f"  not written: {why or 'it is what stands there'}")
            return False
        replace_file(job.source.path, new, data)
        return True

    def _skip(self, job: Job, finding: FindingReport, token: str, answer: str) -> None:
        if answer == "r":
            self.state.rules.append(finding.rule)
        else:
            self.state.skipped.setdefault(job.source.path, []).append(token)
        self.state.save()
        self._counts["skipped"] += 1

    def _suppress(self, job: Job, one: Judged, finding: FindingReport) -> bool:
        """Ask for a reason and write the suppression; return whether it was done."""
        from culture_lint.fixing.write import replace_file
        from culture_lint.trials.silence import silenced

        reason = click.prompt("  Why may it stay (empty: back)", default="", show_default=False)
        if not reason.strip():
            return False
        owner = finding.rule.rpartition("/")[0]
        markets = () if owner in finding.markets else finding.markets
        found = silenced(self.session, job, one.number, one.item, finding, reason, markets)
        if found is None:
            click.echo("  not suppressed: the file has no place for it")
            return False
        replace_file(found.path, found.new, found.old)
        if found.path != job.source.path and self._still(job, one, finding):
            if found.old is None:
                os.unlink(found.path)
            else:
                replace_file(found.path, found.old, found.new)
            click.echo("  not suppressed: put it into `ignores:` of the configuration")
            return False
        click.echo(f"  written to {found.path}")
        self._counts["suppressed"] += 1
        return True

    def _still(self, job: Job, one: Judged, finding: FindingReport) -> bool:
        """Tell whether a finding is still there after it was suppressed beside its file."""
        before = sum(each.key == finding.key for each in one.report.findings)
        for now in self._judged(job, Path(job.source.path).read_bytes()):
            if now.number == one.number:
                return sum(each.key == finding.key for each in now.report.findings) >= before
        return True

    # -- what is shown --------------------------------------------------------------------------

    def _show(
        self, one: Judged, finding: FindingReport, offers: Sequence[Rewrite], left: int
    ) -> None:
        report = one.report
        scores = ", ".join(
            f"{market} {score:.1f}"
            for market in finding.markets
            if (score := report.scores.get(market)) is not None
        )
        click.echo()
        head = f"{report.path}:{finding.place.line}:{finding.place.column}  {report.item}  {finding.field}"
        click.echo(self._style(_shown(head), bold=True) + f"  CAI {scores}  ({left} to settle)")
        grade = finding.severity.value
        click.echo(
            f"  {self._style(grade.upper(), fg=_COLOURS[grade], bold=True)} {_shown(finding.rule)}"
        )
        start, end = finding.passage_span
        passage = _shown(finding.passage)
        marked = self._style(passage[start:end], fg=_COLOURS[grade], bold=True)
        marked = marked if self._colour else f"»{marked}«"
        click.echo(f"    {passage[:start]}{marked}{passage[end:]}")
        self._lines(finding.message, 4)
        for number, tried in enumerate(offers, 1):
            click.echo(f"  {self._style(str(number), bold=True)}  {self._outcome(one, tried)}")
        if finding.rewrite:
            self._lines(finding.rewrite, 4)
        keys = ["e edit", "s skip", "r skip this rule"]
        keys += ["u suppress"] if finding.suppressible else []
        click.echo("  " + " · ".join([*keys, "w why", "q quit"]))

    def _outcome(self, one: Judged, tried: Rewrite) -> str:
        """Say what some words would bring."""
        figures = ", ".join(
            f"{market} {now:.1f} ({now - was:+.1f})"
            for market, was in one.report.scores.items()
            if was is not None and (now := tried.scores.get(market)) is not None and now != was
        )
        parts = [f"“{_shown(tried.text)}”", figures or "the CAI stays as it is"]
        parts += [part for part in (tried.trouble, tried.doubt) if part]
        return " · ".join(parts)

    def _more(self, finding: FindingReport) -> None:
        from culture_lint.reports.text import graded

        evidence = finding.evidence
        self._lines(f"{finding.signified} [{graded(evidence.kind, evidence.verified)}]", 4)
        for source in evidence.sources:
            self._lines(
                "; ".join(part for part in (source.title, source.cite, source.url) if part), 4
            )
        if finding.via:
            self._lines(" → ".join(finding.via), 4)

    def _lines(self, text: str, indent: int) -> None:
        from culture_lint.reports.terminal import wrapped

        for line in wrapped(_shown(text), self._columns - indent):
            click.echo(" " * indent + line)

    def _style(self, text: str, fg: str | None = None, bold: bool | None = None) -> str:
        return click.style(text, fg=fg, bold=bold) if self._colour else text


def _key(one: Judged, finding: FindingReport) -> str:
    """Return what makes a finding the same when it is looked at again.

    Not the baseline's key: that holds the text of an item without an id, which a review changes.
    """
    import hashlib

    start, end = finding.passage_span
    parts = (finding.rule, one.report.item, finding.field, finding.passage[start:end].casefold())
    return hashlib.blake2s(
        "\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=8
    ).hexdigest()


def _shown(text: str) -> str:
    """Return a text that a terminal only shows."""
    from culture_lint.reports.terminal import safe

    return safe(text)
