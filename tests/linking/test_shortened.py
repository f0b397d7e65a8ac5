"""A project whose name a lead shortens in a week: joined with the one full name, and when it is left alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.linking.decisions import Decision, Kind, Verdict
from store.linking.likeness import form
from store.linking.projects import Named, link
from store.linking.reasons import Reason, Why
from store.linking.shortened import fitting, shortens
from store.linking.subjects import Subject

# The short name, then the full one that it shortens.
SHORTENED = [
    ("决策引擎二期", "实时决策引擎二期"), ("涉赌涉诈模型", "涉赌涉诈识别模型"), ("特征迁移", "特征平台迁移"),
    ("KYB docs upload", "KYB document upload"), ("PCI 4.0 gap closure", "PCI DSS 4.0 gap closure"),
    ("静默开户治理", "静默开户合规治理"), ("账单质量治理", "账单数据质量治理"), ("名单拆分", "名单库拆分"),
    ("商户巡检", "商户风险巡检"), ("人行整改", "人行检查整改"), ("杭州存管", "杭州政府存管"),
    ("反洗钱数据指标建设", "风控反洗钱数据指标建设"), ("海风账户迁移", "海风账户数据迁移"),
    ("云帆网关升级", "云帆支付网关升级"), ("对账文件下载", "渠道对账文件下载"), ("聚合码牌升级", "聚合支付码牌升级"),
    ("跨境报文升级", "跨境支付报文升级"), ("POS终端升级2.0", "POS智能终端升级2.0"), ("POS收单升级", "POS收单系统升级"),
    ("Loyalty points pilot", "Loyalty points expiry pilot"),
    ("Terminal rental billing", "Store terminal rental billing"),
    ("Recon engine rollout", "Reconciliation engine rollout"),
    ("Txn monitoring rules", "Transaction monitoring rules"),
    ("Merchant data migration", "Merchant data platform migration"),
    ("Settlement docs archive", "Settlement document archives"),
]  # fmt: skip
# Each of these loses something that may well be what tells two projects apart, or keeps too little.
ANOTHER = [
    ("公积金对接", "济南公积金对接"), ("济宁公积金对接", "济南公积金对接"), ("平安存管", "杭州政府存管"),
    ("商户风险评级", "商户风险巡检"), ("POS后端", "POS内管"), ("存管", "平安存管"), ("机房双活", "双活"),
    ("海风引擎升级", "海风引擎二期升级"), ("云帆门户升级", "云帆门户2.0升级"), ("设备指纹升级", "设备指纹SDK3.0升级"),
    ("决策引擎三期", "实时决策引擎二期"), ("大促压测方案", "大促二轮压测方案"), ("海风平台", "海风平台升级"),
    ("银行卡办理", "存管衍生-银行卡办理"), ("对账平台", "对账差错平台"), ("支付账库迁移", "支付账备库迁移"),
    ("海风网关升级", "海风外网网关升级"), ("商户分级", "商户风险评级"), ("风险评级", "商户风险评级"),
    ("涉诈涉赌模型", "涉赌涉诈识别模型"), ("支付改造上线", "免密支付改造上线"),
    ("Merchant portal", "Merchant payouts portal"), ("Portal 2.0", "Merchant portal 2.0"),
    ("Portal 2.0", "Portal 3.0"), ("Risk scoring", "Merchant risk scoring"), ("Billing", "Terminal rental billing"),
    ("Region rollout plan", "East region rollout plan"), ("Payments data export", "Payments data export phase 2"),
    ("Card fee engine", "Cardholder fee engine"), ("Ledger rewrite plan", "Ledger internal rewrite plan"),
    ("API gateway upgrade", "API v2 gateway upgrade"), ("OBS提交修复的包", "OBS提交修复/升级的包"),
    ("支付改造升级", "支付与清算改造升级"), ("Fees report export", "Fees and taxes report export"),
]  # fmt: skip
FULL, SHORT = "实时决策引擎二期", "决策引擎二期"
Row = str | tuple[str, str]


def week(number: int, *rows: Row) -> list[Named]:
    """The mentions of week `number`'s report, each a name or a name with its parent; their ids begin with the week."""
    day = (date(2023, 1, 6) + timedelta(weeks=number)).isoformat()
    pairs = [row if isinstance(row, tuple) else (row, None) for row in rows]
    return [Named(number * 100 + at, name, above, (day, "a.md", at)) for at, (name, above) in enumerate(pairs)]


