"""The day that a question about a project asks for: of its event, by the newest report that dates it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from bot.answers.day_since import DaySince, days_since, goals_apart
from bot.answers.model import shortened
from bot.answers.settled import says_missed, says_open, told_elsewhere
from bot.answers.standing import milestone_data, where
from bot.answers.story import Story
from bot.question.content import content
from bot.question.lexicon import lexicon
from store.linking.milestones import Telling
from store.reading.clauses import clauses
from store.reading.events import event_in
from store.reading.vocabulary import vocabulary, words
from store.records import Citation, Hit, Mention, Milestone, Update
from store.words.dates import find_dates
from store.words.normalise import fold
from store.words.speaking import SCATTERED, most

CLAUSE_LENGTH = 30
Dated = tuple[Mention[Update], Milestone]
Elsewhere = tuple[Hit, str]
"""A line beside the project's own, and its words."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reports say of the asked event: milestones that date it, newer lines that speak of it, what the newest
    line says of it without a day that was read as its own, lines beside the project's own by which it happened, and
    days that newer lines give, which take the place of any plan."""

    event: str
    dated: Sequence[Dated] = ()
    newer: Sequence[str] = ()
    said: Sequence[tuple[str, Mention[Update]]] = field(default=())
    elsewhere: Sequence[Elsewhere] = field(default=())
    since: Sequence[DaySince] = field(default=())

    @property
    def any(self) -> bool:
        """Whether the reports say anything of it."""
        return bool(self.dated or self.newer or self.said or self.elsewhere or self.since)


def asked_day(story: Story, event: str) -> Asked:
    """The asked event of the project, in all that is told of it."""
    if since := days_since(story, lambda milestone: _is_asked(milestone, event)):
        return Asked(event, _reached_too(story, event, since), since=since)
    every = _dated(story, event)
    asked = _of_words(story, every)
    told = {at: found for at, (mention, milestone) in enumerate(asked)
            if not milestone.done and (found := told_elsewhere(story.context, story.name, Telling(mention, milestone)))}
    dated = [entry for at, entry in enumerate(asked) if at not in told]
    said = _said(story, event, dated) if len(asked) == len(every) and not told else []
    return Asked(event, dated, _newer_lines(story, event), said, tuple(dict.fromkeys(told.values())))


def _reached_too(story: Story, event: str, since: Sequence[DaySince]) -> list[Dated]:
    """What the project's own lines tell as reached on other days."""
    days = {(one.milestone.start, one.milestone.end) for one in since}
    return [entry for entry in _dated(story, event) if entry[1].done and (entry[1].start, entry[1].end) not in days]


def day_words(story: Story, asked: Asked) -> str:
    """`小贝：10/24 已上线，见 第44周 (2023-10-27)`: the asked day, by name."""
    context = story.context
    say, chinese = context.say, context.query.lang == "zh"
    said = [_quoted(story, text, mention) for text, mention in asked.said]
    texts = [_day(story, entry, asked) for entry in asked.dated]
    between = "；" if chinese else "; "
    beside = [f"{shortened(words, 2 * CLAUSE_LENGTH)} {context.report(hit.report)}" for hit, words in asked.elsewhere]
    since = [_since(story, one) for one in asked.since]
    days = between.join(dict.fromkeys([*since, *asked.newer, *beside, *texts, *said]))
    told = asked.since or asked.dated or asked.newer or asked.elsewhere
    if told or any(_has_day(text, mention) for text, mention in asked.said):
        return say("status.when_more", name=story.title, days=days)
    if said:
        return say("status.when_said", name=story.title, event=say(f"event.{asked.event}"), words=days)
    return say("status.when_unknown", name=story.title, event=say(f"event.{asked.event}"))


def _since(story: Story, day: DaySince) -> str:
    """`提测 3/25，见 第11周`."""
    written = story.context.say("status.written_in", report=story.context.report(day.hit.report))
    return milestone_words(story, day.milestone) + written


