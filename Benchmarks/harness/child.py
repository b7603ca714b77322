"""A process that the benchmark starts and ends."""

import os
import subprocess
import time
from pathlib import Path

TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")


class Child:
    """Runs in a folder of the benchmark's with an environment of its own."""

    def __init__(self, command, folder, log, environment=None):
        self.name = Path(command[0]).name
        self.log = folder / log
        self.process = subprocess.Popen(
            [str(part) for part in command], cwd=folder, stdin=subprocess.DEVNULL, stdout=self.log.open("w"),
            stderr=subprocess.STDOUT, env={"PATH": os.environ["PATH"] + ":/usr/sbin:/sbin", **(environment or {})})

    def wait_until(self, is_ready, seconds=20):
        """Waits for what shows that it is ready."""
        deadline = time.monotonic() + seconds
        while not is_ready():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{self.name} did not start:\n{self.log.read_text()}")
            time.sleep(0.02)

    def cpu_seconds(self):
        """Processor time of the process and of its children."""
        total = 0.0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                number, rest = stat.parent.name, stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue  # it has ended meanwhile
            if int(number) == self.process.pid or int(rest[1]) == self.process.pid:
                total += (int(rest[11]) + int(rest[12])) / TICKS_A_SECOND
        return total

    def stop(self):
        """Ends it, gently at first."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
