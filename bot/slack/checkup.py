"""What `zhouzhi doctor` asks of Slack: whether the tokens are right, whose they are, and what they may do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.doctor import Finding, Level, check_http
from bot.settings import Settings
from bot.slack.manifest import asked_for

WITHIN = 10  # seconds, for an answer of Slack's
PREFIXES = {"xoxb-": "SLACK_BOT_TOKEN", "xapp-": "SLACK_APP_TOKEN"}
PAGES = {
    "SLACK_BOT_TOKEN": "OAuth & Permissions → Bot User OAuth Token (xoxb-…)",
    "SLACK_APP_TOKEN": "Basic Information → App-Level Tokens, with connections:write (xapp-…)",
}


def check_slack(settings: Settings) -> Iterator[Finding]:
    """Everything that the way to Slack needs; nothing of it is needed for the terminal."""
    if not (settings.bot_token or settings.app_token or settings.signing_secret):
        yield Finding("Slack", Level.OK, "not set up; the terminal needs none of it", "docs/slack.md tells how")
        return
    yield from _bot(settings)
    if settings.app_token:
        yield from _app(settings)
    else:
        yield from check_http(settings)


def _bot(settings: Settings) -> Iterator[Finding]:
    if wrong := _of_another_kind("SLACK_BOT_TOKEN", settings.bot_token):
        yield wrong
        return
    answer = _asked(settings, settings.bot_token, "auth.test", "SLACK_BOT_TOKEN")
    if isinstance(answer, Finding):
        yield answer
        return
    yield Finding("Slack", Level.OK, f"the bot is {answer.get('user')} in {answer.get('team')} ({answer.get('url')})")
    granted = set((answer.headers.get("x-oauth-scopes") or answer.headers.get("X-OAuth-Scopes") or "").split(","))
    if lacking := sorted(set(asked_for()["scopes"]) - granted):
        text = f"these permissions are missing: {', '.join(lacking)}"
        mend = "paste the output of zhouzhi manifest into App Manifest, save, then Install App → Reinstall to Workspace"
        yield Finding("Slack", Level.FAULT, text, mend)


def _app(settings: Settings) -> Iterator[Finding]:
    if wrong := _of_another_kind("SLACK_APP_TOKEN", settings.app_token):
        yield wrong
        return
    answer = _asked(settings, settings.app_token, "apps.connections.open", "SLACK_APP_TOKEN")
    yield answer if isinstance(answer, Finding) else Finding("Slack", Level.OK, "Socket Mode connects")


def _of_another_kind(name: str, token: str) -> Finding | None:
    """A token that is none of this kind, told without showing it."""
    if not token:
        return Finding("Slack", Level.FAULT, f"{name} is not set", f"copy it from {PAGES[name]}")
    if PREFIXES.get(token[:5]) == name:
        return None
    other = f"; it begins like {PREFIXES[token[:5]]}" if token[:5] in PREFIXES else ""
    return Finding("Slack", Level.FAULT, f"{name} is of another kind{other}", f"copy it from {PAGES[name]}")


def _asked(settings: Settings, token: str, method: str, name: str) -> Any:
    """Slack's answer, or the finding that there is none."""
    client = WebClient(token=token, base_url=settings.api_url, timeout=WITHIN, retry_handlers=[])
    try:
        return client.api_call(method)
    except SlackApiError as error:
        text = f"Slack refuses {name}: {error.response['error']}"
        return Finding("Slack", Level.FAULT, text, f"copy it anew from {PAGES[name]}")
    except (SlackClientError, OSError) as error:
        text = f"{settings.api_url} can't be reached ({type(error).__name__})"
        return Finding("Slack", Level.FAULT, text, "check the network, a proxy, or SLACK_API_URL")
