"""Build the readings that judges make themselves, beside those that rulesets hold."""

from __future__ import annotations

from culture_lint.knowledge.model import Alternative, Evidence, Reading
from culture_lint.knowledge.scales import Polarity, Severity


def own_reading(
    id: str,
    *,
    severity: Severity,
    category: str,
    dimension: str,
    mqm: str,
    signified: str,
    message: str,
    rewrite: str,
    evidence: Evidence,
    reviewed: str,
    confidence: float = 1.0,
    roles: tuple[str, ...] = (),
    instead: tuple[Alternative, ...] = (),
) -> Reading:
    """Return a negative reading without conditions; its owner is what its id begins with."""
    return Reading(
        id=id,
        owner=id.rpartition("/")[0],
        signifiers=(),
        personas=(),
        through=(),
        usage_any=(),
        usage_none=(),
        roles=roles,
        languages=(),
        with_=None,
        without=None,
        signified=signified,
        polarity=Polarity.NEGATIVE,
        severity=severity,
        category=category,
        dimension=dimension,
        mqm=mqm,
        confidence=confidence,
        message=message,
        rewrite=rewrite,
        conveys=(),
        instead=instead,
        evidence=evidence,
        reviewed=reviewed,
        in_force="",
        suppressible=True,
        preview=False,
        flag=(),
        passes=(),
        file="",
        line=0,
    )
