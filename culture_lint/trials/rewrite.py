"""One finding with other words in its place: what the item would be, and what it would score."""

from __future__ import annotations

from collections.abc import Mapping

from culture_lint.advice.grammar import fit
from culture_lint.fixing.edits import Edits, with_edit
from culture_lint.frozen import frozen
from culture_lint.results import FindingReport, ItemReport
from culture_lint.session import Session
from culture_lint.sources.items import Item
from culture_lint.targets import Job
from culture_lint.trials.trial import brought, checked, lowered, with_edits


@frozen
class Rewrite:
    """Words in the place of a finding, tried.

    ``text`` is what would stand there, ``doubt`` what an editor must look at, ``scores`` the CAI by
    market, ``brings`` the rules that would find more than before, ``lowers`` the markets that would lose.
    """

    text: str
    edits: dict[int, Edits]
    doubt: str
    scores: Mapping[str, float | None]
    brings: tuple[str, ...]
    lowers: tuple[str, ...]

    @property
    def trouble(self) -> str:
        """What speaks against it, empty if nothing does."""
        parts = []
        if self.brings:
            parts.append(f"it brings {', '.join(self.brings)}")
        if self.lowers:
            parts.append(f"it costs points in {', '.join(self.lowers)}")
        return " and ".join(parts)


def rewrite(
    session: Session,
    job: Job,
    item: Item,
    report: ItemReport,
    finding: FindingReport,
    words: str,
    *,
    as_is: bool = False,
) -> Rewrite:
    """Return what an item would be with other words in the place of a finding.

    With ``as_is`` the words stand as they are given; else letter case, plural and article are
    put right as far as that can be known.
    """
    text = item.segments[finding.segment].text
    start, end = finding.span
    doubt = ""
    if not as_is:
        fits = fit(words, text[start:end], text[:start], text[end:], finding.language)
        words, doubt = fits.text, fits.doubt
        start -= fits.back
    edits: dict[int, Edits] = {finding.segment: with_edit((), start, end, words)}
    (after,) = checked(session, job, [with_edits(item, edits)])
    return Rewrite(
        words, edits, doubt, dict(after.scores), brought(report, after), lowered(report, after)
    )
