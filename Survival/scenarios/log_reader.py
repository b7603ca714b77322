"""Somebody who is to read the log and does not."""

import os
import threading
import time

from scenarios.scenario import Scenario


class LogReaderScenario(Scenario):
    number = 27
    title = "log reader stuck"
    others = "blocks"
    promise = "drops and counts, never blocks"
    settings = {"log.level": "debug"}

    def run(self, place, verdict, is_short):
        pipe = place.folder / "stuck.log"
        os.mkfifo(pipe)
        reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
        server = place.start(log="stuck.log")
        slow = []
        # A megabyte of lines may wait before any is dropped.
        number = 20_000
        begin = time.monotonic()
        with place.load(ways=("socket",), methods=("GET",), rate=300) as load:
            for index in range(number):
                asked = time.monotonic()
                status, _ = place.get(token="no token at all", seconds=5)
                slow.append((time.monotonic() - asked) * 1000)
                verdict.demand(status == 401, f"{status}")
            book = load.finish()
        took = time.monotonic() - begin
        # Now it is read: what was dropped is counted there.
        read = []
        drain = threading.Thread(target=lambda: read.append(self._drain(reader, server)))
        drain.start()
        time.sleep(1)
        server.stop()
        drain.join()
        os.close(reader)
        dropped = [line for line in read[0].splitlines() if "dropped" in line]
        verdict.figure(f"{number:,} requests with a line each in {took:.1f} s while nobody read: longest {max(slow):.0f} "
                       f"ms; beside them {book.summary()}; afterwards the log says: {''.join(dropped[-1:])[:160]}")
        verdict.demand_nothing_lost(book)
        verdict.demand(max(slow) < 100, f"somebody waited {max(slow):.0f} ms")
        verdict.demand(bool(dropped), "the log does not say what was dropped")

    def _drain(self, reader, server):
        output = b""
        while True:
            try:
                piece = os.read(reader, 65_536)
            except BlockingIOError:
                time.sleep(0.01)
                continue
            if not piece and server.process.poll() is not None:
                return output.decode(errors="replace")
            output += piece
