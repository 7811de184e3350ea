"""Find sizes, measures, dates and times of day that belong to another country's system."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from culture_lint.frozen import frozen
from culture_lint.language.conventions import (
    Conventions,
    any_word,
    keys,
    long_date,
    month_names,
    weekdays,
    words,
)

# -- sizes of shoes and clothes ---------------------------------------------------------------

_LABELS = "EUR|EU|USA|US|UK|GB|JPN|JP|BRA|BR|MEX|MX|CN|KR|FR|IT|DE|ES|RUS|RU|TR|AU|CA"
_VALUE = r"\d{1,2}(?:[.,][05]|½| ½| 1/2)?"
_NO_MORE = (
    r"(?!\d|[.,]\d|-[a-z]|\s?(?:%|€|\$|(?:V|W|Hz|mm|cm|kg|g|ml|in|inch|x|pcs|pack|cal|CAL|th|st|nd|rd)\b)"
    r"|\s?(?:[Cc]ountries|[Ss]taaten|[Ss]tates|Länder|pays\b))"
)
_SIZE = re.compile(
    rf"(?<![\w-])(?<![Tt]he )(?P<label>{_LABELS})[ :.\u00a0-]{{0,2}}"
    rf"(?:[Ss]izes?|[Mm]en'?s|[Ww]omen'?s|Größen?|Gr\.|[Tt]alla|[Tt]aille|サイズ)?[ :\u00a0]?(?P<value>{_VALUE}){_NO_MORE}"
    rf"|(?<![\w.,-])(?P<value2>{_VALUE})[ \u00a0]?(?P<label2>{_LABELS})(?![\w-])"
)
_LENGTH = {
    "cm": re.compile(
        r"(?<![\d.,])(?:1\d|2\d|3[0-3])(?:[.,]\d)?\s?(?:cm|㎝|センチ|厘米|公分|см)", re.IGNORECASE
    ),
    "mm": re.compile(r"(?<![\d.,])(?:1[0-9]|2[0-9]|3[01])[05](?:\s?mm|\s?毫米|\s?밀리)?(?![\d.,])"),
}
#: What sizes can be: Paris points from infants' shoes to men's clothes, else inches and numbers.
_EUROPEAN = frozenset({"EU", "EUR", "FR", "IT", "DE", "ES", "BR", "BRA", "RU", "RUS", "TR"})


@frozen
class Size:
    """A size with the name of its system."""

    start: int
    end: int
    label: str


def sizes(text: str) -> list[Size]:
    """Return the sizes of a text that name their system."""
    found = []
    for hit in _SIZE.finditer(text):
        label = hit["label"] or hit["label2"]
        value = int(re.match(r"\d+", hit["value"] or hit["value2"])[0])  # type: ignore[index]
        low, high = (16, 62) if label in _EUROPEAN else (1, 32)
        low = 32 if label in ("FR", "IT") else low  # FR is also flame-resistant
        if low <= value <= high:
            found.append(Size(*hit.span(), label))
    return found


def may_be_foreign(size: Size) -> bool:
    """Tell whether a label names a system that sizes are given in abroad, not just a country."""
    return size.label in words("foreign_sizes", "labels")


def foreign_size(texts: Sequence[str], sized: Sequence[str], territory: str) -> bool:
    """Tell whether an item that gives a labelled size gives none that its market uses.

    Args:
        texts: The item's texts.
        sized: Those texts that hold nothing but a size.
        territory: The country whose sizes are looked for.
    """
    local = words("size_systems", territory)
    if not local:
        return False
    if any(not sizes(text) for text in sized):
        return False  # a size without a label is the market's own
    whole = "\n".join(texts)
    if any(one.label in local for one in sizes(whole)):
        return False
    if any(label in _LENGTH and _LENGTH[label].search(whole) for label in local):
        return False
    return not (_size_table().search(whole) or _plain_size().search(whole))


def sold_by_size(texts: Sequence[str], language: str) -> bool:
    """Tell whether a text speaks of shoes or clothes."""
    whole = "\n".join(texts)
    return any(
        any_word(section, language).search(whole) is not None
        for section in ("footwear", "clothing")
    )


@cache
def _size_table() -> re.Pattern[str]:
    tables = "|".join(map(re.escape, words("size_words", "tables")))
    letters = "|".join(map(re.escape, words("size_words", "letters")))
    return re.compile(rf"(?i:{tables})|(?<![\w'’-])(?:{letters})(?![\w'’-])")


@cache
def _plain_size() -> re.Pattern[str]:
    """A size word, then a number without a system: “size 9”, “Größe 42”."""
    listed = "|".join(map(re.escape, words("size_words", "words")))
    return re.compile(
        rf"(?i)(?<!\w)(?<!EU )(?<!UK )(?<!US )(?<!EUR )(?:{listed})\.?:?\s*\d{{1,2}}(?!\d)"
        rf"(?!\s?(?:{_LABELS})\b)"
    )


# -- measures -----------------------------------------------------------------------------------

#: Unit -> (metric unit, how many of it, dimension); °F is worked out apart.
UNITS = {
    "lb": ("kg", 0.45359237, "mass"),
    "oz": ("g", 28.349523, "mass"),
    "fl oz": ("ml", 29.57353, "volume"),
    "gal": ("l", 3.785412, "volume"),
    "ft": ("m", 0.3048, "length"),
    "yd": ("m", 0.9144, "length"),
    "in": ("cm", 2.54, "length"),
    "°F": ("°C", 0.0, "temperature"),
}


@frozen
class Measure:
    """A measure in a unit that is none of the metric system; ``metric`` is the same in it."""

    start: int
    end: int
    unit: str
    metric: str


@cache
def _measure(language: str) -> tuple[re.Pattern[str], dict[str, str]]:
    names = {name.lower(): unit for unit in UNITS for name in words("units", unit)}
    for pair in words("unit_words", language):
        name, _, unit = pair.partition("=")
        names[name.lower()] = unit
    listed = "|".join(re.escape(one) for one in sorted(names, key=lambda one: (-len(one), one)))
    pattern = (
        rf"(?i)(?<![\w.,/-])(?P<n>\d+(?:[.,]\d+)?)[ \u00a0-]?(?P<unit>{listed})(?![a-zà-ɏ0-9])"
    )
    return re.compile(pattern), names


@cache
def _any_measure() -> re.Pattern[str]:
    names = {name for unit in UNITS for name in words("units", unit)}
    for language in keys("unit_words"):
        names.update(pair.partition("=")[0] for pair in words("unit_words", language))
    listed = "|".join(re.escape(one) for one in sorted(names, key=lambda one: (-len(one), one)))
    return re.compile(
        rf"(?i)[0-9](?:[ \u00a0-]?(?:{listed})(?![a-zà-ɏ0-9])|[/.-][0-9]{{1,2}}[/.-](?:19|20)[0-9][0-9]"
        r"|:[0-5][0-9][ \u00a0]?[ap]\.? ?m)"
    )


@lru_cache(maxsize=256)
def may_measure(text: str) -> bool:
    """Tell whether a text may hold what this module looks for, sizes and weekends apart.

    Every rule on measures and dates asks this of every field.
    """
    return _any_measure().search(text) is not None


@cache
def _metric(dimension: str) -> re.Pattern[str]:
    listed = "|".join(map(re.escape, sorted(words("metric", dimension), key=lambda u: -len(u))))
    return re.compile(rf"\d[ \u00a0]?(?:{listed})(?![a-zA-Zà-ÿа-я])", re.IGNORECASE)


def imperial_only(text: str, whole: str, home: Conventions) -> Iterator[Measure]:
    """Yield measures of ``text`` for which ``whole``, the item's text, has no metric counterpart."""
    pattern, names = _measure(home.language)
    fits: dict[str, bool] = {}
    for hit in pattern.finditer(text):
        unit = names[hit["unit"].lower()]
        if unit not in fits:
            fits[unit] = _is_usual(unit, whole)
        if not fits[unit]:
            metric, factor, _ = UNITS[unit]
            value = float(hit["n"].replace(",", "."))
            yield Measure(*hit.span(), unit, _said(value, metric, factor, home.decimal))


