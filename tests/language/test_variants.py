"""A form is spelled in every way that readers take for the same word, and in no other."""

from __future__ import annotations

import pytest

from culture_lint.language.variants import variants, without_accents


@pytest.mark.parametrize(
    ("form", "language", "spelling"),
    [
        ("送钟", "zh", "送鐘"),
        ("头发", "zh", "頭髮"),
        ("发财", "zh", "發財"),
        ("台湾", "zh", "臺灣"),
        ("台湾", "zh", "台灣"),
        ("餅乾", "zh", "饼干"),
        ("くし", "ja", "クシ"),
        ("ハンカチ", "ja", "はんかち"),
        ("ウイスキー", "ja", "ウィスキー"),
        ("ヴァイオリン", "ja", "バイオリン"),
        ("スニーカー", "ja", "スニーカ"),
        ("コンピュータ", "ja", "コンピューター"),
        ("Größe", "de", "groesse"),
        ("blåbær", "da", "blaabaer"),
        ("Promoción", "es", "promocion"),
        ("wieprzowina żółta", "pl", "wieprzowina zolta"),
        ("çikolata", "tr", "cikolata"),
        ("thịt chó", "vi", "thit cho"),
        ("hóa trang", "vi", "hoá trang"),
        ("khoẻ", "vi", "khỏe"),
        ("thủy ngân", "vi", "thuỷ ngân"),
        ("bác sĩ", "vi", "bác sỹ"),
        ("quí khách", "vi", "quý khách"),
        ("कपड़ा", "hi", "कपड़ों"),
        ("மரம்", "ta", "மரத்தில்"),
    ],
)
def test_spelling_is_among_the_variants(form: str, language: str, spelling: str) -> None:
    assert spelling in variants(form, language)


@pytest.mark.parametrize(
    ("form", "language"),
    [
        ("送钟", "zh-Hans"),
        ("送鐘", "zh-Hant"),
        ("cow", "en"),
        ("año", "es"),
        ("chó", "vi"),
        ("お茶", "ja"),
        ("を", "ja"),
    ],
)
def test_form_keeps_its_spelling(form: str, language: str) -> None:
    assert variants(form, language) == ()


@pytest.mark.parametrize("form", ["发发发", "台面后里", "钟钟", "牛肉面"])
def test_variants_are_few_and_differ(form: str) -> None:
    found = variants(form, "zh")
    assert len(found) == len({form, *found}) - 1 <= 8


def test_accents_go_and_letters_stay() -> None:
    assert without_accents("preto é lindo") == "preto é lindo"
    assert without_accents("zażółć gęślą jaźń đồng ığüş") == "zazolc gesla jazn dong igus"
