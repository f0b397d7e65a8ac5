"""Lines outside an incident's own that speak of it: by its day (`4/10主库故障3个改进项全部完成，故障关闭`), or in the
work of a later report by all that its title says (`网关重构：内存泄漏修复，10/30恢复` of 网关内存泄漏)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from difflib import SequenceMatcher

from bot.answers.context import Context
from bot.answers.incident_cases import Case
from bot.question.content import content
from bot.question.lexicon import rule
from store.records import Hit, Incident, Mention, SectionKind
from store.viewer import Viewer
from store.words.dates import find_dates
from store.words.names import key
from store.words.normalise import fold, has_cjk
from store.words.regex import regex
from store.words.speaking import SCATTERED, Wanted, most

WITHIN = timedelta(days=70)  # of the day: what is told later is of another 4/10
MOST_LINES = 30
MOST_OF_IT = 0.6  # of the characters of a title, in one piece
_COUNT = regex(r"\d[\d,.]*\s*[万亿]?[笔单户人名台家件次]")
SHORTEST_TITLE = 5  # characters: 登录超时 may be any
TELLING = (SectionKind.PROJECTS, SectionKind.HIGHLIGHTS, SectionKind.OTHER)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def lines_beside(context: Context, case: Case) -> tuple[Mention[Incident], ...]:
    """Such lines of the same team's reports, newest first, each as a telling of the incident that is this line alone.

    A line means it that names its day and an incident of that day (4/10故障) or a word of its title, or that says the
    whole title in a later report.
    """
    team = case.main.report.team
    if not isinstance(case.moment, date):
        return ()
    viewer = context.viewer.only(team) if team else context.viewer
    end = min(context.as_of, case.day + WITHIN)

    def found() -> tuple[Mention[Incident], ...]:
        hits = {(hit.report.id, hit.line): hit for day in _written(case.day) for hit in context.library.search(
            viewer, context.as_of, day, case.day, end, MOST_LINES, near=False).hits}  # fmt: skip
        told = [line for hit in hits.values() if not case.holds(hit) for line in _naming(case, hit)]
        told += [line for hit in _titled(context, case, viewer, end) for line in _saying(case, hit)]
        return tuple(sorted(told, key=lambda m: (m.report.report_date, m.report.source, m.record.line), reverse=True))

    asked = context.as_of, case.main.report.id, case.main.record.line, len(case.tellings)
    return context.library.remembered("incident beside", viewer, *asked, make=found)


def _titled(context: Context, case: Case, viewer: Viewer, end: date) -> list[Hit]:
    """The items of later reports' work that say the whole title; what is only planned for it tells nothing yet."""
    if len(key(case.title)) < SHORTEST_TITLE:
        return []
    after = case.newest.report.report_date + timedelta(days=1)
    hits = context.library.search_speaking(viewer, context.as_of, (_title(case),), after, end, MOST_LINES)
    return [hit for hit in hits.hits if hit.kind in TELLING and not case.holds(hit)]


def _title(case: Case) -> Wanted:
    return (_COUNT.sub("", fold(case.title)),)


def _saying(case: Case, hit: Hit) -> list[Mention[Incident]]:
    return _told(case, hit, lambda text: _says(_title(case), fold(text)))


def _says(title: Wanted, text: str) -> bool:
    """Whether a line says the whole title, or most of it in one piece beside a word for what became of it: of
    扫码退款重复入账 the 退款重复入账最后1笔追回，事件关闭."""
    if most(title, (text,)) >= SCATTERED:
        return True
    same = SequenceMatcher(None, title[0], text, autojunk=False).find_longest_match()
    became = any(rule(name).search(text) for name in ("incident named", "incident closed"))
    return became and same.size >= max(SHORTEST_TITLE, MOST_OF_IT * len(title[0]))


def _naming(case: Case, hit: Hit) -> list[Mention[Incident]]:
    return _told(case, hit, lambda text: _names(case, hit, text))


def _told(case: Case, hit: Hit, means: Callable[[str], bool]) -> list[Mention[Incident]]:
    lines = enumerate(hit.text.split("\n"), hit.line)
    bare = replace(case.main.record, closed=None, cause=None, impact=None, handling=None, counts=())
    return [Mention(record=replace(bare, line=at, line_end=at), report=hit.report) for at, text in lines if means(text)]


def _names(case: Case, hit: Hit, text: str) -> bool:
    days = find_dates(text, hit.report.report_date, likely=True)
    if not any(day.start == day.end == case.day for day in days):
        return False
    words = [one for one in content(case.title) if has_cjk(one[0]) or len(one[0]) > 3]
    by_word = any(most(one, (text,)) >= SCATTERED for one in words)
    return by_word or rule("incident named").search(fold(text)) is not None


def _written(day: date) -> tuple[str, ...]:
    """The day as reports write it."""
    month, name = day.month, _MONTHS[day.month - 1]
    numbers = f"{month}/{day.day}", f"{month}月{day.day}", f"{month:02d}-{day.day:02d}"
    return *numbers, f"{day.day} {name}", f"{name} {day.day}"
