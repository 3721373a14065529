#!/usr/bin/env python3
"""replay.py -- what a loss of power could leave on the disk, at every point of a run.

    replay.py [--next N] [--points N] [CASE...]    CASE: study, study-rename, or a program's name

A run is traced; then, for the point behind each call that changes a file, the states are built in
which a disk may be found if what was not synced is lost. Written data counts as on disk after
fsync of the file, a name (made, renamed, exchanged, removed) after fsync of its folder; an fsync of
a file keeps no name. Of the data not yet on disk, all is lost, or none, the second half of the
writes, half of the last write, or all of one file; of the names none, all, every tail, each one
alone, and all but each one. In every state a reader must find the old result or the new one, whole; at the end of a
run that said status 0 only the new one. N of the states (--next, 40 a case) are laid out in a
folder, and the next run there must give the new result with nothing left beside it. --points takes
every N-th point only. study-rename is a file system without an exchange of names, where for one
moment the old results may stand aside. That the model understood the trace is tested by its last
state, which must be what stands in the folder. Needs strace.
"""
import argparse
import hashlib
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BIN = os.environ.get("BIN", os.path.join(ROOT, "bin"))
CALLS = ("openat,open,creat,write,pwrite64,writev,lseek,read,close,ftruncate,truncate,fsync,fdatasync,rename,renameat,"
         "renameat2,unlink,unlinkat,mkdir,mkdirat,rmdir,link,linkat,symlink,symlinkat,sendfile,copy_file_range,fallocate")


# ---- the disk: inodes, with the names and data that were given to them one after the other ----

class File:
    def __init__(self, data=b""):
        self.start, self.ops, self.synced = data, [], 0  # ops: (place, bytes), or (size, None)

    def data(self, ops):
        data = bytearray(self.start)
        for place, put in ops:
            if put is None:
                data = data[:place].ljust(place, b"\0")
            else:
                data = data.ljust(place, b"\0")
                data[place:place + len(put)] = put
        return bytes(data)


class Folder:
    def __init__(self):
        self.start = {}  # name: inode, on disk before the run


class Disk:
    """What was done, in order: ("data", file), ("name", changes) with changes (folder, name, inode), ("sync", inode)."""

    def __init__(self, top):
        self.top, self.root, self.events = top, self.load(top), []
        self.live = {}
        self.remember(self.root)

    def load(self, path):
        if not os.path.isdir(path):
            with open(path, "rb") as file:
                return File(file.read())
        folder = Folder()
        folder.start = {n: self.load(os.path.join(path, n)) for n in os.listdir(path)}
        return folder

    def remember(self, folder):
        self.live[folder] = dict(folder.start)
        for inode in folder.start.values():
            if isinstance(inode, Folder):
                self.remember(inode)

    def find(self, path):
        """(folder, name, inode) of a path below the top; None elsewhere."""
        path = os.path.normpath(path)
        if path == self.top:
            return None, None, self.root
        if not path.startswith(self.top + "/"):
            return None
        *above, name = path[len(self.top) + 1:].split("/")
        folder = self.root
        for step in above:
            folder = self.live.get(folder, {}).get(step)
        if folder not in self.live:
            return None
        return folder, name, self.live[folder].get(name)

    def name(self, *changes):
        self.events.append(("name", changes))
        for folder, name, inode in changes:
            self.live[folder][name] = inode
            if inode is None:
                del self.live[folder][name]
            elif isinstance(inode, Folder):
                self.live.setdefault(inode, {})

    def put(self, file, place, data):
        file.ops.append((place, data))
        self.events.append(("data", file))

    def sync(self, inode):
        self.events.append(("sync", inode))


# ---- from a trace ----

LINE = re.compile(r"(\d+) +(\w+)\((.*)\) += (-?\d+|\?)")
ARGUMENT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"|(\w+)<((?:\\x[0-9a-f]{2})*)(?:\\x28[^>]*)?>[^,]*|([^,"]+)')


def plain(text):
    return bytes.fromhex(text.replace("\\x", ""))


def arguments(text):
    """Texts as bytes, descriptors as (number, path), all else as it stands."""
    found = []
    for m in ARGUMENT.finditer(text):
        if m.group(1) is not None:
            found.append(plain(m.group(1)))
        elif m.group(2) is not None:
            found.append((m.group(2), plain(m.group(3)).decode()))
        elif m.group(4).strip():
            found.append(m.group(4).strip())
    return found


def whole_lines(trace):
    """The trace with calls that others came between put together, where they ended."""
    held = {}
    for line in trace:
        pid = line.split(" ", 1)[0]
        if line.rstrip().endswith("<unfinished ...>"):
            held[pid] = line[: line.rindex("<unfinished")].rstrip()
            continue
        m = re.match(r"\d+ +<\.\.\. \w+ resumed>(.*)", line, re.S)
        if m:
            line = held.pop(pid, "") + m.group(1)
        yield line


