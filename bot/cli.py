"""The command line: `zhouzhi`, also `python -m bot`."""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot import aliases, calendar_commands, corrections, feedback, reminder_commands, setting_up, team_commands, upkeep
from bot.answering_ahead import COLLECT_AFTER, answer_ahead, answer_json, lines_of, start
from bot.bootstrap import build_asker
from bot.broken import warn_of_broken
from bot.catalogue import sayer
from bot.clock import now
from bot.options import (
    Failure,
    Group,
    bug,
    database_option,
    day_of,
    json_option,
    open_library,
    refusal,
    terminal,
    terminal_language,
    today_option,
)
from bot.settings import read_settings
from store.errors import UnreadableFile
from store.library import Library
from store.viewer import EVERYONE

if TYPE_CHECKING:
    from bot.answering_ahead import Question
    from bot.answers.ask import Asker
    from bot.answers.model import Answer
    from bot.settings import Settings
    from store.library import Outcome
    from store.second_process import SecondProcess

FORMATS = ("text", "md", "csv", "json")


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="zhouzhi", prog_name="zhouzhi")
@click.option("--debug", is_flag=True, expose_value=False, help="Show the traceback of a bug.")
def main() -> None:
    """周知: answers questions about weekly reports, with the line that says so."""
    gc.set_threshold(COLLECT_AFTER)
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # tests put other streams in their place
            stream.reconfigure(encoding="utf-8", errors="replace")


@main.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@database_option
@click.option(
    "--team",
    metavar="NAME",
    help="Whose reports these are. Default: what the report says, else the first folder below PATH.",
)
@click.option("--url-base", metavar="URL", help="Where the reports are published; gives each its link.")
@json_option
def ingest(paths: tuple[str, ...], database: str | None, team: str | None, url_base: str | None, as_json: bool) -> None:
    """Read files, folders and .zip archives into the database.

    Unchanged files are skipped, changed ones become a new revision, bad ones are named and stop nobody. Exits with 1
    when some file could not be taken.
    """
    from store.intake import candidates

    with open_library(database, read_settings(), create=True) as library:
        outcomes = []
        taken = library.ingest(candidates(paths), now(), team, url_base)
        for outcome in _with_progress(taken, paths):
            outcomes.append(replace(outcome, report=None))  # a large folder's reports would take a gigabyte
            if outcome.status == "refused":
                click.echo(f"zhouzhi: {refusal(outcome.source, outcome.reason or 'denied')}", err=True)
        warn_of_broken(library)
    _say_outcomes(outcomes, as_json)
    if not outcomes:
        raise Failure("no reports found: .md, .txt, .html, .docx, .eml or .zip files are looked for")
    sys.exit(any(outcome.status == "refused" for outcome in outcomes))


def _with_progress(outcomes: Iterable[Outcome], paths: Sequence[str]) -> Iterator[Outcome]:
    """The outcomes as they come, with a progress bar below them on a terminal."""
    if not sys.stderr.isatty():
        yield from outcomes
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    from store.intake import how_many

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield from progress.track(outcomes, total=how_many(paths))


def _say_outcomes(outcomes: list[Outcome], as_json: bool) -> None:
    counts = {
        status: sum(o.status == status for o in outcomes)
        for status in ("added", "revised", "restored", "unchanged", "refused")
    }
    if as_json:
        files = [{"source": o.source, "status": o.status, "reason": o.reason, "team": o.team or None} for o in outcomes]
        click.echo(json.dumps({**counts, "files": files}, ensure_ascii=False))
    elif outcomes:
        click.echo(", ".join(f"{count} {status}" for status, count in counts.items() if count))


@main.command()
@click.argument("file", metavar="FILE")
@json_option
def parse(file: str, as_json: bool) -> None:
    """Show what one file is understood to say, beside its lines. Writes nothing."""
    from bot.render.parsed import file_json, report_table
    from store.intake import candidates
    from store.reading import read_reports
    from store.reading.formats import to_document

    if Path(file).is_dir():
        raise UnreadableFile(file, "folder")
    found = next(iter(candidates([file])), None)
    if found is None or found.content is None:
        raise UnreadableFile(file, (found.reason if found else None) or "unsupported")
    reports = read_reports(to_document(found.content, found.source), found.source)
    if as_json:
        click.echo(json.dumps(file_json(reports), ensure_ascii=False, indent=1))
    else:
        for report in reversed(reports):
            terminal().print(report_table(report))


@main.command()
@click.argument("question", nargs=-1, required=True)
@database_option
@today_option
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="text",
    help="How the answer is written: text, Markdown with its sources, CSV with a row for each fact, or JSON.",
)
@click.option("--chart", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Draw it too, as PNG.")
@json_option
def ask(
    question: tuple[str, ...],
    database: str | None,
    today: datetime | None,
    form: str,
    chart: Path | None,
    as_json: bool,
) -> None:
    """Answer one question. With - each line of standard input is one, answered by one JSON object a line."""
    settings, form = read_settings(), "json" if as_json else form
    if question == ("-",) and (chart or form not in ("text", "json")):
        raise click.UsageError("the answers to - are JSON lines, without a chart.")
    with open_library(database, settings) as library:
        asker, day = build_asker(library, settings.language), day_of(today, settings)
        if question == ("-",):
            sys.exit(_answer_each(asker, day, partial(start, database or settings.database, settings.language, day)))
        answer = asker.ask(" ".join(question), day)
        _print_answer(answer, form)
        if chart:
            _write_chart(answer, chart)


def _print_answer(answer: Answer, form: str) -> None:
    if form == "json":
        _print_json(answer)
    elif form == "md":
        from bot.render.markdown import render_markdown

        click.echo(render_markdown(answer), nl=False)
    elif form == "csv":
        from bot.render.sheet import render_csv

        # Rows end in CRLF, which a text stream on Windows would write as CR CR LF.
        click.echo(render_csv(answer).encode(), nl=False)
    elif sys.stdout.isatty():
        from bot.render.terminal import print_answer

        print_answer(terminal(), answer)
    else:
        from bot.render.text import piped  # without rich's console, a tenth of the time

        click.echo(piped(answer))


def _write_chart(answer: Answer, file: Path) -> None:
    if answer.chart is None:
        raise Failure("this answer has no chart; /history, /metrics and /incidents have one, of two weeks or more")
    from bot.render.chart import render_chart

    try:
        file.write_bytes(render_chart(answer.chart))
    except OSError as error:
        raise Failure(f"{file}: can't be written ({error.strerror}); check its folder and permissions") from error


def _answer_each(asker: Asker, day: date, start: Callable[[], SecondProcess[Question]]) -> int:
    """Answer every line of standard input; a line that meets a bug gets its error, and the others their answers."""
    failed = 0
    with closing(answer_ahead(lines_of(sys.stdin), lambda text: answer_json(asker, text, day), start)) as questions:
        for question in questions:
            try:
                said = question.said or answer_json(asker, question.given, day)
            except Exception as error:
                failed = 1
                click.echo(f"zhouzhi: {question.given[:60]!r}: {bug(error)}", err=True)
                said = json.dumps(_no_answer(question.given), ensure_ascii=False)
            click.echo(said)
            sys.stdout.flush()
    return failed


def _no_answer(question: str) -> dict[str, Any]:
    return {
        "question": question, "kind": "unknown", "found": False, "text": sayer(terminal_language())("unknown.failed"),
        "range": None, "citations": [], "data": {}, "suggestions": [],
    }  # fmt: skip


def _print_json(answer: Any) -> None:
    from bot.render.json import render_json

    click.echo(json.dumps(render_json(answer), ensure_ascii=False))
    sys.stdout.flush()


@main.command()
@database_option
@today_option
def chat(database: str | None, today: datetime | None) -> None:
    """Ask question after question, as in Slack. Piped input is answered line by line."""
    settings = read_settings()
    with open_library(database, settings) as library:
        _converse(library, day_of(today, settings), settings)


def _converse(library: Library, day: date, settings: Settings) -> None:
    from bot.chat import answer_lines, terminal_prompt
    from bot.chat import chat as talk
    from bot.objections import Objections

    asker, objections = build_asker(library, settings.language), Objections(library, now, settings.language)
    if sys.stdin.isatty():
        talk(asker, day, terminal(), terminal_prompt(), objections)
    else:
        answer_lines(asker, day, terminal(), sys.stdin, objections)


@main.command()
@click.option("--seeds", default="seeds", show_default=True, help="The folder with the sample reports.")
@click.option("--db", "database", default=".demo/zhouzhi.db", show_default=True, metavar="FILE")
def demo(seeds: str, database: str) -> None:
    """Load the sample reports and chat about them; without a terminal, show a short tour."""
    from bot.chat import tour
    from store.intake import candidates

    settings = read_settings()
    Path(database).parent.mkdir(parents=True, exist_ok=True)
    with open_library(database, settings, create=True) as library:
        outcomes = list(library.ingest(candidates([seeds]), now()))
        span = library.span(EVERYONE, date.max)
        if span is None:
            raise Failure(
                f"{seeds}: no sample reports there; run this from the project's folder or name it with --seeds"
            )
        day = span[2] + timedelta(days=7 - span[2].weekday())
        added = sum(outcome.status == "added" for outcome in outcomes)
        click.echo(
            f"{span[0]} sample reports ({added} new), {span[1]} … {span[2]}; today is taken to be Monday {day}.\n"
        )
        if sys.stdin.isatty() and sys.stdout.isatty():
            _converse(library, day, settings)
        else:
            tour(build_asker(library, settings.language), day, terminal())


@main.command()
@database_option
@today_option
def serve(database: str | None, today: datetime | None) -> None:
    """Run the Slack bot: over HTTP, or in Socket Mode when SLACK_APP_TOKEN is set."""
    from bot.slack.server import run

    settings = read_settings()
    with open_library(database, settings, create=True) as library:
        run(settings, library, lambda: day_of(today, settings), now)


for _command in (
    aliases.alias, aliases.explain, upkeep.withdraw, upkeep.history, upkeep.reindex, corrections.correct,
    feedback.feedback, setting_up.manifest, setting_up.doctor, team_commands.team, reminder_commands.reminders,
    calendar_commands.calendar,
):  # fmt: skip
    main.add_command(_command)
