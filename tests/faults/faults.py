#!/usr/bin/env python3
"""faults.py -- every program with each of its calls failing once: right bytes, or a message.

    faults.py [STRIDE [PROGRAM...]]     STRIDE 1 (the default) is every call, 50 each fiftieth;
                                        VARIABLE=VALUE stands for the commands that have it;
                                        KINDS='read open' are those alone; FURTHER=1: the second list of
                                        commands too, FURTHER=only: it alone

For the n-th allocation, read, short read, write, short write, open, rename, close, fsync, fchmod, getrandom,
pipe, fork and so on, n from 1 to the last, a program must end with status 0 and the bytes of the undisturbed
run, or with status 1 (a file of the user's that cannot be read: 2) and a message, all old results in their
places; never by a signal, never with another result, never with a file left behind. Of a list of what went
wrong a run that fails may keep the first whole lines. Prints a line a command, and each run that broke the
rule; status 1 if any did.
"""
import collections
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
BIN, FAULT = os.environ["BIN"], os.path.join(os.environ["BUILD"], "faults", "fault.so")
KINDS = os.environ.get("KINDS", "alloc read shortread write shortwrite open rename close fsync fchmod getrandom pipe fork memfd truncate").split()
OTHERS = ["stats", "flags", "uncoded", "ul", "ur", "unplaced", "conflicts", "rejects", "residue", "suggest", "merged", "disagreements", "recheck.R"]
LISTS = {"flags", "ul", "ur", "conflicts", "rejects", "merged"}
OLD = b"old\n"
LEFT = re.compile(r"\..*\.\w{6}$")

if not os.path.exists(FAULT):
    sys.exit(f"faults.py: no {FAULT}, without which nothing fails (make faults)")


def contents(name):
    try:
        with open(name, "rb") as file:
            return file.read()
    except FileNotFoundError:
        return None


def put(name, data):
    with open(name, "wb") as file:
        file.write(data)


def remove(name):
    if os.path.isdir(name):
        shutil.rmtree(name)
    elif os.path.lexists(name):
        os.unlink(name)


class Command:
    """[VARIABLE=VALUE...] PROGRAM|ARGUMENTS, which writes `out` and perhaps some of the OTHERS.

    FINDS=1: with status 1 `out` may also be what it found wrong; FONTS=1: fonts are looked for, and one that
    cannot be read gives place to another."""

    def __init__(self, line):
        names, arguments = line.split("|", 1)
        *settings, self.name = names.split()
        self.names = {self.name, *settings}
        self.line, self.words = line, [os.path.join(BIN, self.name)] + shlex.split(arguments)
        self.env = dict(os.environ, LC_ALL="C", PATH=BIN + ":" + os.environ["PATH"])
        self.env["FOI_CACHE"] = ""  # a cache would make one run unlike the next
        self.env.update(s.split("=", 1) for s in settings)
        self.runs, self.broken = 0, 0

    def run(self, **settings):
        """The status, negative for a signal, and what was said."""
        for name in os.listdir("."):
            if name.startswith(".") or name == "cache":
                remove(name)
        with open("message", "wb") as message:
            try:
                done = subprocess.run(self.words, env=dict(self.env, **settings), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=message, timeout=60)
            except subprocess.TimeoutExpired:
                return 124, b"does not end"
        return done.returncode, contents("message")

    def undisturbed(self):
        for name in ["out"] + OTHERS:
            remove(name)
        status, message = self.run()
        self.right = {n: contents(n) for n in ["out"] + OTHERS if os.path.exists(n)}
        if status == 0 and "out" in self.right:
            return True
        self.bad("none", 0, f"undisturbed, status {status} and no result: {message.decode(errors='replace')}")
        return False

    def bad(self, kind, n, what):
        self.broken += 1
        print(f"broken: {self.line}: {kind} number {n}: {what}", flush=True)

    def disturb(self, kind, n):
        self.runs += 1
        for name in self.right:
            put(name, OLD)
        status, message = self.run(LD_PRELOAD=FAULT, FAULT_KIND=kind, FAULT_AT=str(n))
        if not 0 <= status <= 2 or (kind == "alloc" and status == 2):
            self.bad(kind, n, f"status {status}: {message.decode(errors='replace').strip()}")
        elif status and not message:
            self.bad(kind, n, f"status {status} without a message")
        free = (status == 1 and "FINDS" in self.env) or (status == 0 and kind in ("read", "open") and "FONTS" in self.env)
        for name, right in self.right.items():
            if not free and not is_as_promised(name, right, status):
                self.bad(kind, n, f"status {status}, but '{name}' is neither what it was nor what it should be")
        left = [name for name in os.listdir(".") if LEFT.match(name)]
        if left:
            self.bad(kind, n, f"left behind: {' '.join(left)}")

    def calls(self, kind):
        put("count", b"0")
        self.run(LD_PRELOAD=FAULT, FAULT_KIND=kind, FAULT_COUNT=os.path.abspath("count"))
        return int(contents("count"))


def is_as_promised(name, right, status):
    found = contents(name)
    if status == 0:
        return found == right
    is_begun = name in LISTS and found and found.endswith(b"\n") and right.startswith(found)
    return found == OLD or is_begun


def lines():
    """The commands, with their inputs in the current folder."""
    lists = {"": '"${commands[@]}"', "1": '"${commands[@]}" "${further[@]}"', "only": '"${further[@]}"'}
    script = '. "$1" && make_inputs && printf "%s\\n" ' + lists[os.environ.get("FURTHER", "")]
    return subprocess.run(["bash", "-c", script, "-", os.path.join(HERE, "inputs.bash")], check=True, text=True, stdout=subprocess.PIPE).stdout.splitlines()


def main():
    stride = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    wanted = set(sys.argv[2:])
    total = collections.Counter()
    with tempfile.TemporaryDirectory() as work:
        os.chdir(work)
        for line in lines():
            command = Command(line)
            if (wanted and not command.names & wanted) or not os.access(command.words[0], os.X_OK):
                continue
            if command.undisturbed():
                counts = [(kind, command.calls(kind)) for kind in KINDS]
                for kind, calls in counts:
                    for n in range(1, calls + 1, stride):
                        command.disturb(kind, n)
                print(f"{line}: {', '.join(f'{calls} {kind}' for kind, calls in counts)}; {command.runs} runs", flush=True)
            total.update(runs=command.runs, broken=command.broken)
        os.chdir("/")
    print(f"{total['runs']} runs\n{total['broken']} broken")
    sys.exit(total["broken"] > 0 or total["runs"] == 0)


main()
