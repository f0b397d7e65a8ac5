"""How a project stands: its parts, progress, next and overdue dates, and how old the news is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.answers.context import Context
from bot.answers.model import Answer, Bar, Block, Cell, Para, Span, Style, Table, Text, join, plain
from store.reading.events import as_written
from store.records import Citation, Mention, Milestone, SectionKind, Update

# News older than a week and a half has missed a report.
OLD_AFTER_DAYS = 10
# A part of which no report spoke for this long no longer belongs to how the project stands now.
FORGOTTEN_AFTER_DAYS = 42
NOTE_LENGTH = 60
NAME_LENGTH = 24


@dataclass(frozen=True, slots=True)
class Standing:
    """One project or part as it stands: its newest mentions (of one report), and the best figures in them."""

    subject: int
    mentions: tuple[Mention[Update], ...]

    @property
    def newest(self) -> Mention[Update]:
        """The mention that says most: among the projects before the highlights, with figures before without."""
        return max(self.mentions, key=_says)

    @property
    def update(self) -> Update:
        """What that mention says."""
        return self.newest.record

    @property
    def milestones(self) -> tuple[Milestone, ...]:
        """The dates of all its newest mentions, each once, in order of time."""
        found = {(m.event, m.start, m.end): m for mention in self.mentions for m in mention.record.milestones}
        return tuple(sorted(found.values(), key=lambda m: (m.start, m.end)))

    @property
    def progress(self) -> float | None:
        """The progress that the newest report states, wherever in it."""
        ordered = (self.newest, *self.mentions)
        return next((m.record.progress for m in ordered if m.record.progress is not None), None)

    @property
    def telling(self) -> bool:
        """Whether it has anything beyond words."""
        return self.progress is not None or bool(self.milestones) or self.update.state is not None


def _says(mention: Mention[Update]) -> tuple[bool, bool, int, bool]:
    update = mention.record
    firm = update.kind is SectionKind.PROJECTS
    return firm, update.progress is not None, len(update.milestones), update.state is not None


def answer_status(context: Context) -> Answer:
    """The status of the query's project, as of its day; not found where no report speaks of it."""
    query = context.query
    project = query.project
    if project is None:
        return _unnamed(context) if not query.words else _unknown(context)
    family = {
        p.subject: p for p in context.library.projects(context.viewer, query.as_of) if p.parent == project.subject
    }
    told = context.library.updates(context.viewer, query.as_of, [project.subject, *family])
    if query.range and query.range.start:
        told = tuple(
            m for m in told if m.report.report_date >= query.range.start and m.report.report_date <= query.range.end
        )
    if not told:
        span = context.range_text(query.range.start, query.range.end) if query.range else str(query.as_of)
        return context.not_found(context.say("status.not_found_range", range=span, name=project.name))
    return _Status(context, told).answer()


