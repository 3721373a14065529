#!/usr/bin/env python3
"""mutants.py -- small faults put into the code one at a time: does a test notice?

    mutants.py [--n N] [--seed SEED] [--seconds S] [--again] [ROOM...] [--map [BATS...]]

Each mutant is one change of one line of src/ROOM/*.c: a comparison, a constant, a sign, an
operator, a check or a statement left out. It is built in a copy of the tree, and the tests that
enter its function are run, those that took notice before first, until one fails or S seconds (90)
are over. A mutant that does not compile or gives the same object code counts for nothing. Those
that tests/mutants/equivalent names, with the reason why no test can tell, are counted apart.

Which test enters which function is found once, by running all tests in a build that notes it
(--map finds it anew, of the unit tests and of those Bats files alone that it names).
--again tries the survivors of the last run with the tests as they are now. Frees are not left out, nor is the end for want of memory: `make asan` and `make faults` look for those.
Prints a line a mutant to BUILD/mutants/ROOM-SEED.log, the survivors and a count.
"""
import argparse
import collections
import hashlib
import json
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.path.join(os.environ.get("BUILD", os.path.join(ROOT, "build")), "mutants")
TREE = os.path.join(BUILD, "tree")
MAP = os.path.join(BUILD, "map.json")
# What tests by the clock, or the tree, or all of the programs in one test.
LEFT_OUT = {"limits.bats", "floors.bats", "readme.bats", "reliability.bats"}
MOST_TESTS = 150  # of a function that all tests enter, those that enter most of its file
SLOWEST = 15  # seconds of one test


# ---- the mutants ----

SWAPS = {
    "<=": ["<", ">"], ">=": [">", "<"], "<": ["<=", ">="], ">": [">=", "<="], "==": ["!="], "!=": ["=="],
    "&&": ["||"], "||": ["&&"], "+=": ["-="], "-=": ["+="], "++": ["--"], "--": ["++"],
    "+": ["-"], "-": ["+"], "*": ["/"], "/": ["*"],
}
SPACED = {"<", ">", "+", "-", "*", "/"}  # only as binary operators, which stand between blanks
OPERATOR = re.compile(r"<<=?|>>=?|->|<=|>=|==|!=|&&|\|\||\+=|-=|\+\+|--|(?<= )[-+*/<>](?= )")
NUMBER = re.compile(r"(?<![\w.'])(\d+\.\d+(?:e-?\d+)?|\d+)(?![\w.'])")
CALL = re.compile(r"^\s+(?!fail_memory|return|if|for|while|switch|case|else|do\b|goto)([a-z]\w*)\(.*\);$")
ASSIGNMENT = re.compile(r"^\s+(?!return\b|else\b|case\b)[\w\]\[.>*()-]+ [-+|&]?= .*;$")
CHECK = re.compile(r"^(\s+(?:else )?if )\((.*)\)( \{)?$")
TRUTH = re.compile(r"\breturn (true|false);$")
NEGATED = re.compile(r"(?<![\w)])!(?==)?(?=[\w(])")


def blanked(line):
    """The line with its texts and comments blanked out, in the same columns."""
    def blank(m):
        return " " * len(m.group())
    line = re.sub(r'"(?:\\.|[^"\\])*"', blank, line)
    line = re.sub(r"'(?:\\.|[^'\\])+'", blank, line)
    return re.sub(r"/\*.*?(\*/|$)|//.*", blank, line)


def bodies(lines):
    """(function, number of its first line, and of the last) by the style of the tree."""
    start = None
    for i, line in enumerate(lines):
        if line == "{":
            start = i
        elif line == "}" and start is not None:
            k = start - 1
            while k > 0 and (lines[k].startswith(" ") or not re.match(r"[\w_].*\(", lines[k])):
                k -= 1
            name = re.search(r"(\w+)\(", lines[k])
            if name:
                yield name.group(1), start + 1, i - 1
            start = None


