# Two commands matter: `make demo` and `make test`. Needs Python 3.11 or newer, and nothing else of ours.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8433
DEMO_OPTIONS ?=
POS := $(wildcard locales/*/LC_MESSAGES/*.po)
LOCALES := $(patsubst locales/%/LC_MESSAGES/bot.po,%,$(filter %/bot.po,$(POS)))
CATALOGUES := $(VENV)/catalogues
EXTRACT := $(BIN)/pybabel -q extract -k _:1c,2 -k _n:1c,2,3 --no-wrap --no-location --sort-output --project Vidare --version 1

.PHONY: help demo test check audit bench faults faults-short catalogues lock clean screenshots

help:
	@echo "make demo        everything on this machine, a page with two phones (PORT=8433)"
	@echo "make test        all tests and checks"
	@echo "make check       format, lint, types, imports, catalogues, no secrets"
	@echo "make audit       known weaknesses of what we build on; needs a network (docs/attacks.md)"
	@echo "make bench       measurements (docs/benchmarks.md)"
	@echo "make faults      kill it, starve it, lie to it: nothing is lost (docs/faults.md); faults-short is what CI runs"
	@echo "make catalogues  after a text has changed: extract, update, compile"

demo: $(VENV)/ready $(CATALOGUES)
	@$(BIN)/vidare demo --port $(PORT) $(DEMO_OPTIONS)

test: check
	$(BIN)/pytest -n 2 --dist worksteal

check: $(VENV)/ready-dev $(CATALOGUES)
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy --no-error-summary
	$(BIN)/lint-imports --no-cache
	$(BIN)/vidare guides check
	$(BIN)/vidare risk check
	$(BIN)/vidare locales check
	$(BIN)/pytest -p no:xdist tests/test_secrets.py

# Asks a public list about the exact versions of the lock, and fails where it cannot ask: silence is no answer.
audit: $(VENV)/ready
	@test -x .audit/bin/pip-audit || { $(PYTHON) -m venv .audit && .audit/bin/python -m pip install --quiet --disable-pip-version-check 'pip-audit>=2.10'; }
	.audit/bin/pip-audit --strict --disable-pip --require-hashes -r requirements.lock

bench: $(VENV)/ready-dev $(CATALOGUES)
	$(BIN)/python -m bench

faults: $(VENV)/ready-dev $(CATALOGUES)
	$(BIN)/python -m faults

faults-short: $(VENV)/ready-dev $(CATALOGUES)
	$(BIN)/python -m faults --short

screenshots: $(VENV)/ready-dev $(CATALOGUES)
	$(BIN)/pytest -m browser tests/browser --screenshots docs/pictures

catalogues: $(VENV)/ready-dev
	$(EXTRACT) -F babel.cfg -o locales/bot.pot .
	$(EXTRACT) -F babel-guides.cfg -o locales/guides.pot .
	@for locale in $(LOCALES); do for domain in bot guides; do \
	  $(BIN)/pybabel -q update -i locales/$$domain.pot -d locales -l $$locale -D $$domain \
	    --no-wrap --ignore-obsolete --previous --ignore-pot-creation-date || exit 1; \
	done; done
	@$(MAKE) --no-print-directory $(CATALOGUES)

# All languages at once: starting the compiler takes longer than its work.
$(CATALOGUES): $(POS) $(VENV)/ready
	@for domain in bot guides; do $(BIN)/pybabel -q compile -d locales -D $$domain || exit 1; done
	@touch $@

# Exact versions, each with its hash, from whatever index pip is set up with.
$(VENV)/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Vidare needs Python 3.11 or newer; \"$(PYTHON)\" is `$(PYTHON) -V 2>&1`. Name another: make demo PYTHON=python3.12"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { echo "The environment $(VENV) cannot be made. On Debian: apt install python3-venv"; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/ready-dev: requirements-dev.lock $(VENV)/ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

# Needs uv; the locks hold no index address.
lock:
	uv pip compile pyproject.toml --extra install --extra dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -o requirements-dev.lock
	uv pip compile pyproject.toml --extra install --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -c requirements-dev.lock -o requirements.lock

clean:
	rm -rf $(VENV) .audit .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find locales -name '*.mo' -delete
