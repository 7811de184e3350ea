"""Judge sizes of shoes and clothes: can buyers of the market choose by them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from culture_lint.judging.findings import Case, Finding
from culture_lint.judging.locale.rules import UNJUDGED, Convention, Rules, homes
from culture_lint.judging.registry import describes, judge
from culture_lint.knowledge.scales import Severity
from culture_lint.sources.items import Role

_SIZES = (
    (
        "ISO 19407:2023, Footwear: Sizing: Conversion of sizing systems",
        "https://ysmo.gso.org.sa/store/standards/iso:pub:std:IS:83106/ISO%2019407:2023?lang=en",
        "",
    ),
    (
        "Japan shoe size",
        "https://www.knowsize.com/japan-shoe-size",
        "JIS S 5037:1998: length of the foot in centimetres",
    ),
)
_RULES = Rules(
    {
        "size-system": Convention(
            Severity.MINOR,
            "locale-convention/measurement-format",
            _SIZES,
            "a size that buyers of this market cannot choose by",
            "“{match}” is the only size given, in a system that this market does not use; add the local one.",
            "Give the market's own size and keep the other in brackets, from the maker's conversion table.",
        ),
    }
)
describes("locale-sizes")(_RULES.describe)


@judge("locale-sizes", of_numbers=True)
def judge_sizes(case: Case) -> Iterator[Finding]:
    """Yield the first size of an item that gives none of the market's."""
    segments = case.item.segments
    if not any(_LABELLED.search(one.text) for one in segments):
        return
    from culture_lint.language.measures import foreign_size, may_be_foreign, sizes, sold_by_size

    texts = [one.text for one in segments if one.role not in (Role.PRICE, Role.BRAND)]
    for number, segment in enumerate(segments):
        if segment.role in (*UNJUDGED, Role.PRICE):
            continue
        found = [one for one in sizes(segment.text) if may_be_foreign(one)]
        if not found:
            continue
        at_home = homes(case, number)
        if not at_home or not sold_by_size(texts, at_home[0][1].language):
            continue
        sized = [one.text for one in segments if one.attribute == "size" and one.text.strip()]
        markets = [market for market, home in at_home if foreign_size(texts, sized, home.territory)]
        if markets:
            yield _RULES.finding("size-system", number, found[0].start, found[0].end, markets)
            return


_LABELLED = re.compile(
    r"[0-9](?:(?<=[URSKPNXTEA][0-9])|(?<=[URSKPNXTEA][ :.\u00a0-][0-9])|(?<=[sS] [0-9])|(?<=[eE] [0-9])"
    r"|[.,0-9]{0,3}[ \u00a0]?(?:EU|US|UK|JP|BR|MX|KR|CN))"
)