def _is_usual(unit: str, whole: str) -> bool:
    """Tell whether an item gives a metric measure too, or is of a trade that uses the unit."""
    low = whole.lower()
    dimension = UNITS[unit][2]
    if any(word in low for word in words("usual_units", unit)):
        return True
    also = "volume" if unit == "oz" else dimension  # ounces of a drink are fluid ones
    return any(_metric(one).search(whole) for one in {dimension, also})


def _said(value: float, metric: str, factor: float, decimal: str) -> str:
    if metric == "°C":
        return f"{round((value - 32) / 1.8)} °C"
    amount = value * factor
    if metric == "g" and amount >= 1000:
        metric, amount = "kg", amount / 1000
    if metric == "cm" and amount >= 300:
        metric, amount = "m", amount / 100
    number = f"{amount:.0f}" if amount >= 20 else f"{amount:.1f}"
    return f"{number.removesuffix('.0').replace('.', decimal)} {metric}"


# -- dates and times ----------------------------------------------------------------------------

_DATE = re.compile(
    r"(?<![A-Za-z\d_./-])(\d{1,2})([/.-])(\d{1,2})\2((?:19|20)\d\d)(?![A-Za-z\d_/-]|\.\d)"
)
_CLOCK = re.compile(
    r"(?<![\w.:,])(1[0-2]|0?[1-9]):([0-5]\d)[ \u00a0]?([AaPp])(?:[Mm]\b|\. ?[Mm]\.)"
)


