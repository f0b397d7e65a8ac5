"""`zhouzhi alias` and `zhouzhi explain`: decisions outlive everything, are seen with their reasons, can be undone."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

import pytest
from support.command import complaint, run
from support.written import written

P, M = "## 【O1 服务业务】", "## 【系统运行数据】"
REPORTS = {
    "甲组/a.md": written(
        M, "- 支付成功率：99.9%", "- 交易金额（亿元）：0.2",
        P, "- 海风平台（小风项目）：进度40%", "- 分账升级：联调", "    - 页面：进度10%",
    ),
    "甲组/b.md": written(
        M, "- Payment success rate: 99.8%", "- 交易金额（万元）：120",
        P, "- 小风项目：进度60%", "- 分帐升级：提测", "- 杭州存管", "- 宁波存管", title="# 第39周 2023-09-22",
    ),
    "乙组/c.md": written(P, "- 海风平台：进度90%", "- 云帆：启动"),
}  # fmt: skip


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Reports of two teams."""
    for name, text in REPORTS.items():
        path = tmp_path / "reports" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    assert run("ingest", tmp_path / "reports", "--db", tmp_path / "a.db").code == 0
    return tmp_path / "a.db"


def explained(database: Path, name: str, *more: str) -> dict[str, Any]:
    """What `explain` finds, one thing only."""
    (found,) = run("explain", name, *more, "--json", "--db", database).json["found"]
    return dict(found)


def names(database: Path, name: str) -> set[str]:
    """All names of one project of 甲组."""
    return {entry["name"] for entry in explained(database, name, "--team", "甲组")["names"]}


def test_explain_gives_every_mention_with_its_reason(database: Path) -> None:
    """分账升级: both spellings with since when, each mention with report and line, the reason, and who decided."""
    found = explained(database, "分帐升级")
    assert (found["kind"], found["team"], found["name"], found["parts"]) == ("project", "甲组", "分帐升级", ["页面"])
    assert [(n["name"], n["since"]) for n in found["names"]] == [
        ("分账升级", "2023-09-15"), ("分帐升级", "2023-09-22")
    ]  # fmt: skip
    assert [(m["report_date"], m["line"], m["name"], m["reason"], m["via"], m["decided_by"])
            for m in found["mentions"]] == [
        ("2023-09-22", 8, "分帐升级", "same_name", None, "reader"),
        ("2023-09-15", 8, "分账升级", "sound", "分帐升级", "reader"),
    ]  # fmt: skip
    assert explained(database, "分账升级 / 页面")["parent"] == "分帐升级"


def test_explain_says_what_was_kept_apart_and_what_is_related(database: Path) -> None:
    """宁波存管 beside 杭州存管 looks alike and is two; another team's 海风平台 is related and counted apart."""
    assert [(k["name"], k["why"]) for k in explained(database, "宁波存管")["apart"]] == [("杭州存管", "unlike")]
    found = explained(database, "海风平台", "--team", "甲组")
    assert found["related"] == [{"team": "乙组", "name": "海风平台"}]
    assert {m["name"] for m in found["mentions"]} == {"海风平台（小风项目）", "小风项目"}
    assert len(run("explain", "海风平台", "--json", "--db", database).json["found"]) == 2


TORN = {
    "决策引擎二期": "实时决策引擎二期", "涉赌涉诈模型": "涉赌涉诈识别模型", "特征迁移": "特征平台迁移",
    "离线": "离线特征", "实时": "实时特征", "KYB docs upload": "KYB document upload",
    "PCI 4.0 gap closure": "PCI DSS 4.0 gap closure",
}  # fmt: skip


def test_the_samples_shortened_names_are_one_with_the_full_ones(tmp_path: Path) -> None:
    """Each name that a lead of the samples shortens is its project's, says so, and can be overruled for good."""
    database = tmp_path / "a.db"
    assert run("ingest", Path(__file__).parents[1] / "seeds", "--db", database).code == 0
    for short, full in TORN.items():
        found = explained(database, short)
        assert found["name"] == full
        assert {(m["reason"], m["decided_by"]) for m in found["mentions"] if m["name"] == short} == {
            ("shortened", "reader")
        }
    ran = run("explain", "特征迁移", "--db", database)
    assert "简写" in ran.out
    (line,) = [line.strip() for line in ran.out.splitlines() if "alias apart '特征迁移'" in line]
    assert run(*shlex.split(line)[1:], "--by", "U7", "--db", database).code == 0
    assert explained(database, "特征迁移")["name"] == "特征迁移"
    assert set(explained(database, "特征平台迁移")["parts"]) == {"实时特征", "离线特征"}


