"""The manifest that a person pastes into Slack to make the app: built from `manifest.toml` and the commands' names."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import tomli

from bot.command_names import CommandNames

PATH = "/slack/events"
Json = dict[str, Any]


@cache
def asked_for() -> dict[str, dict[str, Any]]:
    """What the app asks of a workspace: `scopes` and `events`, each with what it is for, and how it calls itself."""
    return tomli.loads(files("bot.slack").joinpath("manifest.toml").read_text(encoding="utf-8"))


def build_manifest(names: CommandNames, url: str | None) -> Json:
    """The manifest as Slack takes it. `url` is the bot's public address (`https://bot.example.com`); None is Socket
    Mode, where Slack calls no address."""
    asked, address = asked_for(), f"{url.rstrip('/')}{PATH}" if url else ""
    called = {"request_url": address} if address else {}
    app = asked["app"]
    return {
        "display_information": {key: app[key] for key in ("name", "description", "background_color")},
        "features": {
            "app_home": {
                "home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False,
            },
            "assistant_view": {"assistant_description": app["assistant"], "suggested_prompts": []},
            "bot_user": {"display_name": app["display_name"], "always_online": True},
            "shortcuts": [
                {"name": name, "type": "message", "callback_id": callback, "description": text}
                for callback, (name, text) in asked["shortcuts"].items()
            ],
            "slash_commands": [_command(ours, name, address) for ours, name in zip(asked["commands"], names.registered,
                                                                                    strict=True)],
        },
        "oauth_config": {"scopes": {"bot": sorted(asked["scopes"])}},
        "settings": {
            "event_subscriptions": {**called, "bot_events": sorted(asked["events"])},
            "interactivity": {"is_enabled": True, **called},
            "org_deploy_enabled": False,
            "socket_mode_enabled": not address,
            "token_rotation_enabled": False,
        },
    }  # fmt: skip


def _command(ours: str, name: str, address: str) -> Json:
    description, hint = asked_for()["commands"][ours]
    # Escaped, a mention in the text would come as <@U123|name>; the words as typed are what is asked for.
    command = {"command": name, "description": description, "usage_hint": hint, "should_escape": False}
    return {**command, "url": address} if address else command
