"""The bounds that a question sets for a figure: 低于98%, 超过500ms, above 92, 掉到97以下."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.question.query import Query
from bot.question.text import cut
from store.reading.units import NUMBER, UNIT
from store.words.normalise import fold
from store.words.regex import regex

_N = rf"\s*(?:[降升涨跌掉提压][低高]?(?=[到至]))?(?:到|至|了|过)?\s*(?P<n>{NUMBER})\s*(?P<unit>{UNIT}|percent|个?点)?"
_N += r"(?![a-z0-9]|\.\d|\s*(?:周|个月|weeks?|months?))"
_OVER = (
    r"(?:超过|超|大于|高于|多于|突破|(?<!不)过|over|above|(?<!no )more than|higher than|exceed(?:ed|s|ing)?|beyond"
    r"|>(?!=))"
)
_UNDER = (
    r"(?:不到|不足|没到|没过|未到|未达|(?<!不)[低小少]于|跌破|under|below|(?<!no )(?:less|lower|fewer) than"
    r"|<(?!=))"
)
_LEAST = r"(?:不[低小少]于|至少|达到|at least|no less than|>=|≥)"
_MOST = r"(?:不超过|不[高大多]于|最多|at most|no more than|<=|≤)"
_RULES = tuple(
    (least, strict, regex(rule))
    for least, strict, rule in (
        (True, False, _LEAST + _N), (False, False, _MOST + _N), (True, True, _OVER + _N), (False, True, _UNDER + _N),
        (True, False, _N + r"\s*(?:及?以上|or more|or above|or higher)"),
        (False, False, _N + r"\s*(?:及?以下|以内|or less|or below|or lower)"),
    )
)  # fmt: skip
TINY = 1e-9  # over 90 is not 90


def take_figure_bounds(query: Query, text: str) -> tuple[Query, str]:
    """The least and the most value asked for, with its unit, both bounds inclusive; `text` without those words."""
    folded = fold(text)
    if len(folded) != len(text) or not re.search(r"\d", folded):
        return query, text
    for least, strict, rule in _RULES:
        if found := rule.search(folded):
            value = float(found["n"].replace(",", ""))
            unit = "" if found["unit"] in (None, "percent", "点", "个点") else found["unit"]
            query = replace(query, unit=unit)
            bound = value + TINY * strict * (1 if least else -1)
            query = replace(query, least=bound) if least else replace(query, most=bound)
            return query, cut(text, found.span())
    return query, text
