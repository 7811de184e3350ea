"""Write the shipped inflection tables anew: ``python -m culture_lint.matching.inflect``.

Run it after adding words to the built-in rulesets; a test says when the tables are out of date.
"""

from __future__ import annotations

from pathlib import Path

from culture_lint.knowledge.packs import builtin_root
from culture_lint.language import inflection
from culture_lint.matching.prepare import words_of

if __name__ == "__main__":
    inflection.write_tables(
        words_of([builtin_root()]), Path(inflection.__file__).parent / "data" / "inflections"
    )
