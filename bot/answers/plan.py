"""`/plan`: what a team means to do next, and what became of what it said before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from bot.answers.called_so import names_project
from bot.answers.consulted import consulted_data
from bot.answers.context import Context
from bot.answers.keeping import Outcome
from bot.answers.keeping_words import rule
from bot.answers.listing import Entry, answer_list
from bot.answers.model import Answer, Para, Span, Style, plain
from bot.answers.period import Period, period
from bot.answers.plan_view import below, cite, cite_done, done_data, goal_data, outcome, parts, place, quote, told
from bot.answers.promises import Done, Kept, Promise, Promises, of_reports
from bot.question.content import content
from store.records import Citation, ReportRef
from store.words.bigrams import terms
from store.words.normalise import fold
from store.words.speaking import SCATTERED, most, speaks_of

MOST_BEYOND = 3
OLD_AFTER_DAYS = 10
HALF_A_YEAR = 190  # days
UNDONE = (Outcome.PARTLY, Outcome.CARRIED, Outcome.UNCLEAR, Outcome.DROPPED, Outcome.LATE)
# What an aspect leaves of the goals.
WANTED = {"dropped": (Outcome.DROPPED,), "undone": UNDONE, "carried": (Outcome.CARRIED,)}
HEADS = {
    "dropped": ("plan.head_dropped", "plan.head_dropped_none"), "undone": ("plan.head_undone", "plan.head_undone_none"),
    "carried": ("plan.head_carried", "plan.head_carried_none"),
}  # fmt: skip


@dataclass(frozen=True)
class Picture:
    """The promises that the question means, their goals that fit its words, and those that its aspect leaves; `stepped`
    where the ones asked for have no report after them yet, and those before were taken."""

    context: Context
    promises: Promises
    chosen: tuple[Promise, ...]
    goals: tuple[tuple[Promise, Kept], ...]
    shown: tuple[tuple[Promise, Kept], ...]
    words: str
    stepped: tuple[ReportRef, ...] = ()

    @property
    def judged(self) -> bool:
        """Whether a report has followed, for any of the goals."""
        return any(kept.verdict for _, kept in self.goals)


def answer_plan(context: Context) -> Answer:
    """The goals of the reports that the question means, newest report first, each with what became of it."""
    context = _not_ahead(context)
    promises = Promises(context)
    if not promises.all:
        return context.not_found(context.none_known(), data=_empty())
    words = _words(context)
    chosen = _chosen(promises, words)
    stepped: tuple[ReportRef, ...] = ()
    asked = context.query.range
    # Of W18, or of days ahead, no other goals are meant.
    named = asked is not None and (asked.weeks is not None or asked.end > context.as_of)
    if chosen and context.query.aspect and not named and not any(each.later for each in chosen):
        stepped = tuple(each.former for each in chosen)
        chosen = [old for each in chosen if (old := promises.before(each))] or chosen
    if not chosen:
        return _no_report(promises)
    goals = [(each, kept) for each in chosen for kept in promises.kept(each)]
    fitting = tuple(pair for pair in goals if _speaks(promises, pair, words))
    wanted = WANTED.get(context.query.aspect or "")
    shown = tuple(pair for pair in fitting if wanted is None or pair[1].outcome in wanted)
    if len(chosen) > 1:  # of many goals those that weren't done come first
        shown = tuple(sorted(shown, key=lambda pair: pair[1].done))
    picture = Picture(context, promises, tuple(chosen), fitting, shown, words, stepped)
    if not fitting:
        return _no_goal(picture)
    return _beyond_only(picture) if context.query.aspect == "unplanned" else _listed(picture)


def _not_ahead(context: Context) -> Context:
    """A day without its year more than half a year ahead is last year's: no report has told of it yet."""
    asked = context.query.range
    if asked is None or asked.start != asked.end or re.search(r"\d{4}", asked.text):
        return context
    if (asked.end - context.as_of).days <= HALF_A_YEAR:
        return context
    leap = (asked.end.month, asked.end.day) == (2, 29)
    day = asked.end.replace(year=asked.end.year - 1, day=28 if leap else asked.end.day)
    return replace(context, query=replace(context.query, range=replace(asked, start=day, end=day)))


