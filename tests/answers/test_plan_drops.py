"""What rests on nothing being dropped shows the line that speaks of each goal."""

from __future__ import annotations

from support.made_up import Put, ask, put_all, weekly

from store.library import Library

TEXTS = {
    "w38.md": weekly("第38周", "2023-09-15", ["- 海棠平台：进度61%"],
                     goals=["1. 海棠报表剩余4个指标收尾", "2. 双录质检采购比价"]),
    "w39.md": weekly("第39周", "2023-09-22", ["- 海棠报表指标建设，已完成40/40，联调中"], goals=["1. 海棠提测"]),
}


def test_a_goal_that_is_not_dropped_cites_what_speaks_of_it(library: Library, put: Put) -> None:
    """A goal that a later line comes near without saying that it is done is shown with that line; one that no
    line comes near is dropped, and has none."""
    answer = ask(put_all(library, put, TEXTS), "/plan 第38周", "2023-09-25")
    told = {goal["text"]: goal["outcome"] for goal in answer.data["goals"]}
    assert told == {"海棠报表剩余4个指标收尾": "unclear", "双录质检采购比价": "dropped"}
    assert "- 海棠报表指标建设，已完成40/40，联调中" in [citation.quote for citation in answer.citations]
