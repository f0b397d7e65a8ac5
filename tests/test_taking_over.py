"""A report that is handed in in the chat takes the place of a file's: nothing is lost, and one report is counted."""

from __future__ import annotations

from datetime import date, timedelta

from support.files import word
from support.places import NOW

from store.drafts import Drafts, Submitted, is_from_chat
from store.intake import Candidate
from store.library import Library
from store.originals import Originals
from store.upkeep import Upkeep
from store.viewer import EVERYONE

FRIDAY = date(2023, 12, 15)
TEAM = "支付中心"
TEXT = "# 第51周 2023-12-15\n\n## O1 服务\n- 海风平台：进度{}%\n"
YEAR = f"{TEXT}\n# 第50周 2023-12-08\n\n## O1 服务\n- 海风平台：进度{{}}%\n"


def hand_in(library: Library, progress: int, day: date = FRIDAY) -> Submitted:
    """Submit a report of that progress."""
    book = Drafts(library)
    draft = book.get(book.keep(f"V{progress}", "U1", TEAM, day, TEXT.format(progress), NOW))
    assert draft is not None
    return book.submit(draft, NOW)


def ingest(library: Library, text: str | bytes, name: str = "w51.md", folder: str = "/reports") -> str:
    """Take a file in; what became of it."""
    content = text.encode() if isinstance(text, str) else text
    (outcome,) = library.ingest([Candidate(name, f"{folder}/{name}", name, None, content)], NOW, TEAM)
    return outcome.status


def counted(library: Library) -> list[float | None]:
    """The progress that answers are made from, newest report first."""
    told = library.updates_between(EVERYONE, date.max, None, date.max)
    return [mention.record.progress for mention in told]


def texts(library: Library, done: Submitted) -> list[str]:
    """The texts of all revisions of the report."""
    assert done.report is not None
    upkeep = Upkeep(library)
    known = upkeep.revisions(EVERYONE, done.report.ref.id)
    return [upkeep.text(EVERYONE, done.report.ref.id, each.number) or "" for each in known]


def test_it_is_the_next_revision_of_the_files_report(library: Library) -> None:
    """One report counts, with both texts in its history; its source and lines are those of the new text."""
    ingest(library, TEXT.format(40))
    done = hand_in(library, 50)
    assert (done.status, done.revision, done.replaced) == ("revised", 2, "w51.md")
    assert counted(library) == [50]
    assert texts(library, done) == [TEXT.format(40), TEXT.format(50)]
    (report,) = library.reports_between(EVERYONE, date.max, None, date.max)
    assert report.source == f"slack/{TEAM}/2023-12-15.md"
    assert report.url is None


def test_the_file_brings_nothing_new_until_it_changes(library: Library) -> None:
    """Taken in again as it was, also from elsewhere, the file leaves the newer text; changed, it is the next one."""
    ingest(library, TEXT.format(40))
    hand_in(library, 50)
    assert ingest(library, TEXT.format(40)) == "unchanged"
    assert ingest(library, TEXT.format(40) + "\n\n") == "unchanged"
    assert ingest(library, TEXT.format(40), folder="/moved") == "unchanged"
    assert counted(library) == [50]
    assert ingest(library, TEXT.format(60), folder="/moved") == "revised"
    assert counted(library) == [60]
    assert ingest(library, TEXT.format(60), folder="/moved") == "unchanged"
    assert hand_in(library, 70).revision == 4
    assert counted(library) == [70]


def test_a_week_among_many_is_taken_over_alone(library: Library) -> None:
    """Of a file with several weeks one is replaced; the file's next state keeps it, and changes the others."""
    ingest(library, YEAR.format(40, 30))
    done = hand_in(library, 50)
    assert (done.status, done.revision) == ("revised", 2)
    assert counted(library) == [50, 30]
    assert ingest(library, YEAR.format(40, 30)) == "unchanged"
    assert ingest(library, YEAR.format(40, 35)) == "revised"
    assert ingest(library, YEAR.format(40, 35)) == "unchanged"
    assert counted(library) == [50, 35]
    week = YEAR.format(40, 35).split("# 第50周")[1]
    assert ingest(library, f"# 第50周{week}") == "unchanged"
    assert counted(library) == [50, 35]
    assert ingest(library, YEAR.format(45, 35)) == "revised"
    assert counted(library) == [45, 35]


