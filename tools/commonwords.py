"""Write data/commonwords.json of culture_lint/language: words that tell a language by themselves.

    python tools/commonwords.py TEXTS DICTIONARIES

TEXTS holds folders, one for each kind of source; in them `LANGUAGE.txt`, a text a line: the folder
`apps` has descriptions of applications (the metadata of open-source applications, and Mozilla's
translated sites), which all languages have alike; others hold listings and examples. DICTIONARIES
is the data folder of spacy-lookups-data (MIT): its lemma tables say which words a language has. The
forms of the built-in rulesets, and their examples, are counted as well.

A word is told where it is frequent in one language and unheard-of in the texts, forms and
dictionaries of all others; a word that another dictionary lists all the same (French “sans” is in
the Danish one) has to be very frequent in the one and absent from the texts of the other.
"""

# ruff: noqa: SIM905 -- word lists are read as prose
from __future__ import annotations

import gzip
import json
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

from culture_lint.knowledge.load import load_library
from culture_lint.knowledge.packs import builtin_root
from culture_lint.language.detection import LATIN_LANGUAGES
from culture_lint.language.scripts import same_language
from culture_lint.matching.prepare import load_knowledge

DATA = Path(__file__).parents[1] / "culture_lint/language/data/commonwords.json"

#: Languages of the Latin script that are not told, but whose words are no others' alone.
BESIDE = ("af", "eu", "ga", "gl", "ha", "ig", "jv", "mi", "sw", "yo", "zu")
#: Texts that a word must stand in, at least, and their share; English has more texts than others.
LEAST, SHARE, SHARE_EN = 4, 0.0012, 0.0003
#: How much more frequent in its own language than in any other.
RATIO = 25
#: The same for what was chosen by hand: texts of all languages hold some English.
RATIO_BY_HAND = 10
#: Share of an application's texts from which a word counts that a foreign dictionary lists.
FREQUENT = 0.006
#: Words kept of each language, the most frequent ones.
KEPT, KEPT_EN = 500, 1500
#: A language with fewer texts is taken to have as many.
FEWEST = 300

#: Indian dress and the like: English copy of India has these words, and so has Hindi in Latin letters.
ELSEWHERE = set(
    """airbrushed banarasi bangles bathmat boasts bodycon chikankari choli churidar dhoti dupatta
    jeggings kangaroo kanjeevaram kasavu kurta lehenga navy palazzos pathani patiala rakhi saree
    sarees sherwani vanilla velcro""".split()
)
#: Function words, by hand.
BY_HAND = {
    "en": "the and with your this that which from are have has made you our its these their when while will for of by",
    "de": "und mit für der das ist nicht aus auch auf eine einer einen ihre oder sich wird zum zur bei durch",
    "es": "los las una para con del más sus este esta ideal también tu y el",
    "pt": "não uma são mais você seu sua pela pelo também ao nas dos das à",
    "fr": "les des une est dans avec votre vos et du aux cette ses plus sur ou",
    "it": "il della delle degli gli è nel nella con sono questo questa anche più dei dal",
    "nl": "het een van voor niet deze zijn wordt ook naar bij uw",
    "sv": "och för är som inte till ett på eller från",
    "tr": "ve bir için ile olarak çok daha olan bu",
    "pl": "jest oraz dla się nie które przez który jak",
}

_WORD = re.compile(r"[^\W\d_]+")


class Counts:
    """In how many texts of a language each word stands."""

    def __init__(self) -> None:
        self.texts = 0
        self.apps = 0
        self.words: Counter[str] = Counter()
        self.in_apps: Counter[str] = Counter()
        self.lower: Counter[str] = Counter()
        self.sources: dict[str, set[str]] = defaultdict(set)

    def add(self, text: str, source: str) -> None:
        """Count the words of a text once each."""
        words = set(_WORD.findall(text))
        small = {word for word in words if word.islower()}
        self.texts += 1
        self.lower.update(small)
        every = {word.lower() for word in words if len(word) > 1}
        self.words.update(every)
        if source == "apps":
            self.apps += 1
            self.in_apps.update(every)
        for word in every:
            self.sources[word].add(source)

    def share(self, word: str) -> float:
        """Return the share of texts that hold a word."""
        return self.words[word] / max(self.texts, FEWEST)


