PYTHON ?= python3
ENV := .venv
BIN := $(ENV)/bin

.DEFAULT_GOAL := help
.PHONY: help preflight demo test slow hostile check lock lab words charts

help: ## list the verbs
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

preflight:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed, $(PYTHON) is older or missing: install the package python3.11, or say make PYTHON=/path/to/python3.11"; exit 4; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
		{ echo "Python's venv is missing: install the package python3-venv (Debian, Ubuntu) and run this again"; exit 4; }

$(ENV)/.ready: requirements.lock pyproject.toml | preflight
	@test -x $(BIN)/python || $(PYTHON) -m venv $(ENV)
	@echo "Installing the packages of requirements.lock into $(ENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

demo: $(ENV)/.ready ## make the environment, report the demo clients, say where to click
	@$(BIN)/cuaderno report demo demo-seasonal
	@echo "Open $(CURDIR)/reports/index.html"

test: $(ENV)/.ready ## run the tests
	@$(BIN)/python -m pytest -n 2 -m "not slow"

slow: $(ENV)/.ready ## run the tests that draw many worlds or make many reports
	@$(BIN)/python -m pytest -n 2 -m slow

check: $(ENV)/.ready ## lint, format, types, layers
	@$(BIN)/ruff check src tests benchmarks notebooks
	@$(BIN)/ruff format --check src tests benchmarks
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

words: $(ENV)/.ready ## bring the catalogs up to date with the code
	@$(BIN)/python -m helpers.wording

charts: $(ENV)/.ready ## show every chart on typical and hard samples, for people who add one
	@$(BIN)/python -m helpers.catalogue reports/catalogue.html

lock: $(ENV)/.ready ## renew requirements.lock from pyproject.toml
	@$(BIN)/uv pip compile pyproject.toml --extra dev --universal --upgrade --quiet --no-annotate --no-header \
		--no-emit-index-url --no-emit-find-links -o requirements.lock

lab: $(ENV)/.ready ## open the notebooks in JupyterLab
	@$(BIN)/cuaderno lab

hostile: $(ENV)/.ready ## every payload of the shared corpora through every field, in a browser
	@HOSTILE=all $(BIN)/python -m pytest -n 2 tests/hostile