def _words(context: Context) -> str:
    """What is left of the question when the words that ask for a plan are taken out, as they were written."""
    text = " ".join(filter(None, [context.query.owner, context.query.words]))  # the Risk team's goals
    folded = fold(text)
    text = text if len(text) == len(folded) else folded
    for found in rule("asking").finditer(folded):
        text = text[: found.start()] + " " * len(found[0]) + text[found.end() :]
    return " ".join(text.strip(" ,，。?？、").split())


def _chosen(promises: Promises, words: str) -> list[Promise]:
    """Those set in the weeks of the range where the question says so, else those set for these weeks."""
    context = promises.context
    query, asked = context.query, context.query.range
    if asked is None:
        if query.aspect == "dropped" or words or query.project:
            return list(promises.all)
        return promises.newest(followed=query.aspect is not None)
    days = _days(context)
    told = fold(query.question).replace(fold(asked.text), " ")
    for_days = rule("for_days").search(fold(asked.text).strip())
    set_for = for_days or rule("set_for").search(fold(asked.text).strip()) or rule("set_for").search(told)
    dated = asked.start == asked.end and any(each.former.report_date == asked.end for each in promises.all)
    if (rule("set_in").search(told) and not for_days) or ((asked.weeks or dated) and not set_for):
        return [each for each in promises.all if days.holds(each.former.report_date)]
    if asked.weeks:
        return _set_for(promises, days)
    found = [each for each in promises.all if each.later and days.holds(each.later.report_date)]
    told_of = {each.former.team for each in found}
    ahead = [] if asked.weeks else [each for each in promises.newest(followed=False) if each.later is None]
    found += [each for each in ahead if each.former.team not in told_of and each.former.report_date < days.end
              and (days.start is None or each.former.report_date < days.start)
              and days.end > context.as_of]  # fmt: skip
    # Of the first week that has a report nobody knows what was planned for it; what it planned itself is meant then.
    return found or [each for each in promises.all if days.holds(each.former.report_date)]


def _set_for(promises: Promises, days: Period) -> list[Promise]:
    """What was planned for a week: the goals of the report of the week before, or else of the last one before the
    report of that week."""
    first = days.start or days.end
    before = Period(first - timedelta(days=7), first - timedelta(days=1))
    found = [each for each in promises.all if before.holds(each.former.report_date)]
    teams = {each.former.team for each in found}
    return found + [each for each in promises.all if each.former.team not in teams
                    and each.later and days.holds(each.later.report_date)]  # fmt: skip


def _days(context: Context) -> Period:
    """The period; a single day stands for its week where no report is of that very day."""
    days = period(context)
    if days.start != days.end or context.library.reports_between(
        context.viewer, context.as_of, days.start, days.end
    ):  # fmt: skip
        return days
    monday = days.end - timedelta(days=days.end.weekday())
    return Period(monday, monday + timedelta(days=6))


def _speaks(promises: Promises, pair: tuple[Promise, Kept], words: str) -> bool:
    """Whether a goal, or what was told of it, has the words and the project of the question."""
    context, kept = promises.context, pair[1]
    told = [line.text for line in kept.verdict.told] if kept.verdict else []
    texts = [kept.goal.record.text, *told]
    project = context.query.project
    if project and not any(names_project(context, project, text) for text in texts):
        return False
    if all(any(speaks_of(term, text) for text in texts) for term in terms(words)):
        return True
    wanted = content(words, context.told)  # round two is 第二轮
    return bool(wanted) and all(most(one, texts) >= SCATTERED for one in wanted)


