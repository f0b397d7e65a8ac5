"""What the marks of a line say: heading, bullet, number, table row, or plain text; and text freed of inline marks."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from store.words.memo import remembered
from store.words.regex import regex

TAB_WIDTH = 4
CODE = "`"  # the mark of a line that is no statement of the report's: code, a quotation (`>`)
_HEADING = regex(r"(#{1,6})\s*(?=[^#\s])")
_BULLET = re.compile(r"([-*+•·●○■◦▪])\s+|[•·●]")
# "1." must not eat the start of a figure (1.5亿) or of a date (9.15).
_NUMBER = regex(
    r"([Kk][Rr]\s?\d{1,2}(?:\.\d{1,2})?)[:：]\s*(?=\S)|(\d{1,3})(?:[.．](?!\d)|[、)）])\s*|[(（](\d{1,3})[)）]\s*|([①-⑳])\s*|([A-Za-z])(?:[.．](?=[\s\u4e00-\u9fff])|[、)）])\s*"
)
_RULE = regex(r"\s*(?:[-*_=]\s*){3,}$|[|\s:\-]+$")
_RULE_SIGNS = "-*_=|:"
_CHECKBOX = regex(r"\[[ xX✓]\]\s+")
_LINK = regex(r"!?\[([^\[\]]*)\]\([^()\s]*(?:\s+\"[^\"]*\")?\)")
_STRUCK = regex(r"~~(?=\S)[^~]+~~")  # what was struck out is said no more: ~~12/4提测~~ 12/11提测
_EMPHASIS = regex(r"(\*\*|__|`)(?=\S)(.+?)(?<=\S)\1")
_ITALIC = regex(r"(?<![\w*])([*_])(?=[^\s*_])([^*_]+)(?<=[^\s*_])\1(?![\w*])")
_INLINE = regex(r"\]\(|[*_~`]")
SIGNS = regex(r"^(?:[\u2190-\u2bff\U0001f000-\U0001faff\ufe0f]\s*)+")  # 🚧 【…】, ✅ …
# 数字钱包二期 @苏沐: whose it is, behind a name; no address, and nobody in particular (@all).
MENTION = regex(
    r"(?:(?<=\s)|(?<=[\u3400-\u9fff)）]))@\s?(?!all\b|here\b|channel\b|所有人|大家|各位)"
    r"([\u3400-\u9fff]{2,4}|[A-Za-z][\w.-]*(?: [A-Z][\w.-]+)?)(?=\s*(?:[，。；,;、:：()（）|\n@]|$))"
)


@dataclass(frozen=True, slots=True)
class Marked:
    """One line of a file: its number, its indent in columns, the mark before the text, and the text.

    The mark is `#`… for a heading, `|` for a table row, `-` for a bullet, CODE for a line of code, and a number as
    written for a numbered line (`1.`, `1)`, `①`, `a.`); it is empty for plain text.
    """

    number: int
    indent: int
    mark: str
    text: str

    @property
    def blank(self) -> bool:
        """Whether nothing is to be read here: white space or a rule."""
        return not self.text


def split_lines(text: str) -> list[str]:
    """The lines of `text`, ended by LF, CRLF or CR and by nothing else (`str.splitlines` knows eight more)."""
    lines = re.split(r"\r\n|\n|\r", text.lstrip("\ufeff"))
    return lines[:-1] if lines and not lines[-1] else lines


def marked(number: int, line: str) -> Marked:
    """The line with its mark told apart from its text."""
    body = line.expandtabs(TAB_WIDTH).replace("\u3000", "  ")
    text = body.strip()
    indent = len(body) - len(body.lstrip())
    if not text or (text[0] in _RULE_SIGNS and _RULE.fullmatch(text)):
        return Marked(number, indent, "", "")
    if heading := _HEADING.match(text):
        return Marked(number, indent, heading[1], text[heading.end() :].rstrip("# "))
    if text.startswith("|"):
        return Marked(number, indent, "|", text.strip("| "))
    for rule in (_BULLET, _NUMBER):
        if found := rule.match(text):
            rest = _CHECKBOX.sub("", text[found.end() :], count=1)
            if rest:
                return Marked(number, indent, _mark(found), rest)
            # A bullet or number alone is nothing to read; a letter alone is a letter.
            return Marked(number, indent, "", text if text[0].isalpha() else "")
    return Marked(number, indent, "", text)


def _mark(found: re.Match[str]) -> str:
    return "-" if found.re is _BULLET else unicodedata.normalize("NFKC", found[0]).strip().replace("、", ".")


def without_links(text: str) -> str:
    """`text` with links become their text; other marks stay."""
    return _LINK.sub(r"\1", text) if "](" in text else text


@remembered
def plain(text: str) -> str:
    """`text` without Markdown's inline marks: links become their text, emphasis and code lose their signs."""
    if _INLINE.search(text):
        text = _EMPHASIS.sub(r"\2", _LINK.sub(r"\1", _STRUCK.sub("", text)))
        text = _ITALIC.sub(r"\2", text)
    return text.strip()


def unmarked(text: str) -> str:
    """The text of an item, line by line without inline marks, so that its lines stay where they are."""
    return "\n".join(map(plain, text.split("\n"))) if _INLINE.search(text) else text
