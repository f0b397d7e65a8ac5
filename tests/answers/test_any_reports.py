"""Whatever the reports look like, each kind of question has an answer that quotes them as they stand."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.made_up import ask
from support.truth import false_quotes

from bot.render.json import render_json
from store.intake import Candidate
from store.library import Library

# With and without titles, sections, names, days; half of a table; a mail of one paragraph.
LINES = [
    "", "# 第12周 2025-03-21", "## 【重点工作】", "## 项目进展", "### 3.2 云帆", "**青鸟**（小名“飞鸟”）", "1.",
    "- 云帆平台：进度35%，3/28提测", "- 91%，4/10上线不变", "| 项目 | 进度 |", "|---|---|", "| 青鸟 | 40% |",
    "支付成功率 99.2%",
    "3/19 10:05 网关超时，影响12笔", "本周无生产事件。", "下周：云帆上线；青鸟评审。",
    "Hi all, launch moved from 3 Apr to 9 Apr.",
    "Completed", "- [ ] todo", "> 引用", "```", "—", "0.3% mismatches being checked", "周报人：李雷", "<br>", "无",
]  # fmt: skip
ASKED = [
    "云帆什么时候上线", "/projects", "/done 3月", "支付中心怎么样", "/history 青鸟", "/milestones", "/slips",
    "/overdue", "/silent", "/risks", "/incidents", "网关超时什么原因", "/metrics 支付成功率", "/plan",
    "/report", "/changes", "/missing", "/search 上线", "有哪些团队", "/coverage", "平均进度多少",
    "why was the launch moved",
]  # fmt: skip
NOW = datetime(2025, 3, 28, 9, tzinfo=UTC)
LINE = st.one_of(st.sampled_from(LINES), st.text(st.characters(codec="utf-8"), max_size=9))
REPORTS = st.lists(st.lists(LINE, max_size=12), min_size=1, max_size=3)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file without reports, to be copied."""
    path = tmp_path_factory.mktemp("any") / "empty.db"
    Library.open(str(path), create=True).close()
    return path


@settings(max_examples=100, deadline=None)
@given(reports=REPORTS)
def test_any_reports_can_be_asked_about(empty: Path, reports: Sequence[Sequence[str]]) -> None:
    """No question raises, whether the reports have sections, names, days or nothing; no quote is made up."""
    with TemporaryDirectory() as folder:
        library = Library.open(str(shutil.copy(empty, folder)))
        _ask_all(library, reports)
        library.close()


def _ask_all(library: Library, reports: Sequence[Sequence[str]]) -> None:
    texts = {f"/r/2025-03-{7 * (at + 1):02}.md": "\n".join(lines) for at, lines in enumerate(reports)}
    files = [Candidate(name, name, name, None, text.encode()) for name, text in texts.items()]
    list(library.ingest(files, NOW, "支付中心"))
    for question in ASKED:
        answer = ask(library, question, "2025-03-28")
        assert render_json(answer)["text"].strip()
        assert not false_quotes(answer, texts.__getitem__)
