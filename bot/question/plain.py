"""A question in plain words: its kind by cues and by what is named, else by the sentences that it is most like."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from bot.question.bounds import take_figure_bounds
from bot.question.content import asks_number, content, is_trade_word, telling
from bot.question.counting import FIGURE, PERSON, PROJECT, TEAM, WHEN
from bot.question.details import (
    attribute_beside,
    attribute_in,
    owner_in,
    take_aspect,
)
from bot.question.examples import guess, is_asking, placed
from bot.question.figures import (
    SHORTEST,
    SHORTEST_SHORTENED,
    Figures,
    named_figures,
    shortened,
)
from bot.question.kinds import Said, is_long, kinds
from bot.question.known import Known
from bot.question.lexicon import attribute_of, lexicon, pattern, rule
from bot.question.linking import Linked, Literal, link, literal_name
from bot.question.meant import weighed, winner
from bot.question.of_kind import LISTS, of_figures, of_kind, of_list, part_of_name
from bot.question.of_project import (
    GENERAL_EVENTS,
    asks_of_event,
    asks_when,
    beyond,
    of_project,
    told_name,
    with_project,
)
from bot.question.of_reports import asks_author, in_reports, of_document, of_mention
from bot.question.planned import of_planned_day
from bot.question.query import Kind, Query
from bot.question.several import several
from bot.question.subject import SURE, before_doing, link_words
from bot.question.text import cut, overlap, trim, without
from store.reading.events import event_in
from store.records import ProjectName
from store.words.names import key
from store.words.normalise import fold
from store.words.ranges import find_range
from store.words.speaking import SCATTERED, most

SHORTEST_NAME = 3  # characters of a name between asking words: POS
SURE_BESIDE = 0.74  # how well it fits: KYB upload is KYB document upload
LIKELY = 0.35  # a likeness by which a question is read that has no cue
SURELY = 0.9  # one by which it is read against its cues
RATHER = 0.75  # the same where the cue is a word of many questions: dates, projects, changed, finished
OF_REPORTS = (Kind.COVERAGE, Kind.TEAMS, Kind.HELP)
OF_SHORTENED = ("highest", "lowest", "worst", "best", "mean", "target")
LOOSELY_CUED = (Kind.MILESTONES, Kind.PROJECTS, Kind.CHANGES)
DATED = (Kind.DONE, Kind.MILESTONES)
_INITIALS = re.compile(r"(?<![a-z])[bcdfghj-np-tw-z]{4,}(?![a-z])", re.ASCII)  # of pinyin: 外卡sqcgl
_COUNTS_THINGS = re.compile(r"how many (?!times|days|weeks|months|dates|milestones|projects|have|has|of|are|were|slip)")
_COUNTS_HELD = re.compile(r"(?:多少|几)[户张家台笔份人万]")
_FIGURE = re.compile(r"\d+(?:\.\d+)?\s*%?")
_PROMISED = re.compile(r"兑现|承诺|说好的|计划里|目标里|说过?要|promised")  # 提测的计划兑现了吗


def read_plain(query: Query, text: str, masked: str, known: Known) -> Query:
    """The query of `text`, without its range and team; `masked` is the whole question without the names in it."""
    if found := several(query, text, masked, known) or of_mention(query, text, known):
        return found
    found = _by_cues(query, text, masked, known)
    found = _by_examples(query, text, known, found) or found
    return of_document(found, query, text, known) or _or_incident(found, query, text, known)


def _or_incident(found: Query, query: Query, text: str, known: Known) -> Query:
    """The reading with that of an incident behind it, where one says most of the words: stores hit by the duplicate
    printing."""
    free = found.instead is None or found.instead.kind is Kind.SEARCH or found.kind is Kind.RISKS
    if found.kind in (Kind.INCIDENTS, Kind.CHOICE) or not free:
        return found
    if not known.incidents or not pattern("words", "incident asks").search(fold(text)):
        return found
    told = _told_as_incident(query, text, fold(text), known)
    return replace(found, instead=told) if told and key(told.words) else found


def _by_examples(query: Query, text: str, known: Known, found: Query) -> Query | None:
    """Another reading, where the sentences that the question is most like are of another kind than its cues say."""
    if _is_settled(found, text):
        return None
    like = guess(_placed(query, text, known, found))
    if like.sure < LIKELY or like.kind in (found.kind, Kind.SEARCH) or not _may_ask(like.kind, query, text, known):
        return None
    other = _cued(query, like.kind, text, replace(known, strict=True))
    if other is None and like.kind is Kind.HISTORY and found.kind is Kind.STATUS and found.project:
        other = replace(found, kind=like.kind)
    if other is None or other.kind is found.kind or (other.kind in OF_REPORTS and key(other.words)):
        return None  # what is asked of reports as such has no words beside: 数据库上云做到哪了
    rest = beyond(other.project, other.event, text, known.told) if other.project and other.kind in LISTS else ()
    if not all(is_asking(words[0]) for words in rest):
        return None  # of 海棠和夜莺的进度, 夜莺 would be left out
    doubtful = found.kind in (Kind.SEARCH, Kind.UNKNOWN) or (found.kind is Kind.STATUS and bool(found.beyond))
    if not doubtful and like.sure < (RATHER if found.kind in LOOSELY_CUED else SURELY):
        return None if found.named else replace(found, instead=other)
    return replace(other, instead=found)


def _is_settled(found: Query, text: str) -> bool:
    """Whether the reading by cues is no matter of likeness: one that asks back, or for an attribute, a progress
    (哪些快做完了), what is soon (哪些快上线了), or the first and last reports (支付中心第一份周报)."""
    if found.kind is Kind.PLAN and rule("figure reached").search(fold(text)):
        return True
    if found.kind is Kind.METRICS and found.words and rule("figure of it").search(fold(text)):
        return True  # 逾期率 asks for no overdue milestones
    counted = before_doing(trim(text)) or rule("more than").search(fold(text))
    if found.kind is Kind.STATUS and found.project and counted:
        return True  # 鲸落接了几台了, 新增PR比上期多吗
    if found.kind is Kind.SLIPS and found.instead is not None:
        return True  # asked by what became of a planned day
    bounded = found.least is not None or found.most is not None
    asks = found.kind is Kind.CHOICE or found.attribute or (found.kind is Kind.COVERAGE and found.aspect)
    once = found.kind is Kind.INCIDENTS and found.words and rule("that once").search(fold(text))
    return bool(asks or once or bounded or pattern("words", "soon").search(fold(text)))


def _may_ask(kind: Kind, query: Query, text: str, known: Known) -> bool:
    """Whether a question with such a range or number may be of the kind: how many people are in a team asks for no
    overview of it, and how something stood on a day or in a week for no course."""
    if kind is Kind.TEAM:
        return not asks_number(text)
    if kind is Kind.OVERDUE and rule("ran out").search(fold(text)):
        return False
    return kind is not Kind.HISTORY or not (known.as_of or (query.range and not is_long(query.range)))


def _placed(query: Query, text: str, known: Known, found: Query) -> str:
    """The text with a character in the place of each name, and those of a team and a time that were taken out of it."""
    spans = []
    if literal := literal_name(text, known.projects):
        spans.append((literal.span, PROJECT))
    elif found.named and found.words and found.words.isascii() and (at := text.find(found.words)) >= 0:
        spans.append(((at, at + len(found.words)), PROJECT))
    if (figures := _figures_beside(text, literal, known)) is not None:
        spans.append((figures.span, FIGURE))
    if (owner := owner_in(text, known.owners)) and not any(overlap(owner[1], span) for span, _ in spans):
        spans.append((owner[1], PERSON))
    return placed(text, spans) + TEAM * bool(query.team) + WHEN * (query.range is not None or known.as_of)


def _by_cues(query: Query, text: str, masked: str, known: Known) -> Query:
    if (asked_of := in_reports(text)) != text:
        text, masked = asked_of, in_reports(masked)
    literal = literal_name(text, known.projects)
    of_incidents = pattern("cues", "incidents").search(masked)
    planned = not of_incidents or rule("why missed").search(masked)
    if planned and (of_plan := of_planned_day(query, text, masked, known)):
        return of_plan
    later = ("why moved", "moved yet", "figure reached")
    promised = _PROMISED.search(masked) or any(rule(name).search(masked) for name in later)
    if not of_incidents and not promised and asks_of_event(masked) and (asked := of_project(query, text, known)).named:
        return asked
    if rule("that once").search(fold(text)) and (once := _told_as_incident(query, text, fold(text), known)):
        return once  # 云闪付证书那次赔了多少, though 云闪付 is a figure as well
    said = Said(masked, query.range, literal is not None, _figures_beside(text, literal, known) is not None,
                owner_in(text, known.owners) is not None, is_ahead(query))  # fmt: skip
    for kind in kinds(said):
        if cued := _cued(query, kind, text, known):
            return _or_progress(cued, text, known)
    # 鲸落接了几台了 asks of the project, though an incident tells of the system as well.
    done = before_doing(trim(text))
    counted = bool(done) and link_words(done, known.firm, surely=True).named
    if not counted and (told := _extreme(query, text, known) or _told_as_incident(query, text, masked, known)):
        return told
    if attribute := attribute_in(text):
        found = of_project(query, without("attributes", attribute_of(attribute), text), known)
        if found.named:
            return replace(found, attribute=attribute)
    words = trim(without("words", "course", text))  # of what is no project its lines are the course: MSO续期的来龙去脉
    linked = link_words(words, known.firm)
    if told_name(text, known):
        return _coursed(of_project(query, text, known))
    if linked.named:
        return _coursed(with_project(query, words, linked, text, known.told))
    if literal:  # whatever is asked of it: 轧差模块做到百分之几
        return _coursed(of_project(query, text, known))
    if figures := _figures_for_sure(words, known):
        return replace(of_figures(replace(query, kind=Kind.METRICS), text, known), metrics=figures, words="")
    if (done := before_doing(words)) and (doing := link_words(done, known.firm)).named:
        return _coursed(with_project(query, done, doing, text, known.told))
    if asks_when(text) and event_in(masked) and key(words):
        return of_list(replace(query, kind=Kind.MILESTONES), without("words", "when", text), known)
    if query.range and event_in(masked) and (dated := _of_event_dates(query, text, known)):
        return dated
    if named := _beside_asking(words, known):
        of_it = with_project(query, named[0], named[1], text, known.told)
        if all(_only_asks(one[0]) for one in of_it.beyond):
            return _coursed(replace(of_it, beyond=()))
    kind = Kind.SEARCH if words else Kind.REPORT if query.range else Kind.TEAM if query.team else Kind.UNKNOWN
    return replace(query, kind=kind, words=words, near=linked.near, free=kind is Kind.SEARCH)


def _or_progress(query: Query, text: str, known: Known) -> Query:
    """A figure that no goal aims at may be the progress of a project: 数币联调60%达到没."""
    found = rule("figure reached").search(fold(text)) if query.kind is Kind.PLAN else None
    if found is None or len(fold(text)) != len(text):
        return query
    figure = _FIGURE.match(text, found.start())
    if figure and figure[0] not in query.words:
        query = replace(query, words=f"{query.words} {figure[0]}".strip())
    status = of_project(query, cut(text, found.span()), known)
    return replace(query, instead=replace(status, aspect=None, beyond=())) if status.project else query


def _beside_asking(words: str, known: Known) -> tuple[str, Linked] | None:
    """The project that an English question names between words that only ask: how's POS coming along, how fast is the
    PCI thing moving; and the words that name it."""
    said = words.split()
    while said and _only_asks(said[0]):
        said = said[1:]
    while said and _only_asks(said[-1]):
        said = said[:-1]
    name = " ".join(said)
    if not 0 < len(said) < len(words.split()) or len(key(name)) < SHORTEST_NAME:
        return None
    if len(said) == 1 and is_trade_word(said[0]):
        return None  # "feature platform migration" is no Connector migration
    linked = link_words(name, known.firm, heard=False)
    return (name, linked) if linked.project and linked.score >= SURE_BESIDE else None


def _only_asks(word: str) -> bool:
    word = fold(word).strip(",.?!:;-")
    return not word or (word.isascii() and (word in _words_of_asking() or is_asking(word) or word.endswith("'s")))


@cache
def _words_of_asking() -> frozenset[str]:
    return frozenset(
        fold(word) for name in ("asking", "filler", "free", "standing", "when") for word in lexicon()["words"][name]
    )


def _told_as_incident(query: Query, text: str, masked: str, known: Known) -> Query | None:
    """`小票乱码影响多少`, `root cause of the timeouts`: words of an incident, and what one asks of incidents."""
    asks = pattern("words", "incident asks").search(masked) is not None
    literal = literal_name(text, known.projects)  # 家家盈余额显示0: 家家盈, and not the 盈余 in it
    asked = of_kind(query, Kind.INCIDENTS, cut(text, literal.span) if literal else text, known)
    name = literal.words if literal else ""
    wanted = (*(((fold(name),),) if name else ()), *content(asked.words, known.told))
    asked = replace(asked, words=f"{name} {asked.words}".strip())
    # 重复付汇的钱追回来了吗 asks whether an incident says so.
    whether = len(wanted) > 1 and not name and pattern("words", "yes or no").search(masked) is not None
    if all(event_in(one[0]) for one in wanted):
        return None  # 最近两周有东西上线吗 asks what went live
    if not (asks or asked.aspect or query.range or whether):
        return None
    if any(all(most(one, (told,)) >= SCATTERED for one in wanted) for told in known.incidents):
        return asked
    telling_apart = [one for one in wanted if not event_in(one[0])]  # 上线 says nothing of what happened
    if not (telling_apart and (asks or whether)):
        return None
    shares = weighed(telling_apart, [(told,) for told in known.incidents], known.told)
    return asked if winner(shares) is not None else None


def _of_event_dates(query: Query, text: str, known: Known) -> Query | None:
    """`明天有东西上线吗`, `这周谁上线`: what has that event in the range, where the words ask for nothing else."""
    # A day is that of a plan as well: 谁在12/22提测.
    ended = query.range is not None and query.range.start != query.range.end <= query.as_of
    listed = of_list(replace(query, kind=Kind.DONE if ended else Kind.MILESTONES), text, known)
    return listed if listed.kind in DATED and listed.project is None and not key(listed.words) else None


def _extreme(query: Query, text: str, known: Known) -> Query | None:
    """`优惠计算跑得最慢是哪周`: the highest, lowest or mean of a figure, its target, or a bound that it keeps (P99降到
    150以下了么), by its shortened name."""
    bounded, rest = take_figure_bounds(replace(query, kind=Kind.METRICS), text)
    asked, rest = take_aspect(bounded, rest)
    if asked.aspect not in OF_SHORTENED and bounded.least is None and bounded.most is None:
        return None
    figures = shortened(telling(without("aspects.metrics", "when", rest), known.told), known.metrics)
    named = replace(asked, metrics=figures)
    named = part_of_name(named, text) if asked.aspect == "mean" and not asked.range else named
    return named if figures else None


def _figures_for_sure(words: str, known: Known) -> tuple[ProjectName, ...]:
    """The figures that words without any cue name as well as an abbreviation would."""
    said = trim(without("words", "asking", words))
    if len(key(said)) >= SHORTEST_SHORTENED - said.endswith("率") and (short := shortened(said, known.metrics)):
        return short
    heard = _INITIALS.search(words) is not None
    linked = link(words, known.metrics, heard=heard) if len(key(words)) > SHORTEST else None
    return tuple(p for p in (linked.project, *linked.tied) if p) if linked and linked.score >= SURE else ()


def _figures_beside(text: str, literal: Literal | None, known: Known) -> Figures | None:
    """The figures named, unless the name is a project's (报警5分钟跟进率)."""
    found = named_figures(text, known.metrics)
    return None if found is None or (literal and overlap(found.span, literal.span)) else found


