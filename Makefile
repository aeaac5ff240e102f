# Simple syntax on purpose: GNU make 3.81, which macOS has, reads it too.

PYTHON ?= python3
VENV := .venv/bin/python
ARGS ?=
WORK ?=

# A window needs a screen. macOS always has one; on Linux a variable names it.
SCREEN := $(shell if [ "$$(uname -s)" != Linux ] || [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then echo yes; fi)

export PYTHON

.DEFAULT_GOAL := help
.PHONY: help setup run test test-page test-install lint format bench faults soak package translations screenshots clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' Makefile

setup: ## Make .venv and install Wherry into it; nothing is done twice
	@packaging/setup.sh

run: ## Open the window; without a screen, start the receiver. ARGS="..." is passed on
ifeq ($(SCREEN),yes)
	@packaging/setup.sh run
	@$(VENV) -m desktop $(ARGS)
else
	@packaging/setup.sh
	@echo "There is no screen here (neither DISPLAY nor WAYLAND_DISPLAY is set): starting the receiver alone."
	@$(VENV) -m receiver serve $(ARGS)
endif

test: ## Run all tests, or those that ARGS="..." names
	@packaging/setup.sh run test services
	@$(VENV) -m pytest $(ARGS)

test-page: ## Run the tests of the receiver's page in Chromium
	@packaging/setup.sh run page
	@$(VENV) -m pytest -m page tests/page $(ARGS)

package: ## Build wheel, single-file receiver and Debian package into dist/
	@packaging/setup.sh package
	@packaging/package.sh

bundle: ## Build the window as a folder that needs no Python, and its Debian package, into dist/
	@packaging/setup.sh run
	@packaging/bundle.sh

test-install: ## Run the long tests of packages and of proxies before the receiver
	@packaging/setup.sh run test services install
	@$(VENV) -m pytest -m install tests/install $(ARGS)

lint: ## Check style and types
	@packaging/setup.sh
	$(VENV) -m ruff check .
	$(VENV) -m ruff format --check .
	$(VENV) -m mypy

format: ## Put the code into the style of the house
	@packaging/setup.sh
	$(VENV) -m ruff check --fix-only --quiet .
	$(VENV) -m ruff format .

bench: ## Measure it all, or what WORK=name names, and write docs/benchmarks.md
	@packaging/setup.sh bench services
	@$(VENV) -m tests.bench $(WORK) $(ARGS)

faults: ## Make faults on purpose, or those of WORK=name, and write docs/reliability.md what was lost
	@packaging/setup.sh faults
	@$(VENV) -m tests.faults $(WORK) $(ARGS)

soak: ## Send for an hour, or ARGS='--times MINUTES', and see that what is in use stays level
	@packaging/setup.sh faults
	@$(VENV) -m tests.faults soak $(ARGS)

translations: ## Take new texts into resources/translations, and make what the window reads
	@packaging/setup.sh run
	@$(VENV) packaging/translations.py

screenshots: ## Draw the pictures of the window in docs/images
	@packaging/setup.sh run
	@$(VENV) packaging/screenshots.py $(ARGS)

clean: ## Remove what was built, .venv excepted
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -path ./.venv -prune -o -type d -name __pycache__ -exec rm -rf {} +
