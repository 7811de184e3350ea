"""Loading packs: what becomes of an entry, and how packs add to each other."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from culture_lint.errors import RulesetError
from culture_lint.knowledge.load import Library, load_library
from culture_lint.knowledge.model import Company, Evidence, Form, SourceRef
from culture_lint.knowledge.scales import Polarity, RelationKind, Severity, Usage

from .samples import GLOBAL, SIGNS, Pack, market, reading


def problems(*roots: Path, validate: bool = True) -> list[str]:
    with pytest.raises(RulesetError) as caught:
        load_library(roots, validate=validate)
    return [str(problem).partition("\n")[0] for problem in caught.value.problems]


def test_a_signifier_becomes_forms_of_every_sort(pack: Pack) -> None:
    text = """\
        cow:
          kind: animal
          forms:
            en: [cow, {form: ISIS, case: true, exact: true}, {form: holy cow, usage: figurative}]
            de: [{form: Kuh, compound: head}]
          emoji: ["🐄"]
          not: {en: [cowboy]}
          relations: {evokes: [cow-ghee, cattle], is_a: cattle}
          conveys: [rural]
          gloss: the animal
        cattle: {kind: animal, forms: {en: [cattle]}}
        cow-ghee: {kind: food, forms: {en: [ghee]}}
        """
    library = load_library([pack({"signifiers/animals.yaml": text})])
    assert list(library.signifiers) == ["cattle", "cow", "cow-ghee"]
    cow = library.signifiers["cow"]
    assert cow.forms == (
        Form("cow", "en"),
        Form("ISIS", "en", exact=True, case=True),
        Form("holy cow", "en", usage=Usage.FIGURATIVE),
        Form("Kuh", "de", compound="head"),
        Form("🐄", "*", exact=True),
    )
    assert cow.lookalikes == (Form("cowboy", "en"),)
    assert cow.relations == (
        (RelationKind.EVOKES, "cow-ghee"),
        (RelationKind.EVOKES, "cattle"),
        (RelationKind.IS_A, "cattle"),
    )
    assert (cow.kind, cow.conveys, cow.gloss, cow.number) == (
        "animal",
        ("rural",),
        "the animal",
        None,
    )
    assert (cow.file, cow.line) == ("pack/signifiers/animals.yaml", 1)


def test_a_reading_has_the_defaults_of_the_guide(pack: Pack) -> None:
    root = pack({"s.yaml": SIGNS, "markets/in.yaml": market("IN", reading())})
    (found,) = load_library([root]).scopes["IN"].readings
    assert (found.id, found.owner, found.signifiers) == ("IN/cow-joke", "IN", ("cow",))
    assert (found.usage_any, found.usage_none) == ((), (Usage.NEGATED,))
    assert (found.dimension, found.mqm) == ("D1", "audience-appropriateness/offensive")
    assert (found.confidence, found.suppressible, found.preview) == (1.0, True, False)
    assert (found.polarity, found.severity) == (Polarity.TABOO, Severity.MAJOR)
    assert (found.with_, found.without, found.through, found.roles) == (None, None, (), ())
    assert found.evidence == Evidence(
        "incident", True, (SourceRef("", "https://x.org/a", "", "2026-11-21"),)
    )
    assert [(example.text, example.role) for example in found.flag + found.passes] == [
        ("Holy cow", "description"),
        ("Cowboy", "description"),
    ]
    assert (found.file, found.line) == ("pack/markets/in.yaml", 4)


def test_a_reading_says_all_it_can(pack: Pack) -> None:
    changes = {
        "signifier": "[cow, doormat]",
        "through": "[made_of]",
        "usage": "{any: [gift], none: []}",
        "fields": "[title]",
        "text_languages": "[en]",
        "with": "{any: [doormat], within: item}",
        "without": "{all: [cow]}",
        "dimension": "D2",
        "mqm": "style/register",
        "confidence": "0.5",
        "instead": "{en: [{say: goose, keeps: [wealthy], fix: unsafe, note: n}]}",
        "in_force": "'2026-01-01'",
        "suppressible": "false",
        "preview": "true",
        "examples": "{flag: [{text: Cow, language: en, field: title, span: Cow, market: IN}], "
        "pass: [{text: Cow, field: attribute, attribute: colour}]}",
    }
    signifier = changes.pop("signifier")
    entry = reading(signifier=signifier, **changes)
    root = pack({"s.yaml": SIGNS, "markets/in.yaml": market("IN", entry)})
    (found,) = load_library([root]).scopes["IN"].readings
    assert found.signifiers == ("cow", "doormat")
    assert found.through == (RelationKind.MADE_OF,)
    assert (found.usage_any, found.usage_none) == ((Usage.GIFT,), ())
    assert (found.roles, found.languages) == (("title",), ("en",))
    assert found.with_ == Company(("doormat",), (), "item")
    assert found.without == Company((), ("cow",), "clause")
    assert (found.dimension, found.mqm, found.confidence) == ("D2", "style/register", 0.5)
    (alternative,) = found.instead
    assert (alternative.say, alternative.language, alternative.fix) == ("goose", "en", "unsafe")
    assert (found.in_force, found.suppressible, found.preview) == ("2026-01-01", False, True)
    assert (found.flag[0].span, found.flag[0].market) == ("Cow", "IN")
    assert (found.passes[0].role, found.passes[0].attribute) == ("attribute", "colour")
    assert found.flag[0].line == found.passes[0].line


def test_a_persona_has_strong_and_weak_cues(pack: Pack) -> None:
    cues = "{en: {strong: [we built], weak: [lab]}}"
    text = f"engineer: {{name: an engineer, definition: d, cues: {cues}}}"
    library = load_library([pack({"personas/types.yaml": text})])
    assert library.personas["engineer"].cues == (("we built", "en", True), ("lab", "en", False))


@pytest.mark.parametrize(
    ("kind", "verified", "category", "written", "effective"),
    [
        ("opinion", "false", "colour", "blocker", "minor"),
        ("opinion", "false", "colour", "info", "info"),
        ("opinion", "true", "colour", "blocker", "blocker"),
        ("folklore", "false", "religion", "blocker", "major"),
        ("unsourced", "false", "history", "major", "major"),
        ("guide", "false", "national", "minor", "minor"),
        ("statute", "false", "claim", "blocker", "blocker"),
        ("dataset", "false", "colour", "blocker", "blocker"),
        ("incident", "false", "animal", "blocker", "blocker"),
    ],
)
def test_weak_evidence_caps_the_severity(
    pack: Pack, kind: str, verified: str, category: str, written: str, effective: str
) -> None:
    evidence = f"{{kind: {kind}, verified: {verified}, sources: [{{cite: c, read: '2026-11-21'}}]}}"
    entry = reading(severity=written, category=category, evidence=evidence)
    root = pack({"s.yaml": SIGNS, "in.yaml": market("IN", entry)})
    (found,) = load_library([root]).scopes["IN"].readings
    assert found.severity == Severity(effective)
    assert found.written_severity == Severity(written)
    assert found.evidence.verified is (verified == "true")


def test_a_debunked_reading_is_kept_and_never_fires(pack: Pack) -> None:
    entry = reading(evidence="{kind: debunked, sources: [{cite: c}]}", examples="{pass: [Cow]}")
    root = pack({"s.yaml": SIGNS, "in.yaml": market("IN", entry)})
    (found,) = load_library([root]).scopes["IN"].readings
    assert not found.fires


def test_a_scope_may_be_spread_over_files(pack: Pack) -> None:
    root = pack(
        {
            "s.yaml": SIGNS,
            "markets/in.yaml": market("IN", reading("b"), header="languages: [en, hi]\n"),
            "markets/in-more.yaml": "market: IN\nreviewed: '2026-11-20'\nreadings:\n"
            + reading("a"),
        }
    )
    scope = load_library([root]).scopes["IN"]
    assert [found.id for found in scope.readings] == ["IN/a", "IN/b"]
    assert (scope.name, scope.languages, scope.reviewed) == ("A market", ("en", "hi"), "2026-11-20")
    assert scope.file == "pack/markets/in.yaml"


def test_a_header_given_twice_is_a_problem(pack: Pack) -> None:
    root = pack({"in.yaml": market("IN"), "in2.yaml": market("IN")})
    assert problems(root) == [
        "pack/in2.yaml:2:1: name: is already given for IN in pack/in.yaml:2; "
        "one file has the header"
    ]


def test_an_id_is_one_kind_of_scope(pack: Pack) -> None:
    root = pack({"a.yaml": "region: zen\nname: Z\n", "b.yaml": "platform: zen\nname: Z\n"})
    assert problems(root) == [
        'pack/b.yaml:1:11: platform: "zen" is a region in pack/a.yaml:1; one name, one scope'
    ]


def test_a_mapping_called_market_is_a_signifier(pack: Pack) -> None:
    root = pack({"s.yaml": "market: {kind: place, forms: {en: [market]}}\n"})
    assert list(load_library([root]).signifiers) == ["market"]


@pytest.mark.parametrize(
    ("first", "second", "message"),
    [
        (
            SIGNS,
            "cow: {kind: animal, forms: {en: [vache]}}",
            'mine/s.yaml:1:1: cow: "cow" is already defined in base/s.yaml:1; say `extend: true` '
            "to add to it, `replace: true` to replace it",
        ),
        (
            SIGNS,
            "horse: {kind: animal, replace: true, forms: {en: [horse]}}",
            'mine/s.yaml:1:32: horse.replace: there is no signifier "horse" to replace',
        ),
        (
            SIGNS,
            "horse: {extend: true, forms: {en: [horse]}}",
            'mine/s.yaml:1:17: horse.extend: there is no signifier "horse" to extend',
        ),
    ],
)
def test_a_later_pack_says_what_it_means_to_do(
    pack: Pack, first: str, second: str, message: str
) -> None:
    roots = pack({"s.yaml": first}, "base"), pack({"s.yaml": second}, "mine")
    assert problems(*roots) == [message]


def test_a_later_pack_extends_a_signifier(pack: Pack) -> None:
    addition = """\
        cow:
          extend: true
          forms: {en: [cow, bovine], te: [ఆవు]}
          not: {en: [cowboy]}
          relations: {is_a: doormat}
        """
    roots = pack({"s.yaml": SIGNS}, "base"), pack({"s.yaml": addition}, "mine")
    cow = load_library(roots).signifiers["cow"]
    assert [form.text for form in cow.forms] == ["cow", "cattle", "गाय", "bovine", "ఆవు"]
    assert [form.text for form in cow.lookalikes] == ["cowboy"]
    assert (cow.kind, cow.file) == ("animal", "base/s.yaml")


def test_a_later_pack_replaces_a_signifier(pack: Pack) -> None:
    new = "cow: {kind: word, replace: true, forms: {en: [moo]}}"
    roots = pack({"s.yaml": SIGNS}, "base"), pack({"s.yaml": new}, "mine")
    cow = load_library(roots).signifiers["cow"]
    assert ([form.text for form in cow.forms], cow.file) == (["moo"], "mine/s.yaml")


def test_an_addition_in_the_same_pack_may_come_first(pack: Pack) -> None:
    root = pack({"a.yaml": "cow: {extend: true, forms: {te: [ఆవు]}}", "s.yaml": SIGNS})
    assert load_library([root]).signifiers["cow"].forms[-1] == Form("ఆవు", "te")


def test_a_user_pack_opens_a_built_in_scope_again(pack: Pack) -> None:
    base = pack({"s.yaml": SIGNS, "in.yaml": market("IN", reading("a"))}, "base")
    mine = pack({"in.yaml": "market: IN\nreadings:\n" + reading("b")}, "mine")
    scope = load_library([base, mine]).scopes["IN"]
    assert [found.id for found in scope.readings] == ["IN/a", "IN/b"]


def test_a_later_reading_of_the_same_id_must_say_replace(pack: Pack) -> None:
    base = pack({"s.yaml": SIGNS, "in.yaml": market("IN", reading("a"))}, "base")
    again = "market: IN\nreadings:\n"
    mine = pack({"in.yaml": again + reading("a")}, "mine")
    assert problems(base, mine) == [
        'mine/in.yaml:3:3: readings.a: "IN/a" is already defined in base/in.yaml:4; say '
        "`replace: true`, or give it an id of its own"
    ]
    mine = pack({"in.yaml": again + reading("a", severity="info", replace="true")}, "mine")
    (found,) = load_library([base, mine]).scopes["IN"].readings
    assert (found.severity, found.file) == (Severity.INFO, "mine/in.yaml")


def test_the_same_id_twice_in_a_pack_is_a_problem(pack: Pack) -> None:
    root = pack({"a.yaml": SIGNS, "b.yaml": "cow: {kind: animal, forms: {en: [cow]}}"})
    assert problems(root) == ['pack/b.yaml:1:1: cow: "cow" is already defined in pack/a.yaml:1']


def test_all_problems_of_all_files_are_gathered(pack: Pack) -> None:
    root = pack(
        {
            "a.yaml": "a: {kind: anmal, forms: {en: [a]}}",
            "b.yaml": "b: {kind: word, forms: {en: [b]}, relations: {is_a: a, evokes: zzz}}",
            "c.yaml": "c: *x",
            "in.yaml": market("IN", reading(severity="majr")),
        }
    )
    assert problems(root) == [
        'pack/a.yaml:1:11: a.kind: "anmal" is none of the words known here; did you mean "animal"?',
        'pack/b.yaml:1:64: b.relations.evokes: there is no signifier "zzz"',
        "pack/c.yaml:1:4: c: aliases are refused; write the value out",
        'pack/in.yaml:8:15: readings.cow-joke.severity: "majr" is none of blocker, major, minor, '
        'info; did you mean "major"?',
    ]


def test_a_trusted_file_that_cannot_be_used_is_explained(pack: Pack) -> None:
    root = pack({"s.yaml": SIGNS, "in.yaml": market("IN", reading(severity="majr"))})
    assert problems(root, validate=False) == [
        'pack/in.yaml:8:15: readings.cow-joke.severity: "majr" is none of blocker, major, minor, '
        'info; did you mean "major"?'
    ]


def test_trusted_and_checked_packs_give_the_same_library(pack: Pack) -> None:
    root = pack({"s.yaml": SIGNS, "g.yaml": GLOBAL, "in.yaml": market("IN", reading())})
    assert load_library([root], validate=False) == load_library([root])


def test_files_are_read_in_the_order_of_their_names(pack: Pack) -> None:
    files = {f"{name}.yaml": f"{name}: {{kind: word, forms: {{en: [{name}]}}}}" for name in "cab"}
    assert list(load_library([pack(files)]).signifiers) == ["a", "b", "c"]


def test_a_root_named_twice_counts_once(pack: Pack) -> None:
    root = pack({"s.yaml": SIGNS})
    assert list(load_library([root, root.resolve()]).signifiers) == ["cow", "doormat"]


def test_a_root_that_is_not_there_is_a_problem(pack: Pack) -> None:
    pack({})
    assert problems(Path("nowhere")) == ["nowhere: there is no such file or folder"]


def test_a_single_file_may_be_a_pack(pack: Pack) -> None:
    root = pack({"s.yaml": SIGNS})
    assert list(load_library([root / "s.yaml"]).signifiers) == ["cow", "doormat"]


WORDS = (
    "market region community readings retire override extends cow kind forms en name signifier "
    "examples flag pass evidence IN true extend"
)
SNIPPETS = st.sampled_from([*WORDS.split(), *'[]{}"', " ", "\n", "- ", ": ", ":\n  ", ", ", ""])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.one_of(st.binary(max_size=80), st.lists(SNIPPETS, max_size=25).map("".join)))
@pytest.mark.parametrize("validate", [True, False])
def test_any_file_loads_or_is_a_ruleset_error(
    tmp_path: Path, validate: bool, raw: bytes | str
) -> None:
    (tmp_path / "f.yaml").write_bytes(raw if isinstance(raw, bytes) else raw.encode())
    with contextlib.suppress(RulesetError):
        assert isinstance(load_library([tmp_path], validate=validate), Library)


def test_a_link_out_of_the_pack_is_refused(pack: Pack, tmp_path: Path) -> None:
    root = pack({"s.yaml": SIGNS})
    (tmp_path / "secret.yaml").write_text("cow: 1")
    os.symlink(tmp_path / "secret.yaml", root / "link.yaml")
    os.symlink(tmp_path, root / "folder")
    leads_out = "is a link that leads out of the ruleset folder; copy the file instead"
    assert problems(root) == [f"pack/folder: {leads_out}", f"pack/link.yaml: {leads_out}"]
