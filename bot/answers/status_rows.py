"""The first line of a status, what it says of parts below that, and its table."""

from __future__ import annotations

from collections.abc import Iterable

from bot.answers.day_asked import milestone_words
from bot.answers.lines import line_ranges
from bot.answers.model import Bar, Cell, Para, Style, Table, Text, join, plain, shortened
from bot.answers.standing import Standing, note
from bot.answers.story import Story
from store.records import Milestone

NAME_LENGTH = 24


def first_line(story: Story) -> Text:
    """`商户系统升级 66% 进行中，12/22 提测 · 支付中心 · 第50周`: figure, state, and the date that counts."""
    context = story.context
    name = f"{story.above} / {story.title}" if story.above else story.title
    stands = join([plain(name, Style.STRONG), _figures(story) or _of_parts(story)], " ")
    if words := _own_words(story):
        stands = plain(context.say("status.own_words", name=name, words=words), Style.STRONG)
    age = context.say("status.days_old", days=story.age) if story.is_old else ""
    return join([
        join([stands, *_dates(story)], _comma(story)),
        plain(story.newest.team or ""),
        (*plain(context.report(story.newest)), *plain(age, Style.WARN)),
    ])  # fmt: skip


def _own_words(story: Story) -> str:
    """What its line says, where that is neither figure, state nor date: 稳定分由81升至82."""
    if story.own is None or story.later or _figures(story) or _of_parts(story) or _dates(story):
        return ""
    return note(story.own.update)


def _comma(story: Story) -> str:
    return "，" if story.context.query.lang == "zh" else ", "


def _between(story: Story) -> str:
    return "；" if story.context.query.lang == "zh" else "; "


def _figures(story: Story) -> Text:
    """How far it is, by the newest report; else the last figure there is, with the report that told it."""
    say, own, last = story.context.say, story.own, story.last_figure
    if own is None:
        return ()
    progress = f"{own.progress:g}%" if own.progress is not None else ""
    state = say(f"status.{own.update.state}") if own.update.state else ""
    if last is not None:
        told = {"progress": f"{last.record.progress:g}", "report": story.context.report(last.report)}
        progress = say("status.last_figure", **told)
    return plain(" ".join(filter(None, (progress, state))), Style.STRONG)


def _dates(story: Story) -> list[Text]:
    """What is overdue, else what comes next, else the last day that was reached, of the project itself where it has
    any."""
    if overdue := story.all_overdue():
        shown = [entry for entry in overdue if entry[0] is story.own] or overdue
        return [plain(_named(story, "overdue", *shown[0]), Style.WARN)]
    if ahead := story.all_ahead():
        shown = [entry for entry in ahead if entry[0] is story.own] or ahead
        return [plain(_named(story, "upcoming", *shown[0]), Style.STRONG)]
    reached = [m for m in story.own.milestones if m.done] if story.own else []
    return [plain(milestone_words(story, reached[-1]), Style.STRONG)] if reached else []


def _of_parts(story: Story) -> Text:
    """What the parts tell of a project of which no line of its own tells anything."""
    return () if _dates(story) or (story.own and story.own.telling) else join(_summed(story), _between(story))


def summary(story: Story) -> Para:
    """What the first line has no room for: how many parts, what else is overdue, else how far the parts are."""
    return Para(() if _of_parts(story) and not _figures(story) else join(_summed(story), _between(story)))


def _summed(story: Story) -> list[Text]:
    pieces = [plain(story.context.say("status.parts", count=len(story.parts)))] if story.parts else []
    said = "".join(span.text for text in _dates(story) for span in text)
    overdue, ahead = story.all_overdue(), story.all_ahead()
    late = [_named(story, "overdue", *entry) for entry in overdue]
    pieces += [plain(text, Style.WARN) for text in late if text != said]
    if ahead and not overdue:
        soonest = _named(story, "upcoming", *ahead[0])
        pieces += [plain(soonest)] if soonest != said else []
    elif not overdue:
        known = [s for s in story.parts if s.progress is not None and not story.newer_words(s)]
        pieces += [plain(f"{story.name_of(s)} {s.progress:g}%") for s in known]
    return pieces


def _named(story: Story, key: str, standing: Standing, milestone: Milestone) -> str:
    context, own = story.context, standing is story.own
    part = "" if own else story.name_of(standing)
    figure = f" {standing.progress:g}%" if standing.progress is not None and not own else ""
    day = context.days(milestone.start, milestone.end)
    return context.say(
        f"status.{key}{'_own' if own else ''}", name=part + figure, day=day, event=context.event(milestone)
    )


def rows(story: Story) -> Iterable[Table]:
    """The project and its parts as a table: name, progress, dates or note, line."""
    found = [_row(story, s) for s in story.all if s is not story.own or s.progress is not None or s.milestones]
    if found:
        columns = [story.context.say(f"columns.{name}") for name in ("project", "progress", "dates", "source")]
        yield Table(tuple(columns), tuple(found))


def _row(story: Story, standing: Standing) -> tuple[Cell, ...]:
    name = plain(shortened(story.name_of(standing), NAME_LENGTH))
    if newer := story.newer_words(standing):
        clause, mention = newer
        line = story.context.say("answer.line", line=mention.record.line)
        elsewhere = mention.report.id != story.newest.id
        label = f"{mention.report.label or mention.report.report_date} " if elsewhere else ""
        return name, (), plain(clause), plain(label + line, Style.DIM)
    state = story.context.say(f"status.{standing.update.state}") if standing.update.state else ""
    progress: Cell = Bar(standing.progress) if standing.progress is not None else plain(state)
    return name, progress, _dates_or_note(story, standing), _source(story, standing)


def _source(story: Story, standing: Standing) -> Text:
    report, update = standing.newest.report, standing.update
    when = "" if report.id == story.newest.id else f"{report.label or report.report_date} "
    lines = line_ranges(sorted({*range(update.line, update.line_end + 1), *(m.line for m in standing.milestones)}))
    place = "answer.line" if lines.isdigit() else "answer.lines"
    return plain(when + story.context.say(place, line=lines, lines=lines), Style.DIM)


def _dates_or_note(story: Story, standing: Standing) -> Text:
    if not standing.milestones:
        return plain(note(standing.update))
    return join([_date(story, standing, m) for m in standing.milestones], _comma(story))


def _date(story: Story, standing: Standing, milestone: Milestone) -> Text:
    late = story.overdue(standing, milestone)
    return plain(milestone_words(story, milestone) + (" ⚠" if late else ""), Style.WARN if late else Style.PLAIN)
