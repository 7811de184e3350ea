"""Write data/quotes.json of culture_lint/language: the quotation marks of each language.

They are the delimiters of the Unicode CLDR (Unicode License v3), which Babel does not carry. Needs
the folder of the npm package cldr-misc-full (`npm pack cldr-misc-full`), unpacked:

    python tools/quotes.py package
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

DATA = Path(__file__).parents[1] / "culture_lint/language/data/quotes.json"
LANGUAGES = """ar bg bn ca cs da de de-CH de-LI el en es et fa fi fil fr fr-CA fr-CH he hi hr hu id it it-CH ja
    kk ko lt lv ms nb nl pl pt pt-PT ro ru sk sl sr sv sw th tr uk ur vi zh zh-Hant zh-Hant-HK"""  # fmt: skip


def main(folder: Path) -> None:
    """Write the primary and the alternate pair of every language."""
    found = {}
    for language in LANGUAGES.split():
        path = folder / "main" / language / "delimiters.json"
        if not path.is_file():  # the same as in the language's main country
            continue
        marks = json.loads(path.read_text("utf-8"))["main"][language]["delimiters"]
        found[language] = [
            marks["quotationStart"] + marks["quotationEnd"],
            marks["alternateQuotationStart"] + marks["alternateQuotationEnd"],
        ]
    version = json.loads((folder / "package.json").read_text("utf-8"))["version"]
    text = json.dumps({"version": version, "marks": found}, ensure_ascii=False, indent=0)
    DATA.write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
