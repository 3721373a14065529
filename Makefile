# foi-filters: `make help` lists what can be made.

CC ?= cc
PREFIX ?= /usr/local
DESTDIR ?=
BUILD ?= build
BIN ?= bin

CFLAGS ?= -O2 -g
WARN = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wvla
ifdef CI
WARN += -Werror
endif
PKGS = jansson gsl libutf8proc libhs
ALL_CPPFLAGS = -Iinclude -D_GNU_SOURCE $(shell pkg-config --cflags $(PKGS)) $(CPPFLAGS)
ALL_CFLAGS = -std=c11 $(WARN) $(CFLAGS) $(SANITIZE)
ALL_LIBS = $(LDFLAGS) -lcsv $(shell pkg-config --libs $(PKGS)) -lm

PROGRAMS = $(patsubst src/%.c,$(BIN)/%,$(wildcard src/*.c))
LIBRARY = $(patsubst src/%.c,$(BUILD)/%.o,$(wildcard src/*/*.c))
UNITS = $(patsubst tests/lib/%.c,$(BUILD)/tests/%,$(wildcard tests/lib/test_*.c))

all: $(PROGRAMS)

$(BUILD)/%.o: src/%.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/libfoi.a: $(LIBRARY)
	@rm -f $@
	$(AR) rcs $@ $^

$(BIN)/%: $(BUILD)/%.o $(BUILD)/libfoi.a
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -o $@ $^ $(ALL_LIBS)

$(BUILD)/tests/%: tests/lib/%.c $(BUILD)/libfoi.a
	@mkdir -p $(@D)
	$(CC) $(ALL_CPPFLAGS) -Itests/lib $(ALL_CFLAGS) -MMD -MP -o $@ $< $(BUILD)/libfoi.a $(ALL_LIBS)

$(BUILD)/bench/%: tests/bench/%.c $(BUILD)/libfoi.a
	@mkdir -p $(@D)
	$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -MMD -MP -o $@ $< $(BUILD)/libfoi.a $(ALL_LIBS)

clean:
	rm -rf $(BUILD) $(PROGRAMS)

-include $(wildcard $(BUILD)/*.d $(BUILD)/*/*.d)

.PHONY: all clean
.SECONDARY:
