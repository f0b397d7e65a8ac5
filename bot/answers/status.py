"""How a project stands: figure, state and dates in the first line, then parts, risks, and how old the news is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property
from typing import Any

from bot.answers.amounts import far
from bot.answers.beyond import (
    Line,
    asks_day,
    beside,
    ending,
    left_over,
    line_about,
    line_counted,
    line_open,
    line_why,
    unheard,
    without_name,
    without_title,
)
from bot.answers.context import Context
from bot.answers.day_asked import asked_data, asked_day, cite_asked, day_words
from bot.answers.model import Answer, Block, Para, Span, Style, Text, plain, shortened
from bot.answers.owner_asked import asks_owner, owner_data, owner_words, owners
from bot.answers.period import period
from bot.answers.phases import next_phase
from bot.answers.standing import facts, note
from bot.answers.status_rows import first_line, rows, summary
from bot.answers.story import Story, Told
from bot.answers.unnamed import answer_unknown_name, answer_unnamed
from bot.question.content import asks_number, forms
from bot.question.lexicon import attribute_of, pattern
from bot.question.of_project import GENERAL_EVENTS
from store.reading.events import event_in
from store.records import Citation, Mention, Risk, Update
from store.words.dates import find_dates
from store.words.normalise import fold

SINCE_LENGTH = 100
MOST_RISKS = 3


def answer_status(context: Context) -> Answer:
    """The status of the query's project, as of its day; not found where no report speaks of it, or of what is asked."""
    query = context.query
    if query.range and query.range.start and query.range.start > query.as_of:
        return answer_status(_of_the_plan(context))
    project = query.project
    if project is None:
        return answer_unknown_name(context) if query.words else answer_unnamed(context)
    asked = period(context)
    end = min(query.as_of, asked.end) if query.range else query.as_of
    known = context.library.projects(context.viewer, end)
    family = [p.subject for p in known if p.parent == project.subject]
    history = context.library.updates(context.viewer, query.as_of, [project.subject, *family])
    told = tuple(m for m in history if query.range is None or asked.holds(m.report.report_date))
    if not told and query.event and query.range:
        return answer_status(_of_the_plan(context))
    if not told:
        span = context.range_text(query.range.start, query.range.end) if query.range else str(query.as_of)
        return context.not_found(context.say("status.not_found_range", range=span, name=project.name))
    relatives = [p.subject for p in known if project.parent and project.parent in (p.parent, p.subject)]
    beside = context.library.updates(context.viewer, query.as_of, relatives) if relatives else ()
    story = Story(replace(context, query=replace(query, as_of=end)), Told(told, history, beside, known))
    return _Status(story).answer()


def _of_the_plan(context: Context) -> Context:
    """ "Is it still due mid June", 11月中还能提测吗: the days are those of the plan, and of no report."""
    return replace(context, query=replace(context.query, range=None))