def swapped_dates(text: str, home: Conventions) -> Iterator[tuple[int, int, str]]:
    """Yield dates whose day and month stand the wrong way round, with the date as it should be.

    Only dates that can be read in one way count: there is no month 25.
    """
    if home.date not in ("dmy", "mdy") or (home.territory == "US" and home.date != "mdy"):
        return
    for hit in _DATE.finditer(text):
        first, sign, second, year = hit.groups()
        one, two = int(first), int(second)
        wrong = one <= 12 < two <= 31 if home.date == "dmy" else two <= 12 < one <= 31
        if wrong and one and two:
            mark = home.date_sign if sign == "/" or home.date == "mdy" else sign
            yield *hit.span(), f"{second}{mark}{first}{mark}{year}"


def unsettled_date(texts: Sequence[str], home: Conventions) -> tuple[int, int, int, str] | None:
    """Return the first date of an item that reads two ways: number of the text, span, written out.

    None where another date of the item, or a month in words, tells the order; where a point
    stands between the numbers and dates are written so; and for dates with the year first.
    """
    found = None
    for number, text in enumerate(texts):
        for hit in _DATE.finditer(text):
            first, sign, second, year = hit.groups()
            one, two = int(first), int(second)
            if one > 12 or two > 12:
                return None
            if found is None and one != two and one and two:
                if sign == "." and home.date != "mdy":
                    return None
                day, month = (two, one) if home.date == "mdy" else (one, two)
                found = (number, *hit.span(), (int(year), month, day))
    if found is None or _months(home.language).search("\n".join(texts)):
        return None
    return *found[:3], long_date(found[3], home.language, home.territory)


@cache
def _months(language: str) -> re.Pattern[str]:
    names = month_names(language)
    listed = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    return re.compile(listed or "(?!)", re.IGNORECASE)


def foreign_clock(text: str, home: Conventions) -> Iterator[tuple[int, int, str]]:
    """Yield times of day with a.m. or p.m. where the day has 24 hours, with the time as it is there."""
    if not home.hours24 or home.language not in words("clock", "languages"):
        return
    for hit in _CLOCK.finditer(text):
        hour = int(hit[1]) % 12 + (12 if hit[3] in "pP" else 0)
        yield *hit.span(), f"{hour:02d}:{hit[2]}"


# -- the weekend --------------------------------------------------------------------------------


@cache
def _days(language: str) -> tuple[re.Pattern[str], dict[str, int]]:
    names = weekdays(language)
    if language == "ar":
        names = names | {"الاحد": 6, "الإثنين": 0, "الاثنين": 0, "الاربعاء": 2}
    listed = "|".join(sorted(map(re.escape, names), key=lambda one: (-len(one), one)))
    lead = "يوم |يومي |ايام |أيام "
    day = rf"(?:{lead})?(?P<{{}}>{listed})"
    joint = r"\s*(?:,|،|/|&|-|–|and|to|إلى|و|ו)?\s*و?ו?"
    return (
        re.compile(rf"(?i)(?<!\w){day.format('one')}{joint}{day.format('two')}(?!\w)"),
        names,
    )


@cache
def _named_day(language: str, day: int) -> str:
    """Return the full name of a day of the week, Monday is 0."""
    name = next(name for name, number in weekdays(language).items() if number == day)
    return name.capitalize()


def other_weekend(text: str, home: Conventions) -> Iterator[tuple[int, int, bool, str]]:
    """Yield pairs of days called the weekend that are not.

    The last values: no day of it is right; the days of this market, joined as those of the text.
    """
    named = any_word("weekend", home.language)
    if home.territory not in words("weekend_markets", "markets") or not named.search(text):
        return
    pattern, names = _days(home.language)
    first, last = home.weekend
    real = {first, last}
    for hit in pattern.finditer(text):
        pair = (names[hit["one"].lower()], names[hit["two"].lower()])
        if pair not in ((3, 4), (4, 5), (5, 6)) or pair == (first, last):
            continue
        around = text[max(0, hit.start() - 40) : hit.end() + 40]
        if named.search(around):
            joint = text[hit.end("one") : hit.start("two")]
            said = joint.join(_named_day(home.language, day) for day in (first, last))
            yield hit.start("one"), hit.end(), real.isdisjoint(pair), said
