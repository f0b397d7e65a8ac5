"""The strict rules by which two names that aren't written the same are one, and what they must leave alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.linking.likeness import METRICS, PROJECTS, Rules, alike_pairs, form
from store.linking.reasons import Reason
from store.linking.words import terms

ALIKE = [
    ("分帐升级", "分账升级", Reason.SOUND), ("店东看懂帐", "店东看懂账", Reason.SOUND),
    ("渠道账单的字段血缘", "渠道账单字段血缘", Reason.SPELLING),
    ("Merchant portal", "Merchant portals", Reason.SPELLING),
    ("The merchant portal", "Merchant-portal", Reason.SPELLING),
    ("Settlement queries", "Settlement query", Reason.SPELLING),
    ("Mechant portal", "Merchant portal", Reason.LETTER), ("Merchent portal", "Merchant portal", Reason.LETTER),
    ("Reconcilation engine", "Reconciliation engine", Reason.LETTER),
    ("Checkuot redesign", "Checkout redesign", Reason.LETTER),
    ("POS收单系统", "POS收单系统建设", Reason.SUFFIX), ("家家盈", "家家盈平台", Reason.SUFFIX),
    ("海风", "海风系统建设项目", Reason.SUFFIX), ("Merchant portal", "Merchant portal project", Reason.SUFFIX),
]  # fmt: skip
UNLIKE = [
    ("平安存管", "杭州政府存管"), ("济南公积金对接", "济宁公积金对接"), ("Merchant portal", "Merchant payouts portal"),
    ("海风一期", "海风二期"), ("海风四期", "海风十期"), ("1号线", "2号线"), ("上线上海", "上线下海"), ("分润", "分论"),
    ("Lending desk", "Landing desk"), ("Region East", "Region West"), ("Payin API", "Payins2 API"),
    ("Data in", "Data on"),
    ("海风平台", "海风升级"), ("家家盈平台", "家家盈项目"), ("Internal portal", "External portal"),
    ("Subproject", "Sub"),
    ("API v1 migration", "API v2 migration"), ("平台", "系统"), ("项目", "平台项目建设"), ("杭州存管", "航州存管一期"),
]  # fmt: skip
METRICS_ALIKE = [
    ("决策接口可用性", "决策接口可用率"), ("平均响应时长", "平均响应耗时"), ("Chargebacks", "Charge back"),
    ("支付成功率", "Payment success rate"), ("系统可用性", "Availability"), ("事故数AB级", "AB级事故数"),
    ("事故数AB级", "A/B incidents"), ("健康分", "health score"), ("Payment success rates", "Payment success rate"),
]  # fmt: skip
METRICS_UNLIKE = [
    ("支付成功率", "一次支付成功率"), ("入金有效成功率", "出金有效成功率"), ("事故数AB级", "事故数CD级"),
    ("系统可用性", "支付系统年度可用性"), ("P95 latency", "P99 latency"), ("代付成功率", "代扣成功率"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "reason"), ALIKE)
def test_a_slip_or_a_suffix_makes_no_other_project(one: str, other: str, reason: Reason | None) -> None:
    """One sound, one letter, a plural, 的 or a suffix apart is the same name, whichever comes first."""
    assert PROJECTS.alike(form(one), form(other)) == reason
    assert PROJECTS.alike(form(other), form(one)) == reason


@pytest.mark.parametrize(("one", "other"), UNLIKE)
def test_no_rule_takes_two_projects_for_one(one: str, other: str) -> None:
    """Another place, number, direction, short word or suffix is another project."""
    assert PROJECTS.alike(form(one), form(other)) is None


@pytest.mark.parametrize(("one", "other"), METRICS_ALIKE)
def test_terms_of_the_trade_are_one_metric(one: str, other: str) -> None:
    """Chinese and English names of one figure are one; so are plurals."""
    assert METRICS.alike(form(one), form(other)) in (Reason.TERM, Reason.SPELLING)


@pytest.mark.parametrize(("one", "other"), METRICS_UNLIKE)
def test_metrics_that_share_words_are_two(one: str, other: str) -> None:
    """What counts something else is another metric, however many words it shares."""
    assert METRICS.alike(form(one), form(other)) is None


def test_no_term_stands_in_two_lists() -> None:
    """Each trade term belongs to one metric alone, so that the file's order makes no difference."""
    import tomllib
    from importlib.resources import files

    from store.words.names import key

    lists = tomllib.loads(files("store.linking").joinpath("terms.toml").read_text(encoding="utf-8"))["same"]
    names = [(key(name), at) for at, names in enumerate(lists) for name in names]
    assert len({name for name, _ in names}) == len(set(names))
    assert len(terms()) > 100


@pytest.mark.parametrize("rules", [PROJECTS, METRICS])
@given(names=st.lists(st.sampled_from([n for pair in [*ALIKE, *UNLIKE, *METRICS_ALIKE] for n in pair[:2]]), max_size=9))
def test_signatures_miss_no_pair(rules: Rules, names: list[str]) -> None:
    """Candidates found by signature are the pairs that comparing everything with everything would find."""
    forms = sorted({form(name) for name in names}, key=lambda one: (one.key, one.spaced))
    every = {
        (a, b) for at, a in enumerate(forms) for b in forms[at + 1 :] if rules.alike(a, b) not in (None, Reason.SAME)
    }
    assert set(alike_pairs(forms, rules)) == every
