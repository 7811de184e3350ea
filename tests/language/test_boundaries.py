"""Where a match is a word of its own."""

from __future__ import annotations

import pytest

from culture_lint.language.boundaries import stands_alone
from culture_lint.language.normalise import fold


@pytest.mark.parametrize(
    ("text", "form", "language", "expected"),
    [
        ("the cow eats", "cow", "en", True),
        ("cowl neck", "cow", "en", False),
        ("cow's milk", "cow", "en", True),
        ("red-cow-print", "cow", "en", True),
        ("الخنزير البري", "خنزير", "ar", True),
        ("والخنزير", "خنزير", "ar", True),
        ("مخنزير", "خنزير", "ar", False),
        ("مساحة كبيرة", "بيرة", "ar", False),
        ("مع البيرة", "بيرة", "ar", True),
        ("وبيرة", "بيرة", "ar", True),
        ("گوشت خوک", "خوک", "fa", True),
        ("돼지고기를 넣은", "돼지고기", "ko", True),
        ("새돼지고기", "돼지고기", "ko", False),
        ("गाय का दूध", "गाय", "hi", True),
        ("गायक", "गाय", "hi", False),
        ("フライパン", "パン", "ja", False),
        ("赤ワインを", "ワイン", "ja", True),
        ("雪梨膏", "梨", "zh", False),
        ("送 梨 一箱", "梨", "zh", True),
        ("size 88", "88", "*", True),
        ("1988", "88", "*", False),
        ("88.5", "88", "*", False),
        ("88.", "88", "*", True),
        ("88款", "88", "*", True),
        # Thai am is one letter, a digit or Latin letters beside Thai ones are an edge
        ("อาหารเสริมลดน้ำตาลในเลือด", "ลดน้ำตาล", "th", True),
        ("อาหารเสริมลดนํ้าตาลในเลือด", "ลดน้ำตาล", "th", True),
        ("ลงทุนกำไรแน่นอน", "กำไรแน่นอน", "th", True),
        ("อันดับ 1ให้คุณ", "อันดับ 1", "th", True),
        ("ใช้USBชาร์จ", "usb", "en", True),
        ("ໝາດຳ", "ດຳ", "lo", True),
        # units right behind their number, and scripts that meet
        ("84㎡ (25평)", "㎡", "*", True),
        ("84㎡ (25평)", "평", "ko", True),
        ("84m² floor", "m²", "*", True),
        ("500kg", "kg", "en", True),
        ("model x84m2", "m2", "*", False),
        ("3개 세트", "개", "ko", False),
        ("5кг муки", "кг", "ru", True),
        ("4skin", "skin", "en", False),
        ("USB케이블", "케이블", "ko", True),
        # the letters of Vietnamese and of old Greek are Latin and Greek, wherever they are encoded
        ("phiên bản ứng dụng", "n ứng", "vi", False),
        ("tự do nguồn mở", "do ngu", "vi", False),
        ("bản đẹp", "bản", "vi", True),
        ("Tốt nhất.", "tốt nhất", "vi", True),
        ("ἐν ἀρχῇ ἦν", "ρχ", "el", False),
        ("ใช้bảnชาร์จ", "bản", "vi", True),
    ],
)
def test_match_stands_alone(text: str, form: str, language: str, expected: bool) -> None:
    folded, wanted = fold(text).text, fold(form).text
    start = folded.index(wanted)
    assert stands_alone(folded, start, start + len(wanted), language) is expected


def test_sentences_that_run_together_are_parted_at_the_case_change() -> None:
    text = "TSA lockOne handle"
    assert stands_alone(text.lower(), 4, 8, "en", text)
    assert not stands_alone("tsa lockone handle", 4, 8, "en", "TSA lockone handle")


@pytest.mark.parametrize(
    ("text", "form", "expected"),
    [
        ("شبشب بعلم الإمارات", "علم", True),
        ("مطرزة بآية الكرسي", "آية", True),
        ("وزن المنتج", "زن", False),
        ("مساحة كبيرة", "بيرة", False),
    ],
)
def test_arabic_clitic_needs_a_word_behind_it(text: str, form: str, expected: bool) -> None:
    folded, wanted = fold(text).text, fold(form).text
    start = folded.index(wanted)
    assert stands_alone(folded, start, start + len(wanted), "ar") is expected
