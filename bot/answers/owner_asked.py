"""Who has a project: the owner that its reports name, each with the newest line that does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.answers.standing import where
from bot.answers.story import Story
from bot.question.lexicon import attribute_of
from store.reading.fields import owner_in
from store.reading.marks import unmarked
from store.records import Mention, Update
from store.words.normalise import fold
from store.words.regex import regex

MOST_BESIDE = 20  # lines that are looked through
_HEAD = regex(r"[：:，,;；。\n]")
OWNER = "负责人"  # the lexicon's attribute of this name


def asks_owner(story: Story) -> bool:
    """Whether the question asks who has it (谁负责, who owns)."""
    attribute = story.context.query.attribute
    return attribute is not None and attribute_of(attribute) == OWNER


def owners(story: Story) -> list[Mention[Update]]:
    """The newest mention of the project that names its owner; without one, those of its parts."""
    found: dict[int | None, Mention[Update]] = {}
    for mention in story.told:
        if mention.record.owner:
            found.setdefault(mention.subject, mention)
    own = found.get(story.project.subject)
    return [own] if own else list(found.values()) or _told_beside(story)


def _told_beside(story: Story) -> list[Mention[Update]]:
    """The newest line, of any section, that begins with its name and names its owner: 月桂终评通过，负责人：宋禾."""
    context, project = story.context, story.project
    viewer = context.viewer.only(project.team or "")
    for name in story.names:
        found = context.library.search(viewer, context.as_of, name, None, story.last_day, MOST_BESIDE, near=False)
        for hit in sorted(found.hits, key=lambda hit: hit.report.report_date, reverse=True):
            text = unmarked(hit.text)
            if fold(name) in fold(_HEAD.split(text)[0]) and (owner := owner_in(text)):
                update = Update(name, None, hit.section, None, hit.line, hit.line_end, hit.text, owner=owner)
                return [Mention(update, hit.report, project.subject)]
    return []


def owner_words(story: Story, named: Sequence[Mention[Update]]) -> str:
    """`BI门户改版：负责人 郑可，见 第15周`; that nobody is named, without any."""
    context = story.context
    if not named:
        return context.say("status.no_owner", name=story.title)
    own = story.project.subject
    people = [m.record.owner if m.subject == own else f"{m.record.name} {m.record.owner}" for m in named]
    told = ("；" if context.query.lang == "zh" else "; ").join(map(str, people))
    newest = max(named, key=lambda mention: mention.report.report_date)
    return context.say("status.owner", name=story.title, owner=told, report=context.report(newest.report))


def owner_data(named: Mention[Update]) -> dict[str, Any]:
    """An owner as JSON values, with the line that names it."""
    update = named.record
    return {"name": update.name, "owner": update.owner, "line": update.line, **where(named)}
