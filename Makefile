# The portal's commands. `make` alone lists them.

.DEFAULT_GOAL := help
.PHONY: help run demo-reset test bench format bundle demo lock pictures image-steps

help:  ## list these commands
	@sed -n 's/^\([a-z-]*\):  ## \(.*\)/\1|\2/p' Makefile | while IFS='|' read -r name words; do \
		printf '  make %-12s %s\n' "$$name" "$$words"; done
	@printf '\n  make run ASSETS=/some/folder PORT=8502   opens your own assets, on another port\n'

# What follows `make` (ASSETS=…, PORT=…) reaches the shell as environment, so that any folder's name is safe.
run:  ## start the portal on http://localhost:8501, over the demo or over ASSETS=/some/folder
	@sh tools/install.sh requirements.lock
	@if [ -n "$$ASSETS" ]; then QC_PORTAL_ASSETS=$$ASSETS; export QC_PORTAL_ASSETS; fi; \
		echo "The portal will be on http://localhost:$${PORT:-8501} in a moment. Ctrl+C ends it."; \
		exec .venv/bin/python -m streamlit run app.py --server.port "$${PORT:-8501}"

demo-reset:  ## put the working copy of the demo back to its first state
	@sh tools/install.sh requirements.lock
	@.venv/bin/python -m qc_core demo-reset

test:  ## lint, types, and all tests: unit, page and browser
	@sh tools/test.sh

bench:  ## print how fast the portal is, next to the floor that Streamlit itself sets
	@sh tools/install.sh requirements-dev.lock
	@sh tools/browser.sh
	@.venv/bin/python -m bench

format:  ## format the code, and repair what the linter can
	@sh tools/install.sh requirements-dev.lock
	@.venv/bin/python -m ruff format .
	@.venv/bin/python -m ruff check --fix .

bundle:  ## put the JavaScript of the pages into the one file that is served, after a change of it
	@sh tools/install.sh requirements-dev.lock
	@sh tools/frontend.sh bundle

demo:  ## make the demo again, to the byte
	@sh tools/install.sh requirements-dev.lock
	@.venv/bin/python -m demo.build

lock:  ## write the locks that every install reads, after a change of requirements*.txt; UPGRADE=1 takes newer versions
	@sh tools/install.sh requirements-dev.lock
	@sh tools/lock.sh $(if $(UPGRADE),--upgrade)

pictures:  ## take the pictures of pages that the documents show, in both themes
	@sh tools/install.sh requirements-dev.lock
	@sh tools/browser.sh
	@.venv/bin/python -m tools.page_pictures

image-steps:  ## run the steps of the Dockerfile without an engine, in a clean virtual environment
	@sh tools/install.sh requirements-dev.lock
	@.venv/bin/python -m tools.image_steps
