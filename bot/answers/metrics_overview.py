"""All newest figures: of each team, those that its newest report gives, each with its change and its last weeks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta

from bot.answers.context import Context
from bot.answers.figure_words import FigureWords, Shown, figure_data, shown
from bot.answers.figures import Figure, Reading, before, figures
from bot.answers.listing import MOST_SHOWN, Entry, answer_list
from bot.answers.model import Answer, Span, Style, plain
from bot.answers.period import Period, period, slid
from bot.answers.targets import target_of
from bot.question.lexicon import pattern
from store.records import Mention, Metric, ReportRef
from store.words.normalise import fold

MOST_NAMED = 5
WEEKS = 8  # that the curves show


def answer_overview(context: Context) -> Answer:
    """The newest figures of the query's team or of all in its range; of those only that rose or fell, if it asks so."""
    asked = period(context)
    told = sorted(_told(context, asked), key=_place)
    teams = {each.figure.metric.team for each in told}
    if not told:
        span = context.range_text(asked.start, asked.end)
        return context.not_found(context.say("metrics.none_in_range", range=span), data={"metrics": []})
    aimed = _aimed(context, told) if context.query.aspect == "target" else None
    if aimed == []:
        return context.not_found(context.say("metrics.no_targets"), data={"metrics": []})
    missed = _asks_missed(context)
    if _asks_change(context) and not (told := [each for each in told if before(each.figure, each.newest)]):
        return context.not_found(context.say("metrics.nothing_before"), data={"metrics": []})
    moved = _moved(context, told) if aimed is None else [each for each, met in aimed if met is not missed]
    words = FigureWords(context, teams=len(teams) > 1)
    words.tell_apart([each.figure for each in told])
    newest = max(each.newest.report.report_date for each in told)
    key = _head_of(context, aimed is not None)
    among = len(told if aimed is None else aimed)
    head = context.say(f"metrics.{key}", count=len(moved), all=among, day=newest, teams=len(teams))
    if aimed and moved:
        head += context.say("metrics.named", names=_listed(context, [words.name(each.figure) for each in moved]))
    for each, _ in aimed if aimed and not moved else ():
        words.value(each.figure, each.newest)  # that none missed it, all their lines show
    page = range(context.query.skip, context.query.skip + MOST_SHOWN)
    entries = [_entry(words, each) if at in page else _named(words, each) for at, each in enumerate(moved)]
    return answer_list(
        context, head, entries, found=True, name="metrics", notes=slid(context, asked),
        data={"start": asked.start.isoformat() if asked.start else None, "end": asked.end.isoformat()},
        citations=() if moved else tuple(words.cited),
    )  # fmt: skip


def _listed(context: Context, names: Sequence[str]) -> str:
    return ("、" if context.query.lang == "zh" else ", ").join(names[:MOST_NAMED])


def _asks_missed(context: Context) -> bool:
    return pattern("figures", "missed").search(fold(context.query.question)) is not None


def _aimed(context: Context, told: Sequence[Shown]) -> list[tuple[Shown, bool]]:
    """Those whose newest line gives a target, and whether it is met; not where nobody can tell which side is good."""
    found = ((each, target_of(context, each.newest.mention)) for each in told)
    return [(each, target.met) for each, target in found if target and target.met is not None]


def _asks_change(context: Context) -> bool:
    return context.query.aspect in ("change", "against", "unmoved")


def direction(context: Context, figure: str = "") -> int:
    """1 where the question asks of a rise, -1 of a fall, 0 of neither or of both; "worse" is a rise of complaints and a
    fall of a success rate, so it is asked of a `figure`."""
    rose, fell, better, worse = (_asks(context, name) for name in ("rose", "fell", "better", "worse"))
    if rose or fell or not figure:
        return rose - fell
    return (better - worse) * (-1 if pattern("figures", "adverse").search(fold(figure)) else 1)


def _asks(context: Context, name: str) -> bool:
    return pattern("figures", name).search(fold(context.query.question)) is not None


