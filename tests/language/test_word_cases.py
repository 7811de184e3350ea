"""A sign is found where readers see it and nowhere else."""

from __future__ import annotations

import pytest

from culture_lint.knowledge.forms import Spelling, spell
from culture_lint.knowledge.model import Form
from culture_lint.language.boundaries import stands_alone
from culture_lint.language.inflection import shipped_table
from culture_lint.language.normalise import fold
from culture_lint.language.variants import variants


def is_mentioned(text: str, form: str, language: str, *, exact: bool = False) -> bool:
    """Tell whether any spelling of a form stands in a text as a word of its own."""
    table = shipped_table(language.split("-")[0])
    known = {form: tuple(table.get(form, ()))}
    spelling = Spelling(lambda one: fold(one).text, {language: known}, {}, variants)
    folded = fold(text)
    original = text if folded.offsets is None else None
    for one in spell(Form(form, language, exact=exact), spelling):
        start = folded.text.find(one)
        while start >= 0:
            end = start + len(one)
            if stands_alone(folded.text, start, end, language.split("-")[0], original):
                return True
            start = folded.text.find(one, start + 1)
    return False


CASES = {
    "en": [
        ("the cow’s milk", "cow", True),
        ("two cows in a field", "cow", True),
        ("cowl neck sweater", "cow", False),
        ("a scowl", "cow", False),
        ("a T‑bone steak", "t-bone", True),
        ("a tbone steak", "t-bone", True),
        ("ＰＯＲＫ pie", "pork", True),
        ("a café table", "caf", False),
    ],
    "zh": [
        ("销量第一", "第一", True),
        ("第一次购买", "第一", False),
        ("全网最低价", "最低", True),
        ("一箱梨送父母", "梨", True),
        ("梨花风格连衣裙", "梨", False),
        ("凤梨酥礼盒", "梨", False),
        ("猫死了怎么办", "死", True),
        ("死守品质底线", "死", False),
        ("最近上新", "最", False),
        ("四川火锅底料", "四", False),
        ("四季通用被子", "四", False),
        ("罗马鞋女", "马", False),
        ("一匹马的装饰画", "马", True),
        ("给老人送终", "送终", True),
        ("赠送终端设备", "送终", False),
        ("送钟表给长辈", "送钟", True),
        ("播送钟声", "送钟", False),
        ("生日礼物首选", "生日", True),
        ("花生日常零食", "生日", False),
        ("黑啤酒一箱", "啤酒", True),
        ("牛肉面调料包", "牛肉", True),
        ("小便携风扇", "小便", False),
        ("大象牙膏", "象牙", False),
        ("真皮沙发", "真皮", True),
        ("仿真皮革", "真皮", False),
        ("美国歌手演唱会", "国歌", False),
        ("坦克人海报", "坦克人", True),
        # the other script, whichever the form is written in
        ("送鐘給長輩", "送钟", True),
        ("牛肉麵", "牛肉面", True),
        ("綠帽子", "绿帽子", True),
        ("头发", "頭髮", True),
        ("一匹馬的裝飾畫", "馬", True),
        ("馬上發貨", "馬", False),
        ("鳳梨酥禮盒", "梨", False),
        ("龜裂護手霜", "龜", False),
    ],
    "zh-Hant": [
        ("送鐘給長輩", "送鐘", True),
        ("送钟给长辈", "送鐘", False),
    ],
    "ja": [
        ("がんが治った", "がんが治る", True),
        ("がんが治ります", "がんが治る", True),
        ("がんは治らない", "治る", False),
        ("縁を切って", "縁を切る", True),
        ("贈った品", "贈る", True),
        ("うまいもの", "うまる", False),
        ("つげのくしを贈る", "くし", True),
        ("くしゃみ対策に", "くし", False),
        ("死のイメージ", "死", True),
        ("必死に頑張る", "死", False),
        ("四季の花", "四", False),
        ("四国のうどん", "四", False),
        ("鳥取の梨を贈る", "梨", True),
        ("山梨県産ぶどう", "梨", False),
        ("洋梨ジャム", "梨", False),
        ("赤ワインを贈る", "ワイン", True),
        ("ナイフセット", "ナイフ", True),
        ("ハムギフト", "ハム", True),
        ("ハムスターの餌", "ハム", False),
        ("パンダのぬいぐるみ", "パン", False),
        ("はさみを贈る", "はさみ", True),
        ("手をはさみました", "はさみ", False),
        ("黒毛和牛", "和牛", True),
        ("昭和牛乳", "和牛", False),
        ("がんが治る", "がん", True),
        ("がんばるあなたへ", "がん", False),
        ("京都の茶", "京都", True),
        ("東京都知事", "京都", False),
        ("食べるお茶", "食べ", True),
        # kana, small kana, long marks, half width
        ("イヌの服", "いぬ", True),
        ("いぬの服", "イヌ", False),
        ("はんかちを贈る", "ハンカチ", True),
        ("ウィスキー樽", "ウイスキー", True),
        ("バイオリンケース", "ヴァイオリン", True),
        ("コンピュータ用", "コンピューター", True),
        ("ﾜｲﾝを贈る", "ワイン", True),
        ("革ﾊﾞｯｸﾞ", "バッグ", True),
    ],
    "ko": [
        ("어린이들도 좋아하는", "어린이", True),
        ("어린이들에게도", "어린이", True),
        ("한국산이라서", "한국산", True),
        ("암을 치료하는 차", "치료하다", True),
        ("질병을 치료합니다", "치료하다", True),
        ("치료하마", "치료하다", False),
        ("노동자 인권", "노동", False),
        ("돼지고기를 넣은", "돼지고기", True),
        ("돼지고기와 두부", "돼지고기", True),
        ("새돼지고기", "돼지고기", False),
        ("술로 빚은", "술", False),
        ("술을 빚은", "술", True),
        ("개인 맞춤", "개", False),
        ("개를 위한", "개", True),
        ("사과 한 상자", "사", False),
        ("차이가 큰", "차", False),
        ("용도 다양", "용", False),
        ("와인으로 만든", "와인", True),
        ("와인로 만든", "와인", False),
        ("시계는 선물", "시계", True),
        ("시계은 선물", "시계", False),
        ("선물용 시계", "선물", True),
    ],
    "de": [
        ("mit Schweinen", "Schwein", True),
        ("die Weine der Region", "Wein", True),
        ("er weint", "Wein", False),
        ("Schweinfurt", "Schwein", False),
        ("grosse Groesse", "Größe", True),
        ("Maß nehmen, Masse", "Maß", True),
    ],
    "fr": [
        ("deux cochons", "cochon", True),
        ("l’alcool fort", "alcool", True),
        ("du cochonnet", "cochon", False),
        ("une evidence", "évidence", True),
    ],
    "es": [
        ("vinos tintos", "vino", True),
        ("el vinagre", "vino", False),
        ("jamon serrano y musica", "música", True),
        ("un ano", "año", False),
    ],
    "pt": [
        ("os porcos", "porco", True),
        ("um porco-espinho", "porco", True),
        ("porcoso", "porco", False),
        ("promocao", "promoção", True),
    ],
    "it": [
        ("due mucche", "mucca", True),
        ("l'alcol puro", "alcol", True),
        ("alcolizzato", "alcol", False),
        ("la qualita", "qualità", True),
    ],
    "nl": [
        ("rode wijn", "wijn", True),
        ("wijngaard", "wijn", False),
        ("twee zo'n koe", "koe", True),
        ("een koek", "koe", False),
        ("een geintje, financien", "financiën", True),
    ],
    "pl": [
        ("żółw wodny", "żółw", True),
        ("czerwone wino, wódka", "wódka", True),
        ("winogrona", "wino", False),
        ("wieprzowina i zolwie", "żółwie", True),
    ],
    "sv": [
        ("rött vin", "vin", True),
        ("vinter", "vin", False),
        ("alkohols smak", "alkohol", True),
        ("alkoholfri", "alkohol", False),
    ],
    "tr": [
        ("domuzlarımızdan", "domuz", True),
        ("DOMUZ ETİ", "domuz", True),
        ("domuzsuz sosis", "domuz", False),
        ("ISIRGAN ÇAYI", "ısırgan", True),
        ("kediler için", "kedi", True),
        ("kanun", "kan", False),
        ("alkollü içki", "alkol", True),
        ("alkolsüz içki", "alkol", False),
        ("sarap bardagi", "şarap", False),
        ("gumus yuzuk", "gümüş yüzük", True),
    ],
    "fi": [
        ("viinissäkin", "viini", True),
        ("alkoholista", "alkoholi", True),
        ("alkoholitta", "alkoholi", False),
        ("viinikumi", "viini", False),
    ],
    "hu": [
        ("a borral", "bor", True),
        ("alkohollal", "alkohol", True),
        ("alkoholmentes", "alkohol", False),
        ("bordó", "bor", False),
    ],
    "ru": [
        ("из свинины и коровы", "корова", True),
        ("телка", "тёлка", True),
        ("корову доят", "корова", True),
        ("коровай", "корова", False),
    ],
    "uk": [
        ("червоне вино", "вино", True),
        ("виноград", "вино", False),
        ("м'ясо свині", "м’ясо", True),
    ],
    "ar": [
        ("والخنزير", "خنزير", True),
        ("بالخمر", "خمر", True),
        ("للخنزير", "خنزير", True),
        ("مخنزير", "خنزير", False),
        ("لحم خِنْزِير", "خنزير", True),
        ("مساحة كبيرة", "بيرة", False),
        ("خمسة", "خمر", False),
    ],
    "fa": [
        ("گوشت خوک", "خوک", True),
        ("خوک‌ها", "خوک", True),
        ("خوك ها", "خوک", True),
        ("سگ‌هایش", "سگ", True),
        ("سگم", "سگ", True),
        ("شراب‌های کهنه", "شراب", True),
        ("شرابخانه", "شراب", False),
    ],
    "ur": [
        ("کتوں کے لیے", "کتا", True),
        ("شراب کی بوتل", "شراب", True),
        ("شرابی", "شراب", False),
    ],
    "he": [
        ("לראש השנה מתנה", "ראש השנה", True),
        ("בראש השנה", "ראש השנה", True),
        ("מתראש השנה", "ראש השנה", False),
        ("הבירה שלנו", "בירה", True),
        ("ובבירה", "בירה", True),
        ("חזירים קטנים", "חזיר", True),
        ("מהחזיר", "חזיר", True),
        ("תחזיר", "חזיר", False),
        ("בקבוק יין", "יין", True),
        ("עניין", "יין", False),
        ("שעון־קיר", "שעון", True),
    ],
    "hi": [
        ("गाय का दूध", "गाय", True),
        ("गायों के लिए", "गाय", True),
        ("गायक", "गाय", False),
        ("गायब", "गाय", False),
        ("लाल कपड़ों में", "कपड़ा", True),
        ("शराबी", "शराब", False),
        ("फ़ौजी", "फौजी", True),
    ],
    "bn": [
        ("গরুর দুধ", "গরু", True),
        ("গরুটি", "গরু", True),
        ("গরুড়", "গরু", False),
        ("মদের বোতল", "মদ", True),
        ("মদন", "মদ", False),
    ],
    "ta": [
        ("பன்றியின் இறைச்சி", "பன்றி", True),
        ("பாலில்", "பால்", True),
        ("பாலம்", "பால்", False),
        ("மரத்தில் செய்த", "மரம்", True),
        ("மரபு", "மரம்", False),
    ],
    "th": [
        ("เนื้อวัวนำเข้า", "วัว", True),
        ("หมูกรอบ", "หมู", True),
        ("หมู่บ้าน", "หมู", False),
        ("หมาน้อย", "หมา", True),
        ("หมายเลข", "หมา", False),
        ("ความหมาย", "หมา", False),
        ("กาแฟสด", "กา", False),
        ("ปลาตาย", "ตาย", True),
        ("ตายาย", "ตาย", False),
        ("รองเท้าผ้าใบ", "เท้า", False),
    ],
    "vi": [
        ("thịt lợn quay", "thịt lợn", True),
        ("thit lon quay", "thịt lợn", True),
        ("cho xem", "chó", False),
        ("chó con", "chó", True),
        ("chóng", "chó", False),
    ],
    "id": [
        ("babinya", "babi", True),
        ("minuman beralkohol", "alkohol", True),
        ("babita", "babi", False),
        ("kebabi", "babi", False),
    ],
    "ms": [
        ("daging babi", "babi", True),
        ("arakmu", "arak", True),
        ("arakan", "arak", False),
    ],
    "sw": [
        ("nyama ya nguruwe", "nguruwe", True),
        ("msikitini", "msikiti", True),
        ("pombeni", "pombe", True),
        ("mapombe", "pombe", False),
    ],
    "te": [
        ("దేవుడికి పూజ", "దేవుడు", True),
        ("దేవుని బొమ్మ", "దేవుడు", True),
        ("ఆవుకు మేత", "ఆవు", True),
        ("ఆవులింత", "ఆవు", False),
    ],
    "ne": [
        ("गाईको मासु", "गाई", True),
        ("गाईलाई", "गाई", True),
        ("भान्सामा", "भान्सा", True),
        ("गाईड", "गाई", False),
    ],
    "si": [
        ("හරක්ට", "හරක්", True),
        ("බුදුන්ගේ රූපය", "බුදුන්", True),
        ("බුදුබව", "බුදුන්", False),
    ],
    "kn": [
        ("ಹಸುವಿನ ಹಾಲು", "ಹಸುವಿ", True),
        ("ದೇವರನ್ನು", "ದೇವರ", True),
        ("ದೇವರಾಜ", "ದೇವರ", False),
    ],
    "ml": [
        ("മദ്യത്തിന്റെ", "മദ്യം", True),
        ("മദ്യത്തിൽ", "മദ്യം", True),
        ("മദ്യശാല", "മദ്യം", False),
    ],
    "kk": [
        ("арақтың", "арақ", True),
        ("шошқалардан", "шошқа", True),
        ("арақашықтық", "арақ", False),
    ],
    "mr": [
        ("माकडाचे चित्र", "माकड", True),
        ("देवाच्या मूर्तीवर", "मूर्ती", True),
        ("दारूमध्ये", "दारू", True),
        ("देवदार", "देव", False),
    ],
    "or": [
        ("ମଦରେ", "ମଦ", True),
        ("ଗଣେଶଙ୍କର ମୂର୍ତ୍ତି", "ଗଣେଶ", True),
        ("ମଦନ", "ମଦ", False),
    ],
    "as": [
        ("কুকুৰৰ মাংস", "কুকুৰ", True),
        ("গৰুবোৰৰ", "গৰু", True),
        ("মদন", "মদ", False),
    ],
    "jv": [
        ("sepatune anyar", "sepatu", True),
        ("kethekipun", "kethek", True),
        ("rokokan", "rokok", False),
    ],
    "ca": [
        ("llibertat presos polítics", "llibertat presos polítics", True),
        ("Roses per Sant Jordi", "Sant Jordi", True),
        ("Sant Jordina", "Sant Jordi", False),
    ],
}


@pytest.mark.parametrize(
    ("language", "text", "form", "expected"),
    [(language, *case) for language, cases in CASES.items() for case in cases],
)
def test_a_sign_is_found_where_readers_see_it(
    language: str, text: str, form: str, expected: bool
) -> None:
    assert is_mentioned(text, form, language) is expected


@pytest.mark.parametrize("language", sorted(CASES))
def test_each_language_has_a_case_of_either_kind(language: str) -> None:
    assert {expected for *_, expected in CASES[language]} == {True, False}


@pytest.mark.parametrize(
    ("text", "form", "language"),
    [
        ("送鐘給長輩", "送钟", "zh"),
        ("イヌの服", "いぬ", "ja"),
        ("promocao", "promoção", "pt"),
        ("two t bone steaks", "t-bone", "en"),
        ("Groesse", "Größe", "de"),
    ],
)
def test_an_exact_form_has_one_spelling(text: str, form: str, language: str) -> None:
    assert is_mentioned(text, form, language)
    assert not is_mentioned(text, form, language, exact=True)
