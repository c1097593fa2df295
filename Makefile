# Everything runs in .venv, made by the first call: with uv where it is found, else with venv and pip.

VENV ?= .venv
SEEDS ?= seeds
OUT ?= out
FUZZ_SECONDS ?= 300
ASKED := $(filter command environment,$(firstword $(origin PYTHON)))
PYTHON ?= python3
PYTHONS := $(if $(ASKED),"$(PYTHON)",python3 python3.14 python3.13 python3.12 python3.11)
PY := $(VENV)/bin/python
NOTEBOOKS := $(sort $(wildcard notebooks/*.ipynb))
EXECUTE := $(PY) -m nbconvert --to notebook --execute --ExecutePreprocessor.record_timing=False

# .ready holds the folder that .venv was made for and the Python that was asked for, if one was.
READY := $(VENV)/.ready
WANTED := $(CURDIR)$(if $(ASKED), $(PYTHON))
ifneq ($(shell head -n $(if $(ASKED),2,1) $(READY) 2>/dev/null),$(WANTED))
.PHONY: $(READY)
endif

.PHONY: help lab test notebooks tables run report bench fuzz accept lock clean golden

help:
	@echo 'make lab         open the notebooks in JupyterLab'
	@echo 'make test        check the code, the rules and what the notebooks show'
	@echo 'make notebooks   run the notebooks and store what they show (after new seeds)'
	@echo 'make tables      write all tables of seeds/ to out/tables'
	@echo 'make run         the same for other articles, notebooks too: make run SEEDS=folder OUT=folder'
	@echo 'make report      write a report on seeds/ to out/report'
	@echo 'make bench       measure the speed'
	@echo 'make fuzz        look for texts that break the rules, for FUZZ_SECONDS=300'
	@echo 'make accept      open notebooks, report and timeline in an installed Chromium or Chrome (SEEDS=folder)'
	@echo 'make golden      write the golden tables of the tests (after a rule has changed; read the difference)'
	@echo 'make lock        write requirements.txt from pyproject.toml (UPGRADE=1: with newer versions)'
	@echo 'make clean       remove results and caches, not $(VENV)'
	@echo 'Another Python (3.11 or newer): make test PYTHON=python3.13'

# Install when .venv is missing, requirements.txt is newer, or the folder was moved or copied. What share/ holds
# are settings of JupyterLab: no pop-up about news at its start.
$(READY): requirements.txt
	@stop() { echo "make: $$*" >&2; exit 1; }; \
	fits() { "$$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }; \
	version() { "$$1" -c 'import sys; print(sys.version_info[:2])' 2>/dev/null; }; \
	uv=$$(command -v uv); \
	python=; for each in $(PYTHONS); do if fits "$$each"; then python=$$each; break; fi; done; \
	if [ -n '$(ASKED)' ] && [ -z "$$python" ]; then stop '$(PYTHON) is not Python 3.11 or newer: name another one, as in make test PYTHON=python3.13'; fi; \
	if ! fits $(PY) || { [ -n '$(ASKED)' ] && [ "$$(version $(PY))" != "$$(version "$$python")" ]; }; then \
	  if [ -n "$$uv" ]; then \
	    uv venv --quiet --clear --python "$${python:-3.13}" $(VENV) 2>/dev/null \
	      || stop 'no Python 3.11 or newer: install one, or name one, as in make test PYTHON=python3.13'; \
	  elif [ -z "$$python" ]; then \
	    stop 'no Python 3.11 or newer: install one, or name one, as in make test PYTHON=python3.13'; \
	  elif ! "$$python" -c 'import ensurepip, venv' 2>/dev/null; then \
	    stop "$$python has no venv module: install it (Debian, Ubuntu: apt install python3-venv) or install uv, then run make again"; \
	  else \
	    "$$python" -m venv --clear $(VENV) || stop '$(VENV) could not be made: the lines above say why'; \
	  fi; \
	fi; \
	echo 'Installing the packages of requirements.txt into $(VENV) …'; \
	if [ -n "$$uv" ]; then set -- uv pip install --compile-bytecode --python $(PY); else set -- $(PY) -m pip install; fi; \
	if ! "$$@" -r requirements.txt >$(VENV)/install.log 2>&1; then \
	  grep -Eiq 'connect|dns|lookup|timed out' $(VENV)/install.log \
	    && stop 'the packages could not be downloaded: check the network or the proxy, then run make again'; \
	  stop 'the packages could not be installed: the end of $(VENV)/install.log says why'; \
	fi; \
	cp -R share $(VENV)/; \
	printf '%s\n' '$(CURDIR)' $(if $(ASKED),'$(PYTHON)') >$@

lab: $(READY)
	$(PY) -m jupyterlab $(ARGS) notebooks/01-context.ipynb

test: $(READY)
	$(PY) -m ruff check .
	$(PY) -m mypy
	$(PY) -m pytest -q -p no:nbval
	$(if $(NOTEBOOKS),$(PY) -m pytest -q --nbval --nbval-current-env --nbval-cell-timeout 60 $(NOTEBOOKS),@echo 'no notebooks yet')

notebooks: $(READY)
	$(if $(NOTEBOOKS),PYTHONHASHSEED=0 $(EXECUTE) --inplace $(NOTEBOOKS),@echo 'no notebooks yet')

golden: $(READY)
	$(PY) tests/golden.py

tables: $(READY)
	$(PY) -m analysis tables --out out/tables

run: $(READY)
	@[ -d "$(SEEDS)" ] || { echo 'make: there is no folder $(SEEDS): name one, as in make run SEEDS=folder OUT=folder' >&2; exit 1; }
	@mkdir -p "$(OUT)"
	export SEEDS_DIR="$$(cd "$(SEEDS)" && pwd)" OUT_DIR="$$(cd "$(OUT)" && pwd)" SKIP_FAULTY=1; \
	$(PY) -m analysis tables --out "$$OUT_DIR/tables" \
	  $(if $(NOTEBOOKS),&& PYTHONHASHSEED=0 $(EXECUTE) --output-dir "$$OUT_DIR/notebooks" $(NOTEBOOKS)) \
	  && $(PY) -m analysis check "$$SEEDS_DIR"

report: $(READY)
	$(PY) -m analysis report --out out/report

bench: $(READY)
	$(PY) -m analysis bench

# atheris has no wheels for every system and Python: it lives apart from what the other calls need.
fuzz: $(READY)
	@if [ ! -x .venv-fuzz/bin/python ]; then \
	  uv=$$(command -v uv); \
	  if [ -n "$$uv" ]; then uv venv --quiet --python $(PY) .venv-fuzz && uv pip install --quiet --python .venv-fuzz/bin/python -e '.[fuzz]'; \
	  else $(PY) -m venv .venv-fuzz && .venv-fuzz/bin/python -m pip install --quiet -e '.[fuzz]'; fi \
	    || { rm -rf .venv-fuzz; echo 'make: atheris could not be installed: it needs Linux or macOS and Python 3.11 to 3.13' >&2; exit 1; }; \
	fi
	@mkdir -p out/fuzz
	PYTHONPATH=tests .venv-fuzz/bin/python tests/fuzz/fuzz_analyse.py -max_total_time=$(FUZZ_SECONDS) -timeout=30 -max_len=4000 \
	  -artifact_prefix=out/fuzz/ out/fuzz tests/fuzz/corpus

# Playwright drives a browser that is there already. Only this call installs it.
accept: $(READY)
	@$(PY) -c 'import playwright' 2>/dev/null || { \
	  uv=$$(command -v uv); \
	  if [ -n "$$uv" ]; then uv pip install --quiet --python $(PY) -e '.[browser]'; else $(PY) -m pip install --quiet -e '.[browser]'; fi \
	    || { echo 'make: Playwright could not be installed: the lines above say why' >&2; exit 1; }; }
	$(if $(filter file,$(origin SEEDS)),,SEEDS_DIR="$(SEEDS)") $(PY) acceptance/check.py $(ARGS)

# pip 23 refuses pins with some extras, such as lxml[html-clean]; every package is pinned without them too.
lock:
	@command -v uv >/dev/null || { echo 'make: make lock needs uv: install it (pip install uv), then run make lock again' >&2; exit 1; }
	uv pip compile --quiet --universal --strip-extras --python-version 3.11 $(if $(UPGRADE),--upgrade) \
	  --custom-compile-command 'make lock' --output-file requirements.txt pyproject.toml
	echo '-e .' >>requirements.txt

clean:
	rm -rf out build dist *.egg-info .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -path ./$(VENV) -prune -o \( -name __pycache__ -o -name .ipynb_checkpoints \) -exec rm -rf {} +
