"""Reports sent as files: fetched with the token from Slack alone, understood, and counted when their sender says so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from support.files import word, zipped
from support.handing_in import ROSTER, buttons, field, shown, stands
from support.running import Bot, Lossy
from support.slack import BOT_USER

from bot.answers.ask import Asker
from bot.slack.downloads import LARGEST, may_have_token
from bot.slack.ids import SUBMIT_SHORTCUT
from bot.teams import Roster

Json = dict[str, Any]
CHANNEL = "C1PAY"
TEXT = "# 第51周 2023-12-15\n\n## 【O2系统升级】\n\n- 机房双活：进度70%\n"
TEAMS = Roster((replace(ROSTER.teams[0], channel=CHANNEL), *ROSTER.teams[1:]), ROSTER.admins)


@pytest.fixture
def bot(start: Callable[..., Bot], asker: Asker) -> Bot:
    """The bot over the sample reports, with teams, one of which has a channel, and an admin."""
    return start(asker, roster=TEAMS)


def sent(slack: Lossy, name: str = "w51.md", content: str | bytes = TEXT, **how: Any) -> Json:
    """A file that somebody uploads."""
    return slack.files.send(slack.base_url, name, content.encode() if isinstance(content, str) else content, **how)


def told(slack: Lossy, count: int = 1) -> Json:
    """What the bot said last."""
    return dict(slack.wait_for("chat.postMessage", count=count).args)


def press(slack: Lossy, bot: Bot, message: Json, label: str, user: str = "U1") -> Json:
    """What the bot says to a press of this button below a direct message."""
    said = len(slack.calls("response_url"))
    slack.action(bot.url, buttons(message)[label], user=user, channel=f"D{user}", message=message)
    return dict(slack.wait_for("response_url", count=said + 1).args)


def test_a_file_sent_to_the_bot_counts_when_its_sender_says_so(slack: Lossy, bot: Bot, asker: Asker) -> None:
    """What was understood and what looks off is said first; then it counts, with the buttons of any report."""
    slack.share(bot.url, [sent(slack)])
    message = told(slack)
    assert message["channel"] == "DU1"
    assert "w51.md\n支付中心 · 2023-12-15\n读到项目 1 个" in message["text"]
    assert "缺少“重点工作”" in message["text"]
    assert list(buttons(message)) == ["提交", "改一改", "不提交"]
    assert stands(asker) == []
    done = press(slack, bot, message, "提交")
    assert "已提交：支付中心 第51周（2023-12-15）——项目 1" in done["text"]
    assert (done["replace_original"], list(buttons(done))) == (True, ["看看", "更正", "撤回"])
    assert stands(asker) == [("机房双活", 70)]
    assert "没有变化" in press(slack, bot, message, "提交")["text"]
    assert "已经提交过了" in press(slack, bot, message, "不提交")["text"]
    (call,) = slack.calls("download")
    assert call.token == slack.bot_token


def test_a_file_in_a_teams_channel_is_told_of_to_its_sender_alone(slack: Lossy, bot: Bot, asker: Asker) -> None:
    """A lead's report in the channel: nothing is said there, and the sender is asked directly."""
    slack.share(bot.url, [sent(slack)], channel=CHANNEL)
    message = told(slack)
    assert (message["channel"], message.get("thread_ts")) == ("U1", None)
    press(slack, bot, message, "提交")
    assert stands(asker) == [("机房双活", 70)]


@pytest.mark.parametrize(("user", "channel", "content"), [
    ("U5", CHANNEL, TEXT), ("U1", "C2", TEXT), ("U1", CHANNEL, "# 会议纪要 2023-12-15\n\n大家好。"),
])  # fmt: skip
def test_in_a_channel_it_is_silent_otherwise(
    slack: Lossy, bot: Bot, asker: Asker, user: str, channel: str, content: str
) -> None:
    """Of whoever leads nothing, in a channel of no team, and of what doesn't read like a report."""
    slack.share(bot.url, [sent(slack, content=content), sent(slack, "a.png", b"\x89PNG")], user=user, channel=channel)
    bot.finish()
    assert not slack.calls("chat.postMessage", "chat.postEphemeral")
    assert _drafts(asker) == []


def test_who_leads_nothing_is_told_who_may(slack: Lossy, bot: Bot) -> None:
    """In a direct message a sentence; the file isn't fetched."""
    slack.share(bot.url, [sent(slack)], user="U5")
    assert "没有登记你负责的团队" in told(slack)["text"]
    assert not slack.calls("download")


