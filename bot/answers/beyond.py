"""What a question about a project asks beyond its name: an event, or words that its lines may speak of."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.answers.context import Context
from bot.answers.story import Story
from bot.question.content import content
from bot.question.details import take_team
from bot.question.lexicon import command_words, lexicon, pattern
from bot.question.linking import ACCEPTED
from bot.question.text import cut, standard, trim, without
from bot.question.understand import timed
from store.reading.clauses import clauses
from store.reading.events import find_event
from store.records import ReportRef
from store.words.names import key, score, text_score
from store.words.normalise import fold, has_cjk
from store.words.speaking import speaks_of

_TOKENS = re.compile(r"[a-z0-9][a-z0-9.+-]*|[\u3400-\u9fff]+", re.IGNORECASE)
_PERCENT = re.compile(r"\d+(?:\.\d+)?\s*(?:%|percent\b)")
# What asks how a project stands, and is no word that a line would have to speak of.
_ASKING = (
    ("cues", "status"), ("cues", "projects"), ("cues", "history"), ("words", "incident fields"), ("words", "when"),
    ("words", "done"), ("words", "past"), ("words", "newest"), ("words", "latest"), ("words", "english"),
    ("cues", "slips"), ("cues", "overdue"), ("words", "pronouns"), ("words", "standing"), ("words", "asking"),
)  # fmt: skip
SHORTEST = 2  # characters


@dataclass(frozen=True, slots=True)
class Line:
    """A line that speaks of what is asked: its report, where it stands, and the clauses that say it."""

    report: ReportRef
    line: int
    line_end: int
    text: str
    said: str


def left_over(story: Story) -> tuple[str | None, tuple[str, ...]]:
    """The event that the question names, and the words that are neither name, time, team, event, nor mere asking."""
    context = story.context
    text = _without_names(context, story, standard(context.query.question.strip()))
    text = timed(context.query, text, context.today, None)[1]
    text = take_team(context.query, text, [story.project.team] if story.project.team else [])[1]
    event, text = _without_events(_PERCENT.sub(" ", text))
    for table, name in _ASKING:
        text = without(table, name, text)
    for table in ("states", "attributes"):
        for name in lexicon()[table]:
            text = without(table, name, text)
    found = [bare(trim(token)) for token in _TOKENS.findall(text)]
    asked = [token for token in found if len(key(token)) >= SHORTEST and not _of_name(token, story)]
    return event, tuple(one[0] for one in content(" ".join(asked), context.told))


def bare(word: str) -> str:
    """The word without the characters of asking around it: 匹配 of 匹配到."""
    lead, tail = pattern("words", "before_word").pattern, pattern("words", "behind_word").pattern
    return re.sub(f"^{lead}+|{tail}+$", "", word) if has_cjk(word) else word


def unheard(story: Story, words: tuple[str, ...]) -> tuple[str, ...]:
    """The words that aren't a part of the name even by their sound: 对帐 is 对账."""
    return tuple(word for word in words if not _of_name(word, story, heard=True))


def asks_day(story: Story) -> bool:
    """Whether the question asks for a day, of whatever event."""
    return pattern("words", "day").search(fold(standard(story.context.query.question))) is not None


def _without_names(context: Context, story: Story, text: str) -> str:
    """The question without its command and the names by which it means the project."""
    while (head := re.match(r"/?([^\s/]+)\s+", text)) and fold(head[1]).strip(":：") in command_words():
        text = text[head.end() :]
    names = [name for name, _ in story.project.names] + ([story.above] if story.above else [])
    written = any(fold(name) in fold(text) for name, _ in story.project.names)
    if not written and _of_name(context.query.words, story, heard=True):
        names.append(context.query.words)
    for name in sorted(names, key=len, reverse=True):
        at = fold(text).find(fold(name)) if len(fold(text)) == len(text) else -1
        if at >= 0 and name:
            text = cut(text, (at, at + len(name)))
    return text


def _without_events(text: str) -> tuple[str | None, str]:
    first = None
    while len(fold(text)) == len(text) and (found := find_event(fold(text))):
        first, text = first or found[0], cut(text, found[1])
    return first, text


def _of_name(word: str, story: Story, *, heard: bool = False) -> bool:
    """Whether a word may be a piece of the name, or of the name of its whole, as people shorten and misspell it; by
    its sound only where it is `heard`, since that loads the pinyin tables."""
    names = [*story.project.names, *((p.name, None) for p in story.known if p.subject == story.project.parent)]
    by_sound = heard or not has_cjk(word)
    fits = (score(word, name, said) if by_sound else text_score(word, name) for name, said in names)
    return any(_in_order(key(word), key(name)) for name, _ in names) or any(fit >= ACCEPTED for fit in fits)


def _in_order(short: str, long: str) -> bool:
    """Whether the characters of one stand in the other in order: 特征迁移 in 特征平台迁移."""
    rest = iter(long)
    return all(char in rest for char in short)


def line_about(story: Story, words: tuple[str, ...]) -> Line | None:
    """The newest line on the project or its parts that speaks of every one of these words."""
    for mention in story.told:
        update = mention.record
        if all(speaks_of(word, update.text) for word in words):
            said = [c.text.strip() for c in clauses(update.text) if any(speaks_of(word, c.text) for word in words)]
            return Line(mention.report, update.line, update.line_end, update.text, "，".join(said) or update.text)
    return _line_elsewhere(story, words)


def _line_elsewhere(story: Story, words: tuple[str, ...]) -> Line | None:
    """A line of any other section that names the project and has the words."""
    context, asked = story.context, story.context.query.range
    wanted, start = " ".join([story.name, *words]), asked.start if asked else None
    viewer = context.viewer.only(story.project.team or "")
    found = context.library.search(viewer, context.as_of, wanted, start, story.last_day, 1, near=False)
    if not found.exact:
        return None
    hit = found.hits[0]
    return Line(hit.report, hit.line, hit.line_end, hit.text, hit.text.split("\n")[0].strip())
