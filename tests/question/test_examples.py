"""The kind of a question by the example sentences that it is most like."""

from __future__ import annotations

from importlib.resources import files

import pytest
from support.made_up import Put, ask, weekly

from bot.question.counting import PROJECT, TEAM, WHEN, examples, written
from bot.question.examples import guess, is_asking, placed
from bot.question.query import Kind
from store.library import Library


def test_the_counts_are_those_of_the_sentences() -> None:
    """`examples.json` was written from `examples.txt` as it is (`make examples`)."""
    assert files("bot.question").joinpath("examples.json").read_text(encoding="utf-8") == written()


def test_no_sentence_stands_twice() -> None:
    """Each sentence has one kind, and none is listed twice; they are sorted, so that additions are seen."""
    lines = files("bot.question").joinpath("examples.txt").read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(set(lines)) == len(list(examples()))
    assert lines == sorted(lines, key=str.encode)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"plot the progress of {PROJECT}", Kind.HISTORY),
        (f"is {TEAM} in good shape", Kind.TEAM),
        (f"what got pushed back {WHEN}", Kind.SLIPS),
        (f"{PROJECT} 做到哪一步了", Kind.STATUS),
        (f"{TEAM}{WHEN} 有什么搞定了", Kind.DONE),
        (f"{WHEN}这两份差在哪", Kind.CHANGES),
        ("有没有什么拦着我们的", Kind.RISKS),
        ("谁还欠着周报", Kind.MISSING),
    ],
)
def test_a_kind_is_guessed_without_its_cue_words(text: str, kind: Kind) -> None:
    """The likeliest kind is the one whose sentences have the words of the question and their pairs most often."""
    assert guess(text).kind is kind


def test_how_sure_a_guess_is_lies_between_none_and_all() -> None:
    """It is a share: of words that no sentence has hardly more than chance, of a sentence of one kind nearly all."""
    assert 0 < guess("zxqv").sure < 0.5
    assert 0.9 < guess(f"which {WHEN} milestones slipped and by how many days").sure <= 1


@pytest.mark.parametrize(
    ("word", "asks"), [("encrypt", False), ("show", True), ("进展", True), ("预算", False), ("鲸鱼", False)]
)
def test_words_of_asking_are_those_of_several_sentences(word: str, asks: bool) -> None:
    """A word that several sentences have only asks; what may be asked of a project, and any other word, is content."""
    assert is_asking(word) is asks


def test_names_make_place_for_characters() -> None:
    """Each span becomes its character, whatever the order in which they are given."""
    assert placed("how is Atlas in W3", [((7, 12), PROJECT), ((13, 18), WHEN)]) == f"how is  {PROJECT}   {WHEN} "


@pytest.mark.parametrize(("question", "kind"), [
    ("海棠平台 week by week pls", Kind.HISTORY), ("海棠平台从头到尾怎么走过来的", Kind.HISTORY),
    ("谁还欠着周报", Kind.MISSING),
])  # fmt: skip
def test_questions_without_cues_are_understood(library: Library, put: Put, question: str, kind: Kind) -> None:
    """What no cue word asks for is asked as the sentences are."""
    put(weekly("第38周", "2023-09-15", ["- 海棠平台：进度60%"]), name="w38.md")
    put(weekly("第39周", "2023-09-22", ["- 海棠平台：进度75%"]), name="w39.md")
    assert ask(library, question, "2023-09-25").kind is kind


def test_a_reading_by_examples_leaves_no_word_out(library: Library, put: Put) -> None:
    """A verb and a name that no report has are what is asked for: no list of dates answers them."""
    put(weekly("第38周", "2023-09-15", ["- 海棠平台：进度60%，预计9/29上线"]), name="w38.md")
    assert not ask(library, "林舟什么时候休假", "2023-09-18").found


def test_where_the_guess_has_no_answer_the_lines_have_it(library: Library, put: Put) -> None:
    """A question read by its likeness falls back on the reading that its words had without it."""
    put(weekly("第38周", "2023-09-15", ["- 海棠平台：进度60%"], highlights=["- 团建去了青竹山庄"]), name="w38.md")
    assert ask(library, "团建去了哪", "2023-09-18").found


@pytest.mark.parametrize(("question", "kind"), [
    ("how's Orchid coming along", Kind.STATUS), ("how is the orchid thing coming along", Kind.STATUS),
    ("what's left on Orchid Vault", Kind.STATUS),
])  # fmt: skip
def test_a_project_between_words_that_only_ask_is_named(library: Library, put: Put, question: str, kind: Kind) -> None:
    """What is left of an English question between its asking words names the project, as a shorter form of its name."""
    put(weekly("第38周", "2023-09-15", ["- Orchid Vault rebuild：进度60%"]), name="w38.md")
    put(weekly("第39周", "2023-09-22", ["- Orchid Vault rebuild：进度75%"]), name="w39.md")
    assert ask(library, question, "2023-09-25").kind is kind


def test_words_between_asking_ones_that_name_nothing_are_searched_for(library: Library, put: Put) -> None:
    """A project that no report has gets no other's status."""
    put(weekly("第38周", "2023-09-15", ["- Orchid Vault rebuild：进度60%"]), name="w38.md")
    assert not ask(library, "how's the crypto wallet coming along", "2023-09-18").found


def test_loosely_cued_questions_are_read_as_the_sentences_are(library: Library, put: Put) -> None:
    """`go-live` and `dates` stand in many questions: where its sentences are rather sure, another kind is meant."""
    put(weekly("第38周", "2023-09-15", ["- 海棠平台：进度60%，9/14上线"]), name="w38.md")
    assert ask(library, "go-lives that didn't happen", "2023-09-18").kind is Kind.OVERDUE
    assert ask(library, "old vs new dates please", "2023-09-18").kind is Kind.SLIPS
