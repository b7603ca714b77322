"""Many reloads at once."""

import signal
import time

from scenarios.reload import calm, demand_unnoticed
from scenarios.scenario import Scenario
from scenarios.waiting import wait_until


class StormScenario(Scenario):
    number = 2
    title = "25 reload signals at once"
    others = "killed php-fpm's master once"
    promise = "coalesced, newest configuration wins"

    def run(self, place, verdict, is_short):
        file = place.folder / "gatelodge.yaml"
        file.write_text("jwt:\n  lifetime: 1h\n")
        server = place.start({"reload.trial": "200ms"})
        place.start_nginx()
        with place.load() as load:
            _, since = calm(is_short)
            for number in range(25):
                file.write_text(f"jwt:\n  lifetime: {number + 2}h\n")
                server.process.send_signal(signal.SIGHUP)
            begin = time.monotonic()
            is_settled = wait_until(lambda: place.log_in()["expires_in"] == 26 * 3600, 20)
            took = time.monotonic() - begin
            wait_until(lambda: place.status()["state"] == "serving", 20)
            status = place.status()
            until, _ = calm(is_short)
            book = place.reconcile(load.finish())
        verdict.figure(f"25 signals: {status['reloads']} reloads, the newest setting holds after {took:.1f} s; "
                       f"{book.summary()}; {book.stalls()}")
        verdict.demand(is_settled, "the newest setting does not hold")
        verdict.demand(1 <= status["reloads"] <= 5, f"{status['reloads']} reloads for 25 signals")
        verdict.demand(server.process.poll() is None, "the supervisor has ended")
        demand_unnoticed(verdict, book, since, until)
