"""Words → `Query`: a command or cue words give the kind, the grammar of ranges takes its part, the rest is a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.question.ahead import of_plans
from bot.question.bounds import take_figure_bounds
from bot.question.content import asks_number, content, everything, is_trade_word, is_unit, telling
from bot.question.details import (
    attribute_beside,
    attribute_in,
    owner_in,
    take_aspect,
    take_details,
    take_grades,
)
from bot.question.figures import (
    SHORTEST,
    SHORTEST_SHORTENED,
    Figures,
    find_figures,
    link_figures,
    shortened,
    spot_figure,
)
from bot.question.kinds import Said, blanked, is_long, kinds
from bot.question.known import Known
from bot.question.lexicon import attribute_of, command_words, pattern
from bot.question.linking import Literal, link, literal_name
from bot.question.of_project import GENERAL_EVENTS, asks_of_event, asks_when, beyond, of_project, with_project
from bot.question.of_reports import asks_author, in_reports, of_mention, of_report
from bot.question.query import Kind, Query
from bot.question.several import several_named
from bot.question.subject import SURE, link_words
from bot.question.teams import take_team
from bot.question.text import asks_which, cut, language_of, standard, trim, without
from store.reading.events import event_in
from store.records import ProjectName
from store.words.holidays import Holidays
from store.words.names import key
from store.words.normalise import fold
from store.words.numbers import chinese_number
from store.words.ranges import DateRange, find_as_of, find_range
from store.words.speaking import SCATTERED, most

HALF_A_YEAR = 26  # weeks
LONGEST_QUESTION = 500  # characters; what a person asks has no more, and matching names costs by length
DATED = (Kind.DONE, Kind.MILESTONES)
_COMMAND = re.compile(r"\s*/\s*([^\s/]+)\s*(.*)", re.DOTALL)
_COUNTED = re.compile(
    r"(?:最近|最后|近|上)的?\s*([一二两三四五六七八九十\d]+)\s*[次起个]|(?:last|latest|most recent)\s+(\d+)(?=\s|$)"
)
_AND = re.compile(r"跟|和|与|同|较|\band\b|\bto\b|\bvs\.?|\bversus\b|\bagainst\b|\bwith\b|[-~–至到]")
_COUNTS_THINGS = re.compile(r"how many (?!times|days|weeks|months|dates|milestones|projects|have|has|of|are|were|slip)")
# Kinds that list what many reports say, and are narrowed alike.
LISTS = frozenset(Kind) - {
    Kind.STATUS, Kind.SEARCH, Kind.INCIDENTS, Kind.REPORT, Kind.HELP, Kind.METRICS, Kind.CHOICE, Kind.UNKNOWN,
}  # fmt: skip
# What is asked of one project, or of all, and of no two.
NOT_OF_SEVERAL = (Kind.HELP, Kind.MISSING, Kind.SLIPS, Kind.OVERDUE, Kind.PLAN, Kind.SILENT, Kind.RISKS,
                  Kind.INCIDENTS, Kind.METRICS, Kind.HISTORY, Kind.REPORT)  # fmt: skip
_BEFORE = re.compile(r"上一?个?周|上一?期|前一?个?周|last week|(?:the )?previous week")  # 22周跟上一周比
_PROMISED = re.compile(r"兑现|承诺|说好的|计划里|目标里|说过?要|promised")  # 提测的计划兑现了吗
_COUNT_OF = re.compile(r"次数|[件故障]数(?![万百千十])|指标|figures?\b|metrics?\b|number of")
_PRIVATE = 0xE000  # characters that nobody writes stand in for those of a name while ranges are looked for


def understand(question: str, today: date, known: Known, holidays: Holidays | None, lang: str = "auto") -> Query:
    """The reading of `question` on the day `today`; `lang` is `zh`, `en`, or `auto` for the question's own."""
    text = standard(question.strip()[:LONGEST_QUESTION])
    language = lang if lang in ("zh", "en") else language_of(text)
    query = Query(question=question, kind=Kind.UNKNOWN, lang=language, as_of=today)
    if not key(text) and fold(text) not in command_words():
        return replace(query, kind=Kind.HELP if text in ("", "/") else Kind.UNKNOWN)
    slash, kind, rest = _command(text)
    if slash and kind is None:
        return replace(query, command=slash)
    if kind and not slash and (owner := owner_in(text, known.owners)) and owner[1][0] == 0:
        kind, rest = None, text  # "Risk team负责的有哪些"
    query, left, masked = _timed_and_teamed(query, rest, today, known, holidays)
    if slash:
        known = replace(known, told=everything)  # whoever types `/slips 量子计算` has no words to spare
    query = replace(query, text="" if slash else left)
    known = replace(
        known,
        projects=[p for p in known.projects if query.team in (None, p.team)],
        metrics=[m for m in known.metrics if query.team in (None, m.team)],
    )
    if slash == "report" and kind is Kind.REPORT:
        found = _umbrella(query, left, known)
    else:
        found = _of_kind(query, kind, left, known) if kind else _plain(query, left, masked, known)
    found = of_plans(found, holidays)
    return _searching(found, rest) if found.kind is Kind.SEARCH else found


