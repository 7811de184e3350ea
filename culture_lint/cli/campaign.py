"""``culture-lint campaign``: one verdict per market before a launch, and what to fix first."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from culture_lint.cli.flags import Flags
from culture_lint.cli.options import results_folder, ruleset_options, run_options
from culture_lint.cli.output import Output, Reports, Several, opened, outputs_of
from culture_lint.errors import SettingsError
from culture_lint.settings import Settings, colour_wanted

if TYPE_CHECKING:
    from culture_lint.campaign.model import Campaign, Waiver
    from culture_lint.campaign.report import CampaignReport
    from culture_lint.campaign.work import Work
    from culture_lint.knowledge.runtime import Knowledge
    from culture_lint.reports.registry import Reporter, ReportOptions
    from culture_lint.results import RunInfo, Summary, Verdict
    from culture_lint.session import Session

FORMATS = ("text", "json")


@click.command("campaign", short_help="Decide per market whether a campaign may launch.")
@click.argument("campaign", default="campaign.yaml", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "-f",
    "formats",
    multiple=True,
    type=click.Choice(FORMATS),
    help="Form of the verdict.  [default: text]",
)
@click.option(
    "--output",
    "-o",
    "files",
    multiple=True,
    metavar="FILE",
    help="Write the verdict there instead of standard output; FORMAT:FILE says both.",
)
@click.option(
    "--items",
    multiple=True,
    metavar="FORMAT:FILE",
    help="Also write what was found item by item, in any format of `check`; may be repeated.",
)
@click.option(
    "--launch",
    metavar="DATE",
    help="Judge another launch than the file's; the campaign runs as many days.",
)
@click.option(
    "--strict", is_flag=True, help="Fail (exit code 1) when a market may go with conditions only."
)
@click.option(
    "--today",
    metavar="DATE",
    help="The day on which waivers hold or have expired.  [default: today]",
)
@run_options
@ruleset_options
def command(
    campaign: Path,
    formats: tuple[str, ...],
    files: tuple[str, ...],
    items: tuple[str, ...],
    launch: str | None,
    strict: bool,
    today: str | None,
    color: str,
    cache_dir: Path | None,
    jobs: int,
    quiet: bool,
    config: Path | None,
    isolated: bool,
    rulesets: tuple[Path, ...],
    no_cache: bool,
) -> int:
    """Decide for each market of CAMPAIGN (default: campaign.yaml) whether it may launch.

    The verdict is go, go with conditions, or no go, with every reason and what to fix first. Exit
    code 0: every market may go, with conditions too unless --strict; 1: a market may not;
    2: something could not be checked.
    """
    from culture_lint.campaign.reader import read_campaign
    from culture_lint.campaign.work import work_for
    from culture_lint.cli.inputs import Chosen, tell_left_out, warner
    from culture_lint.cli.run import Order, Run
    from culture_lint.config.resolve import Configuration
    from culture_lint.sources.items import Source

    day = _day("--today", today) or date.today()
    read = read_campaign(campaign)
    moved = _day("--launch", launch)
    if moved is not None:
        read = read.moved(moved)
    flags = Flags(rulesets=rulesets, no_cache=no_cache)
    chosen = Chosen(Configuration(config, isolated, warner(quiet)), flags)
    store = results_folder(cache_dir, campaign.parent) if not no_cache else None
    known = _session(store, quiet)
    checked = _checked(read, known, chosen.settings_for(str(campaign)))
    work = work_for(checked, chosen.settings_for, day)
    if not quiet:
        tell_left_out(work.found)
    sources = [*(job.source for job in work.jobs), Source(str(campaign))]
    verdicts = outputs_of(formats, files, sources)
    if any(one.format not in FORMATS for one in verdicts):
        raise SettingsError(f"the verdict is {' or '.join(FORMATS)}; other formats: --items")
    listed = _items(items, sources, verdicts)
    general = work.jobs[0].settings
    run = Run(Order(work.jobs, general, store, processes=jobs, quiet=quiet, known=known))
    writes = _Writes(work, listed, day)
    verdict = run.into(writes)
    report = writes.report(run.info)
    for output in verdicts:
        with opened(output.target) as out:
            _write(report, output, out, color)
    if any(one.kind == "input" for one in verdict.failed):
        return 2
    return _exit_code(report, strict)


def _exit_code(report: CampaignReport, strict: bool) -> int:
    from culture_lint.campaign.verdicts import Answer

    stopped = report.answer is Answer.NO_GO or (strict and report.answer is Answer.CONDITIONS)
    return 1 if stopped else 0


def _day(flag: str, text: str | None) -> date | None:
    if text is None:
        return None
    from culture_lint.campaign.reader import YEARS

    try:
        day = date.fromisoformat(text if len(text) == 10 else "")
    except ValueError:
        raise SettingsError(f"{flag} takes a date such as 2027-03-31, not {text!r}") from None
    if not YEARS[0] <= day.year <= YEARS[1]:
        raise SettingsError(f"{flag} must lie in the years {YEARS[0]} to {YEARS[1]}")
    return day


def _session(store: Path | None, quiet: bool) -> Session:
    """Return a session without files, for what must be known before there are any."""
    from culture_lint.cli.run import tell_compiling
    from culture_lint.kept import Store
    from culture_lint.session import Session

    return Session((), Store(store) if store else None, None if quiet else tell_compiling)


def _checked(campaign: Campaign, session: Session, settings: Settings) -> Campaign:
    """Return a campaign whose markets, platforms, personas and rules exist.

    Raises:
        SettingsError: With the nearest names there are, and where the mistaken one stands.
    """
    from culture_lint.campaign.work import checked_names

    found = checked_names(campaign, session.names(settings))
    platforms = [
        *campaign.platforms,
        *(one for channel in campaign.channels.values() for one in channel.platforms),
        *(one for content in campaign.content for one in content.platforms),
    ]
    if platforms or campaign.personas or campaign.waivers:
        knowledge = session.knowledge(settings)
        for platform in platforms:
            _known_platform(knowledge, platform.text, platform.where)
        _known_personas(knowledge, campaign.personas, campaign)
        _known_rules(knowledge, campaign.waivers)
    return found


def _known_platform(knowledge: Knowledge, name: str, where: Any) -> None:
    from culture_lint.engine import known_platform

    try:
        known_platform(knowledge, name)
    except SettingsError as error:
        raise SettingsError(error.message, where) from None


def _known_personas(knowledge: Knowledge, names: Sequence[str], campaign: Campaign) -> None:
    from culture_lint.config.keys import nearest
    from culture_lint.errors import Location

    for name in names:
        if name not in knowledge.persona_numbers:
            near = nearest(name, knowledge.persona_numbers, "personas")
            raise SettingsError(f"no persona {name!r}{near}", Location(str(campaign.path)))


def _known_rules(knowledge: Knowledge, waivers: Sequence[Waiver]) -> None:
    """Hold what waivers name against the rules: the beginning of an id is none."""
    from culture_lint.config.keys import nearest
    from culture_lint.judging.registry import own_readings

    readings = [*knowledge.all_readings(), *own_readings(knowledge).values()]
    known = {one.id for one in readings} | {one.owner for one in readings}
    known |= {f"category:{one.category}" for one in readings}
    for waiver in waivers:
        for rule in waiver.copy_rules:
            if rule not in known:
                near = nearest(rule, known, "rules")
                hint = near if "did you mean" in near else " (`culture-lint rules list`)"
                raise SettingsError(f"{rule!r} is no rule, owner or category{hint}", waiver.where)


def _items(
    items: Sequence[str], sources: Sequence[Any], verdicts: Sequence[Output]
) -> tuple[Output, ...]:
    """Return the reports on items that are asked for.

    Raises:
        SettingsError: If one has no format, or would go where the verdict goes.
    """
    if not items:
        return ()
    listed = outputs_of((), items, sources)
    if len(listed) != len(items) or any(":" not in one for one in items):
        raise SettingsError("--items takes FORMAT:FILE, such as sarif:report.sarif")
    places = {one.target for one in verdicts}
    for one in listed:
        if one.target in places:
            raise SettingsError("--items would go where the verdict goes; name another file")
    return listed


class _Writes:
    """Collects for the verdict, and writes reports on items beside."""

    def __init__(self, work: Work, outputs: Sequence[Output], today: date) -> None:
        from culture_lint.campaign.collect import Collector

        self._work = work
        self._outputs = outputs
        self._today = today
        self._collector = Collector(work.markets, work.places, work.held)
        self._report: CampaignReport | None = None

    def report(self, info: RunInfo) -> CampaignReport:
        """Return the verdict; everything has been checked."""
        if self._report is None:
            from culture_lint.campaign.report import report_on

            rulesets = self._work.jobs[0].settings.rulesets
            self._report = report_on(
                self._work.campaign, self._collector, info, self._today, rulesets=rulesets
            )
        return self._report

    @property
    def on_terminal(self) -> bool:
        """Whether a report runs over a terminal: the verdict comes when all is done."""
        return bool(self._outputs) and self._reports().on_terminal

    def _reports(self) -> Reports:
        return Reports(self._outputs, _options(self._work))

    @contextmanager
    def opened(self, info: RunInfo) -> Iterator[Reporter]:
        """Give the reporter for the time of the run."""
        if not self._outputs:
            yield self._collector
            return
        with self._reports().opened(info) as report:
            yield Several([self._collector, _Judged(report, lambda: self.report(info))])

    def idle(self, info: RunInfo) -> Reporter:
        """Return a reporter that only prepares."""
        if not self._outputs:
            return self._collector
        return Several([self._collector, self._reports().idle(info)])


class _Judged:
    """Gives a report on items the verdict on the campaign for the gate's."""

    def __init__(self, inner: Reporter, judged: Callable[[], CampaignReport]) -> None:
        self.prepare = inner.prepare
        self.take = inner.take
        self.notice = inner.notice
        self._inner = inner
        self._judged = judged

    def finish(self, summary: Summary, verdict: Verdict) -> None:
        """Write what comes at the end."""
        from culture_lint.campaign.report import gate_of

        self._inner.finish(summary, gate_of(self._judged(), verdict))

    def told(self) -> Sequence[str]:
        """Return what the report has to say."""
        from culture_lint.reports.registry import told_by

        return told_by(self._inner)


def _options(work: Work) -> ReportOptions:
    from culture_lint.reports.registry import ReportOptions
    from culture_lint.session import read_options

    inputs = tuple([(job.source, read_options(job.settings)) for job in work.jobs])
    return ReportOptions(inputs=inputs)


def _write(report: CampaignReport, output: Output, out: Any, color: str) -> None:
    if output.format == "json":
        from culture_lint.campaign.shape import campaign_shape

        out.write(_dumped(campaign_shape(report)) + "\n")
        return
    import shutil

    from culture_lint.campaign.text import CampaignText

    colour = output.target is None and colour_wanted(color, sys.stdout.isatty())
    cells = min(shutil.get_terminal_size((100, 24)).columns, 110)
    CampaignText(out, colour, cells).write(report)


def _dumped(shape: Mapping[str, Any]) -> str:
    """Return JSON; lone surrogates, which UTF-8 cannot hold, stay escaped."""
    text = json.dumps(shape, ensure_ascii=False, indent=1)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(shape, indent=1)
    return text
