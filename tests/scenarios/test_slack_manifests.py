"""The manifests that a person pastes into Slack: what Slack takes, and what the bot listens for."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner
from support.running import Bot, Lossy

from bot.cli import main
from bot.command_names import CommandNames, reserved
from bot.slack.ids import STATUS_COMMAND
from bot.slack.manifest import asked_for, build_manifest

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = ROOT.parent / "shared" / "slack" / "manifest.schema.json"
EXAMPLE = "https://zhouzhi.example.com"
OTHERS = CommandNames("/zhoubao", "/shigu", "/xiangmu")
GUIDE = (ROOT / "docs" / "slack.md").read_text(encoding="utf-8")
WIRES = pytest.mark.parametrize("url", [EXAMPLE, None])
NAMES = pytest.mark.parametrize("names", [CommandNames(), OTHERS])


@pytest.mark.parametrize(("name", "args"), [
    ("slack-manifest.json", ["--url", EXAMPLE]), ("slack-manifest-socket.json", []),
])  # fmt: skip
def test_the_documents_manifests_are_what_the_command_prints(name: str, args: list[str]) -> None:
    """`zhouzhi manifest` prints the very files that the README tells people to paste."""
    printed = CliRunner().invoke(main, ["manifest", *args], standalone_mode=False)
    assert printed.output == (ROOT / "docs" / name).read_text(encoding="utf-8")


@WIRES
@NAMES
def test_a_manifest_fits_slacks_schema(names: CommandNames, url: str | None) -> None:
    """Slack's schema for manifests has nothing to say against ours."""
    if not SCHEMA.is_file():
        pytest.skip("the schema of manifests is not on this machine")
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    found = jsonschema.validators.validator_for(schema)(schema).iter_errors(build_manifest(names, url))
    assert [f"{error.json_path}: {error.message}" for error in found] == []


@NAMES
def test_a_manifest_registers_the_configured_commands(names: CommandNames) -> None:
    """Each once, none of them Slack's own."""
    commands = [each["command"] for each in build_manifest(names, None)["features"]["slash_commands"]]
    assert commands == list(names.registered)
    assert not reserved() & set(commands)


def without_addresses(value: Any) -> Any:
    """The manifest without its URLs and the switch of Socket Mode."""
    if isinstance(value, dict):
        kept = {key: part for key, part in value.items() if key not in ("url", "request_url", "socket_mode_enabled")}
        return {key: without_addresses(part) for key, part in kept.items()}
    return [without_addresses(part) for part in value] if isinstance(value, list) else value


def test_the_manifests_differ_only_in_the_way_to_the_bot() -> None:
    """Over HTTP every place that Slack calls has a URL; over Socket Mode none has; all else is the same."""
    http, socket = build_manifest(CommandNames(), EXAMPLE), build_manifest(CommandNames(), None)
    assert without_addresses(http) == without_addresses(socket)
    assert (http["settings"]["socket_mode_enabled"], socket["settings"]["socket_mode_enabled"]) == (False, True)
    places = [*http["features"]["slash_commands"], http["settings"]["event_subscriptions"]]
    addresses = [place.get("url") or place.get("request_url") for place in places]
    addresses.append(http["settings"]["interactivity"]["request_url"])
    assert [url for url in addresses if not re.fullmatch("https://[^/]+/slack/events", str(url))] == []
    assert not re.search('"(request_)?url"', json.dumps(socket))


def test_every_permission_has_its_sentence_in_the_guide() -> None:
    """Each scope and event that is asked for stands in the guide with what it is for, and no other scope does."""
    for each, what_for in {**asked_for()["scopes"], **asked_for()["events"]}.items():
        assert f"| `{each}` | {what_for}" in GUIDE
    told = set(re.findall(r"^\| `([a-z_]+:[a-z_.]+)` \|", GUIDE, re.MULTILINE))
    assert told <= set(asked_for()["scopes"])


# What of the code needs each scope: the Web API methods by Slack's reference, the events by their own.
NEEDED = {
    "app_mentions:read": '"app_mention"', "assistant:write": "assistant_threads_setStatus",
    "channels:history": '"message"', "chat:write": "chat_postMessage",
    "commands": "app.command", "files:read": "download(", "files:write": "files_upload_v2",
    "groups:history": '"message"', "im:history": '"message"', "im:write": "conversations_open",
    "users:read.email": "users_lookupByEmail", "mpim:history": '"message"', "users:read": "users_info",
}  # fmt: skip


def test_no_permission_is_asked_for_that_nothing_needs() -> None:
    """Each scope has its listener or its call in the code, and each event that is subscribed to its listener."""
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "bot" / "slack").glob("*.py"))
    assert set(NEEDED) == set(asked_for()["scopes"])
    assert [scope for scope, use in NEEDED.items() if use not in code] == []
    assert [event for event in asked_for()["events"] if f'"{event.partition(".")[0]}"' not in code] == []


@pytest.mark.parametrize("url", ["http://bot.example.com", "bot.example.com", "https://"])
def test_an_address_that_slack_cannot_call_is_refused(url: str) -> None:
    """Slack calls https alone; the refusal is one line."""
    told = CliRunner().invoke(main, ["manifest", "--url", url])
    assert told.exit_code == 2
    assert "https" in told.output


def test_the_bot_listens_for_status(slack: Lossy, bot: Bot) -> None:
    """`/status` is answered although it can't be registered: a gateway may let it through."""
    assert STATUS_COMMAND in reserved()
    assert "POS" in slack.command(bot.url, STATUS_COMMAND, "POS").json["text"]
