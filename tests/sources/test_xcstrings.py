"""Apple string catalogues: each language's texts and variations, and keys that are texts."""

from __future__ import annotations

import json

import pytest

from culture_lint.errors import SourceError

from .catalogues import brief, leads_back
from .helpers import at, read


def unit(text: str) -> dict[str, object]:
    return {"stringUnit": {"state": "translated", "value": text}}


CATALOGUE = {
    "sourceLanguage": "en",
    "strings": {
        "": {},
        'A "cow" is here': {
            "comment": "not read",
            "localizations": {"pt-BR": unit('Uma "vaca" aqui\n')},
        },
        "%lld cows": {
            "localizations": {
                "en": {
                    "variations": {"plural": {"one": unit("%lld cow"), "other": unit("%lld cows")}}
                },
                "ja": {"variations": {"device": {"mac": unit("牛"), "other": unit("%#@n@頭")}}},
                "de": {
                    **unit("%#@n@ hier"),
                    "substitutions": {
                        "n": {
                            "formatSpecifier": "lld",
                            "variations": {"plural": {"one": unit("%arg Kuh")}},
                        }
                    },
                },
            }
        },
        "menu.title": {"extractionState": "manual", "localizations": {"zh-Hans": unit("牛奶")}},
        "Moo": {"shouldTranslate": False},
        "Siri": {
            "localizations": {
                "en": {"stringSet": {"state": "new", "values": ["Show cows", "Cows"]}}
            }
        },
    },
    "version": "1.0",
}


def test_texts_are_items_by_language_and_variation():
    text = json.dumps(CATALOGUE, ensure_ascii=False, indent=2)
    items, notices = read(text, "Localizable.xcstrings")
    assert brief(items) == [
        ('A "cow" is here [en]', ['A "cow" is here']),
        ('A "cow" is here [pt-BR]', ['Uma "vaca" aqui']),
        ("%lld cows [en plural.one]", ["_ cow"]),
        ("%lld cows [en plural.other]", ["_ cows"]),
        ("%lld cows [ja device.mac]", ["牛"]),
        ("%lld cows [ja device.other]", ["_頭"]),
        ("%lld cows [de]", ["_ hier"]),
        ("%lld cows [de n.plural.one]", ["_ Kuh"]),
        ("menu.title [zh-Hans]", ["牛奶"]),
        ("Siri [en 0]", ["Show cows"]),
        ("Siri [en 1]", ["Cows"]),
    ]
    assert [item.language for item in items][:6] == ["en", "pt-BR", "en", "en", "ja", "ja"]
    assert notices == []
    key = items[0].segments[0]
    assert at(text, key, 2, 7) == '\\"cow\\"'
    leads_back(text, items, lambda source: json.loads(f'"{source}"'))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{}", "is no string catalogue"),
        ('{"sourceLanguage": "en"}', "is no string catalogue"),
        ('{"sourceLanguage": "en", "strings": {', "is the file cut off"),
        ('{"sourceLanguage": "en", "strings": {"a": {}, "a": {"comment": "x"}}}', "stands twice"),
        ("", "is empty"),
    ],
)
def test_broken_files_are_told(text, message):
    with pytest.raises(SourceError, match=message):
        read(text, "a.xcstrings")


def test_a_catalogue_without_messages_has_no_items():
    assert read('{"sourceLanguage": "en", "strings": {}}', "a.xcstrings") == ([], [])
