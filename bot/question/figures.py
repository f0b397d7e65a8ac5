"""Which figures a question names: as reports write them, in the trade's words, or by a part of the name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.question.details import take_grades
from bot.question.lexicon import lexicon, pattern
from bot.question.linking import ACCEPTED, link
from bot.question.qualifiers import beside, fits, forms, sounds, telling_pieces
from bot.question.text import trim
from store.linking.words import terms
from store.records import ProjectName
from store.words.names import key, text_score
from store.words.normalise import fold, fold_with_offsets, has_cjk
from store.words.regex import regex

_JOINED = regex(r"\s*(?:和|与|跟|以及|还有|、|\band\b|&)\s*")
SHORTEST = 3  # characters of a name that is looked for within a question
SHORTEST_BEGINNING = 2  # characters of a name's beginning that stand for it, where a figure is known to be meant
SHORTEST_SHORTENED = 4  # the same, where nothing else in the question says that it asks for a figure
ALIKE = 0.12  # names that fit a part so much worse than the best one are not meant


@dataclass(frozen=True, slots=True)
class Figures:
    """The metrics that are named, those that come near, and where in the question they stand."""

    named: tuple[ProjectName, ...]
    near: tuple[ProjectName, ...] = ()
    span: tuple[int, int] = (0, 0)
    unsaid: str = ""  # the words asked for, where they say more than the name of any figure: 退款成功率


def find_figures(text: str, metrics: Sequence[ProjectName]) -> Figures | None:
    """The metrics whose name, or a trade term for it, stands in the question; else those whose name ends in a word
    for figures that does (成功率, latency), as far as the words around it fit. Several, where it names them side by
    side: 入金成功率和出金成功率."""
    return _side_by_side(text, metrics) or _one_figure(text, metrics)


def _side_by_side(text: str, metrics: Sequence[ProjectName]) -> Figures | None:
    """The figures that a joining word stands between, each of which names one for sure; None for any other text."""
    joint = _JOINED.search(text)
    parts = (text[: joint.start()], text[joint.end() :]) if joint else ()
    found = [one for one in (_one_figure(part, metrics) for part in parts) if one and len(one.named) == 1]
    if joint is None or len(found) < 2 or found[0].named == found[1].named:
        return None
    span = found[0].span[0], joint.end() + found[1].span[1]
    return Figures((*found[0].named, *found[1].named), span=span) if not any(one.unsaid for one in found) else None


def _one_figure(text: str, metrics: Sequence[ProjectName]) -> Figures | None:
    folded, offsets = fold_with_offsets(text)
    found: dict[str, list[ProjectName]] = {}
    for metric in metrics:
        for name in set(_names(metric)):
            if len(name) >= SHORTEST and _stands(name, folded):
                found.setdefault(name, []).append(metric)
    if found:
        name = max(found, key=len)
        start = _stands(name, folded).start()  # type: ignore[union-attr]
        named = found[name]
        if all(_is_bare(metric, name) for metric in named) and _goes_on(folded[start + len(name) :], named):
            return None
        if not any(name == fold(own) for metric in named for own, _ in metric.names):
            # 支付成功率 is what the trade calls one team's figure, and a part of another's name: both may be meant.
            named = [m for m in metrics if m in named or any(name in fold(own) for own, _ in m.names)]
        return _narrowed(text, folded, offsets, (start, start + len(name)), named, whole=True)
    if head := pattern("words", "figures").search(folded):
        return _by_part(text, folded, offsets, head, metrics)
    for asks in ("lasting", "what time"):  # 日终跑批要多久: the 日终批量耗时; and 几点能完: its 完成时间
        if asked := pattern("words", asks).search(folded):
            told = _by_part(text, folded, offsets, asked, metrics, lexicon()["figures"][f"{asks} told"])
            return told if told and told.named else None
    return None


def _stands_under(metric: ProjectName, heads: Sequence[str], words: Sequence[str]) -> bool:
    """Whether one of the words is the metric's whole name, and a heading above it says the rest."""
    above = [fold(heading) for heading in metric.headings]
    named = [word for word in words if any(key(form) == key(name) for form in forms(word) for name in _names(metric))]
    rest = [word for word in words if word not in named]
    return bool(named) and any(
        any(head in heading for head in heads) and all(fits(word, heading) for word in rest) for heading in above
    )


def _is_bare(metric: ProjectName, name: str) -> bool:
    """Whether the name alone says of no figure what it is a figure of: the 支付宝 that is given under 支付成功率."""
    rates = pattern("words", "figures")
    return bool(metric.headings) and not rates.search(name) and all(rates.search(fold(h)) for h in metric.headings)


