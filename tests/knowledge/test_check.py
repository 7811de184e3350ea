"""Validation: what a schema cannot know, told with the place and the nearest name."""

from __future__ import annotations

from pathlib import Path

import pytest

from culture_lint.knowledge.check import examine, validate

from .samples import GLOBAL, SIGNS, Pack, market, reading


def heads(*roots: Path) -> list[str]:
    return [str(problem).partition("\n")[0] for problem in validate(roots)]


def warnings(*roots: Path) -> list[str]:
    return [str(problem).partition("\n")[0] for problem in examine(roots).warnings]


def test_a_sound_pack_has_no_problems_and_no_warnings(pack: Pack) -> None:
    company = reading(**{"with": "{any: [doormat]}"})
    root = pack({"s.yaml": SIGNS, "g.yaml": GLOBAL, "in.yaml": market("IN", company)})
    assert (heads(root), warnings(root)) == ([], [])


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"signifier": "cows"}, 'signifier: there is no signifier "cows"; did you mean "cow"?'),
        (
            {"signifier": "[cow, doormatt]"},
            'signifier[1]: there is no signifier "doormatt"; did you mean "doormat"?',
        ),
        ({"signifier": "zzz"}, 'signifier: there is no signifier "zzz"'),
        (
            {"signifier": "", "persona": "enginer"},
            'persona: there is no persona "enginer"; did you mean "engineer"?',
        ),
        ({"with": "{any: [zzz]}"}, 'with.any[0]: there is no signifier "zzz"'),
        ({"without": "{all: [cow, zzz]}"}, 'without.all[1]: there is no signifier "zzz"'),
        ({"reviewed": "'2026-02-30'"}, 'reviewed: "2026-02-30" is no date of the calendar'),
        ({"in_force": "'2026-13-01'"}, 'in_force: "2026-13-01" is no date of the calendar'),
        (
            {"evidence": "{kind: study, sources: [{cite: c, read: '2025-02-29'}]}"},
            'evidence.sources[0].read: "2025-02-29" is no date of the calendar',
        ),
        (
            {"polarity": "positive", "severity": "blocker"},
            "severity: a positive reading blocks nothing; use major, minor or info",
        ),
        (
            {"usage": "{any: [negated]}"},
            'usage: "negated" is both asked for and excluded',
        ),
        (
            {"message": "“{matched}” offends"},
            "message: {matched} is not filled in; only {match} is",
        ),
        (
            {"examples": "{pass: [Cowboy]}"},
            'examples: needs "flag": at least one text that must be flagged',
        ),
        (
            {"evidence": "{kind: debunked, sources: [{cite: c}]}"},
            "examples.flag: a debunked reading never fires; move these to pass",
        ),
        (
            {"examples": "{flag: [{text: Holy cow, span: Cow}], pass: [Cowboy]}"},
            'examples.flag[0].span: "Cow" does not stand in the text',
        ),
        (
            {"examples": "{flag: [Holy cow], pass: [{text: White, attribute: colour}]}"},
            "examples.pass[0].attribute: counts only with `field: attribute`",
        ),
        (
            {"examples": "{flag: [{text: Holy cow, market: IND}], pass: [Cowboy]}"},
            'examples.flag[0].market: there is no market "IND"; did you mean "IN"?',
        ),
    ],
)
def test_problems_of_a_reading(pack: Pack, changes: dict[str, str], message: str) -> None:
    persona = "engineer: {name: x, definition: y, cues: {en: {strong: [z]}}}"
    files = {"s.yaml": SIGNS, "personas/p.yaml": persona}
    root = pack({**files, "in.yaml": market("IN", reading(**changes))})
    (head,) = heads(root)
    assert head.partition(": readings.cow-joke.")[2] == message
    assert head.startswith("pack/in.yaml:")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "a: {kind: word, forms: {en: [x, X]}}",
            's.yaml:1:33: a.forms.en[1]: "X" repeats "x"',
        ),
        (
            "a: {kind: word, forms: {en: [x, {form: x, usage: gift}]}}",
            's.yaml:1:33: a.forms.en[1]: "x" repeats "x"',
        ),
        (
            "a: {kind: word, forms: {en: [' x']}}",
            's.yaml:1:30: a.forms.en[0]: " x" has spaces around it',
        ),
        (
            "a: {kind: word, emoji: ['🐄', '🐄']}",
            's.yaml:1:30: a.emoji[1]: "🐄" repeats "🐄"',
        ),
        (
            "a: {kind: word, forms: {en: [x]}, relations: {is_a: [b]}}",
            's.yaml:1:54: a.relations.is_a[0]: there is no signifier "b"',
        ),
        (
            "a: {kind: word, forms: {en: [x]}, relations: {is_a: a}}",
            "s.yaml:1:53: a.relations.is_a: a is a kind of itself: a -> a",
        ),
        (
            "a: {kind: word, relations: {is_a: b}}\n"
            "b: {kind: word, relations: {is_a: [c]}}\n"
            "c: {kind: word, relations: {is_a: a}}\n",
            "s.yaml:3:35: c.relations.is_a: a is a kind of itself: a -> b -> c -> a",
        ),
    ],
)
def test_problems_of_a_signifier(pack: Pack, text: str, message: str) -> None:
    assert heads(pack({"s.yaml": text})) == [f"pack/{message}"]


