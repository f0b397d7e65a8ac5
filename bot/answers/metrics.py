"""A figure over the weeks: newest value and change, extremes, means, why it moved; or an overview of all figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.answers.causes import absence, cross_check, own_words, reasons
from bot.answers.context import Context
from bot.answers.figure_lines import said_move, said_place, told_a_week_later, without_value
from bot.answers.figure_words import FigureWords, Shown, figure_data, shown
from bot.answers.figures import Figure, Reading, before, figures
from bot.answers.listing import Entry, answer_list
from bot.answers.metrics_overview import answer_overview, direction, source_of
from bot.answers.model import Answer, Para, Span, Style, plain
from bot.answers.period import Period, period, slid
from bot.answers.trends import metric_chart
from bot.answers.week_rows import MOST_ROWS, team_reports, week_page
from bot.question.bounds import take_figure_bounds
from bot.question.lexicon import lexicon, pattern, rule
from store.records import ProjectName, ReportRef
from store.words.bigrams import terms
from store.words.normalise import fold
from store.words.speaking import speaks_of

NEWEST_WEEKS = 6
MOST_IN_HEAD = 3
OLD_AFTER_DAYS = 10
# The aspects that look at the newest weeks, where no range is named.
LAST_FEW = (None, "change", "against", "why", "target")


def answer_metrics(context: Context) -> Answer:
    """The figures that the question names, or an overview; not found where the reports don't give them."""
    context, query = _without_comparison(context), context.query
    if context.library.span(context.viewer, context.as_of) is None:
        return context.not_found(context.none_known(), data={"metrics": []})
    named = [m for m in query.metrics if query.team in (None, m.team)]
    if not named:
        return _unknown(context) if query.words or query.metrics else answer_overview(context)
    return answer_figures(context, [figure for figure in _told(context, named) if _speaks_of(context, figure)])


def answer_figures(context: Context, found: Sequence[Figure]) -> Answer:
    """What the question asks of these figures; not found where its range has none of their values."""
    return _Asked(context, found).answer()


def _without_comparison(context: Context) -> Context:
    """ "比上周" names the week that the newest value is held against, and no range to look in."""
    asked, against = context.query.range, lexicon()["aspects"]["metrics"]["against"]
    question = fold(context.query.question)
    same = context.query.aspect == "unmoved" and rule("as before").search(question)
    compares = same or any(fold(words) in question for words in against)
    if not compares or asked is None or not asked.single_week:
        return context
    return replace(context, query=replace(context.query, range=None))


def _told(context: Context, named: Sequence[ProjectName]) -> list[Figure]:
    told = context.library.metric_values(context.viewer, context.as_of, [m.subject for m in named])
    reports = {m.team: team_reports(context, m.team) for m in named}
    found = [f for m in named for f in figures(m, [t for t in told if t.subject == m.subject], reports[m.team])]
    return sorted(found, key=lambda f: (f.metric.team or "", -f.readings[-1].report.report_date.toordinal()))


def _speaks_of(context: Context, figure: Figure) -> bool:
    """Whether the figure is about every word that the question has left."""
    texts = [figure.metric.name, figure.group or "", *(name for name, _ in figure.metric.names)]
    return all(any(speaks_of(term, text) for text in texts) for term in terms(context.query.words))


