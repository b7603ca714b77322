"""Kept connections that stand idle."""

import statistics
import time

from harness.fastcgi import kept_connection
from scenarios.scenario import Scenario

THREADS = 4


class IdleScenario(Scenario):
    number = 10
    title = "idle kept connections = 16 × threads"
    others = "total stall"
    promise = "< 1 ms added to p99"
    settings = {"serving.threads": str(THREADS), "log.requests": "none"}

    def run(self, place, verdict, is_short):
        place.start()
        place.start_nginx()
        without, beside = [], []
        for _ in range(3 if is_short else 11):
            without.append(self._measure(place))
            connections = [kept_connection(place.socket) for _ in range(16 * THREADS)]
            beside.append(self._measure(place))
            for connection in connections:
                connection.close()
        added = statistics.median(with_them - alone for alone, with_them in zip(without, beside))
        verdict.figure(f"p99 {statistics.median(without):.2f} ms alone, {statistics.median(beside):.2f} ms beside "
                       f"{16 * THREADS} idle connections; median of the differences {added:+.2f} ms")
        verdict.demand(added < 1, f"{added:.2f} ms are added")

    def _measure(self, place):
        with place.load(ways=("closed",), methods=("GET",), rate=300, lanes=4) as load:
            time.sleep(2)
            return load.finish().quantile(0.99)
