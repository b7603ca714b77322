"""A load that goes on while something happens."""

import json
import subprocess
import sys
from pathlib import Path

from ledger.book import Book
from ledger.entry import Entry

PROGRAM = Path(__file__).resolve().parent.parent / "load"


class RunningLoad:
    """A process of its own, so that what the scenario does cannot hold it up."""

    def __init__(self, target, methods=("GET", "POST"), rate=300, lanes=24, disk=None):
        command = [sys.executable, PROGRAM, "--entries", "--seconds", "0", "--methods", ",".join(methods),
                   "--rate", str(rate), "--lanes", str(lanes)]
        for option, value in (("--kept-port", target.kept_port), ("--closed-port", target.closed_port),
                              ("--socket", target.socket), ("--disk", disk)):
            if value is not None:
                command += [option, str(value)]
        environment = {}
        if target.authorization is not None:
            environment["GATELODGE_TOKEN"] = target.authorization.removeprefix("Bearer ")
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)

    def finish(self):
        """Stops it, waits for the answers that are missing, and gives the book."""
        output, _ = self._process.communicate()
        if self._process.returncode != 0:
            raise RuntimeError(f"the load program ended with {self._process.returncode}")
        return Book([Entry(*fields) for fields in json.loads(output)])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