def _timed_and_teamed(
    query: Query, text: str, today: date, known: Known, holidays: Holidays | None
) -> tuple[Query, str, str]:
    """Range, day and team taken out of the text; the names of projects and figures are no part of either (2024规划).

    Beside what is left: the whole text without those names, in which the cues of a kind are looked for.
    """
    hidden = {_PRIVATE + at: char for at, char in enumerate(text)}
    masked, spans = text, []
    if literal := literal_name(text, known.projects):
        spans.append(literal.span)
    if (figure := _figure_spot(text, known.metrics)) and not any(_overlap(figure, span) for span in spans):
        spans.append(figure)
    for start, end in spans:
        masked = masked[:start] + "".join(chr(_PRIVATE + at) for at in range(start, end)) + masked[end:]
    query, left = timed(query, masked, today, holidays)
    query, left = take_team(query, left, known.teams, known.told)
    # "what does the Risk team own" asks for no risks.
    owner = owner_in(text, known.owners)
    return query, left.translate(hidden), fold(blanked(text, [*spans, owner[1]] if owner else spans))


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _searching(query: Query, whole: str) -> Query:
    """A bare day is searched for as it stands (`/search 9/30`), and so are days to come, a range and a team alone."""
    asked = query.range
    if query.team and not asked and not key(query.words):
        return replace(query, team=None, words=whole.strip())
    bare = asked is not None and asked.start == asked.end and re.search(r"\d", asked.text) is not None
    ahead = asked is not None and asked.start is not None and asked.start > query.as_of
    if asked and (bare or ahead or not key(query.words)):
        return replace(query, range=None, words=trim(whole) if key(trim(whole)) else whole.strip())
    return query


def _command(text: str) -> tuple[str | None, Kind | None, str]:
    """The command that begins the question: its word where it has a slash, its kind, and what follows it."""
    if found := _COMMAND.match(text):
        word = fold(found[1])
        kind = command_words().get(word)
        return word, Kind(kind) if kind else None, found[2]
    head, _, rest = text.partition(" ")
    kind = command_words().get(fold(head).strip(":："))
    # 周报 alone is a command, but "report on POS" isn't one: plain words may be read further by their cues.
    return None, Kind(kind) if kind else None, rest if kind else text


def timed(query: Query, text: str, today: date, holidays: Holidays | None) -> tuple[Query, str]:
    """The day and the range that the text names, and what is left of it."""
    if as_of := find_as_of(text, today):
        query, text = replace(query, as_of=min(as_of[0], today)), cut(text, as_of[1])
    if found := find_range(text, query.as_of, holidays):
        start, end = found.span
        # "4月15日时数币的进度": 时 belongs to the day.
        end += text.startswith("时", end) and not text.startswith("时间", end)
        query, text = replace(query, range=found), cut(text, (start, end))
    return query, text


def _umbrella(query: Query, rest: str, known: Known) -> Query:
    """`/report X`: X a question kind → that kind; else a week or a team → its report; else a project → its status."""
    _, kind, below = _command(rest.strip())
    if kind and kind is not Kind.REPORT:
        return _of_kind(query, kind, below, known)
    words = trim(without("words", "latest", rest))
    if not words or ((query.team or query.range) and not link(words, known.projects).named):
        return replace(query, kind=Kind.REPORT, words=words)
    return _plain(query, rest, fold(rest), known)


def _of_kind(query: Query, kind: Kind, rest: str, known: Known) -> Query:
    if kind is Kind.SEARCH:
        return replace(query, kind=kind, words=rest.strip())
    if kind is Kind.STATUS:
        return _several(query, rest, fold(rest), known) or of_project(query, rest, known)
    if kind is Kind.METRICS:
        return _figures(replace(query, kind=kind), rest, known)
    if kind in LISTS:
        return _list(replace(query, kind=kind), rest, known)
    if kind is Kind.INCIDENTS:
        return _incidents(replace(query, kind=kind), rest, known)
    if kind is Kind.REPORT:
        return of_report(query, rest)
    return replace(query, kind=kind, words=trim(without("cues", kind, rest)))


