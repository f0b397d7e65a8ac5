"""A misread fact is put right by hand: in every answer, for good, with who and why; and it can be taken back."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.command import complaint, run
from support.places import NOW
from support.written import written

from bot.answers.ask import Asker
from bot.render.json import render_json
from store.amending import Field, checked_value, read_value, targets, written_value
from store.corrector import Corrector
from store.errors import BadCorrection, NoSuchFact
from store.intake import Candidate
from store.library import Library
from store.records import State
from store.viewer import EVERYONE, Viewer

TODAY = "2023-09-20"
DAY = date(2023, 9, 20)
REPORT = written(
    "## 【系统运行数据】", "- 支付成功率：99.97%", "## 【O1 服务业务】", "- 海风平台：进度80%，预计9/26上线",
    "- 云帆：联调",
    "## 生产稳定性事件", "- 9/14 18:02 撤销报错，影响2笔", "- 9/14 18:02 撤销报错，影响2笔",
)  # fmt: skip
OTHER = written("## 【O1 服务业务】", "- 山城网关：进度70%")
BOSS = Viewer("老王")


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A folder with the report of 甲组 and that of 乙组."""
    for team, text in (("甲组", REPORT), ("乙组", OTHER)):
        (tmp_path / "reports" / team).mkdir(parents=True)
        (tmp_path / "reports" / team / f"{team}.md").write_text(text)
    return tmp_path / "reports"


@pytest.fixture
def database(reports: Path, tmp_path: Path) -> Path:
    """Both reports, read."""
    assert run("ingest", reports, "--db", tmp_path / "a.db").code == 0
    return tmp_path / "a.db"


def correct(database: Path, line: int, field: str, value: str, *more: str) -> str:
    """Correct the report of 甲组, by 老王, who misread it."""
    ran = run("correct", "add", "W38", str(line), field, value, "--team", "甲组", "--why", "看错了", "--by", "老王",
              "--db", database, *more)  # fmt: skip
    assert (ran.code, ran.err) == (0, "")
    return ran.out


def ask(database: Path, question: str) -> dict[str, Any]:
    """The answer to a question as JSON."""
    found: dict[str, Any] = run("ask", question, "--json", "--db", database, "--today", TODAY).json
    return found


def listed(database: Path) -> list[dict[str, Any]]:
    """What `correct list --json` gives."""
    found: list[dict[str, Any]] = run("correct", "list", "--json", "--db", database).json["corrections"]
    return found


# ---- what can be corrected, and where it shows -----------------------------------------------------------------------
ASKED = [
    (6, "progress", "60%", "/status 海风", "60%", "已更正（海风平台，6 行）：进度原读作 80%，现为 60%；老王：看错了"),
    (6, "state", "blocked", "/status 海风", "", "状态原读作 "),
    (6, "date", "2023-09-28", "/status 海风", "9/28 上线", "日期原读作 2023-09-26，现为 2023-09-28"),
    (6, "reached", "yes", "/status 海风", "", "已达成原读作 否，现为 是"),
    (6, "event", "提测", "/milestones", "提测", "事项原读作 上线，现为 提测"),
    (4, "value", "99.79", "/metrics 支付成功率", "99.79%", "数值原读作 99.97，现为 99.79"),
    (7, "owner", "小李", "/projects 甲组", "小李", "负责人原读作 无，现为 小李"),
]


@pytest.mark.parametrize(("line", "field", "value", "question", "shown", "note"), ASKED)
def test_a_correction_shows_in_answers(
    database: Path, line: int, field: str, value: str, question: str, shown: str, note: str
) -> None:
    """The answer says the corrected value, and that it is corrected, with what was read, who says so and why."""
    correct(database, line, field, value)
    answer = ask(database, question)
    assert answer["found"]
    assert note in answer["text"]
    assert shown in answer["text"].replace(note, "")
    (told,) = answer["data"]["corrections"]
    assert (told["field"], told["by"], told["reason"], told["line_start"]) == (field, "老王", "看错了", line)
    assert line in {c["line_start"] for c in answer["citations"]}


def test_the_quote_stays_as_written(database: Path) -> None:
    """What is corrected is the reading: the cited line is quoted as it stands in the report."""
    correct(database, 6, "progress", "60")
    assert "- 海风平台：进度80%，预计9/26上线" in [c["quote"] for c in ask(database, "/status 海风")["citations"]]


