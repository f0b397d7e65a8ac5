"""What the slash commands are called in this workspace; a name that another app has taken can be changed."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files

from bot.errors import BadSetting

SETTING = "ZHOUZHI_COMMANDS"
FORM = "pairs such as report=/zhoubao incidents=/shigu project=/xiangmu"
LONGEST = 32  # characters, with the slash; Slack's schema of manifests


@dataclass(frozen=True, slots=True)
class CommandNames:
    """The three commands as people type them."""

    report: str = "/report"
    incidents: str = "/incidents"
    project: str = "/project"

    def own(self, typed: str) -> str:
        """The command by our own name, which is a kind of question: `/shigu` → `/incidents`; others as they are."""
        return {name: f"/{ours}" for ours, name in asdict(self).items()}.get(typed, typed)

    @property
    def registered(self) -> tuple[str, str, str]:
        """The three, as a manifest registers them."""
        return (self.report, self.incidents, self.project)


OWN_NAMES = CommandNames()


@cache
def reserved() -> frozenset[str]:
    """Slack's own commands."""
    lines = files("bot").joinpath("reserved_commands.txt").read_text(encoding="utf-8").split("\n")
    return frozenset(line for line in lines if line.startswith("/"))


def read_command_names(text: str) -> CommandNames:
    """The names in `report=/zhoubao incidents=/shigu`; what isn't given keeps its own. Raises `BadSetting`."""
    given = dict(_pair(each, text) for each in text.replace(",", " ").split())
    names = CommandNames(**given)
    if len(set(names.registered)) < len(names.registered):
        raise BadSetting(SETTING, text, "a name of its own for each command")
    return names


def _pair(each: str, text: str) -> tuple[str, str]:
    ours, equals, name = each.partition("=")
    if not equals or ours not in asdict(CommandNames()):
        raise BadSetting(SETTING, text, FORM)
    if not re.fullmatch(r"/[^\W_A-Z][^\WA-Z-]*(?:-[^\WA-Z-]+)*", name) or len(name) > LONGEST or name != name.lower():
        raise BadSetting(SETTING, text, f"names in small letters with a slash, of at most {LONGEST} characters: {FORM}")
    if name in reserved():
        raise BadSetting(SETTING, text, f"other names: {name} is Slack's own command, which no app can have")
    return ours, name