def changes(line):
    """Each mutant of a line."""
    bare = blanked(line)
    for m in OPERATOR.finditer(bare):
        for other in SWAPS.get(m.group(), []):
            yield line[: m.start()] + other + line[m.end():]
    for m in NUMBER.finditer(bare):
        text = m.group()
        values = [text + " * 1.001"] if "." in text else [str(int(text) + 1)] + ([str(int(text) - 1)] if int(text) else [])
        for value in values:
            yield line[: m.start()] + value + line[m.end():]
    for m in NEGATED.finditer(bare):
        yield line[: m.start()] + line[m.end():]
    m = CHECK.match(bare)
    if m:
        start, end = m.span(2)
        yield f"{line[:start]}(({line[start:end]}), 0){line[end:]}"
    m = TRUTH.search(bare)
    if m:
        yield line[: m.start(1)] + {"true": "false", "false": "true"}[m.group(1)] + ";"
    m = CALL.match(bare)
    if (m and not re.search(r"free$|close$", m.group(1))) or ASSIGNMENT.match(bare) or bare.strip() in ("continue;", "break;"):
        yield re.match(r"\s*", line).group() + ";"


def in_comment(lines):
    """The numbers of the lines inside comments of several lines."""
    inside, found = False, set()
    for i, line in enumerate(lines):
        if inside:
            found.add(i)
        opened, closed = line.rfind("/*"), line.rfind("*/")
        if opened > closed:
            inside = True
        elif closed >= 0:
            inside = False
    return found


def mutants_of(path):
    with open(os.path.join(TREE, path), encoding="utf-8") as file:
        lines = file.read().split("\n")
    comments = in_comment(lines)
    for function, first, last in bodies(lines):
        for i in range(first, last + 1):
            if i in comments or lines[i].startswith("#"):
                continue
            for new in changes(lines[i]):
                if new != lines[i]:
                    yield path, function, i, lines[i], new


def sample(room, n, seed):
    found = []
    folder = os.path.join("src", room)
    for name in sorted(os.listdir(os.path.join(TREE, folder))):
        if name.endswith(".c"):
            found += mutants_of(os.path.join(folder, name))
    random.Random(f"{room} {seed}").shuffle(found)
    return found[:n], len(found)


# ---- builds ----

def make(target_build, target_bin, flags, targets, quiet=True):
    # by relative names, which ccache puts into the lists of headers
    build, target_bin, *targets = (os.path.relpath(p, TREE) if os.path.isabs(p) else p for p in (target_build, target_bin, *targets))
    command = ["make", "-s", "-j2", "-C", TREE, f"BUILD={build}", f"BIN={target_bin}", *flags, *targets]
    out = subprocess.DEVNULL if quiet else None
    return subprocess.run(command, stdout=out, stderr=out).returncode == 0


def same_bytes(one, other):
    if not os.path.exists(other) or os.path.getsize(one) != os.path.getsize(other):
        return False
    with open(one, "rb") as a, open(other, "rb") as b:
        return a.read() == b.read()


def copy_tree(only=""):
    """The tree as it is now, or a folder of it; files that did not change keep their dates, so that little is built."""
    wanted = set()
    for folder, below, files in os.walk(os.path.join(ROOT, only)):
        here = os.path.relpath(folder, ROOT)
        if here == ".":
            below[:] = [n for n in below if n not in ("build", ".git", "bin")]
        os.makedirs(os.path.join(TREE, here), exist_ok=True)
        for name in files:
            one, other = os.path.join(folder, name), os.path.join(TREE, here, name)
            wanted.add(os.path.normpath(other))
            if not same_bytes(one, other):
                shutil.copy2(one, other)
                os.utime(other)
    for folder, _, files in os.walk(os.path.join(TREE, only)):
        for name in files:
            if os.path.normpath(os.path.join(folder, name)) not in wanted:
                os.unlink(os.path.join(folder, name))
    os.makedirs(os.path.join(TREE, "bin"), exist_ok=True)
    shutil.copy2(os.path.join(ROOT, "bin", "foi"), os.path.join(TREE, "bin", "foi"))
    beside = os.path.join(os.path.dirname(ROOT), "shared")
    if os.path.exists(beside) and not os.path.lexists(os.path.join(BUILD, "shared")):
        os.symlink(os.path.realpath(beside), os.path.join(BUILD, "shared"))


def units():
    folder = os.path.join(TREE, "tests", "lib")
    return sorted(n[:-2] for n in os.listdir(folder) if n.startswith("test_") and n.endswith(".c"))


