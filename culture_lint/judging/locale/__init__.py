"""Judge whether copy keeps the conventions of the market whose language it is in.

Copy in another language is not localised yet, so nothing here applies to it. What is conventional
comes from the Unicode CLDR; `culture_lint.language` reads the numbers, sizes and pronouns. One
module a topic; each registers its own judge.
"""
