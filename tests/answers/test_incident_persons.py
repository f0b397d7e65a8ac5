"""Who did something in an incident is told only where a line says so."""

from __future__ import annotations

import pytest
from support.made_up import Put, ask, put_all, weekly

from store.library import Library

TEXT = weekly("第38周", "2023-09-15", incidents=[
    "- 9/12 10:05 网关超时，影响12笔。处理：陈默, /12 18:20 回调重复，影响3笔。处理：补偿任务重跑。"])  # fmt: skip


@pytest.mark.parametrize(("question", "found"), [
    ("9/12故障谁值班", False), ("who was on call during the 9/12 outages", False), ("9/12有什么故障", True),
])  # fmt: skip
def test_nobody_is_named_whom_no_line_names(library: Library, put: Put, question: str, found: bool) -> None:
    """Several incidents of a day answer what happened, and not who was on duty, which no line says."""
    answer = ask(put_all(library, put, {"a.md": TEXT}), question, "2023-09-16")
    assert answer.found is found
