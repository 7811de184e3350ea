"""Which language and region a path names, and which it only seems to."""

from __future__ import annotations

import pytest

from culture_lint.sources.path_locales import locale_of_path, region_of

NAMED = {
    "locales/ar-SA/x.json": "ar-SA",
    "res/values-de-rAT/strings.xml": "de-AT",
    "values-b+sr+Latn/strings.xml": "sr-Latn",
    "values-b+es+419/strings.xml": "es-419",
    "values-in/strings.xml": "id",
    "values-iw-night/strings.xml": "he",
    "values-zh-rCN-land/strings.xml": "zh-CN",
    "fr_CA.po": "fr-CA",
    "po/pt_BR.po": "pt-BR",
    "po/de.po": "de",
    "messages_pt_BR.properties": "pt-BR",
    "messages_iw.properties": "he",
    "messages_de.properties": "de",
    "de.lproj/Localizable.strings": "de",
    "zh-Hans.lproj/x.strings": "zh-Hans",
    "pt-BR.lproj/x.strings": "pt-BR",
    "intl_de.arb": "de",
    "list_pt_BR.csv": "pt-BR",
    "locales/de.json": "de",
    "fluent/ar/x.ftl": "ar",
    "hi-IN/x.ftl": "hi-IN",
    "content/fr/about.md": "fr",
    "about.fr.md": "fr",
    "docs/pt-br/x.md": "pt-BR",
    "locale/de/LC_MESSAGES/django.po": "de",
    "zh_Hant_TW.po": "zh-Hant-TW",
    "config/locales/devise.de.yml": "de",
    "_locales/en_GB/messages.json": "en-GB",
    "store/en-XA/title.txt": "en",  # a pseudo-locale has a language and no market
    "metadata/android/de-DE/full_description.txt": "de-DE",
    "i18n/EN/x.json": "en",
    "locales/de-DE/fr_CA.po": "fr-CA",  # what stands deeper counts
    "locales\\ar-SA\\x.json": "ar-SA",
}
NOTHING = [
    "values/strings.xml", "values-night/strings.xml", "values-sw600dp/strings.xml", "values-land/x.xml",
    "Base.lproj/Localizable.strings", "list_it.csv", "it.csv", "in/it.csv", "no/my.csv", "de.json",
    "src/de.json", "fr/about.md", "docs/to-do/x.md", "how-to.json", "sign-in.json", "docker-compose.yml",
    "my-app/README.md", "readme.md", "a.b.md", "tsconfig.json", "Makefile", "in.properties.bak", "",
]  # fmt: skip


@pytest.mark.parametrize("path", NAMED)
def test_path_names_a_language(path: str) -> None:
    assert locale_of_path(path) == NAMED[path]


@pytest.mark.parametrize("path", NOTHING)
def test_path_only_seems_to(path: str) -> None:
    assert locale_of_path(path) is None


def test_languages_of_the_configuration_are_known_anywhere() -> None:
    assert locale_of_path("fr/about.md", frozenset({"fr"})) == "fr"
    assert locale_of_path("de.json", frozenset({"de"})) == "de"
    assert locale_of_path("it/about.md", frozenset({"fr"})) is None


@pytest.mark.parametrize(
    ("tag", "region"),
    [("ar-SA", "SA"), ("zh-Hant-TW", "TW"), ("es-419", None), ("sr-Latn", None), ("ar", None), (None, None),
     ("pt_br", "BR")],
)  # fmt: skip
def test_region_of_a_tag(tag: str | None, region: str | None) -> None:
    assert region_of(tag) == region