def _goes_on(rest: str, metrics: Sequence[ProjectName]) -> bool:
    """Whether what stands behind such a name is of something else: 支付宝新费率, 云闪付证书那次."""
    return any(not _has(m, word) and not _belongs(m, word) for word in telling_pieces(rest) for m in metrics)


def _is_called(metric: ProjectName, forms_: Sequence[str]) -> bool:
    return any(_stands(form, name) for form in forms_ for name in _names(metric))


def _has(metric: ProjectName, word: str) -> bool:
    return any(fits(word, name) for name in _names(metric)) or word in fold(metric.team or "").split()


def _belongs(metric: ProjectName, word: str) -> bool:
    """Whether the word says whose figure it is: in 收单交易成功率, 收单 is the team 门店收单 or a heading."""
    return any(fits(word, whose) for whose in (metric.team or "", *metric.headings))


def _sounds(metric: ProjectName, word: str) -> bool:
    return any(sounds(word, said) for _, said in metric.names)


def spot_figure(text: str, metrics: Sequence[ProjectName]) -> tuple[int, int] | None:
    """Where the name of a figure stands, or a word for figures with as much before it as stands in a name, whatever
    else is said around it: words of time in it are no range (年度可用性)."""
    folded, offsets = fold_with_offsets(text)
    names = [name for m in metrics for name in _names(m) if len(name) >= SHORTEST and _stands(name, folded)]
    if names:
        name = max(names, key=len)
        start, end = _stands(name, folded).span()  # type: ignore[union-attr]
        return offsets[start], offsets[end - 1] + 1
    head = pattern("words", "figures").search(folded)
    holding = [name for m in metrics for name in _names(m) if head and head[0] in name]
    if head is None or not holding:
        return None
    before = _AROUND.search(folded, 0, head.start())
    start = head.start() - len(_common(before[0] if before else "", holding))
    return offsets[start], offsets[head.end() - 1] + 1


_COUNT_OF = regex(r"次数|[件故障]数(?![万百千十])|指标|figures?\b|metrics?\b|number of")
_AROUND = regex(r"(?:[\u4e00-\u9fffa-z0-9]|\s(?=[a-z0-9]))*$")


def _common(before: str, names: Sequence[str]) -> str:
    """The longest end of the words before it whose characters all stand in one of the names."""
    for at in range(len(before)):
        if any(all(char in name for char in before[at:].replace(" ", "")) for name in names):
            return before[at:]
    return ""


def _names(metric: ProjectName) -> Iterable[str]:
    """The metric's names and what the trade calls the same, folded."""
    return (called for name, _ in metric.names for called in _called(name))


@lru_cache(maxsize=4096)
def _called(name: str) -> tuple[str, ...]:
    return (fold(name), *(fold(term) for term in terms().get(key(name), ())))


def _stands(name: str, text: str) -> re.Match[str] | None:
    if name not in text:
        return None
    edge = "" if has_cjk(name) else r"(?![a-z0-9])"
    start = "" if has_cjk(name) else r"(?<![a-z0-9])"
    return re.search(f"{start}{re.escape(name)}{edge}", text)


def _by_part(
    text: str, folded: str, offsets: Sequence[int], head: re.Match[str], metrics: Sequence[ProjectName],
    meaning: Sequence[str] = (),
) -> Figures | None:
    """`入金成功率`, `auth rate`, `成功率`: the word for figures (or what it is `meaning`), with the words
    around it that a name has too; and 微信成功率, where reports give 微信 under the heading 支付成功率."""
    start, words = beside(folded, head.span())
    if meaning and not words:
        return None
    whole = forms(folded[start : head.end()]) if start < head.start() else ()
    if len(whole) > 1 and (named := tuple(m for m in metrics if _is_called(m, whole))):
        return Figures(named, (), (offsets[start], offsets[head.end() - 1] + 1))  # 授权成功率: authorisation rate
    heads = (*meaning, *forms(head[0]))
    if words and (under := tuple(m for m in metrics if _stands_under(m, heads, words))):
        return Figures(under, (), (offsets[start], offsets[head.end() - 1] + 1))
    holding = [m for m in metrics if any(one in name for one in heads for name in _names(m))]
    return _narrowed(text, folded, offsets, head.span(), holding) if holding else None


