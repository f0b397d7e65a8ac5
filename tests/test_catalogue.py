"""What the bot says: the same sentences in both languages, each one that the code asks for, with what it puts in."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from string import Formatter

import pytest
from support.places import ROOT

from bot.catalogue import LANGUAGES, day, days, sentences
from store.reading.notices import read_notices
from store.reading.vocabulary import vocabulary
from store.records import State

KEYS = sorted(sentences("zh"))


def placeholders(sentence: str) -> set[str]:
    """The names in braces."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def _said() -> Iterator[tuple[str, ast.Call]]:
    """Every call of `say` or of what `sayer(…)` returns, with where it stands."""
    for file in sorted((ROOT / "bot").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and _is_say(node.func):
                yield f"{file.relative_to(ROOT)}:{node.lineno}", node


def _is_say(function: ast.expr) -> bool:
    if isinstance(function, ast.Call):
        return isinstance(function.func, ast.Name) and function.func.id == "sayer"
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return name == "say"


def _constant() -> Iterator[tuple[str, str, ast.Call]]:
    for where, call in _said():
        key = call.args[0]
        if isinstance(key, ast.Constant):
            yield where, str(key.value), call


def test_both_languages_have_the_same_keys() -> None:
    """Every sentence exists in every language."""
    assert all(set(sentences(lang)) == set(KEYS) for lang in LANGUAGES)


@pytest.mark.parametrize("key", KEYS)
def test_both_languages_put_in_the_same(key: str) -> None:
    """A sentence names the same values in every language, and is written in that language but for its examples."""
    assert placeholders(sentences("zh")[key]) == placeholders(sentences("en")[key])
    assert not re.search(r"[一-鿿]", sentences("en")[key].replace("周知", "").partition("example:")[0])


def test_the_scan_sees_the_code() -> None:
    """The checks below aren't empty: many sentences are said by name, in several files."""
    found = list(_constant())
    assert len(found) > 30
    assert len({where.split(":")[0] for where, _, _ in found}) > 5


def test_every_sentence_said_exists_and_gets_its_values() -> None:
    """Each `say("…", …)` of the code names a sentence that exists and hands over all that it puts in."""
    wrong = []
    for where, key, call in _constant():
        given = {keyword.arg for keyword in call.keywords}
        if key not in KEYS or (None not in given and not placeholders(sentences("zh")[key]) <= given):
            wrong.append(f"{where} {key}")
    assert wrong == []


def test_every_sentence_put_together_has_a_start_that_exists() -> None:
    """Each key that is put together (`f"status.{state}"`) begins like some sentence."""
    for where, call in _said():
        key = call.args[0]
        if isinstance(key, ast.JoinedStr) and isinstance(key.values[0], ast.Constant):
            assert any(known.startswith(str(key.values[0].value)) for known in KEYS), where


@pytest.mark.parametrize("state", list(State))
def test_every_state_can_be_said(state: State) -> None:
    """Each state that a report can give a project has its word."""
    assert f"status.{state.value}" in KEYS


def test_every_notice_and_every_refusal_can_be_said() -> None:
    """Each code that the reader's notices and the store's refusals are documented to have has its sentence."""
    from store.errors import UnreadableFile

    for table, documented in (("notice", read_notices.__doc__), ("error", UnreadableFile.__doc__)):
        codes = re.findall(r"`([a-z0-9_]+)`", documented or "")
        assert len(codes) > 4
        assert [code for code in codes if f"{table}.{code}" not in KEYS] == []


def test_every_event_has_its_word() -> None:
    """Each event that the vocabulary reads from reports can be told in each language."""
    assert [event for event in vocabulary()["events"] if f"event.{event}" not in KEYS] == []


def test_every_sentence_is_said_by_somebody() -> None:
    """No sentence is left over: its key, or the last part of it, stands in the code."""
    code = "\n".join(path.read_text(encoding="utf-8") for part in ("bot", "store") for path in _python(ROOT / part))
    put_together = ("days", "notice", "error", "help", "columns", "event", "menu")
    left = [key for key in KEYS if key.split(".")[0] not in put_together and not _stands(key, code)]
    assert left == []


def _python(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.py"))


def _stands(key: str, code: str) -> bool:
    name = key.split(".")[1]
    parts = [name, re.sub(r"_(own|filtered|capped)$", "", name)]
    return any(f'"{key}"' in code or f"'{key}'" in code or f'"{part}"' in code or f"{part}{{" in code for part in parts)


@pytest.mark.parametrize(("start", "end", "zh", "en"), [
    ("2023-09-15", "2023-09-15", "9/15", "9/15"), ("2022-09-15", "2022-09-15", "2022/9/15", "2022/9/15"),
    ("2023-09-18", "2023-09-24", "9/18–9/24", "9/18–9/24"), ("2023-10-01", "2023-10-10", "10月上旬", "early Oct"),
    ("2023-10-11", "2023-10-20", "10月中", "mid Oct"), ("2023-09-21", "2023-09-30", "9月底", "late Sep"),
    ("2023-02-21", "2023-02-28", "2月底", "late Feb"), ("2023-12-01", "2023-12-31", "12月", "Dec"),
    ("2023-12-21", "2023-12-31", "12月底", "late Dec"), ("2023-10-01", "2023-10-11", "10/1–10/11", "10/1–10/11"),
    ("2024-10-11", "2024-10-20", "2024年10月中", "mid Oct 2024"),
    ("2023-12-25", "2024-01-05", "12/25–2024/1/5", "12/25–2024/1/5"),
])  # fmt: skip
def test_a_span_of_days_is_said_as_people_say_it(start: str, end: str, zh: str, en: str) -> None:
    """Days without their year in this year, thirds and whole months by name, everything else from–to."""
    first, last, today = date.fromisoformat(start), date.fromisoformat(end), date(2023, 9, 20)
    assert days(first, last, today, "zh") == zh
    assert days(first, last, today, "en") == en
    assert first != last or day(first, today) == zh
