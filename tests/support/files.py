"""Files in the formats that teams export, built in the test that reads them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from datetime import datetime
from email.message import EmailMessage
from typing import Any

import docx

Facts = dict[str, list[tuple[Any, ...]]]


def word(*paragraphs: tuple[str, str] | list[list[str]]) -> bytes:
    """A .docx of (style, text) paragraphs, and of tables given as rows of cells."""
    document = docx.Document()
    for entry in paragraphs:
        if isinstance(entry, list):
            table = document.add_table(len(entry), len(entry[0]))
            for row, texts in zip(table.rows, entry, strict=True):
                for cell, text in zip(row.cells, texts, strict=True):
                    cell.text = text
        else:
            document.add_paragraph(entry[1], style=entry[0])
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def zipped(
    members: Mapping[str, bytes] | Iterable[tuple[str, bytes]], compression: int = zipfile.ZIP_DEFLATED
) -> bytes:
    """A .zip of these members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in members.items() if isinstance(members, Mapping) else members:
            archive.writestr(name, content)
    return buffer.getvalue()


def mail(subject: str, body: str, html: str | None = None, sent: datetime | None = None) -> bytes:
    """An .eml with a text body, and an HTML one beside it where it is given."""
    message = EmailMessage()
    message["From"], message["Subject"] = "支付中心 <pay@example.org>", subject
    if sent:
        message["Date"] = sent
    message.set_content(body)
    if html is not None:
        message.add_alternative(html, subtype="html")
    return bytes(message)