def test_explain_for_a_person_ends_with_the_command_that_overrules(database: Path) -> None:
    """The text names the reason in the language of the name, and its command, run as it stands, overrules."""
    ran = run("explain", "分帐升级", "--db", database)
    assert "同音" in ran.out
    (line,) = [line.strip() for line in ran.out.splitlines() if "alias apart" in line]
    assert run(*shlex.split(line)[1:], "--by", "U7", "--db", database).code == 0
    found = explained(database, "分帐升级")
    assert [n["name"] for n in found["names"]] == ["分帐升级"]
    assert [(k["name"], k["why"], k["decided_by"]) for k in found["apart"]] == [("分账升级", "decided", "U7")]
    (line,) = [line for line in found["overrule"] if "alias remove" in line]
    assert run(*shlex.split(line)[1:], "--db", database).code == 0
    assert names(database, "分帐升级") == {"分账升级", "分帐升级"}


def test_every_command_that_explain_offers_runs(database: Path) -> None:
    """Each overruling command of each project runs as it stands, and takes back or makes what it says."""
    for name in ("小风项目", "分账升级", "支付成功率"):
        for line in explained(database, name, "--team", "甲组")["overrule"]:
            if "OTHER" not in line:
                assert run(*shlex.split(line)[1:], "--db", database).code == 0, line


def test_a_decision_outlives_reports_and_rebuilds(database: Path, tmp_path: Path) -> None:
    """Joined names stay one after a correction, a withdrawal, its return, and reading everything again."""
    assert run("alias", "add", "杭州存管", "分账升级", "--by", "U1", "--db", database).code == 0
    for step in (["withdraw", "a.md"], ["withdraw", "a.md", "--undo"], ["reindex"]):
        assert run(*step, "--db", database).code == 0
    (tmp_path / "reports" / "甲组" / "b.md").write_text(REPORTS["甲组/b.md"] + "\n- 别的\n")
    assert run("ingest", tmp_path / "reports", "--db", database).code == 0
    assert names(database, "杭州存管") >= {"杭州存管", "分账升级"}
    assert "U1" in {m["decided_by"] for m in explained(database, "杭州存管")["mentions"]}


def test_deciding_twice_is_deciding_once(database: Path) -> None:
    """The same command again changes nothing and says so; the contrary replaces it; taking back twice is no error."""
    for after in ("", " (as decided)"):
        assert run("alias", "add", "杭州存管", "宁波存管", "--db", database).out.endswith(f"now{after}\n")
    assert run("alias", "apart", "宁波存管", "杭州存管", "--db", database).code == 0
    (entry,) = run("alias", "list", "--json", "--db", database).json["decisions"]
    assert (entry["verdict"], entry["team"]) == ("apart", "甲组")
    for _ in range(2):
        assert run("alias", "remove", "杭州存管", "宁波存管", "--db", database).code == 0
    assert run("alias", "list", "--db", database).out == "nothing decided yet\n"


def test_a_rename_keeps_both_names(database: Path) -> None:
    """The project is shown by its new name, asked for by both, and its history stands under one."""
    assert run("alias", "rename", "分账升级", "清分改造", "--db", database).code == 0
    for name in ("清分改造", "分账升级", "分帐升级"):
        assert explained(database, name)["name"] == "清分改造"
        answer = run("ask", f"/status {name}", "--json", "--db", database).json
        assert answer["text"].startswith("清分改造 ")
        assert answer["data"]["project"] == "清分改造"
    assert "分账升级 → 清分改造" in run("alias", "list", "--db", database).out


def test_a_nickname_can_be_taught(database: Path) -> None:
    """--new adds a name that no report uses; questions know it from then on."""
    assert "near: " in complaint(run("alias", "add", "分账升级", "分账大升级", "--db", database))
    assert run("alias", "add", "分账升级", "小账本", "--new", "--db", database).code == 0
    assert run("ask", "/status 小账本", "--json", "--db", database).json["found"] is True
    assert run("alias", "remove", "分账升级", "小账本", "--db", database).out.endswith("taken back\n")


@pytest.mark.parametrize(("command", "said"), [
    (("add", "分账", "杭州存管"), "near: 分帐升级"), (("add", "海风平台", "云帆"), None),
    (("apart", "海风平台", "海风 平台"), "several teams"),
    (("add", "海风平台", "分账升级", "--team", "丙组"), "no report"),
    (("add", "小风项目", "云帆"), "different teams"), (("apart", "分账升级", "【分账 升级】"), "one name"),
    (("rename", "没有的", "新名"), "no report"), (("remove", "分账升级", "没有的"), "no report"),
    (("rename", "海风平台", "新名"), "several teams"), (("rename", "分账升级", "……"), "letter"),
])  # fmt: skip
def test_what_cannot_be_decided_is_one_line(database: Path, command: tuple[str, ...], said: str | None) -> None:
    """Unknown names, names of two teams, and one name twice: one line with the mend and exit 1; nothing is noted.

    海风平台 is known to both teams and 云帆 to one, so that pair is clear.
    """
    ran = run("alias", *command, "--db", database)
    if said is None:
        assert ran.code == 0
    else:
        assert said in complaint(ran)
        assert run("alias", "list", "--db", database).out == "nothing decided yet\n"


