"""Words of a question → the project that they name, or the few that they may name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.question.likeness import is_another
from store.reading.events import find_event
from store.records import ProjectName
from store.words.names import Spoken, characters, key, score, text_score
from store.words.normalise import fold, has_cjk
from store.words.regex import regex

# Below ACCEPTED a name is at most offered; within MARGIN of the best, two names are too close to call. Both from the
# scores of right and wrong names over the samples: right ones lie at .75 and above, wrong ones at .71 and below.
ACCEPTED = 0.73
OFFERED = 0.4
MARGIN = 0.08
UNQUALIFIED = 0.7
MOST_LISTS, MOST_REMEMBERED = 16, 2048
_MEMORY: dict[int, tuple[Sequence[ProjectName], dict[tuple[str, bool], Linked]]] = {}
Fit = Callable[[str, str, Spoken | None], float]
_NUMBERS = regex(r"[一二三四五六七八九十]+期|phase\s*\d+|\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Linked:
    """One project, or several tied ones (then `project` is None), and the nearest names in any case."""

    project: ProjectName | None
    tied: tuple[ProjectName, ...]
    near: tuple[ProjectName, ...]
    score: float

    @property
    def named(self) -> bool:
        """Whether the words name any project at all."""
        return self.project is not None or bool(self.tied)


@dataclass(frozen=True, slots=True)
class Literal:
    """A project's whole name that stands in a question, and where."""

    words: str
    span: tuple[int, int]
    linked: Linked


def literal_name(text: str, projects: Sequence[ProjectName]) -> Literal | None:
    """The longest of the projects' names that stands in `text` as written; short ones (对账) may be mere words."""
    folded = fold(text)
    if len(folded) != len(text):
        return None
    standing = [(p, at) for p in projects for at, name in enumerate(p.folded) if name in folded and len(key(name)) > 2
                and not is_event(name)]  # fmt: skip
    if not standing:
        return None
    longest, at = max(standing, key=lambda one: len(one[0].folded[one[1]]))
    name = longest.folded[at]
    start = folded.find(name)
    meant = tuple(p for p in projects if name in p.folded)
    one = _one(meant)
    return Literal(longest.names[at][0], (start, start + len(name)), Linked(one, () if one else meant, meant, 1.0))


def link(words: str, projects: Sequence[ProjectName], *, heard: bool = True) -> Linked:
    """The project that `words` name best; nothing is guessed between two that fit about as well.

    Chinese words are compared by sound only where no name fits by its characters, and never where `heard` is false;
    Latin ones may be initials at any time.
    """
    known = _remembered(projects)
    if (words, heard) not in known:
        if len(known) >= MOST_REMEMBERED:
            known.clear()
        known[words, heard] = _linked(words, projects, heard)
    return known[words, heard]


def _remembered(projects: Sequence[ProjectName]) -> dict[tuple[str, bool], Linked]:
    """What words were linked to among these very projects: the same few are asked for in every question. The projects
    are held with it, so that no others can come to stand in their place in memory."""
    held = _MEMORY.get(id(projects))
    if held is None or held[0] is not projects:
        if len(_MEMORY) >= MOST_LISTS:
            _MEMORY.clear()
        held = _MEMORY[id(projects)] = projects, {}
    return held[1]


def is_event(words: str) -> bool:
    """Whether the words are an event and nothing else (上线): what happens to projects is no name of one."""
    folded = fold(words).strip()
    found = find_event(folded)
    return found is not None and found[1] == (0, len(folded))


def _linked(words: str, projects: Sequence[ProjectName], heard: bool) -> Linked:
    if is_event(words):
        return Linked(None, (), (), 0.0)
    if not has_cjk(words):
        return _link(words, projects, score)
    written = _link(words, projects, text_score)
    return written if written.named or not heard else _link(words, projects, score)


def _link(words: str, projects: Sequence[ProjectName], fit: Fit) -> Linked:
    numbers = _NUMBERS.findall(fold(words))
    fits = [(_best(words, numbers, project, fit), project) for project in _eligible(words, projects, fit)]
    scored = [each for each in fits if each[0] >= OFFERED]
    # By team before number: which team's subjects were numbered first hangs on which reports came in last.
    scored.sort(key=lambda entry: (-entry[0], entry[1].team or "", entry[1].subject))
    near = tuple(project for _, project in scored[:5])
    if not scored or scored[0][0] < ACCEPTED:
        return Linked(None, (), near, max((value for value, _ in fits), default=0.0))
    top = scored[0][0]
    tied = [project for value, project in scored if value >= max(ACCEPTED, top - MARGIN)]
    exact = [project for project in tied if any(key(name) == key(words) for name, _ in project.names)]
    one = _one(exact) or (_one(tied) or _begun(words, tied) if not exact else None)
    return Linked(one, () if one else tuple(exact or tied), near, top)


def _begun(words: str, tied: Sequence[ProjectName]) -> ProjectName | None:
    """The project whose name the words end, where all the others only go on from that name: by 钱包二期 数字钱包二期 is
    meant, and not 数字钱包二期接口联调."""
    asked = key(words)
    for project in tied:
        name = key(project.name)
        others = (key(other.name) for other in tied if other is not project)
        if name.endswith(asked) and all(other.startswith(name) for other in others):
            return project
    return None


def _eligible(words: str, projects: Sequence[ProjectName], fit: Fit) -> Sequence[ProjectName]:
    """By characters alone only a name that shares one can fit, and most share none: by far the quickest to see."""
    asked = characters(words)
    if fit is not text_score or not asked:
        return projects
    return [project for project in projects if not asked.isdisjoint(project.characters)]


def _best(words: str, numbers: Sequence[str], project: ProjectName, fit: Fit) -> float:
    if not numbers:
        return max([_fit(words, name, said, fit) for name, said in project.names])
    return max(
        _fit(words, name, said, fit) * (1.0 if _qualified(numbers, name) else UNQUALIFIED)
        for name, said in project.names
    )


def _fit(words: str, name: str, said: Spoken | None, fit: Fit) -> float:
    value = fit(words, name, said)
    return value * UNQUALIFIED if ACCEPTED <= value < 1.0 and is_another(words, name) else value


def _qualified(numbers: Sequence[str], name: str) -> bool:
    """Whether the numbers of the question stand in the name: 苏州公积金二期 isn't 苏州公积金代扣."""
    return all(number in fold(name) for number in numbers)


def _one(projects: Sequence[ProjectName]) -> ProjectName | None:
    """The only one; or the one that all the others are parts of ("POS" names the project, not one of its parts)."""
    if len(projects) == 1:
        return projects[0]
    return next((p for p in projects if all(o is p or o.parent == p.subject for o in projects)), None)
