"""How one understood question is answered: the readings, in the order in which they are tried.

Each is a function of one subject that gives an answer where the question is its own, and None where it isn't. The first
answer stands; where no reading has one, the question's kind says itself what isn't known. To add a reading, write the
function and enter it where it belongs; none of the others has to know of it.
"""

from __future__ import annotations

from collections.abc import Callable

from bot.answers.asked import Asked
from bot.answers.context import Context
from bot.answers.in_lines import by_lines
from bot.answers.in_place import cost_of_incident, day_to_come, kept_goal, standing, titled_section
from bot.answers.model import Answer
from bot.answers.numbers import any_number, own_before_numbers, told_number

Reading = Callable[[Asked], Answer | None]


def own(asked: Asked) -> Answer | None:
    """The answer of the question's own kind, where it leaves nothing open."""
    return asked.own if asked.settled else None


READINGS: tuple[Reading, ...] = (
    own_before_numbers,  # a course, a figure, an incident or a report, before any number that lines give
    told_number,  # the number that lines give week by week: 铺了多少家
    standing,  # of a course that isn't asked for: how the project stands
    cost_of_incident,  # what one incident cost, or a figure was while it lasted
    kept_goal,  # what became of a goal whose words alone are like the question's
    own,  # the kind's own answer
    any_number,  # the same number from any line
    day_to_come,  # what a day ahead holds: its milestones
    titled_section,  # the section whose title is all that was asked
    by_lines,  # what the lines say of the words
)


def answered(context: Context) -> Answer:
    """The answer of the first reading that has one, else what the question's kind says of not knowing."""
    asked = Asked(context)
    found = (reading(asked) for reading in READINGS)
    return next((answer for answer in found if answer is not None), None) or asked.own
