# `make` lists what there is. The work is done by scripts/, each of which also runs on its own.

PORT ?= 8080
export PORT

.PHONY: help run test check scan fuzz mutants bench bench-quick survive deb check-deb static docs format settings-page clean

help:
	@echo 'make run [PORT=8080]   build Gatelodge and serve this checkout on http://127.0.0.1:8080'
	@echo 'make test              run every test: unit, foreign vectors, end to end'
	@echo 'make check             what make test leaves out: form, layers, nginx, units, warnings, documentation, scanners, sanitizers'
	@echo 'make scan              let schemathesis, gixy and sqlmap look at it; make check does, too'
	@echo 'make fuzz [SECONDS=60] look for inputs that break the parsers'
	@echo 'make mutants           plant faults one by one and see whether the tests notice each'
	@echo 'make bench             measure against the peers and write Benchmarks/RESULTS.md'
	@echo 'make bench-quick       the same in four minutes, only to see whether thresholds hold'
	@echo 'make survive [ROWS="1 5"] [SHORT=1]   do to it what it must survive and write docs/reliability.md'
	@echo 'make deb               build the Debian package, into .build/deb'
	@echo 'make check-deb         install, use, upgrade and purge the package in a Debian of its own (as root)'
	@echo 'make static            build one program that needs glibc alone, into .build/static'
	@echo 'make docs              turn the comments of the libraries into pages, into .build/docs'
	@echo 'make format            format the sources'
	@echo 'make settings-page     write docs/settings.md from the table of settings'
	@echo 'make help              this list'
	@echo 'make clean             remove what was built; accounts in var/ stay'

run:
	@exec scripts/run

test:
	@exec scripts/test

check:
	@exec scripts/check

scan:
	@exec scripts/scan

fuzz:
	@exec scripts/fuzz $(or $(SECONDS),60)

mutants:
	@scripts/install-packages python3
	@exec scripts/mutants

bench:
	@scripts/install-packages python3
	@exec Benchmarks/bench

bench-quick:
	@scripts/install-packages python3
	@exec Benchmarks/bench --quick

survive:
	@scripts/install-packages python3
	@exec Survival/survive $(if $(SHORT),--short) $(ROWS)

deb:
	@exec scripts/deb

check-deb:
	@exec scripts/check-deb

static:
	@exec scripts/static

docs:
	@exec scripts/docs

format:
	swift format --in-place --parallel --recursive Package.swift Sources Tests Examples Fuzzing

settings-page:
	swift run gatelodge settings --markdown >docs/settings.md.new
	mv docs/settings.md.new docs/settings.md

clean:
	rm -rf .build .build-*
