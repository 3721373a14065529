# foi-filters: `make help` lists what can be made.

CC ?= cc
PREFIX ?= /usr/local
bindir ?= $(PREFIX)/bin
libexecdir ?= $(PREFIX)/libexec
libdir ?= $(PREFIX)/lib
includedir ?= $(PREFIX)/include
datadir ?= $(PREFIX)/share
docdir ?= $(datadir)/doc/foi-filters
mandir ?= $(datadir)/man
BUILD ?= build
BIN ?= bin

CFLAGS ?= -O2 -g
WARN = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wvla $(if $(CI),-Werror)
PACKAGES = jansson gsl libutf8proc libhs libxml-2.0 nettle
# Documents: the programs that read them link these; those of OPTIONAL may be absent.
DOCUMENTS = libarchive
OPTIONAL = gmime-3.0
# Pictures for paper and workbooks: linked by toxlsx and by the full report alone (report/full.h).
FIGURES = pangocairo xlsxwriter
FOUND := $(foreach p,$(OPTIONAL),$(shell pkg-config --exists $(p) && echo $(p)))
FOUND_FIGURES := $(foreach p,$(FIGURES),$(shell pkg-config --exists $(p) && echo $(p)))
LEFT_OUT := $(filter-out $(FOUND) $(FOUND_FIGURES),$(OPTIONAL) $(FIGURES))
# Asked when first needed, and once.
PACKAGE_CFLAGS = $(eval PACKAGE_CFLAGS := $(shell pkg-config --cflags \
    $(PACKAGES) $(DOCUMENTS) $(FOUND) $(FOUND_FIGURES)))$(PACKAGE_CFLAGS)
PACKAGE_LIBS = $(eval PACKAGE_LIBS := $(shell pkg-config --libs $(PACKAGES)))$(PACKAGE_LIBS)
ALL_CPPFLAGS = -Iinclude -I$(BUILD) -D_GNU_SOURCE $(PACKAGE_CFLAGS) \
    $(if $(filter gmime-3.0,$(FOUND)),-DHAVE_GMIME) \
    $(if $(filter pangocairo,$(FOUND_FIGURES)),-DHAVE_PANGOCAIRO) \
    $(if $(filter xlsxwriter,$(FOUND_FIGURES)),-DHAVE_XLSXWRITER) $(CPPFLAGS)
# What a slip in C cannot do then (see docs/reliability.md); builds under a sanitizer go without.
X86 := $(filter x86_64 i386 i486 i586 i686,$(shell uname -m))
HARDEN ?= -D_FORTIFY_SOURCE=3 -fstack-protector-strong -ftrivial-auto-var-init=zero \
    $(if $(X86),-fcf-protection)
# The same bytes wherever the tree stands.
SAME = -ffile-prefix-map=$(CURDIR)=.
ALL_CFLAGS = -std=c11 $(WARN) $(CFLAGS) $(SAME) $(if $(SANITIZE),$(SANITIZE),$(HARDEN))
ALL_LIBS = $(LDFLAGS) $(if $(SANITIZE),,-Wl,-z,relro,-z,now) -lcsv $(PACKAGE_LIBS) -lm

PROGRAMS = $(patsubst src/%.c,$(BIN)/%,$(filter-out $(if $(filter xlsxwriter,$(LEFT_OUT)),src/toxlsx.c), \
    $(wildcard src/*.c)))
comma := ,
FULL = $(if $(FOUND_FIGURES),$(BIN)/full/report)
LIBRARY = $(patsubst src/%.c,$(BUILD)/%.o,$(filter-out \
    $(if $(filter gmime-3.0,$(LEFT_OUT)),src/letters/mail.c) \
    $(if $(filter pangocairo,$(LEFT_OUT)),src/report/paint.c) \
    $(if $(filter xlsxwriter,$(LEFT_OUT)),src/xlsxout/xlsxout.c src/report/write_xlsx.c), \
    $(wildcard src/*/*.c)))
