"""What a newcomer finds: documents that mention everything, locks without addresses, no trace of a machine."""

from __future__ import annotations

import os
import re
import subprocess
import tomllib
from pathlib import Path

import click
import pytest
from support.places import ROOT

from bot.cli import main
from bot.question.lexicon import lexicon
from bot.question.query import Kind

README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCS = README + "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs").glob("*.md")))
LOCKS = ("requirements.txt", "requirements-dev.txt")


def _files() -> list[Path]:
    """Every file that belongs to the project: what git tracks or would track."""
    try:
        listed = subprocess.run(
            ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            capture_output=True, check=True,
        )  # fmt: skip
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git work tree")
    paths = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    return [path for path in paths if path.is_file()]


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_is_in_the_readme(name: str) -> None:
    """Each command has its line in the README and explains itself."""
    command = main.commands[name]
    assert f"`zhouzhi {name}" in README
    assert isinstance(command, click.Command)
    assert (command.help or "").strip()


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_option_is_explained(name: str) -> None:
    """Each option of each command says what it is for, or stands in the documents."""
    for parameter in main.commands[name].params:
        if isinstance(parameter, click.Option):
            assert parameter.help or any(option in DOCS for option in parameter.opts), parameter.name


@pytest.mark.parametrize("kind", list(Kind))
def test_every_question_kind_is_documented(kind: Kind) -> None:
    """Each kind stands in the documents, and those that can be asked for in the README."""
    assert f"`{kind.value}`" in DOCS
    if kind.value in lexicon()["commands"]:
        assert f"| {kind.value} |" in README
        assert f"/{kind.value}" in README


def test_every_variable_is_explained_where_the_readme_says() -> None:
    """Each variable stands in `.env.example`, and the README leads there."""
    assert ".env.example" in README
    names = set(re.findall(r"\b(?:SLACK|ZHOUZHI)_[A-Z_]+\b", DOCS))
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert [name for name in sorted(names) if not re.search(rf"^{name}=", example, re.MULTILINE)] == []


def test_every_link_within_the_documents_leads_somewhere() -> None:
    """Relative links of the README and the documents name files that are there."""
    broken = []
    for page in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]:
        targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8"))
        broken += [f"{page.name}: {t}" for t in targets if "://" not in t and not (page.parent / t).exists()]
    assert broken == []


def test_the_first_screen_says_what_it_is_and_how_to_start() -> None:
    """The first forty lines of the README hold the name, both commands and a conversation."""
    screen = "\n".join(README.split("\n")[:40])
    assert all(words in screen for words in ("周知", "make demo", "make test", "来源：", "?"))


@pytest.mark.parametrize("name", LOCKS)
def test_locks_pin_with_hashes_and_name_no_index(name: str) -> None:
    """Every package is pinned to one version with its hashes, and no address says where it came from."""
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*(-i|--index-url|--extra-index-url|--find-links|--trusted-host)", text, re.MULTILINE)
    blocks = [block for block in re.split(r"\n(?=\S)", text) if block and not block.startswith("#")]
    assert len(blocks) > 20
    assert [block.split("\n")[0] for block in blocks if not re.match(r"[\w.\[\]-]+==[\w.+!]+", block)] == []
    assert [block.split("\n")[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_both_locks_pin_the_same_versions() -> None:
    """What runs in tests is what runs in production."""
    run, dev = (dict(re.findall(r"^([\w.-]+)==([^\s;]+)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))
                for name in LOCKS)  # fmt: skip
    assert {name: dev.get(name) for name in run} == run


def test_every_dependency_is_locked_and_explained() -> None:
    """Each package that pyproject.toml names is in the lock and in docs/dependencies.md."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = [re.split(r"[<>=\[;~!]", entry)[0].strip() for entry in project["dependencies"]]
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    why = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    assert [name for name in names if not re.search(rf"^{re.escape(name)}==", lock, re.MULTILINE)] == []
    assert [name for name in names if name not in why] == []


def test_the_ci_calls_make_test() -> None:
    """`.ci/run` can be run, and does nothing cleverer than `make test`."""
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    lines = script.read_text(encoding="utf-8").strip().split("\n")
    assert lines[0].startswith("#!")
    assert lines[-1].endswith("make test")
    assert len(lines) <= 6


# Written in halves, so that this file doesn't hold what it looks for.
TRACES = {
    "a registry's address": "|".join(("py" + "pi\\.org", "python" + "hosted", "artifac" + "tory", "/sim" + "ple/")),
    "a path of a machine": "|".join(("/ho" + "me/\\w", "/Us" + "ers/\\w", "/wo" + "rk/", "/ro" + "ot/",
                                   "C:" + r"\\Users")),
    "a token": r"xox[bpars]-\d{6,}|xapp-\d-[A-Z0-9]{6,}",
}  # fmt: skip


@pytest.mark.parametrize("what", TRACES)
def test_no_file_holds_a_trace_of_a_machine(what: str) -> None:
    """No file of the project names where packages came from, where it was built, or a secret."""
    rule = re.compile(TRACES[what])
    found = []
    for path in _files():
        text = path.read_text(encoding="utf-8", errors="ignore")
        found += [f"{path.relative_to(ROOT)}: {match[0]}" for match in rule.finditer(text)]
    assert found == []


def test_files_stay_short() -> None:
    """No Python file of the packages is longer than 400 lines."""
    files = [path for part in ("bot", "store") for path in (ROOT / part).rglob("*.py")]
    assert [p.name for p in files if p.read_text(encoding="utf-8").count("\n") > 400] == []


def test_only_what_belongs_to_the_project_is_kept() -> None:
    """No database, environment, cache or other machine's leaving is tracked."""
    bad = re.compile(r"\.(db|db-wal|db-shm|pyc|log)$|(^|/)(\.env|\.venv|__pycache__|\.demo|node_modules)(/|$)")
    assert [str(p.relative_to(ROOT)) for p in _files() if bad.search(p.relative_to(ROOT).as_posix())] == []
