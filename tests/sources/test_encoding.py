"""Encodings are told apart by what the text says, and never guessed in silence."""

from __future__ import annotations

import pytest

from culture_lint.errors import SourceError
from culture_lint.sources.encoding import open_text
from culture_lint.sources.items import Source

TEXTS = {
    "cp932": "商品名,価格\n赤いティーカップと急須のセット,100\n送料無料のお茶碗,200\n",
    "gb18030": "商品名称,价格\n红色茶杯套装,100\n不锈钢保温杯礼盒装,200\n",
    "cp1252": "titre,prix\nThéière à fleurs “rétro” – crème,3\nGâteau d’été,5\n",
    "cp949": "상품명,가격\n빨간 찻잔 세트,100\n",
    "big5": "商品名稱,價格\n紅色茶杯禮盒組,100\n",
    "cp1251": "Название;Цена\nКрасная чашка для чая;100\n",
    "cp1250": "nazwa;cena\nŻółta filiżanka w kwiaty, łyżeczka;10\n",
    "cp1254": "başlık;fiyat\nKırmızı çay bardağı, şeker kaşığı;10\n",
}


def opened(data: bytes, encoding: str | None = None) -> tuple[str, str, bool]:
    with open_text(Source("a.csv", data), encoding) as text:
        return "".join(text.lines), text.encoding, text.guessed


@pytest.mark.parametrize(("encoding", "text"), TEXTS.items(), ids=TEXTS)
def test_a_legacy_encoding_is_recognised(encoding, text):
    assert opened(text.encode(encoding)) == (text, encoding, True)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_unicode_is_certain(encoding, text):
    found, _, guessed = opened(text.encode(encoding))
    assert (found.removeprefix("\ufeff"), guessed) == (text, False)


def test_the_telling_bytes_may_come_late():
    text = "title,price\n" + "tea,1\n" * 200_000 + "café crème,2\n"
    assert opened(text.encode("cp1252")) == (text, "cp1252", True)


def test_nul_characters_alone_are_not_utf16():
    text = "title,price\na\0b,1\nc\0\0d,2\n"
    assert opened(text.encode()) == (text, "utf-8", False)


def test_what_fits_nothing_is_refused():
    with pytest.raises(SourceError, match="encoding is not recognised"):
        opened(b"title\n" + bytes(range(0x80, 0x100)) * 3)


@pytest.mark.parametrize("encoding", ["cp932", "gb18030", "cp1252"])
def test_a_declared_encoding_is_taken(encoding):
    assert opened(TEXTS[encoding].encode(encoding), encoding)[0] == TEXTS[encoding]
