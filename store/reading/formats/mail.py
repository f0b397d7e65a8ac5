"""E-mail, pasted as text or as an .eml file → `Document`: the subject is the title, the body is the report.

The older mail that is quoted below the body and what closes a letter have no texts to read; their lines stay. The
lines of an .eml are those of the mail as a person sees it: sender, date and subject decoded, an empty line, and the
body (its plain text, else its HTML).
"""

from __future__ import annotations

import email
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parsedate

from store.errors import UnreadableFile
from store.reading.document import Document, Text
from store.reading.formats.text import decode
from store.reading.head import days_in
from store.reading.marks import marked, plain, split_lines
from store.reading.parts import names_a_week
from store.reading.vocabulary import words
from store.words.normalise import fold

LONGEST_HEADER = 2_000  # characters of a header line that are read
_SHOWN = ("From", "To", "Date", "Subject")
_HEADER = re.compile(r"\s*([A-Za-z-]{2,12}|[\u4e00-\u9fff]{2,4})\s*[:：]\s*(.*)")
_OPENING = 10  # lines of a body in which a report says its week
_CLOSING = 12  # lines at a body's end in which a letter is closed
_GREETING = 6  # lines that somebody who forwards a mail writes above it


def begins_like_mail(text: str) -> bool:
    """Whether the first lines with text are a mail's header: a sender, and a date or a subject."""
    return _is_header(split_lines(text[: 10 * LONGEST_HEADER].lstrip()))


def mail_document(text: str) -> Document:
    """The document of a mail that was pasted as text and begins with its header."""
    document = Document.of_markdown(text)
    first = next((at for at, line in enumerate(document.lines) if line.strip()), 0)
    size = _header_size(document.lines[first:])
    header = document.texts[first : first + size]
    return Document(document.lines, tuple(_texts(header, document.texts[first + size :])))


def message_document(content: bytes, source: str) -> Document:
    """The document of an .eml file; one without a header is read as plain text. Raises `UnreadableFile`."""
    try:
        message = email.message_from_bytes(content)
        shown = {name: _shown(message, name) for name in _SHOWN if message.get(name)}
        body = _body(message, source)
    except UnreadableFile:
        raise
    # The standard library raises whatever odd bytes make it run into: RecursionError, LookupError, ValueError …
    except Exception as error:
        raise UnreadableFile(source, "bad_document") from error
    if not shown:
        return Document.of_markdown(decode(content, source))
    header = [Text(number, f"{name}: {value}") for number, (name, value) in enumerate(shown.items(), 1)]
    below = [Text(text.line + len(header) + 1, text.markdown) for text in body.texts]
    lines = (*(text.markdown for text in header), "", *body.lines)
    return Document(lines, tuple(_texts(header, below)))


def _shown(message: Message, name: str) -> str:
    value = " ".join(str(message.get(name)).split())[:LONGEST_HEADER]
    return " ".join(str(make_header(decode_header(value))).split())


def _body(message: Message, source: str) -> Document:
    found: dict[str, Document] = {}
    for part in message.walk():
        kind = part.get_content_type()
        if kind in ("text/plain", "text/html") and kind not in found and not part.get_filename():
            text = _decoded(part, source)
            if text.strip():
                found[kind] = _of_html(text, source) if kind == "text/html" else Document.of_markdown(text)
    if not found:
        raise UnreadableFile(source, "empty")
    return found.get("text/plain") or found["text/html"]


def _of_html(text: str, source: str) -> Document:
    from store.reading.formats.html import html_text_document

    return html_text_document(text, source)


def _decoded(part: Message, source: str) -> str:
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    charset = (part.get_content_charset() or "").replace("gb2312", "gb18030").replace("gbk", "gb18030")
    try:
        text = content.decode(charset or "utf-8")
    except (LookupError, UnicodeDecodeError):
        text = decode(content, source)
    if "\x00" in text:
        raise UnreadableFile(source, "binary")
    return text


# ---- the header ----------------------------------------------------------------------------------------------


def _entry(line: str) -> tuple[str, str] | None:
    """What kind of header line it is (`sender`, `sent`, `subject`, `other`), and its value; None for other lines."""
    found = _HEADER.match(plain(line[:LONGEST_HEADER]))
    if not found:
        return None
    name = fold(found[1])
    kind = next((kind for kind in ("sender", "sent", "subject", "other") if name in words("mail", kind)), None)
    return (kind, found[2].strip()) if kind else None


def _header_size(lines: Sequence[str]) -> int:
    """How many of the first lines are header: named ones, and those that go on with an indent."""
    for at, line in enumerate(lines):
        if _entry(line) is None and not (at and line[:1] in (" ", "\t") and line.strip()):
            return at
    return len(lines)


def _entries(lines: Sequence[str]) -> Mapping[str, str]:
    found = (entry for line in lines[: _header_size(lines)] if (entry := _entry(line)) is not None)
    return dict(reversed(list(found)))


def _is_header(lines: Sequence[str]) -> bool:
    entries = _entries(lines[:_OPENING])
    return "sender" in entries and bool({"sent", "subject"} & set(entries))


def _day(written: str) -> date | None:
    """The day of a Date line: `2023-09-15 18:02`, `2023年9月15日`, `Fri, 15 Sep 2023 …`, `September 15, 2023 …`."""
    if days := days_in(written):
        return days[0]
    parsed = parsedate(written)
    try:
        return date(*parsed[:3]) if parsed else None
    except ValueError:
        return None


# ---- the body ------------------------------------------------------------------------------------------------


def _texts(header: Sequence[Text], body: Sequence[Text]) -> Iterator[Text]:
    """The subject as title, the date where neither subject nor body say one, and the writer's own body."""
    entries = _entries([text.markdown for text in header])
    subject, is_forwarded = _subject(entries.get("subject", ""))
    own = _own(body, is_forwarded)
    opening = [text for text in own if text.markdown.strip()][:_OPENING]
    line = next((t.line for t in header if (_entry(t.markdown) or ("",))[0] == "subject"), header[0].line)
    if subject:
        yield Text(line, f"# {subject}")
    day = _day(entries.get("sent", ""))
    if day and not any(days_in(text) for text in [subject, *(t.markdown for t in opening if _is_title(t))]):
        yield Text(next(t.line for t in header if (_entry(t.markdown) or ("",))[0] == "sent"), day.isoformat())
    yield Text(header[-1].line, "")
    yield from own


def _is_title(text: Text) -> bool:
    line = marked(text.line, text.markdown)
    return names_a_week(text.markdown) and (not line.mark or line.mark.startswith("#"))


def _subject(written: str) -> tuple[str, bool]:
    """The subject without `Re:` and `转发：`, and whether the mail is a forwarded one."""
    subject, is_forwarded = written, False
    while found := re.match(r"\s*([A-Za-z]{2,3}|[\u4e00-\u9fff]{2})\s*[:：]\s*", subject):
        if fold(found[1]) not in words("mail", "replied") + words("mail", "forwarded"):
            break
        is_forwarded = is_forwarded or fold(found[1]) in words("mail", "forwarded")
        subject = subject[found.end() :]
    return subject.strip(), is_forwarded


def _own(body: Sequence[Text], is_forwarded: bool) -> list[Text]:
    """The body without quoted older mails and without what closes the letter."""
    own: list[Text] = []
    at = 0
    while at < len(body):
        lines = [text.markdown for text in body[at : at + _OPENING]]
        if skipped := _quote_size(lines):
            # Somebody who forwards a report writes next to nothing above it.
            if not is_forwarded or sum(bool(text.markdown.strip()) for text in own) > _GREETING:
                break
            own, at = [], at + skipped
        else:
            own += [body[at]] if not lines[0].lstrip().startswith(">") else []
            at += 1
    return _unclosed(own)


def _quote_size(lines: Sequence[str]) -> int:
    """How many lines begin an older mail here: a rule such as 在 … 写道：, a header, or both; 0 where none does."""
    rules = "|".join(words("mail", "quoted"))
    size = 0
    for count in (1, 2):  # "On … wrote:" is often wrapped
        joined = fold(" ".join(line.strip() for line in lines[:count]))[:400]
        if not size and re.fullmatch(rules, joined):
            size = count
    while size and size < len(lines) and not lines[size].strip():
        size += 1
    return size + _header_size(lines[size:]) if size or _is_header(lines) else 0


def _unclosed(own: list[Text]) -> list[Text]:
    filled = [at for at, text in enumerate(own) if text.markdown.strip()][-_CLOSING:]
    for at in filled:
        if fold(own[at].markdown).strip(" ,，.。!！~～") in words("mail", "closings") and at:
            return own[:at]
    return own