def _incidents(query: Query, rest: str, known: Known) -> Query:
    """What is asked of incidents, before its words (根因, 几起) are taken away as cues; a severity always narrows."""
    query, rest = take_aspect(query, rest)
    grades, rest = take_grades(rest)
    query, rest = _newest(query, without("cues", Kind.INCIDENTS, rest))
    words = telling(without("words", "incident fields", rest), known.told)
    if query.aspect == "worst":
        words = " ".join(word for word in words.split() if not is_unit(word.removesuffix("数")))  # 笔数最多
    return replace(query, words=" ".join(filter(None, (grades, words))))


def _figures(query: Query, text: str, known: Known) -> Query:
    """The metrics that are named; without any word left, all of them."""
    found = find_figures(text, known.metrics)
    rest = cut(text, found.span) if found else text
    if found and found.named:
        query, rest = take_figure_bounds(query, rest)
    query, rest = take_aspect(query, rest)
    words = trim(without("words", "asking", without("cues", "metrics", rest))).rstrip("比较跟和与")
    if found and found.unsaid:
        return replace(query, near=found.near, words=found.unsaid)
    if found:
        return replace(query, metrics=found.named)
    linked = link_figures(words, known.metrics) if key(words) else Figures(())
    left = "" if linked.named else telling(words, known.told)
    if left and (short := shortened(left, known.metrics)):
        return replace(query, metrics=short)
    return replace(query, metrics=linked.named, near=linked.near, words=left)


def _list(query: Query, text: str, known: Known) -> Query:
    """A list with all that narrows it: of one project where the words name one, else of what speaks of the words."""
    firm = [project for project in known.projects if project.firm]
    literal = literal_name(text, known.projects)
    rest = cut(text, literal.span) if literal else text
    query, rest = take_details(query, rest, known.owners)
    if query.kind is Kind.RISKS:
        rest = without("words", "risk fields", rest)
    if query.kind is Kind.CHANGES:
        query = _both(replace(query, range=_in_order(query.range, query.as_of)))
    if query.kind is Kind.CHANGES and (second := find_range(rest, query.as_of)):
        weeks = query.range.weeks if query.range and _BEFORE.match(second.text) else None
        beside = find_range(f"第{weeks[0] - 1}周", query.as_of) if weeks and weeks[0] > 1 else second
        query, rest = replace(query, beside=beside), cut(rest, second.span)
    if query.kind is Kind.MISSING:
        rest = without("words", "handing in", rest)
    rest = without("cues", query.kind, trim(rest))
    if query.kind is Kind.HISTORY:
        rest = without("words", "which week", without("cues", "status", rest))
    words = trim(without("words", "asking", rest))
    # "since the last" names no Card plastics switch.
    generic = len(key(words)) < 2 or (is_trade_word(words) and asks_which(text)) or not content(words, known.told)
    named = link("", ()) if generic else link_words(words, firm, surely=True)
    linked = literal.linked if literal else named
    if linked.tied:
        return replace(query, kind=Kind.CHOICE, tied=linked.tied, words=literal.words if literal else words)
    left = "" if linked.project else telling(words, known.told)
    if linked.project and query.kind is Kind.PLAN:  # a goal has words of its own: 上周说要提测Amazon
        left = " ".join(one[0] for one in beyond(linked.project, None, words, known.told))
    return replace(query, project=linked.project, words=left, near=linked.near)


def _in_order(asked: DateRange | None, today: date) -> DateRange | None:
    """第49周和第47周 are two weeks of one year, and not all those from one to the other a year later."""
    if asked is None or asked.weeks is None or not 0 < asked.weeks[0] - asked.weeks[1] < HALF_A_YEAR:
        return asked
    return find_range(f"第{asked.weeks[1]}周到第{asked.weeks[0]}周", today) or asked


def _both(query: Query) -> Query:
    """这周跟上周 are two weeks set against each other, and no days from the one to the other."""
    asked = query.range
    parts = _AND.split(asked.text) if asked and not asked.weeks and not asked.single_week else []
    weeks = [week for part in parts if (week := find_range(part, query.as_of)) and week.single_week]
    if len(weeks) != len(parts) or len(weeks) != 2:
        return query
    older, newer = sorted(weeks, key=lambda week: week.end)
    return replace(query, range=newer, beside=older)