def _narrowed(
    text: str, folded: str, offsets: Sequence[int], span: tuple[int, int], metrics: Sequence[ProjectName],
    *, whole: bool = False,
) -> Figures:
    """Those of the metrics that have every word beside the span in their name or their team's; `unsaid` if none has.

    退款成功率 is no 收款成功率, and a figure that was asked for and isn't there is never given for another. Beside a
    `whole` name a word may say whose it is.
    """
    start, words = beside(folded, span)
    said = folded[start : span[1]]
    spelt = has_cjk(folded)  # sao ma成功率
    meant = [m for m in metrics if all(_has(m, word) or (spelt and _sounds(m, word)) for word in words)]
    meant = meant or [m for m in metrics if whole and all(_has(m, word) or _belongs(m, word) for word in words)]
    place = offsets[start], offsets[span[1] - 1] + 1
    if not meant:
        return Figures((), tuple(metrics), place, said if has_cjk(said) else " ".join((*words, folded[slice(*span)])))
    scored = [(max(text_score(said, name) for name in _names(m)), m) for m in meant]
    best = max(value for value, _ in scored)
    return Figures(tuple(m for value, m in scored if value >= best - ALIKE), (), place)


def link_figures(words: str, metrics: Sequence[ProjectName]) -> Figures:
    """The metrics that the words name, which are known to name some; without one, those that come near."""
    if found := find_figures(words, metrics):
        return found
    if short := shortened(words, metrics):
        return Figures(short, (), (0, len(words)))
    linked = link(words, metrics)
    named = (linked.project,) if linked.project else linked.tied
    return Figures(tuple(m for m in named if m), linked.near, (0, len(words)) if linked.score >= ACCEPTED else (0, 0))


def shortened(words: str, metrics: Sequence[ProjectName]) -> tuple[ProjectName, ...]:
    """The figure whose name begins with these words, as people shorten it (红包核销 of 红包核销成功率), or has them in
    one piece; none where several figures do."""
    said = key(words)
    if not has_cjk(said):
        return _by_words(words, metrics)
    if len(said) < SHORTEST_BEGINNING:
        return ()
    # 人审积压 is the 人工审核积压, and 核销率 the 核销成功率, where no figure is called so.
    in_full = (f"{said[:-1]}成功率",) if said.endswith("率") else ()
    others = [key(form) for form in (*forms(said), *in_full) if form != said]
    tried = ((str.startswith, said), *((str.__contains__, one) for one in (said, *others)))
    for holds, one in tried:
        found = [m for m in metrics if any(holds(key(name), one) for name, _ in m.names)]
        if len({key(m.name) for m in found}) > 1:  # 资损 is 资损金额, whatever else begins so
            found = [m for m in found if pattern("words", "figures").fullmatch(key(m.name).replace(one, "", 1))]
        if found:
            return tuple(found) if len({key(m.name) for m in found}) == 1 else ()
    return ()


def _by_words(words: str, metrics: Sequence[ProjectName]) -> tuple[ProjectName, ...]:
    """The figure that English words name with no more left out than the word for figures at its end (chargebacks: the
    chargeback rate); none where several figures are named so."""
    said = re.findall(r"[a-z0-9-]+", fold(words))
    for names in (_all_but_head, _all_but_one):
        found = [m for m in metrics if said and any(names(said, fold(name)) for name, _ in m.names)]
        if found:
            return tuple(found) if len({key(m.name) for m in found}) == 1 else ()
    return ()


def _all_but_one(said: Sequence[str], name: str) -> bool:
    """ "activated merchants": the new merchants activated."""
    named = name.split()
    return 1 < len(said) == len(named) - 1 and all(any(fits(word, one) for one in named) for word in said)


def _all_but_head(said: Sequence[str], name: str) -> bool:
    *first, last = name.split() or [""]
    named = first if pattern("words", "figures").fullmatch(last) else [*first, last]
    return len(named) == len(said) and all(fits(word, one) for word, one in zip(said, named, strict=True))


def named_figures(text: str, metrics: Sequence[ProjectName]) -> Figures | None:
    """The figures named, unless the words mean incidents themselves."""
    found = find_figures(text, metrics)
    return found if found and _is_figure(text, found.span) else None


def figure_spot(text: str, metrics: Sequence[ProjectName]) -> tuple[int, int] | None:
    """Where a figure is named, unless the words mean incidents themselves."""
    span = spot_figure(text, metrics)
    return span if span and _is_figure(text, span) else None


def _is_figure(text: str, span: tuple[int, int]) -> bool:
    """Whether a figure is named there, and not incidents themselves: AB级事故, but not AB级事故数 or its 次数."""
    if _COUNT_OF.search(fold(text)):
        return True
    said = trim(take_grades(text[slice(*span)])[1])
    return bool(said) and not pattern("cues", "incidents").fullmatch(fold(said))