def programs():
    return sorted(n[:-2] for n in os.listdir(os.path.join(TREE, "src")) if n.endswith(".c"))


# ---- which test enters which function ----

def names_of(bats):
    with open(os.path.join(TREE, "tests", bats), encoding="utf-8") as file:
        return re.findall(r'^@test "((?:\\.|[^"\\])*)" \{', file.read(), re.M)


def set_bytes(path):
    """Where bytes of a sparse file are set."""
    found = []
    fd = os.open(path, os.O_RDONLY)
    size, at = os.fstat(fd).st_size, 0
    while at < size:
        try:
            at = os.lseek(fd, at, os.SEEK_DATA)
        except OSError:
            break
        end = os.lseek(fd, at, os.SEEK_HOLE)
        data = os.pread(fd, end - at, at)
        found += [at + m.start() for m in re.finditer(b"\x01", data)]
        at = end
    os.close(fd)
    return found


def read_trace(folder, bin_folder, unit_folder):
    """{file function: {test: programs}} of all that was noted."""
    by_program = collections.defaultdict(list)
    for name in os.listdir(folder):
        file, number, program = name.split(":", 2)
        by_program[program].append((file, number, set_bytes(os.path.join(folder, name))))
    found = collections.defaultdict(lambda: collections.defaultdict(set))
    for program, runs in by_program.items():
        path = next((p for p in (os.path.join(unit_folder, program), os.path.join(bin_folder, program)) if os.path.exists(p)), None)
        if not path:
            continue
        for variant in [path] + ([os.path.join(bin_folder, "full", program)] if program == "report" else []):
            if not os.path.exists(variant):
                continue
            places = sorted({a for run in runs for a in run[2]})
            known = {}
            out = subprocess.run(["addr2line", "-f", "-e", variant], input="\n".join(hex(p) for p in places), text=True, capture_output=True).stdout.split("\n")
            for i, place in enumerate(places):
                file = re.search(r"(src/[^:]*):\d", out[2 * i + 1])
                if file:
                    known[place] = file.group(1) + " " + out[2 * i].split(".")[0]
            for file, number, addresses in runs:
                test = program if program.startswith("test_") and file == "0" else f"{file}:{number}"
                for a in addresses:
                    if a in known:
                        found[known[a]][test].add(program)
    return found


def known_map():
    if not os.path.exists(MAP):
        return {"functions": {}, "seconds": {}, "failed": [], "names": {}}
    with open(MAP, encoding="utf-8") as file:
        return json.load(file)


