"""Every language of the markets says giving, absence, print, packaging, colour and stuff in its words."""

from __future__ import annotations

import pytest

from culture_lint.language.boundaries import load_data
from culture_lint.language.cues import is_negated, usage_pattern
from culture_lint.language.normalise import fold

#: The languages that copy for the markets is written in.
LANGUAGES = [
    "af",
    "ar",
    "bn",
    "ca",
    "cs",
    "da",
    "de",
    "el",
    "en",
    "es",
    "eu",
    "fa",
    "fi",
    "fr",
    "gl",
    "gu",
    "ha",
    "he",
    "hi",
    "hu",
    "id",
    "ig",
    "it",
    "ja",
    "kk",
    "km",
    "kn",
    "ko",
    "ml",
    "mr",
    "ms",
    "my",
    "nb",
    "ne",
    "nl",
    "or",
    "pa",
    "pl",
    "pt",
    "ro",
    "ru",
    "si",
    "sv",
    "sw",
    "ta",
    "te",
    "th",
    "tl",
    "tr",
    "uk",
    "ur",
    "vi",
    "xh",
    "yo",
    "zh",
    "zu",
]
USAGES = ("gift", "packaging", "motif", "colour", "material", "ingredient", "compared")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("usage", USAGES)
def test_each_language_has_words_for_each_usage(language: str, usage: str) -> None:
    assert usage_pattern(usage, language) is not None


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_words_for_absence(language: str) -> None:
    facts = load_data("negation")["no" if language == "nb" else language]
    assert any(facts.get(key) for key in ("before", "after", "bound"))


GIVING = [
    ("ko", "어머니 생일선물 추천", True),
    ("ko", "결혼선물로 인기", True),
    ("ko", "명절선물세트", True),
    ("ko", "벽시계 무소음", False),
    ("tl", "Panregalo sa kasal", True),
    ("tl", "pasalubong mula Baguio", True),
    ("tl", "handog para kay Nanay", True),
    ("tl", "orasan sa dingding", False),
    ("vi", "đồng hồ tặng mẹ", True),
    ("vi", "hộp quà cưới", True),
    ("vi", "đồng hồ treo tường", False),
    ("th", "ของขวัญวันเกิด", True),
    ("th", "นาฬิกาแขวน", False),
    ("ms", "sesuai dijadikan hadiah", True),
    ("id", "cocok untuk kado", True),
    ("id", "jam dinding", False),
    ("sw", "zawadi ya harusi", True),
    ("sw", "saa ya ukutani", False),
    ("tr", "sevgiliye hediyelik", True),
    ("tr", "duvar saati", False),
    ("fa", "هدیه تولد", True),
    ("fa", "هدیه‌ای خاص", True),
    ("fa", "ساعت دیواری", False),
    ("he", "מתנה ליום הולדת", True),
    ("he", "במתנה לאמא", True),
    ("he", "שעון קיר", False),
    ("bn", "জন্মদিনের উপহার হিসেবে", True),
    ("bn", "দেয়াল ঘড়ি", False),
    ("ta", "பிறந்தநாள் பரிசாக", True),
    ("ta", "சுவர் கடிகாரம்", False),
    ("ur", "سالگرہ کا تحفہ", True),
    ("ur", "دیوار گھڑی", False),
    ("uk", "у подарунок мамі", True),
    ("uk", "настінний годинник", False),
    ("pl", "pomysł na prezent", True),
    ("pl", "zegar ścienny", False),
    ("sv", "perfekt julklapp", True),
    ("sv", "en födelsedagspresent", True),
    ("sv", "väggklocka", False),
    ("nl", "een verjaardagscadeau", True),
    ("nl", "wandklok", False),
    ("cs", "dárek k narozeninám", True),
    ("cs", "nástěnné hodiny", False),
    ("el", "ιδανικό δώρο γάμου", True),
    ("el", "ρολόι τοίχου", False),
    ("da", "en god gaveidé", True),
    ("da", "ny udgave", False),
    ("nb", "fin bursdagsgave", True),
    ("nb", "veggklokke", False),
    ("fi", "syntymäpäivälahjaksi", True),
    ("fi", "seinäkello", False),
    ("de", "ein Geburtstagsgeschenk", True),
    ("de", "Wanduhr", False),
    ("ne", "जन्मदिनको उपहार", True),
    ("ne", "भित्ते घडी", False),
    ("te", "పెళ్లి బహుమతిగా", True),
    ("te", "గోడ గడియారం", False),
    ("kn", "ಮದುವೆ ಉಡುಗೊರೆಯಾಗಿ", True),
    ("ml", "വിവാഹ സമ്മാനമായി", True),
    ("mr", "लग्नाची भेटवस्तू", True),
    ("gu", "લગ્નની ભેટ", True),
    ("pa", "ਵਿਆਹ ਦਾ ਤੋਹਫ਼ਾ", True),
    ("si", "උපන්දින තෑග්ගක්", True),
    ("kk", "туған күнге сыйлық", True),
    ("km", "អំណោយថ្ងៃកំណើត", True),
    ("my", "မွေးနေ့လက်ဆောင်", True),
    ("af", "verjaarsdaggeskenk vir ma", True),
    ("zu", "isipho sokuzalwa", True),
    ("ca", "un regal per Sant Jordi", True),
    ("it", "un'idea regalo", True),
    ("ru", "подарком на юбилей", True),
]


