"""How a project stands: its parts, progress, next and overdue dates, and how old the news is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any

from bot.answers.context import Context
from bot.answers.lines import line_ranges
from bot.answers.model import Answer, Bar, Block, Cell, Para, Span, Style, Table, Text, join, plain, shortened
from bot.answers.period import period
from bot.answers.settled import Fates, alike_subjects, spoken_since
from bot.answers.standing import Standing, facts, milestone_data, newer_words, note, standings, where, without_parts
from bot.answers.unnamed import answer_unknown_name, answer_unnamed
from bot.question.lexicon import attribute_of, pattern
from store.reading.clauses import clauses
from store.reading.events import event_in
from store.records import Citation, Hit, Mention, Milestone, ProjectName, State, Update
from store.words.names import key
from store.words.normalise import fold

# News older than a week and a half has missed a report.
OLD_AFTER_DAYS = 10
# A part of which no report spoke for this long no longer belongs to how the project stands now.
FORGOTTEN_AFTER_DAYS = 42
NAME_LENGTH = 24
CLAUSE_LENGTH = 30
SINCE_LENGTH = 100


def answer_status(context: Context) -> Answer:
    """The status of the query's project, as of its day; not found where no report speaks of it."""
    query = context.query
    project = query.project
    if project is None:
        return answer_unknown_name(context) if query.words else answer_unnamed(context)
    asked = period(context)
    end = min(query.as_of, asked.end) if query.range else query.as_of
    known = context.library.projects(context.viewer, end)
    above = next((p.name for p in known if p.subject == project.parent), None)
    family = {p.subject: p for p in known if p.parent == project.subject}
    told = context.library.updates(context.viewer, query.as_of, [project.subject, *family])
    told = tuple(m for m in told if query.range is None or asked.holds(m.report.report_date))
    if not told:
        span = context.range_text(query.range.start, query.range.end) if query.range else str(query.as_of)
        return context.not_found(context.say("status.not_found_range", range=span, name=project.name))
    relatives = [p.subject for p in known if project.parent and project.parent in (p.parent, p.subject)]
    beside = context.library.updates(context.viewer, query.as_of, relatives) if relatives else ()
    return _Status(replace(context, query=replace(query, as_of=end)), told, above, beside, known).answer()


