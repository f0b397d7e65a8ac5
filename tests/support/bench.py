"""How fast reports are read and taken in, beside markdown-it-py over the same texts in the same run; and how fast
questions are answered.

`make bench` prints the table; `make bench-large` adds a folder of 10,000 reports. Times are wall time. What is compared
takes turns, each over all reports at once as a folder is taken in, and the best of several rounds counts, so that a
busy machine slows all alike. What is asked for its memory runs in a process of its own.
"""

from __future__ import annotations

import argparse
import re
import resource
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, date, datetime, timedelta
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory, TemporaryFile
from time import perf_counter

from markdown_it import MarkdownIt

from store.intake import Candidate, candidates
from store.library import Library
from store.reading import read_report
from store.reading.formats.text import decode
from store.words.dates import find_dates

ROOT = Path(__file__).resolve().parents[2]
SEEDS, EXAM = ROOT / "seeds", ROOT / "tests" / "exam"
NOW = datetime(2040, 1, 1, tzinfo=UTC)
TODAY = "2023-12-11"  # of the questions: the Monday after the newest sample
TEAMS = 50  # of the large folder
_SYLLABLES = "云帆星河海棠青松白鹭赤水金桥玉门长风紫荆蓝田翠湖银杏石榴丹枫墨竹朱雀玄武麒麟凤凰天山昆仑峨眉泰岳"
_DAY = re.compile(r"(?<![\d/.])(?:(20\d\d)([-/]))?(\d{1,2})([-/])(\d{1,2})(?![\d/%])")


@cache
def samples() -> tuple[str, ...]:
    """The texts of the sample reports."""
    return tuple(decode(path.read_bytes(), path.name) for path in sorted(SEEDS.rglob("*.md")))


@cache
def _names() -> tuple[str, ...]:
    found = {update.name for text in samples() for update in read_report(text).updates}
    return tuple(sorted(found, key=lambda name: (-len(name), name)))


def retold(text: str, weeks: int, team: int) -> str:
    """A sample as another team would have written it so many weeks later: other days, other projects."""
    for at, name in enumerate(_names()):
        start = (team * 7 + at * 2) % (len(_SYLLABLES) - 1)
        text = text.replace(name, _SYLLABLES[start : start + 2] + (str(team) if team else "") + name[-2:])
    return _DAY.sub(lambda match: _later(match, weeks), text)


def _later(match: re.Match[str], weeks: int) -> str:
    year, sign, month, between, day = match.groups()
    try:
        moved = date(int(year or 2023), int(month), int(day)) + timedelta(weeks=weeks)
    except ValueError:
        return match[0]  # 135/440 is no day
    if year:
        return f"{moved.year}{sign}{moved.month:02}{between}{moved.day:02}"
    return f"{moved.month}{between}{moved.day}"


def corpus(count: int, teams: int) -> Iterator[tuple[str, str]]:
    """So many reports of so many teams, as (name, text): the samples, retold."""
    for number in range(count):
        week, team = divmod(number, teams)
        text = samples()[week % len(samples())]
        rounds = week // len(samples())
        yield f"team{team:02}/week{week:03}.md", retold(text, rounds * len(samples()), team) if number else text