class Reader:
    def __init__(self, disk, cwd):
        self.disk, self.cwd, self.places, self.appends = disk, cwd, {}, set()

    def at(self, base, path):
        path = path.decode()
        folder = base[1] if isinstance(base, tuple) else self.cwd
        return self.disk.find(os.path.join(folder, path))

    def read(self, trace):
        for line in whole_lines(trace):
            m = LINE.match(line)
            if not m or m.group(4) == "?" or int(m.group(4)) < 0:
                continue
            handler = getattr(self, "on_" + m.group(2), None)
            if handler:
                self.pid, self.result = m.group(1), int(m.group(4))
                handler(*arguments(m.group(3)))

    def file(self, fd):
        found = self.disk.find(fd[1])
        return found[2] if found and isinstance(found[2], File) else None

    # Where a descriptor writes is known after lseek(); else it goes on at the end.
    def on_lseek(self, fd, *_):
        self.places[self.pid, fd[0]] = self.result

    def on_read(self, fd, *_):
        if (self.pid, fd[0]) in self.places:
            self.places[self.pid, fd[0]] += self.result

    def on_close(self, fd):
        self.places.pop((self.pid, fd[0] if isinstance(fd, tuple) else fd), None)

    def on_write(self, fd, data, *_):
        file = self.file(fd) if isinstance(fd, tuple) else None
        if not file:
            return
        key = self.pid, fd[0]
        place = self.places.get(key, len(file.data(file.ops)))
        self.disk.put(file, place, data[: self.result])
        if key in self.places:
            self.places[key] = place + self.result

    def on_pwrite64(self, fd, data, _, place):
        if self.file(fd):
            self.disk.put(self.file(fd), int(place), data[: self.result])

    def on_writev(self, fd, *_):
        self.refuse(fd, "writev")

    on_sendfile = on_copy_file_range = on_fallocate = on_writev

    def refuse(self, fd, what):
        if isinstance(fd, tuple) and self.file(fd):
            sys.exit(f"replay.py: {what} is not understood yet")

    def on_ftruncate(self, fd, size):
        if self.file(fd):
            self.disk.put(self.file(fd), int(size), None)

    def on_openat(self, base, path, flags, *_):
        found = self.at(base, path)
        if not found or found[0] is None:
            return
        folder, name, inode = found
        if inode is None and "O_CREAT" in flags:
            self.disk.name((folder, name, File()))
        elif isinstance(inode, File) and "O_TRUNC" in flags and inode.data(inode.ops):
            self.disk.put(inode, 0, None)

    def on_open(self, path, flags, *_):
        self.on_openat("AT_FDCWD", path, flags)

    def on_fsync(self, fd):
        found = self.disk.find(fd[1])
        if found and found[2]:
            self.disk.sync(found[2])

    on_fdatasync = on_fsync

    def on_mkdirat(self, base, path, *_):
        found = self.at(base, path)
        if found:
            self.disk.name((found[0], found[1], Folder()))

    def on_mkdir(self, path, *_):
        self.on_mkdirat("AT_FDCWD", path)

    def on_unlinkat(self, base, path, *_):
        found = self.at(base, path)
        if found and found[2]:
            self.disk.name((found[0], found[1], None))

    def on_unlink(self, path):
        self.on_unlinkat("AT_FDCWD", path)

    on_rmdir = on_unlink

    def on_renameat2(self, base, path, other_base, other, flags="0"):
        one, two = self.at(base, path), self.at(other_base, other)
        if not one or not two:
            return
        left = two[2] if "EXCHANGE" in flags else None
        self.disk.name((two[0], two[1], one[2]), (one[0], one[1], left))

    on_renameat = on_renameat2

    def on_rename(self, path, other):
        self.on_renameat2("AT_FDCWD", path, "AT_FDCWD", other)

    def on_linkat(self, base, path, other_base, other, *_):
        one, two = self.at(base, path), self.at(other_base, other)
        if one and two:
            self.disk.name((two[0], two[1], one[2]))

    def on_link(self, path, other):
        self.on_linkat("AT_FDCWD", path, "AT_FDCWD", other)

    def on_symlinkat(self, *_):
        sys.exit("replay.py: symbolic links are not understood yet")

    on_symlink = on_symlinkat


# ---- the states of a crash ----

