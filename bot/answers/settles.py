"""When an answer settles a question, so that no other reading is tried."""

from __future__ import annotations

from bot.answers.model import Answer, words_of
from bot.question.query import Kind, Query
from bot.question.sought import meets_demand
from store.words.speaking import SCATTERED, most


def settles(query: Query, answer: Answer) -> bool:
    """Whether the answer leaves nothing open: it is found and tells of what is asked beside the name.

    That a project's date isn't known is an answer; old lines that name one would be a worse. A status of what is no
    project settles nothing: what the lines say of it may answer better.
    """
    if query.kind is Kind.STATUS:
        return query.named and _speaks_of_all(query, answer)
    return answer.found and (query.kind is not Kind.HISTORY or query.project is None or tells_demanded(query, answer))


def tells_demanded(query: Query, answer: Answer) -> bool:
    """Whether the cited lines tell of what the question asks by a word of its own: what DEv2 cost is no matter of its
    progress."""
    return meets_demand(query.question, "\n".join(citation.quote for citation in answer.citations))


def _speaks_of_all(query: Query, answer: Answer) -> bool:
    said = (words_of(answer.head), *(citation.quote for citation in answer.citations))
    return all(most(one, said) >= SCATTERED for one in query.beyond)
