"""Judge who the copy speaks through: a persona is present by one strong cue or two weak ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from culture_lint.judging.findings import Case, Finding
from culture_lint.judging.readings import applies
from culture_lint.judging.registry import judge
from culture_lint.matching.mentions import Mention


@judge("personas")
def judge_personas(case: Case) -> Iterator[Finding]:
    """Yield one finding for each persona present and each reading of it that applies."""
    cues: dict[int, list[Mention]] = {}
    for cue in case.found.cues:
        cues.setdefault(cue.target, []).append(cue)
    for persona in sorted(cues):
        shown = _telling(case, cues[persona])
        if shown is None:
            continue
        name = case.plan.knowledge.persona(persona)[0]
        for rule in case.plan.by_persona.get(persona, ()):
            if applies(case, shown, rule.reading):
                yield Finding(
                    rule.id, shown.segment, shown.start, shown.end, name, (), rule.by_market
                )


def present(case: Case, names: Iterable[str]) -> tuple[str, ...]:
    """Return those of some personas that an item speaks through, in their order."""
    numbers = case.plan.knowledge.persona_numbers
    cues: dict[int, list[Mention]] = {}
    for cue in case.found.cues:
        cues.setdefault(cue.target, []).append(cue)
    return tuple(
        name
        for name in names
        if (found := cues.get(numbers.get(name, -1))) and _telling(case, found)
    )


def _telling(case: Case, cues: list[Mention]) -> Mention | None:
    """Return the cue to show when the persona is present, None when it is not."""
    strong = [cue for cue in cues if cue.strong]
    if strong:
        return strong[0]
    words = {case.item.segments[cue.segment].text[cue.start : cue.end].casefold() for cue in cues}
    return cues[0] if len(words) > 1 else None
