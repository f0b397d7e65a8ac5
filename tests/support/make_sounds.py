"""Write store/words/sounds.txt: how each character of GB 2312 may be read, from pypinyin's tables of characters.

python tests/support/make_sounds.py > store/words/sounds.txt
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from pypinyin import Style, pinyin


def _characters() -> Iterator[str]:
    for row in range(0xB0, 0xF8):
        for cell in range(0xA1, 0xFF):
            yield from bytes((row, cell)).decode("gb2312", "ignore")


@cache
def sounds() -> dict[str, str]:
    """Each syllable, without its tone, with the characters that may be read so."""
    found: dict[str, str] = {}
    for char in _characters():
        for syllable in dict.fromkeys(pinyin(char, style=Style.NORMAL, heteronym=True)[0]):
            found[syllable] = found.get(syllable, "") + char
    return dict(sorted(found.items()))


def written() -> str:
    """The file."""
    return "".join(f"{syllable} {characters}\n" for syllable, characters in sounds().items())


if __name__ == "__main__":
    print(written(), end="")
