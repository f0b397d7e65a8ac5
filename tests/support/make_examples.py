"""Print bot/question/examples.json: the example sentences, counted (`make examples`)."""

from __future__ import annotations

from bot.question.counting import written

if __name__ == "__main__":
    print(written(), end="")
