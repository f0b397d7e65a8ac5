"""Archives as Notion and Windows make them: page ids, folders, an archive inside, names in GBK, and broken members."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest
from support.command import complaint, run
from support.files import zipped

from store.intake import Candidate, archives, candidates, how_many

ID = "0123456789abcdef0123456789abcdef"
REPORT = "# 第38周 2023-09-15\n\n## O1 服务业务\n- 海风平台：进度85%\n".encode()


def taken(path: Path) -> list[Candidate]:
    """The candidates of an archive."""
    return list(candidates([str(path)]))


def written(path: Path, content: bytes) -> Path:
    """The path, with the content in it."""
    path.write_bytes(content)
    return path


def test_page_ids_are_no_part_of_a_teams_name(tmp_path: Path) -> None:
    """`支付中心 0123…abcd/` is the team 支付中心, in an archive and on disk; what only wraps the export is no team."""
    name = f"Private & Shared/支付中心 {ID}/v2.0 周报 9.15 {ID}.md"
    path = written(tmp_path / "Export-1f2e.zip", zipped({name: REPORT, f"支付中心 {ID}.csv": b"a,b"}))
    (found,) = taken(path)
    assert (found.folder, found.content) == ("支付中心", REPORT)
    assert found.source == f"{path.as_posix()}/{name}"
    (tmp_path / "disk" / f"清算中心 {ID}").mkdir(parents=True)
    written(tmp_path / "disk" / f"清算中心 {ID}" / "a.md", REPORT)
    assert [one.folder for one in taken(tmp_path / "disk")] == ["清算中心"]


def test_an_archive_inside_is_opened_once(tmp_path: Path) -> None:
    """`Part-1.zip` gives its members below its own name; an archive inside of that is passed over."""
    deepest = zipped({"c.md": REPORT})
    inner = zipped({f"支付中心 {ID}/b.md": REPORT, "deeper.zip": deepest})
    path = written(tmp_path / "Export.zip", zipped({"Export-Part-1.zip": inner, "a.md": REPORT}))
    found = taken(path)
    assert [(one.source.removeprefix(f"{path.as_posix()}/"), one.folder) for one in found] == [
        (f"Export-Part-1.zip/支付中心 {ID}/b.md", "支付中心"), ("a.md", None)
    ]  # fmt: skip


def test_the_bound_holds_for_all_levels_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What an archive inside unpacks to counts, and a bomb in it is refused unread."""
    bomb = zipped({"bomb.md": b" " * 30_000_000, "ok.md": REPORT})
    monkeypatch.setattr(archives, "LARGEST_ARCHIVE", len(bomb) + 500)
    path = written(tmp_path / "a.zip", zipped({"1.zip": bomb, "2.zip": bomb}))
    assert [(one.source.rsplit("/", 2)[-2:], one.reason) for one in taken(path)] == [
        (["1.zip", "bomb.md"], "too_large"), (["1.zip", "ok.md"], None), (["a.zip", "2.zip"], "too_large")
    ]  # fmt: skip


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_names_without_the_utf8_flag_are_read(tmp_path: Path, encoding: str) -> None:
    """Windows packs names in GBK, some tools UTF-8 without saying so: both are read as they were written."""
    raw = "支付中心/第38周.md".encode(encoding)
    packed = zipped({"x" * len(raw): REPORT}).replace(b"x" * len(raw), raw)
    (found,) = taken(written(tmp_path / "a.zip", packed))
    assert (found.below, found.folder) == ("支付中心/第38周.md", "支付中心")


def test_a_protected_member_is_named(tmp_path: Path) -> None:
    """A member that needs a password is one line; its neighbour goes in."""
    content = bytearray(zipped({"a.md": REPORT, "b.md": REPORT}))
    flags = content.find(b"PK\x01\x02") + 8  # the flags of the first entry in the central directory
    struct.pack_into("<H", content, flags, struct.unpack_from("<H", content, flags)[0] | 1)
    path = written(tmp_path / "a.zip", bytes(content))
    assert [one.reason for one in taken(path)] == ["encrypted", None]
    ran = run("ingest", path, "--db", tmp_path / "a.db")
    assert "password" in complaint(ran)
    assert ran.out == "1 added, 1 refused\n"


def test_a_damaged_member_is_named(tmp_path: Path) -> None:
    """A wrong checksum is one line that names the member; its neighbours go in."""
    packed = zipped({"a.md": REPORT, "b.md": b"second one"}, zipfile.ZIP_STORED).replace(b"second one", b"sekond one")
    found = taken(written(tmp_path / "a.zip", packed))
    assert [(one.below, one.reason) for one in found] == [("a.md", None), ("b.md", "bad_member")]


def test_a_flood_of_members_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive with more names than the bound is one line and not looked through."""
    monkeypatch.setattr(archives, "MOST_MEMBERS", 3)
    path = written(tmp_path / "a.zip", zipped({f"{n}.md": REPORT for n in range(4)}))
    assert [one.reason for one in taken(path)] == ["too_complex"]


def test_reports_in_other_formats_come_out_of_archives(tmp_path: Path) -> None:
    """HTML in an archive is a report, cited below the archive."""
    page = b"<h1>W38 2023-09-15</h1><h2>O1</h2><ul><li>Seawind: progress 85%</li></ul>"
    path = written(tmp_path / "a.zip", zipped({"pay/a.html": page}))
    assert run("ingest", path, "--db", tmp_path / "a.db").code == 0
    asked = run("ask", "/status Seawind", "--db", tmp_path / "a.db", "--today", "2023-12-11", "--json").json
    (cited,) = asked["citations"]
    assert (cited["source"], cited["line_start"]) == (f"{path.as_posix()}/pay/a.html", 1)
    assert cited["quote"] == "Seawind: progress 85%"


def test_a_glance_counts_the_files(tmp_path: Path) -> None:
    """What the progress bar takes for its whole: reports in folders and in archives, and nothing else."""
    written(tmp_path / "a.md", REPORT)
    written(tmp_path / "b.png", b"x")
    written(tmp_path / "c.zip", zipped({"d.md": REPORT, "e.csv": b"x", "f.docx": b"x"}))
    written(tmp_path / "g.zip", b"none")
    assert how_many([str(tmp_path)]) == 4
    assert how_many([str(tmp_path / "b.png"), "gone.md"]) == 2


def test_a_progress_bar_only_on_a_terminal(tmp_path: Path) -> None:
    """Where standard error is a file nothing but refusals is written to it."""
    written(tmp_path / "a.md", REPORT)
    ran = run("ingest", tmp_path / "a.md", "--db", tmp_path / "a.db")
    assert (ran.out, ran.err) == ("1 added\n", "")


def test_members_are_unpacked_nowhere(tmp_path: Path) -> None:
    """Whatever an archive's names say, reading it writes no file."""
    buffer = io.BytesIO(zipped({"../../up.md": REPORT, "/etc/x.md": REPORT, "C:\\x.md": REPORT}))
    path = written(tmp_path / "a.zip", buffer.getvalue())
    assert len(taken(path)) == 3
    assert [one.name for one in tmp_path.iterdir()] == ["a.zip"]
