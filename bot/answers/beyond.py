"""What a question about a project asks beyond its name: an event, or words that its lines may speak of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from bot.answers.context import Context
from bot.answers.courses import is_final
from bot.answers.settled import says_open
from bot.answers.story import Story
from bot.question.content import content, counts, tells
from bot.question.lexicon import command_words, lexicon, pattern, rule
from bot.question.linking import ACCEPTED
from bot.question.sought import meets_demand
from bot.question.teams import take_team
from bot.question.text import before_bracket, cut, standard, trim, without
from bot.question.understand import timed
from store.reading.clauses import clauses
from store.reading.events import event_in, find_event
from store.reading.marks import unmarked
from store.records import ReportRef
from store.words.names import key, score, text_score
from store.words.normalise import fold, has_cjk
from store.words.regex import regex
from store.words.speaking import SCATTERED, Wanted, most

_TOKENS = regex(r"(?i:[a-z0-9][a-z0-9.+-]*)|[\u3400-\u9fff]+")
_CONTRACTED = regex(r"\b\w+n['’]t\b", re.IGNORECASE)
_PERCENT = regex(r"\d+(?:\.\d+)?\s*(?:%|percent\b)")
# What asks how a project stands, and is no word that a line would have to speak of.
_ASKING = (
    ("cues", "status"), ("cues", "projects"), ("cues", "history"), ("words", "incident fields"), ("words", "when"),
    ("words", "done"), ("words", "past"), ("words", "newest"), ("words", "latest"), ("words", "english"),
    ("cues", "slips"), ("cues", "overdue"), ("words", "pronouns"), ("words", "standing"), ("words", "asking"),
)  # fmt: skip
SHORTEST = 2  # characters
_FIGURE = regex(r"(?<=[\u3400-\u9fff])(?:率|额|笔数|数量|量)$")

@dataclass(frozen=True, slots=True)
class Line:
    """A line that speaks of what is asked: its report, where it stands, and the clauses that say it."""

    report: ReportRef
    line: int
    line_end: int
    text: str
    said: str


def left_over(story: Story) -> tuple[str | None, tuple[Wanted, ...]]:
    """The event that the question names, and the words that are neither name, time, team, event, nor mere asking, each
    with what else the trade calls it."""
    context = story.context
    text = _without_names(context, story, standard(context.query.question.strip()))
    text = timed(context.query, text, context.today, None)[1]
    text = take_team(context.query, text, [story.project.team] if story.project.team else [], context.told)[1]
    event, text = _without_events(_CONTRACTED.sub(" ", _PERCENT.sub(" ", text)))
    # Attributes first: of "who owns it" the 'who' alone would be taken for asking.
    tables = (*(("attributes", name) for name in lexicon()["attributes"]), *_ASKING,
              *(("states", name) for name in lexicon()["states"]))  # fmt: skip
    for table, name in tables:
        text = without(table, name, text)
    found = [bare(trim(token)) for token in _TOKENS.findall(text)]
    asked = [token for token in found if len(key(token)) >= SHORTEST and not _of_name(token, story)]
    beside, names = before_bracket(context.query.question), [name for name, _ in story.project.names]
    wanted = content(" ".join(asked), context.told)
    # "Redis cluster migration" means Redis集群迁移, and so does what a person writes before (Redis集群迁移).
    return event, tuple(word for word in wanted if word[0] not in beside and not _translates(word, names))


def _translates(word: Wanted, names: Sequence[str]) -> bool:
    """Whether a word of the question stands in the name in the other language."""
    return not has_cjk(word[0]) and most(word[1:], names) >= SCATTERED


def bare(word: str) -> str:
    """The word without the characters of asking around it: 匹配 of 匹配到."""
    lead, tail = pattern("words", "before_word").pattern, pattern("words", "behind_word").pattern
    return re.sub(f"^{lead}+|{tail}+$", "", word) if has_cjk(word) else word


def unheard(story: Story, words: tuple[Wanted, ...]) -> tuple[Wanted, ...]:
    """The words that aren't a part of the name even by their sound: 对帐 is 对账."""
    return tuple(word for word in words if not _of_name(word[0], story, heard=True))


def asks_day(story: Story) -> bool:
    """Whether the question asks for a day, of whatever event."""
    return pattern("words", "day").search(fold(standard(story.context.query.question))) is not None


