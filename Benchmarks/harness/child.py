"""A process that the benchmark starts and ends."""

import os
import re
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Memory:
    """What one process occupies, in bytes. PSS is known where the kernel lets us see it."""

    name: str
    resident: int
    share: int | None


class Child:
    """Runs in a folder of the benchmark's with an environment of its own."""

    def __init__(self, command, folder, log, environment=None):
        self.name = Path(command[0]).name
        self.log = folder / log
        self.process = subprocess.Popen(
            [str(part) for part in command], cwd=folder, stdin=subprocess.DEVNULL, stdout=self.log.open("w"),
            stderr=subprocess.STDOUT, env={"PATH": os.environ["PATH"] + ":/usr/sbin:/sbin", **(environment or {})})

    def wait_until(self, is_ready, seconds=20, poll=0.02):
        """Waits for what shows that it is ready."""
        deadline = time.monotonic() + seconds
        while not is_ready():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{self.name} did not start:\n{self.log.read_text()}")
            time.sleep(poll)

    def cpu_seconds(self):
        """Processor time of the process and of its children."""
        return sum(int(stat[11]) + int(stat[12]) for _, stat in self._stats().values()) / TICKS_A_SECOND

    def threads(self):
        """How many there are of the process and of its children."""
        return sum(int(stat[17]) for stat in self._stats().values())

    def memory(self):
        """That of each, the process itself first."""
        return [_memory(number, name) for number, (name, _) in self._stats().items()]

    def _stats(self):
        """The name, and what /proc says after it, by process id."""
        found = {}
        for stat in sorted(Path("/proc").glob("[0-9]*/stat"), key=lambda path: int(path.parent.name)):
            try:
                number, (head, _, tail) = int(stat.parent.name), stat.read_text().rpartition(")")
            except OSError:
                continue  # it has ended meanwhile
            name, rest = head.partition("(")[2], tail.split()
            if number == self.process.pid or int(rest[1]) == self.process.pid:
                found[number] = name, rest
        return found

    def stop(self):
        """Ends it, gently at first."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


def _memory(number, name):
    resident = int(Path(f"/proc/{number}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    try:
        rollup = Path(f"/proc/{number}/smaps_rollup").read_text()
    except PermissionError:
        return Memory(name, resident, None)  # an undumpable process of ours shows it to root alone
    return Memory(name, resident, int(re.search(r"^Pss:\s+(\d+) kB", rollup, re.MULTILINE)[1]) * 1024)
