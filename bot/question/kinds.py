"""Which kind of question plain words ask: cue words in the lexicon's order, and what stands beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.question.lexicon import lexicon, pattern, rule
from bot.question.percentages import has_bounds
from bot.question.query import Kind
from bot.question.text import asks_which, cut
from store.reading.events import find_event
from store.reading.vocabulary import vocabulary
from store.words.ranges import DateRange

# A list of events gives way to these: "下周有哪些要上线的延期了" asks what slipped.
BEFORE_EVENTS = (
    Kind.HELP,
    Kind.MISSING,
    Kind.COVERAGE,
    Kind.SLIPS,
    Kind.OVERDUE,
    Kind.SILENT,
    Kind.RISKS,
    Kind.INCIDENTS,
)
# A figure's name says what is asked, whatever cue stands beside it, but for these.
BEFORE_FIGURES = (Kind.HELP, Kind.SEARCH, Kind.MISSING)
LISTED = ("nearly done", "ownerless")  # of projects, by words of their own
BY_PROGRESS = ("highest", "lowest")
NEVER_BOUNDED = (Kind.MISSING, Kind.COVERAGE)  # 哪些团队过半没交
LONG_DAYS = 9  # the course of so many days is asked for week by week


@dataclass(frozen=True, slots=True)
class Said:
    """The folded words of a question, with the names in it blanked out, and what was found in them."""

    words: str
    range: DateRange | None
    project: bool
    figures: bool
    owner: bool = False
    ahead: bool = False


def kinds(said: Said) -> Iterator[Kind]:
    """The kinds that the words may ask for, the likeliest first."""
    cued = [Kind(name) for name in lexicon()["cues"] if pattern("cues", name).search(said.words)]
    if Kind.OVERDUE in cued and rule("ran out").search(said.words):
        cued.remove(Kind.OVERDUE)
    if Kind.COVERAGE in cued and rule("how much covered").search(said.words):
        cued.remove(Kind.COVERAGE)
    if rule("why moved").search(said.words):
        yield Kind.SLIPS
    if said.project and Kind.INCIDENTS not in cued and rule("why late").search(said.words):
        yield Kind.SLIPS
    if not (said.project or said.figures) and pattern("aspects.projects", "new").search(said.words):
        yield Kind.PROJECTS
    yield from _of_reports(said, cued)
    if said.figures and not any(kind in BEFORE_FIGURES for kind in cued):
        yield Kind.METRICS
    if not said.project and (listed := _of_events(said)) and not any(kind in BEFORE_EVENTS for kind in cued):
        yield listed
    if Kind.METRICS in cued and Kind.PLAN in cued and pattern("aspects.metrics", "target").search(said.words):
        yield Kind.METRICS  # 哪些指标低于目标 asks for no goals
    if Kind.HISTORY in cued or _asks_which_week(said.words, cued):
        yield Kind.HISTORY  # "POS的进度变化" isn't what changed between two weeks; of no project it is none
    of_projects = not said.project and any(pattern("words", name).search(said.words) for name in LISTED)
    of_projects = of_projects or (not said.figures and _by_progress(said))
    owned = said.owner and pattern("aspects.projects", "owner").search(said.words)
    bounded = has_bounds(said.words) and not any(kind in NEVER_BOUNDED for kind in cued)
    if of_projects or owned or bounded:
        yield Kind.PROJECTS
    if Kind.MILESTONES in cued and set(pattern("cues", "plan").findall(said.words)) == {"next week"}:
        yield Kind.MILESTONES  # "what's due next week"
    for kind in cued:
        if kind is Kind.STATUS and is_long(said.range):
            yield Kind.HISTORY
        yield kind
    if not cued and not said.project and asks_which(said.words) and _of_a_state(said.words):
        yield Kind.PROJECTS  # 哪些在测试中


def _of_reports(said: Said, cued: list[Kind]) -> Iterator[Kind]:
    """What is asked of the reports themselves, or of their goals, which events and states beside don't change."""
    if Kind.HELP in cued:
        return
    if rule("figure of it").search(said.words) and Kind.PLAN not in cued:
        yield Kind.METRICS
    if rule("no report").search(said.words):
        yield Kind.MISSING
    if rule("author").search(said.words):
        yield Kind.REPORT
    day = said.range is not None and said.range.start == said.range.end
    if day and not said.project and rule("happened").search(said.words):
        yield Kind.INCIDENTS  # what happened on 17 July
    if rule("reports counted").search(said.words):
        yield Kind.COVERAGE
    if said.range and rule("compared").search(said.words) and not said.figures:
        yield Kind.CHANGES
    if not said.figures and rule("figure reached").search(said.words):
        yield Kind.PLAN
    if not said.figures and Kind.METRICS not in cued and rule("of goals").search(said.words):
        yield Kind.PLAN
    known = not (said.owner or said.project or said.ahead)
    if said.range and known and rule("week's work").search(said.words):
        if day and pattern("words", "troubles").search(said.words):
            yield Kind.INCIDENTS  # 4 Dec file issue, what did we do
        yield Kind.DONE if is_long(said.range) else Kind.REPORT  # 收单这周干了什么


def _asks_which_week(words: str, cued: list[Kind]) -> bool:
    """聚合码哪周没动 asks for weeks of one project, and not what stands still now."""
    still = pattern("aspects.history", "still").search(words)
    return Kind.RISKS in cued and still is not None and pattern("words", "which week").search(words) is not None


def _by_progress(said: Said) -> bool:
    """哪个项目进度最慢 asks for projects by how far they are."""
    return not said.project and any(pattern("aspects.projects", name).search(said.words) for name in BY_PROGRESS)


def _of_a_state(words: str) -> bool:
    return any(pattern("states", state).search(words) for state in lexicon()["states"])


def _of_events(said: Said) -> Kind | None:
    """`9月26日有哪些上线?` lists dates, `上个月上线了什么` what was done by then."""
    found = find_event(said.words)
    unfinished = pattern("states", "open").search(said.words)
    if unfinished and said.range is None and asks_which(said.words) and find_event(unfinished[0]):
        return Kind.PROJECTS  # 哪些还没上线
    if found is None or not asks_which(said.words) or found[0] in vocabulary()["event_rules"]["general"]:
        return None
    soon = pattern("words", "soon").search(said.words)  # 哪些项目快上线了
    return Kind.DONE if not soon and pattern("words", "past").search(said.words) else Kind.MILESTONES


def is_long(asked: DateRange | None) -> bool:
    """Whether the range is that of a course over weeks, and not the day or the week that a status is asked for."""
    return asked is not None and (asked.start is None or (asked.end - asked.start).days >= LONG_DAYS)


def blanked(text: str, spans: list[tuple[int, int]]) -> str:
    """`text` with blanks in the places of names, so that their words are no cues."""
    for start, end in sorted(spans, reverse=True):
        text = cut(text, (start, end))
    return text
