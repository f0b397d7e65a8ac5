# Two commands matter: `make demo` and `make test`. Both set themselves up in .venv/.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
LOCK := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

.PHONY: soak pictures exam examples gold help demo test lint types contract unit bench bench-large install lock clean

help: ## show this help
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

demo: $(READY) ## load seeds/ and chat with the bot (without a terminal: a short tour)
	@$(BIN)/python -m bot demo

test: $(READY)-dev lint types contract unit ## run everything: ruff, mypy, import contract, tests

lint: $(READY)-dev ## ruff
	$(BIN)/ruff check .

types: $(READY)-dev ## mypy, strict, on both packages
	$(BIN)/mypy

contract: $(READY)-dev ## which package may import which
	$(BIN)/lint-imports

unit: $(READY)-dev ## the tests alone
	$(BIN)/pytest -n 2

bench: $(READY)-dev ## how fast reports are read and taken in, beside markdown-it-py, and questions answered, in Slack too
	$(BIN)/python tests/support/bench.py
	PYTHONPATH=tests $(BIN)/python tests/support/bench_slack.py

bench-large: $(READY)-dev ## the same, with a folder of 10,000 reports
	$(BIN)/python tests/support/bench.py --folder 10000

soak: $(READY)-dev ## 10,000 reminders from two processes that are killed 1,000 times, to a Slack that loses answers
	PYTHONPATH=tests $(BIN)/python tests/support/faults.py

gold: $(READY)-dev ## how well the samples are read, against what people wrote down from them (-v: every difference)
	@$(BIN)/python tests/support/gold.py $(ARGS)

exam: $(READY)-dev ## how well questions are answered, against what people expect of the reports (-v: every difference)
	@$(BIN)/python tests/support/exam.py $(ARGS)

examples: $(READY) ## count the sentences of bot/question/examples.txt anew, after a change
	@$(BIN)/python tests/support/make_examples.py > $(VENV)/examples.json && mv $(VENV)/examples.json bot/question/examples.json

pictures: $(READY)-dev ## the pictures in the documents anew, from what the bot sends (needs Chromium)
	@PYTHONPATH=tests $(BIN)/python tests/support/pictures.py

install: $(READY) ## create .venv/ and install the locked versions

$(READY): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "zhouzhi needs Python 3.11 or newer; say which with: make PYTHON=python3.12" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(PIP) --require-hashes -r requirements.txt
	$(PIP) --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q bot store  # where Python may not write beside its files, each start would compile them
	@touch $@

$(READY)-dev: $(READY) requirements-dev.txt
	$(PIP) --require-hashes -r requirements-dev.txt
	@touch $@

lock: ## choose the locked versions anew (needs uv)
	$(LOCK) --extra build --output-file requirements.txt
	$(LOCK) --extra build --extra dev --constraint requirements.txt --output-file requirements-dev.txt

clean: ## remove what make made
	rm -rf $(VENV) .demo .pytest_cache .mypy_cache .ruff_cache .hypothesis
