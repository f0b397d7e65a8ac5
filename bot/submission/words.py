"""The words of forms: `forms.toml`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import tomli


@cache
def form_words() -> dict[str, dict[str, Any]]:
    """The tables of `forms.toml`: `zh` and `en` with the words of a form, `moved` with those of moved days."""
    return tomli.loads(files("bot.submission").joinpath("forms.toml").read_text(encoding="utf-8"))
