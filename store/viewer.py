"""Who asks. What a viewer may not see does not exist for them: not counted, not suggested."""

from __future__ import annotations

from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person who asks. `teams` names the teams whose reports they may see; `None` is every team."""

    user: str | None = None
    teams: frozenset[str] | None = None
    roles: frozenset[str] = field(default=frozenset())

    def may_see(self, team: str) -> bool:
        """Whether the reports of `team` exist for this viewer."""
        return self.teams is None or team in self.teams

    def only(self, team: str) -> Viewer:
        """The same person, looking at one team alone."""
        return replace(self, teams=frozenset({team}) if self.may_see(team) else frozenset())


EVERYONE = Viewer()