def test_of_several_files_one_is_taken(library: Library) -> None:
    """That of the very day, else the last that came in; the others stand beside it, and are named."""
    ingest(library, TEXT.format(10).replace("12-15", "12-13"), "a.md")
    ingest(library, TEXT.format(20), "b.md")
    week = Drafts(library).week(TEAM, FRIDAY)
    assert week.taken is not None
    assert (week.taken.ref.source, [kept.ref.source for kept in week.beside]) == ("b.md", ["a.md"])
    assert hand_in(library, 50).replaced == "b.md"
    assert sorted(filter(None, counted(library))) == [10, 50]
    assert hand_in(library, 60).revision == 3


def test_the_same_words_are_no_revision(library: Library) -> None:
    """Handed in as the file says it, it is the same revision still."""
    ingest(library, TEXT.format(50))
    assert (hand_in(library, 50).status, hand_in(library, 50).revision) == ("unchanged", 1)
    assert ingest(library, TEXT.format(50)) == "unchanged"
    assert counted(library) == [50]


def test_withdrawn_it_stays_withdrawn_whatever_the_file_says(library: Library) -> None:
    """A report that was handed in and withdrawn isn't brought back by the file as it was, but by the next draft."""
    ingest(library, TEXT.format(40))
    done = hand_in(library, 50)
    assert done.report is not None
    Upkeep(library).withdraw(done.report.ref.id, NOW)
    assert ingest(library, TEXT.format(40)) == "unchanged"
    assert counted(library) == []
    again = hand_in(library, 60)
    assert (again.status, again.revision, counted(library)) == ("restored", 3, [60])


def test_a_withdrawn_file_is_left_alone(library: Library) -> None:
    """What somebody withdrew of files isn't brought back by a draft, which is a report of its own."""
    ingest(library, TEXT.format(40))
    (report,) = library.reports_between(EVERYONE, date.max, None, date.max)
    Upkeep(library).withdraw(report.id, NOW)
    done = hand_in(library, 50)
    assert (done.status, done.revision, counted(library)) == ("added", 1, [50])


def test_another_week_is_another_report(library: Library) -> None:
    """The week decides, not the nearness."""
    ingest(library, TEXT.format(40))
    assert Drafts(library).week(TEAM, FRIDAY + timedelta(days=3)).taken is None


def test_the_text_of_any_file_can_be_corrected(library: Library) -> None:
    """A Word document's text comes as Markdown that reads the same; of a file with several weeks only the week's."""
    paragraphs = ("Title", "第51周 2023-12-15"), ("Heading 2", "O1 服务"), ("List Bullet", "海风平台：进度40%")
    ingest(library, word(*paragraphs), "w51.docx")
    (report,) = library.reports_between(EVERYONE, date.max, None, date.max)
    text = Originals(library).markdown(report)
    book = Drafts(library)
    draft = book.get(book.keep("V1", "U1", TEAM, FRIDAY, text.replace("40", "50"), NOW))
    assert draft is not None
    assert book.submit(draft, NOW).status == "revised"
    assert counted(library) == [50]
    ingest(library, YEAR.format(40, 30), "year.md")
    older = next(r for r in library.reports_between(EVERYONE, date.max, None, date.max) if r.report_date < FRIDAY)
    assert Originals(library).markdown(older) == "# 第50周 2023-12-08\n\n## O1 服务\n- 海风平台：进度30%"


def test_what_came_from_the_chat_is_known_by_its_source(library: Library) -> None:
    """A folder that is called as the chat is no chat."""
    ingest(library, TEXT.format(40), "slack/w51.md")
    week = Drafts(library).week(TEAM, FRIDAY)
    assert week.taken is not None
    assert not is_from_chat(week.taken)
    assert week.from_file