def _coursed(query: Query) -> Query:
    """A project's status over weeks is its history, of what is asked beside its name."""
    if query.kind is not Kind.STATUS or not is_long(query.range):
        return query
    words = " ".join(one[0] for one in query.beyond) if query.project else query.words
    return replace(query, kind=Kind.HISTORY, words=words)


def _cued(query: Query, kind: Kind, text: str, known: Known) -> Query | None:
    if kind is Kind.STATUS:
        found = _coursed(of_project(query, text, known))
        if not found.named and query.team and not key(_unasked(found.words)):
            return replace(query, kind=Kind.REPORT if query.range else Kind.TEAM)
        if not found.named and (held := _extreme(query, text, known)):
            return held
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
    if kind is Kind.OVERDUE and _COUNTS_HELD.search(fold(text)):
        return None  # 过期商户还剩多少户 asks for no milestones
    if kind is Kind.SLIPS and _COUNTS_THINGS.search(fold(text)) and literal_name(text, known.projects):
        return None  # "how many batch jobs have been moved"
    if kind is Kind.REPORT and not asks_author(text) and link(trim(without("cues", kind, text)), known.projects).named:
        return None  # "status report of POS" asks for POS
    if kind is Kind.CHANGES and rule("counted differences").search(fold(text)):
        return None
    if kind is Kind.CHANGES and (figure := changed_figure(query, text, known)):
        return figure
    ahead = kind is Kind.PROJECTS and is_ahead(query)
    found = of_kind(query, Kind.PLAN if ahead else kind, text, known)  # 下周准备做什么
    return _fitting(found, text) if kind in (Kind.HISTORY, Kind.PROJECTS, Kind.TEAM, *DATED) else found


def changed_figure(query: Query, text: str, known: Known) -> Query | None:
    """P99 W47 vs W51: what a figure was in two weeks, by its shortened name."""
    left = without("aspects.changes", "compared", without("cues", "changes", text))
    while found := find_range(left, query.as_of):
        left = cut(left, found.span)
    said = telling(left, known.told)
    if query.range is None or len(key(said)) < SHORTEST_SHORTENED - said.isascii():
        return None
    figures = shortened(said, known.metrics)
    if not figures:
        return None
    asked = of_figures(replace(query, kind=Kind.METRICS), text, known)
    return replace(asked, metrics=figures, words="")


def is_ahead(query: Query) -> bool:
    """Whether the range lies ahead of the day of the question."""
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
