"""What is kept of the people of the chat."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.catalogue import language_of_locale
from store.library import Library
from store.people import PeopleBook, Person

NOW = datetime(2023, 12, 11, 1, 0, tzinfo=UTC)


def test_a_stranger_is_known_by_the_id_alone(library: Library) -> None:
    """Nothing is made up, and looking keeps nothing."""
    assert PeopleBook(library).find("U1") == Person("U1")


def test_each_setting_stands_by_itself(library: Library) -> None:
    """Setting one leaves the others; None takes it back."""
    book = PeopleBook(library)
    book.heard_locale("U1", "en-GB", NOW)
    book.choose_language("U1", "zh")
    book.snooze("U1", NOW)
    book.leave("U1", date(2023, 12, 18))
    assert book.find("U1") == Person("U1", "en-GB", NOW, "zh", NOW, date(2023, 12, 18))
    book.choose_language("U1", None)
    book.snooze("U1", None)
    book.leave("U1", None)
    assert book.find("U1") == Person("U1", "en-GB", NOW)


def test_who_is_away_is_back_on_the_day_they_said(library: Library) -> None:
    """`away_until` is the first day back."""
    book = PeopleBook(library)
    book.leave("U1", date(2023, 12, 18))
    book.leave("U2", date(2023, 12, 12))
    assert book.away(date(2023, 12, 11)) == {"U1": date(2023, 12, 18), "U2": date(2023, 12, 12)}
    assert book.away(date(2023, 12, 12)) == {"U1": date(2023, 12, 18)}
    assert book.away(date(2023, 12, 18)) == {}


@pytest.mark.parametrize(("locale", "language"), [
    ("zh-CN", "zh"), ("zh-TW", "zh"), ("ZH", "zh"), ("en-US", "en"), ("de-DE", "en"), ("", None), (None, None),
])  # fmt: skip
def test_a_locale_is_one_of_two_languages(locale: str | None, language: str | None) -> None:
    """Whoever doesn't use Slack in Chinese is spoken to in English."""
    assert language_of_locale(locale) == language
