"""The gate's answer in words: what was asked, and each reason why it failed."""

from __future__ import annotations

from collections.abc import Iterator

from culture_lint.reports.plain import count
from culture_lint.reports.terminal import safe
from culture_lint.results import Verdict


def asked(verdict: Verdict) -> str:
    """Return the thresholds of the gate, in brackets."""
    said = [] if verdict.fail_on == "never" else [f"fail on {verdict.fail_on}"]
    if verdict.min_cai is not None:
        said.append(f"CAI at least {verdict.min_cai:g}")
    return f"({', '.join(said)})" if said else "(no thresholds)"


def reasons(verdict: Verdict) -> Iterator[str]:
    """Yield why the gate failed; how far a market is from what was asked stands with it."""
    for one in verdict.failed:
        if one.kind == "severity":
            yield f"{safe(one.market)}: {count(one.count, 'finding')}, worst {one.worst}"
        elif one.kind == "cai":
            short = (verdict.min_cai or 0.0) - float(one.worst)
            low = f"{count(one.count, 'item')} down to CAI {one.worst}"
            yield f"{safe(one.market)}: {low}, {short:.1f} too low"
        elif one.kind == "coverage":
            yield f"{safe(one.market)}: {count(one.count, 'item')} not examined"
        elif one.kind == "baseline":
            yield f"{safe(one.worst)} accepts more than there is"
        elif one.kind == "suppression":
            what = "suppression is" if one.count == 1 else "suppressions are"
            yield f"{one.count} {what} to be mended ({safe(one.worst)})"
        elif one.kind == "market":
            yield f"{count(one.count, 'file')} without a market not checked"
        else:
            yield f"{count(one.count, 'file')} could not be read"