UNITS = $(patsubst tests/lib/%.c,$(BUILD)/tests/%,$(wildcard tests/lib/test_*.c))
SOURCES = $(wildcard src/*.c src/*/*.[ch] include/*/*.h tests/lib/*.[ch] tests/bench/*.c tests/fuzz/*.[ch] tests/faults/*.c tests/limits/*.c tests/mutants/*.c)
SCRIPTS = bin/foi .ci/deps .ci/run tests/run $(wildcard pipelines/*.sh packaging/*.sh tests/*.bash tests/*.sh tests/bench/*.sh tests/faults/*.sh tests/faults/*.bash tests/crash/*.sh tests/limits/*.sh tests/fuzz/*.sh)

all: $(PROGRAMS) $(FULL) ## build the programs into bin/ (the default)
	@$(if $(LEFT_OUT),echo "built without $(LEFT_OUT): 'make deps' installs what is missing" >&2)

run: deps ## install what is missing, build, run the sample study, show its results
	@$(MAKE) -s all
	@rm -rf $(BUILD)/nhs-2020
	@pipelines/study.sh samples/nhs-2020 $(BUILD)/nhs-2020
	@cat $(BUILD)/nhs-2020/results.txt
	@rm -rf $(BUILD)/replies-2020
	@pipelines/study.sh samples/replies-2020 $(BUILD)/replies-2020
	@cat $(BUILD)/replies-2020/results.txt

websites: all ## which sites of the sample's web archives name which technologies
	@pipelines/webpages.sh samples/websites-2020 --files | $(BIN)/tabulate -p samples/websites-2020/plan.json | $(BIN)/report

test: ## install what is missing, build, run all tests
	@.ci/deps test
	@$(MAKE) -s check
	@$(MAKE) -s replay

$(BUILD)/faults/fault.so: tests/faults/fault.c
	@mkdir -p $(@D)
	$(CC) -shared -fPIC -O1 $(WARN) -o $@ $< -ldl

faults: all $(BUILD)/faults/fault.so ## fail each call of every program once (STRIDE=N: each N-th); hours
	@BIN=$(abspath $(BIN)) BUILD=$(abspath $(BUILD)) FURTHER=1 tests/faults/faults.py $(or $(STRIDE),1)

# Each target of tests/fuzz runs its corpus with the tests, and searches on with `make fuzz`. What a
# reader held when a fault ended it goes with the program, so leaks are not looked for.
FUZZERS = $(patsubst tests/fuzz/fuzz_%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
REPLAYS = $(addprefix $(BUILD)/fuzz/,$(FUZZERS))
$(BUILD)/fuzz/%: tests/fuzz/fuzz_%.c $(wildcard tests/fuzz/*.h) $(BUILD)/fuzz/libmains.a $(if $(FUZZER),$(BUILD)/fuzz/counts.o)
	@mkdir -p $(@D)
	$(CC) $(ALL_CPPFLAGS) -Isrc -Itests/fuzz $(ALL_CFLAGS) $(FUZZER) $(REPLAY) -o $@ $< $(filter %.o,$^) $(BUILD)/fuzz/libmains.a \
	    $(BUILD)/libfoi.a $(MORE_LIBS) $(ALL_LIBS)

$(BUILD)/fuzz/counts.o: tests/fuzz/counts.c
	@mkdir -p $(@D)
	$(CC) -D_GNU_SOURCE -O1 $(WARN) -c -o $@ $<

# The programs as functions, NAME_main(), for targets that run them whole (tests/fuzz/apart.h). Those that
# bring an allocator (base/allocators.h) share the first of them.
MAINS = $(patsubst $(BIN)/%,$(BUILD)/fuzz/mains/%.o,$(PROGRAMS))
$(BUILD)/fuzz/libmains.a: $(MAINS) $(BUILD)/libfoi.a
	@rm -f $@
	$(AR) rcs $@ $(MAINS)
$(MAINS): $(BUILD)/fuzz/mains/%.o: $(BUILD)/%.o
	@mkdir -p $(@D)
	objcopy --redefine-sym main=$*_main --weaken-symbol=malloc --weaken-symbol=calloc --weaken-symbol=realloc $< $@

fuzz: ## search for inputs that break a parser, with clang's libFuzzer (SECONDS=N for each target)
	@$(MAKE) -s fuzzers BUILD=build/search CC=clang CFLAGS="-O1 -g" FUZZER=-fsanitize=fuzzer \
	    SANITIZE="-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined" \
	    CPPFLAGS="$(CPPFLAGS) -DINPUT_BLOCK=48"
	@for target in $(FUZZERS); do mkdir -p build/search/corpus/$$target build/search/seeds/$$target; \
	    tests/fuzz/seeds.sh $$target build/search/seeds/$$target; \
	    build/search/fuzz/$$target -max_total_time=$(or $(SECONDS),60) -max_len=4096 -timeout=60 -detect_leaks=0 -artifact_prefix=build/search/ -print_final_stats=1 \
	    -dict=build/search/seeds/$$target.words build/search/corpus/$$target tests/fuzz/corpus/$$target build/search/seeds/$$target || exit 1; done
fuzzers: $(REPLAYS)
$(REPLAYS): REPLAY = $(if $(FUZZER),,-DFUZZ_REPLAY)

# The corpora under the sanitizers of both compilers, by one of them read in blocks of a few bytes; a
# build of its own for each, kept below build/.
WATCHED = -fsanitize=address,undefined -fno-sanitize-recover=undefined
replay: ## run the inputs of tests/fuzz/corpus under the sanitizers of gcc and clang
	@for cc in gcc clang; do \
	    command -v $$cc >/dev/null || { echo "replay: no $$cc: left out" >&2; continue; }; \
	    $(MAKE) -s fuzzers BUILD=build/replay-$$cc CC="$$cc" CFLAGS=-O1 SANITIZE="$(WATCHED)" FUZZER= \
	        CPPFLAGS="$(CPPFLAGS) $$([ $$cc = gcc ] || echo -DINPUT_BLOCK=48)" || exit 1; \
	    for target in $(FUZZERS); do \
	        build/replay-$$cc/fuzz/$$target tests/fuzz/corpus/$$target/* >build/replay-$$cc/said 2>&1 || \
	            { tail -40 build/replay-$$cc/said; echo "replay: $$cc: $$target failed" >&2; exit 1; }; \
	    done; \
	    echo "replay: $$cc: $(words $(FUZZERS)) targets, $(words $(wildcard tests/fuzz/corpus/*/*)) inputs: all hold"; \
	done

