"""What a user of the bot can mend, each with what to do."""

from __future__ import annotations


class BotError(Exception):
    """Base of the bot's own errors; `str()` is one line that says what is wrong and how to mend it."""


class BadSetting(BotError):
    """A variable of the environment can't be used."""

    def __init__(self, name: str, value: str, expected: str) -> None:
        super().__init__(f"{name} is {value!r}; it takes {expected}")
        self.name = name


class MissingSetting(BotError):
    """A variable of the environment is needed and isn't set."""

    def __init__(self, name: str, where: str) -> None:
        super().__init__(f"{name} is not set; {where}")
        self.name = name


class SlackRefused(BotError):
    """Slack doesn't let the bot in; `code` is Slack's word for the reason."""

    def __init__(self, code: str, setting: str, mend: str) -> None:
        super().__init__(f"Slack refused {setting} ({code}); {mend}")
        self.code = code


class SlackUnreachable(BotError):
    """Nobody answers at the address of Slack's Web API."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"can't reach Slack at {url} ({reason}); check the network, HTTPS_PROXY and SLACK_API_URL")
        self.url = url