class _Status:
    """One status answer in the making."""

    def __init__(self, context: Context, told: Sequence[Mention[Update]]) -> None:
        assert context.query.project is not None
        self.context, self.told = context, told
        self.project = context.query.project
        self.newest = told[0].report
        standings = _standings(told)
        self.own = next((s for s in standings if s.subject == self.project.subject), None)
        self.parts = [s for s in standings if s.subject != self.project.subject and self._still_counts(s)]
        self.settled = {(m.event, m.start) for t in told for m in t.record.milestones if m.done}
        # As it was called then: a later new name isn't known to a question as of an earlier day.
        self.name = self.own.update.name if self.own else self.project.name
        self.citations = tuple(self._cite(s) for s in [*([self.own] if self.own else []), *self.parts])

    def _still_counts(self, part: Standing) -> bool:
        """Parts of the newest report, and those of the last weeks that have a figure, a date or a state to carry on."""
        age = (self.newest.report_date - part.newest.report.report_date).days
        return age == 0 or (age <= FORGOTTEN_AFTER_DAYS and part.telling)

    def _cite(self, standing: Standing) -> Citation:
        return self.context.cite(standing.newest.report, standing.update.line, standing.update.line_end)

    def answer(self) -> Answer:
        query = self.context.query
        title = [Para(self._title())] if query.event else []
        body: list[Block] = [*title, self._summary(), *self._rows(), *self._quote(), *self._age()]
        return Answer(
            question=query.question,
            kind=query.kind,
            lang=query.lang,
            found=not self.context.query.event or bool(self._dated()),
            head=self._head(),
            blocks=tuple(block for block in body if not isinstance(block, Para) or block.text),
            citations=self._ordered_citations(),
            range=self.context.asked_range(),
            data=self._data(),
        )

    def _head(self) -> Text:
        return self._day_asked_for() if self.context.query.event else self._title()

    def _title(self) -> Text:
        return join([
            plain(self.name, Style.STRONG),
            plain(self.newest.team or ""),
            plain(self.context.report(self.newest)),
        ])  # fmt: skip

    def _day_asked_for(self) -> Text:
        """ "小贝什么时候上线?" has its day in the first line: as the newest report that dates the event has it."""
        say, event = self.context.say, str(self.context.query.event)
        dated = self._dated()
        if not dated:
            return plain(say("status.when_unknown", name=self.name, event=event), Style.STRONG)
        many = len({mention.subject for mention, _ in dated}) > 1
        texts = [
            (f"{mention.record.name} " if many else "") + self._milestone_words(m) + self._written_in(mention)
            for mention, m in dated
        ]
        between = "；" if self.context.query.lang == "zh" else "; "
        return plain(say("status.when_more", name=self.name, days=between.join(texts)), Style.STRONG)

    def _dated(self) -> list[tuple[Mention[Update], Milestone]]:
        """The asked event of the project and its parts, each as its newest report that dates it has it."""
        event, found, seen = self.context.query.event, [], dict[int | None, int]()
        for mention in self.told:
            if seen.get(mention.subject, mention.report.id) != mention.report.id:
                continue
            for milestone in mention.record.milestones:
                if milestone.event == event:
                    seen[mention.subject] = mention.report.id
                    found.append((mention, milestone))
        own = [entry for entry in found if entry[0].subject == self.project.subject]
        return own or found

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
        overdue = [(s, m) for s in self._all() for m in s.milestones if self._overdue(m)]
        pieces += [self._alert(s, m) for s, m in overdue]
        ahead = sorted(
            ((m.start, s, m) for s in self._all() for m in s.milestones if self._ahead(m)), key=lambda e: e[0]
        )
        if ahead and not overdue:
            _, standing, milestone = ahead[0]
            pieces.append(plain(self._named("upcoming", standing, milestone)))
        elif not overdue:
            pieces += [plain(f"{s.update.name} {s.progress:g}%") for s in self.parts if s.progress is not None]
        return Para(join(pieces, "；" if self.context.query.lang == "zh" else "; "))

    def _figures(self, standing: Standing) -> Text:
        progress = f"{standing.progress:g}%" if standing.progress is not None else ""
        state = self.context.say(f"status.{standing.update.state}") if standing.update.state else ""
        return plain(" ".join(filter(None, (progress, state))), Style.STRONG)

    def _alert(self, standing: Standing, milestone: Milestone) -> Text:
        return plain(self._named("overdue", standing, milestone), Style.WARN)

    def _named(self, key: str, standing: Standing, milestone: Milestone) -> str:
        own = standing is self.own
        span = self.context.days(milestone.start, milestone.end)
        part = "" if own else standing.update.name
        figure = f" {standing.progress:g}%" if standing.progress is not None and not own else ""
        return self.context.say(
            f"status.{key}{'_own' if own else ''}", name=part + figure, day=span, event=milestone.event
        )

    def _overdue(self, milestone: Milestone) -> bool:
        """Past, and neither it nor the same event on the same day of another part is told as done."""
        told_done = milestone.done or (milestone.event, milestone.start) in self.settled
        return not told_done and milestone.end < self.context.as_of

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
        when = "" if report.id == self.newest.id else f"{report.label or report.report_date} "
        source = plain(when + self.context.say("answer.line", line=standing.update.line), Style.DIM)
        progress: Cell = Bar(standing.progress) if standing.progress is not None else plain(self._state_word(standing))
        return plain(shortened(standing.update.name, NAME_LENGTH)), progress, self._dates_or_note(standing), source

    def _state_word(self, standing: Standing) -> str:
        return self.context.say(f"status.{standing.update.state}") if standing.update.state else ""

    def _dates_or_note(self, standing: Standing) -> Text:
        if not standing.milestones:
            return plain(note(standing.update))
        spans = [
            plain(
                self._milestone_words(m) + (" ⚠" if self._overdue(m) else ""),
                Style.WARN if self._overdue(m) else Style.PLAIN,
            )
            for m in standing.milestones
        ]
        return join(spans, ", " if self.context.query.lang == "en" else "，")

    def _milestone_words(self, milestone: Milestone) -> str:
        name = "happened" if milestone.done else "doubtful" if milestone.doubtful else "upcoming_own"
        span = self.context.days(milestone.start, milestone.end)
        return self.context.say(f"status.{name}", day=span, event=as_written(milestone.event, milestone.text))

    def _quote(self) -> Iterable[Para]:
        """The project's own line in full, where it has no parts to stand for it or says more than its name."""
        if self.own and note(self.own.update):
            source = self.context.say("answer.line", line=self.own.update.line)
            text = " ".join(self.own.update.text.split())
            yield Para((*plain(text), Span(f"  {source}", Style.DIM)))

    def _age(self) -> Iterable[Para]:
        age = (self.context.as_of - self.newest.report_date).days
        if age > OLD_AFTER_DAYS:
            label = self.newest.label or self.newest.source
            text = self.context.say("status.age", label=label, date=self.newest.report_date, days=age)
            yield Para(plain(text, Style.WARN))

    def _ordered_citations(self) -> tuple[Citation, ...]:
        """Best first: with an event asked for, the lines that date it."""
        dated = self._dated() if self.context.query.event else []
        proofs = [self.context.cite(mention.report, milestone.line) for mention, milestone in dated]
        return tuple(dict.fromkeys([*proofs, *self.citations]))

    def _data(self) -> dict[str, Any]:
        own = _facts(self.own) if self.own else {"progress": None, "state": None, "milestones": [], "text": None}
        return {
            "project": self.name,
            "team": self.newest.team,
            "report": {"label": self.newest.label, "date": self.newest.report_date.isoformat()},
            **own,
            "parts": [{"name": s.update.name, **_facts(s)} for s in self.parts],
        }


