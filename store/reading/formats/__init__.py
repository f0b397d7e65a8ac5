"""Bytes → `Document`, by what the bytes are, and by a name only where the bytes don't say.

The libraries for HTML and .docx are loaded when such a file comes in, and never to answer a question.
"""

from __future__ import annotations

from pathlib import PurePosixPath

from store.reading.document import Document
from store.reading.formats.mail import begins_like_mail, mail_document, message_document
from store.reading.formats.text import decode

_ARCHIVE = b"PK\x03\x04"  # a .docx is a .zip


def to_document(content: bytes, source: str) -> Document:
    """The document of a file: HTML, .docx, .eml, an e-mail pasted as text, Markdown or plain text.

    Pure; raises `UnreadableFile` with the reason `empty`, `binary`, `bad_document`, `too_complex` or `encrypted`.
    """
    suffix = PurePosixPath(source.replace("\\", "/")).suffix.lower()
    if suffix == ".docx" or content.startswith(_ARCHIVE):
        from store.reading.formats.docx import docx_document

        return docx_document(content, source)
    if suffix == ".eml":
        return message_document(content, source)
    if suffix in (".html", ".htm") or _begins_like_html(content):
        from store.reading.formats.html import html_document

        return html_document(content, source)
    text = decode(content, source)
    return mail_document(text) if begins_like_mail(text) else Document.of_markdown(text)


def _begins_like_html(content: bytes) -> bool:
    beginning = content[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return beginning.startswith((b"<!doctype html", b"<html"))