def _unknown(context: Context) -> Answer:
    query = context.query
    words = query.words or "、".join(m.name for m in query.metrics)
    near = list(dict.fromkeys(m.name for m in query.near))
    blocks = (Para(plain(context.say("metrics.near", names="、".join(near)))),) if near else ()
    asks = [context.say("metrics.example", name=name) for name in near[:3]]
    return context.not_found(
        context.say("metrics.unknown", words=words), blocks=blocks,
        suggestions=(*asks, context.say("metrics.search", words=words)),
        data={"words": words, "near": near, "metrics": []},
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Verdict:
    """The answer in a sentence, and the change that it speaks of; `unsaid` where the reports don't give it."""

    text: str
    step: tuple[Reading, Reading] | None = None
    unsaid: bool = False


class _Asked:
    """One answer on named figures in the making."""

    def __init__(self, context: Context, found: Sequence[Figure]) -> None:
        self.context, self.query, self.say = context, context.query, context.say
        self.asked = period(context)
        self.weeks = {f.metric.team: period(context, f.metric.team) for f in found}
        self.found = found
        self.reports = {f.metric.team: team_reports(context, f.metric.team) for f in found}
        self.told = [one for figure in found if (one := self._shown(figure))]
        self.words = FigureWords(context, teams=len({f.metric.team for f in found}) > 1)
        self.words.tell_apart(found)

    def _shown(self, figure: Figure) -> Shown | None:
        asked = self.weeks[figure.metric.team]
        whether = self._asks_whether()
        readings = [r for r in figure.readings if asked.holds(r.report.report_date)]
        readings = [r for r in readings if whether or self._between(r, figure.unit)]
        if self.query.newest:
            readings = readings[-self.query.newest :]
        elif self._of_last_few():
            readings = readings[-NEWEST_WEEKS:]
        if not readings:
            return None
        first = asked.start if self.query.range else readings[0].report.report_date
        return shown(figure, readings, self.reports[figure.metric.team], first, asked.end)

    def _of_last_few(self) -> bool:
        """Whether the newest weeks will do: none are named, nor looked for by their values."""
        searched = self._bounds() or _asks_weeks(self.context)
        return self.query.range is None and self.query.aspect in LAST_FEW and not searched

    def _between(self, reading: Reading, unit: str | None) -> bool:
        least, most, asked = self.query.least, self.query.most, self.query.unit
        if asked and unit and not fold(unit).startswith(asked) and not asked.startswith(fold(unit)):
            return False  # 0.5秒 is no bound for milliseconds
        return (least is None or reading.value >= least) and (most is None or reading.value <= most)

    def answer(self) -> Answer:
        """The answer on one figure with its weeks, or on several, each on its own."""
        if not self.found:
            return _unknown(self.context)
        if not self.told:
            return self._not_told()
        return self._single(self.told[0]) if len(self.told) == 1 else self._several()

    def _asks_whether(self) -> bool:
        """Whether yes or no is asked of where it stands, and not ever, or of weeks."""
        asked = fold(take_figure_bounds(self.query, fold(self.query.question))[1])
        weeks = pattern("words", "ever").search(asked) or pattern("words", "which").search(asked)
        return pattern("words", "yes or no").search(asked) is not None and not weeks and self.query.range is None

    # ---- one figure ----------------------------------------------------------------------------------------------

    def _single(self, told: Shown) -> Answer:
        verdict = self._verdict(told)
        asks_why = self.query.aspect == "why"
        why = reasons(self.words, told.figure, verdict.step[1] if verdict.step else told.newest) if asks_why else []
        rows, rest = week_page(self.context, told.readings)
        blocks = [
            Para(plain(self._place(told), Style.DIM)),
            *(why or self._no_reason(verdict)),
            self.words.curve(told),
            self.words.table(told, rows) if rows else None,
            *([Para(plain(self.say("answer.more_by", count=rest), Style.DIM))] if rest else []),
            *self._notes(told),
        ]
        return Answer(
            question=self.query.question, kind=self.query.kind, lang=self.query.lang,
            found=(bool(why) or not asks_why) and not verdict.unsaid,
            head=plain(self._with_reason(verdict), Style.STRONG),
            blocks=tuple(block for block in blocks if block is not None),
            citations=tuple(self.words.cited),
            range=(self.asked.start, self.asked.end) if self.asked.labelled else self.context.asked_range(),
            data=self._data(),
            suggestions=(self.say("answer.ask_more"),) if rest else (),
            shown=self.query.skip + len(rows),
            chart=metric_chart(self.words, self.told),
        )  # fmt: skip

    def _with_reason(self, verdict: _Verdict) -> str:
        """What the figure's own line says of why, behind how it moved."""
        told = own_words(self.words, verdict.step[1]) if self.query.aspect == "why" and verdict.step else []
        said = "；".join(text for _, text in told)
        return self.say("metrics.with_said", newest=verdict.text, said=said) if said else verdict.text

    def _no_reason(self, verdict: _Verdict) -> list[Para]:
        if self.query.aspect != "why" or verdict.step is None:
            return []
        week = self.context.report(verdict.step[1].report)
        return [Para(plain(self.say("metrics.no_reason", week=week), Style.WARN))]

    def _place(self, told: Shown) -> str:
        """`支付中心 · 2023-10-31 至 2023-12-11 · 6 期`."""
        span = self.context.range_text(told.readings[0].report.report_date, told.newest.report.report_date)
        if self.query.range:
            span = self.context.range_text(self.asked.start, self.asked.end)
        count = self.say("metrics.count", count=len(told.readings)) if len(told.readings) > 1 else ""
        return " · ".join(filter(None, (told.figure.metric.team, span, count)))

    def _verdict(self, told: Shown) -> _Verdict:
        aspect, words = self.query.aspect, self.words
        if self._bounds() and self._asks_whether():
            keeps = self.say("metrics.keeps" if self._between(told.newest, told.figure.unit) else "metrics.keeps_not")
            return _Verdict(self.say("metrics.whether", newest=words.newest(told), bounds=self._bounds(), keeps=keeps))
        if self._bounds():
            among = sum(self.weeks[told.figure.metric.team].holds(r.report.report_date) for r in told.figure.readings)
            return _Verdict(words.between(told, self._bounds(), among))
        if aspect in ("highest", "lowest", "worst", "best"):
            return _Verdict(self._extreme(told, _extreme(aspect, told.figure)))
        if aspect == "mean":
            return _Verdict(words.mean(told))
        if aspect == "rank":
            place = said_place(words, told.figure, told.newest)
            return _Verdict(words.with_said(told, place), unsaid=not place)
        if aspect == "target" and (_asks_weeks(self.context) and (missed := words.missed(told))):
            return _Verdict(missed)
        if aspect == "target":
            text = words.target(told)
            # 达标没 is answered by the value; what the target is isn't.
            return _Verdict(text) if text else _Verdict(words.without_target(told), unsaid=not self._asks_whether())
        if aspect == "unmoved":
            return _Verdict(words.moves(told, 0))
        if aspect == "when" and (asked := direction(self.context, told.figure.metric.name)):
            return _Verdict(words.moves(told, asked))
        if aspect in ("change", "against", "why"):
            return self._changed(told)
        if (self.query.range or aspect == "trend") and len(told.readings) > 1:
            return _Verdict(words.changed(told, told.readings[0], told.newest))
        return _Verdict(words.newest(told))

    def _extreme(self, told: Shown, which: str) -> str:
        """The highest or lowest value, and the place that it took then, where that is asked for too."""
        text = self.words.extreme(told, which)
        if not pattern("aspects.metrics", "rank").search(fold(self.query.question)):
            return text
        at = (max if which == "highest" else min)(told.readings, key=lambda reading: reading.value)
        place = said_place(self.words, told.figure, at)
        return self.say("metrics.with_said", newest=text, said=place) if place else text

    def _bounds(self) -> str:
        """`≥ 99`, `≤ 99.2`; empty where none is asked for."""
        asked = (("≥", self.query.least), ("≤", self.query.most))
        return " ".join(_bound(sign, value) for sign, value in asked if value is not None)

    def _changed(self, told: Shown) -> _Verdict:
        """The change that is asked for: over the range, else the newest one; asked why, the newest in its direction."""
        new = told.newest
        old = before(told.figure, new)
        if self.query.aspect == "why":
            way = direction(self.context, told.figure.metric.name)
            steps = [(o, r) for r in reversed(told.readings) if (o := before(told.figure, r)) and _direct(o, r, way)]
            old, new = steps[0] if steps else (old, new)
        elif self.query.range and len(told.readings) > 1:
            old = told.readings[0]
        if old is None:
            return _Verdict(self.words.with_said(told, said_move(self.words, told.figure, new)))
        return _Verdict(self.words.changed(told, old, new), (old, new))

    def _notes(self, told: Shown) -> list[Para]:
        notes = [*self.words.contradicted(told), *self._loose(told), *self._absent(), *slid(self.context, self.asked)]
        if self.query.aspect != "why":
            notes += cross_check(self.words, told)
        return [*notes, *self._age(told)]

    def _loose(self, told: Shown) -> list[Para]:
        """Corrections of a week or month that has no report here."""
        found = []
        for mention in told.figure.loose:
            value = self.words.amount(mention, told.figure.unit)
            about, week = mention.record.about or "", self.words.week(mention.report)
            found.append(Para(plain(self.say("metrics.loose", about=about, value=value, week=week))))
        return found

    def _age(self, told: Shown) -> list[Para]:
        """That the value is old, where nobody asked for an older one."""
        report = told.newest.report
        days = (self.context.as_of - report.report_date).days
        if self.query.range or self._bounds() or days <= OLD_AFTER_DAYS:
            return []
        words = self.say("metrics.age", week=self.context.report(report), days=days)
        return [Para(plain(words, Style.WARN))]

    # ---- several figures -----------------------------------------------------------------------------------------

    def _several(self) -> Answer:
        entries = [self._entry(told) for told in self.told]
        verdicts = [entry.data.pop("verdict") for entry in entries]
        in_head = len(entries) <= MOST_IN_HEAD
        head = ("；" if self.query.lang == "zh" else "; ").join(verdicts)
        head = head if in_head else self.say("metrics.several", count=len(entries))
        answer = answer_list(
            self.context, head, entries, found=True, name="metrics",
            notes=[*self._absent(), *slid(self.context, self.asked)],
            data={"start": self._start(), "end": self.asked.end.isoformat()}, citations=tuple(self.words.cited),
        )  # fmt: skip
        return replace(answer, chart=metric_chart(self.words, self.told))

    def _entry(self, told: Shown) -> Entry:
        first = len(self.words.cited)
        verdict = self._verdict(told).text
        curve, missing = self.words.curve(told), self.words.missing(told)
        reading = told.newest
        for each in told.readings[-MOST_ROWS:]:
            self.words.value(told.figure, each)  # the curve shows it, so its line is cited
        notes = [p.text for p in self.words.contradicted(told)]
        below = [*([curve.text] if curve else []), *([missing.text] if missing else []), *notes,
                 (Span(source_of(self.words, reading), Style.DIM),)]  # fmt: skip
        # The head has said the rest of it already.
        text = self.words.name(told.figure) if len(self.told) <= MOST_IN_HEAD else verdict
        return Entry(
            plain(text), tuple(self.words.cited)[first:], tuple(below), {**figure_data(told), "verdict": verdict},
            self.say("metrics.example", name=told.figure.metric.name),
        )  # fmt: skip

    # ---- what isn't there ------------------------------------------------------------------------------------------

    def _absent(self) -> list[Para]:
        """The named figures that have no value in the range."""
        there = {told.figure for told in self.told}
        names = [self.words.name(figure) for figure in self.found if figure not in there]
        if not names:
            return []
        return [Para(plain(self.say("metrics.absent", names="、".join(names)), Style.DIM))]

    def _not_told(self) -> Answer:
        """No value in the range: the neighbouring weeks that have one are named, without it."""
        names = "、".join(dict.fromkeys(self.words.name(figure) for figure in self.found))
        weeks = [self.context.report(r.report) for r in self._neighbours(self.asked)]
        near = [Para(plain(self.say("metrics.neighbours", weeks="、".join(weeks))))] if weeks else []
        said = [para for figure in self.found for para in absence(self.words, figure, self._beside(figure))]
        if later := [text for figure in self.found if (text := told_a_week_later(self.words, figure, self.asked))]:
            return replace(self.context.not_found("；".join(later), blocks=tuple(near), data=self._data(),
                                                  citations=tuple(self.words.cited)), found=True)  # fmt: skip
        silence = self._silence(names)
        answer = self.context.not_found(
            silence, blocks=(*said, *near), citations=tuple(self.words.cited),
            data={"metrics": [], "start": self._start(), "end": self.asked.end.isoformat()},
        )  # fmt: skip
        # Asked why a value is missing, a report that says so is the answer.
        return replace(answer, found=bool(said) and self.query.aspect == "why")

    def _beside(self, figure: Figure) -> list[ReportRef]:
        """The reports of the range and the next one after it, oldest first: what is missing is explained there."""
        start, known = self.asked.start or date.min, self.reports[figure.metric.team]
        after = [report for report in reversed(known) if report.report_date >= start]
        inside = [report for report in after if report.report_date <= self.asked.end]
        return after[: len(inside) + 1]

    def _silence(self, names: str) -> str:
        """That the reports of the range don't give it, or that there are none."""
        span = self.context.range_text(self.asked.start, self.asked.end)
        if self._bounds():
            return self.say("metrics.none_between", range=span, name=names)
        inside = [r for team, listed in self.reports.items() for r in listed if self.weeks[team].holds(r.report_date)]
        if not inside:
            return self.say("metrics.no_report_range", range=span, name=names)
        weeks = [self.context.report(r) for r in reversed(inside)]
        named = "、".join(weeks) if len(weeks) <= MOST_IN_HEAD else span
        silence = self.say("metrics.not_told_range", range=named, name=names)
        void = [text for figure in self.found if (text := without_value(self.words, figure, inside))]
        return self.say("metrics.void", silence=silence, words="；".join(void)) if void else silence

    def _neighbours(self, asked: Period) -> list[Reading]:
        earlier = [r for f in self.found for r in f.readings if asked.start and r.report.report_date < asked.start]
        later = [r for f in self.found for r in f.readings if r.report.report_date > asked.end]
        near = [max(earlier, key=_day)] if earlier else []
        return [*near, *([min(later, key=_day)] if later else [])]

    def _start(self) -> str | None:
        return self.asked.start.isoformat() if self.asked.start else None

    def _data(self) -> dict[str, Any]:
        data = [figure_data(told) for told in self.told]
        return {"count": len(data), "metrics": data, "start": self._start(), "end": self.asked.end.isoformat()}


def _direct(old: Reading, new: Reading, asked: int) -> bool:
    """Whether the step goes the way that is asked for; any does where none is."""
    return old.value != new.value if asked == 0 else (new.value - old.value) * asked > 0


def _asks_weeks(context: Context) -> bool:
    """Whether the weeks are asked for in which a figure missed its target, and not where it stands."""
    question = fold(context.query.question)
    return all(pattern(*each).search(question) for each in (("aspects.metrics", "when"), ("figures", "missed")))


def _bound(sign: str, value: float) -> str:
    """`≥ 99`; `< 98` where 98 itself is out (`bot.question.bounds`)."""
    round_ = round(value, 6)
    return f"{sign if value == round_ else {'≥': '>', '≤': '<'}[sign]} {round_:.12g}"


def _extreme(aspect: str, figure: Figure) -> str:
    """Which end is asked for: of latencies and complaints the highest value is the worst."""
    if aspect not in ("worst", "best"):
        return aspect
    adverse = pattern("figures", "adverse").search(fold(figure.metric.name)) is not None
    return "highest" if adverse == (aspect == "worst") else "lowest"


def _day(reading: Reading) -> date:
    return reading.report.report_date