def test_a_file_of_somebody_elses_team_is_refused(slack: Lossy, bot: Bot, asker: Asker) -> None:
    """The team that the text names decides, and only its leads and the admins may submit for it."""
    slack.share(bot.url, [sent(slack, content=f"团队：风控中台\n\n{TEXT}")])
    assert "风控中台的周报由负责人提交：U2, U3" in told(slack)["text"]
    slack.share(bot.url, [sent(slack)])
    message = told(slack, 2)
    assert "由负责人提交" in press(slack, bot, message, "提交", user="U2")["text"]
    assert stands(asker) == []


def test_whose_it_is_is_asked_where_it_cannot_be_known(slack: Lossy, bot: Bot, asker: Asker) -> None:
    """Who leads several teams chooses, unless the message names one."""
    slack.share(bot.url, [sent(slack)], user="U3")
    message = told(slack)
    (row,) = [block for block in message["blocks"] if block["type"] == "actions"]
    options = row["elements"][0]["options"]
    assert [option["value"] for option in options] == ["风控中台", "Merchant Services"]
    chosen = {**row["elements"][0], "block_id": row["block_id"], "selected_option": options[1]}
    slack.action(bot.url, chosen, user="U2", message=message)
    assert "找不到这份草稿" in slack.wait_for("response_url").args["text"]
    slack.action(bot.url, chosen, user="U3", message=message)
    preview = dict(slack.wait_for("response_url", count=2).args)
    assert "Merchant Services · 2023-12-15" in preview["text"]
    press(slack, bot, preview, "提交", user="U3")
    assert stands(asker, "Merchant Services") == [("机房双活", 70)]
    slack.share(bot.url, [sent(slack)], text="风控中台的周报", user="U3")
    assert "风控中台 · 2023-12-15" in told(slack, 2)["text"]


def test_a_file_is_edited_before_it_counts(slack: Lossy, bot: Bot, asker: Asker) -> None:
    """The form holds its text; below the older message nothing overwrites what was sent from the form."""
    slack.share(bot.url, [sent(slack)])
    message = told(slack)
    slack.action(bot.url, buttons(message)["改一改"], message=message)
    slack.wait_for("views.open")
    form = dict(slack.views.newest)
    preview = slack.submit(bot.url, form, {field(form, "【O2系统升级】"): "- 机房双活：进度75%"}).json["view"]
    slack.submit(bot.url, shown(form, preview), {})
    again = press(slack, bot, message, "提交")
    assert again["text"].startswith("先没有提交：这一周的周报在这之后变了")
    assert stands(asker) == [("机房双活", 75)]
    press(slack, bot, again, "提交")
    assert stands(asker) == [("机房双活", 70)]


def test_a_file_that_is_not_submitted_is_left(slack: Lossy, bot: Bot, asker: Asker) -> None:
    """Discarded, the message says so and has no buttons."""
    slack.share(bot.url, [sent(slack)])
    left = press(slack, bot, told(slack), "不提交")
    assert ("没有提交" in left["text"], buttons(left)) == (True, {})
    assert stands(asker) == []


PARAGRAPHS = ("Title", "第51周 2023-12-15"), ("Heading 2", "O2 系统升级"), ("List Bullet", "机房双活：进度70%")
BODY = "<h1>第51周 2023-12-15</h1><h2>O2 系统升级</h2><ul><li>机房双活：进度70%</li></ul>"
PAGE = f"<!DOCTYPE html><html><body>{BODY}</body></html>"


@pytest.mark.parametrize(("name", "content"), [
    ("周报.txt", TEXT.encode("gb18030")), ("w51.docx", word(*PARAGRAPHS)), ("w51.html", PAGE.encode()),
    ("Export-0a1b2c3d.zip", zipped({"周报 0123456789abcdef0123456789abcdef.md": TEXT.encode(), "a.png": b"x"})),
    ("2023-12-15.md", TEXT.replace("# 第51周 2023-12-15", "").encode()),
])  # fmt: skip
def test_every_format_that_is_read_is_taken(
    slack: Lossy, bot: Bot, asker: Asker, name: str, content: bytes
) -> None:
    """Plain text in any encoding, Word, a web page, an archive with a report; a name may say the day."""
    slack.share(bot.url, [sent(slack, name, content)])
    press(slack, bot, told(slack), "提交")
    assert stands(asker) == [("机房双活", 70)]


def test_without_a_day_it_is_this_weeks(slack: Lossy, bot: Bot, asker: Asker) -> None:
    """A text that names no day is taken as this Friday's, which is said before it counts."""
    slack.share(bot.url, [sent(slack, "report.md", "## O2 系统升级\n\n- 机房双活：进度70%\n")])
    assert "里面没有写是哪一天的周报，就算作 2023-12-15 的" in told(slack)["text"]