class _Status:
    """One status answer in the making."""

    def __init__(self, story: Story) -> None:
        self.story, self.context = story, story.context
        named, words = left_over(story)
        event = self.context.query.event or named or ending(story)
        event = self._due(event) if event in GENERAL_EVENTS else self._of_name(event)
        self.asked = asked_day(story, event) if event else None
        stands = asks_number(self.context.query.question) or not (self.asked and self.asked.any)
        if event in GENERAL_EVENTS and stands and not asks_day(story):
            self.asked = None  # "virtual card launch done?" and 完成了多少 ask how it stands
        elif event and asks_number(self.context.query.question) and not asks_day(story):
            self.asked, words = None, words or (forms(event),)  # 灰度到多少 asks for its share, and no day
        self.owners = owners(story) if asks_owner(story) else []
        asked = without_name(story, words or beside(story))
        self.about = line_about(story, asked) if asked else None if self.asked or self.owners else line_counted(story)
        if not (asked or self.asked or self.about or self.owners) and asks_day(story):
            self.about = line_open(story)
        if self._why:
            self.about = self.about or line_why(story)
        self.words = words if self.about else unheard(story, words)

    @cached_property
    def _why(self) -> bool:
        """Whether it is asked why the project stands as it does: 账单中心为什么慢."""
        return pattern("aspects.slips", "why").search(fold(self.context.query.question)) is not None

    def _of_name(self, event: str | None) -> str | None:
        """What is to be done by its name (老系统下线 is a 下线) is over when it is complete, if only that is dated."""
        own = self.story.own
        if event is None or own is None or event_in(fold(self.story.title)) != event:
            return event
        dated = {milestone.event for milestone in own.milestones}
        return next((general for general in GENERAL_EVENTS if general in dated and event not in dated), event)

    def _due(self, event: str | None) -> str | None:
        """The event of the project's last planned day, where only that is asked for (eta) and none is of this one."""
        if not pattern("words", "due").search(fold(self.context.query.question)) or self.story.own is None:
            return event
        planned = [one for one in self.story.own.milestones if not one.done]
        if any(one.event == event for one in planned):
            return event
        return max(planned, key=lambda one: one.end).event if planned else event

    def answer(self) -> Answer:
        query, story = self.context.query, self.story
        stands = first_line(story)
        head = self._head()
        body: list[Block] = [
            *([Para(stands)] if head else []),
            *self._since(),
            summary(story),
            *rows(story),
            *self._quote(),
            *self._changes(),
            *self._risks(),
            *self._age(),
        ]
        return Answer(
            question=query.question,
            kind=query.kind,
            lang=query.lang,
            found=self._found(),
            head=head or stands,
            blocks=tuple(block for block in body if not isinstance(block, Para) or block.text),
            citations=self._citations(),
            range=self.context.asked_range(),
            data=self._data(),
        )

    def _found(self) -> bool:
        if self._owner_asked:
            return bool(self.owners or self.about)
        if self._unsaid or self._undated or ((self.words or self._why) and self.about is None):
            return False
        return self.about is not None or self.asked is None or self.asked.any

    def _head(self) -> Text:
        """What is asked for beyond how it stands, by name; empty where nothing is."""
        say, story = self.context.say, self.story
        if self._owner_asked and (self.owners or not self.about):
            words = owner_words(story, self.owners)
        elif self._unsaid:
            words = say("status.not_said", name=story.title, attribute=self.context.query.attribute)
        elif self._undated:
            words = say("status.undated", name=story.title)
        elif self._why and self.about is None:
            words = say("status.no_reason", name=story.title)
        elif self.words and self.about is None:
            words = say("status.not_said", name=story.title, attribute=" ".join(word[0] for word in self.words))
        elif self.asked and (self.about is None or (self.asked.any and asks_day(self.story))):
            words = day_words(story, self.asked)
        elif self.about:
            said = shortened(without_title(self.about.said, story.title), SINCE_LENGTH)
            words = say("status.about", name=story.title, words=said, report=self.context.report(self.about.report))
        else:
            return ()
        return plain(words, Style.STRONG)

    @property
    def _owner_asked(self) -> bool:
        return asks_owner(self.story)

    @cached_property
    def _unsaid(self) -> bool:
        """Whether the question asks for something (预算) that no line on the project speaks of."""
        attribute = self.context.query.attribute
        if attribute is None or self.owners:
            return False
        if asks_owner(self.story):
            return True
        spoken = pattern("attributes", attribute_of(attribute))
        return not any(spoken.search(fold(mention.record.text)) for mention in self.story.told)

    @cached_property
    def _undated(self) -> bool:
        """Whether a day is asked for, of no event that has a name (什么时候弄好), and nothing is dated."""
        if self.asked or self.about or self.words or not asks_day(self.story):
            return False
        told = (standing.newest for standing in self.story.all)
        days = (find_dates(each.record.text, each.report.report_date, likely=True) for each in told)
        dated = any(standing.milestones for standing in self.story.all) or any(days)  # 7/22下线 is no event, and a day
        return not dated and not self.story.later

    def _quote(self) -> Iterable[Para]:
        """The project's own line in full, where it has no parts to stand for it or says more than its name."""
        own = self.story.own
        if own and note(own.update):
            source = self.context.say("answer.line", line=own.update.line)
            text = " ".join(own.update.text.split())
            yield Para((*plain(text), Span(f"  {source}", Style.DIM)))

    def _changes(self) -> Iterable[Para]:
        """What the figure was in the report before."""
        own, before = self.story.own, self.story.figure_before
        if own is None or own.stated is None or before is None:
            return
        fell = (own.progress or 0) < (before.record.progress or 0)
        if fell and next_phase(own.stated, before.record):
            return
        values = {"old": far(before.record), "new": far(own.stated), "report": self.context.report(before.report),
                  "line": before.record.line}  # fmt: skip
        key = "status.same" if before.record.progress == own.progress else "status.change"
        yield Para(plain(self.context.say(key, **values), Style.DIM))

    def _risks(self) -> Iterable[Para]:
        for _, risk in self._told_risks():
            where = self.context.say("answer.line", line=risk.line)
            text = shortened(" ".join(risk.text.split()), SINCE_LENGTH)
            yield Para((*plain(self.context.say("status.risk", words=text), Style.WARN), Span(f"  {where}", Style.DIM)))

    def _told_risks(self) -> list[tuple[Mention[Update], Risk]]:
        """What the newest mentions say it waits for or depends on, unless that is its quoted line itself."""
        told = [mention for standing in self.story.all for mention in standing.mentions]
        found = {risk.text: (mention, risk) for mention in told for risk in mention.record.risks}
        return list(found.values())[:MOST_RISKS]

    def _age(self) -> Iterable[Para]:
        story = self.story
        if story.is_old and not story.later:
            text = self.context.say("status.age", report=self.context.report(story.newest), days=story.age)
            yield Para(plain(text, Style.WARN))

    def _since(self) -> Iterable[Para]:
        """Lines of later reports that speak of it elsewhere; first, since old news never stands before new."""
        for hit in self.story.later:
            where = f"{hit.report.label or hit.report.report_date} {self.context.say('answer.line', line=hit.line)}"
            text = next(filter(self.story.speaks, hit.text.split("\n")), hit.text.split("\n")[0])
            yield Para((*plain(shortened(text.strip(), SINCE_LENGTH)), Span(f"  {where}", Style.DIM)), 0, True)

    def _citations(self) -> tuple[Citation, ...]:
        """Best first: with an event or other words asked for, the lines that speak of these."""
        story, cite = self.story, self.context.cite
        about = [_cite_line(self.context, self.about)] if self.about else []
        asked = cite_asked(story, self.asked) if self.asked else []
        owned = [story.cite_mention(mention) for mention in self.owners]
        later = [cite(hit.report, hit.line, hit.line_end, hit.text) for hit in story.later]
        own = [citation for standing in story.all for citation in story.cite(standing)]
        newer = [found[1] for part in story.parts if (found := story.newer_words(part))]
        earlier = [mention for mention in (story.last_figure, story.figure_before) if mention]
        risks = [cite(mention.report, risk.line, about=risk.text) for mention, risk in self._told_risks()]
        more = [story.cite_mention(mention) for mention in (*newer, *earlier)]
        return tuple(dict.fromkeys([*owned, *asked, *about, *later, *own, *more, *_outside(risks, own)]))

    def _data(self) -> dict[str, Any]:
        story = self.story
        own = facts(story.own) if story.own else {"progress": None, "state": None, "milestones": [], "text": None}
        return {
            "project": story.title,
            "parent": story.above,
            "team": story.newest.team,
            "report": {"label": story.newest.label, "date": story.newest.report_date.isoformat()},
            **own,
            **(asked_data(self.asked) if self.asked else {}),
            **({"owners": [owner_data(mention) for mention in self.owners]} if self._owner_asked else {}),
            "parts": [{"name": story.name_of(s), **facts(s)} for s in story.parts],
        }


def _cite_line(context: Context, line: Line) -> Citation:
    return context.cite(line.report, line.line, line.line_end, line.text)


def _outside(citations: list[Citation], others: list[Citation]) -> list[Citation]:
    """The citations whose line none of the others holds already."""
    held = {(c.report.id, line) for c in others for line in range(c.line, c.line_end + 1)}
    return [c for c in citations if (c.report.id, c.line) not in held]
