"""What the reports hold that a question can name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.question.content import Told, everything
from store.records import ProjectName


@dataclass(frozen=True, slots=True)
class Known:
    """What the reports hold that a question can name, as far as the asker may see it.

    `as_of` where the question names the day as of which it asks, `strict` where no cue says what is asked: then a verb
    that no report says (休假) is looked for, too.
    """

    projects: Sequence[ProjectName]
    teams: Sequence[str]
    metrics: Sequence[ProjectName] = ()
    owners: Sequence[str] = ()
    incidents: Sequence[str] = ()
    told: Told = everything
    strict: bool = False
    as_of: bool = False

    @property
    def firm(self) -> Sequence[ProjectName]:
        """The projects that are more than a highlight of a day."""
        return _picked(self.projects, "firm", lambda project: project.firm)

    def of_team(self, team: str | None) -> Known:
        """The same, of one team where there is one."""
        if team is None:
            return self
        both = self.projects, self.metrics
        projects, metrics = (_picked(known, team, lambda one: one.team == team) for known in both)
        return replace(self, projects=projects, metrics=metrics)


MOST_PICKED = 64
_PICKED: dict[tuple[int, str], tuple[Sequence[ProjectName], Sequence[ProjectName]]] = {}


def _picked(
    known: Sequence[ProjectName], name: str, fits: Callable[[ProjectName], bool]
) -> Sequence[ProjectName]:
    """Those of the projects that fit: the very same list for the same projects, so that what is linked among them is
    remembered (linking.py). The projects are held with it, so that no others can take their place in memory."""
    held = _PICKED.get((id(known), name))
    if held is None or held[0] is not known:
        if len(_PICKED) >= MOST_PICKED:
            _PICKED.clear()
        held = _PICKED[id(known), name] = known, tuple(one for one in known if fits(one))
    return held[1]