def _head_of(context: Context, aimed: bool) -> str:
    if aimed:
        return "overview_missed" if _asks_missed(context) else "overview_met"
    if context.query.aspect == "unmoved":
        return "overview_same"
    asked = direction(context) or 2 * (_asks(context, "better") - _asks(context, "worse"))
    heads = {1: "overview_rose", -1: "overview_fell", 2: "overview_better", -2: "overview_worse"}
    return heads.get(asked, "overview") if _asks_change(context) else "overview"


def _moved(context: Context, told: Sequence[Shown]) -> list[Shown]:
    if not _asks_change(context):
        return list(told)
    if context.query.aspect == "unmoved":
        return [each for each in told if (old := before(each.figure, each.newest)) and old.value == each.newest.value]
    asked = [(each, direction(context, each.figure.metric.name)) for each in told]
    return [each for each, way in asked if not way or _step(each) * way > 0]


def _step(told: Shown) -> float:
    old = before(told.figure, told.newest)
    return told.newest.value - old.value if old else 0.0


def _told(context: Context, asked: Period) -> list[Shown]:
    """The figures of each team's newest report in the range, with their last weeks."""
    newest = _newest_reports(context, asked)
    end = max((report.report_date for report in newest.values()), default=asked.end)
    values = context.library.values_between(context.viewer, context.as_of, end - timedelta(weeks=WEEKS), context.as_of)
    subjects: dict[int | None, list[Mention[Metric]]] = defaultdict(list)
    reports: dict[str | None, dict[int, ReportRef]] = defaultdict(dict)
    for mention in values:
        subjects[mention.subject].append(mention)
        reports[mention.report.team].setdefault(mention.report.id, mention.report)
    known = {m.subject: m for m in context.library.metric_names(context.viewer, context.as_of)}
    found = []
    for subject, mentions in subjects.items():
        team = tuple(reports[mentions[0].report.team].values())
        for figure in figures(known[subject or 0], mentions, team):
            found += _of_newest(figure, newest.get(figure.metric.team), team)
    return found


def _newest_reports(context: Context, asked: Period) -> dict[str | None, ReportRef]:
    """Each team's newest report in the range; without a range, of the last weeks that have reports."""
    span = context.library.span(context.viewer, context.as_of)
    last = min(asked.end, span[2]) if span else asked.end
    start = asked.start or last - timedelta(weeks=WEEKS)
    listed = context.library.reports_between(context.viewer, context.as_of, start, asked.end)
    return {report.team: report for report in reversed(listed)}


def _of_newest(figure: Figure, newest: ReportRef | None, reports: Sequence[ReportRef]) -> list[Shown]:
    readings = [r for r in figure.readings if newest and r.report.report_date <= newest.report_date]
    if not newest or not readings or readings[-1].report.id != newest.id:
        return []
    return [shown(figure, readings, reports, readings[0].report.report_date, newest.report_date)]


def _place(told: Shown) -> tuple[str, int]:
    return told.figure.metric.team or "", told.newest.mention.record.line


def _named(words: FigureWords, told: Shown) -> Entry:
    """The entry of another page."""
    return Entry((), (), asks=words.say("metrics.example", name=told.figure.metric.name))


def _entry(words: FigureWords, told: Shown) -> Entry:
    """`一次支付成功率 99.36% ← 99.30%，+0.06 个百分点  ▃▁▅▆▆█  第50周 12/8 · 30 行`."""
    first = set(words.cited)
    text = words.brief(told)
    line = f"  {words.line(told)}  " if len(told.readings) > 1 else "  "
    cited = tuple(citation for citation in words.cited if citation not in first) or tuple(words.cited)[-1:]
    return Entry(
        (*plain(text), Span(line), Span(source_of(words, told.newest), Style.DIM)), cited,
        data=figure_data(Shown(told.figure, told.readings[-2:])),
        asks=words.say("metrics.example", name=told.figure.metric.name),
    )  # fmt: skip


def source_of(words: FigureWords, reading: Reading) -> str:
    """Where a value stands: `第50周 12/8 · 30 行`."""
    line = words.say("answer.line", line=reading.mention.record.line)
    return f"{words.week(reading.mention.report)} · {line}"