check: all $(UNITS) $(REPLAYS) $(BUILD)/bench/measure $(BUILD)/faults/fault.so $(BUILD)/limits/within ## run all tests with what is installed
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

# PACKED is the folder of the programs' objects: those of `make release`, or, sooner, of `make all`.
PACKED ?= $(RELEASE)/objects
deb: $(if $(filter $(RELEASE)/objects,$(PACKED)),release,all) ## make a Debian package, build/deb/*.deb
	@MAKE="$(MAKE)" BUILD=$(PACKED) packaging/deb.sh $(BUILD)/deb

deb-check: deb ## install the package in a fresh root, use it, remove it (as root, with debootstrap and lintian)
	@tests/deb.sh $(BUILD)/deb/*.deb

asan: ## run all tests under AddressSanitizer and UndefinedBehaviorSanitizer
	@LSAN_OPTIONS=suppressions=$(CURDIR)/tests/leaks:print_suppressions=0 $(MAKE) -s check BUILD=build/asan BIN=build/asan/bin CFLAGS="-O1 -g" \
	    SANITIZE="-fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer"

COUNTED = build/coverage
coverage: ## run all tests and print how many lines of the code they reach; at least 97%
	@mkdir -p $(COUNTED)
	@find $(COUNTED) -name '*.gcda' -delete
	@$(CC) -c -o $(COUNTED)/flush_counts.o tests/lib/flush_counts.c
	@status=0; $(MAKE) -s check BUILD=$(COUNTED) BIN=$(COUNTED)/bin CFLAGS="-O0 -g --coverage" HARDEN= \
	    LDFLAGS="$(COUNTED)/flush_counts.o -Wl,--wrap=_exit" || status=$$?; \
	    tests/coverage.sh $(COUNTED) 97 && exit $$status

crash: all ## kill runs at each system call that changes a file and replay losses of power, and look at what is left
	@BIN=$(abspath $(BIN)) tests/crash/calls.sh $(or $(STRIDE),1)
	@BIN=$(abspath $(BIN)) tests/crash/moments.sh $(or $(KILLS),200)
	@BIN=$(abspath $(BIN)) tests/crash/programs.sh $(or $(STRIDE),1)
	@BIN=$(abspath $(BIN)) tests/crash/replay.py --points $(or $(STRIDE),1)

mutants: all ## put small faults into rooms one at a time, and list those that no test notices (N=100 SEED=1 ROOM=...)
	@BUILD=$(abspath $(BUILD)) tests/mutants/mutants.py --n $(or $(N),100) --seed $(or $(SEED),1) $(ROOM)

$(BUILD)/limits/within: tests/limits/within.c
	@mkdir -p $(@D)
	$(CC) -std=c11 -D_GNU_SOURCE $(WARN) $(CFLAGS) -o $@ $<

limits: all $(BUILD)/limits/within ## what each program takes for 10 MB that are made to take much
	@BIN=$(abspath $(BIN)) WITHIN=$(abspath $(BUILD))/limits/within tests/limits/limits.sh

lint: ## check format, common faults and the scripts
	clang-format --dry-run -Werror $(SOURCES)
	cppcheck --quiet --std=c11 --error-exitcode=1 --inline-suppr --enable=warning,portability \
	    --suppress=missingIncludeSystem --suppress=internalAstError \
	    '-D_Noreturn=__attribute__((noreturn))' -Iinclude src
	shellcheck -x $(wildcard $(SCRIPTS))
	tests/floors.sh

accuracy: all ## what extract, code and match get right of the sets in tests/data
	@BIN=$(abspath $(BIN)) tests/accuracy.sh a b c d1 d2 e f g1 g2 h i1 i2 j k1 k2 l1 l2 m1 m2 n1 n2
	@BIN=$(abspath $(BIN)) tests/accuracy/coding.sh --misses
	@command -v weasyprint >/dev/null || { echo "accuracy: no WeasyPrint, which sets letters in other ways"; exit 0; }; \
	for style in tests/accuracy/settings/*.css; do \
	    echo "set in $$style:"; BIN=$(abspath $(BIN)) tests/accuracy.sh --set $$style d1 d2 e f g1 g2 h i1 i2 j k1 k2 l1 l2 m1 m2 n1 n2 || exit; \
	done

golden: all ## write the sample studies' expected results anew; look at the difference before a commit
	tests/golden.sh

bench: all bench-job $(patsubst %,$(BUILD)/bench/%,rewrite jansson libcsv measure) ## measure speed and memory against other programs: a whole job, then stage by stage
	@BIN=$(abspath $(BIN)) BUILD=$(abspath $(BUILD)) tests/bench/bench.sh

bench-job: all $(BUILD)/bench/measure $(BUILD)/bench/copy ## measure a whole job beside DuckDB, Polars, pandas, Miller and jq
	@BIN=$(abspath $(BIN)) BUILD=$(abspath $(BUILD)) tests/bench/job.sh

bench-check: all ## compare the instructions that each stage executes with those kept
	@BIN=$(abspath $(BIN)) CC="$(CC)" tests/bench/check.sh

bench-deps: ## install the peers of the benchmarks that are packages of npm
	@mkdir -p $(BUILD)/bench/peers
	cd $(BUILD)/bench/peers && npm install --no-fund --no-audit @duckdb/node-api nodejs-polars \
	    nodejs-polars-linux-x64-gnu

# Manual pages: a program's in section 1, what several share in section 7.
VERSION := $(shell sed -n 's/.*FOI_VERSION "\(.*\)"/\1/p' include/base/version.h)
RELEASED := $(shell sed -n 's/^date-released: //p' CITATION.cff)
PAGES = foi.1 $(patsubst src/%.c,foi-%.1,$(wildcard src/*.c)) foi-format.7 foi-studies.7
SHELLS = bash zsh fish

man: $(addprefix $(BUILD)/man/,$(PAGES)) ## make the manual pages from docs/*.md
completions: $(addprefix $(BUILD)/completions/foi.,$(SHELLS)) ## make the completions of bash, zsh and fish

$(BUILD)/man/foi.1: docs/foi.md
$(foreach page,$(filter-out foi.1,$(PAGES)),$(eval $(BUILD)/man/$(page): docs/$(patsubst foi-%,%,$(basename $(page))).md))
$(BUILD)/man/%: packaging/man.awk CITATION.cff
	@mkdir -p $(@D)
	awk -v name=$(basename $*) -v section=$(patsubst .%,%,$(suffix $*)) -v version=$(VERSION) -v date=$(RELEASED) \
	    -f packaging/man.awk $(filter docs/%,$^) >$@

$(BUILD)/completions/foi.%: packaging/completions.sh $(PROGRAMS)
	@mkdir -p $(@D)
	packaging/completions.sh $* $(BIN) >$@

# Stages in C are linked with the library and these headers: see foi-filters.pc.
HEADERS = $(wildcard include/*/*.h)
install: all man completions ## install foi, its programs, pages, completions and library below PREFIX (default /usr/local)
	install -d $(DESTDIR)$(bindir) $(DESTDIR)$(libexecdir)/foi $(DESTDIR)$(docdir) $(DESTDIR)$(mandir)/man1 \
	    $(DESTDIR)$(mandir)/man7 $(DESTDIR)$(datadir)/foi-filters $(DESTDIR)$(libdir)/pkgconfig
	install -m 755 $(PROGRAMS) $(DESTDIR)$(libexecdir)/foi
	$(if $(FULL),install -D -m 755 $(FULL) $(DESTDIR)$(libexecdir)/foi/full/report)
	sed 's|^libexec=.*|libexec=$(libexecdir)/foi|' bin/foi >$(DESTDIR)$(bindir)/foi
	chmod 755 $(DESTDIR)$(bindir)/foi
	install -m 644 docs/*.md docs/*.svg docs/table-schema.json LICENCE CITATION.cff src/calendar/bank-holidays.json $(DESTDIR)$(docdir)
	cp -R pipelines $(DESTDIR)$(libexecdir)/foi
	cp -R samples $(DESTDIR)$(datadir)/foi-filters
	ln -sfnr $(DESTDIR)$(datadir)/foi-filters/samples $(DESTDIR)$(libexecdir)/foi/samples
	install -m 644 $(filter %.1,$(addprefix $(BUILD)/man/,$(PAGES))) $(DESTDIR)$(mandir)/man1
	install -m 644 $(filter %.7,$(addprefix $(BUILD)/man/,$(PAGES))) $(DESTDIR)$(mandir)/man7
	install -D -m 644 $(BUILD)/completions/foi.bash $(DESTDIR)$(datadir)/bash-completion/completions/foi
	install -D -m 644 $(BUILD)/completions/foi.zsh $(DESTDIR)$(datadir)/zsh/site-functions/_foi
	install -D -m 644 $(BUILD)/completions/foi.fish $(DESTDIR)$(datadir)/fish/vendor_completions.d/foi.fish
	install -m 644 $(BUILD)/libfoi.a $(DESTDIR)$(libdir)
	$(foreach h,$(HEADERS),install -D -m 644 $(h) $(DESTDIR)$(includedir)/foi-filters/$(h:include/%=%) &&) :
	sed 's|@libdir@|$(libdir)|; s|@includedir@|$(includedir)|; s|@version@|$(VERSION)|; s|@packages@|$(PACKAGES) $(DOCUMENTS)|' \
	    packaging/foi-filters.pc.in >$(DESTDIR)$(libdir)/pkgconfig/foi-filters.pc

uninstall: ## remove what install put there
	rm -f $(DESTDIR)$(bindir)/foi $(DESTDIR)$(libdir)/libfoi.a $(DESTDIR)$(libdir)/pkgconfig/foi-filters.pc \
	    $(addprefix $(DESTDIR)$(mandir)/man1/,$(filter %.1,$(PAGES))) $(addprefix $(DESTDIR)$(mandir)/man7/,$(filter %.7,$(PAGES))) \
	    $(DESTDIR)$(datadir)/bash-completion/completions/foi $(DESTDIR)$(datadir)/zsh/site-functions/_foi \
	    $(DESTDIR)$(datadir)/fish/vendor_completions.d/foi.fish
	rm -rf $(DESTDIR)$(libexecdir)/foi $(DESTDIR)$(docdir) $(DESTDIR)$(datadir)/foi-filters $(DESTDIR)$(includedir)/foi-filters

deps: ## install the libraries that are missing
	@.ci/deps build

check-deps:
	@.ci/deps check

clean: ## remove what was built
	rm -rf $(BUILD) bin/full $(patsubst src/%.c,bin/%,$(wildcard src/*.c))

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

$(BUILD)/review_js.inc: src/review/items.js src/review/review.js
	@mkdir -p $(@D)
	cat $^ | od -An -v -td1 | sed 's/ \+\(-\?[0-9]\+\)/\1,/g' >$@

$(BUILD)/review_%.inc: src/review/review.%
	@mkdir -p $(@D)
	od -An -v -td1 $< | sed 's/ \+\(-\?[0-9]\+\)/\1,/g' >$@

$(BUILD)/review/page.o: $(BUILD)/page_css.inc $(BUILD)/review_css.inc $(BUILD)/review_js.inc $(BUILD)/review_html.inc
$(BUILD)/report/write_html.o: $(BUILD)/page_css.inc $(BUILD)/page_js.inc
$(BUILD)/calendar/holidays.o: $(BUILD)/bank-holidays.inc
$(BUILD)/testing/recheck.o: $(BUILD)/recheck.inc

$(BUILD)/%.inc: src/coding/%.txt
	@mkdir -p $(@D)
	od -An -v -tx1 $< | sed 's/ \(..\)/0x\1,/g' >$@

$(BUILD)/coding/cues_english.o: $(BUILD)/cues.inc

$(BUILD)/libfoi.a: $(LIBRARY)
	@rm -f $@
	$(AR) rcs $@ $^

$(BIN)/%: $(BUILD)/%.o $(BUILD)/libfoi.a
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -o $@ $^ $(MORE_LIBS) $(ALL_LIBS)

$(BIN)/full/report: $(BUILD)/report.o $(BUILD)/libfoi.a
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(if $(filter pangocairo,$(FOUND_FIGURES)),-Wl$(comma)-u$(comma)paint_write) \
	    $(if $(filter xlsxwriter,$(FOUND_FIGURES)),-Wl$(comma)-u$(comma)write_xlsx) \
	    -o $@ $^ $(shell pkg-config --libs $(FOUND_FIGURES)) $(ALL_LIBS)

$(BIN)/toxlsx: MORE_LIBS = $(shell pkg-config --libs xlsxwriter)
$(BIN)/fromsheet $(BIN)/fromdocs $(BUILD)/fuzz/sheets $(BUILD)/fuzz/letters: MORE_LIBS = $(shell pkg-config --libs $(DOCUMENTS) $(FOUND))

$(BUILD)/tests/%: tests/lib/%.c $(BUILD)/libfoi.a
	@mkdir -p $(@D)
	$(CC) $(ALL_CPPFLAGS) -Isrc -Itests/lib $(ALL_CFLAGS) -MMD -MP -o $@ $< $(BUILD)/libfoi.a $(ALL_LIBS)

$(BUILD)/bench/%: tests/bench/%.c $(BUILD)/libfoi.a
	@mkdir -p $(@D)
	$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -MMD -MP -o $@ $< $(BUILD)/libfoi.a $(ALL_LIBS)

-include $(wildcard $(BUILD)/*.d $(BUILD)/*/*.d)

.PHONY: all replay fuzz fuzzers faults limits websites crash mutants man completions run test check accuracy coverage release asan lint golden bench bench-job bench-check bench-deps install uninstall deps check-deps clean help
.SECONDARY:
