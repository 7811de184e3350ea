"""Put the entries of all files of all packs together: which repeats are additions, which errors."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, TypeVar

from culture_lint.errors import Problem
from culture_lint.frozen import frozen
from culture_lint.knowledge.entries import (
    build_override,
    build_persona,
    build_reading,
    build_signifier,
)
from culture_lint.knowledge.model import Library, Override, PersonaType, Reading, Scope, Signifier
from culture_lint.knowledge.yaml_nodes import Document, Keys

SCOPE_KINDS = ("region", "market", "community", "platform")
CALENDAR = "calendar"
#: Keys under which entries stand by id; in other kinds of files they stand at the top.
SECTIONS = {CALENDAR: ("observances", "festivals")}
_OF_SCOPES = ("readings", "override", "retire")
_TEXTS = ("name", "language_rule", "reviewed")
_LISTS = ("extends", "languages", "also_read")

Entry = TypeVar("Entry", Signifier, PersonaType, Reading)


@frozen
class Site:
    """Where an entry stands, for messages about it."""

    document: Document
    keys: tuple[str | int, ...]

    def problem(
        self, message: str, *below: str | int, of: Literal["key", "value"] = "value"
    ) -> Problem:
        """Say what is wrong with the entry, or with something in it."""
        return self.document.problem((*self.keys, *below), message, of=of)

    @property
    def place(self) -> str:
        """The file and the line, to point at from elsewhere."""
        return f"{self.document.path}:{self.document.line(self.keys)}"

    @property
    def data(self) -> Any:
        """The entry as the author wrote it."""
        found: Any = self.document.data
        for key in self.keys:
            found = found[key]
        return found


@frozen
class RulesetFile:
    """A file that was read, the pack it belongs to, and the entries its schema found bad."""

    document: Document
    pack: int
    kind: str
    bad: frozenset[tuple[str | int, ...]]

    def entries(self, *above: str) -> Iterator[tuple[Site, Any]]:
        """Yield the sound entries under a key, or those at the top."""
        found: Any = self.document.data
        for key in above:
            if (key,) in self.bad:
                return
            found = found.get(key, {})
        for key, data in found.items():
            if (*above, key) not in self.bad:
                yield Site(self.document, (*above, key)), data


@dataclass(slots=True)
class Layers(Generic[Entry]):
    """Entries by id, with the pack and the place of the one that counts."""

    noun: str
    values: dict[str, Entry] = field(default_factory=dict)
    packs: dict[str, int] = field(default_factory=dict)
    sites: dict[str, Site] = field(default_factory=dict)

    def put(self, id: str, value: Entry, pack: int, site: Site) -> Problem | None:
        """Add an entry, or say why its id is taken."""
        replace = site.data.get("replace") is True
        known = id in self.values
        if replace and not known:
            return site.problem(f'there is no {self.noun} "{id}" to replace', "replace")
        if known and self.packs[id] == pack:
            where = self.sites[id].place
            return site.problem(f'"{id}" is already defined in {where}', of="key")
        if known and not replace:
            message = f'"{id}" is already defined in {self.sites[id].place}; {self._remedy()}'
            return site.problem(message, of="key")
        self.values[id], self.packs[id], self.sites[id] = value, pack, site
        return None

    def extend(self, id: str, value: Entry, site: Site) -> Problem | None:
        """Join an addition to the entry it names."""
        if id not in self.values:
            return site.problem(f'there is no {self.noun} "{id}" to extend', "extend")
        self.values[id] = _joined(self.values[id], value)
        return None

    def _remedy(self) -> str:
        if self.noun == "reading":
            return "say `replace: true`, or give it an id of its own"
        return "say `extend: true` to add to it, `replace: true` to replace it"

    def sorted(self) -> dict[str, Entry]:
        """Return the entries in the order of their ids."""
        return dict(sorted(self.values.items()))


def _joined(base: Entry, addition: Entry) -> Entry:
    names = ("forms", "lookalikes", "relations", "conveys", "cues")
    changes: dict[str, Any] = {
        name: tuple(dict.fromkeys(getattr(base, name) + getattr(addition, name)))
        for name in names
        if hasattr(base, name)
    }
    return dataclasses.replace(base, **changes)


@dataclass(slots=True)
class ScopeDraft:
    """A scope while its files are being put together."""

    id: str
    kind: str
    site: Site
    header: dict[str, Any] = field(default_factory=dict)
    header_sites: dict[str, Site] = field(default_factory=dict)
    readings: Layers[Reading] = field(default_factory=lambda: Layers("reading"))
    #: Each with the number of the pack that says it.
    overrides: list[tuple[Override, Site, int]] = field(default_factory=list)
    retired: list[tuple[str, str, Site, int]] = field(default_factory=list)

    def finished(self) -> Scope:
        """Return the scope with its readings in the order of their ids."""
        given = self.header
        return Scope(
            id=self.id,
            kind=self.kind,
            name=given.get("name", self.id),
            extends=given.get("extends", ()),
            languages=given.get("languages", ()),
            also_read=given.get("also_read", ()),
            readings=tuple(self.readings.sorted().values()),
            overrides=tuple(override for override, _, _ in self.overrides),
            retired=tuple((reading, because) for reading, because, _, _ in self.retired),
            language_rule=given.get("language_rule", ""),
            reviewed=given.get("reviewed", ""),
            file=self.site.document.name,
            line=self.site.document.line(self.site.keys),
        )


@dataclass(slots=True)
class Declared:
    """The ids that stand in the files."""

    signifiers: set[str] = field(default_factory=set)
    personas: set[str] = field(default_factory=set)
    readings: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Merged:
    """Everything from all packs, with the places of all entries."""

    signifiers: Layers[Signifier] = field(default_factory=lambda: Layers("signifier"))
    personas: Layers[PersonaType] = field(default_factory=lambda: Layers("persona"))
    scopes: dict[str, ScopeDraft] = field(default_factory=dict)
    #: All places of signifier entries, additions too.
    signifier_sites: list[Site] = field(default_factory=list)
    #: All ids, those of entries that were left out too, so that one error does not cause others.
    declared: Declared = field(default_factory=Declared)
    problems: list[Problem] = field(default_factory=list)
    #: Entries of calendar files, which `culture_lint.dates` reads: here only names are checked.
    days: list[Site] = field(default_factory=list)

    def library(self) -> Library:
        """Return the finished values."""
        scopes = {name: draft.finished() for name, draft in sorted(self.scopes.items())}
        return Library(self.signifiers.sorted(), self.personas.sorted(), scopes)

    def add(self, file: RulesetFile) -> None:
        """Add the entries of one file.

        Data that does not have the shape of the schema ends in a KeyError, TypeError, ValueError
        or AttributeError.
        """
        if file.kind in SCOPE_KINDS:
            self._add_scope(file)
        elif file.kind == CALENDAR:
            for section in SECTIONS[CALENDAR]:
                if section in file.document.data:
                    self.days += (site for site, _ in file.entries(section))
        else:
            known = self.declared.personas if file.kind == "personas" else self.declared.signifiers
            known.update(file.document.data)
            for site, data in file.entries():
                if data.get("extend") is not True:
                    self._add_definition(file, site, data)

    def extend(self, file: RulesetFile) -> None:
        """Add the additions of one file; to be called when a pack's definitions are known."""
        if file.kind in SCOPE_KINDS or file.kind == CALENDAR:
            return
        for site, data in file.entries():
            if data.get("extend") is True:
                self._note(self._extension(file, site, data))

    def _add_definition(self, file: RulesetFile, site: Site, data: Mapping[str, Any]) -> None:
        name = str(site.keys[0])
        if file.kind == "personas":
            persona = build_persona(site.document, site.keys, data)
            self._note(self.personas.put(name, persona, file.pack, site))
            return
        self.signifier_sites.append(site)
        signifier = build_signifier(site.document, site.keys, data)
        self._note(self.signifiers.put(name, signifier, file.pack, site))

    def _extension(self, file: RulesetFile, site: Site, data: Mapping[str, Any]) -> Problem | None:
        name = str(site.keys[0])
        if file.kind == "personas":
            return self.personas.extend(name, build_persona(site.document, site.keys, data), site)
        self.signifier_sites.append(site)
        return self.signifiers.extend(name, build_signifier(site.document, site.keys, data), site)

    def _add_scope(self, file: RulesetFile) -> None:
        document = file.document
        if (file.kind,) in file.bad:
            return
        name = str(document.data[file.kind])
        site = Site(document, (file.kind,))
        draft = self.scopes.setdefault(name, ScopeDraft(name, file.kind, site))
        if draft.kind != file.kind:
            message = f'"{name}" is a {draft.kind} in {draft.site.place}; one name, one scope'
            self.problems.append(site.problem(message))
            return
        self._add_header(draft, file)
        slugs = document.data.get("readings") or ()
        self.declared.readings.update(f"{name}/{slug}" for slug in slugs)
        for site, data in file.entries("readings"):
            reading = build_reading(document, site.keys, data, name)
            self._note(draft.readings.put(reading.id, reading, file.pack, site))
        for site, data in file.entries("override"):
            override = build_override(document, site.keys, data)
            draft.overrides.append((override, site, file.pack))
        for site, data in file.entries("retire"):
            draft.retired.append((str(site.keys[-1]), data["because"], site, file.pack))

    def _add_header(self, draft: ScopeDraft, file: RulesetFile) -> None:
        for key in (*_TEXTS, *_LISTS):
            if key not in file.document.data or (key,) in file.bad:
                continue
            site = Site(file.document, (key,))
            value = file.document.data[key]
            value = tuple(value) if key in _LISTS else "".join(value)
            if key == "reviewed":
                value = max(value, draft.header.get(key, ""))
            elif key in draft.header:
                where = draft.header_sites[key].place
                message = f"is already given for {draft.id} in {where}; one file has the header"
                self.problems.append(site.problem(message, of="key"))
                continue
            if key == "name":
                draft.site = Site(file.document, (file.kind,))
            draft.header[key], draft.header_sites[key] = value, site

    def _note(self, problem: Problem | None) -> None:
        if problem is not None:
            self.problems.append(problem)


def file_kind(data: Mapping[str, Any], relative: str) -> str:
    """Tell what a file holds: a kind of scope, ``personas``, ``calendar`` or ``signifiers``."""
    if CALENDAR in data and not isinstance(data[CALENDAR], Mapping):
        return CALENDAR
    for kind in SCOPE_KINDS:
        if kind in data and not isinstance(data[kind], Mapping):
            return kind
    return "personas" if "personas" in relative.split("/")[:-1] else "signifiers"


def entry_of(keys: Keys, kind: str) -> tuple[str | int, ...]:
    """Return the entry that a key path lies in: the smallest thing that can be left out."""
    sections = SECTIONS.get(kind, _OF_SCOPES if kind in SCOPE_KINDS else ())
    depth = 2 if keys and keys[0] in sections else 1
    return tuple(keys[:depth])
