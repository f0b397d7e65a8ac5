"""A figure that reports give in lines of projects and not among their figures: 铺设1305家, 接入 97/120, 健康分662. One
value for each report that tells it, answered as any figure is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.answers.context import Context
from bot.answers.counted import PERCENT, Count, Sought, aside, best, counts
from bot.answers.figures import Figure, figures
from bot.answers.metrics import answer_figures
from bot.answers.model import Answer
from bot.answers.week_rows import team_reports
from bot.question.content import content, stage_of
from bot.question.content import forms as content_forms
from bot.question.details import take_aspect
from bot.question.lexicon import lexicon, pattern
from bot.question.linking import Linked, link, literal_name
from bot.question.qualifiers import forms, telling_pieces
from bot.question.query import Kind, Query
from bot.question.sought import is_common
from bot.question.subject import SURE
from bot.question.text import cut, standard, without
from store.reading.corrections import is_correction, opens_correction, read_correction
from store.records import HEADING, Mention, Metric, ProjectName, ReportRef, SectionKind
from store.words.names import Spoken, key
from store.words.normalise import fold, has_cjk
from store.words.speaking import Wanted

MOST_LINES = 200
SHORTEST_NAME = 2
MOST_TIED = 3
PASSED_OVER = (SectionKind.GOALS, SectionKind.DAILY, SectionKind.INCIDENTS)
_MANY = re.compile(
    r"(?P<more>[多少又再](?![少])[\u4e00-\u9fff]{1,2}?了?)?(?:一共|总共|累计|已经|已|又|都)*(?:多少|几)\s*(?P<unit>[个家户台笔张条名人位套项件次道单起])?\s*(?P<thing>[\u4e00-\u9fff]{2,4})?"
)
_HOW_MANY = re.compile(r"\bhow (?:many|much)\s+(?P<thing>[a-z]+)?")
_NUMBER_OF = re.compile(
    r"(?P<unit>[家户台笔张件人次条])数(?![据字])|(?<=[\u4e00-\u9fff]{2})数(?P<none>)(?![据字量码仓币组额值])"
)
_MORE = re.compile(r"[多少][\u4e00-\u9fff]{1,2}?了?(?:多少|几)")
_RATE = re.compile(r"[\u4e00-\u9fff][率额]$")
_ASKS = (("cues", "history"), ("words", "number"), ("words", "tally"))


@dataclass(frozen=True, slots=True)
class Told:
    """A number that a line of a report gives."""

    report: ReportRef
    line: int
    count: Count


def answer_tally(context: Context) -> Answer | None:
    """The figure that the question asks for and lines give; None where it asks for none, or no line gives it."""
    query = context.query
    if not asks_tally(query):
        return None
    asked, rest = take_aspect(replace(query, kind=Kind.METRICS, aspect=None), standard(query.text))
    if asked.aspect is None and _MORE.search(fold(query.text)):
        asked = replace(asked, aspect="change")
    if asked.aspect is None and pattern("cues", "history").search(fold(query.question)):
        asked = replace(asked, aspect="trend")
    tried = ((_told(context, *each), each) for each in _readings(context, rest))
    found = [(told, each) for told, each in tried if len(told) > 1]  # of one alone its line says more
    if not found:
        return None
    # What is newest counts, and of what is as new the longest row.
    told, (project, sought) = max(found, key=lambda one: (one[0][-1].report.report_date, len(one[0])))
    return _answered(replace(context, query=asked), project, sought, told)


def asks_tally(query: Query) -> bool:
    """Whether a number is asked for, or how one went over the weeks."""
    question = fold(standard(query.question))
    told = without("words", "of incident or thing", question) if query.project else question
    if pattern("words", "incident asks").search(told) or pattern("words", "money").search(question):
        return False
    aspects = ("lowest", "highest", "mean", "trend", "change", "rank", "against")
    return any(pattern(*each).search(question) for each in _ASKS) or any(
        pattern("aspects.metrics", name).search(question) for name in aspects
    )


def _answered(context: Context, project: ProjectName | None, sought: Sought, told: Sequence[Told]) -> Answer | None:
    figure = _figure(context, project, sought, told)
    if figure is None:
        return None
    query = replace(context.query, metrics=(figure.metric,), words="", project=None, tied=())
    found = answer_figures(replace(context, query=query), [figure])
    return found if found.found else None


def _figure(
    context: Context, project: ProjectName | None, sought: Sought, told: Sequence[Told]
) -> Figure | None:
    """The numbers as a figure, with what later reports put right; None where a correction can't be understood."""
    newest = told[-1]
    lead = _lead(project, told)
    name = " ".join(filter(None, (project.name if project else "", lead))) or newest.count.clause.strip()
    metric = ProjectName(0, newest.report.team, name, ((name, Spoken((), "")),), None)
    stated = [Mention(_metric(one, name, newest.count.unit), one.report) for one in told]
    subject = (*sought.words, *((sought.thing,) if sought.thing else ())) or ((fold(lead or name),),)
    right = _corrections(context, subject, told)
    if right is None:
        return None
    found = figures(metric, [*stated, *right], team_reports(context, newest.report.team))
    return found[0] if found else None


