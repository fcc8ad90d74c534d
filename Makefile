# Everything a developer or a visitor needs: `make run`. Wants Python 3.11 or newer with venv, and nothing else.
SHELL = /bin/sh
BIN = .venv/bin
PO = golddraht/locale/de/LC_MESSAGES/django.po golddraht/locale_allauth/de/LC_MESSAGES/django.po
MO = $(patsubst %.po,%.mo,$(wildcard $(PO)))
TESTS = tests
DEVELOPING = DJANGO_SETTINGS_MODULE=golddraht.house.settings PYTHONPATH='$(CURDIR)' \
  GOLDDRAHT_DATA='$(CURDIR)/build' GOLDDRAHT_SECRET_KEY=only-for-developing

.PHONY: setup run test check docs messages bench fuzz clean

# The environment and the texts, without starting anything.
setup: .venv/synced $(MO)

run: .venv/synced $(MO)
	@exec $(BIN)/golddraht run

test: .venv/synced $(MO)
	$(BIN)/python -m pytest -q $(TESTS)

check: .venv/synced $(MO)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tests.house.checking

# What docs/reference says of settings and commands is made from the code.
docs: .venv/synced
	$(BIN)/python -m tests.house.reference

# Wants xgettext (apt: gettext); only who changes texts needs it.
messages: .venv/synced
	mkdir -p golddraht/locale
	cd golddraht && $(DEVELOPING) ../$(BIN)/python -m django makemessages --locale de --no-wrap --no-location --no-obsolete

bench: .venv/synced $(MO)
	$(BIN)/python -m bench

# Mails that grow towards code not yet reached. The fuzzer has wheels for some Pythons only and lies in a folder of its own,
# so that the environment stays as the locks say.
SECONDS ?= 60
fuzz: .venv/synced $(MO) build/atheris/ready
	@if [ -d build/atheris/atheris ]; then \
	  PYTHONPATH='$(CURDIR)/build/atheris' exec $(BIN)/python -m bench.fuzz $(SECONDS); \
	else echo "No fuzzer for this Python: nothing was tried."; fi

build/atheris/ready: fuzz.lock .venv/synced
	@mkdir -p build/atheris
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --target build/atheris --require-hashes --only-binary :all: -r fuzz.lock \
	  || $(BIN)/python -c 'import sys; sys.exit((3, 11) <= sys.version_info[:2] <= (3, 13) and sys.platform == "linux")'
	@touch $@

%.mo: %.po .venv/synced
	$(BIN)/pybabel --quiet compile --use-fuzzy --input-file $< --output-file $@

# The environment is as the locks say, byte for byte (what comes as source is built with the locked builder, too); the stamps
# say from which locks it was made.
.venv/synced: requirements.lock pyproject.toml .venv/installer
	$(BIN)/uv pip sync --quiet --no-build-isolation --compile-bytecode --python $(BIN)/python --require-hashes requirements.lock installer.lock
	@printf '%s\n' '$(CURDIR)' > "$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/golddraht.pth"
	@printf '#!/bin/sh\nexec "%s/$(BIN)/python" -m golddraht "$$@"\n' '$(CURDIR)' > $(BIN)/golddraht
	@chmod +x $(BIN)/golddraht
	@touch $@

.venv/installer: installer.lock
	@$(MAKE) --silent .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r installer.lock
	@touch $@

.venv/bin/python:
	@for python in python3.11 python3 python3.12 python3.13 python3.14; do \
	  if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    if $$python -c 'import venv, ensurepip' 2>/dev/null; then exec $$python -m venv .venv; fi; \
	    echo "Python lacks venv. On Debian and Ubuntu: sudo apt-get install -y python3-venv" >&2; exit 1; \
	  fi; \
	done; \
	echo "Golddraht needs Python 3.11 or newer. On Debian and Ubuntu: sudo apt-get install -y python3 python3-venv" >&2; \
	exit 1

clean:
	rm -rf .venv build
