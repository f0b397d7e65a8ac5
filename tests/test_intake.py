"""From paths to candidates: folders, hidden files, archives and their tricks, and everything that can't be taken."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from store.intake import LARGEST_FILE, Candidate, archives, candidates


def make(folder: Path, *names: str, content: bytes = b"text") -> None:
    """Put files of these names below the folder."""
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def packed(path: Path, **members: bytes) -> Path:
    """An archive of these members; two underscores stand for a slash, one for a dot."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return path


def named(path: Path, members: dict[str, bytes]) -> Path:
    """An archive whose members are named exactly so."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return path


def taken(*paths: Path) -> list[Candidate]:
    """The candidates of the paths."""
    return list(candidates([str(path) for path in paths]))


def reasons(found: list[Candidate], top: Path) -> dict[str, str | None]:
    """What was found below `top`, and why it can't be taken."""
    return {one.source.removeprefix(f"{top.as_posix()}/"): one.reason for one in found}


def test_a_file_is_itself(tmp_path: Path) -> None:
    """A named file is taken with its bytes, its name as citations call it, and no folder, whatever its suffix."""
    make(tmp_path, "周报.md", "notes")
    for name in ("周报.md", "notes"):
        (found,) = taken(tmp_path / name)
        assert (found.source, found.below, found.folder) == ((tmp_path / name).as_posix(), name, None)
        assert (found.content, found.reason) == (b"text", None)


def test_a_folder_is_all_reports_below_it(tmp_path: Path) -> None:
    """Recursively, in order; the first folder below the path is the team; other kinds of file are passed over."""
    make(
        tmp_path,
        "b.md",
        "支付中心/2023/a.md",
        "支付中心/c.TXT",
        "x/d.markdown",
        "x/picture.png",
        "x/data.json",
        "noend",
    )
    found = taken(tmp_path)
    assert [(one.below, one.folder) for one in found] == [
        ("b.md", None), ("x/d.markdown", "x"), ("支付中心/2023/a.md", "支付中心"), ("支付中心/c.TXT", "支付中心")
    ]  # fmt: skip


@pytest.mark.parametrize("name", [".hidden.md", ".git/a.md", "x/.obsidian/a.md", "__MACOSX/a.md", "x/._a.md"])
def test_hidden_files_are_passed_over(tmp_path: Path, name: str) -> None:
    """Files and folders that systems hide are no reports, on disk and in archives."""
    make(tmp_path / "disk", name, "shown.md")
    named(tmp_path / "a.zip", {name: b"text", "shown.md": b"text"})
    assert [one.below for one in taken(tmp_path / "disk", tmp_path / "a.zip")] == ["shown.md", "shown.md"]


def test_a_folder_below_a_hidden_one_can_be_named(tmp_path: Path) -> None:
    """What counts is the path below the one that was named, not where that lies."""
    make(tmp_path, ".cache/reports/a.md")
    assert [one.below for one in taken(tmp_path / ".cache" / "reports")] == ["a.md"]


def test_formats_that_are_not_read_are_named(tmp_path: Path) -> None:
    """A .doc, .pdf or .rtf in a folder is said to be unsupported, not silently passed over; a .csv index is."""
    make(tmp_path, "a.doc", "b.rtf", "c.pdf", "d.md", "e.csv", "f.docx", "g.html", "h.htm", "i.eml")
    assert reasons(taken(tmp_path), tmp_path) == {
        "a.doc": "unsupported", "b.rtf": "unsupported", "c.pdf": "unsupported", "d.md": None, "f.docx": None,
        "g.html": None, "h.htm": None, "i.eml": None,
    }  # fmt: skip


def test_what_is_not_there_is_named_and_stops_nothing(tmp_path: Path) -> None:
    """A missing path is a candidate with its reason, and the paths after it are still taken."""
    make(tmp_path, "a.md")
    found = taken(tmp_path / "gone.md", tmp_path / "nowhere", tmp_path / "a.md")
    assert [one.reason for one in found] == ["missing", "missing", None]
    assert [one.content for one in found] == [None, None, b"text"]


def test_the_origin_is_one_however_a_file_is_spelt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Relative, absolute, with dots and through a link: sources differ as typed, the origin doesn't."""
    make(tmp_path, "x/a.md")
    (tmp_path / "link").symlink_to(tmp_path / "x")
    monkeypatch.chdir(tmp_path)
    found = list(candidates(["x/a.md", str(tmp_path / "x" / "a.md"), "x/../x/a.md", "link/a.md", "x"]))
    assert len(found) == 5
    assert {one.origin for one in found} == {(tmp_path / "x" / "a.md").resolve().as_posix()}
    assert found[0].source == "x/a.md"


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    """A byte beyond the bound is too large, on disk (a sparse file) and in an archive; the bound itself is not."""
    for name, size in (("a.md", LARGEST_FILE), ("b.md", LARGEST_FILE + 1)):
        with (tmp_path / name).open("wb") as file:
            file.truncate(size)
    assert [one.reason for one in taken(tmp_path / "a.md", tmp_path / "b.md")] == [None, "too_large"]
    packed(tmp_path / "a.zip", a_md=b" " * (LARGEST_FILE + 1), b_md=b"text")
    assert reasons(taken(tmp_path / "a.zip"), tmp_path / "a.zip") == {"a.md": "too_large", "b.md": None}