def make_map(only):
    """Runs all tests, or the Bats files of ONLY alone, whose part of the map is then replaced."""
    build, trace = os.path.join(BUILD, "traced"), os.path.join(BUILD, "trace")
    os.makedirs(build, exist_ok=True)
    shutil.rmtree(trace, ignore_errors=True)
    os.makedirs(trace)
    noted = os.path.join(build, "trace.o")
    subprocess.run(["cc", "-O1", "-c", "-o", noted, os.path.join(TREE, "tests", "mutants", "trace.c")], check=True)
    flags = ["CFLAGS=-O1 -g -finstrument-functions", "HARDEN=", f"LDFLAGS={noted}"]
    bin_folder = os.path.join(build, "bin")
    tests = [os.path.join(build, "tests", u) for u in units()]
    if not make(build, bin_folder, flags, ["all", *tests], quiet=False):
        sys.exit("mutants.py: the build that notes functions failed")
    shutil.copy2(os.path.join(TREE, "bin", "foi"), os.path.join(bin_folder, "foi"))
    env = dict(os.environ, MUTANTS_TRACE=trace, BIN=bin_folder, BUILD=build)
    old = known_map() if only else {"functions": {}, "seconds": {}, "failed": [], "names": {}}
    seconds, failed = old["seconds"], old["failed"]
    for unit in tests:
        start = time.time()
        if subprocess.run([unit], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode:
            failed.append(os.path.basename(unit))
        seconds[os.path.basename(unit)] = time.time() - start
    for bats in sorted(os.listdir(os.path.join(TREE, "tests"))):
        if not bats.endswith(".bats") or bats in LEFT_OUT or (only and bats not in only):
            continue
        failed = [t for t in failed if not t.startswith(bats + ":")]
        out = subprocess.run(["bats", "--tap", "--timing", os.path.join("tests", bats)], cwd=TREE, env=env, text=True, errors="replace", stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL).stdout
        for verdict, number, ms in re.findall(r"^(not ok|ok) (\d+) .* in (\d+)ms", out, re.M):
            seconds[f"{bats}:{number}"] = int(ms) / 1000
            if verdict != "ok":
                failed.append(f"{bats}:{number}")
        print(f"mapped {bats}", file=sys.stderr, flush=True)
    found = read_trace(trace, bin_folder, os.path.join(build, "tests"))
    names = dict(old["names"])
    names.update({b: names_of(b) for b in {t.split(":")[0] for t in seconds if ":" in t} if b in only or not only})
    functions = {f: {t: p for t, p in tests.items() if t.split(":")[0] not in only} for f, tests in old["functions"].items()}
    for f, entered in found.items():
        functions.setdefault(f, {}).update({t: sorted(p) for t, p in entered.items()})
    with open(MAP, "w", encoding="utf-8") as file:
        json.dump({"functions": functions,
                   "seconds": seconds, "failed": failed, "names": names}, file)
    shutil.rmtree(trace)


# ---- one mutant ----

class Tests:
    """What to run for a function, in which order. Tests are found by their names, since their numbers
    move when one is written; a test that the map does not know is run by nobody, which is said."""

    def __init__(self):
        with open(MAP, encoding="utf-8") as file:
            known = json.load(file)
        self.names = {b: names_of(b) for b in known["names"] if os.path.exists(os.path.join(TREE, "tests", b))}
        now = {f"{b}:{i}": f"{b}:{self.names[b].index(n) + 1}" for b in self.names for i, n in enumerate(known["names"][b], 1) if n in self.names[b]}
        now.update({u: u for u in units()})
        self.seconds = {now[t]: s for t, s in known["seconds"].items() if t in now}
        self.failed = {now[t] for t in known["failed"] if t in now}
        self.functions = {f: {now[t]: p for t, p in tests.items() if t in now} for f, tests in known["functions"].items()}
        unknown = [b for b in self.names for n in self.names[b] if n not in known["names"][b]]
        if unknown:
            print(f"mutants.py: {len(unknown)} tests are not in the map (--map {' '.join(sorted(set(unknown)))})", file=sys.stderr)
        self.entered = collections.Counter((f.split(" ")[0], t) for f, tests in self.functions.items() for t in tests)
        self.killers = collections.defaultdict(collections.Counter)
        self.broken = {}

    def of(self, path, function):
        """[(test, programs)], those that killed in this file first, then those that see most of it in least time."""
        tests = self.functions.get(f"{path} {function}") or self.of_file(path)
        known = [t for t in tests if t in self.seconds and t not in self.failed and self.seconds[t] < SLOWEST]
        known.sort(key=lambda t: (-self.killers[path][t], ":" in t, -self.entered[path, t] / (0.2 + self.seconds[t])))
        known = known[:MOST_TESTS]
        first = {}
        for t in known:  # the tests of a Bats file together, behind its best
            first.setdefault(t if self.killers[path][t] else t.split(":")[0], len(first))
        known.sort(key=lambda t: first[t if self.killers[path][t] else t.split(":")[0]])
        return [(t, tests[t]) for t in known]

    def of_file(self, path):
        """The tests of all that is known of a file: for a function that was put into others, or is new."""
        tests = {}
        for f, entered in self.functions.items():
            if f.split(" ")[0] == path:
                for t, programs_of in entered.items():
                    tests[t] = sorted({*tests.get(t, []), *programs_of})
        return tests

    def run_unit(self, build, test):
        try:
            status = subprocess.run([os.path.join(build, "tests", test)], cwd=TREE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, timeout=60 + 40 * self.seconds[test], preexec_fn=limited(self.seconds[test])).returncode
        except subprocess.TimeoutExpired:
            return True
        return status != 0

    def run_bats(self, build, bin_folder, file, numbers):
        """The number of the first of a file's tests that fails, None if all pass; its clock counts too."""
        wanted = "|".join(re.escape(re.sub(r"\\(.)", r"\1", self.names[file][n - 1])) for n in numbers)
        expected = sum(self.seconds[f"{file}:{n}"] for n in numbers)
        child = subprocess.Popen(["bats", "--tap", "-f", f"^({wanted})$", os.path.join("tests", file)], cwd=TREE, env=dict(os.environ, BIN=bin_folder, BUILD=build, MALLOC_PERTURB_="165"), text=True, errors="replace", stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, start_new_session=True, preexec_fn=limited(expected))
        signal.signal(signal.SIGALRM, lambda *_: os.killpg(child.pid, signal.SIGKILL))
        signal.alarm(int(60 + 40 * expected))
        seen, killer = 0, None
        for line in child.stdout:
            if re.match(r"(not )?ok \d+ ", line):
                seen += 1
                if line.startswith("not ok"):
                    killer = numbers[min(seen, len(numbers)) - 1]
                    break
        else:
            if seen < len(numbers):
                killer = numbers[min(seen, len(numbers) - 1)]
        signal.alarm(0)
        try:
            os.killpg(child.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        child.wait()
        return killer


def limited(seconds):
    """What a child calls first: a loop without end is ended by the processor's time that it takes,
    so that nothing is taken for killed because the machine was busy."""
    most = int(10 + 4 * seconds)
    return lambda: resource.setrlimit(resource.RLIMIT_CPU, (most, most))


def batches(tests):
    """Tests of one Bats file that follow each other are run together, at most twelve."""
    batch = []
    for test, _ in tests:
        file = test.split(":")[0]
        if batch and (":" not in test or batch[0].split(":")[0] != file or len(batch) == 12):
            yield batch
            batch = []
        batch.append(test)
        if ":" not in test:
            yield batch
            batch = []
    if batch:
        yield batch


class Builder:
    """A build of the copied tree in which one file at a time is changed."""

    def __init__(self):
        self.build, self.bin = os.path.join(BUILD, "objects"), os.path.join(BUILD, "objects", "bin")
        self.flags = ["CFLAGS=-O1", "LDFLAGS=-fuse-ld=gold" if shutil.which("ld.gold") else "LDFLAGS="]
        tests = [os.path.join(self.build, "tests", u) for u in units()]
        if not make(self.build, self.bin, self.flags, ["all", *tests], quiet=False):
            sys.exit("mutants.py: the build failed")
        shutil.copy2(os.path.join(TREE, "bin", "foi"), os.path.join(self.bin, "foi"))
        self.clean = os.path.join(BUILD, "clean")
        shutil.rmtree(self.clean, ignore_errors=True)
        for folder in ("bin", "tests"):
            shutil.copytree(os.path.join(self.build, folder), os.path.join(self.clean, folder))

    def object_of(self, path):
        return os.path.join(self.build, path[len("src/"):-2] + ".o")

    def digest(self, path):
        with open(self.object_of(path), "rb") as file:
            return hashlib.sha256(file.read()).digest()

    def compile(self, path):
        return make(self.build, self.bin, self.flags, [self.object_of(path)])

    def targets(self, tests):
        found = []
        for name in {p for _, programs_of in tests for p in programs_of}:
            if name.startswith("test_"):
                found.append(os.path.join("tests", name))
            else:
                found.append(os.path.join("bin", name))
                if name == "report" and os.path.exists(os.path.join(self.bin, "full", name)):
                    found.append(os.path.join("bin", "full", name))
        return sorted(found)

    def link(self, targets):
        return make(self.build, self.bin, self.flags, [os.path.join(self.build, t) for t in targets])

    def restore(self, targets):
        """The dates of the unchanged programs are older than the library's: what is needed is linked anew."""
        for target in targets:
            copy = os.path.join(self.clean, target)
            if os.path.exists(copy):
                os.replace(shutil.copy2(copy, os.path.join(self.build, target + ".new")), os.path.join(self.build, target))


def put(path, text):
    with open(os.path.join(TREE, path), "w", encoding="utf-8") as file:
        file.write(text)


def verdict(tests, builder, chosen, path, seconds, linked):
    """The test that noticed, or None. What a batch runs is linked when its turn comes, and put into LINKED."""
    end, programs_of = time.time() + seconds, dict(chosen)
    for batch in batches(chosen):
        if time.time() > end:
            break
        missing = [t for t in builder.targets([(t, programs_of[t]) for t in batch]) if t not in linked]
        linked += missing
        if missing and not builder.link(missing):
            return "the link"
        if ":" not in batch[0]:
            killer = batch[0] if tests.run_unit(builder.build, batch[0]) else None
        else:
            file = batch[0].split(":")[0]
            number = tests.run_bats(builder.build, builder.bin, file, sorted(int(t.split(":")[1]) for t in batch))
            killer = f"{file}:{number}" if number else None
        if killer:
            tests.killers[path][killer] += 1
            return killer
    return None


def try_mutant(mutant, tests, builder, seconds):
    path, function, at, old, new = mutant
    with open(os.path.join(TREE, path), encoding="utf-8") as file:
        whole = file.read()
    if not builder.compile(path):
        sys.exit(f"mutants.py: {path} does not compile as it is")
    before = builder.digest(path)
    lines = whole.split("\n")
    lines[at] = new
    put(path, "\n".join(lines))
    linked = []
    try:
        if not builder.compile(path):
            return "nothing", "does not compile"
        if builder.digest(path) == before:
            return "nothing", "same code"
        chosen = tests.of(path, function)
        if not chosen:
            return "survived", "no test enters the function"
        killer = verdict(tests, builder, chosen, path, seconds, linked)
        if killer == "the link":
            return "nothing", "does not link"
        return ("killed", killer) if killer else ("survived", f"{len(chosen)} tests")
    finally:
        put(path, whole)
        builder.restore(linked)


def as_line(path, old, new):
    return f"{path} | {old.strip()} | {new.strip()}"


def equivalents():
    """The lines of mutants that no test can tell from the code; lines of reasons begin with #."""
    name = os.path.join(ROOT, "tests", "mutants", "equivalent")
    with open(name, encoding="utf-8") as file:
        return {line.strip() for line in file if line.strip() and not line.startswith("#")}


def kept_outcomes(name):
    """{place and change: (outcome, why)} of the mutants that need not be tried again."""
    with open(name, encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file]
    return {(r[1], r[3], r[5]): (r[0], r[6]) for r in rows if r[0] in ("killed", "nothing")}


def run_room(room, options, tests, builder):
    chosen, all_of_them = sample(room, options.n, options.seed)
    same, count, survivors = equivalents(), collections.Counter(), []
    name = os.path.join(BUILD, f"{room}-{options.seed}.log")
    kept = kept_outcomes(name) if options.again else {}
    log = open(name, "w", encoding="utf-8")
    for mutant in chosen:
        path, function, at, old, new = mutant
        if (f"{path}:{at + 1}", old.strip(), new.strip()) in kept:
            outcome, why = kept[f"{path}:{at + 1}", old.strip(), new.strip()]
        elif as_line(path, old, new) in same:
            outcome, why = "equivalent", ""
        else:
            outcome, why = try_mutant(mutant, tests, builder, options.seconds)
        count[outcome] += 1
        line = f"{outcome}\t{path}:{at + 1}\t{function}\t{old.strip()}\t=>\t{new.strip()}\t{why}"
        print(line, file=log, flush=True)
        if outcome == "survived":
            survivors.append(line)
    for line in survivors:
        print(line)
    tried = count["killed"] + count["survived"]
    share = 100 * count["killed"] / tried if tried else 100
    print(f"{room}: {count['killed']} of {tried} killed ({share:.0f}%), {count['equivalent']} equivalent, "
          f"{count['nothing']} no change; {len(chosen)} of {all_of_them} mutants, seed {options.seed}", flush=True)
    return share >= 90


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("rooms", nargs="*", metavar="ROOM")
    parser.add_argument("--n", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=90)
    parser.add_argument("--again", action="store_true")
    parser.add_argument("--map", nargs="*", metavar="BATS")
    options = parser.parse_args()
    os.makedirs(BUILD, exist_ok=True)
    copy_tree("tests" if options.again else "")
    if options.map is not None or not os.path.exists(MAP):
        make_map(options.map or [])
    rooms = options.rooms or ["stats", "stream", "schema", "join", "tables", "cells", "docs", "coding", "review", "chain"]
    builder, tests = Builder(), Tests()
    good = [run_room(room, options, tests, builder) for room in rooms]
    sys.exit(not all(good))


main()
