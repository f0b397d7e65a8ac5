"""Production incidents: when, what, impact, handling and severity, by labels and by clauses; and who says none."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from support.written import read

from store.records import Incident, Report

WHEN = datetime(2023, 9, 10, 9, 29)
WHENS = [
    ("9/10 09:29 登录超时", WHEN), ("9/10 9：29登录超时", WHEN), ("9月10日 09:29 登录超时", WHEN),
    ("2023-09-10 09:29:33 登录超时", WHEN), ("时间：9/10 09:29 登录超时", WHEN), ("【P2】9/10 09:29 登录超时", WHEN),
    ("9/10 09:29-10:15 登录超时", WHEN), ("9月10日上午9点29分 登录超时", WHEN), ("9/10 登录超时", date(2023, 9, 10)),
    ("登录超时", None), ("登录页面打不开，用户反馈较多，直到9/10才恢复", None),
]  # fmt: skip
TITLES = [
    ("9/10 09:29 监控发现登录超时，影响7笔", "监控发现登录超时"),
    ("9/10 09:29监控发现登录超时。影响7笔", "监控发现登录超时"),
    ("9/10 09:29 2笔订单入金成功后，撤销接口报错，无法重新支付", "2笔订单入金成功后，撤销接口报错"),
    ("9/10 09:29 节后早高峰，交易库连接池打满，持续11分钟", "节后早高峰，交易库连接池打满"),
    ("9/10 09:29 现象：登录接口超时 影响：7笔", "登录接口超时"),
    ("**9/10 09:29** 登录接口超时", "登录接口超时"),
    ("登录接口超时，9/10恢复", "登录接口超时"),
]  # fmt: skip
IMPACTS = [
    ("9/10 09:29 登录接口超时，影响7笔支付", "影响7笔支付"),
    ("9/10 09:29 登录接口超时，持续6分钟，对业务无影响", "持续6分钟，对业务无影响"),
    ("9/10 09:29 登录接口超时，造成分片异常，对业务无影响", "造成分片异常，对业务无影响"),
    ("9/10 09:29 登录超时。影响：7笔支付。处置：重启", "7笔支付。"), ("9/10 09:29 监控发现登录超时，正在排查", None),
    ("9/10 09:29 监控发现登录超时，386笔支付失败，已恢复", "386笔支付失败"),
    ("9/10 09:29 登录接口超时，定级CD级", None),
    ("9/10 09:29 timeouts at login. Impact: 7 payments failed", "7 payments failed"),
    ("9/10 09:29 登录超时，影响7笔支付", "影响7笔支付"),
]  # fmt: skip
HANDLINGS = [
    ("处置：重启网关", "重启网关"), ("处理：重启网关", "重启网关"), ("解决措施：重启网关", "重启网关"),
    ("处置: 重启网关", "重启网关"),
    ("    处置：重启网关", "重启网关"), ("处置：1.重启；2.扩容（长期）；", "1.重启；2.扩容（长期）"),
    ("**处置：**重启网关", "重启网关"),
    ("    1. 影响：7笔\n    2. 处置：重启网关", "重启网关"), ("处置：重启网关\n改进措施：限流", "重启网关\n限流"),
    ("Resolution: restarted", "restarted"), ("已修复", None), ("原因：连接池满", None),
    ("**处置**：重启网关", "重启网关"),
]  # fmt: skip
SEVERITIES = [
    ("9/10 09:29 登录超时，最终恢复。CD级", "CD级"),
    ("9/10 09:29 登录超时，定级CD级", "CD级"), ("9/10 09:29 登录超时，定级CD", "CD"),
    ("【P2】9/10 09:29 登录超时", "P2"),
    ("9/10 09:29 登录超时（p0）", "P0"), ("9/10 09:29 SEV2 login down", "SEV2"),
    ("9/10 09:29 一级事件，登录超时", "一级"),
    ("9/10 09:29 登录超时", None), ("9/10 09:29 POS2机登录超时", None), ("9/10 09:29 http2连接超时abc", None),
    ("9/10 09:29 对象存储S3连接超时", None),
]  # fmt: skip
NONES = [
    "本周无新增", "无新增",
    "无", "无。", "本周无", "暂无", "本周无生产稳定性事件", "本周未发生生产事故", "0起", "None", "No incidents", "没有",
    "No incidents this week",
]  # fmt: skip
NOT_NONE = ["9/10 无影响的登录超时", "9/10 09:29 登录超时，无业务影响"]
LOOKS_NONE = ["商户无法登录", "收银台无响应", "无法出款"]


def told(*lines: str) -> Report:
    """A report with these lines in its list of incidents."""
    return read("## 生产稳定性事件", *lines)


def only(*lines: str) -> Incident:
    """The one incident of these lines."""
    (incident,) = told(*lines).incidents
    return incident


@pytest.mark.parametrize(("text", "when"), WHENS)
def test_when_it_happened(text: str, when: datetime | date | None) -> None:
    """Local time as written; a day where no time is given; nothing where the date only comes later in the story."""
    assert only(f"- {text}").occurred_at == when


@pytest.mark.parametrize(("text", "title"), TITLES)
def test_the_title_says_what_happened(text: str, title: str) -> None:
    """The first clause that says what happened, without its date; a circumstance alone is no title."""
    assert only(f"- {text}").title == title


@pytest.mark.parametrize(("text", "impact"), IMPACTS)
def test_the_impact_by_label_or_by_its_clauses(text: str, impact: str | None) -> None:
    """What stands under 影响, else the clauses that tell an effect; nothing where none is told."""
    assert only(f"- {text}").impact == impact


@pytest.mark.parametrize(("lines", "handling"), HANDLINGS)
def test_the_handling_by_its_label(lines: str, handling: str | None) -> None:
    """What stands under 处置 and its kin, on the next line, indented or in a list; a cause is no handling."""
    incident = only("- 9/10 09:29 登录接口超时", *lines.split("\n"))
    assert (incident.handling, incident.title) == (handling, incident.title)
    assert incident.title.startswith("登录接口超时")


@pytest.mark.parametrize(("text", "severity"), SEVERITIES)
def test_the_severity_as_written(text: str, severity: str | None) -> None:
    """P0, SEV2, CD级 and 一级 as written, in capitals; names that hold such letters are none."""
    assert only(f"- {text}").severity == severity


@pytest.mark.parametrize("line", NONES)
@pytest.mark.parametrize("mark", ["- ", ""])
def test_a_line_that_says_none_is_a_proof_and_no_incident(mark: str, line: str) -> None:
    """本周无生产事件, as a bullet or a paragraph, is no incident, and its line is kept as the proof."""
    report = told(mark + line)
    assert (report.incidents, report.no_incidents) == ((), (4,))


@pytest.mark.parametrize("line", [
    *NOT_NONE,
    *(line for line in LOOKS_NONE),
])  # fmt: skip
def test_an_incident_that_holds_a_word_of_none_is_one(line: str) -> None:
    """`商户无法登录` tells of an incident; it is never the proof that there was none."""
    report = told(f"- {line}")
    assert (len(report.incidents), report.no_incidents) == (1, ())


def test_a_numbered_line_may_say_none_itself() -> None:
    """`1. 生产稳定性事件：无` inside another section says that there was none, and names no project."""
    report = read("## 【O3 安全稳定】", "- 海风平台：进度40%", "1. 生产稳定性事件：无")
    assert ([u.name for u in report.updates], report.no_incidents) == (["海风平台"], (5,))


def test_an_incident_without_a_time_is_remarked() -> None:
    """A day alone and no date at all are noted with their line; a full time is not."""
    report = told("- 9/10 09:29 登录超时", "- 9/11 报表延迟", "- 对账中断")
    assert [n.line for n in report.notices if n.code == "incident_without_time"] == [5, 6]


def test_a_paragraph_is_an_incident_only_with_a_date() -> None:
    """An unmarked line with its time is an incident; an unmarked remark is none, and no proof of none."""
    report = told("9/10 09:29 登录超时", "", "本周整体平稳")
    assert [i.line for i in report.incidents] == [4]
    assert report.no_incidents == ()


def test_all_lines_of_an_incident_are_its_own() -> None:
    """Its lines run from its bullet to the last line below it, whatever stands between."""
    report = told(
        "- 9/10 09:29 登录超时", "", "    影响：7笔", "    - 复盘", "        处置：重启", "- 9/11 10:12 报表延迟"
    )
    assert [(i.line, i.line_end, i.handling) for i in report.incidents] == [(4, 8, "重启"), (9, 9, None)]
