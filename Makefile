# Variables given to make reach every command: make run PORT=9000 DATA_DIR=/srv/site WORKERS=1 PYTHON=python3.13

python := .venv/bin/python
# The checks run as for a public site: https, no debugging, nothing of this machine's own data.
# mypy reads the settings of the tests, and ends without removing the folder that they would make for themselves.
production := SITE_URL=https://example.org DEBUG=false DATA_DIR=.venv/lint
data := ../shared/data

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run test lint format bench bench-check bench-desk bench-lookup bench-search bench-spam screenshots manage clean venv venv-dev

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

run: venv ## serve the site on http://localhost:8000, or on HOST (an address) and PORT; DATA_DIR and WORKERS may be given too
	@$(python) -m fasciculations.local serve

test: venv-dev ## run all the tests, or some: make test args="tests/articles -k draft"
	@scripts/chromium.sh
	@scripts/checkers.sh
	@$(python) -m pytest $(args)

lint: venv-dev ## check style, types, templates, migrations and settings; changes nothing
	$(python) -m ruff check
	$(python) -m ruff format --check
	find templates -name '*.html' -exec .venv/bin/djade --check --target-version 5.2 {} +
	$(python) -m djlint --lint --quiet templates
	TEST_SITE=.venv/lint $(python) -m mypy
	$(production) $(python) -m fasciculations.local makemigrations --check --dry-run
	$(production) $(python) -m fasciculations.local check --deploy --fail-level WARNING

format: venv-dev ## bring Python and templates into shape
	$(python) -m ruff check --fix
	$(python) -m ruff format
	find templates -name '*.html' -exec .venv/bin/djade --target-version 5.2 {} +

bench: venv-dev ## time the heaviest pages and count their queries
	@$(python) -m tests.bench

bench-check: venv-dev ## time the checker for ten thousand forms, random and hostile
	@$(python) -m tests.bench_check

bench-desk: venv-dev ## time the moderators' desk with a hundred thousand comments
	@$(python) -m tests.bench_desk

bench-lookup: venv-dev ## time the lookup of medicines for ten thousand names, misspelt, random and hostile
	@$(python) -m tests.bench_lookup

bench-search: venv-dev ## time search over ten thousand entries, and for ten thousand random and hostile strings
	@$(python) -m tests.bench_search

bench-spam: venv-dev ## measure the spam filter on labelled comments: make bench-spam data=../shared/data
	@$(python) -m tests.bench_spam $(data)

screenshots: venv-dev ## take the pictures of the site in docs/screenshots, or others: make screenshots args="FOLDER --all"
	@scripts/chromium.sh
	@$(python) -m tests.screenshots $(args)

manage: venv ## run a Django command: make manage do="import_content --overwrite"
	@$(python) -m fasciculations.local $(do)

clean: ## delete what make built; the site's data in var/ stays
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

venv:
	@scripts/venv.sh requirements.txt

venv-dev:
	@scripts/venv.sh requirements-dev.txt
