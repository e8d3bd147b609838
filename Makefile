# Two commands do everything: `make run` and `make test`. Both set up what they need.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# What Python has compiled is kept: every worker and each process that a test starts would compile it all anew.
export PYTHONDONTWRITEBYTECODE :=

#: How many of the nine thousand mutants are tried: a thousand tell the score to within two points.
MUTANTS ?= 1000

.PHONY: run test long lint types contracts check prove coverage mutants bench migration demo reset lock help

help:            ## Say what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

run: $(VENV)/.run  ## Prepare, make the demonstration sitting's protocol, serve on 127.0.0.1:8000
	@$(BIN)/budgetproto run

demo: $(VENV)/.run ## The main job without serving: files in out/
	@$(BIN)/budgetproto demo --out out

# Three workers on two cores: where one waits for a browser or a disk another one works.
test: $(VENV)/.test ## The tests, on SQLite and on a real PostgreSQL
	$(BIN)/pytest -n 3 --dist loadfile --no-loadscope-reorder --durations=25

long: $(VENV)/.test ## What takes longest: 1,000 lines for archives, all that may stand on a page, every stage and language
	BUDGETPROTO_LONG=1 $(BIN)/pytest -n 2 --dist loadfile tests/protocol/test_archival.py \
	    tests/journeys/test_for_everybody.py tests/journeys/test_for_everybody_in_russian.py \
	    tests/journeys/test_five_people.py tests/journeys/test_from_draft_to_report_in_browser.py \
	    tests/journeys/test_expertise_in_browser.py tests/journeys/test_every_page.py \
	    tests/journeys/test_staleness.py \
	    tests/journeys/test_coordination_in_browser.py::test_the_keeper_completes_and_corrects_an_entry \
	    tests/access/test_matrix.py tests/access/test_headers.py tests/access/test_annual_reports.py

lint: $(VENV)/.test ## Style of code and tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.test ## mypy --strict over everything
	$(BIN)/mypy

contracts: $(VENV)/.test ## The order of the rooms and the pure modules
	$(BIN)/lint-imports

check: test long lint types contracts ## All of these

prove: .venv-prove/.made ## The proofs at full N; interrupted, it goes on where it stopped
	BUDGETPROTO_PROVE=1 .venv-prove/bin/pytest tests/balancing tests/commands/test_balance.py -n 2
	BUDGETPROTO_PROVE=1 .venv-prove/bin/pytest tests/proofs -n 2
	$(MAKE) coverage mutants

coverage: $(VENV)/.test ## Every branch of the mathematics is taken by its tests
	$(BIN)/pytest tests/balancing tests/commands/test_balance.py budgetproto/balancing -n 2 \
	    --cov=budgetproto/balancing --cov-branch --cov-report=term-missing:skip-covered --cov-fail-under=100

mutants: .venv-prove/.made ## Do the tests see small faults in the mathematics? MUTANTS of them, drawn; it goes on
	@mkdir -p mutants
	@echo "Writing the mutants ..."; PYTHONPATH=mutants .venv-prove/bin/mutmut run none >/dev/null 2>&1 || true
	@PYTHONPATH=mutants .venv-prove/bin/mutmut run --max-children 2 \
	    $$(.venv-prove/bin/python -m tests.mutants sample $(MUTANTS))
	@.venv-prove/bin/python -m tests.mutants

bench: $(VENV)/.test .venv-bench/.made ## Speed as ratios against named peers, measured in the same run
	$(BIN)/python -m benchmarks.balance
	$(BIN)/python -m benchmarks.scan
	$(BIN)/python -m benchmarks.rules --solvers-python .venv-bench/bin/python
	$(BIN)/python -m benchmarks.simulation
	.venv-bench/bin/python -m benchmarks.pivot
	$(BIN)/python -m benchmarks.pages
	$(BIN)/python -m benchmarks.register
	$(BIN)/python -m benchmarks.first_page
	$(BIN)/python -m benchmarks.importing
	$(BIN)/python -m benchmarks.chain
	$(BIN)/python -m benchmarks.annual_report
	$(BIN)/python -m benchmarks.report_values
	$(BIN)/python -m benchmarks.protocol_pdf --peers-python .venv-bench/bin/python

migration: $(VENV)/.test ## Draft a migration from the tables: make migration NAME=what_changes
	$(BIN)/python migrations/draft.py $(NAME)

reset:           ## Forget the demonstration: deletes var/
	rm -rf var

lock:            ## Choose the versions anew
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile setup.cfg --extra postgres --generate-hashes --no-strip-extras --python-version 3.11 \
	    --no-emit-index-url --no-emit-find-links --no-header --quiet -o requirements.lock
	$(BIN)/uv pip compile setup.cfg --extra postgres --extra parquet --extra test --generate-hashes --no-strip-extras --python-version 3.11 \
	    --constraint requirements.lock --no-emit-index-url --no-emit-find-links --no-header --quiet \
	    -o requirements-test.lock

.venv-prove/.made: tests/requirements-prove.txt requirements-test.lock
	@$(PYTHON) -m venv .venv-prove
	@.venv-prove/bin/pip install --quiet --disable-pip-version-check -r requirements-test.lock
	@.venv-prove/bin/pip install --quiet --disable-pip-version-check -r tests/requirements-prove.txt
	@.venv-prove/bin/pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

# WeasyPrint and Typst are peers to be measured, no part of the service (apt-get install libpango-1.0-0 libpangoft2-1.0-0).
.venv-bench/.made: benchmarks/requirements.txt
	@$(PYTHON) -m venv .venv-bench
	@.venv-bench/bin/pip install --quiet --disable-pip-version-check -r benchmarks/requirements.txt
	@touch $@

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' \
	    || { echo "Python 3.11 is needed: make PYTHON=/path/to/python3.11 ..."; exit 1; }
	@$(PYTHON) -m venv $(VENV) \
	    || { echo "On Debian: apt-get install python3-venv"; rm -rf $(VENV); exit 1; }
	@touch $@

$(VENV)/.run: requirements.lock setup.cfg pyproject.toml | $(VENV)/.made
	@echo "Installing the locked packages (about a minute the first time) ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

$(VENV)/.test: requirements-test.lock $(VENV)/.run
	@echo "Installing the locked test tools (about a minute the first time) ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.lock
	@touch $@