def _newest(query: Query, text: str) -> tuple[Query, str]:
    """`最近一次` and `last incident` ask for one, `最近三次` and `latest 3 incidents` for as many as they say."""
    if counted := _COUNTED.search(fold(text)):
        number = chinese_number(counted[1] or counted[2]) or 1
        return replace(query, newest=number), cut(text, counted.span()) if len(fold(text)) == len(text) else text
    found = pattern("words", "newest").search(fold(text)) is not None
    return replace(query, newest=int(found)), without("words", "newest", text)


def _plain(query: Query, text: str, masked: str, known: Known) -> Query:
    if several := _several(query, text, masked, known):
        return several
    if asked := of_mention(query, text, known):
        return asked
    if (asked_of := in_reports(text)) != text:
        text, masked = asked_of, in_reports(masked)
    literal = literal_name(text, known.projects)
    of_incidents = pattern("cues", "incidents").search(masked)
    promised = _PROMISED.search(masked)
    if not of_incidents and not promised and asks_of_event(masked) and (asked := of_project(query, text, known)).named:
        return asked
    said = Said(masked, query.range, literal is not None, _figures_beside(text, literal, known) is not None,
                owner_in(text, known.owners) is not None, _is_ahead(query))  # fmt: skip
    for kind in kinds(said):
        if cued := _cued(query, kind, text, known):
            return cued
    if told := _extreme(query, text, known) or _told_as_incident(query, text, masked, known):
        return told
    if attribute := attribute_in(text):
        found = of_project(query, without("attributes", attribute_of(attribute), text), known)
        if found.named:
            return replace(found, attribute=attribute)
    words = trim(text)
    linked = link_words(words, [project for project in known.projects if project.firm])
    if linked.named:
        return _coursed(with_project(query, words, linked, text, known.told))
    if literal:  # whatever is asked of it: 轧差模块做到百分之几
        return _coursed(of_project(query, text, known))
    if figures := _figures_for_sure(words, known):
        return replace(_figures(replace(query, kind=Kind.METRICS), text, known), metrics=figures, words="")
    if asks_when(text) and event_in(masked) and key(words):
        return _list(replace(query, kind=Kind.MILESTONES), without("words", "when", text), known)
    kind = Kind.SEARCH if words else Kind.REPORT if query.range else Kind.TEAM if query.team else Kind.UNKNOWN
    return replace(query, kind=kind, words=words, near=linked.near, free=kind is Kind.SEARCH)


def _several(query: Query, text: str, masked: str, known: Known) -> Query | None:
    """Two projects that are asked for at once: how each stands, in one list."""
    if any(pattern("cues", kind).search(masked) for kind in NOT_OF_SEVERAL):
        return None
    projects = several_named(text, [project for project in known.projects if project.firm])
    return replace(query, kind=Kind.PROJECTS, tied=projects, words="") if projects else None


def _told_as_incident(query: Query, text: str, masked: str, known: Known) -> Query | None:
    """`小票乱码影响多少`, `root cause of the timeouts`: words of an incident, and what one asks of incidents."""
    asks = pattern("words", "incident asks").search(masked) is not None
    literal = literal_name(text, known.projects)  # 家家盈余额显示0: 家家盈, and not the 盈余 in it
    asked = _of_kind(query, Kind.INCIDENTS, cut(text, literal.span) if literal else text, known)
    name = literal.words if literal else ""
    wanted = (*(((fold(name),),) if name else ()), *content(asked.words, known.told))
    asked = replace(asked, words=f"{name} {asked.words}".strip())
    # 重复付汇的钱追回来了吗 asks whether an incident says so.
    whether = len(wanted) > 1 and not name and pattern("words", "yes or no").search(masked) is not None
    if not wanted or not (asks or asked.aspect or query.range or whether):
        return None
    return asked if any(all(most(one, (told,)) >= SCATTERED for one in wanted) for told in known.incidents) else None


def _extreme(query: Query, text: str, known: Known) -> Query | None:
    """`优惠计算跑得最慢是哪周`: the highest or lowest of a figure, by its shortened name."""
    asked, rest = take_aspect(replace(query, kind=Kind.METRICS), text)
    if asked.aspect not in ("highest", "lowest", "worst", "best"):
        return None
    figures = shortened(telling(without("aspects.metrics", "when", rest), known.told), known.metrics)
    return replace(asked, metrics=figures) if figures else None


def _figures_for_sure(words: str, known: Known) -> tuple[ProjectName, ...]:
    """The figures that words without any cue name as well as an abbreviation would."""
    said = trim(without("words", "asking", words))
    if len(key(said)) >= SHORTEST_SHORTENED and (short := shortened(said, known.metrics)):
        return short
    linked = link(words, known.metrics, heard=False) if len(key(words)) > SHORTEST else None
    return tuple(p for p in (linked.project, *linked.tied) if p) if linked and linked.score >= SURE else ()


