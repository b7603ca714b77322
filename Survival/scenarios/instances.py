"""What an instance before has left, and one that is there already."""

import os
import signal
import statistics
import time

from scenarios.scenario import Scenario
from scenarios.waiting import wait_until


class InstanceScenario(Scenario):
    number = 25
    title = "stale socket file; two instances at once"
    others = "libfcgi steals the socket"
    promise = "starts ≤ 100 ms; the second refuses and names the first"

    def run(self, place, verdict, is_short):
        place.start().stop()
        clean = self._time(place)
        stale, at_once = [], []
        for number in range(2 if is_short else 10):
            times = stale if number % 2 else at_once
            server = place.start(log=f"killed-{number}.log")
            os.kill(server.process.pid, signal.SIGKILL)
            server.process.wait()
            verdict.demand(place.socket.exists(), "there is no stale file, so nothing was tried")
            if times is stale:
                verdict.demand(wait_until(lambda: not place.listens(), 10), "its worker goes on for 10 s")
            times.append(self._time(place))
        verdict.figure(f"from the start to the first answer: {clean:.0f} ms with no file")
        for words, times in ("with a stale one", stale), ("right after a kill -9", at_once):
            median = statistics.median(times)
            verdict.figure(f"{words} {median:.0f} ms in the median, {max(times):.0f} at worst")
            verdict.demand(median <= 100, f"{median:.0f} ms {words}")
        self._second(place, verdict)

    def _time(self, place):
        """Milliseconds until the first request is answered."""
        begin = time.monotonic()
        server = place.launch(log=f"start-{begin}.log")
        while True:
            try:
                place.get(token="none", seconds=5)
                break
            except (OSError, EOFError):
                if server.process.poll() is not None or time.monotonic() - begin > 10:
                    raise RuntimeError(f"no start: {server.log.read_text()}") from None
                time.sleep(0.001)
        took = (time.monotonic() - begin) * 1000
        server.stop()
        return took

    def _second(self, place, verdict):
        first = place.start(log="first.log")
        inode = place.socket.stat().st_ino
        place.log_in()
        second = place.launch(log="second.log")
        status = second.process.wait(20)
        words = second.log.read_text()
        names = str(first.process.pid) in words
        verdict.figure(f"a second instance ends with exit status {status} and {'names' if names else 'does not name'} the "
                       "process of the first")
        verdict.demand(status != 0, "the second has exit status 0")
        verdict.demand(names, f"the second does not name the first: {words.strip()}")
        verdict.demand(place.socket.stat().st_ino == inode and place.get()[0] == 200, "the first is harmed")
