"""``culture-lint review`` at a terminal, which here is a pseudo-terminal."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.command import LISTING, Command

pty = pytest.importorskip("pty", reason="there are pseudo-terminals on POSIX only")

ROWS = "sku,title,description,language\r\nA1,Holy cow mug,A holy cow print,en\r\nA2,Oak table,Made with wagyu,en\r\n"
ASKING = ("]: ", "]:", "back): ", "[y/N]: ")


class Terminal:
    """The command at a terminal: what it shows, and somebody who answers when it asks."""

    def __init__(self, command: Command, *args: str) -> None:
        self.shown = ""
        self.code: int | None = None
        child, self._line = pty.fork()
        if child == 0:  # the command itself
            os.chdir(command.folder)
            os.execve(
                sys.executable,
                [sys.executable, "-m", "culture_lint", *args],
                {**command.environment, "NO_COLOR": "1", "TERM": "dumb"},
            )
        self.child = child

    def until_asked(self) -> str:
        """Return what is shown until the command asks something, or ends."""
        import select

        start = len(self.shown)
        end = time.monotonic() + 60
        while time.monotonic() < end:
            ready, _, _ = select.select([self._line], [], [], 0.1)
            if ready:
                try:
                    data = os.read(self._line, 65536)
                except OSError:
                    data = b""
                if not data:
                    self._ended()
                    return self.shown[start:]
                self.shown += data.decode("utf-8", "replace")
            elif self.shown[start:].rstrip().endswith(("]:", "back):")):
                return self.shown[start:]
        raise AssertionError(f"nothing more is asked:\n{self.shown}")

    def answer(self, text: str) -> str:
        """Type a line and return what comes of it."""
        os.write(self._line, text.encode() + b"\n")
        return self.until_asked()

    def answers(self, *texts: str) -> str:
        """Type lines, each when it is asked for; return all that is shown."""
        self.until_asked()
        for text in texts:
            self.answer(text)
        return self.shown

    def kill(self) -> None:
        os.kill(self.child, signal.SIGKILL)
        self._ended()

    def _ended(self) -> None:
        _, status = os.waitpid(self.child, 0)
        self.code = os.waitstatus_to_exitcode(status)


def review(command: Command, answers: Sequence[str], *args: str) -> Terminal:
    terminal = Terminal(command, "review", "l.csv", "-m", "AA", *args)
    terminal.answers(*answers)
    assert "Traceback" not in terminal.shown
    return terminal


def left(command: Command) -> list[str]:
    ran = command("check", "l.csv", "-m", "AA", "-f", "json", "--fail-on", "never")
    return [one["rule"] for item in ran.json["items"] for one in item["findings"]]


def test_an_alternative_is_written_and_nothing_else_changes(command: Command) -> None:
    path = command.write("l.csv", ROWS)
    done = review(command, ["1", "q"])
    assert done.code == 0
    assert "“Wow” · AA" in done.shown
    assert path.read_bytes() == ROWS.replace("Holy cow mug", "Wow mug").encode()
    assert "1 replaced" in done.shown


def test_words_of_ones_own_are_tried_before_they_are_written(command: Command) -> None:
    path = command.write("l.csv", ROWS)
    done = review(command, ["e", "Superb", "q"])
    assert "“Superb” · AA" in done.shown
    assert path.read_bytes() == ROWS.replace("Holy cow mug", "Superb mug").encode()
    assert "1 edited" in done.shown


def test_words_that_a_file_cannot_hold_are_not_written(command: Command) -> None:
    path = command.write("l.csv", ROWS)
    done = review(command, ["e", 'Superb", really', "q"])
    assert "not written" in done.shown
    assert path.read_bytes() == ROWS.encode()


def test_words_that_clash_are_written_only_when_confirmed(command: Command) -> None:
    path = command.write("l.csv", ROWS)
    done = review(command, ["e", "Pork", "n", "q"])
    assert "it brings AA/pork" in done.shown
    assert path.read_bytes() == ROWS.encode()
    review(command, ["e", "Pork", "y", "q"])
    assert b"Pork mug" in path.read_bytes()


def test_what_is_skipped_is_not_asked_again_until_the_review_is_done(command: Command) -> None:
    path = command.write("l.csv", ROWS)
    count = len(left(command))
    assert count == 3
    first = review(command, ["s", "q"])
    assert "(3 to settle)" in first.shown
    assert "--restart" in first.shown
    state = json.loads((command.folder / ".culture-lint-review.json").read_text())
    assert [len(one) for one in state["skipped"].values()] == [1]
    second = review(command, ["s", "s"])
    assert "(2 to settle)" in second.shown
    assert "Holy cow mug" not in second.shown.replace("»Holy cow« mug", "Holy cow mug")
    assert second.code == 0
    assert not (command.folder / ".culture-lint-review.json").exists()
    assert path.read_bytes() == ROWS.encode()
    third = review(command, ["q"])
    assert "(3 to settle)" in third.shown


def test_what_is_skipped_stays_so_when_something_else_in_its_field_is_replaced(
    command: Command,
) -> None:
    command.write("l.csv", "title,language\nHoly cow mug with a pork chop,en\n")
    done = review(command, ["s", "e", "veal"])
    assert "(2 to settle)" in done.shown
    assert done.code == 0
    assert done.shown.count("AA/cow-joke\r\n") == 1
    assert (
        command.folder / "l.csv"
    ).read_text() == "title,language\nHoly cow mug with a veal chop,en\n"


def test_a_rule_can_be_skipped_as_a_whole(command: Command) -> None:
    command.write("l.csv", ROWS)
    done = review(command, ["r", "q"])
    assert "(3 to settle)" in done.shown
    assert "(1 to settle)" in done.shown


def test_to_restart_asks_about_everything_again(command: Command) -> None:
    command.write("l.csv", ROWS)
    review(command, ["s", "q"])
    assert "(3 to settle)" in review(command, ["q"], "--restart").shown


def test_a_finding_is_suppressed_with_its_reason(command: Command) -> None:
    path = command.write("l.csv", ROWS)
    done = review(command, ["u", "", "u", 'the band is called "so"', "q"])
    assert "1 suppressed" in done.shown
    head, first, second, _ = path.read_bytes().split(b"\r\n")
    assert head == b"sku,title,description,language,culture_lint_ignore"
    assert first.endswith(b'"ignore[AA/cow-joke] -- the band is called ""so"""')
    assert second == b"A2,Oak table,Made with wagyu,en,"
    ran = command("check", "l.csv", "-m", "AA", "-f", "json", "--fail-on", "never").json
    hidden = ran["items"][0]["suppressed"]
    assert hidden
    assert all(one["justification"] == 'the band is called "so"' for one in hidden)
    assert "AA/beef" in left(command)


def test_why_names_the_sources(command: Command) -> None:
    command.write("l.csv", ROWS)
    assert "https://example.org/" in review(command, ["w", "q"]).shown


def test_an_unknown_answer_is_asked_again(command: Command) -> None:
    path = command.write("l.csv", ROWS)
    done = review(command, ["x", "q"])
    assert done.code == 0
    assert path.read_bytes() == ROWS.encode()


def test_everything_settled_leaves_a_file_without_findings(command: Command) -> None:
    command.write(
        "l.csv",
        LISTING.replace("A3,Bardak,Bu ürün el yapımıdır ve pamuktan üretilmiştir.,tr\n", ""),
    )
    terminal = Terminal(command, "review", "l.csv", "-m", "AA")
    shown = terminal.until_asked()
    for _ in range(12):
        if terminal.code is not None:
            break
        if "\n  1  " in shown:
            shown = terminal.answer("1")
        else:
            terminal.answer("e")
            shown = terminal.answer("plain")
    assert terminal.code == 0
    assert left(command) == []


def test_killed_at_any_moment_the_file_is_whole_and_the_review_goes_on(command: Command) -> None:
    path = command.write("l.csv", ROWS)
    terminal = Terminal(command, "review", "l.csv", "-m", "AA")
    terminal.until_asked()
    terminal.answer("1")
    terminal.answer("s")
    terminal.kill()
    assert path.read_bytes() == ROWS.replace("Holy cow mug", "Wow mug").encode()
    again = review(command, ["q"])
    assert "(1 to settle)" in again.shown
    assert "wagyu" in again.shown


def test_control_c_stops_with_130_and_loses_nothing(command: Command) -> None:
    path = command.write("l.csv", ROWS)
    terminal = Terminal(command, "review", "l.csv", "-m", "AA")
    terminal.until_asked()
    terminal.answer("1")
    os.kill(terminal.child, signal.SIGINT)
    terminal.until_asked()
    assert terminal.code == 130
    assert path.read_bytes() == ROWS.replace("Holy cow mug", "Wow mug").encode()
    assert "1 replaced" in terminal.shown


def test_who_stops_at_once_is_not_told_that_there_was_nothing(command: Command) -> None:
    command.write("l.csv", ROWS)
    stopped = review(command, ["q"])
    assert "nothing settled yet" in stopped.shown
    terminal = Terminal(command, "review", "l.csv", "-m", "AA")
    terminal.until_asked()
    os.kill(terminal.child, signal.SIGINT)
    terminal.until_asked()
    assert "\nculture-lint: nothing settled yet" in terminal.shown.replace("\r\n", "\n")
    command.write("l.csv", "sku,title,language\nB1,Oak table,en\n")
    assert "nothing to settle" in review(command, []).shown


def test_hostile_copy_reaches_the_terminal_as_signs(command: Command) -> None:
    command.write("l.csv", "sku,title,language\nA\x1b[31m,Holy cow \x1b]0;owned\x07\u202e mug,en\n")
    shown = review(command, ["q"]).shown
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "\x07" not in shown


def test_a_file_that_cannot_be_read_is_told_and_the_next_is_reviewed(command: Command) -> None:
    command.write("a.json", "{broken")
    command.write("l.csv", ROWS)
    terminal = Terminal(command, "review", "a.json", "l.csv", "-m", "AA")
    terminal.answers("s", "s", "s")
    assert "a.json" in terminal.shown
    assert "Holy cow" in terminal.shown
    assert terminal.code == 2


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("review", "l.csv", "-m", "AA"), "needs a terminal"),
    ],
)
def test_without_a_terminal_it_says_what_to_do(
    args: tuple[str, ...], said: str, command: Command
) -> None:
    command.write("l.csv", ROWS)
    assert said in command(*args, code=2).error


def test_a_state_never_takes_the_place_of_another_file(command: Command) -> None:
    path = command.write("l.csv", ROWS)
    terminal = Terminal(command, "review", "l.csv", "-m", "AA", "--state", "l.csv", "--restart")
    terminal.until_asked()
    assert terminal.code == 2
    assert "name another file with --state" in terminal.shown
    assert path.read_bytes() == ROWS.encode()


def test_a_damaged_state_is_named(command: Command) -> None:
    command.write("l.csv", ROWS)
    command.write(".culture-lint-review.json", '{"schema": "other"}')
    terminal = review(command, [])
    assert terminal.code == 2
    assert "--restart" in terminal.shown


def test_no_market_is_one_line(command: Command) -> None:
    command.write("l.csv", ROWS)
    terminal = Terminal(command, "review", "l.csv")
    terminal.until_asked()
    assert terminal.code == 2
    assert "no market is named" in terminal.shown
    assert Path(command.folder / "l.csv").read_bytes() == ROWS.encode()
