"""The elements and attributes of pages: which hold copy, which shape it, which are no prose."""

from __future__ import annotations

import re

from culture_lint.sources.html_text import BLOCKS, HIDDEN
from culture_lint.sources.items import Role

#: MJML's elements that hold copy, and those that shape it.
MAIL_BLOCKS = frozenset(
    [
        "mj-accordion-element",
        "mj-accordion-text",
        "mj-accordion-title",
        "mj-body",
        "mj-button",
        "mj-carousel-image",
        "mj-column",
        "mj-divider",
        "mj-hero",
        "mj-image",
        "mj-navbar-link",
        "mj-preview",
        "mj-raw",
        "mj-section",
        "mj-social-element",
        "mj-spacer",
        "mj-table",
        "mj-text",
        "mj-title",
        "mj-wrapper",
    ]
)
PAGE_BLOCKS = BLOCKS | MAIL_BLOCKS
#: What is not taken apart as markup: the text of the first two is read as it stands.
READ_RAW = frozenset({"title", "textarea", "mj-title", "mj-preview"})
RAW = HIDDEN | READ_RAW | {"mj-style", "mj-attributes"}
#: Elements whose text is no prose, whatever stands in them.
CODE = frozenset({"code", "pre", "samp", "kbd", "var", "tt", "xmp", "plaintext"})
VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "mj-divider",
        "mj-font",
        "mj-spacer",
    ]
)
HEADINGS = {f"h{level}": level for level in range(1, 7)}
#: An element of the key ends where one of the values starts.
ENDED_BY = {
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "td": frozenset({"td", "th", "tr"}),
    "th": frozenset({"td", "th", "tr"}),
    "tr": frozenset({"tr"}),
    "option": frozenset({"option", "optgroup"}),
}
#: Blocks that stand inside a paragraph without ending it.
IN_PARAGRAPH = frozenset({"br", "option", "optgroup", "select"})
#: Attributes that people read or hear.
READ_ATTRIBUTES = {
    "alt": Role.ALT,
    "title": Role.DESCRIPTION,
    "aria-label": Role.DESCRIPTION,
    "aria-description": Role.DESCRIPTION,
    "aria-placeholder": Role.DESCRIPTION,
    "placeholder": Role.DESCRIPTION,
    "label": Role.DESCRIPTION,
    "summary": Role.DESCRIPTION,
}
LABELLED = frozenset({"option", "optgroup", "track"})
BUTTONS = frozenset({"submit", "button", "reset"})
#: What a ``meta`` element says to people, by its name, property or itemprop.
METAS = {
    "title": Role.TITLE,
    "description": Role.DESCRIPTION,
    "abstract": Role.DESCRIPTION,
    "subject": Role.DESCRIPTION,
    "keywords": Role.TAG,
    "name": Role.TITLE,
    "headline": Role.TITLE,
    "image:alt": Role.ALT,
    "section": Role.CATEGORY,
    "tag": Role.TAG,
    "brand": Role.BRAND,
}
META_PREFIX = re.compile(r"^(?:og|twitter|article|product|dc|dcterms)[.:]")
