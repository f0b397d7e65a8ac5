"""What the slash commands are called: configurable, and never a name of Slack's own."""

from __future__ import annotations

import pytest

from bot.command_names import CommandNames, read_command_names, reserved
from bot.errors import BadSetting


@pytest.mark.parametrize(("text", "names"), [
    ("", CommandNames()),
    ("report=/zhoubao incidents=/shigu project=/xiangmu", CommandNames("/zhoubao", "/shigu", "/xiangmu")),
    ("incidents=/outages-2", CommandNames(incidents="/outages-2")),
    ("report=/周报, project=/项目", CommandNames(report="/周报", project="/项目")),
])  # fmt: skip
def test_names_are_given_as_pairs(text: str, names: CommandNames) -> None:
    """What isn't named keeps its own name."""
    assert read_command_names(text) == names


@pytest.mark.parametrize("text", [
    "report", "/zhoubao", "report=zhoubao", "report=/Zhoubao", "report=/zhou_bao!", "report=/" + "a" * 32,
    "weather=/w", "report=", "report=/incidents", "report=/-a", "report=/a b=c",
])  # fmt: skip
def test_what_slack_cannot_take_is_refused(text: str) -> None:
    """Names without a slash, with capitals or signs, too long, twice the same, or of a command that isn't ours."""
    with pytest.raises(BadSetting, match="ZHOUZHI_COMMANDS"):
        read_command_names(text)


@pytest.mark.parametrize("name", sorted(reserved()))
def test_slacks_own_commands_are_refused(name: str) -> None:
    """An app that registers one of Slack's commands loses all of its own."""
    with pytest.raises(BadSetting, match="Slack's own"):
        read_command_names(f"report={name}")


def test_a_renamed_command_asks_the_same() -> None:
    """`/shigu` is `/incidents` to whoever understands the question; a name that isn't ours stays."""
    names = CommandNames("/zhoubao", "/shigu", "/xiangmu")
    assert [names.own(typed) for typed in (*names.registered, "/status")] == [
        "/report", "/incidents", "/project", "/status",
    ]  # fmt: skip