def _metric(one: Told, name: str, unit: str) -> Metric:
    return Metric(name, one.count.value, unit or None, one.line, whole=one.count.whole or None)


def _corrections(context: Context, subject: Sequence[Wanted], told: Sequence[Told]) -> list[Mention[Metric]] | None:
    """What lines put right of these numbers; None where one does that doesn't say which."""
    wanted = [tuple(map(fold, lexicon()["figures"]["put right"])), *subject]
    hits = context.library.search_speaking(context.viewer, context.as_of, wanted, None, context.as_of, MOST_LINES)
    found = []
    for hit in hits.hits if hits.exact else ():
        for at, line in enumerate(hit.text.split("\n")):
            metric = read_correction(line, hit.line + at) if is_correction(line) else None
            if metric is not None and metric.corrects is None:
                return None
            if metric is not None and metric.corrects in [one.count.value for one in told]:
                found.append(Mention(replace(metric, unit=told[-1].count.unit or None), hit.report))
    return found


def _lead(project: ProjectName | None, told: Sequence[Told]) -> str:
    """What the number is said of, by the newest report that says it."""
    for one in reversed(told):
        lead = one.count.lead
        for name, _ in sorted(project.names if project else (), key=lambda each: -len(each[0])):
            lead = lead.replace(fold(name), "")
        lead = re.split(r"[:：]", lead)[-1].strip(" -:：,，.。()（）【】")
        if any(not is_common(word) for word in lead.split()):  # the "all" of all 14 portfolios says nothing
            return lead[-12:] if has_cjk(lead) else lead
    return ""


# ---- what is asked for -------------------------------------------------------------------------------------------


def _readings(context: Context, text: str) -> Iterator[tuple[ProjectName | None, Sought]]:
    """The projects whose lines are looked at with what is looked for in them, then all lines."""
    text, unit, said = _counted(text)
    thing = tuple(dict.fromkeys((*content_forms(said), *forms(said)))) if said else ()
    known = context.library.projects(context.viewer, context.as_of)
    projects, rest = _named(context.query, text, known)
    question = fold(context.query.question)
    rate = pattern("words", "figures").search(fold(text)) is not None
    if _needs_unit(context.query) and not (rate or thing) and unit in ("", "个"):
        return
    for project in projects:
        words = tuple(word for word in _words(context, rest) if not _of_name(word[0], project))
        if words or thing or unit not in ("", "个"):
            yield project, Sought(words, unit, thing, question)
    if words := _words(context, text):
        yield None, Sought(words, unit, thing, question)


def _needs_unit(query: Query) -> bool:
    """Whether it is asked how a project stands, or what changed: a number answers that only where things are
    counted."""
    return query.kind in (Kind.CHANGES, Kind.STATUS)


def _words(context: Context, text: str) -> tuple[Wanted, ...]:
    """What the text asks for, each word with what else the trade calls it; a rate by its whole name: 代付成功率 is no
    支付成功率."""
    pieces = telling_pieces(fold(text))
    rates = [piece for piece in pieces if _RATE.search(piece)]
    rest = content(" ".join(piece for piece in pieces if piece not in rates), context.told, strict=True)
    return tuple(tuple(dict.fromkeys((*word, *forms(word[0])))) for word in (*rest, *((rate,) for rate in rates)))


def _of_name(word: str, project: ProjectName) -> bool:
    return any(word in fold(name) for name, _ in project.names)


def _counted(text: str) -> tuple[str, str, str]:
    """The text without the words that ask for a number, the unit that it is to be in, and the thing counted."""
    folded = fold(text)
    if len(folded) != len(text):
        return text, "", ""
    if found := pattern("words", "share").search(folded):
        return cut(text, found.span()), PERCENT, ""
    if found := _NUMBER_OF.search(folded):
        return cut(text, found.span()), found["unit"] or "", ""
    if found := _MANY.search(folded):
        thing = found["thing"] or ""
        thing = "" if thing and not key(" ".join(telling_pieces(thing))) else thing
        return cut(text, found.span()), found["unit"] or "", thing
    if found := _HOW_MANY.search(folded):
        return cut(text, found.span("thing")) if found["thing"] else text, "个", found["thing"] or ""
    return text, "", ""


