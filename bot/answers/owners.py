"""Who is responsible for a project, as its reports say it."""

from __future__ import annotations

import re

from bot.answers.dates import source
from bot.answers.story import Story
from bot.question.lexicon import pattern
from store.reading.clauses import clauses
from store.records import Mention, Update
from store.words.names import key
from store.words.normalise import fold

OWNER = "负责人"  # the attribute of the lexicon that asks for it
Named = tuple[str, Mention[Update]]
# "已升级到双方分管负责人" tells nothing of who is responsible.
_SAID = re.compile(r"负责(?!人)|(?<!分管)负责人\s*(?:[:：]|是|为|换|由)|牵头|owner\s*[:：]|owned by|led by|\bleads\b")


def owners_told(story: Story) -> list[Named]:
    """The newest owner of the project, else those of its parts; without a name of its own, the clause that tells it."""
    newest: dict[int | None, Mention[Update]] = {}
    for mention in story.told:
        if key(mention.record.owner or ""):
            newest.setdefault(mention.subject, mention)
    own = newest.get(story.project.subject)
    if found := [own] if own else list(newest.values()):
        return [(mention.record.owner or "", mention) for mention in found]
    said = ((clause.text.strip(), m) for m in story.told for clause in clauses(m.record.text))
    return [told for told in said if _SAID.search(fold(told[0]))][:1]


def owner_words(story: Story, found: list[Named]) -> str:
    """`POS对账 的负责人：陈一 · 支付中心 · 第38周 · 12 行`; of parts each with its name."""
    context = story.context
    several = any(mention.subject != story.project.subject for _, mention in found)
    names = [f"{m.record.name} {owner}" if several else owner for owner, m in found]
    mention = found[0][1]
    between = "、" if context.query.lang == "zh" else ", "
    return context.say("status.owned", name=story.title, owner=between.join(names),
                       place=source(context, mention.report, mention.record.line))  # fmt: skip


def asks_owner(story: Story) -> bool:
    """Whether the question asks who is responsible."""
    asked = story.context.query.attribute
    return asked is not None and pattern("attributes", OWNER).search(fold(asked)) is not None
