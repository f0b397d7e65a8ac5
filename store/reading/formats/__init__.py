"""Bytes → `Document`, by what the bytes are, and by a name only where the bytes don't say.

What reads HTML, .docx and mails is loaded when such a file comes in, and never to answer a question.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath

from store.errors import UnreadableFile
from store.reading.document import Document
from store.reading.formats.text import decode

MOST_CHARACTERS = 5_000_000  # of text, without markup; to index as many takes some 15 s
MOST_LINES = 40_000  # lines with text; five years of long reports in one file have as many, and take a minute to read
_ARCHIVE, _WORD = b"PK\x03\x04", b"word/document.xml"  # a .docx is a .zip that holds this


def to_document(content: bytes, source: str) -> Document:
    """The document of a file: HTML, .docx, .eml, an e-mail pasted as text, Markdown or plain text.

    Pure; raises `UnreadableFile` with the reason `empty`, `binary`, `bad_document`, `too_large`, `too_complex` or
    `encrypted`.
    """
    if content.count(b"\n") + content.count(b"\r") > 10 * MOST_LINES:
        raise UnreadableFile(source, "too_complex")
    reader = _reader(content, source) or _text_document
    document = reader(content, source)
    lengths = [len(text.markdown) for text in document.texts if text.markdown]
    if len(lengths) > MOST_LINES or sum(lengths) > MOST_CHARACTERS:
        raise UnreadableFile(source, "too_complex")
    return document


def _text_document(content: bytes, source: str) -> Document:
    from store.reading.formats.mail import begins_like_mail, mail_document

    text = decode(content, source)
    return mail_document(text) if begins_like_mail(text) else Document.of_markdown(text)


def is_text(content: bytes, source: str) -> bool:
    """Whether the lines of the document are those of `content` as text."""
    return _reader(content, source) is None


def _reader(content: bytes, source: str) -> Callable[[bytes, str], Document] | None:
    """What reads a format that isn't text."""
    suffix = PurePosixPath(source.replace("\\", "/")).suffix.lower()
    if suffix == ".docx" or (content.startswith(_ARCHIVE) and _WORD in content):
        from store.reading.formats.docx import docx_document

        return docx_document
    if suffix == ".eml":
        from store.reading.formats.mail import message_document

        return message_document
    if suffix in (".html", ".htm") or _begins_like_html(content):
        from store.reading.formats.html import html_document

        return html_document
    return None


def _begins_like_html(content: bytes) -> bool:
    beginning = content[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return beginning.startswith((b"<!doctype html", b"<html"))
