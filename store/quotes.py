"""What a citation quotes of its lines: all of them, or the part that matters of a line too long to be read."""

from __future__ import annotations

from collections.abc import Sequence

from store.reading.marks import plain

LONGEST_LINE = 1_000  # characters of one line that are quoted; the longest item of a real report has 400
_ENOUGH = 40  # characters by which a text is known again


def quoted(lines: Sequence[str], about: str = "") -> str:
    """The lines as written, without the white space around them. `about` is the text of what is cited, line by line.

    A line may hold several texts, one below the other (HTML without line ends is one line in all): then only those
    that `about` begins and ends with are quoted. A text of more than `LONGEST_LINE` characters is cut around `about`.
    """
    texts: Sequence[str] = [text for line in lines for text in line.split("\n")]
    if len(texts) == len(lines) and all(len(text) <= LONGEST_LINE for text in texts):
        return "\n".join(texts).strip()
    wanted = [plain(text).strip() for text in about.split("\n") if text.strip()]
    if len(texts) > len(lines) and wanted:
        texts = _part(texts, wanted)
    return "\n".join(_cut(text, wanted) for text in texts).strip()


def _part(texts: Sequence[str], wanted: Sequence[str]) -> Sequence[str]:
    """From the first text that is wanted to the last. What is wanted may itself go over several texts."""
    found: list[int] = []
    for words in wanted:
        since = found[-1] if found else 0
        first = next((at for at in range(since, len(texts)) if _begins(texts[at], words)), None)
        if first is not None:
            found.append(_last(texts, first, words))
            found.insert(0, first)
    return texts[min(found) : max(found) + 1] if found else texts[:1]


def _begins(text: str, words: str) -> bool:
    return words[:_ENOUGH] in text or (bool(text.strip()) and words.startswith(text.strip()))


def _last(texts: Sequence[str], first: int, words: str) -> int:
    """The last of the texts that `words` goes over, each behind the one before."""
    at, place = first, words.find(texts[first].strip())
    while place >= 0:
        place += len(texts[at].strip())
        following = texts[at + 1].strip() if at + 1 < len(texts) else ""
        place = words.find(following, place) if following else -1
        at += place >= 0
    return at


def _cut(text: str, wanted: Sequence[str]) -> str:
    if len(text) <= LONGEST_LINE:
        return text
    start = next((at for words in wanted if (at := text.find(words[:_ENOUGH])) >= 0), 0)
    return text[start : start + LONGEST_LINE]
