# The front door. `make help` says what there is; anything longer than a few lines lives in scripts/.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.NOTPARALLEL:

BUILD := build
JOBS ?= $(shell nproc)
PORT ?= 8080
DATA ?= data
DEMO_DATA ?= data/demo
NPM := scripts/with_node npm --prefix web
WEB_SOURCES := $(shell find web messages -type f -not -path 'web/node_modules/*' -not -path 'web/dist/*' 2>/dev/null)

.PHONY: help setup setup-build build server page run demo test test-cpp test-sanitize test-web test-browser fuzz check check-files tidy format \
        bench bench-board bench-evaluation describe clean

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Install the Debian packages, a new enough Node.js and the web packages
	@scripts/setup

setup-build: ## Install only what building and running needs
	@scripts/setup build

build: server page ## Build build/groundwork and the browser app

server: $(BUILD)/build.ninja ## Build build/groundwork alone
	@cmake --build $(BUILD) -j $(JOBS) --target groundwork

$(BUILD)/build.ninja:
	@cmake --preset dev

page: web/dist/index.html ## Build the browser app alone

web/dist/index.html: $(WEB_SOURCES)
	@$(NPM) run build

run: build ## Serve the data in DATA (data) on PORT (8080)
	$(BUILD)/groundwork serve --data $(DATA) --http_port $(PORT)

demo: setup-build build ## Fill a sample province and serve it on PORT (8080)
	$(BUILD)/groundwork demo --data $(DEMO_DATA) --port $(PORT)

test: setup ## Run everything that CI runs: checks, C++ on both databases, sanitizers, clang, fuzzers, web, browser
	@scripts/run_tests

test-cpp: ## Run the C++ tests on SQLite and PostgreSQL; only=meetings runs one folder
	@scripts/run_tests $(if $(only),--only $(only)) cpp

test-sanitize: ## Run the C++ tests under AddressSanitizer and UndefinedBehaviorSanitizer
	@scripts/run_tests $(if $(only),--only $(only)) sanitize

fuzz: ## Feed the fuzz targets for a minute
	@scripts/run_tests fuzz

test-web: ## Check types, style, sizes and unit tests of the browser app
	@scripts/run_tests web

test-browser: ## Drive the browser app in Chromium
	@scripts/run_tests browser

check: tidy check-files ## Check everything that needs no run: clang-tidy and check-files

check-files: build ## Check format, layout, pages, generated files and rulebooks
	@scripts/check_format
	@scripts/check_layout
	@scripts/check_docs
	@scripts/check_generated
	@$(BUILD)/groundwork rulebook check $$(find rulebooks -name '*.toml')
	@python3 -m unittest discover -s tests/scripts -p '*_test.py'

tidy: $(BUILD)/build.ninja ## Ask clang-tidy about every source that changed since it was last asked
	@scripts/check_tidy

format: ## Format the C++ and web sources
	@scripts/check_format --fix
	@$(NPM) run --silent format

bench: build ## Measure the server on the filled province
	@GROUNDWORK_TEST_POSTGRES_FSYNC=on scripts/with_postgres scripts/bench --postgres

bench-board: server ## Measure what upper bodies look at: attention, month's board, weak units, plans of visits
	@scripts/bench_board

bench-evaluation: server ## Measure the evaluation engine beside DuckDB and Polars; scales=province,nation runs these
	@scripts/with_node scripts/bench_evaluation $(if $(scales),--scales $(scales))

describe: build ## Write what is generated from the routes: the OpenAPI page and the TypeScript types
	@scripts/check_generated --fix

clean: ## Remove everything that was built
	rm -rf build build-sanitize build-fuzz web/dist