def test_a_decision_that_does_not_hold_says_so(database: Path) -> None:
    """Names that another decision keeps apart stay apart, and the command says where to look."""
    run("alias", "apart", "杭州存管", "宁波存管", "--db", database)
    run("alias", "add", "杭州存管", "分账升级", "--db", database)
    said = run("alias", "add", "宁波存管", "分账升级", "--db", database).out
    assert "not in force: 宁波存管 = 分账升级" in said
    assert said.count("not in force") == 1


def test_metrics_are_decided_about_with_a_flag(database: Path) -> None:
    """支付成功率 and its English name are one until --metric says otherwise; projects know nothing of it."""
    both = ("支付成功率", "Payment success rate")
    assert {m["reason"] for m in explained(database, both[0])["mentions"]} == {"same_name", "term"}
    assert run("alias", "apart", *both, "--metric", "--db", database).code == 0
    assert len(explained(database, both[0])["mentions"]) == 1
    assert "no report" in complaint(run("alias", "apart", *both, "--db", database))


def test_a_metric_may_be_named_with_its_unit(database: Path) -> None:
    """交易金额（亿元） is the metric without its unit, in decisions and in questions."""
    assert len(explained(database, "交易金额（亿元）")["mentions"]) == 2
    assert run("alias", "add", "交易金额（万元）", "流水（元）", "--new", "--metric", "--db", database).code == 0
    assert len(explained(database, "流水")["mentions"]) == 2
    assert run("alias", "remove", "流水", "交易金额", "--metric", "--db", database).out.endswith("taken back\n")


def test_a_part_may_be_named_with_its_project(database: Path) -> None:
    """ "分账升级 / 页面" decides about the name 页面."""
    assert run("alias", "rename", "分账升级 / 页面", "分账前端", "--db", database).code == 0
    found = explained(database, "分账前端")
    assert (found["parent"], [m["name"] for m in found["mentions"]]) == ("分帐升级", ["页面"])


def test_decisions_travel_as_toml(database: Path, tmp_path: Path) -> None:
    """What `export` prints `import` takes in, once; a file that is none is one line."""
    run("alias", "rename", "分账升级", '清"分', "--by", "U1", "--db", database)
    run("alias", "apart", "支付成功率", "Payment success rate", "--metric", "--by", "U2", "--db", database)
    before = run("alias", "list", "--json", "--db", database).json
    file = tmp_path / "aliases.toml"
    file.write_text(run("alias", "export", "--db", database).out)
    run("ingest", tmp_path / "reports", "--db", tmp_path / "b.db")
    assert run("alias", "import", file, "--db", tmp_path / "b.db").out == "2 changed, 0 as decided\n"
    assert run("alias", "import", file, "--db", tmp_path / "b.db").out == "0 changed, 2 as decided\n"
    assert run("alias", "list", "--json", "--db", tmp_path / "b.db").json == before
    file.write_text('[[alias]]\nteam="甲组"\nverdict="same"\none="甲"\nother="乙"\ndecided_at=2023-12-01')
    assert run("alias", "import", file, "--db", tmp_path / "b.db").out == "1 changed, 0 as decided\n"
    for text in ("[[alias]]\n", "x", 'alias = ["a"]', '[[alias]]\nverdict="maybe"\none="a"\nother="b"'):
        file.write_text(text)
        complaint(run("alias", "import", file, "--db", tmp_path / "b.db"))


def test_explaining_takes_names_as_questions_do(database: Path) -> None:
    """A short name that means one project is explained; an unknown one is a line with the near names."""
    assert explained(database, "分账")["name"] == "分帐升级"
    assert "near: " in complaint(run("explain", "存管", "--db", database))
    assert complaint(run("explain", "量子", "--db", database)) == "zhouzhi: 量子: no report has this name\n"


def test_a_report_cannot_steer_the_terminal(tmp_path: Path) -> None:
    """Control characters in a name are shown and not obeyed."""
    path = tmp_path / "a.md"
    path.write_text(written(P, "- 海风\x1b[2J平台：进度40%"))
    run("ingest", path, "--db", tmp_path / "a.db")
    assert "\x1b" not in run("explain", "海风2J平台", "--db", tmp_path / "a.db").out
    assert "\x1b" not in run("alias", "add", "海风2J平台", "海风\x1b平台", "--new", "--db", tmp_path / "a.db").out
