"""The one place where the parts are put together; everything it takes can be a fake."""

from __future__ import annotations

from bot.answers.ask import Asker
from store.library import Library
from store.words.holidays import ChineseHolidays


def build_asker(library: Library, language: str = "auto") -> Asker:
    """The asker over a library, with the public holidays that ranges such as 国庆前 need."""
    return Asker(library, ChineseHolidays(), language)
