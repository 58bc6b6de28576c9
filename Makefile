# Praktik. `make help` tells what there is. Needs nothing but make and Python 3.11 or newer.

PYTHON ?= python3
PORT   ?= 8000
T      ?=
BENCH  ?=

VENV := .venv
BIN  := $(VENV)/bin
PIP  := $(BIN)/python -m pip --quiet --quiet --disable-pip-version-check
# A package is what its hash says, and nothing that the locks do not name.
INSTALL := $(PIP) install --require-hashes
# uv installs in seconds what takes pip a minute. It comes by the lock too; where it finds no packages (it does not read
# pip's settings), pip does it.
UV := $(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes
install = { $(quick) && UV_HTTP_TIMEOUT=20 $(UV) -r $(1); } || $(INSTALL) -r $(1)
define quick
{ test -x $(BIN)/uv || { \
	sed -n '/^uv==/,/^[a-z]/{/^uv==/p;/^ *--hash/p}' requirements-dev.txt > $(VENV)/uv.txt && $(INSTALL) -r $(VENV)/uv.txt; }; }
endef
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --custom-compile-command "make lock"

.DEFAULT_GOAL := help
.PHONY: help demo run test lint format bench guide lock installed installed-dev

help:  ## What there is
	@echo "Praktik"
	@sed -n 's/^\([a-z]*\):.*##  *\(.*\)/  make \1 \2/p' $(MAKEFILE_LIST) | awk '{printf "  %s %-8s", $$1, $$2; $$1 = $$2 = ""; print}'

demo: installed  ## the demonstration, ready to log in to (PORT=8000)
	@$(BIN)/python manage.py demo --port $(PORT)

run: installed  ## the demonstration on Django's own server, which follows changes of the code (PORT=8000)
	@DEBUG=1 $(BIN)/python manage.py migrate --verbosity 0
	@DEBUG=1 $(BIN)/python manage.py demo_data
	@DEBUG=1 $(BIN)/python manage.py runserver $(PORT)

test: installed-dev  ## everything that is checked (T=tests/agencies: only those tests, on SQLite)
	@$(BIN)/python scripts/test.py $(T)

lint: installed-dev  ## the checks that run no test
	@$(BIN)/python scripts/test.py --only lint

format: installed-dev  ## put the Python in the one layout
	@$(BIN)/ruff check --fix --quiet && $(BIN)/ruff format --quiet

bench: installed-dev  ## how fast every page is, small and large (BENCH=--help)
	@$(BIN)/python scripts/bench $(BENCH)

guide: installed-dev  ## the pictures of the user guide, taken anew from the demonstration
	@$(BIN)/python scripts/guide_pictures.py

lock: installed-dev  ## work out both locks anew from pyproject.toml (UPGRADE=1: with newer versions)
	@$(LOCK) $(if $(UPGRADE),--upgrade) pyproject.toml --output-file requirements.txt
	@$(LOCK) $(if $(UPGRADE),--upgrade) pyproject.toml --group dev --constraint requirements.txt \
		--output-file requirements-dev.txt
	@if grep -nE '://|--[a-z-]*(index|find|host)|(^|[ =])(\.{0,2}/|file:)' requirements.txt requirements-dev.txt; \
	then echo; echo "!!! THE LOCKS NAME A HOST OR A PATH (lines above). Do not commit them."; exit 1; fi
	@echo "Both locks are made; they name packages, versions and hashes, no host and no path."

# The environment. A copy of the lock last installed lies in it: it is installed only when the lock differs.
installed: $(BIN)/python
	@cmp -s requirements.txt $(VENV)/installed.txt || { \
		echo "Installing what Praktik stands on (once)"; \
		$(call install,requirements.txt) && cp requirements.txt $(VENV)/installed.txt; }

installed-dev: $(BIN)/python
	@cmp -s requirements-dev.txt $(VENV)/installed-dev.txt || { \
		echo "Installing what Praktik and its tests stand on (once)"; \
		$(call install,requirements-dev.txt) && cp requirements-dev.txt $(VENV)/installed-dev.txt; }

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || { \
		echo "There is no $(PYTHON) here. Install Python 3.11 or newer, or name it: make demo PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "$(PYTHON) is $$($(PYTHON) --version 2>&1); Praktik needs 3.11 or newer. Name another: make demo PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "$(PYTHON) cannot make virtual environments (Debian and Ubuntu: apt install python3-venv)."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }
