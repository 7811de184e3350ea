"""What a user may see go wrong: one family of errors, each with a place and a remedy."""

from __future__ import annotations

from collections.abc import Sequence

from culture_lint.frozen import frozen


@frozen
class Location:
    """A place in a file; ``line`` and ``column`` count from 1, None when not known."""

    path: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        parts = [self.path]
        if self.line is not None:
            parts.append(str(self.line))
            if self.column is not None:
                parts.append(str(self.column))
        return ":".join(parts)


class CultureLintError(Exception):
    """Base of every error a user can put right; the command line prints it and exits with 2."""

    def __init__(self, message: str, location: Location | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.location = location

    def __str__(self) -> str:
        return f"{self.location}: {self.message}" if self.location else self.message


class SourceError(CultureLintError):
    """A path that cannot be opened, decoded or recognised as content."""


class SettingsError(CultureLintError):
    """A flag or a configuration file that does not make sense."""


class BaselineError(CultureLintError):
    """A baseline that is named and cannot be read, or is none."""


class ModelError(CultureLintError):
    """An optional library that is needed and not installed."""


@frozen
class Problem:
    """One thing wrong in a ruleset file.

    ``key`` is the path of the entry (``readings.cow.severity``), ``excerpt`` the offending
    source line and ``width`` the number of characters to underline in it.
    """

    location: Location
    key: str
    message: str
    excerpt: str = ""
    width: int = 1

    def __str__(self) -> str:
        head = f"{self.location}: {self.key + ': ' if self.key else ''}{self.message}"
        if not self.excerpt or self.location.line is None:
            return head
        number = f"{self.location.line:>6} | "
        column = (self.location.column or 1) - 1
        caret = "^" + "~" * (max(1, self.width) - 1)
        return f"{head}\n{number}{self.excerpt}\n{' ' * 6} | {' ' * column}{caret}"


class RulesetError(CultureLintError):
    """Every problem found in the rulesets, gathered before it is raised."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