def test_forms_that_differ_where_case_counts_are_no_repeats(pack: Pack) -> None:
    text = "a: {kind: word, forms: {en: [{form: ISIS, case: true}, isis], de: [ISIS]}}"
    assert heads(pack({"s.yaml": text})) == []


def test_a_circle_by_other_relations_is_allowed(pack: Pack) -> None:
    text = "a: {kind: word, relations: {evokes: b}}\nb: {kind: word, relations: {evokes: a}}\n"
    assert heads(pack({"s.yaml": text})) == []


def test_many_ways_to_one_parent_are_no_circle(pack: Pack) -> None:
    text = (
        "a: {kind: word, relations: {is_a: [b, c]}}\nb: {kind: word, relations: {is_a: d}}\n"
        "c: {kind: word, relations: {is_a: d}}\nd: {kind: word, forms: {en: [d]}}\n"
    )
    assert heads(pack({"s.yaml": text})) == []


def test_relations_that_fan_out_end_in_time(pack: Pack) -> None:
    levels = [
        f"{side}{level}: {{kind: word, relations: {{is_a: [a{level + 1}, b{level + 1}]}}}}\n"
        for level in range(200)
        for side in "ab"
    ]
    last = "a200: {kind: word, forms: {en: [x]}}\nb200: {kind: word, forms: {en: [x]}}\n"
    assert heads(pack({"s.yaml": "".join(levels) + last})) == []


def test_a_very_long_line_of_parents_is_a_problem(pack: Pack) -> None:
    files = {
        f"r{number}.yaml": f"region: r{number}\nname: R\nextends: [r{number + 1}]\n"
        for number in range(60)
    }
    root = pack({**files, "r60.yaml": "region: r60\nname: R\n"})
    assert heads(root)[0] == ("pack/r0.yaml:3:10: extends: r0 inherits through more than 50 scopes")


def test_cues_that_repeat_are_problems(pack: Pack) -> None:
    text = "a: {name: x, definition: y, cues: {en: {strong: [We], weak: [we]}}}"
    assert heads(pack({"personas/p.yaml": text})) == [
        'pack/personas/p.yaml:1:62: a.cues.en.weak[0]: "we" repeats "We"'
    ]


def test_an_entry_with_a_problem_causes_no_others(pack: Pack) -> None:
    root = pack(
        {
            "s.yaml": "cow: {kind: anmal, forms: {en: [cow]}}",
            "g.yaml": GLOBAL + "readings:\n" + reading(severity="majr"),
            "in.yaml": market("IN", reading()) + "retire: {global/cow-joke: {because: b}}\n",
        }
    )
    assert [head.split(": ")[1] for head in heads(root)] == [
        "readings.cow-joke.severity",
        "cow.kind",
    ]