def _figures_beside(text: str, literal: Literal | None, known: Known) -> Figures | None:
    """The figures named, unless the name is a project's (报警5分钟跟进率)."""
    found = _named_figures(text, known.metrics)
    return None if found is None or (literal and _overlap(found.span, literal.span)) else found


def _named_figures(text: str, metrics: Sequence[ProjectName]) -> Figures | None:
    """The figures named, unless the words mean incidents themselves."""
    found = find_figures(text, metrics)
    return found if found and _is_figure(text, found.span) else None


def _figure_spot(text: str, metrics: Sequence[ProjectName]) -> tuple[int, int] | None:
    span = spot_figure(text, metrics)
    return span if span and _is_figure(text, span) else None


def _is_figure(text: str, span: tuple[int, int]) -> bool:
    """Whether a figure is named there, and not incidents themselves: AB级事故, but not AB级事故数 or its 次数."""
    if _COUNT_OF.search(fold(text)):
        return True
    said = trim(take_grades(text[slice(*span)])[1])
    return bool(said) and not pattern("cues", "incidents").fullmatch(fold(said))


def _coursed(query: Query) -> Query:
    """A project's status over weeks is its history."""
    return replace(query, kind=Kind.HISTORY) if query.kind is Kind.STATUS and is_long(query.range) else query


def _cued(query: Query, kind: Kind, text: str, known: Known) -> Query | None:
    if kind is Kind.STATUS:
        found = _coursed(of_project(query, text, known))
        if not found.named and query.team and not key(_unasked(found.words)):
            return replace(query, kind=Kind.REPORT if query.range else Kind.TEAM)
        if not found.named and (figures := _figures_for_sure(found.words, known)):
            return replace(query, kind=Kind.METRICS, metrics=figures)
        if not found.named and (told := _told_as_incident(query, text, fold(text), known)):
            return told
        # A cue like 怎么样 beside words that name no project: what the reports say of them is searched for.
        return found if found.named or _is_name_alone(found.words) else None
    unlike = kind is Kind.SILENT or (kind is Kind.SLIPS and asks_number(text))
    if unlike and (told := _told_as_incident(query, text, fold(text), known)):
        return told  # 主备同时失联影响多少任务, how many webhooks were delayed
    if kind is Kind.SEARCH:
        return replace(query, kind=kind, words=trim(without("cues", kind, text)))
    if kind is Kind.SLIPS and _COUNTS_THINGS.search(fold(text)) and literal_name(text, known.projects):
        return None  # "how many batch jobs have been moved"
    if kind is Kind.REPORT and not asks_author(text) and link(trim(without("cues", kind, text)), known.projects).named:
        return None  # "status report of POS" asks for POS
    ahead = kind is Kind.PROJECTS and _is_ahead(query)
    found = _of_kind(query, Kind.PLAN if ahead else kind, text, known)  # 下周准备做什么
    return _fitting(found, text) if kind in (Kind.HISTORY, Kind.PROJECTS, Kind.TEAM, *DATED) else found


def _is_ahead(query: Query) -> bool:
    return query.range is not None and query.range.start is not None and query.range.start > query.as_of


def _fitting(query: Query, text: str) -> Query | None:
    """A course needs a project, an overview a team; a list of projects that names one asks how that one stands, and so
    does "is the fee engine done"."""
    if query.kind in DATED and query.project is not None:
        asked = replace(query, kind=Kind.STATUS, event=query.event if query.event not in GENERAL_EVENTS else None,
                        attribute=attribute_beside(query.project, text))  # fmt: skip
        if query.range and query.range.start == query.range.end:
            asked = replace(asked, range=None)  # "did it finish on Nov 14": the day is that of the event
        return asked if not key(query.words) else None
    if query.kind is Kind.HISTORY:
        return query if query.named else None
    if query.kind is Kind.TEAM:
        return query if not key(query.words) and query.project is None else None
    if query.kind is Kind.PROJECTS and query.event and pattern("words", "past").search(fold(text)):
        return replace(query, kind=Kind.DONE)  # "which projects did 风控 finish since Dec 1"
    if query.project is None:
        return query
    if asks_when(text) and not (query.least is None and query.most is None):
        return replace(query, kind=Kind.HISTORY)  # "when did the connectors hit 50%"
    return replace(query, kind=Kind.STATUS, attribute=attribute_beside(query.project, text))


def _unasked(words: str) -> str:
    return trim(without("words", "asking", words))


def _is_name_alone(words: str) -> bool:
    return bool(key(words)) and " " not in words and len(words) <= 12
