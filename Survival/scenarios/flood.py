"""People log in as fast as they can."""

import json
import threading
import time

from harness import fastcgi
from scenarios.scenario import Scenario


class FloodScenario(Scenario):
    number = 24
    title = "login flood"
    others = "checks starve"
    promise = "checks keep p99; excess logins 503 in < 10 ms"
    settings = {"password.cost": "10", "password.wait": "1s", "hashing.nice": "10"}

    def run(self, place, verdict, is_short):
        # The token is got before logins are short of time.
        server = place.start({"password.wait": "20s"})
        place.log_in("flooder")
        place.log_in()
        server.stop()
        place.start()
        place.start_nginx()
        with place.load(ways=("kept",), methods=("GET",), rate=300) as load:
            time.sleep(3 if is_short else 10)
            begin = time.monotonic()
            flood = Flood(place.socket)
            time.sleep(3 if is_short else 10)
            end = time.monotonic()
            flood.stop()
            book = load.finish()
        calm, flooded = book.part(end=begin), book.part(begin + 0.2, end)
        before, during = calm.quantile(0.99), flooded.quantile(0.99)
        refusals = sorted(flood.refusals)
        verdict.figure(f"p99 of checks {before:.1f} ms in peace, {during:.1f} ms in the flood; "
                       f"{flood.logins / (end - begin):.0f} logins/s, {len(refusals) / (end - begin):.0f} refused/s")
        verdict.demand_nothing_lost(book)
        verdict.demand(during < max(3 * before, 5), f"p99 of checks {during:.1f} ms instead of {before:.1f}")
        verdict.demand(flood.logins > 0, "nobody was let in: the machine has no time to hash, and nothing was measured")
        verdict.demand(not flood.others, f"other answers: {flood.others}")
        verdict.demand(len(refusals) > 20, "hardly anybody was refused, so nothing was measured")
        if refusals:
            median, late = refusals[len(refusals) // 2], refusals[int(0.9 * len(refusals))]
            verdict.figure(f"a refusal took {median:.1f} ms in the median, {late:.1f} at p90, {refusals[-1]:.0f} at worst")
            verdict.demand(late < 10, f"a tenth of the refusals took more than {late:.1f} ms")


class Flood:
    """A hundred and twenty-eight who log in again and again, and who wait a moment when they are refused.

    All to one account, whose oldest sessions end by that.
    """

    def __init__(self, path, number=128):
        self.refusals, self.others, self.logins = [], [], 0
        self._path, self._ends = path, threading.Event()
        body = json.dumps({"username": "flooder", "password": "a long one for the place"}).encode()
        self._message = fastcgi.request("/login", "POST", body, keeps=False)
        self._threads = [threading.Thread(target=self._go_on) for _ in range(number)]
        for thread in self._threads:
            thread.start()

    def stop(self):
        self._ends.set()
        for thread in self._threads:
            thread.join()

    def _go_on(self):
        while not self._ends.is_set():
            begin = time.monotonic()
            status, _ = fastcgi.ask(self._path, self._message, 30)
            took = (time.monotonic() - begin) * 1000
            if status == 200:
                self.logins += 1
            elif status == 503:
                # One that was let in and then overtaken by its deadline is no excess.
                if took < 800:
                    self.refusals.append(took)
                self._ends.wait(0.2)
            else:
                self.others.append(status)