def test_two_files_in_a_message_are_two_reports(slack: Lossy, bot: Bot, asker: Asker) -> None:
    """Each has its own message and buttons."""
    older = TEXT.replace("第51周 2023-12-15", "第49周 2023-12-01").replace("70", "50")
    slack.share(bot.url, [sent(slack), sent(slack, "w49.md", older)])
    texts = sorted(told(slack, count)["text"] for count in (1, 2))
    assert [text.split("\n")[0] for text in texts] == ["w49.md", "w51.md"]
    assert "取代从文件读入的" in texts[0]


def test_an_event_that_comes_again_is_taken_once(slack: Lossy, bot: Bot, asker: Asker) -> None:
    """Slack's retry says nothing more."""
    file = sent(slack)
    slack.share(bot.url, [file], event_id="Ev7")
    told(slack)
    slack.share(bot.url, [file], event_id="Ev7", retry_num=1)
    bot.finish()
    assert len(slack.calls("chat.postMessage")) == 1


@pytest.mark.parametrize(("name", "content", "said"), [
    ("w51.pdf", b"%PDF", "我读不了这种格式"), ("w51.md", b"\x00" * 300, "不是文本文件"), ("w51.md", b"", "空"),
    ("w51.docx", b"PK\x03\x04word/document.xml", "损坏"), ("w51.zip", b"PK", "压缩包打不开"),
    ("a.png", b"\x89PNG", "我读不了这种格式"),
    ("w51.md", f"{TEXT}\n# 第50周 2023-12-08\n\n## O1\n- 甲：50%\n".encode(), "一周一个文件"),
    ("all.zip", zipped({f"{n}.md": TEXT.encode() for n in range(6)}), "一次最多 5 份"),
    ("w51.md", b"x" * (LARGEST + 1), "超过 5 MB"),
])  # fmt: skip
def test_what_cannot_be_read_is_said(slack: Lossy, bot: Bot, name: str, content: bytes, said: str) -> None:
    """With the file's name and the reason; too large a file isn't fetched, whether Slack says its size or not."""
    slack.share(bot.url, [sent(slack, name, content)])
    text = told(slack)["text"]
    assert (text.startswith(name), said in text) == (True, True)
    if len(content) > LARGEST:
        assert not slack.calls("download")
        slack.share(bot.url, [sent(slack, name, content, size=None)])
        assert said in told(slack, 2)["text"]


@pytest.mark.parametrize(("status", "body", "said"), [
    (403, "no", "files:read"), (500, "oops", "再发一次"), (200, "<!DOCTYPE html><html>Sign in</html>", "files:read"),
])  # fmt: skip
@pytest.mark.parametrize("name", ["w51.md", "w51.html"])
def test_what_slack_does_not_hand_out_is_said(
    slack: Lossy, bot: Bot, name: str, status: int, body: str, said: str
) -> None:
    """An error, and the page to log in that comes instead of a file, even where a page was expected."""
    slack.fail("download", status, headers={}, body=body)
    slack.share(bot.url, [sent(slack, name, PAGE if name.endswith("html") else TEXT)])
    assert said in told(slack)["text"]


def test_without_the_permission_it_is_said(slack: Lossy, bot: Bot) -> None:
    """An app that was installed before it asked for `files:read` gets the page to log in."""
    slack.scopes.discard("files:read")
    slack.share(bot.url, [sent(slack)])
    assert "files:read" in told(slack)["text"]


def test_a_file_of_which_only_the_id_is_told_is_asked_for(slack: Lossy, bot: Bot, asker: Asker) -> None:
    """So it is in channels that are shared with another workspace."""
    file = sent(slack)
    slack.share(bot.url, [{"id": file["id"], "mode": "file_access", "file_access": "check_file_info"}], channel=CHANNEL)
    press(slack, bot, told(slack), "提交")
    assert stands(asker) == [("机房双活", 70)]


def test_a_message_with_a_file_is_saved_as_a_report(slack: Lossy, bot: Bot, asker: Asker) -> None:
    """The shortcut takes the file of a message without words, whoever posted it; who leads nothing is told who may."""
    message = {"text": "", "user": "U7", "files": [sent(slack)]}
    slack.shortcut(bot.url, SUBMIT_SHORTCUT, message, user="U5")
    assert "没有登记" in slack.wait_for("response_url").args["text"]
    slack.shortcut(bot.url, SUBMIT_SHORTCUT, message)
    assert press(slack, bot, told(slack), "提交")["text"].startswith("已提交")
    assert stands(asker) == [("机房双活", 70)]


