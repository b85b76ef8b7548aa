# Each command sets up all it needs: make app, make test, make class; for those who change the code
# make check, make bench, make monkey.

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python -m
INSTALL := $(RUN) pip install --quiet --disable-pip-version-check

.PHONY: app test class check bench monkey

# make app PORT=8600 overrides the port in .streamlit/config.toml.
app: $(VENV)/app-installed
	$(RUN) streamlit run app.py $(if $(PORT),--server.port $(PORT))

# For a room. PORT, WORKERS (server processes; twice as many as cores) and HOST (0.0.0.0) may be given: make class PORT=8600.
class: $(VENV)/app-installed
	$(RUN) serving

# Without a browser, nginx or PostgreSQL the other tests still run, and those that need it fail and say what to install.
test: $(VENV)/dev-installed
	$(RUN) tests.browser.chromium || true
	$(RUN) tests.debian || true
	$(RUN) pytest -n 2 --dist loadfile

# Ten minutes at random; make monkey SEED=17 SECONDS=1 repeats the journey with that seed.
monkey: $(VENV)/dev-installed
	SEED=$(SEED) SECONDS=$(SECONDS) $(RUN) tests.browser.monkey

check: $(VENV)/dev-installed
	$(RUN) ruff check
	$(RUN) ruff format --check
	$(RUN) mypy .

bench: $(VENV)/bench-installed
	$(RUN) bench

# The first line also replaces an environment that was left half made or whose Python is gone.
$(VENV)/app-installed: requirements.txt
	@$(RUN) pip --version >/dev/null 2>&1 || { $(CAN_MAKE_VENV) && $(PYTHON) -m venv --clear $(VENV); }
	@echo "Installing what requirements.txt lists into $(VENV)"
	@$(INSTALL) -r requirements.txt
	@touch $@

$(VENV)/dev-installed: requirements-dev.txt deploy/requirements.txt $(VENV)/app-installed
	@echo "Installing what requirements-dev.txt lists into $(VENV)"
	@$(INSTALL) -r requirements-dev.txt
	@touch $@

$(VENV)/bench-installed: bench/requirements.txt $(VENV)/dev-installed
	@$(INSTALL) -r bench/requirements.txt
	@touch $@

define CAN_MAKE_VENV
{ $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
{ echo "Python 3.11 or newer is needed. If it has another name: make PYTHON=python3.12 ..." >&2; exit 1; }; } && \
{ $(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
{ echo "Python's venv is missing. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }; }
endef
