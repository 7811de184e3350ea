PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
CASES ?= $(wildcard tests/data/cases*.jsonl)

# Tests start hundreds of processes: without kept bytecode each would compile all modules anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: install demo test check fix format lint types layers rules evaluate inflections pages phonemes clean

$(BIN)/culture-lint: setup.cfg pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable ".[dev]"
	@touch $(BIN)/culture-lint

install: $(BIN)/culture-lint

demo: install  ## the main job on examples/
	@$(BIN)/culture-lint check examples/listings.csv --intent natural \
		|| echo "(exit code 1: these listings clash on purpose, so the gate fails)"

test: install  ## every test, the rulesets' own examples included, on all cores
	$(BIN)/python -m pytest -n auto --dist worksteal

check: install format lint types layers test  ## what CI runs

format:
	$(BIN)/ruff format --check culture_lint tests tools

lint:
	$(BIN)/ruff check culture_lint tests tools

types:
	$(BIN)/mypy

layers:
	$(BIN)/lint-imports

rules: install  ## the rulesets alone: what "make test" holds them to, too
	$(BIN)/culture-lint rules validate
	$(BIN)/culture-lint rules test --coverage

evaluate: install  ## recall and false alarms on labelled cases: make evaluate CASES="a.jsonl b.jsonl"
	$(BIN)/culture-lint rules evaluate $(CASES)

inflections: install  ## look up the inflections of the built-in rulesets' words anew
	$(BIN)/python -m culture_lint.matching.inflect

pages: install  ## write docs/rules and docs/markets from the built-in rulesets
	$(BIN)/culture-lint rules pages docs

phonemes: install  ## derive the tables of spellings and sounds anew (needs pip install -e ".[tables]")
	$(BIN)/python tools/phonemes.py

fix:
	$(BIN)/ruff format culture_lint tests
	$(BIN)/ruff check --fix culture_lint tests

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache
