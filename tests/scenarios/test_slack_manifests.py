"""The manifests that a person pastes into Slack: what Slack takes, and what the bot listens for."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from bot.slack.ids import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = ROOT.parent / "shared" / "slack" / "manifest.schema.json"
OVER_HTTP, OVER_SOCKET = "slack-manifest.json", "slack-manifest-socket.json"
BOTH = pytest.mark.parametrize("name", [OVER_HTTP, OVER_SOCKET])

# Slack's own commands: an app whose manifest names one of them loses all of its commands.
RESERVED = frozenset({
    "/active", "/apps", "/archive", "/away", "/call", "/collapse", "/dm", "/dnd", "/expand", "/feed", "/help",
    "/invite", "/join", "/kick", "/leave", "/me", "/msg", "/mute", "/open", "/prefs", "/remind", "/rename", "/search",
    "/shortcuts", "/shrug", "/star", "/status", "/topic", "/who",
})  # fmt: skip


def manifest(name: str) -> Any:
    """The manifest as JSON."""
    return json.loads((ROOT / "docs" / name).read_text(encoding="utf-8"))


def commands(name: str) -> list[str]:
    """The commands that the manifest registers."""
    return [each["command"] for each in manifest(name)["features"]["slash_commands"]]


@BOTH
def test_a_manifest_fits_slacks_schema(name: str) -> None:
    """Slack's schema for manifests has nothing to say against ours."""
    if not SCHEMA.is_file():
        pytest.skip("the schema of manifests is not on this machine")
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    found = jsonschema.validators.validator_for(schema)(schema).iter_errors(manifest(name))
    assert [f"{error.json_path}: {error.message}" for error in found] == []


@BOTH
def test_a_manifest_registers_commands_that_slack_gives_and_the_bot_answers(name: str) -> None:
    """No command is Slack's own, each is listened for, and all that may be registered are, each once."""
    assert not RESERVED & set(commands(name))
    assert sorted(commands(name)) == sorted(set(COMMANDS) - RESERVED)


def without_addresses(value: Any) -> Any:
    """The manifest without its URLs and the switch of Socket Mode."""
    if isinstance(value, dict):
        kept = {key: part for key, part in value.items() if key not in ("url", "request_url", "socket_mode_enabled")}
        return {key: without_addresses(part) for key, part in kept.items()}
    return [without_addresses(part) for part in value] if isinstance(value, list) else value


def test_the_manifests_differ_only_in_the_way_to_the_bot() -> None:
    """Over HTTP every place that Slack calls has a URL; over Socket Mode none has; all else is the same."""
    http, socket = manifest(OVER_HTTP), manifest(OVER_SOCKET)
    assert without_addresses(http) == without_addresses(socket)
    assert (http["settings"]["socket_mode_enabled"], socket["settings"]["socket_mode_enabled"]) == (False, True)
    places = [*http["features"]["slash_commands"], http["settings"]["event_subscriptions"]]
    addresses = [place.get("url") or place.get("request_url") for place in places]
    addresses.append(http["settings"]["interactivity"]["request_url"])
    assert [url for url in addresses if not re.fullmatch("https://[^/]+/slack/events", str(url))] == []
    assert not re.search('"(request_)?url"', json.dumps(socket))


@BOTH
def test_a_manifest_asks_for_what_the_bot_uses_and_no_more(name: str) -> None:
    """The scopes are those of mentions, messages, posts, charts and commands; the events those that it listens for."""
    granted = manifest(name)
    assert set(granted["oauth_config"]["scopes"]["bot"]) == {
        "app_mentions:read", "chat:write", "commands", "files:write", "im:history",
    }  # fmt: skip
    assert set(granted["settings"]["event_subscriptions"]["bot_events"]) == {"app_mention", "message.im"}
    assert granted["settings"]["interactivity"]["is_enabled"] is True
    assert granted["features"]["app_home"]["messages_tab_read_only_enabled"] is False


def test_the_bot_listens_for_status() -> None:
    """`/status` is listened for although it can't be registered: a gateway may let it through."""
    assert "/status" in COMMANDS