def _listed(picture: Picture) -> Answer:
    context, query = picture.context, picture.context.query
    first = query.skip
    entries = [_entry(picture, pair, first <= at < first + 10) for at, pair in enumerate(picture.shown)]
    beside, cited = _beside(picture)
    past, proof = _past(picture)
    return answer_list(
        context, _head(picture), entries, found=True, name="goals",
        before=[*_stepped(picture), *_by_team(picture)],
        notes=[*beside, *past, *_age(picture)],
        data={**_data(picture), "beyond": [done_data(d) for d in _done(picture)]},
        citations=[*cited, *proof] or _cite_none(picture, entries),
        suggestions=[] if picture.judged else [context.say("plan.ask_kept")],
    )  # fmt: skip


def _cite_none(picture: Picture, entries: Sequence[Entry]) -> list[Citation]:
    """A "none dropped" rests on what became of the goals."""
    return [] if entries else [c for pair in picture.goals[:10] for c in cite(picture.context, pair[1])]


def _head(picture: Picture) -> str:
    say, count = picture.context.say, len(picture.goals)
    where = _where(picture)
    about = say("plan.about", words=_asked_words(picture)) if _asked_words(picture) else ""
    if not picture.judged:
        return say("plan.head_next", where=where, count=count, about=about)
    if heads := HEADS.get(picture.context.query.aspect or ""):
        return say(heads[not picture.shown], where=where, count=count, about=about, shown=len(picture.shown))
    if count == 1:
        kept = picture.goals[0][1]
        return say("plan.head_one", goal=quote(kept.goal.record.text), outcome=outcome(picture.context, kept))
    return say("plan.head_kept", where=where, count=count, about=about,
               parts=parts(picture.context, [k for _, k in picture.goals]))  # fmt: skip


def _asked_words(picture: Picture) -> str:
    project = picture.context.query.project
    return " ".join(filter(None, [project.name if project else "", picture.words]))


def _where(picture: Picture) -> str:
    named = picture.goals if _asked_words(picture) and not picture.judged else ()
    reports = list(dict.fromkeys(p.former for p, _ in named)) or [each.former for each in picture.chosen]
    if len(reports) == 1:
        return " ".join(filter(None, [reports[0].team, picture.context.report(reports[0])]))
    return picture.context.say("plan.reports", count=len(reports))


def _by_team(picture: Picture) -> list[Para]:
    """The follow-through of each report, where there are several."""
    context = picture.context
    teams = {each.former.team for each in picture.chosen}
    if not picture.judged or not 1 < len(picture.chosen) == len(teams):
        return []
    found = []
    for each in picture.chosen:
        kept = [k for p, k in picture.goals if p is each]
        if kept:
            words = context.say("plan.team", team=each.former.team or "", report=context.report(each.former),
                                count=len(kept), parts=parts(context, kept))  # fmt: skip
            found.append(Para(plain(words)))
    return found


def _entry(picture: Picture, pair: tuple[Promise, Kept], cited: bool) -> Entry:
    context, (promise, kept) = picture.context, pair
    goal, text = kept.goal.record, quote(kept.goal.record.text)
    words = plain(text, Style.STRONG)
    if kept.verdict:
        style = Style.PLAIN if kept.done else Style.WARN
        words = (*words, *plain("：" if context.query.lang == "zh" else ": "), *plain(outcome(context, kept), style))
    return Entry(
        text=(*words, *plain("  "), Span(place(context, promise.former, goal.line), Style.DIM)),
        citations=cite(context, kept) if cited else (),
        below=tuple(below(context, kept)),
        data=goal_data(promise, kept),
    )


def _past(picture: Picture) -> tuple[list[Para], list[Citation]]:
    """Beside goals that nobody can judge yet: how many of those before were done."""
    context, paras, cited = picture.context, list[Para](), list[Citation]()
    if picture.judged or len(picture.chosen) > MOST_BEYOND or _asked_words(picture):
        return [], []
    for each in picture.chosen:
        old = picture.promises.before(each)
        kept = picture.promises.kept(old) if old else ()
        if old and kept:
            words = context.say("plan.past", team=old.former.team or "", report=context.report(old.former),
                                count=len(kept), parts=parts(context, kept))  # fmt: skip
            paras.append(Para(plain(words)))
            cited += [c for one in kept for c in cite(context, one)]
    return paras, cited