def test_members_are_cited_below_their_archive(tmp_path: Path) -> None:
    """A member is `archive.zip/member`, its first folder is the team, folders and foreign files are no candidates."""
    path = packed(tmp_path / "all.zip", 支付__a_md=b"one", b_txt=b"two", c_png=b"x", d_pdf=b"x", 空__=b"")
    found = taken(path)
    assert reasons(found, path) == {"b.txt": None, "d.pdf": "unsupported", "支付/a.md": None}
    assert {one.below: (one.folder, one.content) for one in found if one.content} == {
        "b.txt": (None, b"two"), "支付/a.md": ("支付", b"one")
    }  # fmt: skip
    assert all(one.origin.startswith(f"{path.resolve().as_posix()}/") for one in found)


@pytest.mark.parametrize(
    "name", ["../../etc/a.md", "/etc/a.md", "..\\..\\etc\\a.md", "etc/../../a.md", "C:\\etc\\a.md"]
)
def test_a_member_never_points_outside_its_archive(tmp_path: Path, name: str) -> None:
    """Names that climb out are cited inside the archive, without `..`, and nothing is written anywhere."""
    path = named(tmp_path / "a.zip", {name: b"text"})
    (found,) = taken(path)
    for place in (found.source.removeprefix(path.as_posix()), found.below, found.origin):
        assert ".." not in place.split("/")
    assert found.source.startswith(f"{path.as_posix()}/")
    assert not found.below.startswith("/")
    assert found.folder != ".."
    assert [one.name for one in tmp_path.iterdir()] == ["a.zip"]


def test_a_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All members together stay below the bound: what would go beyond is named, what fits is taken."""
    monkeypatch.setattr(archives, "LARGEST_ARCHIVE", 2500)
    path = packed(tmp_path / "a.zip", a_md=b"a" * 1000, b_md=b"b" * 1000, c_md=b"c" * 1000, d_md=b"d" * 400)
    assert reasons(taken(path), path) == {"a.md": None, "b.md": None, "c.md": "too_large", "d.md": None}


def test_a_member_that_lies_about_its_size_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A member that unpacks to more than its directory says is refused, and no more than the bound is ever held."""
    monkeypatch.setattr(archives, "LARGEST_FILE", 5000)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.md", b"a" * 100_000)
    true, lie = (100_000).to_bytes(4, "little"), (100).to_bytes(4, "little")
    (tmp_path / "a.zip").write_bytes(buffer.getvalue().replace(true, lie))
    assert all(one.content is None or len(one.content) <= 5000 for one in taken(tmp_path / "a.zip"))
    assert any(one.reason for one in taken(tmp_path / "a.zip"))


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04broken"])
def test_what_is_no_archive_is_named(tmp_path: Path, content: bytes) -> None:
    """A .zip that is none is one candidate with its reason, and stops no other path."""
    make(tmp_path, "a.zip", content=content)
    make(tmp_path, "b.md")
    assert reasons(taken(tmp_path), tmp_path) == {"a.zip": "bad_archive", "b.md": None}


def test_a_broken_member_hides_none_of_the_others(tmp_path: Path) -> None:
    """A member whose bytes are damaged is named; the good members before and behind it are still taken."""
    path = named(tmp_path / "a.zip", {"a.md": b"first one", "b.md": b"second one", "c.md": b"third one"})
    path.write_bytes(path.read_bytes().replace(b"second one", b"sekond one"))
    found = taken(path)
    assert {one.below: one.content for one in found if one.content} == {"a.md": b"first one", "c.md": b"third one"}
    assert len([one for one in found if one.reason]) == 1


def test_an_archive_in_a_folder_is_opened(tmp_path: Path) -> None:
    """A .zip among the files of a folder gives its members, as it would when named itself."""
    make(tmp_path, "x/a.md")
    packed(tmp_path / "x" / "b.zip", c_md=b"text")
    assert list(reasons(taken(tmp_path), tmp_path)) == ["x/a.md", "x/b.zip/c.md"]


def test_a_member_belongs_to_the_first_folder_below_the_path(tmp_path: Path) -> None:
    """The team of `PATH/支付/all.zip/a.md` is 支付, as it is for a file that lies there unpacked."""
    (tmp_path / "支付").mkdir()
    packed(tmp_path / "支付" / "all.zip", a_md=b"one", x__b_md=b"two")
    assert [(one.below, one.folder) for one in taken(tmp_path)] == [
        ("支付/all.zip/a.md", "支付"), ("支付/all.zip/x/b.md", "支付")
    ]  # fmt: skip


def test_a_link_is_its_place_below_the_base() -> None:
    """Under a base the link is the path below the one named, escaped; without a base there is none."""
    one = Candidate("/x/支付/a b.md", "/x/支付/a b.md", "支付/a b.md", "支付", b"")
    assert one.url(None) is None
    assert one.url("https://wiki.example/r/") == one.url("https://wiki.example/r") == (
        "https://wiki.example/r/%E6%94%AF%E4%BB%98/a%20b.md"
    )  # fmt: skip