def _named(query: Query, text: str, known: Sequence[ProjectName]) -> tuple[Sequence[ProjectName], str]:
    """The projects that the text may name, in full or by the beginning of a run of characters (码牌铺设), and the
    rest."""
    if literal := literal_name(text, known):
        return _all(literal.linked), cut(text, literal.span)
    for piece in telling_pieces(fold(text)):
        for end in range(len(piece), SHORTEST_NAME - 1, -1) if has_cjk(piece) else (len(piece),):
            linked = link(piece[:end], known, heard=False)
            if linked.named and linked.score >= SURE:
                return _all(linked), fold(text).replace(piece[:end], " ", 1)
    return ((query.project,), text.replace(query.words, " ")) if query.project else ((), text)


def _all(linked: Linked) -> Sequence[ProjectName]:
    return (linked.project,) if linked.project else linked.tied[:MOST_TIED]


# ---- what lines give ---------------------------------------------------------------------------------------------


def _told(context: Context, project: ProjectName | None, sought: Sought) -> list[Told]:
    """The number of each report, oldest first."""
    found: dict[int, Told] = {}
    for report, line, text in _of_project(context, project) if project else _of_words(context, sought):
        if report.id in found or opens_correction(text):
            continue
        count = best(counts(text, report.report_date), sought)
        if count is not None and (project or _is_told(context, report, line)):
            found[report.id] = Told(report, line + count.line, count)
    told = _alike(found.values())
    if told and (whole := told[-1].count.whole or told[0].count.whole):
        told += _shares(context, project, sought, {one.report.id for one in told}, whole)
    return sorted(told, key=_day)


def _shares(
    context: Context, project: ProjectName | None, sought: Sought, known: set[int], whole: str
) -> list[Told]:
    """The shares of the same whole in other reports' lines on the same, whatever words they have: 鲸落 60/120."""
    alone = replace(sought, words=sought.words[:1], unit="", thing=())
    found: dict[int, Told] = {}
    for report, line, text in _of_project(context, project) if project else _of_words(context, alone):
        if report.id in known or report.id in found:
            continue
        same = (one for one in counts(text, report.report_date) if one.whole == whole)
        count = next((one for one in same if not aside(one, sought.question)), None)
        if count is not None and (project or _is_told(context, report, line)):
            found[report.id] = Told(report, line + count.line, count)
    return list(found.values())


def _day(one: Told) -> tuple[date, str]:
    return one.report.report_date, one.report.source


def _of_project(context: Context, project: ProjectName) -> Iterator[tuple[ReportRef, int, str]]:
    known = context.library.projects(context.viewer, context.as_of)
    subjects = [project.subject, *(p.subject for p in known if p.parent == project.subject)]
    told = context.library.updates(context.viewer, context.as_of, subjects)
    for mention in sorted(told, key=lambda one: one.record.kind is not SectionKind.PROJECTS):
        if "|" not in mention.record.text:
            yield mention.report, mention.record.line, mention.record.text


def _of_words(context: Context, sought: Sought) -> Iterator[tuple[ReportRef, int, str]]:
    """The lines that speak of the words, but for titles and tables."""
    hits = context.library.search_speaking(
        context.viewer, context.as_of, sought.words, None, context.as_of, MOST_LINES
    )
    for hit in hits.hits if hits.exact else ():
        if not hit.text.startswith("#") and "|" not in hit.text:
            yield hit.report, hit.line, hit.text


def _is_told(context: Context, report: ReportRef, line: int) -> bool:
    """Whether the line is no title, and not of the sections that plan or tell of incidents."""
    items = context.library.items(context.viewer, report)
    return any(i.line == line and kind not in PASSED_OVER and i.mark != HEADING for i, kind in items)


def _alike(told: Iterable[Told]) -> list[Told]:
    """The numbers that are of one kind with the newest: of its team, in its unit or shares of the same whole, and at
    its stage: asked for, or there."""
    ordered = sorted(told, key=_day)
    return [one for one in ordered if one.report.team == ordered[-1].report.team and _same(one, ordered[-1])]


def _same(one: Told, newest: Told) -> bool:
    if stage_of(one.count.clause) != stage_of(newest.count.clause):
        return False
    if one.count.whole and newest.count.whole:
        return one.count.whole == newest.count.whole
    return one.count.unit == newest.count.unit or bool(one.count.whole) != bool(newest.count.whole)