def test_a_pasted_text_without_a_name_is_taken(slack: Lossy, bot: Bot) -> None:
    """Of a snippet Slack says what it is, where nobody named it."""
    slack.share(bot.url, [sent(slack, "Untitled", mode="snippet", filetype="markdown")])
    assert "读到项目 1 个" in told(slack)["text"]


@pytest.mark.parametrize(("how", "said"), [
    ({"mode": "external", "is_external": True, "url_private_download": "https://drive.test/x"}, "别处文件的链接"),
    ({"mode": "tombstone"}, "已经不在"), ({"mode": "hidden_by_limit"}, "已经不在"),
    ({"url_private_download": "https://files.slack.com.evil.test/x"}, "files:read"),
])  # fmt: skip
def test_no_other_host_is_asked(slack: Lossy, bot: Bot, how: Json, said: str) -> None:
    """A file that lies elsewhere, one that is gone, and an address that only looks like Slack's: nothing is fetched."""
    slack.share(bot.url, [sent(slack, **how)])
    assert said in told(slack)["text"]
    assert not slack.calls("download")


def test_a_redirect_to_elsewhere_is_not_followed(slack: Lossy, bot: Bot) -> None:
    """The token would go along: the other server hears nothing."""
    with Lossy() as other:
        slack.fail("download", 302, headers={"Location": f"{other.base_url}/files-pri/T0TEAM-F1SENT/x"}, body="")
        slack.share(bot.url, [sent(slack)])
        assert "files:read" in told(slack)["text"]
        assert other.calls() == ()


def test_a_redirect_within_slack_is_followed(slack: Lossy, bot: Bot) -> None:
    """To the same host, with the token."""
    file = sent(slack)
    slack.fail("download", 302, headers={"Location": file["url_private_download"]}, body="")
    slack.share(bot.url, [file])
    assert "读到项目 1 个" in told(slack)["text"]


def test_its_own_charts_are_no_reports(slack: Lossy, bot: Bot) -> None:
    """A file that the bot put into a direct message comes back as an event, and is passed over."""
    slack.share(bot.url, [sent(slack, "chart.png", b"\x89PNG")], user=BOT_USER, channel="DU1")
    bot.finish()
    assert not slack.calls("chat.postMessage")


def test_a_question_with_a_picture_is_a_question(slack: Lossy, bot: Bot) -> None:
    """Words beside a file that is no report are answered."""
    slack.share(bot.url, [sent(slack, "a.png", b"\x89PNG")], text="小贝什么时候上线")
    assert "小贝" in told(slack)["text"]


def test_a_slack_that_takes_no_message_loses_no_draft(slack: Lossy, bot: Bot, asker: Asker) -> None:
    """What was sent is kept before the sender is told of it."""
    slack.fail("chat.postMessage", 500)
    slack.share(bot.url, [sent(slack)])
    told(slack)
    bot.finish()
    assert _drafts(asker) == [TEXT.rstrip("\n")]


@pytest.mark.parametrize(("url", "api", "may"), [
    ("https://files.slack.com/files-pri/T-F/x", "https://slack.com/api/", True),
    ("https://acme.slack.com:443/x", "https://slack.com/api/", True),
    ("https://slack.com/x", "https://slack.com/api/", True),
    ("http://files.slack.com/x", "https://slack.com/api/", False),
    ("https://files.slack.com:8443/x", "https://slack.com/api/", False),
    ("https://evilslack.com/x", "https://slack.com/api/", False),
    ("https://files.slack.com.evil.test/x", "https://slack.com/api/", False),
    ("https://files.slack.com@evil.test/x", "https://slack.com/api/", False),
    ("https://evil.test@files.slack.com/x", "https://slack.com/api/", False),
    ("file:///etc/passwd", "https://slack.com/api/", False),
    ("", "https://slack.com/api/", False),
    ("https://[::1/x", "https://slack.com/api/", False),
    ("http://127.0.0.1:9/x", "http://127.0.0.1:9/api/", True),
    ("http://127.0.0.1:8/x", "http://127.0.0.1:9/api/", False),
    ("https://127.0.0.1:9/x", "http://127.0.0.1:9/api/", False),
    ("http://slack.com/x", "http://slack.com/api/", False),
])  # fmt: skip
def test_where_the_token_may_go(url: str, api: str, may: bool) -> None:
    """To Slack by https, or to the host of the Web API where that is none of Slack's own."""
    assert may_have_token(url, api) is may


def _drafts(asker: Asker) -> list[str]:
    """The texts of all drafts."""
    rows = asker.library._connections.db.execute("SELECT text FROM drafts WHERE state <> 'form'")
    return [row[0] for row in rows]
