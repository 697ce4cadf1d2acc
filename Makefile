# The two commands of the README are `make demo` and `make test`; each does all its own set-up.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -q
ENGINE ?= auto

.PHONY: demo test setup weights weights-if-online lint types contracts tests record docs lock bench pictures clean

demo: weights
	@$(BIN)/coach --home demo demo --engine $(ENGINE)

test: .venv/dev.stamp weights-if-online lint types contracts tests

setup: .venv/run.stamp

.venv/run.stamp: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "mentor-copilot needs Python 3.11 or newer; say PYTHON=/path/to/python3 make ...")'
	@echo "Setting up .venv (about a minute the first time)"
	@$(PYTHON) -m venv .venv
	@$(PIP) install --no-deps --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev.stamp: .venv/run.stamp requirements-dev.lock
	@echo "Adding the tools that check the code"
	@$(PIP) install --no-deps --require-hashes -r requirements-dev.lock
	@touch $@

weights: .venv/run.stamp
	@$(BIN)/coach model install --small

# Without network the tests go on and skip what needs the weights.
weights-if-online: .venv/run.stamp
	@$(BIN)/coach model install --small --optional

lint: .venv/dev.stamp
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: .venv/dev.stamp
	@$(BIN)/basedpyright --warnings

contracts: .venv/dev.stamp
	@$(BIN)/lint-imports --no-cache

tests: .venv/dev.stamp
	@$(BIN)/python -m pytest -n 2 --dist loadgroup

record: .venv/dev.stamp
	@$(BIN)/python -m pytest -m vcr --record-mode=rewrite tests/copilot/engines

# Writes docs/settings.md, docs/commands.md and docs/errors.md from the code; a test holds them against it.
docs: .venv/run.stamp
	@$(BIN)/python -m copilot.cli.reference docs

# Takes the README's pictures anew; needs a Chromium on the PATH.
pictures: .venv/dev.stamp weights
	@$(BIN)/python -m tests.journeys.pictures

bench: .venv/dev.stamp weights
	@$(BIN)/coach bench

# Writes the lock files anew; needs uv on the PATH. No index or download host is written.
lock:
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml requirements.in -o requirements.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -c requirements.lock --extra dev pyproject.toml requirements.in -o requirements-dev.lock

clean:
	rm -rf .venv build dist *.egg-info .pytest_cache .ruff_cache