def weeks(*reports: Row | list[Row]) -> list[Named]:
    """A report a week, from week 1 on, each one name or a list of them."""
    listed = [rows if isinstance(rows, list) else [rows] for rows in reports]
    return [mention for at, rows in enumerate(listed, 1) for mention in week(at, *rows)]


def homes(subjects: tuple[Subject, ...]) -> dict[str, int]:
    """For each name as written, which subject it is one's of."""
    return {name: at for at, subject in enumerate(subjects) for name, _ in subject.names}


def one(mentions: list[Named], *names: str, decided: tuple[Decision, ...] = ()) -> bool:
    """Whether these names are one project's."""
    found = homes(link(mentions, decided))
    return len({found[name] for name in names}) == 1


@pytest.mark.parametrize(("short", "full"), SHORTENED)
def test_a_name_shortened_in_one_week_is_the_full_one(short: str, full: str) -> None:
    """In a single week a lead leaves a word out: one project, called by its full name, the link saying why."""
    for mentions in (weeks(full, full, short, full), weeks(full, full, short), weeks(full, short)):
        (subject,) = link(mentions)
        assert {name for name, _ in subject.names} == {short, full}
        assert subject.name == full
        assert [(each.via, each.decided_by) for each in subject.links if each.reason is Reason.SHORTENED] == [
            (full, "reader")
        ]


@pytest.mark.parametrize(("short", "full"), ANOTHER)
def test_what_may_be_another_project_stays_one(short: str, full: str) -> None:
    """A place, number, phase or direction left out, too little kept, or another order: two projects."""
    assert not one(weeks(full, full, short, full), short, full)
    assert not one(weeks(short, short, full, short), short, full)


@given(names=st.lists(st.sampled_from([name for pair in [*SHORTENED, *ANOTHER] for name in pair]), max_size=9))
def test_the_look_up_misses_no_pair(names: list[str]) -> None:
    """Candidates found by what is left out hold all that comparing everything with everything would find."""
    forms = [form(name) for name in sorted(set(names))]
    every = {(one.key, two.key) for one in forms for two in forms if len(one.key) < len(two.key) and shortens(one, two)}
    assert every <= set(fitting(forms))


def test_a_report_that_lists_both_has_two() -> None:
    """One report with both names side by side keeps them apart in every week, and `explain` can say so."""
    mentions = weeks(FULL, SHORT, FULL, [FULL, SHORT])
    assert not one(mentions, FULL, SHORT)
    assert {apart.why for subject in link(mentions) for apart in subject.apart} == {Why.BESIDE}


def test_two_full_names_that_it_may_shorten_are_one_too_many() -> None:
    """公积金贷款对接 fits 杭州's and 济宁's: neither is guessed, also where the second comes up a month later."""
    short, *full = "公积金贷款对接", "杭州公积金贷款对接", "济宁公积金贷款对接"
    assert one(weeks(full[0], short), short, full[0])
    for mentions in (weeks(full, short), weeks(full[0], short, "海风", "海风", full[1])):
        found = homes(link(mentions))
        assert len({found[name] for name in (short, *full)}) == 3
    assert Why.UNCLEAR in {apart.why for subject in link(weeks(full, short)) for apart in subject.apart}


def test_one_it_could_never_be_joined_with_is_a_rival_all_the_same() -> None:
    """设备指纹升级项 may be 设备指纹采集升级项 or 设备指纹3.0升级项: that no rule drops the number proves nothing."""
    full = ["设备指纹采集升级项", "设备指纹3.0升级项"]
    assert one(weeks(full[0], "设备指纹升级项"), "设备指纹升级项", full[0])
    assert not one(weeks(full, "设备指纹升级项"), "设备指纹升级项", full[0])


def test_the_full_name_comes_first() -> None:
    """对账文件改造 before 对账文件加密改造 is an older project, or a plan not yet known by its name."""
    assert not one(weeks("对账文件改造", "对账文件加密改造"), "对账文件改造", "对账文件加密改造")
    assert one(weeks("对账文件加密改造", "对账文件改造"), "对账文件改造", "对账文件加密改造")


def test_a_name_of_half_a_year_ago_is_not_shortened() -> None:
    """What no report has named for more than four weeks isn't what a lead is in a hurry about."""
    assert one([*week(1, FULL), *week(5, SHORT)], FULL, SHORT)
    assert not one([*week(1, FULL), *week(6, SHORT)], FULL, SHORT)
    long_gone = [*week(1, "离线决策引擎二期"), *week(40, FULL), *week(41, SHORT)]
    assert one(long_gone, FULL, SHORT)


def test_a_highlight_proves_nothing() -> None:
    """The loose name of a highlight is no full name."""
    loose = [replace(mention, loose=True) for mention in week(1, FULL)]
    found = link([*loose, *week(2, SHORT)])
    assert all(each.reason is not Reason.SHORTENED for subject in found for each in subject.links)


def test_a_shortened_name_is_no_full_name() -> None:
    """Names shortened from names that are shortened themselves could be drawn out to anything."""
    chain = ["实时支付决策引擎升级二期", "支付决策引擎升级二期", "支付决策升级二期"]
    found = homes(link(weeks(*chain)))
    assert found[chain[0]] == found[chain[1]] != found[chain[2]]


def test_two_short_names_side_by_side_are_no_ones() -> None:
    """Two that would both be one project's stand in one report: which of them it is, nobody knows."""
    full, *short = "海风商户数据迁移", "海风数据迁移", "海风商户迁移"
    assert one(weeks(full, short[0], short[1]), full, *short)
    found = homes(link(weeks(full, short)))
    assert len({found[name] for name in (full, *short)}) == 3


def test_who_goes_on_with_the_short_name_is_shown_by_it() -> None:
    """The short name is shown once more reports use it than the full one."""
    assert link(weeks(FULL, FULL, SHORT, SHORT))[0].name == FULL
    assert link(weeks(FULL, FULL, SHORT, SHORT, SHORT))[0].name == SHORT


def decided(verdict: Verdict, one: str, other: str) -> Decision:
    """What U1 decided."""
    return Decision("甲组", Kind.PROJECT, verdict, one, other, "U1", datetime(2023, 12, 1, tzinfo=UTC))


def test_a_person_overrules_it() -> None:
    """APART parts what the rule joins, and names no other instead; SAME joins what the rule finds unclear."""
    mentions = weeks(FULL, SHORT)
    assert not one(mentions, FULL, SHORT, decided=(decided(Verdict.APART, FULL, SHORT),))
    two = weeks([FULL, "离线决策引擎二期"], SHORT)
    assert not one(two, "离线决策引擎二期", SHORT, decided=(decided(Verdict.APART, FULL, SHORT),))
    assert one(two, "离线决策引擎二期", SHORT, decided=(decided(Verdict.SAME, "离线决策引擎二期", SHORT),))


# ---- parts -------------------------------------------------------------------------------------------------------


def parts(project: str, *names: str) -> list[Row]:
    """A project with its parts, as rows of a report."""
    return [project, *((name, project) for name in names)]


def test_parts_of_a_shortened_project_are_its_parts() -> None:
    """特征迁移 with 离线 and 实时 is 特征平台迁移 with 离线特征 and 实时特征: what all parts end in tells nothing."""
    full = parts("特征平台迁移", "离线特征", "实时特征")
    found = link(weeks(full, full, parts("特征迁移", "离线", "实时"), full))
    assert sorted(subject.name for subject in found) == ["实时特征", "特征平台迁移", "离线特征"]
    assert {reason for subject in found for reason in (each.reason for each in subject.links)} == {
        Reason.SAME, Reason.SHORTENED
    }  # fmt: skip


def test_a_part_is_shortened_like_a_project_within_its_parent_alone() -> None:
    """渠道流水迁移 of 海风 is its 渠道账户流水迁移, not that of 云帆."""
    rows = [parts("海风", "渠道账户流水迁移"), parts("海风", "渠道流水迁移")]
    assert one(weeks(*rows), "渠道账户流水迁移", "渠道流水迁移")
    assert not one(weeks(rows[0], parts("云帆", "渠道流水迁移")), "渠道账户流水迁移", "渠道流水迁移")
    assert not one(weeks(rows[0], "渠道流水迁移"), "渠道账户流水迁移", "渠道流水迁移")


@pytest.mark.parametrize(("before", "now"), [
    (("离线特征",), "离线"), (("离线特征", "实时报表"), "离线"), (("流水表迁移",), "流水表"),
    (("A端页面", "B端页面"), "A"), (("一期页面", "二期页面"), "一"), (("商户一期", "用户一期"), "商户"),
    (("离线特征", "离线特征特征"), "离线"), (("商户侧的登录页面改版", "用户侧的登录页面改版"), "商户"),
])  # fmt: skip
def test_an_ending_is_left_out_only_where_it_tells_nothing(before: tuple[str, ...], now: str) -> None:
    """The part 离线 is 离线特征 only beside another part that ends in 特征, and only where enough is left."""
    found = homes(link(weeks(parts("海风", *before), parts("海风", now))))
    assert found[now] not in {found[name] for name in before}
