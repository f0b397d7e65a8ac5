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
