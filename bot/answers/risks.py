"""`/risks`: what is blocked, waiting, falling, stalled or too slow for its date, and what reports list as risks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from bot.answers.consulted import consulted_data, consulted_notes
from bot.answers.context import Context
from bot.answers.courses import Course, called, courses
from bot.answers.dangers import Danger, Finding, by_report, figures_of, findings
from bot.answers.dates import entries_of
from bot.answers.listing import Entry, answer_list
from bot.answers.model import Answer, Block, Para, Span, Style, plain
from bot.answers.period import Period, period
from bot.answers.projects import Chosen
from bot.answers.risk_lines import RiskLine, risk_lines
from bot.answers.risk_rows import Threat, line_entry, one_head, preferred, standing_line, threat_entry
from bot.answers.spoken_of import only_spoken_of
from bot.answers.underway import (
    FIGURE_DAYS,
    OpenDate,
    cite_mention,
    named,
    newest_reports,
    no_reports,
    over,
    owner_of,
    reports_told,
    since,
)
from bot.question.lexicon import lexicon, pattern
from store.records import ReportRef
from store.words.normalise import fold

MOST_NAMED = 4
ORDER = tuple(Danger)
# Which dangers each aspect asks for; 卡住 and 停滞 are said of all that doesn't go on.
ASKED = {
    "blocked": {Danger.BLOCKED},
    "paused": {Danger.PAUSED},
    "waiting": {Danger.WAITING},
    "stalled": {Danger.STALLED, Danger.BLOCKED, Danger.PAUSED},
    "falling": {Danger.FALLING},
    "pace": {Danger.PACE},
    "risk": set(Danger),
    "stuck": {Danger.BLOCKED, Danger.PAUSED, Danger.WAITING, Danger.STALLED},
}

HELD = frozenset(ASKED["paused"] | ASKED["waiting"])


def answer_risks(context: Context) -> Answer:
    """What endangers the projects under way by their newest reports; of a range or of one project, what ever did."""
    asked = period(context)
    end = min(context.as_of, asked.end)
    reports, told = reports_told(context, asked, end)
    if not told:
        return no_reports(context, asked, bool(reports), "risks")
    then = replace(context, query=replace(context.query, as_of=end))
    found = _Found(then, asked, told, newest_reports(reports))
    return _one(found) if context.query.project is not None else _list(found)


def kinds_asked(context: Context) -> frozenset[Danger]:
    """The dangers that the question names, also as its command (/阻塞); all where it names none."""
    question = fold(context.query.question)
    names = {name for name in lexicon()["aspects"]["risks"] if pattern("aspects.risks", name).search(question)}
    names |= {context.query.aspect} if context.query.aspect else set()
    return frozenset(danger for name in names for danger in ASKED[name]) or frozenset(Danger)


@dataclass(frozen=True, slots=True)
class _Found:
    """What the answer is made from. `then` is the question with the last day of its range for its day, `told` the
    reports of the range, `newest` the newest report of each team."""

    then: Context
    asked: Period
    told: tuple[ReportRef, ...]
    newest: Mapping[str | None, ReportRef]

    @property
    def ever(self) -> bool:
        """Whether past dangers are asked for too."""
        query = self.then.query
        fell = query.aspect == "falling" and pattern("words", "ever").search(fold(query.question)) is not None
        return query.range is not None or query.project is not None or fell

    def threats(self, kinds: frozenset[Danger]) -> list[Threat]:
        """The projects and parts with a danger of these kinds, the worst first."""
        query = replace(self.then.query, project=None, range=None, words="", owner=None)
        now = Chosen(replace(self.then, query=query), courses(replace(self.then, query=query)), self.told,
                     dict(self.newest))  # fmt: skip
        under_way = {row.course.project.subject: row for whole in now.rows() for row in whole.family}
        found = []
        for course in self._courses() if self.ever else [row.course for row in under_way.values()]:
            row = under_way.get(course.project.subject)
            finished = over(course, now.by_subject.get(course.project.parent or 0))
            dates = row.dates if row else ()
            threat = self._threat(course, called(course, now.known), dates, kinds, goes_on=not finished)
            if threat.findings and self._owned(course):
                found.append(threat)
        return sorted(found, key=_urgency)

    def _courses(self) -> tuple[Course, ...]:
        """All that the range may speak of; where words narrow it (PCI整改23周为什么没动), highlights too."""
        return courses(self.then, highlights=bool(self.then.query.words))

    def _threat(
        self, course: Course, title: str, dates: Sequence[OpenDate], kinds: frozenset[Danger], *, goes_on: bool
    ) -> Threat:
        told = [f for f in findings(course, dates) if f.danger in kinds and self.asked.holds(f.report.report_date)]
        current = [f for f in told if goes_on and is_current(f, course)]
        past = [f for f in told if f not in current] if self.ever else []
        past.sort(key=lambda f: f.report.report_date, reverse=True)
        current.sort(key=lambda f: ORDER.index(f.danger))
        return Threat(course, title, tuple(current), tuple(past), self.newest[course.mentions[0].report.team])

    def _owned(self, course: Course) -> bool:
        owner, known = self.then.query.owner, owner_of(course)
        return owner is None or (known is not None and fold(owner) in fold(known[0]))

    def lines(self, kinds: frozenset[Danger]) -> list[RiskLine]:
        """The lines of the risk sections: of the range, else of the newest report of each team."""
        then, query = self.then, self.then.query
        now = [r for r in self.newest.values() if r.report_date >= since(then.as_of)]
        reports = self.told if query.range else now
        if query.owner:
            return []
        found = risk_lines(then, reports, then.library.projects(then.viewer, then.as_of))
        return [line for line in found if line.danger in kinds and self._meant(line)]

    def _meant(self, line: RiskLine) -> bool:
        project = self.then.query.project
        return project is None or any(project.subject in (p.subject, p.parent) for p in line.projects)


def is_current(finding: Finding, course: Course) -> bool:
    """Whether the newest report that speaks of the project still tells it, or no newer figure has changed it."""
    newest = course.mentions[0].report
    if finding.danger in (Danger.FALLING, Danger.STALLED) and finding.figures:
        figures = figures_of(by_report(course))
        age = (newest.report_date - finding.report.report_date).days
        return figures[0][1] == finding.told[0] and age <= FIGURE_DAYS
    return finding.danger is Danger.PACE or finding.report.id == newest.id


def _urgency(threat: Threat) -> tuple[bool, int, int, str]:
    first = threat.findings[0]
    return not threat.current, ORDER.index(first.danger), -first.report.report_date.toordinal(), threat.title


def _list(found: _Found) -> Answer:
    then, kinds = found.then, kinds_asked(found.then)
    threats, lines = _stuck(found, kinds) if kinds >= ASKED["stuck"] else (found.threats(kinds), found.lines(kinds))
    if kinds == ASKED["blocked"] and not (threats or lines) and (held := found.threats(HELD)):
        threats = held  # what waits for an approval is blocked, though reports say that it is paused
    lacking = ""
    if not (threats or lines) and kinds != frozenset(Danger):
        # What waits for a template's approval or is at risk is no "nothing blocked" to whoever asks in a meeting.
        threats, lines = found.threats(frozenset(Danger)), found.lines(frozenset(Danger))
        lacking = _kinds_text(then, kinds) if threats or lines else ""
    made: list[Threat | RiskLine] = [*threats, *lines]
    entries, unknown = only_spoken_of(then, entries_of(then, made, partial(_entry, then)))
    if unknown:
        return unknown
    return answer_list(
        then, _head(found, entries, kinds, lacking), entries, found=True, name="risks",
        notes=_notes(found, kinds, lines), data=_data(found, kinds),
    )  # fmt: skip


def _stuck(found: _Found, kinds: frozenset[Danger]) -> tuple[list[Threat], list[RiskLine]]:
    """What doesn't go on, and beside it what is late for a reason that a report lists among its risks: 卡在哪 is asked
    for both."""
    lines = found.lines(frozenset(Danger))
    listed = {project.subject for line in lines for project in line.projects}
    threats = [t for t in found.threats(kinds | {Danger.DELAYED})
               if t.course.project.subject in listed or any(f.danger in kinds for f in t.findings)]  # fmt: skip
    late = {threat.course.project.subject for threat in threats}
    return threats, [line for line in lines if line.danger in kinds or any(p.subject in late for p in line.projects)]


def _entry(then: Context, one: Threat | RiskLine, cited: bool) -> Entry:
    return threat_entry(then, one, cited) if isinstance(one, Threat) else line_entry(then, one, cited)


def _head(found: _Found, entries: Sequence[Entry], kinds: frozenset[Danger], lacking: str = "") -> str:
    then, asked = found.then, found.asked
    span = then.range_text(asked.start, asked.end) if then.query.range else then.range_text(None, then.as_of)
    if not entries:
        return then.say("risks.none", range=span, kinds=_kinds_text(then, kinds))
    counted = Counter(danger for entry in entries for danger in {f["danger"] for f in entry.data["findings"]})
    of_kinds = named(then, [f"{then.say(f'risks.{danger}')} {counted[danger]}" for danger in ORDER if counted[danger]],
                     len(ORDER))  # fmt: skip
    key = "risks.head_other" if lacking else "risks.head"
    head = then.say(key, range=span, count=len(entries), kinds=of_kinds, lacking=lacking)
    names = list(dict.fromkeys(entry.data["name"] for entry in entries if entry.data["name"]))
    return head + (then.say("risks.names", names=named(then, names, MOST_NAMED)) if names else "")


def _kinds_text(then: Context, kinds: frozenset[Danger]) -> str:
    return named(then, [then.say(f"risks.{danger}") for danger in ORDER if danger in kinds], len(ORDER))


def _notes(found: _Found, kinds: frozenset[Danger], lines: Sequence[RiskLine]) -> list[Block]:
    say, notes = found.then.say, list[Block]()
    if Danger.STALLED in kinds or Danger.PACE in kinds:
        notes.append(Para((Span(say("risks.rule"), Style.DIM),)))
    return [*notes, *consulted_notes(found.then, _consulted(found))]


def _consulted(found: _Found) -> tuple[ReportRef, ...]:
    """The reports that were looked in: of one project, those of its team."""
    project = found.then.query.project
    return tuple(r for r in found.told if project is None or r.team == project.team)


def _data(found: _Found, kinds: frozenset[Danger]) -> dict[str, object]:
    start = found.asked.start
    return {
        "start": start.isoformat() if start else None, "end": found.then.as_of.isoformat(),
        "kinds": [danger for danger in ORDER if danger in kinds],
        "consulted": consulted_data(_consulted(found)),
    }  # fmt: skip


def _one(found: _Found) -> Answer:
    """One project: how it stands now comes first, then what endangers it, and what did before."""
    then, query = found.then, found.then.query
    assert query.project is not None
    course = next((c for c in courses(then) if c.project.subject == query.project.subject), None)
    if course is None:
        head = then.say("silent.unknown", name=query.project.name)
        return then.not_found(head, data={"count": 0, "risks": []})
    kinds = kinds_asked(then)
    threats = [preferred(threat, kinds) for threat in found.threats(frozenset(Danger))]
    threats.sort(key=lambda t: (not any(f.danger in kinds for f in t.findings), t.course.project.parent is not None))
    lines = found.lines(frozenset(Danger))
    made: list[Threat | RiskLine] = [*threats, *lines]
    entries, unknown = only_spoken_of(then, entries_of(then, made, partial(_entry, then)))
    if unknown:
        entries = entries_of(then, made, partial(_entry, then))
    words = [Para(plain(then.say("risks.beside", words=query.words)))] if unknown else []
    return answer_list(
        then, one_head(then, course, threats, lines, kinds), entries, found=not unknown, name="risks",
        before=[standing_line(then, course), *words], notes=_notes(found, kinds, lines),
        citations=[cite_mention(then, course.newest)], data=_data(found, frozenset(Danger)),
    )  # fmt: skip
