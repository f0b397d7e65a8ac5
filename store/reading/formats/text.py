"""The text of a Markdown or plain-text file in the encodings that offices write."""

from __future__ import annotations

import codecs
import re

from store.errors import UnreadableFile

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")  # but \t \n \v \f \r and the escape of a terminal
# A page pasted from a terminal may hold a few control characters; a picture named .md holds far more.
_MOST_CONTROLS = 0.02


def decode(content: bytes, source: str) -> str:
    """The text of `content`: by its byte order mark, else UTF-8, else GB 18030.

    Raises `UnreadableFile` with the reason `empty` (nothing but white space) or `binary`.
    """
    text = text_of(content, source)
    if not text.strip():
        raise UnreadableFile(source, "empty")
    if "\x00" in text or len(_CONTROLS.findall(text)) > _MOST_CONTROLS * len(text):
        raise UnreadableFile(source, "binary")
    return text


def text_of(content: bytes, source: str) -> str:
    """The text of `content`, as `decode` has it, without a look at whether it is one that can be read."""
    known = next((_decoded(content, name, source) for bom, name in _BOMS if content.startswith(bom)), None)
    return _guessed(content, source) if known is None else known


def _decoded(content: bytes, encoding: str, source: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableFile(source, "binary") from error


def _guessed(content: bytes, source: str) -> str:
    if b"\x00" in content:
        raise UnreadableFile(source, "binary")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        # Nearly any bytes are some GB 18030 text, so what comes out must also look like Chinese.
        text = _decoded(content, "gb18030", source)
    if sum(_common(char) for char in text) < 0.9 * len(text):
        raise UnreadableFile(source, "binary")
    return text


def _common(char: str) -> bool:
    """Whether the character is one that GB 2312 knows: ASCII, punctuation, the common Chinese characters."""
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
