"""Write data/phonemes.json and data/english.txt of culture_lint/language: spellings and sounds.

The spelling rules are those of Epitran, one table a language and script; the sounds are the
articulatory features of PanPhon (both MIT). Both libraries are needed
here only (`pip install epitran panphon`), not to lint.
"""

from __future__ import annotations

import json
import re
import unicodedata
from importlib import metadata
from pathlib import Path
from typing import Any

import epitran
import panphon
import panphon.segment
from epitran.rules import Rules
from epitran.simple import SimpleEpitran
from epitran.stripdiacritics import StripDiacritics

DATA = Path(__file__).parents[1] / "culture_lint/language/data"
TABLES = {
    "af-Latn": "afr-Latn", "bn-Beng": "ben-Beng", "cs-Latn": "ces-Latn", "de-Latn": "deu-Latn",
    "es-Latn": "spa-Latn", "fi-Latn": "fin-Latn", "fr-Latn": "fra-Latn", "ha-Latn": "hau-Latn",
    "hi-Deva": "hin-Deva", "hu-Latn": "hun-Latn", "id-Latn": "ind-Latn", "it-Latn": "ita-Latn",
    "ja-Hira": "jpn-Hira", "ja-Kana": "jpn-Kana", "kk-Cyrl": "kaz-Cyrl", "kn-Knda": "kan-Knda",
    "ko-Hang": "kor-Hang", "ml-Mlym": "mal-Mlym", "mr-Deva": "mar-Deva", "ms-Latn": "msa-Latn",
    "ne-Deva": "npi-Deva", "nl-Latn": "nld-Latn", "pa-Guru": "pan-Guru", "pl-Latn": "pol-Latn",
    "pt-Latn": "por-Latn", "ro-Latn": "ron-Latn", "ru-Cyrl": "rus-Cyrl", "si-Sinh": "sin-Sinh",
    "sv-Latn": "swe-Latn", "sw-Latn": "swa-Latn", "ta-Taml": "tam-Taml", "te-Telu": "tel-Telu",
    "th-Thai": "tha-Thai", "tl-Latn": "tgl-Latn", "tr-Latn": "tur-Latn", "uk-Cyrl": "ukr-Cyrl",
    "vi-Latn": "vie-Latn", "xh-Latn": "xho-Latn", "yo-Latn": "yor-Latn", "zh-Latn": "cmn-Latn",
    "zu-Latn": "zul-Latn", "und-Latn": "generic-Latn",
}  # fmt: skip
#: Marks that make no sound of their own here: length, syllable breaks, stress, tones.
_UNSAID = re.compile("[ːˑ.ˈˌ˩˨˧˦˥\u032f\u0329\u030d\u031a]")


class _Recorded(Rules):
    """Epitran's rule files as pairs of a pattern and what takes its place."""

    def _compile_metathesis_rule(self, a: str, X: str, Y: str) -> Any:  # noqa: N803
        return ["swap", _plain(f"(?P<X>{X}){a}(?P<Y>{Y})"), ""]

    def _compile_replacement_rule(self, a: str, b: str, X: str, Y: str) -> Any:  # noqa: N803
        # A rule for a plain letter is looked at only where the letter stands.
        return [b, _plain(f"(?P<X>{X})(?P<a>{a})(?P<Y>{Y})"), a if a.isalpha() else ""]


def _plain(pattern: str) -> str:
    re.compile(pattern)  # the standard library's engine has to read it
    return pattern


def _rules(code: str, when: str) -> list[Any]:
    path = Path(epitran.__file__).parent / "data" / when / f"{code}.txt"
    return list(_Recorded([path] if path.is_file() else []).rules)


#: Where features would part what ears take as one: every r is an r, h and its kin are breath.
_HEARD = {"h": "", "ɦ": "", "ʁ": "R", "ɹ": "R", "ɻ": "R", "ɻʷ": "R", "ʋ": "F"}


def _kind(name: str, sound: panphon.segment.Segment) -> str:
    """Return the class of a consonant, voicing and nearby places taken as one; vowels have none."""
    if name in _HEARD:
        return _HEARD[name]
    has = {name for name, value in sound.items() if value == 1}
    if "syl" in has or "cons" not in has:  # vowels, glides, h
        return ""
    if "nas" in has:
        return "M" if "lab" in has else "N"
    if "son" in has:
        return "L" if "lat" in has else "R"
    if "lab" in has and "cor" not in has:
        return "F" if "cont" in has else "P"
    if "cor" in has and has & {"strid", "delrel"}:
        return "S"
    if "cor" in has:
        return "T"
    return "" if "cont" in has else "K"


def _english_words() -> list[str]:
    """Words of four to eight letters, inflected ones too, from the dictionary of simplemma (MIT)."""
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

    table = DefaultDictionaryFactory().get_dictionary("en")
    words = {one.decode() if isinstance(one, bytes) else one for one in (*table, *table.values())}
    return sorted(
        word
        for word in words
        if word.isascii() and word.isalpha() and word.islower() and 4 <= len(word) <= 8
    )


def main() -> None:
    """Write both files."""
    features = panphon.FeatureTable()
    tables: dict[str, Any] = {}
    said: set[str] = set()
    for name, code in TABLES.items():
        reader = SimpleEpitran(code)
        letters = {key: values[0] for key, values in reader.g2p.items()}
        before, after = _rules(code, "pre"), _rules(code, "post")
        marks = "".join(StripDiacritics(code).diacritics)
        tables[name] = {"marks": marks, "before": before, "letters": letters, "after": after}
        for text in [*letters.values(), *(rule[0] for rule in after)]:
            said.update(features.ipa_segs(_UNSAID.sub("", unicodedata.normalize("NFD", text))))
    said |= {f"{one}ʲ" for one in said if len(one) == 1 and one in "bcdfhklmnprstvxzɡɣɾʐʂ"}
    segments = {}
    for one in sorted(said | set("θðæɹ")):
        vector = features.word_fts(one)[0]
        segments[one] = [
            _kind(one, vector),
            "".join("0+-"[value] for value in vector.numeric()[: len(features.weights)]),
        ]
    about = {
        "source": [
            f"Spelling rules: Epitran {metadata.version('epitran')}, https://github.com/dmort27/epitran",
            f"Features and weights of sounds: PanPhon {metadata.version('panphon')}, "
            "https://github.com/dmort27/panphon",
        ],
        "licence": ["MIT. Copyright (c) David R. Mortensen and others."],
        "made_by": "tools/phonemes.py",
    }
    data = {"about": about, "weights": features.weights, "segments": segments, "tables": tables}
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1)
    (DATA / "phonemes.json").write_text(text + "\n", "utf-8")
    (DATA / "english.txt").write_text("\n".join(["", *_english_words(), ""]), "ascii")


if __name__ == "__main__":
    main()
