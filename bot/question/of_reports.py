"""Questions of the reports themselves: which one says something, who wrote it, when a thing was first mentioned."""

from __future__ import annotations

from dataclasses import replace

from bot.question.content import telling
from bot.question.known import Known
from bot.question.lexicon import command_words, pattern, rule
from bot.question.linking import literal_name
from bot.question.query import Kind, Query
from bot.question.sought import is_common
from bot.question.text import cut, trim, without
from store.words.names import key
from store.words.normalise import fold

OF_WEEKS = (Kind.REPORT, Kind.MISSING, Kind.COVERAGE)


def in_reports(text: str) -> str:
    """What is asked of reports, without that it is asked of them: 费率涉及多少商户 of 周报里说费率涉及多少商户."""
    return _without("in reports", text) or text


def of_mention(query: Query, text: str, known: Known) -> Query | None:
    """The lines that speak of something, or the first or the newest of them, where a question asks for no more.

    That a report says how many merchants is asked like anything else, and when a project was last mentioned is asked of
    the silent ones.
    """
    for aspect in ("first", "last"):
        if words := _without(f"{aspect} mention", text):
            of_project = aspect == "last" and literal_name(text, known.projects)
            said = telling(in_reports(words), known.told) or trim(words)
            return replace(query, kind=Kind.SEARCH, words=said, aspect=aspect) if not of_project else None
    words = _without("in reports", text)
    if not words or rule("asks more").search(fold(words)) or _says(text):
        return None
    return replace(query, kind=Kind.SEARCH, words=trim(words), free=True)


def of_document(found: Query, query: Query, text: str, known: Known) -> Query | None:
    """What is called a report and is none of a week (等保报告拿到没, PCI report expected when): its lines are meant,
    unless what stands before the word is a team, a time or a kind of question."""
    if found.kind not in OF_WEEKS or asks_author(text):
        return None
    named = rule("a document").search(fold(text))
    word = named and (named[1] or named[2])
    if not word or rule("no document").search(word) or not known.told(word):
        return None
    of_asking = word in command_words() or any(word in fold(team) for team in known.teams) or is_common(word)
    return None if of_asking else replace(query, kind=Kind.SEARCH, words=trim(text), free=True)


def asks_author(text: str) -> bool:
    """Whether the question asks who wrote a report."""
    return rule("author").search(fold(text)) is not None


def of_report(query: Query, text: str) -> Query:
    """The report that is asked for: as a whole, a section of it, or who wrote it."""
    if asks_author(text):
        rest = without("words", "asking", without("words", "writing", without("cues", "report", text)))
        return replace(query, kind=Kind.REPORT, aspect="author", words=trim(rest))
    if pattern("cues", "report").search(fold(text)) is None:
        text = _cut("week's work", text)  # 收单这周干了什么
    text = _without("in reports", text) or text  # 5/24周报里收获与反思写的什么
    rest = without("words", "latest", without("cues", "report", text))
    return replace(query, kind=Kind.REPORT, words=trim(rest))


def _says(text: str) -> bool:
    found = rule("in reports").search(fold(text))
    return found is not None and rule("what they say").search(found[0]) is not None


def _without(name: str, text: str) -> str:
    """The text without what the rule finds; empty where it finds nothing, or leaves nothing to ask for."""
    left = _cut(name, text)
    return left if left != text and key(trim(without("words", "asking", left))) else ""


def _cut(name: str, text: str) -> str:
    found = rule(name).search(fold(text))
    return cut(text, found.span()) if found and len(fold(text)) == len(text) else text
