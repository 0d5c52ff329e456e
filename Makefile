# make map   makes .venv, installs geomapper and draws the seeds into maps/
# make test  makes .venv, installs geomapper with its test tools and runs the whole suite
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SEEDS := $(notdir $(patsubst %/article.md,%,$(wildcard seeds/*/article.md)))

.PHONY: map test clean

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "geomapper needs Python 3.11 or newer")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: $(BIN)/python pyproject.toml
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

$(VENV)/installed-test: $(BIN)/python pyproject.toml
	$(BIN)/python -m pip install --quiet --editable ".[test]"
	touch $@ $(VENV)/installed

map: $(VENV)/installed
	@for seed in $(SEEDS); do \
	  $(BIN)/geomapper map seeds/$$seed/article.md -o maps/$$seed/map.html || exit 1; \
	done

test: $(VENV)/installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest --numprocesses 2

clean:
	rm -rf $(VENV) maps/*/map.html
