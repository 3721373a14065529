# foi-filters: `make help` lists what can be made.

CC ?= cc
PREFIX ?= /usr/local
bindir ?= $(PREFIX)/bin
libexecdir ?= $(PREFIX)/libexec
mandir ?= $(PREFIX)/share/doc/foi-filters
BUILD ?= build
BIN ?= bin

CFLAGS ?= -O2 -g
WARN = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wvla $(if $(CI),-Werror)
PACKAGES = jansson gsl libutf8proc libhs libxml-2.0 nettle
# Documents: the programs that read them link these; those of OPTIONAL may be absent.
DOCUMENTS = libarchive
OPTIONAL = gmime-3.0
FOUND := $(foreach p,$(OPTIONAL),$(shell pkg-config --exists $(p) && echo $(p)))
LEFT_OUT := $(filter-out $(FOUND),$(OPTIONAL))
ALL_CPPFLAGS = -Iinclude -I$(BUILD) -D_GNU_SOURCE $(shell pkg-config --cflags $(PACKAGES) $(DOCUMENTS) $(FOUND)) \
    $(if $(filter gmime-3.0,$(FOUND)),-DHAVE_GMIME) $(CPPFLAGS)
# What a slip in C cannot do then (see docs/reliability.md); builds under a sanitizer go without.
X86 := $(filter x86_64 i386 i486 i586 i686,$(shell uname -m))
HARDEN ?= -D_FORTIFY_SOURCE=3 -fstack-protector-strong -ftrivial-auto-var-init=zero \
    $(if $(X86),-fcf-protection)
# The same bytes wherever the tree stands.
SAME = -ffile-prefix-map=$(CURDIR)=.
ALL_CFLAGS = -std=c11 $(WARN) $(CFLAGS) $(SAME) $(if $(SANITIZE),$(SANITIZE),$(HARDEN))
ALL_LIBS = $(LDFLAGS) $(if $(SANITIZE),,-Wl,-z,relro,-z,now) -lcsv $(shell pkg-config --libs $(PACKAGES)) -lm

PROGRAMS = $(patsubst src/%.c,$(BIN)/%,$(wildcard src/*.c))
LIBRARY = $(patsubst src/%.c,$(BUILD)/%.o,$(filter-out \
    $(if $(filter gmime-3.0,$(LEFT_OUT)),src/letters/mail.c), \
    $(wildcard src/*/*.c)))
UNITS = $(patsubst tests/lib/%.c,$(BUILD)/tests/%,$(wildcard tests/lib/test_*.c))
SOURCES = $(wildcard src/*.c src/*/*.[ch] include/*/*.h tests/lib/*.[ch] tests/bench/*.c)
SCRIPTS = bin/foi .ci/deps .ci/run tests/run $(wildcard pipelines/*.sh tests/*.bash tests/*.sh tests/bench/*.sh)

all: $(PROGRAMS) ## build the programs into bin/ (the default)
	@$(if $(LEFT_OUT),echo "built without $(LEFT_OUT): 'make deps' installs what is missing" >&2)

run: deps ## install what is missing, build, run the sample study, show its results
	@$(MAKE) -s all
	@rm -rf $(BUILD)/nhs-2020
	@pipelines/study.sh samples/nhs-2020 $(BUILD)/nhs-2020
	@cat $(BUILD)/nhs-2020/results.txt

test: ## install what is missing, build, run all tests
	@.ci/deps test
	@$(MAKE) -s check

check: all $(UNITS) $(BUILD)/bench/measure ## run all tests with what is installed
	@BIN=$(abspath $(BIN)) BUILD=$(abspath $(BUILD)) tests/run $(UNITS) tests/*.bats

# Both steps build in the same folder, since a profile belongs to an object file by its name.
RELEASE = $(BUILD)/release
release: deps ## build with link-time optimisation and the profile of a job: what packages install
	@rm -rf $(RELEASE)
	@$(MAKE) -s all BUILD=$(RELEASE)/objects BIN=$(RELEASE)/trained \
	    CFLAGS="$(CFLAGS) -flto=auto -fprofile-generate=$(abspath $(RELEASE))/profile"
	@BIN=$(abspath $(RELEASE))/trained tests/bench/train.sh $(RELEASE)/data
	@rm -rf $(RELEASE)/objects
	@$(MAKE) -s all BUILD=$(RELEASE)/objects \
	    CFLAGS="$(CFLAGS) -flto=auto -fprofile-use=$(abspath $(RELEASE))/profile -fprofile-partial-training -Wno-missing-profile"

asan: ## run all tests under AddressSanitizer and UndefinedBehaviorSanitizer
	@$(MAKE) -s check BUILD=build/asan BIN=build/asan/bin CFLAGS="-O1 -g" \
	    SANITIZE="-fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer"

lint: ## check format, common faults and the scripts
	clang-format --dry-run -Werror $(SOURCES)
	cppcheck --quiet --std=c11 --error-exitcode=1 --inline-suppr --enable=warning,portability \
	    --suppress=missingIncludeSystem --suppress=internalAstError \
	    '-D_Noreturn=__attribute__((noreturn))' -Iinclude src
	shellcheck -x $(wildcard $(SCRIPTS))
	tests/floors.sh

golden: all ## write the sample studies' expected results anew; look at the difference before a commit
	tests/golden.sh

bench: all $(patsubst %,$(BUILD)/bench/%,rewrite jansson libcsv measure) ## measure speed and memory against other programs
	@BIN=$(abspath $(BIN)) BUILD=$(abspath $(BUILD)) tests/bench/bench.sh

bench-job: all $(BUILD)/bench/measure ## measure a whole job beside DuckDB, Polars and pandas
	@BIN=$(abspath $(BIN)) BUILD=$(abspath $(BUILD)) tests/bench/job.sh

bench-deps: ## install the peers of the benchmarks that are packages of npm
	@mkdir -p $(BUILD)/bench/peers
	cd $(BUILD)/bench/peers && npm install --no-fund --no-audit @duckdb/node-api nodejs-polars \
	    nodejs-polars-linux-x64-gnu

install: all ## install foi and the programs below PREFIX (default /usr/local)
	install -d $(DESTDIR)$(bindir) $(DESTDIR)$(libexecdir)/foi $(DESTDIR)$(mandir)
	install -m 755 $(PROGRAMS) $(DESTDIR)$(libexecdir)/foi
	sed 's|^libexec=.*|libexec=$(libexecdir)/foi|' bin/foi >$(DESTDIR)$(bindir)/foi
	chmod 755 $(DESTDIR)$(bindir)/foi
	install -m 644 docs/*.md src/calendar/bank-holidays.json $(DESTDIR)$(mandir)

uninstall: ## remove what install put there
	rm -f $(DESTDIR)$(bindir)/foi
	rm -rf $(DESTDIR)$(libexecdir)/foi $(DESTDIR)$(mandir)

deps: ## install the libraries that are missing
	@.ci/deps build

check-deps:
	@.ci/deps check

clean: ## remove what was built
	rm -rf $(BUILD) $(patsubst src/%.c,bin/%,$(wildcard src/*.c))

help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

$(BUILD)/%.o: src/%.c | check-deps
	@mkdir -p $(@D)
	$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# Documents that are compiled in, as the bytes of an array.
$(BUILD)/%.inc: src/calendar/%.json
	@mkdir -p $(@D)
	od -An -v -tx1 $< | sed 's/ \(..\)/0x\1,/g' >$@

$(BUILD)/%.inc: src/testing/%.R
	@mkdir -p $(@D)
	od -An -v -tx1 $< | sed 's/ \(..\)/0x\1,/g' >$@

$(BUILD)/%_css.inc: src/report/%.css
	@mkdir -p $(@D)
	od -An -v -td1 $< | sed 's/ \+\(-\?[0-9]\+\)/\1,/g' >$@

$(BUILD)/%_js.inc: src/report/%.js
	@mkdir -p $(@D)
	od -An -v -td1 $< | sed 's/ \+\(-\?[0-9]\+\)/\1,/g' >$@

$(BUILD)/report/write_html.o: $(BUILD)/page_css.inc $(BUILD)/page_js.inc
$(BUILD)/calendar/holidays.o: $(BUILD)/bank-holidays.inc
$(BUILD)/testing/recheck.o: $(BUILD)/recheck.inc

$(BUILD)/libfoi.a: $(LIBRARY)
	@rm -f $@
	$(AR) rcs $@ $^

$(BIN)/%: $(BUILD)/%.o $(BUILD)/libfoi.a
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -o $@ $^ $(MORE_LIBS) $(ALL_LIBS)

$(BIN)/fromsheet $(BIN)/fromdocs: MORE_LIBS = $(shell pkg-config --libs $(DOCUMENTS) $(FOUND))

$(BUILD)/tests/%: tests/lib/%.c $(BUILD)/libfoi.a
	@mkdir -p $(@D)
	$(CC) $(ALL_CPPFLAGS) -Isrc -Itests/lib $(ALL_CFLAGS) -MMD -MP -o $@ $< $(BUILD)/libfoi.a $(ALL_LIBS)

$(BUILD)/bench/%: tests/bench/%.c $(BUILD)/libfoi.a
	@mkdir -p $(@D)
	$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -MMD -MP -o $@ $< $(BUILD)/libfoi.a $(ALL_LIBS)

-include $(wildcard $(BUILD)/*.d $(BUILD)/*/*.d)

.PHONY: all run test check release asan lint golden bench bench-job bench-deps install uninstall deps check-deps clean help
.SECONDARY:
