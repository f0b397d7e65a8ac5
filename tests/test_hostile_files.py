"""Files that nobody means well with: refused or read within bounds, one line each, and nothing half saved."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from support.command import rows, run
from support.files import word, zipped

from store.intake import archives

HEAD = "# 第38周 2023-09-15\n\n## O1 服务业务\n"
W = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
)


def document(xml: str) -> bytes:
    """A .docx with this XML as its text."""
    with zipfile.ZipFile(io.BytesIO(word(("Normal", "x")))) as whole:
        members = [(name, whole.read(name)) for name in whole.namelist()]
    return zipped((name, xml.encode() if name == "word/document.xml" else content) for name, content in members)


REFUSED = {
    "nul.md": HEAD.encode() + b"\x00",
    "lines.md": (HEAD + "- 甲\n" * 41_000).encode(),
    "deep.html": ("<h1>第38周 2023-09-15</h1>" + "<div>" * 100_000).encode(),
    "deep.docx": document(W + "<w:sdt><w:sdtContent>" * 5_000),
    "bomb.docx": document(W + " " * 30_000_000 + "</w:body></w:document>"),
    "deep.eml": b"From: x\n" + b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3_000)
    ),
    "page.zip": b"PK\x05\x06 and no more",
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_on_one_line(tmp_path: Path, name: str) -> None:
    """One line with the file's name, exit 1, no traceback, and a good file beside it goes in alone."""
    (tmp_path / name).write_bytes(REFUSED[name])
    (tmp_path / "z.md").write_text(HEAD + "- 海风：进度80%\n", encoding="utf-8")
    ran = run("ingest", name, "z.md", "--db", "a.db")
    assert (ran.code, ran.out) == (1, "1 added, 1 refused\n")
    assert re.fullmatch(rf"zhouzhi: {re.escape(name)}: .{{10,120}}\n", ran.err)
    stored = rows(tmp_path / "a.db")
    assert (stored["reports"], stored["files"], stored["updates"]) == (1, 1, 1)


READ = {
    "line.md": (HEAD + "- 海风：进度80%，" + "很长的一行，" * 50_000).encode(),
    "bullets.md": (HEAD + "- 海风：进度80%\n" + "".join(" " * n + "- x\n" for n in range(1_000))).encode(),
    "table.md": (HEAD + "- 海风：进度80%\n\n| a |\n|---|\n" + "|" * 10_000 + "\n| x ||| 8% |\n||").encode(),
    "marks.md": (HEAD + "- 海风：进度80%\n" + ">" * 5_000 + "\n" + "**" * 5_000 + "\n" + "[" * 5_000).encode(),
    "lists.html": ("<h1>第38周 2023-09-15</h1><h2>O1</h2>" + "<ul><li>海风：进度80%" * 900).encode(),
    "cells.html": ("<h1>第38周 2023-09-15</h1><h2>O1</h2><ul><li>海风：进度80%</ul><table>"
                   + "<tr><td colspan=1000 rowspan=9999>x" * 500).encode(),
    "control.md": (HEAD + "- 海风：进度80%\x1b[31m\x07 <!channel> <@U1>\n").encode(),
}  # fmt: skip


@pytest.mark.parametrize("name", READ)
def test_it_is_read_within_bounds(tmp_path: Path, name: str) -> None:
    """What is a report in spite of all is read: its project is found, and the quote is one that can be read."""
    (tmp_path / name).write_bytes(READ[name])
    assert run("ingest", name, "--team", "甲组", "--db", "a.db").code == 0
    asked = run("ask", "/status 海风", "--db", "a.db", "--today", "2023-12-11", "--json").json
    assert asked["found"]
    assert "80%" in asked["text"]
    assert all(len(citation["quote"]) <= 5_000 for citation in asked["citations"])


@pytest.mark.parametrize("entities", [BOMB + "]>", '<!DOCTYPE x [<!ENTITY j SYSTEM "file:///etc/hosts">]>'])
def test_entities_are_not_resolved(tmp_path: Path, entities: str) -> None:
    """Neither a file of the machine nor a billion characters come in through a document's entities."""
    text = "<w:p><w:r><w:t>第38周 2023-09-15 &j;</w:t></w:r></w:p>"
    (tmp_path / "a.docx").write_bytes(document(f"{entities}{W}{text}</w:body></w:document>"))
    ran = run("parse", "a.docx", "--json")
    assert "localhost" not in ran.out
    assert "aaaa" not in ran.out


def test_a_bomb_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of an archive that unpacks to more than the bound each member beyond it is one line, and none is stored."""
    monkeypatch.setattr(archives, "LARGEST_ARCHIVE", 1_000)
    (tmp_path / "a.zip").write_bytes(zipped({f"{n}.md": b" " * 5_000_000 for n in range(3)}))
    ran = run("ingest", "a.zip", "--db", "a.db")
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "3 refused\n", 3)
    assert rows(tmp_path / "a.db")["files"] == 0
