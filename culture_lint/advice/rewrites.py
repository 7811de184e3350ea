"""What kind of rewrite a clash needs where no wording would do, by the category of its reading."""

from __future__ import annotations

_BY_CATEGORY = {
    "claim": "Leave the claim out, or say what can be proven and name the proof.",
    "discrimination": "Leave it out; name people, if at all, as they name themselves.",
    "profanity": "Leave the word out, or use a plain one.",
    "naming": "Use another name in this market, or one that is explained where it stands.",
    "history": "Leave the reference out; say what the product offers without it.",
    "religion": "Keep what is sacred off goods and jokes; show the product alone, or a neutral pattern.",
    "deity": "Keep what is sacred off goods and jokes; show the product alone, or a neutral pattern.",
    "national": "Leave the symbol out, or use the country's colours in a pattern of your own.",
    "geopolitics": "Leave the place out, or call it what this market calls it.",
    "persona": "Let somebody speak whom this market believes: an expert, a customer, the maker.",
    "gesture": "Show the product without the gesture.",
    "number": "Count another number of pieces, or leave the number out of the name.",
    "colour": "Choose another colour for this market, or say what it stands for.",
    "death": "Take the sign of mourning out; choose one that is for the living.",
    "food": "Leave it out of the offer here, or name what it can be replaced with.",
    "gift": "Do not offer it as a gift here; say whom it is for instead.",
    "body": "Say it without the body, or show the product alone.",
    "humour": "Say it without the joke.",
    "idiom": "Say in plain words what the idiom means.",
    "animal": "Choose another animal, or none.",
    "plant": "Choose another plant, or none.",
    "flower": "Choose another flower, or none.",
    "pattern": "Choose another pattern, or none.",
    "symbol": "Choose another symbol, or none.",
    "emoji": "Choose another emoji, or none.",
    "occasion": "Leave the occasion out, or choose one that is kept here.",
    "language": "Have it written by somebody who lives in this market.",
    "locale": "Write it as this market writes it.",
    "address": "Address the reader as this market does.",
}


def rewrite_of(category: str) -> str:
    """Return what to do about a clash of a category, in general; empty for one that is not known."""
    return _BY_CATEGORY.get(category, "")