def lost_data(pending):
    """{file: number of ops that are kept, or (number, bytes of the one behind them)}, for each way of loss."""
    yield {}
    if not pending:
        return
    yield {f: low for f, (low, _) in pending.items()}
    yield {f: (low + high) // 2 for f, (low, high) in pending.items()}
    yield {f: (high - 1, len(f.ops[high - 1][1] or b"") // 2) for f, (_, high) in pending.items()}
    if len(pending) > 1:
        for f, (low, _) in pending.items():
            yield {f: low}


def lost_names(pending):
    """Which of the names that are not yet on disk are kept."""
    yield pending
    for n in range(len(pending)):
        yield pending[:n]
    for n in range(len(pending) - 1):
        yield pending[:n] + pending[n + 1:]
    for n in range(1, len(pending)):
        yield [pending[n]]


class Crash:
    """The disk behind the first events: what is on it for sure, and what may be lost."""

    def __init__(self, disk, count):
        synced, done, self.names, self.sure = {}, {}, [], []
        pending = []
        for event, what in disk.events[:count]:
            if event == "data":
                done[what] = done.get(what, 0) + 1
            elif event == "name":
                pending.append((what, {folder for folder, _, _ in what}))
            elif isinstance(what, File):
                synced[what] = done.get(what, 0)
            else:
                for _, open_folders in pending:
                    open_folders.discard(what)
        self.disk, self.done = disk, done
        self.changes = pending
        self.pending_names = [i for i, (_, folders) in enumerate(pending) if folders]
        self.pending_data = {f: (synced.get(f, 0), n) for f, n in done.items() if synced.get(f, 0) < n}

    def states(self):
        for names in lost_names(self.pending_names):
            for data in lost_data(self.pending_data):
                yield State(self, set(self.pending_names) - set(names), data)


class State:
    def __init__(self, crash, lost, data):
        self.crash, self.cut = crash, data
        self.folders = {}
        for i, (changes, _) in enumerate(crash.changes):
            if i not in lost:
                for folder, name, inode in changes:
                    entries = self.entries(folder)
                    entries.pop(name, None)
                    if inode is not None:
                        entries[name] = inode

    def entries(self, folder):
        if folder not in self.folders:
            self.folders[folder] = dict(folder.start)
        return self.folders[folder]

    def bytes_of(self, file):
        kept = self.cut.get(file, self.crash.done.get(file, 0))
        if isinstance(kept, tuple):
            number, half = kept
            place, put = file.ops[number]
            return file.data(file.ops[:number] + ([(place, put[:half])] if put else []))
        return file.data(file.ops[:kept])

    def tree(self, inode):
        """{name: tree} of a folder, the hash of a file's bytes."""
        if isinstance(inode, Folder):
            return {n: self.tree(i) for n, i in sorted(self.entries(inode).items())}
        key = inode, str(self.cut.get(inode, self.crash.done.get(inode, 0)))
        if key not in HASHES:
            HASHES[key] = hashlib.sha256(self.bytes_of(inode)).hexdigest()
        return HASHES[key]

    def lay_out(self, inode, path):
        if isinstance(inode, Folder):
            os.mkdir(path, 0o700)
            for name, below in self.entries(inode).items():
                self.lay_out(below, os.path.join(path, name))
        else:
            with open(path, "wb") as file:
                file.write(self.bytes_of(inode))


HASHES = {}


def tree_of(path):
    if os.path.isdir(path):
        return {n: tree_of(os.path.join(path, n)) for n in sorted(os.listdir(path))}
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


# ---- cases ----

class Case:
    """A command that puts its results into the folder `place`, where old ones stand."""

    def __init__(self, work, name, command, inject=None, env=None):
        self.work, self.name, self.command, self.inject = work, name, command, inject
        self.env = dict(os.environ, **(env or {}), LC_ALL="C", BIN=BIN, FOI_CACHE="")
        self.place = os.path.join(work, "place")

    def run(self, traced=None):
        front = []
        if traced:
            front = ["strace", "-f", "-y", "-xx", "-s", "100000000", "-e", "trace=" + CALLS, "-o", traced]
            front += ["-e", "inject=" + self.inject] if self.inject else []
        return subprocess.run(front + self.command, cwd=self.work, env=self.env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)

    def is_good(self, tree):
        """Each result is the old or the new one."""
        return all(tree.get(n) in (self.old.get(n), self.new.get(n)) for n in set(self.old) | set(self.new))

    def is_aside(self, tree):
        if self.inject is None or "out" in tree:
            return False
        return any(n.endswith(".aside") and below == self.old["out"] for n, below in tree.items())


def fail(case, point, what):
    print(f"{case.name}: power lost behind change {point}: {what}", flush=True)


def check_points(case, disk, step):
    """Looks at the states of each point; gives how many there were, and one of each kind of disk."""
    bad, count, kinds, asides = 0, 0, {}, 0
    points = sorted(set(range(0, len(disk.events) + 1, step)) | {len(disk.events)})
    for point in points:
        wrong = None
        for state in Crash(disk, point).states():
            tree = state.tree(disk.root)
            count += 1
            kinds.setdefault(repr(tree), (point, state))
            if case.is_aside(tree):
                asides += 1
            elif not case.is_good(tree):
                wrong = "a result is neither the old nor the new"
            elif point == len(disk.events) and any(tree.get(n) != case.new[n] for n in case.new):
                wrong = "the run had ended, but its result is not kept"
        if wrong:
            bad += 1
            fail(case, point, wrong)
    return bad, count, len(points), kinds, asides


def check_next(case, disk, kinds, most):
    bad, chosen = 0, sorted(kinds)
    random.Random(case.name).shuffle(chosen)
    for key in chosen[:most]:
        point, state = kinds[key]
        shutil.rmtree(case.place)
        state.lay_out(disk.root, case.place)
        done = case.run()
        if done.returncode != 0:
            bad += 1
            fail(case, point, "the next run fails: " + done.stderr.decode(errors="replace").strip())
        elif tree_of(case.place) != case.new:
            bad += 1
            left = set(tree_of(case.place)) - set(case.new)
            fail(case, point, f"left by the next run: {' '.join(sorted(left))}" if left else "the next run gives another result")
    return bad, min(most, len(kinds))


def check(case, options):
    case.old = tree_of(case.place)
    disk = Disk(case.place)
    trace = os.path.join(case.work, "trace")
    done = case.run(traced=trace)
    if done.returncode != 0:
        print(f"{case.name}: fails undisturbed: {done.stderr.decode(errors='replace').strip()}")
        return 1
    with open(trace, encoding="ascii") as file:
        Reader(disk, case.work).read(file)
    case.new = tree_of(case.place)
    if State(Crash(disk, len(disk.events)), set(), {}).tree(disk.root) != case.new:
        print(f"{case.name}: the trace does not give what stands in the folder")
        return 1
    bad, count, points, kinds, asides = check_points(case, disk, options.points)
    bad_next, tried = check_next(case, disk, kinds, options.next)
    aside = f", {asides} with the old results aside" if asides else ""
    print(f"{case.name}: {points} points, {count} states, {len(kinds)} different{aside}; {tried} next runs: {bad + bad_next} faults", flush=True)
    return bad + bad_next


def study_case(work, name):
    """The study of the kills, with its old results in their place."""
    script = 'cd "$2" && . "$1" && make_study && cd "$2" && mkdir place && cp -r "$work"/study . && cp -r "$work"/old place/out'
    subprocess.run(["bash", "-c", script, "-", os.path.join(ROOT, "tests", "crash", "study.bash"), work], check=True, env=dict(os.environ, BIN=BIN))
    study = os.path.join(work, "study")
    command = [os.path.join(ROOT, "pipelines", "study.sh"), study, os.path.join(work, "place", "out")]
    inject = "renameat2:error=EINVAL" if name == "study-rename" else None
    return Case(work, name, command, inject)


def program_lines(work):
    """NAME|ARGUMENTS of the commands that the faults are tried on, with inputs for them in the folder."""
    script = 'cd "$2" && . "$1" && make_inputs && printf "%s\\n" "${commands[@]}"'
    inputs = os.path.join(ROOT, "tests", "faults", "inputs.bash")
    return subprocess.run(["bash", "-c", script, "-", inputs, work], check=True, text=True, stdout=subprocess.PIPE, env=dict(os.environ, BIN=BIN)).stdout.splitlines()


def program_case(work, line):
    """All that a command writes goes to a folder where old files of these names stand."""
    name, text = line.split("|")
    place = os.path.join(work, "place")
    os.mkdir(place)
    words = text.split()
    for i, word in enumerate(words):
        if i > 0 and words[i - 1] in ("-o", "--stats", "--flags", "--uncoded", "--unmatched-left", "--unplaced", "--conflicts") and not os.path.exists(os.path.join(work, word)):
            words[i] = os.path.join(place, word)
            with open(words[i], "w", encoding="ascii") as out:
                out.write("old\n")
    return Case(work, line.replace("|", " "), [os.path.join(BIN, name)] + words)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("cases", nargs="*", metavar="CASE")
    parser.add_argument("--next", type=int, default=40)
    parser.add_argument("--points", type=int, default=1)
    options = parser.parse_args()
    if not shutil.which("strace"):
        sys.exit("replay.py: no strace")
    bad = 0
    for name in ("study", "study-rename"):
        if not options.cases or name in options.cases:
            with tempfile.TemporaryDirectory() as work:
                bad += check(study_case(work, name), options)
    with tempfile.TemporaryDirectory() as inputs:
        lines = program_lines(inputs)
        for line in lines:
            if options.cases and line.split("|")[0] not in options.cases:
                continue
            if not os.access(os.path.join(BIN, line.split("|")[0]), os.X_OK):
                continue
            with tempfile.TemporaryDirectory() as above:
                work = os.path.join(above, "work")
                shutil.copytree(inputs, work)
                bad += check(program_case(work, line), options)
    print(f"{bad} faults")
    sys.exit(bad > 0)


main()
