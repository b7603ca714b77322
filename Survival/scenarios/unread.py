"""A peer that asks and never reads."""

import fcntl
import struct
import termios
import time

from harness import fastcgi
from scenarios.scenario import Scenario

DEADLINE = 5.0


class UnreadScenario(Scenario):
    number = 17
    title = "peer never reads, never closes"
    others = "thread held"
    promise = "write deadline 5 s"

    def run(self, place, verdict, is_short):
        place.start()
        place.start_nginx()
        place.log_in()
        with place.load() as load:
            with fastcgi.connect(place.socket, 30) as connection:
                asked = self._fill(connection)
                begin = time.monotonic()
                took = self._wait_for_end(connection, begin)
            book = place.reconcile(load.finish())
        verdict.figure(f"after {asked} unread replies the next one waits, and the connection is closed after {took:.2f} s")
        verdict.figure(f"meanwhile {book.summary()}, {book.stalls()}")
        verdict.demand(DEADLINE - 0.5 < took < DEADLINE + 1, f"closed after {took:.2f} s")
        verdict.demand_nothing_lost(book)
        verdict.demand(book.longest_stall("GET") < 100, f"somebody waited {book.longest_stall('GET'):.0f} ms")

    def _fill(self, connection):
        """Asks until a reply does not fit the socket's buffer any more."""
        message = fastcgi.request("/.well-known/jwks.json")
        waiting = 0
        for number in range(10_000):
            connection.sendall(message)
            deadline = time.monotonic() + 0.3
            while (now := waiting_bytes(connection)) == waiting:
                if time.monotonic() > deadline:
                    return number
                time.sleep(0.0005)
            # A reply is one write, but nothing says that it comes at once.
            waiting = now
        raise RuntimeError("the buffer never fills")

    def _wait_for_end(self, connection, begin):
        """Seconds until a further byte is refused, which is when the other side has closed."""
        while time.monotonic() - begin < 20:
            try:
                # One byte more does nothing: the server is writing.
                connection.send(b"\1")
            except (BrokenPipeError, ConnectionResetError):
                break
            time.sleep(0.05)
        return time.monotonic() - begin + 0.3


def waiting_bytes(connection):
    return struct.unpack("i", fcntl.ioctl(connection, termios.FIONREAD, b"\0" * 4))[0]