@pytest.mark.parametrize(("language", "text", "expected"), GIVING)
def test_giving_is_read(language: str, text: str, expected: bool) -> None:
    pattern = usage_pattern("gift", language)
    assert pattern is not None
    assert (pattern.search(fold(text).text) is not None) is expected


ABSENCE = [
    # A prefix belongs to its own word only.
    ("ko", "비염을 치료하는 도라지청", "치료", False),
    ("ko", "무료 배송 소주", "소주", False),
    ("ko", "비타민 젤라틴 젤리", "젤라틴", False),
    ("ko", "무알코올 맥주", "알코올", True),
    ("ko", "논알콜 맥주", "알콜", True),
    ("ko", "돼지고기를 사용하지 않은", "돼지고기", True),
    ("ko", "젤라틴 무첨가", "젤라틴", True),
    # Not this but that.
    ("ko", "치료가 아니라 보습을 위한 크림", "치료", True),
    ("ko", "치료가 아니라 보습을 위한 크림", "보습", False),
    ("ko", "치료를 위한 것이 아니라 보습용", "치료", True),
    ("ko", "보습뿐만 아니라 치료까지", "보습", False),
    ("ja", "治療ではなく保湿のため", "治療", True),
    ("ja", "治療ではなく保湿のため", "保湿", False),
    ("ja", "治療だけではなく予防も", "治療", False),
    ("ja", "ノンアルコール", "アルコール", True),
    ("ja", "カノンアルコール", "アルコール", False),
    ("zh", "不是治疗，而是护理", "治疗", True),
    ("zh", "不是治疗，而是护理", "护理", False),
    ("zh", "不仅治疗而且护理", "治疗", False),
    ("de", "nicht zur Heilung von Akne, sondern zur Pflege", "Akne", True),
    ("de", "nicht zur Heilung von Akne, sondern zur Pflege", "Pflege", False),
    ("de", "nicht nur Heilung", "Heilung", False),
    ("de", "niedriger Alkohol", "Alkohol", False),
    ("es", "no cura sino alivia", "cura", True),
    ("es", "no cura sino alivia", "alivia", False),
    ("es", "no solo cura", "cura", False),
    ("en", "not a cure but a care", "cure", True),
    ("en", "not a cure but a care", "care", False),
    ("en", "not only cures", "cures", False),
    ("en", "non-stick leather handle", "leather", False),
    ("fr", "non seulement guérit", "guérit", False),
    ("ru", "нежная свинина", "свинина", False),
    ("ru", "не только лечит", "лечит", False),
    ("tr", "sarhoş temalı değil", "sarhoş", True),
    ("tr", "domuz içermeyen", "domuz", True),
    ("tr", "sadece domuz değil", "domuz", False),
    ("nb", "uten alkohol", "alkohol", True),
    ("nb", "ikke bare alkohol", "alkohol", False),
    ("el", "χωρίς αλκοόλ", "αλκοόλ", True),
    ("el", "με αλκοόλ", "αλκοόλ", False),
    ("tl", "walang alak", "alak", True),
    ("tl", "may alak", "alak", False),
    ("kk", "алкоголь жоқ", "алкоголь", True),
    ("kk", "алкоголь бар", "алкоголь", False),
    ("ne", "रक्सी रहित", "रक्सी", True),
    ("ne", "रक्सी छ", "रक्सी", False),
    ("si", "ඇල්කොහොල් රහිත", "ඇල්කොහොල්", True),
    ("km", "គ្មានអាល់កុល", "អាល់កុល", True),
    ("my", "အရက်မပါ", "အရက်", True),
    ("kn", "ಆಲ್ಕೋಹಾಲ್ ರಹಿತ", "ಆಲ್ಕೋಹಾಲ್", True),
    ("ml", "ആൽക്കഹോൾ ഇല്ലാത്ത", "ആൽക്കഹോൾ", True),
    ("gu", "દારૂ વગર", "દારૂ", True),
    ("pa", "ਸ਼ਰਾਬ ਤੋਂ ਬਿਨਾਂ", "ਸ਼ਰਾਬ", True),
    ("af", "sonder alkohol", "alkohol", True),
    ("th", "ไม่มีแอลกอฮอล์", "แอลกอฮอล์", True),
    ("th", "มีแอลกอฮอล์", "แอลกอฮอล์", False),
    ("vi", "không chứa cồn", "cồn", True),
    ("vi", "không chỉ cồn", "cồn", False),
    ("id", "tanpa alkohol", "alkohol", True),
    ("id", "bebas ongkir alkohol", "alkohol", False),
    ("fa", "بدون الکل", "الکل", True),
    ("he", "לא רק אלכוהול", "אלכוהול", False),
    ("he", "ללא אלכוהול", "אלכוהול", True),
    ("hi", "शराब रहित", "शराब", True),
    ("ur", "الکحل سے پاک", "الکحل", True),
    ("uk", "без алкоголю", "алкоголю", True),
    ("pl", "niebo i alkohol", "alkohol", False),
    ("cs", "bez alkoholu", "alkoholu", True),
    ("fi", "ei sisällä alkoholia", "alkoholia", True),
]


@pytest.mark.parametrize(("language", "text", "sign", "expected"), ABSENCE)
def test_absence_is_read(language: str, text: str, sign: str, expected: bool) -> None:
    folded, wanted = fold(text).text, fold(sign).text
    start = folded.index(wanted)
    before, after = folded[:start], folded[start + len(wanted) :]
    assert is_negated(before, after, language) is expected
