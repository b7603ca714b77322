"""A disk without room."""

import os
import subprocess
import time

from scenarios.scenario import Scenario, Unavailable
from scenarios.waiting import wait_until


class FullDiskScenario(Scenario):
    number = 18
    title = "disk full"
    promise = "checks unaffected, writes 503, recovers by itself"
    settings = {"database.path": "disk/gatelodge.db"}

    def run(self, place, verdict, is_short):
        disk = place.folder / "disk"
        disk.mkdir()
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m,mode=0700", "gatelodge-survive", disk],
                                 capture_output=True, text=True)
        if mounted.returncode != 0:
            raise Unavailable("a small file system cannot be mounted, which needs root")
        server = None
        try:
            server = place.start()
            self._fill(place, verdict, disk, is_short)
        finally:
            if server is not None:
                server.stop()
            subprocess.run(["umount", "--lazy", disk], check=True)

    def _fill(self, place, verdict, disk, is_short):
        place.log_in()
        with place.load(ways=("socket",), methods=("GET",)) as load:
            filler = disk / "filler"
            writes, seconds = [], 2 if is_short else 10
            end = time.monotonic() + seconds
            while time.monotonic() < end:
                fill(filler)
                writes.append(self._write(place, len(writes)))
            # What there was room for in the log was written; sooner or later there is none.
            refused = writes[writes.index(503):] if 503 in writes else []
            filler.unlink()
            begin = time.monotonic()
            is_back = wait_until(lambda: self._write(place, time.monotonic_ns()) == 200, 10)
            took = time.monotonic() - begin
            book = load.finish()
        verdict.figure(f"{len(writes)} writes while the disk was full: {sorted(set(writes))}; with room again the first "
                       f"succeeded after {took:.2f} s; {book.summary()}, longest {book.longest_wait('GET'):.0f} ms")
        verdict.demand(bool(refused) and set(refused) == {503}, f"writes: {sorted(set(writes))}")
        verdict.demand(is_back, "writes do not succeed again")
        verdict.demand_nothing_lost(book)

    def _write(self, place, number):
        return place.post("/register", {"username": f"on-a-full-disk-{number}", "password": "a long one for the disk"})[0]


def fill(path):
    """To the last byte."""
    with path.open("ab", buffering=0) as file:
        for size in (65_536, 4096, 1):
            try:
                while True:
                    file.write(os.urandom(size) if size > 1 else b"\0")
            except OSError:
                continue
