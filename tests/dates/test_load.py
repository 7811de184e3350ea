"""Calendars of one's own: read safely, told apart, and wrong in plain words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from culture_lint.dates.load import load_calendar
from culture_lint.dates.windows import occasions
from culture_lint.errors import RulesetError
from tests.command import Command, command, site

__all__ = ["command", "site"]

ENTRY = """\
calendar: JP
observances:
  founding-day:
    name: Our founding day
    kind: shopping
    when: "{when}"
    advice: Cake.
    evidence: {{kind: practice, sources: [{{cite: the house}}]}}
    reviewed: "2026-11-21"
"""


def pack(folder: Path, text: str, name: str = "calendar/jp.yaml") -> Path:
    path = folder / "pack" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return folder / "pack"


def test_a_pack_adds_days(tmp_path: Path) -> None:
    root = pack(tmp_path, ENTRY.format(when="10-01"))
    day = date(2027, 10, 1)
    assert "JP/founding-day" in [one.id for one in occasions("JP", day, day, rulesets=[root])]
    assert "JP/founding-day" not in [one.id for one in occasions("JP", day, day)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (ENTRY.format(when="32-13"), "a rule for a day is like"),
        (ENTRY.format(when="10-01").replace("kind: shopping", "kind: shoping"), 'did you mean "shopping"'),
        (ENTRY.format(when="10-01").replace("advice:", "advise:"), 'did you mean "advice"'),
        ("calendar: JP\nobservances: {a: &x {}, b: *x}\n", "anchors are refused"),
        ("calendar: JP\nobservances:\n  a: !!python/object/apply:os.system [ls]\n", "tags are refused"),
        ("calendar: JP\nobservances: [" + "[" * 99 + "]" * 99 + "]\n", "nested more than"),
        (ENTRY.format(when="holiday JP Greenary Day"), 'did you mean "Greenery Day"'),
        (ENTRY.format(when="02-30"), "there is no day 02-30"),
        ("calendar: jp evil\n", "a calendar is a market or community"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    root = pack(tmp_path, text)
    with pytest.raises(RulesetError) as told:
        load_calendar([root])
    assert said in str(told.value)
    assert "calendar/jp.yaml" in str(told.value)


def test_validate_holds_calendars_against_signs_and_markets(command: Command) -> None:
    command.write(
        "pack/calendar/own.yaml",
        "calendar: own\nfestivals:\n  fest:\n    name: Fest\n    signifiers: [no-such-sign]\n"
        '    lead: 3\n    trail: 1\n    kept: [{markets: [ZZ], when: "10-01"}]\n'
        "    evidence: {kind: practice, sources: [{cite: x}]}\n    reviewed: '2026-11-21'\n",
    )
    done = command("rules", "validate", "pack", code=2)
    assert 'there is no signifier "no-such-sign"' in done.out
    assert 'there is no market "ZZ"' in done.out
    assert "Traceback" not in done.out + done.err


def test_a_pack_without_calendars_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "pack").mkdir()
    assert load_calendar([tmp_path / "pack"]).observances == load_calendar().observances
