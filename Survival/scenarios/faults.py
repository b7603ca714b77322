"""System calls that fail, one after the other."""

import mmap
import os
import shutil
import struct
import subprocess
from pathlib import Path

from scenarios.scenario import Unavailable

# As in faults.c.
KINDS = {"write": 1, "sync": 2, "open": 3, "map": 4, "truncate": 5, "read": 6, "lock": 7, "memory": 8}
KILL, TRAP = -1, -2


class Faults:
    """What `faults.c` lets fail in the programs that are started with its variables."""

    def __init__(self, folder, name="faults"):
        compiler = shutil.which("cc") or shutil.which("clang")
        if compiler is None:
            raise Unavailable("needs a C compiler")
        library = folder / "faults.so"
        if not library.exists():
            subprocess.run([compiler, "-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-o", library,
                            Path(__file__).with_name("faults.c")], check=True)
        path = folder / name
        path.write_bytes(bytes(mmap.PAGESIZE))
        with path.open("r+b") as file:
            self._plan = mmap.mmap(file.fileno(), mmap.PAGESIZE)
        self.variables = {"LD_PRELOAD": str(library), "FAULTS": str(path)}

    def arm(self, kind, error, number, lasts=False, process=0):
        """Lets the so-manieth call of a kind fail, and where it lasts all later ones, in one process or in all."""
        struct.pack_into("=6i", self._plan, 0, process, 0, error, int(lasts), number, 0)
        # With it the others hold.
        struct.pack_into("=i", self._plan, 4, KINDS[kind])

    def disarm(self):
        """How many calls have failed."""
        struct.pack_into("=i", self._plan, 4, 0)
        return struct.unpack_from("=i", self._plan, 20)[0]
