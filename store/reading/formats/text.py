"""The text of a Markdown or plain-text file in the encodings that offices write."""

from __future__ import annotations

import codecs

from store.errors import UnreadableFile
from store.words.regex import regex

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CONTROLS = regex(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")  # but \t \n \v \f \r and the escape of a terminal
# A page pasted from a terminal may hold a few control characters; a picture named .md holds far more.
_MOST_CONTROLS = 0.02
_CHINESE = ("gb18030", "big5")
_WIDE = ("utf-16-le", "utf-16-be")
_LIKELY = 0.9
_SAMPLE = 100_000  # characters


def decode(content: bytes, source: str) -> str:
    """The text of `content`: by its byte order mark, else UTF-8, else UTF-16, GB 18030 or Big5 by what makes sense.

    Raises `UnreadableFile` with the reason `empty` (nothing but white space) or `binary`.
    """
    marked = next((name for bom, name in _BOMS if content.startswith(bom)), None)
    text = _decoded(content, marked) if marked else _guessed(content)
    if text is None:
        raise UnreadableFile(source, "binary")
    if not text.strip():
        raise UnreadableFile(source, "empty")
    if "\x00" in text or len(_CONTROLS.findall(text)) > _MOST_CONTROLS * len(text):
        raise UnreadableFile(source, "binary")
    return text


def _decoded(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _guessed(content: bytes) -> str | None:
    """The text where no mark names the encoding; None where the bytes make sense in none.

    A zero byte means UTF-16 or no text: every report holds a line end, a space or a digit, which have one there.
    """
    zeros = b"\x00" in content
    if not zeros and (text := _decoded(content, "utf-8")) is not None:
        return text
    # Nearly any bytes are some GB 18030 or UTF-16 text, so what comes out must also look like Chinese or English.
    guesses = [_decoded(content, name) for name in (_WIDE if zeros else _CHINESE)]
    best = max((text for text in guesses if text), key=_likely, default="")
    return best if _likely(best) >= _LIKELY else None


def _likely(text: str) -> float:
    """The share of characters that reports are written with, judged by the beginning of the text."""
    sample = text[:_SAMPLE]
    return sum(map(_common, sample)) / len(sample) if sample else 0.0


def _common(char: str) -> bool:
    """Whether it is ASCII, punctuation, or one of the common Chinese characters, simplified or traditional."""
    if char < "\x7f":
        return not _CONTROLS.match(char)
    return _encodes(char, "gb2312") or _encodes(char, "big5", b"\xc6\x7f")


def _encodes(char: str, encoding: str, below: bytes = b"\xff\xff") -> bool:
    try:
        return char.encode(encoding) < below
    except UnicodeEncodeError:
        return False
