"""Databases that are no good, at a start and under way."""

import os
import shutil
import sqlite3
import time

from scenarios.scenario import Scenario

# Nobody in particular: root may write what is read-only.
OTHER = 65534


class DatabaseScenario(Scenario):
    number = 20
    title = "database missing, read-only, corrupt"
    promise = "refuses to start with the reason; running checks go on, writes 503"

    def run(self, place, verdict, is_short):
        self._starts(place, verdict)
        for name, damage in (("deleted", delete), ("overwritten", overwrite), ("cut short", cut)):
            self._under_way(place, verdict, name, damage)

    def _starts(self, place, verdict):
        good = self._good(place)
        (place.folder / "header.db").write_bytes(b"something else. " * 4096)
        (place.folder / "short.db").write_bytes(good[:len(good) // 2])
        (place.folder / "middle.db").write_bytes(good[:4096] + b"\xff" * (len(good) - 4096))
        for name in ("header", "short", "middle"):
            (place.folder / f"{name}.db").chmod(0o600)
        cases = {"folder missing": "nowhere/gatelodge.db", "no database": "header.db", "half of it": "short.db",
                 "damaged": "middle.db"}
        wanted = {"folder missing": "nowhere", "no database": "header.db"}
        for name, path in cases.items():
            if "/" not in path:
                shutil.copy(place.folder / "gatelodge.db.key", place.folder / f"{path}.key")
            self._refuses(place, verdict, name, {"database.path": path}, wanted.get(name, "damaged"))
        self._read_only(place, verdict, good)

    def _good(self, place):
        """The bytes of a database in which something stands, and all of it in the one file."""
        server = place.start()
        for number in range(20):
            place.post("/register", {"username": f"person-{number}", "password": "a long one for the damage"})
        server.stop()
        with sqlite3.connect(place.database) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        return place.database.read_bytes()

    def _read_only(self, place, verdict, good):
        folder = place.folder / "state"
        folder.mkdir()
        (folder / "gatelodge.db").write_bytes(good)
        (folder / "gatelodge.db").chmod(0o400)
        shutil.copy(place.folder / "gatelodge.db.key", folder)
        settings = {"database.path": "state/gatelodge.db", "socket.path": "state/gatelodge.sock"}
        before = ()
        if os.geteuid() == 0:
            before = ("setpriv", f"--reuid={OTHER}", f"--regid={OTHER}", "--clear-groups")
            place.folder.chmod(0o755)
            for path in (folder, *folder.iterdir()):
                os.chown(path, OTHER, OTHER)
        self._refuses(place, verdict, "read-only", settings, "cannot be written", before)

    def _refuses(self, place, verdict, name, settings, wanted, before=()):
        begin = time.monotonic()
        log = f"start-{name}.log"
        server = place.launch(settings, before, log=log)
        try:
            status = server.process.wait(15)
        except Exception:
            server.stop()
            return verdict.demand(False, f"{name}: it starts, or goes on trying")
        took = time.monotonic() - begin
        words = (place.folder / log).read_text().strip().replace(f"{place.folder}/", "")
        verdict.figure(f"start, {name}: exit status {status} after {took * 1000:.0f} ms")
        verdict.demand(status != 0, f"{name}: exit status 0")
        verdict.demand(wanted in words, f"{name}: no word of {wanted}: {words[-200:]}")

    def _under_way(self, place, verdict, name, damage):
        place.settings["database.path"] = f"{name.replace(' ', '-')}.db"
        database = place.folder / place.settings["database.path"]
        server = place.start(log=f"{name}.log")
        place.log_in()
        damage(database)
        checks, writes = [], []
        for number in range(10):
            checks.append(place.get()[0])
            writes.append(place.post("/register", {"username": f"late-{number}",
                                                   "password": "a long one for the damage"})[0])
        server.stop()
        verdict.figure(f"{name} under way: checks {sorted(set(checks))}, writes {sorted(set(writes))}")
        verdict.demand(set(checks) == {200}, f"{name}: checks {checks}")
        verdict.demand(set(writes) == {503}, f"{name}: writes {writes}")


def files(database):
    return [path for path in (database, database.with_name(database.name + "-wal")) if path.exists()]


def delete(database):
    for path in [*files(database), database.with_name(database.name + "-shm")]:
        path.unlink(missing_ok=True)


def overwrite(database):
    for path in files(database):
        with path.open("r+b") as file:
            file.write(b"\xff" * path.stat().st_size)


def cut(database):
    for path in files(database):
        os.truncate(path, path.stat().st_size // 2)
