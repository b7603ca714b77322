"""New programs that are no good, and such that are."""

import sqlite3
import time

from scenarios.reload import calm, demand_unnoticed, replace_program
from scenarios.scenario import Scenario
from scenarios.waiting import wait_until

EXITS = "#!/bin/sh\nexit 1\n"
HANGS = "#!/bin/sh\nexec sleep 1000\n"


def dying(program, seconds):
    """The true one, killed so many seconds after its start."""
    return (f"#!/bin/sh\n(sleep {seconds}; kill -9 $$) </dev/null >/dev/null 2>&1 3>&- &\n"
            f"exec '{program}' \"$@\"\n")


class BadProgramScenario(Scenario):
    number = 4
    title = "new binary that crashes, hangs, or dies within 3 s of ready"
    promise = "rolled back, 0 lost"

    def run(self, place, verdict, is_short):
        server = place.start({"reload.trial": "3s", "reload.deadline": "2s"})
        place.start_nginx()
        cases = {"crashes": EXITS, "hangs": HANGS, "dies 1 s after ready": dying(place.original, 1.1),
                 "dies 2.5 s after ready": dying(place.original, 2.5)}
        for name, program in cases.items():
            with place.load() as load:
                _, since = calm(is_short)
                before = place.status()["worker"]["pid"]
                replace_program(place, program)
                answer = place.run("reload", seconds=60)
                verdict.demand(answer.returncode == 1, f"{name}: exit status {answer.returncode}")
                verdict.demand(place.status()["worker"]["pid"] == before, f"{name}: the worker is another one")
                time.sleep(0.5)
                until, _ = calm(is_short)
                book = place.reconcile(load.finish())
            reason = answer.stderr.strip().rpartition(": ")[2]
            verdict.figure(f"{name}: \u201c{reason}\u201d, {book.summary()}; {book.stalls()}")
            demand_unnoticed(verdict, book, since, until)
        replace_program(place)
        verdict.demand(place.run("reload", seconds=60).returncode == 0, "the true one again: the reload fails")
        server.stop()
        self._after_the_trial(place, verdict, is_short)

    def _after_the_trial(self, place, verdict, is_short):
        """One that has taken over everything and dies then takes what it is answering with it, and nothing more."""
        place.start({"reload.trial": "200ms"}, log="short-trial.log")
        with place.load() as load:
            calm(is_short)
            before = place.status()["worker"]["pid"]
            replace_program(place, dying(place.original, 1.5))
            answer = place.run("reload", seconds=60)
            verdict.demand(answer.returncode == 0, f"a short trial: {answer.stderr.strip()}")
            is_back = wait_until(lambda: place.status().get("worker", {}).get("pid") == before, 5)
            time.sleep(1)
            book = place.reconcile(load.finish(), ["short-trial.log"])
        missing = [id for id, why in book.unaccounted.items() if why.startswith("answered")]
        last = max((entry.ended for entry in book.lost), default=0) - min((entry.sent for entry in book.lost), default=0)
        verdict.figure(f"dies 1.3 s after the hand-over: the one before serves again; {len(book.lost)} in flight of "
                       f"{len(book.entries):,} failed, within {last * 1000:.0f} ms; {book.stalls()}")
        verdict.demand(is_back, "the worker of before does not serve again")
        verdict.demand(last < 0.3, f"requests failed for {last * 1000:.0f} ms")
        verdict.demand(not missing, f"acknowledged, but not there: {len(missing)}")


def move_schema_on(database):
    """A step that adds, as a newer program takes it at its start. The worker of now, and all that follow, are older."""
    connection = sqlite3.connect(database, timeout=10, isolation_level=None)
    for statement in ("BEGIN IMMEDIATE", "ALTER TABLE accounts ADD COLUMN newer TEXT",
                      "CREATE TABLE newer (id INTEGER PRIMARY KEY) STRICT", "UPDATE schema SET version = version + 1",
                      "COMMIT"):
        connection.execute(statement)
    connection.close()


class UpgradeScenario(Scenario):
    number = 5
    title = "binary upgrade, 20 times under load"
    others = "gunicorn unlinked its socket"
    promise = "0 lost, socket inode unchanged"

    def run(self, place, verdict, is_short):
        number = 2 if is_short else 20
        server = place.start({"reload.trial": "200ms"})
        place.start_nginx()
        inode = place.socket.stat().st_ino
        with place.load() as load:
            _, since = calm(is_short)
            for index in range(number):
                if index % 4 == 3:
                    # A broken one in between changes nothing.
                    replace_program(place, EXITS)
                    verdict.demand(place.run("reload").returncode == 1, "a broken program is taken")
                if index == number // 2:
                    move_schema_on(place.database)
                replace_program(place)
                answer = place.run("reload", seconds=60)
                verdict.demand(answer.returncode == 0, f"gatelodge reload: {answer.stderr.strip()}")
                # The supervisor follows when the worker of before has gone.
                is_upgraded = wait_until(lambda index=index: place.status()["upgrades"] == index + 1, 15, poll=0.2)
                verdict.demand(is_upgraded, "the supervisor stays the program of before")
            status = place.status()
            until, _ = calm(is_short)
            book = place.reconcile(load.finish())
        verdict.figure(f"{number} upgrades of the worker, {status['upgrades']} of the supervisor in place, a newer "
                       "program's step of the schema in the middle; "
                       f"{book.summary()}; {book.stalls()}")
        verdict.demand(place.socket.stat().st_ino == inode, "the socket is another file")
        verdict.demand(status["pid"] == server.process.pid and server.process.poll() is None,
                       "the supervisor is another process")
        demand_unnoticed(verdict, book, since, until)
