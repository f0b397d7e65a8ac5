"""The documents hold: schemas fit the answers, and the README's examples run and say what it shows."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner
from support.places import AFTER_SEEDS, ROOT

from bot.answers.ask import Asker
from bot.cli import main
from bot.question.query import Kind
from bot.render.json import render_json
from store.linking.reasons import Reason, Why

SCHEMAS = dict(
    re.findall(r"```json schema=(\w+)\n(.*?)```", (ROOT / "docs" / "answers.md").read_text(encoding="utf-8"), re.DOTALL)
)
QUESTIONS = {
    "status": ["/status POS", "小贝什么时候上线?", "机房双活"],
    "milestones": ["/milestones", "/milestones next 2 weeks", "9月有哪些上线?", "/milestones 量子计算"],
    "slips": ["/slips", "/slips 量子计算", "哪些项目提前了?", "/slips 2020年"],
    "overdue": ["/overdue", "/overdue 量子计算", "what is overdue as of 2023-10-30"],
    "done": ["/done", "what shipped in October", "/done 量子计算", "/done 2020年"],
    "incidents": ["/incidents last 4 weeks", "事故", "11月20日到11月24日的事故", "哪些事故反复出现", "最严重的事故"],
    "history": ["/history 银行卡办理", "机房双活一路进度", "POS APP 这两个月的进度"],
    "metrics": ["/metrics", "/metrics 一次支付成功率 last 6 weeks", "/metrics 可用性", "/metrics 签约率"],
    "plan": ["/plan", "/plan 支付中心 W48", "上周的目标完成了吗", "计划外做了什么", "/plan 支付中心 W20"],
    "changes": ["/changes", "/changes W49 W50 支付中心", "/changes W20 W21"],
    "projects": ["/projects", "/projects 风控", "90%以上还没上线的", "/projects 2020年1月"],
    "team": ["/team", "/team 风控", "/team 风控 2020年1月", "/team Merchant Services as of 1 Nov"],
    "silent": ["/silent", "店东看懂帐多久没提了", "/silent 2020年1月"],
    "risks": ["/risks", "设备指纹为什么停", "现在有哪些阻塞/依赖?", "11月有哪些项目停滞了"],
    "missing": ["/missing", "10月谁没交周报", "有没有晚交的"],
    "coverage": ["/coverage", "/coverage 支付中心"],
    "teams": ["/teams"],
    "digest": ["/digest", "/digest 风控 第48周", "/digest 2020年1月", "/digest 没有这个团队"],
    "search": ["/search 超时", "搜索 没有这样的话吧"],
    "report": ["/report", "/report W48", "周报 2020-01-03", "9月的周报"],
    "help": ["/help"],
    "choice": ["/status 存管"],
    "unknown": ["/nosuchcommand", "😀"],
}


def test_every_kind_has_a_schema() -> None:
    """docs/answers.md holds a schema for each kind of answer that there is, and for no other."""
    assert set(SCHEMAS) == {kind.value for kind in Kind} == set(QUESTIONS)


@pytest.mark.parametrize(("kind", "question"), [(kind, q) for kind, listed in QUESTIONS.items() for q in listed])
def test_data_fits_its_schema(asker: Asker, kind: str, question: str) -> None:
    """What `ask --json` gives is what docs/answers.md says of its kind."""
    answer = render_json(asker.ask(question, AFTER_SEEDS))
    assert answer["kind"] == kind
    jsonschema.validate(json.loads(json.dumps(answer["data"])), json.loads(SCHEMAS[kind]))


def _examples() -> list[tuple[str, list[str]]]:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    block = re.findall(r"```console\n(.*?)```", readme, re.DOTALL)[0]
    parts = re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]
    return [(command, shown) for command, *shown in (part.strip("\n").split("\n") for part in parts)]


@pytest.mark.parametrize(("command", "shown"), _examples())
def test_readme_examples_run(command: str, shown: list[str], seeds_database: Path) -> None:
    """Each example of the README prints the lines that stand below it (… stands for lines left out)."""
    words = shlex.split(command.replace(".demo/zhouzhi.db", str(seeds_database)))
    assert words[0] == "zhouzhi"
    result = CliRunner().invoke(main, words[1:])
    assert result.exit_code == 0
    printed = result.output.splitlines()
    wanted = [line for line in shown if line not in ("", "…")]
    assert [line for line in printed if line in wanted] == wanted


@pytest.mark.parametrize("code", [*Reason, *Why])
def test_every_reason_is_documented(code: Reason | Why) -> None:
    """Each code by which `explain --json` says why stands in docs/answers.md."""
    assert f"`{code.value}`" in (ROOT / "docs" / "answers.md").read_text(encoding="utf-8")