@pytest.mark.parametrize(
    ("files", "messages"),
    [
        (
            {"in.yaml": "market: IN\nname: India\nextends: [gfc]\n",
             "gcc.yaml": "region: gcc\nname: G\n"},
            ['in.yaml:3:11: extends[0]: there is no scope "gfc"; did you mean "gcc"?'],
        ),
        (
            {"c.yaml": "community: US/texas-ranch\nname: T\n"},
            ['c.yaml:1:12: community: there is no market "US" for it to belong to'],
        ),
        (
            {"c.yaml": "market: CA-QC\nname: Q\n"},
            ['c.yaml:1:9: market: there is no market "CA" for it to belong to'],
        ),
        (
            {"a.yaml": "region: a\nname: A\nextends: [b]\n",
             "b.yaml": "region: b\nname: B\nextends: [a]\n",
             "c.yaml": "region: c\nname: C\nextends: [a]\n"},
            ["a.yaml:3:10: extends: a inherits from itself: a -> b -> a",
             "b.yaml:3:10: extends: b inherits from itself: b -> a -> b"],
        ),
        (
            {"in.yaml": "market: IN\n"},
            ['in.yaml:1:1: market: no file gives "IN" a name'],
        ),
        (
            {"in.yaml": "market: IN\nname: I\nreviewed: '2026-02-30'\n"},
            ['in.yaml:3:11: reviewed: "2026-02-30" is no date of the calendar'],
        ),
    ],
)  # fmt: skip
def test_problems_of_scopes(pack: Pack, files: dict[str, str], messages: list[str]) -> None:
    assert heads(pack(files)) == [f"pack/{message}" for message in messages]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            "override: {global/cow-jok: {severity: minor, because: b}}",
            'override.global/cow-jok: there is no reading "global/cow-jok"; did you mean '
            '"global/cow-joke"?',
        ),
        (
            "override: {US/cow-joke: {severity: minor, because: b}}",
            "override.US/cow-joke: IN does not inherit this reading",
        ),
        (
            "retire: {US/cow-joke: {because: b}}",
            "retire.US/cow-joke: IN does not inherit this reading",
        ),
        (
            "retire: {IN/own: {because: b}}",
            "retire.IN/own: is IN's own reading; change it where it is written",
        ),
        (
            "override: {global/cow-joke: {because: b}}",
            "override.global/cow-joke: changes nothing; give severity, confidence, polarity, "
            "message or instead",
        ),
    ],
)
def test_changes_must_reach_something_inherited(pack: Pack, change: str, message: str) -> None:
    root = pack(
        {
            "s.yaml": SIGNS,
            "g.yaml": GLOBAL + "readings:\n" + reading(),
            "us.yaml": market("US", reading()),
            "in.yaml": market("IN", reading("own")) + change,
        }
    )
    (head,) = heads(root)
    assert head.partition(": ")[2] == message


def test_a_change_written_twice_is_a_problem(pack: Pack) -> None:
    change = "retire: {global/cow-joke: {because: b}}\n"
    root = pack(
        {
            "s.yaml": SIGNS,
            "g.yaml": GLOBAL + "readings:\n" + reading(),
            "in.yaml": market("IN") + change,
            "in2.yaml": "market: IN\n" + change,
        }
    )
    assert heads(root) == [
        "pack/in2.yaml:2:10: retire.global/cow-joke: already stands in pack/in.yaml:3"
    ]


def test_signs_that_nothing_uses_are_warnings(pack: Pack) -> None:
    root = pack({"s.yaml": SIGNS, "in.yaml": market("IN", reading())})
    assert warnings(root) == [
        "pack/s.yaml:4:1: doormat: no reading, company or relation uses this sign"
    ]


def test_signs_that_nothing_can_match_are_warnings(pack: Pack) -> None:
    text = "a: {kind: animal}\nb: {kind: animal, forms: {en: [b]}, relations: {is_a: c}}\n" + (
        "c: {kind: animal}\nd: {kind: number, number: '4'}\n"
    )
    everything = reading(signifier="[a, b, c, d]")
    root = pack({"s.yaml": text, "in.yaml": market("IN", everything)})
    assert warnings(root) == [
        "pack/s.yaml:1:1: a: has no forms, emoji or number, so nothing can match it"
    ]


@pytest.mark.parametrize(
    ("forms", "lookalike", "idle"),
    [
        ("{en: [cow]}", "cowboy", False),
        ("{en: [cow]}", "Sea Cow", False),
        ("{en: [cow]}", "horse", True),
        ("{'*': [cow]}", "cowboy", False),
        ("{de: [cow]}", "cowboy", False),
        ("{en: [cherry]}", "cherries jubilee", False),
        ("{en: [café]}", "cafe latte", False),
    ],
)
def test_a_lookalike_without_the_sign_is_a_warning(
    pack: Pack, forms: str, lookalike: str, idle: bool
) -> None:
    text = f"cow: {{kind: animal, forms: {forms}, not: {{en: [{lookalike}]}}}}"
    root = pack({"s.yaml": text, "in.yaml": market("IN", reading())})
    assert bool(warnings(root)) is idle


def test_verified_without_a_reading_date_is_a_warning(pack: Pack) -> None:
    evidence = "{kind: study, verified: true, sources: [{cite: c}]}"
    entry = reading(signifier="[cow, doormat]", evidence=evidence)
    root = pack({"s.yaml": SIGNS, "in.yaml": market("IN", entry)})
    assert warnings(root) == [
        "pack/in.yaml:11:39: readings.cow-joke.evidence.verified: is verified, but no source "
        "says when it was read"
    ]
