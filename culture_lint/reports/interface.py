"""What a report for people says in its own words, in the language its reader wants.

A catalogue is one JSON file in ``ui/``, named after its language; another language is one more file
(a test holds them all to the same keys and placeholders). A text that counts has one form for each
plural category that CLDR gives its language. What rulesets say stays in the language they are
written in.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib import resources
from typing import Any

from culture_lint.errors import SettingsError

#: A text, or its forms by plural category (``one``, ``other`` ...).
Text = str | Mapping[str, str]
DEFAULT = "en"
_FOLDER = "ui"


def languages() -> tuple[str, ...]:
    """Return the tags of the languages that there are catalogues for."""
    folder = resources.files(__package__).joinpath(_FOLDER)
    return tuple(sorted(one.name[:-5] for one in folder.iterdir() if one.name.endswith(".json")))


class Interface:
    """The texts of one language.

    Args:
        language: BCP 47 tag of a catalogue.

    Raises:
        SettingsError: If there is no such catalogue.
    """

    def __init__(self, language: str = DEFAULT) -> None:
        from babel import Locale

        known = languages()
        if language not in known:
            raise SettingsError(
                f"the interface does not speak {language!r}; it speaks {', '.join(known)}"
            )
        file = resources.files(__package__) / _FOLDER / f"{language}.json"
        catalogue: dict[str, Any] = json.loads(file.read_text("utf-8"))
        self.language = language
        #: ``ltr`` or ``rtl``.
        self.direction: str = catalogue["direction"]
        self.texts: Mapping[str, Text] = catalogue["texts"]
        self._locale = Locale.parse(language, sep="-")

    def text(self, key: str, n: int | None = None, **values: object) -> str:
        """Return a text with its placeholders filled.

        Args:
            key: Its name in the catalogue.
            n: What is counted: it chooses the plural form and fills ``{n}``.
            values: The other placeholders.

        Raises:
            KeyError: If there is no such text, or a placeholder is not filled.
        """
        text = self.texts[key]
        if not isinstance(text, str):
            if n is None:
                raise KeyError(f"{key} counts something")
            text = text.get(self._locale.plural_form(n)) or text["other"]
        if n is not None:
            values["n"] = self.number(n)
        return text.format_map(values) if "{" in text else text

    def named(self, group: str, value: str) -> str:
        """Return the name of one value of a closed set, the value itself where it has none."""
        found = self.texts.get(f"{group}.{value}", value)
        return found if isinstance(found, str) else value

    def market(self, code: str, name: str) -> str:
        """Return the name of a market; ``name`` is what its ruleset calls it, in English.

        Source: CLDR's names of territories, for markets that are one (``SA``).
        """
        if self.language == DEFAULT:
            return name
        territories: Mapping[str, str] = self._locale.territories
        return territories.get(code, name) if len(code) == 2 else name

    def number(self, value: float, digits: int = 0) -> str:
        """Return a number as the language writes it."""
        from babel.numbers import format_decimal

        pattern = "#,##0." + "0" * digits if digits else "#,##0"
        return format_decimal(value, format=pattern, locale=self._locale)
