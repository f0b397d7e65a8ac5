"""Bytes → text → lines: encodings, byte order marks, line ends, and what is no text at all."""

from __future__ import annotations

import codecs
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.written import written

from store.errors import UnreadableFile
from store.reading import read_report
from store.reading.formats.text import decode
from store.reading.marks import split_lines

TEXT = written("## 【O1 服务业务】", "- 海风平台（小风项目）：进度85%，预计9/26上线", "- 云帆平台：联调中")
ENCODED = [
    TEXT.encode(), codecs.BOM_UTF8 + TEXT.encode(), TEXT.encode("gb18030"), TEXT.encode("gbk"),
    codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
]  # fmt: skip
BINARY = [
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", b"PK\x03\x04\x14\x00\x06\x00", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n\x00",
    b"\x00" * 40,
    b"\xff\xd8\xff\xe0\x00\x10JFIF", bytes(range(256)), b"\xff\xfe\x00\xd8a\x00", codecs.BOM_UTF8 + b"\xff\xff",
    random.Random(7).randbytes(2000), b"text then a zero\x00byte",
]  # fmt: skip
EMPTY = [b"", b" \n\t\r\n", codecs.BOM_UTF8, codecs.BOM_UTF8 + b"\n", codecs.BOM_UTF16_LE, "\u3000\n".encode()]
OTHER_BREAKS = ["\u2028", "\u2029", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85"]


@pytest.mark.parametrize("content", ENCODED, ids=range(len(ENCODED)))
def test_every_office_encoding_gives_the_same_text(content: bytes) -> None:
    """UTF-8, UTF-16 and GB 18030, with a byte order mark where one is due, read the same and lose the mark."""
    assert decode(content, "a.md") == TEXT


@pytest.mark.parametrize("content", BINARY, ids=range(len(BINARY)))
def test_what_is_no_text_is_refused(content: bytes) -> None:
    """Pictures, archives, noise and broken text are refused as binary, whatever the name claims; source is named."""
    with pytest.raises(UnreadableFile) as error:
        decode(content, "a.md")
    assert (error.value.source, error.value.reason) == ("a.md", "binary")


@pytest.mark.parametrize("content", EMPTY, ids=range(len(EMPTY)))
def test_nothing_is_refused_as_empty(content: bytes) -> None:
    """No bytes, only white space, or only a byte order mark is an empty file."""
    with pytest.raises(UnreadableFile) as error:
        decode(content, "a.md")
    assert error.value.reason == "empty"


@pytest.mark.parametrize(
    "text", ["周报", "ok", "a\u2028b", "表情😀与繁體字", "\x1b[1m粗\x1b[0m", "页一\x0c页二", "ñandú"]
)
def test_unusual_text_is_text(text: str) -> None:
    """Short texts, emoji, traditional characters, form feeds and terminal colours are no binaries."""
    assert decode(text.encode(), "a.md") == text


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_at_lf_crlf_and_cr(end: str) -> None:
    """Whichever of the three a file uses, every fact stands on the same line."""
    report = read_report(TEXT.replace("\n", end))
    assert report.lines == tuple(TEXT.split("\n"))
    assert [(u.name, u.line) for u in report.updates] == [("海风平台（小风项目）", 4), ("云帆平台", 5)]


def test_line_ends_may_be_mixed() -> None:
    """CRLF counts once, LF CR twice, and the last end opens no further line."""
    assert split_lines("a\r\nb\nc\rd\n\re\r\n") == ["a", "b", "c", "d", "", "e"]


@pytest.mark.parametrize("char", OTHER_BREAKS)
def test_nothing_else_ends_a_line(char: str) -> None:
    """A line separator, a form feed and their kin stay inside their line, and don't shift the ones that follow."""
    report = read_report(TEXT.replace("进度85%", f"进度85%{char}说明"))
    assert [(u.name, u.line) for u in report.updates] == [("海风平台（小风项目）", 4), ("云帆平台", 5)]
    assert report.lines[3].count(char) == 1


@settings(max_examples=150, deadline=None)
@given(st.lists(st.text(st.characters(exclude_characters="\r\n")), min_size=1), st.sampled_from(["\n", "\r\n", "\r"]))
def test_lines_come_back_as_they_were(lines: list[str], end: str) -> None:
    """Joining any lines by one of the ends and splitting them again gives those lines."""
    text = end.join(lines)
    if text and not text.startswith("\ufeff"):
        assert split_lines(text + end) == lines


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=60))
def test_any_bytes_are_text_or_refused(content: bytes) -> None:
    """No bytes raise anything but a refusal with its reason."""
    outcome: str
    try:
        outcome = decode(content, "a.md").strip()
    except UnreadableFile as error:
        outcome = error.reason if error.reason in {"binary", "empty"} else ""
    assert outcome