class _Status:
    """One status answer in the making."""

    def __init__(
        self,
        context: Context,
        told: Sequence[Mention[Update]],
        above: str | None,
        beside: Sequence[Mention[Update]],
        known: Sequence[ProjectName],
    ) -> None:
        assert context.query.project is not None
        self.context, self.above = context, above
        self.project = context.query.project
        self.newest = told[0].report
        # A project's line tells of its parts too ("分账升级，大表治理已归档28/28张表"): theirs is not its own.
        parts = [m.record.name for m in told if m.subject != self.project.subject]
        self.told = [m if m.subject != self.project.subject else without_parts(m, parts) for m in told]
        found = standings(self.told)
        self.own = next((s for s in found if s.subject == self.project.subject), None)
        self.parts = [s for s in found if s.subject != self.project.subject and self._still_counts(s)]
        self.beside = beside
        # Looked for as reports write it; shown as it was called on that day, which knows no later new name.
        self.name = self.own.update.name if self.own else self.project.name
        self.known, self.called = known, {p.subject: p.name for p in known}
        self.title = self.called.get(self.project.subject, self.name)
        self.later = self._later_mentions()
        standing = [*([self.own] if self.own else []), *self.parts]
        self.citations = tuple(citation for each in standing for citation in self._cite(each))

    def _name(self, standing: Standing) -> str:
        return self.called.get(standing.subject, standing.update.name)

    def _still_counts(self, part: Standing) -> bool:
        """Parts of the newest report, and those of the last weeks that have a figure, a date or a state to carry on."""
        age = (self.newest.report_date - part.newest.report.report_date).days
        finished = self.own is not None and self.own.update.state is State.DONE
        return age == 0 or (age <= FORGOTTEN_AFTER_DAYS and part.telling and not finished)

    def _cite(self, standing: Standing) -> tuple[Citation, ...]:
        """Where it stands, and the lines of dates that another mention in the same report has."""
        report, update = standing.newest.report, standing.update
        inside = range(update.line, update.line_end + 1)
        lines = {m.line: m.text for m in reversed(standing.milestones) if m.line not in inside}
        return (
            self.context.cite(report, update.line, update.line_end, update.text),
            *(self.context.cite(report, line, about=text) for line, text in reversed(lines.items())),
        )

    def answer(self) -> Answer:
        query = self.context.query
        title = [Para(self._title())] if query.event or self._unsaid() else []
        body: list[Block] = [
            *title,
            *self._since(),
            self._summary(),
            *self._rows(),
            *self._quote(),
            *self._told_earlier(),
            *self._age(),
        ]
        return Answer(
            question=query.question,
            kind=query.kind,
            lang=query.lang,
            found=not self._unsaid() and (not self.context.query.event or bool(self._dated() or self._newer_lines())),
            head=self._head(),
            blocks=tuple(block for block in body if not isinstance(block, Para) or block.text),
            citations=self._ordered_citations(),
            range=self.context.asked_range(),
            data=self._data(),
        )

    def _head(self) -> Text:
        if self._unsaid():
            attribute = self.context.query.attribute
            return plain(self.context.say("status.not_said", name=self.title, attribute=attribute), Style.STRONG)
        return self._day_asked_for() if self.context.query.event else self._title()

    def _unsaid(self) -> bool:
        """Whether the question asks for something (预算) that no line on the project speaks of."""
        attribute = self.context.query.attribute
        if attribute is None:
            return False
        spoken = pattern("attributes", attribute_of(attribute))
        return not any(spoken.search(fold(mention.record.text)) for mention in self.told)

    def _title(self) -> Text:
        return join([
            plain(f"{self.above} / {self.title}" if self.above else self.title, Style.STRONG),
            plain(self.newest.team or ""),
            plain(self.context.report(self.newest)),
        ])  # fmt: skip

    def _day_asked_for(self) -> Text:
        """ "小贝什么时候上线?" has its day in the first line: as the newest report that dates the event has it."""
        say, event = self.context.say, str(self.context.query.event)
        dated, newer = self._dated(), self._newer_lines()
        if not dated and not newer:
            return plain(say("status.when_unknown", name=self.title, event=event), Style.STRONG)
        # A part's day is never given as the whole project's: it stands with the part's name.
        texts = [
            ("" if mention.subject == self.project.subject else f"{mention.record.name} ")
            + self._milestone_words(m)
            + (f"（{shortened(m.text, CLAUSE_LENGTH)}）" if len({(d.start, d.end) for _, d in dated}) > 1 else "")
            + self._written_in(mention)
            for mention, m in dated
        ]
        between = "；" if self.context.query.lang == "zh" else "; "
        days = between.join(dict.fromkeys([*newer, *texts]))
        return plain(say("status.when_more", name=self.title, days=days), Style.STRONG)

    def _dated(self) -> list[tuple[Mention[Update], Milestone]]:
        """The asked event of the project and its parts, each as its newest report that dates it has it."""
        event, found, seen = self.context.query.event, [], dict[int | None, int]()
        for mention in self.told:
            if seen.get(mention.subject, mention.report.id) != mention.report.id:
                continue
            for milestone in mention.record.milestones:
                # A plan that a newer line speaks of again is no answer: that line is.
                if milestone.event == event and (milestone.done or not self._spoken_of_since(mention.subject)):
                    seen[mention.subject] = mention.report.id
                    found.append((mention, milestone))
        own = [entry for entry in found if entry[0].subject == self.project.subject]
        return [*own, *self._reached_before(own)] if own else found

    def _spoken_of_since(self, subject: int | None) -> bool:
        if subject == self.project.subject:
            return any(event_in(fold(hit.text)) == self.context.query.event for hit in self.later)
        return any(part.subject == subject and self._newer_words(part) for part in self.parts)

    def _newer_lines(self) -> list[str]:
        """What newer lines say of the asked event, where they speak of the project or a part beside its own line."""
        event = self.context.query.event
        lines = []
        for hit in self.later:
            for clause in clauses(hit.text):
                if self.name in clause.text and event_in(fold(clause.text)) == event:
                    lines.append(f"{clause.text.strip()} {self.context.report(hit.report)}")
        for part in self.parts:
            newer = self._newer_words(part)
            if newer and event_in(fold(newer[0])) == event:
                lines.append(f"{newer[0]} {self.context.report(newer[1].report)}")
        return lines

    def _reached_before(
        self, newest: Sequence[tuple[Mention[Update], Milestone]]
    ) -> list[tuple[Mention[Update], Milestone]]:
        """Other days on which the same event was reached: a first stage live in September, a second in November."""
        seen = {(m.start, m.end) for _, m in newest}
        found = []
        for mention in self.told:
            for m in mention.record.milestones if mention.subject == self.project.subject else ():
                if m.event == self.context.query.event and m.done and (m.start, m.end) not in seen:
                    seen.add((m.start, m.end))
                    found.append((mention, m))
        return found

    def _written_in(self, mention: Mention[Update]) -> str:
        if mention.report.id == self.newest.id:
            return ""
        return self.context.say("status.written_in", report=self.context.report(mention.report))

    def _all(self) -> list[Standing]:
        return [*([self.own] if self.own else []), *self.parts]

    def _summary(self) -> Para:
        """What matters: how far, what is overdue, and what comes next."""
        say, pieces = self.context.say, []
        if self.parts:
            pieces.append(plain(say("status.parts", count=len(self.parts))))
        if self.own:
            pieces.append(self._figures(self.own))
        overdue = [(s, m) for s in self._all() for m in s.milestones if self._overdue(s, m)]
        pieces += [self._alert(s, m) for s, m in overdue]
        ahead = sorted(
            ((m.start, s, m) for s in self._all() for m in s.milestones if self._ahead(m)), key=lambda e: e[0]
        )
        if ahead and not overdue:
            _, standing, milestone = ahead[0]
            pieces.append(plain(self._named("upcoming", standing, milestone)))
        elif not overdue:
            known = [s for s in self.parts if s.progress is not None and not self._newer_words(s)]
            pieces += [plain(f"{self._name(s)} {s.progress:g}%") for s in known]
        return Para(join(pieces, "；" if self.context.query.lang == "zh" else "; "))

    def _last_figure(self) -> Mention[Update] | None:
        """The newest mention with a progress, where what the newest report says of the project is only words."""
        if self.own is None or self.own.telling:
            return None
        for mention in self.told:
            if mention.subject != self.project.subject:
                continue
            if mention.record.progress is not None:
                return mention
            if any(m.done for m in mention.record.milestones) or mention.record.state is State.DONE:
                return None  # 65 % from before it went live says nothing about it any more
        return None

    def _told_earlier(self) -> Iterable[Para]:
        if figure := self._last_figure():
            progress, report = f"{figure.record.progress:g}", self.context.report(figure.report)
            words = self.context.say("status.last_figure", progress=progress, report=report, line=figure.record.line)
            yield Para(plain(words, Style.DIM))

    def _figures(self, standing: Standing) -> Text:
        progress = f"{standing.progress:g}%" if standing.progress is not None else ""
        state = self.context.say(f"status.{standing.update.state}") if standing.update.state else ""
        return plain(" ".join(filter(None, (progress, state))), Style.STRONG)

    def _alert(self, standing: Standing, milestone: Milestone) -> Text:
        return plain(self._named("overdue", standing, milestone), Style.WARN)

    def _named(self, key: str, standing: Standing, milestone: Milestone) -> str:
        own = standing is self.own
        span = self.context.days(milestone.start, milestone.end)
        part = "" if own else self._name(standing)
        figure = f" {standing.progress:g}%" if standing.progress is not None and not own else ""
        return self.context.say(
            f"status.{key}{'_own' if own else ''}",
            name=part + figure,
            day=span,
            event=self.context.event(milestone),
        )

    def _overdue(self, standing: Standing, milestone: Milestone) -> bool:
        """Past, and neither reached nor settled in any other way, by the rules that hold for every list of dates."""
        if milestone.done or milestone.end >= self.context.as_of or not self.project.firm:
            return False  # a highlight is news of a day, whose end nobody reports
        newer = self.later if standing is self.own else self._newer_words(standing) or self._spoken_since(standing)
        return not newer and not self._fates.ended(standing.subject, milestone)

    def _spoken_since(self, part: Standing) -> tuple[Hit, ...]:
        name = part.update.name
        return spoken_since(self.context, name, part.newest.report, self._last()) if len(key(name)) > 2 else ()

    @cached_property
    def _fates(self) -> Fates:
        """What became of the plans of the project, its kin, and those of its team with a name nearly its own."""
        context, told = self.context, [*self.told, *self.beside]
        subjects = {mention.subject for mention in told}
        known = [project for project in self.known if project.team == self.project.team]
        named = [project for project in known if project.subject in subjects]
        near = {subject for project in named for subject in alike_subjects(project, known)} - subjects
        near |= {project.subject for project in known if project.parent in near} - subjects
        told += context.library.updates(context.viewer, context.query.as_of, sorted(near)) if near else ()
        return Fates(known, told)

    def _ahead(self, milestone: Milestone) -> bool:
        return not milestone.done and milestone.end >= self.context.as_of

    def _rows(self) -> Iterable[Table]:
        rows = [self._row(s) for s in self._all() if s is not self.own or s.progress is not None or s.milestones]
        if rows:
            say = self.context.say
            columns = [say(f"columns.{name}") for name in ("project", "progress", "dates", "source")]
            yield Table(tuple(columns), tuple(rows))

    def _row(self, standing: Standing) -> tuple[Cell, ...]:
        report = standing.newest.report
        if newer := self._newer_words(standing):
            clause, mention = newer
            elsewhere = mention.report.id != self.newest.id
            label = f"{mention.report.label or mention.report.report_date} " if elsewhere else ""
            source = plain(label + self.context.say("answer.line", line=mention.record.line), Style.DIM)
            return plain(shortened(self._name(standing), NAME_LENGTH)), (), plain(clause), source
        when = "" if report.id == self.newest.id else f"{report.label or report.report_date} "
        update = standing.update
        lines = line_ranges(sorted({*range(update.line, update.line_end + 1), *(m.line for m in standing.milestones)}))
        place = "answer.line" if lines.isdigit() else "answer.lines"
        source = plain(when + self.context.say(place, line=lines, lines=lines), Style.DIM)
        progress: Cell = Bar(standing.progress) if standing.progress is not None else plain(self._state_word(standing))
        return plain(shortened(self._name(standing), NAME_LENGTH)), progress, self._dates_or_note(standing), source

    def _newer_words(self, part: Standing) -> tuple[str, Mention[Update]] | None:
        return None if part is self.own else newer_words(part, self.told)

    def _state_word(self, standing: Standing) -> str:
        return self.context.say(f"status.{standing.update.state}") if standing.update.state else ""

    def _dates_or_note(self, standing: Standing) -> Text:
        if not standing.milestones:
            return plain(note(standing.update))
        spans = [
            plain(
                self._milestone_words(m) + (" ⚠" if self._overdue(standing, m) else ""),
                Style.WARN if self._overdue(standing, m) else Style.PLAIN,
            )
            for m in standing.milestones
        ]
        return join(spans, ", " if self.context.query.lang == "en" else "，")

    def _milestone_words(self, milestone: Milestone) -> str:
        name = "happened" if milestone.done else "doubtful" if milestone.doubtful else "upcoming_own"
        span = self.context.days(milestone.start, milestone.end)
        return self.context.say(f"status.{name}", day=span, event=self.context.event(milestone))

    def _quote(self) -> Iterable[Para]:
        """The project's own line in full, where it has no parts to stand for it or says more than its name."""
        if self.own and note(self.own.update):
            source = self.context.say("answer.line", line=self.own.update.line)
            text = " ".join(self.own.update.text.split())
            yield Para((*plain(text), Span(f"  {source}", Style.DIM)))

    def _age(self) -> Iterable[Para]:
        age = (self.context.as_of - self.newest.report_date).days
        if age > OLD_AFTER_DAYS and not self.later:
            label = self.newest.label or self.newest.source
            text = self.context.say("status.age", label=label, date=self.newest.report_date, days=age)
            yield Para(plain(text, Style.WARN))

    def _since(self) -> Iterable[Para]:
        """Lines of later reports that speak of it elsewhere; first, since old news never stands before new."""
        for hit in self.later:
            where = f"{hit.report.label or hit.report.report_date} {self.context.say('answer.line', line=hit.line)}"
            text = next((line for line in hit.text.split("\n") if self.name in line), hit.text.split("\n")[0])
            yield Para((*plain(shortened(text.strip(), SINCE_LENGTH)), Span(f"  {where}", Style.DIM)), 0, True)

    def _later_mentions(self) -> tuple[Hit, ...]:
        return spoken_since(self.context, self.name, self.newest, self._last())

    def _last(self) -> date:
        asked = self.context.query.range
        return asked.end if asked else self.context.as_of

    def _ordered_citations(self) -> tuple[Citation, ...]:
        """Best first: with an event asked for, the lines that date it."""
        dated = self._dated() if self.context.query.event else []
        proofs = [self.context.cite(told.report, milestone.line, about=milestone.text) for told, milestone in dated]
        later = [self.context.cite(hit.report, hit.line, hit.line_end, hit.text) for hit in self.later]
        figure = self._last_figure()
        earlier = [self.context.cite(figure.report, figure.record.line, about=figure.record.text)] if figure else []
        newer = [found[1] for part in self.parts if (found := self._newer_words(part))]
        words = [self.context.cite(t.report, t.record.line, t.record.line_end, about=t.record.text) for t in newer]
        return tuple(dict.fromkeys([*proofs, *later, *self.citations, *words, *earlier]))

    def _asked_data(self) -> dict[str, Any]:
        """The day that the question asks for, with the report that dates it."""
        if not self.context.query.event:
            return {}
        days = [{**milestone_data(m), "name": told.record.name, **where(told)} for told, m in self._dated()]
        return {"asked": {"event": self.context.query.event, "milestones": days}}

    def _data(self) -> dict[str, Any]:
        own = facts(self.own) if self.own else {"progress": None, "state": None, "milestones": [], "text": None}
        return {
            "project": self.title,
            "parent": self.above,
            "team": self.newest.team,
            "report": {"label": self.newest.label, "date": self.newest.report_date.isoformat()},
            **own,
            **self._asked_data(),
            "parts": [{"name": self._name(s), **facts(s)} for s in self.parts],
        }