def _standings(told: Sequence[Mention[Update]]) -> list[Standing]:
    """Each subject's mentions of the newest report that speaks of it, in the order of that report."""
    newest: dict[int, list[Mention[Update]]] = {}
    for mention in told:
        subject = mention.subject or 0
        known = newest.setdefault(subject, [])
        if not known or known[0].report.report_date == mention.report.report_date:
            known.append(mention)
    found = [Standing(subject, tuple(mentions)) for subject, mentions in newest.items()]
    return sorted(found, key=lambda s: (-s.newest.report.report_date.toordinal(), s.update.line))


def note(update: Update) -> str:
    """What the update says beyond the project's name, shortened to fit a row."""
    first = " ".join(update.text.split("\n")[0].split())
    bare = first.removeprefix(f"【{update.name}】").strip()
    if bare == first:
        bare = first.removeprefix(update.name).lstrip("：:，, ")
    if not bare and "\n" in update.text:
        bare = " ".join(update.text.split("\n", 1)[1].split())
    return shortened(bare.strip("。. "), NOTE_LENGTH)


def shortened(text: str, length: int) -> str:
    """`text` in at most `length` characters, the last one an ellipsis where it was longer."""
    return text if len(text) <= length else text[: length - 1] + "…"


def _facts(standing: Standing) -> dict[str, Any]:
    update, report = standing.update, standing.newest.report
    return {
        "progress": update.progress,
        "state": update.state,
        "milestones": [_milestone_data(m) for m in standing.milestones],
        "text": update.text,
        "report_date": report.report_date.isoformat(),
        "source": report.source,
        "line": update.line,
    }


def _milestone_data(milestone: Milestone) -> dict[str, Any]:
    return {
        "event": milestone.event, "date_start": _iso(milestone.start), "date_end": _iso(milestone.end),
        "done": milestone.done, "doubtful": milestone.doubtful, "text": milestone.text, "line": milestone.line,
    }  # fmt: skip


def _iso(value: date) -> str:
    return value.isoformat()


def _unnamed(context: Context) -> Answer:
    """`/status` without a name: which projects there are to ask about."""
    names = recent_projects(context)
    head = context.say("status.which") if names else context.say("answer.no_reports")
    blocks = (Para(plain(context.say("status.current", names="、".join(names)))),) if names else ()
    examples = tuple(context.say("status.example", name=name) for name in names[:3])
    return context.not_found(head, blocks=blocks, suggestions=examples, data={"names": names})


def recent_projects(context: Context) -> list[str]:
    """The top-level projects of the last two weeks of reports, as they are called now."""
    projects = [p for p in context.library.projects(context.viewer, context.as_of) if p.parent is None]
    told = context.library.updates(context.viewer, context.as_of, [p.subject for p in projects])
    newest = told[0].report.report_date if told else context.as_of
    recent = {m.subject for m in told if (newest - m.report.report_date).days < 14}
    return [p.name for p in projects if p.subject in recent]


def _unknown(context: Context) -> Answer:
    """A name that no report speaks of, with the nearest names offered."""
    near = [project.name for project in context.query.near]
    head = context.say("status.not_found", words=context.query.words)
    names = near or recent_projects(context)
    key = "near" if near else "current"
    blocks = (Para(plain(context.say(f"status.{key}", names="、".join(names)))),) if names else ()
    examples = tuple(context.say("status.example", name=name) for name in names[:3])
    return context.not_found(
        head, blocks=blocks, suggestions=examples, data={"words": context.query.words, "near": near}
    )