def test_an_incident_moves_to_its_corrected_day(database: Path) -> None:
    """Of two incidents alike the one that is named moves out of its day's answer and into that of another."""
    correct(database, 10, "time", "2023-09-01T08:00")
    assert "9/1 08:00" in ask(database, "9月1日的事故")["text"]
    moved, stayed = ask(database, "9月1日的事故")["data"], ask(database, "9月14日的事故")["data"]
    assert [i["occurred_at"] for i in moved["incidents"]] == ["2023-09-01T08:00"]
    assert [i["occurred_at"] for i in stayed["incidents"]] == ["2023-09-14T18:02"]


def test_english_answers_say_it_in_english(database: Path) -> None:
    """The note is in the language of the answer."""
    correct(database, 6, "progress", "60")
    assert "progress was read as 80%, is 60%" in ask(database, "status of 海风平台")["text"]


def test_explain_shows_it(database: Path) -> None:
    """`explain` shows a correction below its mention, and `--json` with it."""
    correct(database, 6, "progress", "60")
    assert "现为 60%" in run("explain", "海风平台", "--db", database).out
    (found,) = run("explain", "海风平台", "--json", "--db", database).json["found"]
    assert [c["value"] for m in found["mentions"] for c in m["corrections"]] == ["60"]


def test_several_corrections_are_counted(database: Path) -> None:
    """Beyond three an answer says how many more there are; its data holds them all."""
    for field, value in (("progress", "60"), ("state", "blocked"), ("owner", "小李"), ("date", "2023-10-01")):
        correct(database, 6, field, value)
    answer = ask(database, "/status 海风")
    assert "另有 1 处已更正" in answer["text"]
    assert len(answer["data"]["corrections"]) == 4


# ---- it outlives everything ------------------------------------------------------------------------------------------
def test_a_correction_outlives_rereading(database: Path, reports: Path) -> None:
    """It holds after reindex, after withdrawal and return, and in a corrected file whose line stands elsewhere."""
    correct(database, 6, "progress", "60")
    assert run("reindex", "--db", database).code == 0
    assert run("withdraw", "W38", "--team", "甲组", "--db", database).code == 0
    assert [one["applies"] for one in listed(database)] == [False]
    assert run("withdraw", "W38", "--team", "甲组", "--undo", "--db", database).code == 0
    assert "60%" in ask(database, "/status 海风")["text"]
    text = REPORT.replace("## 【O1 服务业务】", "## 【O1 服务业务】\n- 新项目：启动").replace("联调", "提测")
    (reports / "甲组" / "甲组.md").write_text(text)
    ran = run("ingest", reports, "--db", database)
    assert (ran.code, ran.err) == (0, "")
    assert "已更正（海风平台，7 行）" in ask(database, "/status 海风")["text"]


@pytest.mark.parametrize("mend", [
    lambda text: text.replace("80%", "85%"), lambda text: text.replace("- 海风平台：进度80%，预计9/26上线\n", ""),
    lambda text: text.replace("- 云帆", "- 海风平台：进度80%，预计9/26上线\n- 云帆"),
])  # fmt: skip
def test_a_correction_without_its_line_is_reported(database: Path, reports: Path, mend: Callable[[str], str]) -> None:
    """Where the line was corrected, is gone, or stands there twice now, what is read holds, and that is said."""
    correct(database, 6, "progress", "60")
    (reports / "甲组" / "甲组.md").write_text(mend(REPORT))
    ran = run("ingest", reports, "--db", database)
    assert ran.code == 0
    assert "1 correction(s)" in ran.err
    assert "correct list" in ran.err
    assert "1 correction(s)" in run("reindex", "--db", database).err
    (one,) = listed(database)
    assert (one["applies"], one["line_start"], one["value"]) == (False, None, "60")
    assert "DOES NOT APPLY" in run("correct", "list", "--db", database).out
    assert "corrections" not in ask(database, "/status 云帆")["data"]
    (reports / "甲组" / "甲组.md").write_text(REPORT)
    assert run("ingest", reports, "--db", database).err == ""
    assert "60%" in ask(database, "/status 海风")["text"]


def test_corrected_again_the_newer_one_holds(database: Path) -> None:
    """One correction for each field of a fact; what was read stays what the reader read."""
    correct(database, 6, "progress", "60")
    correct(database, 6, "progress", "none")
    (one,) = listed(database)
    assert (one["read"], one["value"]) == ("80", "none")
    assert ask(database, "/status 海风")["data"]["progress"] is None


# ---- taking back -----------------------------------------------------------------------------------------------------
def test_taken_back_everything_is_as_before(database: Path) -> None:
    """`remove` ends a correction; a number that isn't there is refused."""
    before = ask(database, "/status 海风")
    correct(database, 6, "progress", "60")
    assert ask(database, "/status 海风") != before
    assert run("correct", "remove", "1", "--db", database).code == 0
    assert ask(database, "/status 海风") == before
    assert "no correction" in complaint(run("correct", "remove", "1", "--db", database))
    assert "nothing is corrected" in run("correct", "list", "--db", database).out


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A library that each example below leaves as it was."""
    library = Library.open(str(tmp_path_factory.mktemp("shared") / "a.db"), create=True)
    list(library.ingest([Candidate("a.md", "/a.md", "", None, REPORT.encode())], NOW, "甲组"))
    yield library
    library.close()


VALUES = {
    Field.PROGRESS: st.floats(0, 100).map("{:.2f}".format) | st.just("none"), Field.STATE: st.sampled_from(list(State)),
    Field.OWNER: st.sampled_from(["小李", "none"]), Field.EVENT: st.sampled_from(["提测", "上线", "大考"]),
    Field.DATE: st.dates(date(2023, 1, 1), date(2024, 12, 31)).map(str), Field.REACHED: st.sampled_from(["yes", "no"]),
    Field.VALUE: st.floats(-1e9, 1e9).map("{:.3f}".format), Field.CLOSED: st.sampled_from(["yes", "no", "none"]),
    Field.TIME: st.datetimes(datetime(2023, 1, 1), datetime(2024, 1, 1)).map(lambda t: t.isoformat(timespec="minutes")),
    Field.SEVERITY: st.sampled_from(["P1", "none"]),
}  # fmt: skip
MADE = st.sampled_from(list(Field)).flatmap(lambda field: st.tuples(st.just(field), VALUES[field]))
QUESTIONS = ("/status 海风", "/metrics 支付成功率", "/incidents", "/milestones", "/projects", "/report W38", "/overdue")


def answers(library: Library) -> list[Any]:
    """What the library tells, and what is answered."""
    ref = library.reports_between(EVERYONE, DAY, None, DAY)[0]
    told = [library.updates_between(EVERYONE, DAY, None, DAY), library.milestones(EVERYONE, DAY),
            library.values_between(EVERYONE, DAY, None, DAY), library.metrics(EVERYONE, ref),
            library.incidents(EVERYONE, DAY, None, DAY)]  # fmt: skip
    return [*told, *(render_json(Asker(library).ask(question, DAY)) for question in QUESTIONS)]


@given(st.lists(MADE, min_size=1, max_size=4))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_correcting_and_taking_back_leaves_no_trace(shared: Library, made: list[tuple[Field, str]]) -> None:
    """Whatever is corrected, in any order: all holds as said, and taken back every answer is what it was before."""
    before, corrector = answers(shared), Corrector(shared)
    ref = shared.reports_between(EVERYONE, DAY, None, DAY)[0]
    lines = {"project": 6, "milestone": 6, "metric": 4, "incident": 9}
    for field, value in made:
        corrector.correct(BOSS, ref, lines[field.fact.value], field, value, "看错了", NOW)
    assert all(one.holds for one in corrector.listed(EVERYONE))
    assert {one.correction.field for one in corrector.listed(EVERYONE)} == {field for field, _ in made}
    json.dumps(answers(shared)[5:])
    for one in corrector.listed(EVERYONE):
        assert corrector.take_back(one.correction.number)
    assert answers(shared) == before


# ---- what can't be corrected -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(("line", "field", "value", "said"), [
    ("6", "progress", "120", "0 to 100"), ("6", "progress", "viel", "0 to 100"), ("6", "state", "好", "blocked"),
    ("6", "date", "9/28", "YYYY-MM-DD"), ("6", "date", "2023-09-28..2023-09-01", "YYYY-MM-DD"),
    ("6", "reached", "vielleicht", "yes or no"), ("6", "value", "1", "支付成功率 (4)"),
    ("4", "value", "1e999", "a number"),
    ("4", "value", "none", "a number"),
    ("9", "time", "2023-09-14T18:02+08:00", "YYYY-MM-DD"), ("9", "severity", "x\x1b[2J", "a word"),
    ("5", "progress", "60", "海风平台 (6)"), ("99", "value", "1", "支付成功率 (4)"),
])  # fmt: skip
def test_what_can_not_be_is_refused(database: Path, line: str, field: str, value: str, said: str) -> None:
    """A value that the field can't have, and a line without such a fact, are refused with what would do; kept: none."""
    ran = run("correct", "add", "W38", line, field, value, "--why", "x", "--team", "甲组", "--db", database)
    assert said in complaint(ran)
    assert listed(database) == []


def test_of_several_facts_in_a_line_the_name_tells(library: Library, put: Callable[..., None]) -> None:
    """Two milestones of a line: without a name it is asked which; with it the other one stays as it is."""
    put(written("## 【O1 服务业务】", "- 海风平台：9/20提测，9/26上线"))
    (ref,) = library.reports_between(EVERYONE, DAY, None, DAY)
    corrector = Corrector(library)
    with pytest.raises(NoSuchFact) as error:
        corrector.correct(BOSS, ref, 4, Field.DATE, "2023-09-28", "x", NOW)
    assert error.value.near == ("提测 (4)", "上线 (4)")
    corrector.correct(BOSS, ref, 4, Field.DATE, "2023-09-28", "x", NOW, "上线")
    (told,) = library.updates_between(EVERYONE, DAY, None, DAY)
    assert [(m.event, str(m.start)) for m in told.record.milestones] == [("提测", "2023-09-20"), ("上线", "2023-09-28")]


def test_what_a_viewer_may_not_see_they_can_not_correct(library: Library, put: Callable[..., None]) -> None:
    """Of a hidden report no line is told, no correction listed, and no note shown."""
    put(REPORT, team="甲组")
    (ref,) = library.reports_between(EVERYONE, DAY, None, DAY)
    corrector, hidden = Corrector(library), Viewer("U1", frozenset({"乙组"}))
    corrector.correct(BOSS, ref, 6, Field.PROGRESS, "60", "x", NOW)
    assert corrector.listed(hidden) == library.corrections(hidden, [ref]) == ()
    with pytest.raises(NoSuchFact) as error:
        corrector.correct(hidden, ref, 6, Field.PROGRESS, "10", "x", NOW)
    assert error.value.near == ()


def test_facts_as_found_stay_untouched(library: Library, put: Callable[..., None]) -> None:
    """A correction is a layer on top: what was read is still in the database as it was read."""
    put(REPORT)
    (ref,) = library.reports_between(EVERYONE, DAY, None, DAY)
    found = library.found_in(EVERYONE, ref)
    Corrector(library).correct(BOSS, ref, 6, Field.PROGRESS, "60", "x", NOW)
    assert library.found_in(EVERYONE, ref) == found


def test_values_are_written_as_they_are_read(library: Library, put: Callable[..., None]) -> None:
    """Each field of each fact of a report: the text of its value reads back as that value, and is its own check."""
    put(REPORT)
    (ref,) = library.reports_between(EVERYONE, DAY, None, DAY)
    seen = set()
    for target in targets(library.found_in(EVERYONE, ref)):
        for field in (one for one in Field if one.fact is target.fact):
            text = written_value(field, target.record)
            assert checked_value(field, text) == text
            seen.add((field, read_value(field, text) is None))
    assert {field for field, _ in seen} == set(Field)


@given(st.sampled_from(list(Field)), st.text(max_size=30))
def test_any_text_is_a_value_or_refused(field: Field, text: str) -> None:
    """A value is taken in a form that reads back as itself, or refused with `BadCorrection`; never another error."""
    with contextlib.suppress(BadCorrection):
        kept = checked_value(field, text)
        assert checked_value(field, kept) == kept


def test_what_is_kept_in_memory_is_made_anew(library: Library, put: Callable[..., None]) -> None:
    """A correction counts as a change of the database, in another process's library too; questions in between don't."""
    put(REPORT)
    first = library.updates_between(EVERYONE, DAY, None, DAY)
    assert library.updates_between(EVERYONE, DAY, None, DAY) is first
    other = Library.open(library._connections.path)
    (ref,) = other.reports_between(EVERYONE, DAY, None, DAY)
    Corrector(other).correct(BOSS, ref, 6, Field.PROGRESS, "60", "x", NOW)
    other.close()
    assert [m.record.progress for m in library.updates_between(EVERYONE, DAY, None, DAY)] == [60, None]