def _day(story: Story, entry: Dated, asked: Asked) -> str:
    """One day, with the name of its part: a part's day is never given as the whole project's."""
    mention, milestone = entry
    name = "" if mention.subject == story.project.subject else f"{mention.record.name} "
    several = len({(m.start, m.end) for _, m in asked.dated}) > 1
    clause = f"（{shortened(milestone.text, CLAUSE_LENGTH)}）" if several else ""
    late = any(story.overdue(part, milestone) for part in story.all if part.subject == mention.subject)
    return name + milestone_words(story, milestone, late=late) + clause + _written_in(story, mention)


def milestone_words(story: Story, milestone: Milestone, *, late: bool = False) -> str:
    """`12/22 提测`, `12/8 已提测`; that a plan is past due only where `late` is to be said."""
    context = story.context
    planned = "overdue_own" if late else "upcoming_own"
    name = "happened" if milestone.done else "doubtful" if milestone.doubtful else planned
    span = context.days(milestone.start, milestone.end)
    return context.say(f"status.{name}", day=span, event=context.event(milestone))


def _quoted(story: Story, text: str, mention: Mention[Update]) -> str:
    quote = f"“{shortened(' '.join(text.split()), 2 * CLAUSE_LENGTH)}”"
    return quote + _written_in(story, mention)


def _written_in(story: Story, mention: Mention[Update]) -> str:
    if mention.report.id == story.newest.id:
        return ""
    return story.context.say("status.written_in", report=story.context.report(mention.report))


def _dated(story: Story, event: str) -> list[Dated]:
    """The asked event of the project and its parts, each as its newest report that dates it has it."""
    found: list[Dated] = []
    seen: dict[int | None, int] = {}
    for mention in story.told:
        if seen.get(mention.subject, mention.report.id) != mention.report.id:
            continue
        if says_open(mention.record.text, event) or any(
            says_missed(clause.text, milestone)
            for clause in clauses(mention.record.text)
            for milestone in _planned_before(story, mention, event)
        ):
            # 发布时间待定, 未能按11/14完成: what older reports plan no longer holds
            seen[mention.subject] = mention.report.id
        for milestone in mention.record.milestones:
            # A plan that a newer line speaks of again is no answer: that line is.
            open_still = milestone.done or not _spoken_of_since(story, mention.subject, event)
            if _is_asked(milestone, event) and open_still:
                seen[mention.subject] = mention.report.id
                found.append((mention, milestone))
    own = [entry for entry in found if entry[0].subject == story.project.subject]
    return [*own, *_reached_before(story, event, own)] if own else found


def _planned_before(story: Story, mention: Mention[Update], event: str) -> Iterator[Milestone]:
    """What older reports plan of the event for the same project or part."""
    for other in story.told:
        if other.subject == mention.subject and other.report.report_date < mention.report.report_date:
            yield from (one for one in other.record.milestones if one.event == event and not one.done)


def _of_words(story: Story, dated: Sequence[Dated]) -> list[Dated]:
    """Of several days those beside which a word of the question stands that is no part of the name: 泰国站10/29上线,
    and not the day of another country."""
    names = [name for name, _ in story.project.names if fold(name) in fold(story.title)]
    wanted = [word for word in content(story.context.query.words)
              if most(word, names) < SCATTERED and event_in(word[0]) is None]  # fmt: skip
    told = [entry for entry in dated if any(most(word, (_at(entry),)) >= SCATTERED for word in wanted)]
    return told or list(dated)


def _at(entry: Dated) -> str:
    """What stands at the day, with the clause before it."""
    parts = [clause.text.strip() for clause in clauses(entry[0].record.text)]
    at = parts.index(entry[1].text) if entry[1].text in parts else 0
    return f"{parts[at - 1]} {entry[1].text}" if at else entry[1].text


def _is_asked(milestone: Milestone, event: str) -> bool:
    """上线 is asked for where reports write 投产, and 全量 where they write 全量上线."""
    meant = lexicon()["events"].get(event, [event]) if event != "完成" else [event]
    if milestone.event in meant:
        return True
    return _written_as(milestone.text, event)


def _written_as(text: str, event: str) -> bool:
    """Whether the event stands right before a word of going live, which it then only describes: 全量上线."""
    folded = fold(text)
    return any(described in folded for described in _described(event))


@cache
def _described(event: str) -> tuple[str, ...]:
    live = [word for name in vocabulary()["event_rules"]["live"] for word in words("events", name)]
    return tuple(fold(one + other) for one in words("events", event) for other in live)