def _done(picture: Picture) -> list[Done]:
    if not picture.judged or _asked_words(picture):
        return []
    return [done for each in picture.chosen for done in picture.promises.beyond(each)]


def _beside(picture: Picture) -> tuple[list[Para], list[Citation]]:
    """A few of the things that were done and stood in no goal."""
    context, done = picture.context, _done(picture)
    if not done or picture.context.query.aspect in WANTED:
        return [], []
    lines = [Para(told(context, one.report, one.line, "plan.beyond_line"), 1) for one in done[:MOST_BEYOND]]
    return [Para(plain(context.say("plan.beyond", count=len(done)))), *lines], [
        cite_done(context, one) for one in done[:MOST_BEYOND]
    ]


def _beyond_only(picture: Picture) -> Answer:
    context, done = picture.context, _done(picture)
    entries = [
        Entry(
            text=told(context, one.report, one.line, "plan.beyond_line"), citations=(cite_done(context, one),),
            data=done_data(one), about=(one.line.text,),
        ) for one in done
    ]  # fmt: skip
    key = "plan.head_beyond" if done else "plan.head_beyond_none"
    head = context.say(key, where=_where(picture), count=len(done))
    data = {**_data(picture), "goals": [goal_data(p, k) for p, k in picture.goals]}
    return answer_list(context, head, entries, found=True, name="beyond", before=_stepped(picture),
                       notes=_age(picture), data=data,
                       citations=_cite_none(picture, entries))  # fmt: skip


def _stepped(picture: Picture) -> list[Para]:
    """That the goals asked for can't be judged yet, so that the ones before are told."""
    context = picture.context
    if not picture.stepped or not picture.judged:
        return []
    names = "、".join(" ".join(filter(None, [r.team, context.report(r)])) for r in picture.stepped)
    return [Para(plain(context.say("plan.stepped", reports=names), Style.WARN))]


def _age(picture: Picture) -> list[Para]:
    context = picture.context
    newest = max(each.former.report_date for each in picture.chosen)
    days = (context.as_of - newest).days
    if picture.judged or days <= OLD_AFTER_DAYS:
        return []
    return [Para(plain(context.say("plan.age", days=days), Style.WARN))]


def _no_report(promises: Promises) -> Answer:
    """A week without a report: said, with the newest one that there is."""
    context, asked = promises.context, promises.context.query.range
    span = context.range_text(asked.start, asked.end) if asked else str(context.as_of)
    newest = promises.newest(followed=False)
    named = "、".join(" ".join(filter(None, [p.former.team, context.report(p.former)])) for p in newest[:3])
    blocks = (Para(plain(context.say("plan.newest", reports=named))),)
    return context.not_found(context.say("plan.no_report", range=span), blocks=blocks,
                             data={**_empty(), "consulted": consulted_data([p.former for p in newest])})  # fmt: skip


def _no_goal(picture: Picture) -> Answer:
    """The reports are there and promise nothing, or nothing with these words."""
    context, words = picture.context, _asked_words(picture)
    key = "plan.no_words" if words else "plan.no_goals"
    head = context.say(key, where=_where(picture), words=words)
    reports = [each.former for each in picture.chosen]
    return context.not_found(head, data={**_empty(), "words": words, "consulted": consulted_data(reports)})


def _empty() -> dict[str, Any]:
    return {"count": 0, "goals": [], "follow_through": [], "beyond": [], "consulted": []}


def _data(picture: Picture) -> dict[str, Any]:
    return {
        "follow_through": [_follow_data(picture, each) for each in picture.chosen],
        "consulted": consulted_data(of_reports(picture.chosen)),
    }


def _follow_data(picture: Picture, promise: Promise) -> dict[str, Any]:
    kept = [k for p, k in picture.goals if p is promise]
    return {
        "team": promise.former.team, "former": promise.former.source,
        "later": promise.later.source if promise.later else None,
        "goals": len(kept), "done": sum(one.done for one in kept) if promise.later else None,
    }  # fmt: skip
