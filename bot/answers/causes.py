"""What a report says beside a figure that moved: its own remarks, and the incidents of that week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.answers.figure_words import FigureWords, Shown
from bot.answers.figures import Figure, Reading, before
from bot.answers.lines import readable
from bot.answers.model import Para, Span, Style, plain, shortened
from bot.answers.week_rows import monday_of
from bot.question.lexicon import pattern, rule
from store.reading.clauses import clauses
from store.records import HEADING, Incident, Mention, ReportRef, SectionKind
from store.words.normalise import fold

REMARK_LENGTH = 120
MOST_TOLD = 3


def reasons(words: FigureWords, figure: Figure, reading: Reading) -> list[Para]:
    """The report's remarks beside its figures, and the incidents of the week; none where it gives neither."""
    say, context, report = words.say, words.context, reading.report
    found = []
    for line, text in (*own_words(words, reading), *_remarks(words, report)):
        words.cite(report, line)
        quote = shortened(text, REMARK_LENGTH)
        told = plain(say("metrics.remark", week=words.week(report), text=quote))
        found.append(Para((*told, *_line(words, line)), 0, True))
    for mention in _incidents(words, figure, reading)[:MOST_TOLD]:
        incident = mention.record
        words.cite(mention.report, incident.line)
        day = context.day(incident.occurred_at) if incident.occurred_at else ""
        text = say("metrics.incident", day=day, title=incident.title, week=words.week(mention.report))
        found.append(Para((*plain(text), *_line(words, incident.line)), 0, True))
    return found


def own_words(words: FigureWords, reading: Reading) -> list[tuple[int, str]]:
    """What the figure's own line says of why: 98.31%（上周 98.72%），受招行通道影响."""
    own = next((told.record.line for told in reading.told if told.report.id == reading.report.id), 0)
    lines = words.context.library.lines(words.context.viewer, reading.report)
    told = [cell.strip() for clause in clauses(lines[own - 1] if own else "") for cell in clause.text.split("|")]
    return [(own, text) for text in told if rule("because").search(fold(text))]


def absence(words: FigureWords, figure: Figure, weeks: Sequence[ReportRef]) -> list[Para]:
    """What the reports of these weeks say of a figure that they don't give: 拦截金额上周取数任务失败未出数，不补."""
    found, name = [], fold(figure.metric.name)
    for report in weeks:
        for line, text in _remarks(words, report):
            if name in fold(text):
                words.cite(report, line)
                said = words.say("metrics.unsaid_because", week=words.week(report), text=shortened(text, REMARK_LENGTH))
                found.append(Para((*plain(said), *_line(words, line)), 0, True))
    return found


def _line(words: FigureWords, line: int) -> tuple[Span, ...]:
    return (Span(f"  {words.say('answer.line', line=line)}", Style.DIM),)


def _remarks(words: FigureWords, report: ReportRef) -> list[tuple[int, str]]:
    """The lines of the metrics section that are no figures: 备注, 可用性未达标，全部来自11月9日那次发布."""
    context = words.context
    known = {metric.line for metric in context.library.metrics(context.viewer, report)}
    known |= {section.line for section in context.library.sections(context.viewer, report)}
    found = []
    for item, kind in context.library.items(context.viewer, report):
        text = readable(item.head)
        if kind is not SectionKind.METRICS or item.mark in (HEADING, "|") or _is_frame(item.head):
            continue
        if text and not known & set(range(item.line, item.line_end + 1)):
            found.append((item.line, text))
    return found


def _is_frame(line: str) -> bool:
    """Whether the line only holds others together: 支付成功率： above its figures, or the head of a table."""
    return "|" in line or line.rstrip().endswith((":", "："))


def _incidents(words: FigureWords, figure: Figure, reading: Reading) -> list[Mention[Incident]]:
    """The incidents of the reading's week, each as the team's newest report tells it."""
    context, monday = words.context, monday_of(reading.report.report_date)
    told = context.library.incidents(context.viewer, context.as_of, monday, monday + timedelta(days=6))
    return [group[0] for group in told if group[0].report.team == figure.metric.team]


def cross_check(words: FigureWords, told: Shown) -> list[Para]:
    """Where availability fell without an incident being told, or an incident is told and it didn't move."""
    figure = told.figure
    if not pattern("figures", "availability").search(fold(figure.metric.name)):
        return []
    fell, unmoved = [], []
    for reading in told.readings:
        old = before(figure, reading)
        if old is None or reading.value > old.value:
            continue
        incidents = _incidents(words, figure, reading)
        if reading.value < old.value and not incidents:
            fell.append(words.week(reading.report))
        if reading.value == old.value and incidents:
            unmoved.append(words.week(reading.report))
            words.cite(incidents[0].report, incidents[0].record.line)
    found = [("metrics.fell_untold", fell), ("metrics.unmoved", unmoved)]
    return [Para(plain(words.say(key, weeks=_named(weeks)), Style.WARN)) for key, weeks in found if weeks]


def _named(weeks: list[str]) -> str:
    return "、".join(weeks if len(weeks) <= 2 * MOST_TOLD else [*weeks[:MOST_TOLD], "…", weeks[-1]])
