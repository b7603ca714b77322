"""Another process holds the database."""

import sqlite3
import threading
import time

from scenarios.scenario import Scenario


class LockedScenario(Scenario):
    number = 19
    title = "database locked by another process 10 s"
    others = "\u201cdatabase is locked\u201d 500"
    promise = "reads go on; writes wait ≤ 2 s, then 503"

    def run(self, place, verdict, is_short):
        place.start()
        place.log_in()
        seconds = 4 if is_short else 10
        connection = sqlite3.connect(place.database, isolation_level=None)
        writes, checks = [], []
        with place.load(ways=("socket",), methods=("GET",)) as load:
            connection.execute("BEGIN IMMEDIATE")
            begin = time.monotonic()
            threads = [threading.Thread(target=self._write, args=(place, number, begin + seconds - 2.5, writes))
                       for number in range(4)]
            for thread in threads:
                thread.start()
            time.sleep(max(0, begin + seconds - time.monotonic()))
            connection.execute("ROLLBACK")
            connection.close()
            for thread in threads:
                thread.join()
            after, _ = place.post("/register", {"username": "after", "password": "a long one for the lock"})
            book = load.finish()
        statuses, longest = sorted({status for status, _ in writes}), max(took for _, took in writes)
        verdict.figure(f"{len(writes)} writes meanwhile: {statuses} after at most {longest:.2f} s; afterwards {after}; "
                       f"{book.summary()}, longest {book.longest_wait('GET'):.0f} ms")
        verdict.demand(statuses == [503], f"writes: {statuses}")
        verdict.demand(longest < 2.5, f"a write waited {longest:.2f} s")
        verdict.demand(after == 200, f"afterwards {after}")
        verdict.demand_nothing_lost(book)

    def _write(self, place, number, end, writes):
        index = 0
        while time.monotonic() < end:
            begin = time.monotonic()
            status, _ = place.post("/register", {"username": f"held-{number}-{index}",
                                                 "password": "a long one for the lock"})
            writes.append((status, time.monotonic() - begin))
            index += 1