def compare(count: int, rounds: int) -> dict[str, float]:
    """The seconds that parsing, reading, and reading with indexing take over so many reports."""
    reports = list(corpus(count, max(1, count // 25)))
    ways = {"markdown-it-py": _parse, "reading": _read, "reading + indexing": _take}
    took = [{name: _timed(partial(way, reports)) for name, way in ways.items()} for _ in range(rounds)]
    return {name: min(times[name] for times in took) for name in ways}


def _timed(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def _parse(reports: Sequence[tuple[str, str]]) -> None:
    parser = MarkdownIt("commonmark").enable("table")
    for _, text in reports:
        parser.parse(text)


def _read(reports: Sequence[tuple[str, str]]) -> None:
    for name, text in reports:
        read_report(text, name)


def _take(reports: Sequence[tuple[str, str]]) -> None:
    """Into a new database, through the same door as files, the links between reports included."""
    files = [Candidate(name, f"/{name}", name, name.split("/")[0], text.encode()) for name, text in reports]
    with TemporaryDirectory() as folder:
        library = Library.open(f"{folder}/bench.db", create=True)
        refused = [outcome for outcome in library.ingest(files, NOW) if outcome.status == "refused"]
        library.close()
    if refused:
        raise RuntimeError(refused)


def grammar(count: int) -> list[float]:
    """Microseconds that the dates of each line take, the best of three, over the lines of so many reports."""
    lines = [line for _, text in corpus(count, 5) for line in text.split("\n") if line.strip()]
    find = partial(find_dates, on=date(2023, 9, 22))
    return [min(_timed(partial(find, line)) for _ in range(3)) * 1e6 for line in lines]


def peak(work: Callable[..., float], *args: object) -> tuple[float, float]:
    """The seconds that `work` says it took, and the megabytes that a process of its own needed for it at most."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        seconds = pool.submit(work, *args).result()
        return seconds, pool.submit(_megabytes).result()


def _megabytes() -> float:
    # getrusage would give the parent's peak where that was higher: on Linux it survives fork and exec.
    status = Path("/proc/self/status")
    if status.exists():
        found = re.search(r"VmHWM:\s*(\d+) kB", status.read_text())
        return int(found[1]) / 1024 if found else 0.0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (2**20 if sys.platform == "darwin" else 2**10)


def nothing() -> float:
    """What a process needs that has only loaded the reader."""
    return _timed(lambda: read_report(samples()[0]))


def long_line(characters: int) -> float:
    """A report with one line of so many characters."""
    line = "- 海风平台：进度40%，9/27提测，" * (characters // 20)
    return _timed(lambda: read_report(f"# 第38周 2023-09-15\n\n## 【O1 服务业务】\n\n{line}\n"))


def many_bullets(count: int) -> float:
    """A report with so many bullets in one section."""
    lines = "".join(f"- 海风{number}平台：进度{number % 100}%，9/27提测\n" for number in range(count))
    return _timed(lambda: read_report(f"# 第38周 2023-09-15\n\n## 【O1 服务业务】\n\n{lines}"))


def folder_of(count: int) -> float:
    """A folder of so many reports, taken in as `zhouzhi ingest` does it."""
    with TemporaryDirectory() as folder:
        for name, text in corpus(count, min(TEAMS, count)):
            path = Path(folder, "reports", name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        library = Library.open(f"{folder}/bench.db", create=True)
        seconds = _timed(lambda: sum(1 for _ in library.ingest(candidates([f"{folder}/reports"]), NOW)))
        library.close()
        return seconds


def questions() -> list[str]:
    """Questions of every kind, as people write them."""
    files = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(EXAM.glob("*.toml"))]
    return [question["ask"] for file in files for question in file["question"]]


def answers(database: str, asked: Sequence[str]) -> float:
    """The answers a second of `zhouzhi ask -`, each question asked once, counted from the first answer on."""
    lines = ("\n".join(question.replace("\n", " ") for question in asked) + "\n").encode()
    command = [*_ASK, "-", "--db", database, "--today", TODAY]
    with TemporaryFile() as given:
        given.write(lines)
        given.seek(0)
        with subprocess.Popen(command, cwd=ROOT, stdin=given, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            arrived = [perf_counter() for _ in process.stdout]
    if len(arrived) != len(asked):
        raise RuntimeError(f"{len(arrived)} answers to {len(asked)} questions")
    return (len(arrived) - 1) / (arrived[-1] - arrived[0])


def cold(database: str) -> float:
    """The seconds from the start of `zhouzhi ask "/status POS"` to its end."""
    command = [*_ASK, "/status POS", "--db", database, "--today", TODAY]
    return _timed(lambda: subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=True))


_ASK = [sys.executable, "-m", "bot", "ask"]


def _row(what: str, *figures: str) -> None:
    print(f"{what:34}" + "".join(f"{figure:>18}" for figure in figures), flush=True)


def show_pace(count: int, rounds: int) -> None:
    """Print how reading and indexing stand beside markdown-it-py."""
    took = compare(count, rounds)
    for name, seconds in took.items():
        times = seconds / took["markdown-it-py"]
        _row(name, f"{seconds * 1000 / count:.2f} ms a report", f"{times:.2f} times")


def show_grammar(count: int) -> None:
    """Print what finding the dates of a line takes, and of a line of 20,000 characters."""
    took = quantiles(grammar(count), n=100)
    _row("dates of a line", *(f"p{at} {took[at - 1]:.0f} µs" for at in (50, 95, 99)))
    line = "海风平台：进度40%，9/27提测，" * 1000
    _row("dates of 20,000 characters", f"{_timed(lambda: find_dates(line, date(2023, 9, 22))) * 1000:.1f} ms")


def show_peak(what: str, work: Callable[..., float], *args: object) -> float:
    """Print the time and the memory of `work`, and give the time."""
    seconds, megabytes = peak(work, *args)
    _row(what, f"{seconds:.2f} s", f"{megabytes:.0f} MB")
    return seconds


def show_answers(count: int, rounds: int) -> None:
    """Print how many of the first `count` questions of the exam, 0 for all, are answered a second, and how long one
    takes from a cold start; the best round counts."""
    asked = questions()[: count or None]
    with TemporaryDirectory() as folder:
        database = f"{folder}/bench.db"
        library = Library.open(database, create=True)
        for _ in library.ingest(candidates([str(SEEDS)]), NOW):
            pass
        library.close()
        pace = max(answers(database, asked) for _ in range(rounds))
        starts = [cold(database) for _ in range(2 * rounds)]
    _row(f"{len(asked)} questions", f"{pace:.0f} answers/s")
    _row("the first answer from a cold start", f"{min(starts):.2f} s", f"median {median(starts):.2f} s")


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=500, help="to compare over")
    parser.add_argument("--rounds", type=int, default=3, help="of which the best counts")
    parser.add_argument("--line", type=int, default=3_000_000, help="characters of the long line")
    parser.add_argument("--bullets", type=int, default=100_000, help="of the file with many")
    parser.add_argument("--questions", type=int, default=0, help="to answer; 0 for all of the exam")
    parser.add_argument("--folder", type=int, default=0, help="reports of a folder to take in")
    chosen = parser.parse_args(arguments)
    show_pace(chosen.reports, chosen.rounds)
    show_grammar(chosen.reports)
    show_answers(chosen.questions, chosen.rounds)
    show_peak("one report", nothing)
    show_peak(f"a line of {chosen.line:,} characters", long_line, chosen.line)
    show_peak(f"{chosen.bullets:,} bullets", many_bullets, chosen.bullets)
    if chosen.folder:
        seconds = show_peak(f"a folder of {chosen.folder:,} reports", folder_of, chosen.folder)
        _row("", f"{chosen.folder / seconds:.0f} reports/s")


if __name__ == "__main__":
    main()