def main(texts: Path, dictionaries: Path) -> None:
    """Write the words of one language only."""
    counts = {language: Counts() for language in (*LATIN_LANGUAGES, *BESIDE)}
    for path in sorted(texts.glob("*/*.txt")):
        for line in sorted(set(path.read_text("utf-8").splitlines())):
            counts[path.stem].add(line, path.parent.name)
    for language, text in sorted(_examples()):
        if language in counts:
            counts[language].add(text, "examples")
    forms = _forms()
    listed = {language: _listed(dictionaries, language) for language in LATIN_LANGUAGES}
    only: dict[str, str] = {}
    for language in LATIN_LANGUAGES:
        found = _told(language, counts, forms, listed) | _by_hand(language, counts)
        only[language] = " ".join(sorted(found))
    homes: defaultdict[str, set[str]] = defaultdict(set)
    for language, words in only.items():
        for word in words.split():
            homes[word].add(language)
    several = {word for word, languages in homes.items() if len(languages) > 1} | ELSEWHERE
    only = {
        language: " ".join(word for word in words.split() if word not in several)
        for language, words in sorted(only.items())
    }
    written = {
        "note": "Words of one language only; tools/commonwords.py says where from.",
        "only": only,
    }
    DATA.write_text(json.dumps(written, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print({language: len(words.split()) for language, words in only.items()})


def _told(
    language: str,
    counts: dict[str, Counts],
    forms: dict[str, set[str]],
    listed: dict[str, set[str]],
) -> set[str]:
    own = counts[language]
    others = [other for name, other in counts.items() if name != language]
    english = language == "en"
    found: list[tuple[int, str]] = []
    for word, count in own.words.items():
        if english and (len(word) < 3 or (len(own.sources[word]) < 2 and word not in forms["en"])):
            continue  # English is what brands and fragments of code look like
        if count < LEAST or own.share(word) < (SHARE_EN if english else SHARE):
            continue
        if any(word in some for name, some in forms.items() if name not in (language, "*")):
            continue
        if not _is_no_name(language, word, own):
            continue
        elsewhere = sum(other.words[word] for other in others)
        most = max(other.share(word) for other in others)
        if elsewhere > max(2, count / 40) or own.share(word) < RATIO * most:
            continue
        if any(word in some for name, some in listed.items() if name != language) and (
            own.in_apps[word] < FREQUENT * max(own.apps, FEWEST)
            or any(other.words[word] > 1 for other in others)
        ):
            continue
        found.append((-count, word))
    found.sort()
    return {word for _, word in found[: KEPT_EN if english else KEPT]}


def _by_hand(language: str, counts: dict[str, Counts]) -> set[str]:
    """Return the function words that are hardly ever met in another language."""
    others = [other for name, other in counts.items() if name != language]
    return {
        word
        for word in BY_HAND.get(language, "").split()
        if counts[language].share(word) >= RATIO_BY_HAND * max(one.share(word) for one in others)
    }


def _is_no_name(language: str, word: str, own: Counts) -> bool:
    """Names are written with a capital; so are German nouns, and words in English titles."""
    if language == "de" and len(word) > 4:
        return True
    return own.lower[word] >= (0.1 if language == "en" else 0.5) * own.words[word]


def _examples() -> set[tuple[str, str]]:
    return {
        (_tag(one.language), " ".join(one.text.split()))
        for reading in load_knowledge().all_readings()
        for one in (*reading.flag, *reading.passes)
        if one.language
    }


def _forms() -> dict[str, set[str]]:
    library = load_library([builtin_root()], trusted=[builtin_root()], validate=False)
    found: dict[str, set[str]] = defaultdict(set)
    for signifier in library.signifiers.values():
        for form in signifier.forms:
            found[_tag(form.language)].update(_WORD.findall(form.text.lower()))
    return found


def _listed(folder: Path, language: str) -> set[str]:
    names = {"no": ("nb",), "ms": ("id",)}.get(language, (language,))
    found: set[str] = set()
    for name in names:
        for path in sorted(folder.glob(f"{name}_lemma_*.json.gz")):
            kind = path.name.removeprefix(f"{name}_lemma_")
            table = json.loads(gzip.decompress(path.read_bytes()))
            if kind.startswith("lookup"):
                found.update(word.lower() for word in table)
            elif kind.startswith(("index", "exc")):
                found.update(word.lower() for words in table.values() for word in words)
    return found


def _tag(language: str) -> str:
    primary = same_language(language.split("-")[0])
    return "ms" if primary == "id" else primary


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