def ending(story: Story) -> str | None:
    """The event that ended the project, where the question asks for a day and its newest line tells of no plan."""
    told = story.own.milestones if story.own and asks_day(story) else ()
    ends = [milestone for milestone in told if is_final(milestone)]
    return ends[-1].event if ends and all(milestone.done for milestone in told) else None


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
    its sound only where it is `heard`."""
    if _FIGURE.search(word) and not any(fold(word) in fold(name) for name, _ in story.project.names):
        return False  # the 报备率 of 259号文终端报备
    parents = [p for p in story.known if p.subject == story.project.parent]
    names = [*story.project.names, *((p.name, dict(p.names).get(p.name)) for p in parents)]
    by_sound = heard or not has_cjk(word)
    fits = (score(word, name, said) if by_sound else text_score(word, name) for name, said in names)
    return any(_in_order(key(word), key(name)) for name, _ in names) or any(fit >= ACCEPTED for fit in fits)


def _in_order(short: str, long: str) -> bool:
    """Whether the characters of one stand in the other in order: 特征迁移 in 特征平台迁移."""
    rest = iter(long)
    return all(char in rest for char in short)


def line_about(story: Story, words: tuple[Wanted, ...]) -> Line | None:
    """The newest line on the project or its parts that speaks of every one of these words, and gives the number where
    one is asked for."""
    asked = story.context.query.question
    for mention in story.told:
        update = mention.record
        text = update.text if update.name in update.text else f"{update.name} {update.text}"
        if _speaks_of_all(words, text) and tells(asked, text) and meets_demand(asked, text):
            told = update.text if _speaks_of_all(words, update.text) else text
            own = Line(mention.report, update.line, update.line_end, update.text, _saying(asked, words, told))
            return _newer(own, _line_elsewhere(story, words)) if mention.report.id != story.newest.id else own
    return _line_elsewhere(story, words)


def _newer(own: Line, other: Line | None) -> Line:
    """What holds by now: that it waited for a contract no more than the newer line by which that is signed."""
    return other if other and other.report.report_date > own.report.report_date else own


def line_open(story: Story) -> Line | None:
    """The newest line on the project itself where its day is left open: 延期 | 待定."""
    for mention in story.own.mentions if story.own else ():
        update = mention.record
        cells = update.text.replace("|", "，")
        if not update.milestones and says_open(cells, event_in(fold(cells)) or ""):
            return Line(mention.report, update.line, update.line_end, update.text, " ".join(update.text.split()))
    return None


def line_why(story: Story) -> Line | None:
    """The newest line on the project or its parts with a clause that says why, or tells what stands in the way."""
    for cue in ("because", "in the way"):
        for mention in story.told:
            update = mention.record
            told = [one.text.strip() for one in clauses(unmarked(update.text)) if rule(cue).search(fold(one.text))]
            if told:
                said = without_title("，".join(told), update.name)
                return Line(mention.report, update.line, update.line_end, update.text, said)
    return None


def line_counted(story: Story) -> Line | None:
    """The newest line on the project that gives the number asked for, in its unit (换了多少台: 累计换机4,500台), where
    one clause of it alone does."""
    asked = story.context.query.question
    if not counts(asked):
        return None
    for mention in story.told:
        update = mention.record
        every = [clause.text.strip() for clause in clauses(unmarked(update.text)) if tells(asked, clause.text) > 1]
        telling = [text for text in every if not rule("intended").search(fold(text))] or every
        if len(telling) != 1 and (every or update.progress is not None):
            return None  # an older line's number would stand before what is newer: 19/34
        if telling:
            said = without_title(telling[0], update.name)
            return Line(mention.report, update.line, update.line_end, update.text, said)
    return None


def without_title(text: str, name: str) -> str:
    """What a line says behind the name with its colon: of `记账引擎：6/6灰度5%` what follows."""
    return re.sub(rf"^{re.escape(name)}(?:[(（][^()（）]*[)）])?\s*[:：]\s*(?=\S)", "", text)


def _speaks_of_all(words: tuple[Wanted, ...], text: str) -> bool:
    return all(most(word, (text,)) >= SCATTERED for word in words)


def _saying(asked: str, words: tuple[Wanted, ...], text: str) -> str:
    """The clauses that speak of the words, with the one after them where only that gives the number asked for."""
    text = unmarked(text)
    found = [clause.text.strip() for clause in clauses(text)]
    speaking = [any(most(word, (clause,)) >= SCATTERED for word in words) for clause in found]
    if counts(asked) and sum(tells(asked, clause) > 0 for clause in found) > 1:
        return " ".join(text.split())  # which of 共63个作业，已迁移42个 is asked for, no clause says alone
    said = "，".join(clause for clause, speaks in zip(found, speaking, strict=True) if speaks)
    return said if said and tells(asked, said) else " ".join(text.split())


def _called(story: Story) -> Wanted:
    """The name of the project, and as much of it as the question says in one piece: the 双活 of 机房双活."""
    name, asked = fold(story.name), fold(story.context.query.question)
    same = SequenceMatcher(None, name, asked, autojunk=False).find_longest_match()
    said = name[same.a : same.a + same.size].strip()
    return tuple(dict.fromkeys((name, *([said] if len(key(said)) >= SHORTEST else []))))


def _line_elsewhere(story: Story, words: tuple[Wanted, ...]) -> Line | None:
    """A line of any other section that names the project and has the words."""
    context, asked = story.context, story.context.query.range
    viewer, question = context.viewer.only(story.project.team or ""), context.query.question
    wanted = (_called(story), *words)
    found = context.library.search_speaking(
        viewer, context.as_of, wanted, asked.start if asked else None, story.last_day, 1
    )
    if not (found.exact and found.hits):
        return None
    hit = found.hits[0]
    if not (tells(question, hit.text) and meets_demand(question, hit.text)):
        return None
    return Line(hit.report, hit.line, hit.line_end, hit.text, _best_line(question, words, hit.text))


def _best_line(asked: str, words: tuple[Wanted, ...], text: str) -> str:
    """Of an item with several lines (a title and what stands below it) the one that answers best."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return max(lines, key=lambda line: (tells(asked, line), sum(most(word, (line,)) for word in words)))


def beside(story: Story) -> tuple[Wanted, ...]:
    """What the question asks beside words that fit the name as a whole: the 日活 of BI门户日活 (BI门户改版)."""
    query = story.context.query
    if query.event or query.attribute:
        return ()
    return tuple(word for word in query.beyond if not _of_name(word[0], story))


def without_name(story: Story, words: tuple[Wanted, ...]) -> tuple[Wanted, ...]:
    """The words without those of the trade for them that the name holds, since each line on the project has these: of
    POS推广 the 机具 are asked for, and no POS."""
    names = [name for name, _ in story.project.names]
    return tuple((word[0], *(other for other in word[1:] if most((other,), names) < SCATTERED)) for word in words)
