"""Tell text that is no prose: web and mail addresses, file names, part numbers, street addresses.

A word inside one of them is a label, not something that the copy says.
"""

from __future__ import annotations

import re

#: How far around a match its surroundings are looked at, in code points.
REACH = 200
#: The same for a street address.
STREET = 48

_DOMAINS = "com|net|org|info|biz|shop|store|online|app|dev|io|co|eu|de|at|ch|uk|us|mx|br|cn|jp|in|sa|ae|fr|es|it|nl|ru|tr|kr|tw|hk"
_FILES = (
    "jpe?g|png|gif|webp|svg|bmp|tiff?|avif|pdf|docx?|xlsx?|pptx?|csv|tsv|txt|zip|rar|mp[34]|mov|avi"
    "|wav|html?|php|aspx?|css|js|json|xml|psd|eps"
)
_ADDRESS = re.compile(
    rf"""
      (?:https?|ftp)://[^\s<>"'“”«»（）「」]+
    | (?<![A-Za-z0-9])www\.[^\s<>"'“”«»（）「」]+
    | [\w.+-]+@[\w-]+(?:\.[\w-]+)+
    | (?<![A-Za-z0-9])(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:{_DOMAINS})(?:/[^\s<>"'“”«»]*)?(?![\w@-])
    | [\w./\\-]*[\w-]\.(?:{_FILES})(?!\w)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_BLANK = re.compile(r"\s")
#: What stands between the words of addresses and codes.
_JOINTS = frozenset(".-_/\\@=?&#%+~:")

_PART = re.compile(r"[A-Z0-9]+(?:[-_/.][A-Z0-9]+)+")
_DIGIT = re.compile(r"\d")
#: Digits that mean something by themselves, and years: a label that ends in them may be a slogan.
_SPEAKING = re.compile(r"\d{1,2}|1488|(?:18|19|20)\d\d|000|100|360|365|420|666|888|999")
_QUANTITY = re.compile(
    r"\d+(?:KG|G|MG|ML|CL|L|OZ|LB|LBS|CM|MM|M|IN|INCH|FT|PCS|PC|PACK|PK|CT|GB|TB|MAH|W|V|HZ|K|X|D|XL)"
)
_LABELLED = re.compile(
    r"(?i)(?:\b(?:sku|model|part|ref|reference|art(?:icle|ikel|\.?-?nr)?|item|mpn|style|style code"
    r"|code|no|nr|product id|modelo|modell|código)|№|型番|型号|品番)\.?\s*[:#.]?\s*$"
)
_CODE = re.compile(r"(?=[A-Z0-9-]*\d)(?=[A-Z0-9-]*[A-Z])[A-Z0-9]+(?:-[A-Z0-9]+)*")

_STREET = re.compile(
    r"""
      \b\d+[A-Za-z]?,?\s(?:[A-Z][\w'’]+\s){1,3}
        (?:Street|St\.?|Avenue|Ave\.?|Boulevard|Blvd\.?|Lane|Road|Rd\.?)
        (?=\s*(?:[,;\n]|$|\.(?:\s|$)))
    | \b(?:Calle|Avenida|Av\.|Rua|Via|Viale|Piazza|Rue|Avenue|Boulevard)\s
        (?:(?:de|del|della|la|las|los|du|des|da|do|dos)\s){0,2}[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+)?,?\s\d+
    | \b\d+,?\s(?:bis\s)?(?:rue|avenue|boulevard|place)\s(?:(?:de|du|des|la)\s){0,2}[A-Z][\w'’-]+
    | \b[A-ZÄÖÜ][\w-]*(?:stra(?:ß|ss)e|str\.|gasse|platz|weg)\s\d+
    """,
    re.VERBOSE,
)
_STREETS = re.compile(
    r"S(?:treet|t[ .,])|A(?:ve[. ,n]|v\.)|avenue|oulevard|Blvd|Lane|R(?:oad|d[ .,]|ue |ua )|Calle |Via "
    r"|Viale |Piazza | rue | place |stra(?:ß|ss)e |str\. |gasse |platz |weg "
)


def is_code(text: str, start: int, end: int) -> bool:
    """Tell whether ``text[start:end]`` (original text) stands inside something that is no prose."""
    if _is_joined(text, start, end):
        first, last = start, end
        while first and not text[first - 1].isspace() and start - first < REACH:
            first -= 1
        while last < len(text) and not text[last].isspace() and last - end < REACH:
            last += 1
        window, inner, outer = text[first:last], start - first, end - first
        if _inside(_ADDRESS, window, inner, outer) or _is_part_number(window, inner, outer):
            return True
    char = text[start]
    if not char.isdigit() and not char.isupper():
        return False
    if _is_labelled(text, start, end):
        return True
    first, last = max(0, start - STREET), min(len(text), end + STREET)
    window = text[first:last]
    return (
        _DIGIT.search(window) is not None
        and _STREETS.search(window) is not None
        and _inside(_STREET, window, start - first, end - first)
    )


def _is_joined(text: str, start: int, end: int) -> bool:
    """Tell cheaply whether a match touches a character that addresses and codes are made with."""
    if start and text[start - 1] in _JOINTS and start > 1 and not text[start - 2].isspace():
        return True
    if end < len(text) and text[end] in _JOINTS:
        return end + 1 < len(text) and not text[end + 1].isspace()
    return start > 0 and text[start - 1] == "/"


def _is_labelled(text: str, start: int, end: int) -> bool:
    """Tell a code after its label: “Model SH1T”, “SKU PIG-4”."""
    last = end
    while last < len(text) and _continues(text[last]):
        last += 1
    token = text[start:last].rstrip("-_/.")
    return (
        _CODE.fullmatch(token) is not None
        and _LABELLED.search(text[max(0, start - 24) : start]) is not None
    )


def _inside(pattern: re.Pattern[str], text: str, start: int, end: int) -> bool:
    for found in pattern.finditer(text):
        if found.start() > start:
            return False
        # All of a text that is one address is still the address of something.
        if end <= found.end() and found.end() - found.start() > end - start:
            return True
    return False


def _is_part_number(text: str, start: int, end: int) -> bool:
    """Tell a match in a code such as ``PIG-4471``: capitals, and digits that say nothing."""
    first, last = start, end
    while first and _continues(text[first - 1]):
        first -= 1
    while last < len(text) and _continues(text[last]):
        last += 1
    token = text[first:last].strip("-_/.")
    if not any(map(str.isdigit, token)):
        return False
    if not _PART.fullmatch(token) or end - start == len(token):
        return False
    parts = re.split(r"[-_/.]", token)
    telling = [
        part
        for part in parts
        if any(map(str.isdigit, part))
        and not _SPEAKING.fullmatch(part)
        and not _QUANTITY.fullmatch(part)
    ]
    letters = any(map(str.isalpha, token))
    return letters and any(not part.isdigit() or len(part) > 2 for part in telling)


def _continues(char: str) -> bool:
    return char.isascii() and (char.isalnum() or char in "-_/.")