def _has_day(text: str, mention: Mention[Update]) -> bool:
    return any(day.start == day.end for day in find_dates(text, mention.report.report_date, likely=True))


def _reached_before(story: Story, event: str, newest: Sequence[Dated]) -> Iterator[Dated]:
    """Other days on which the same event was reached: a first stage live in September, a second in November."""
    seen = {(m.start, m.end) for _, m in newest}
    for mention in story.told:
        for m in mention.record.milestones if mention.subject == story.project.subject else ():
            if m.event == event and m.done and (m.start, m.end) not in seen:
                seen.add((m.start, m.end))
                yield mention, m


def _spoken_of_since(story: Story, subject: int | None, event: str) -> bool:
    if subject == story.project.subject:
        return any(_of_event(story, hit, event) for hit in goals_apart(story, story.later))
    return any(part.subject == subject and story.newer_words(part) for part in story.parts)


def _newer_lines(story: Story, event: str) -> list[str]:
    """What newer lines say of the asked event, where they speak of the project or a part beside its own line."""
    found = [
        (_has_date(text, hit), f"{text.strip()} {story.context.report(hit.report)}")
        for hit in goals_apart(story, story.later)
        for text in _of_event(story, hit, event)
    ]
    dated = [words for has_date, words in found if has_date]
    found_words = dated or [words for _, words in found]
    for part in story.parts:
        newer = story.newer_words(part)
        if newer and event_in(fold(newer[0])) == event:
            found_words.append(f"{newer[0]} {story.context.report(newer[1].report)}")
    return found_words


def _of_event(story: Story, hit: Hit, event: str) -> list[str]:
    """The clauses of a line about the event, from the one that names the project on: `零钱罐：80%，提测10/16`."""
    found: list[str] = []
    for line in filter(story.speaks, hit.text.split("\n")):
        parts = [clause.text for clause in clauses(line)]
        first = next((at for at, text in enumerate(parts) if story.speaks(text)), 0)
        found += [text for text in parts[first:] if event_in(fold(text)) == event]
    return found


def _has_date(text: str, hit: Hit) -> bool:
    return bool(find_dates(text, hit.report.report_date, likely=True))


def _said(story: Story, event: str, dated: Sequence[Dated]) -> list[tuple[str, Mention[Update]]]:
    """What the newest mentions of the project say of the event beside the days that were read as its own: a second
    day for it (`提测12/15不变` beside 12月中旬), or that its day isn't set (`上线日期下周定`)."""
    days = {(m.start, m.end) for _, m in dated}
    found = []
    own = story.own.mentions if story.own else ()
    parts = [mention for part in story.all for mention in part.mentions if mention not in own]
    for mention in (*own, *parts):
        for clause in clauses(mention.record.text):
            text = clause.text.replace(story.name, " ")
            if says_open(text, event) and not dated:
                found.append((clause.text.strip(), mention))
                continue
            if mention in parts:
                continue  # its days are read as its own
            if event_in(fold(text)) != event and not _written_as(text, event):
                continue
            told = {(d.start, d.end) for d in find_dates(clause.text, mention.report.report_date, likely=True)}
            if (told and not told & days) or not dated:
                found.append((clause.text.strip(), mention))
    return found


def cite_asked(story: Story, asked: Asked) -> list[Citation]:
    """The lines that date the event, or speak of it."""
    cite = story.context.cite
    return [
        *(cite(one.hit.report, one.milestone.line, about=one.text) for one in asked.since),
        *(cite(hit.report, hit.line, hit.line_end, words) for hit, words in asked.elsewhere),
        *(cite(told.report, milestone.line, about=milestone.text) for told, milestone in asked.dated),
        *(cite(told.report, told.record.line, told.record.line_end, text) for text, told in asked.said),
    ]


def asked_data(asked: Asked) -> dict[str, Any]:
    """The day that the question asks for, with the report that dates it, as JSON values."""
    days = [{**milestone_data(m), "name": told.record.name, **where(told)} for told, m in asked.dated]
    days += [{**milestone_data(one.milestone), "source": one.hit.report.source} for one in asked.since]
    return {"asked": {"event": asked.event, "milestones": days}}
