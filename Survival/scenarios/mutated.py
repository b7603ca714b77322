"""Bytes that are no requests."""

import os
import random
import socket
import struct
import time

from harness import fastcgi
from scenarios.recording import record
from scenarios.scenario import Scenario

# Streams between two valid requests.
ASK_EVERY = 100
# Lengths and counts at which readers go wrong.
EDGES = [0, 1, 127, 128, 255, 256, 65_535, 65_536, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1]


class MutatedScenario(Scenario):
    number = 14
    title = "10⁶ mutated streams"
    others = "libfcgi aborts"
    promise = "no abort, next valid request served < 10 ms"

    def run(self, place, verdict, is_short):
        place.start_nginx()
        recorded = record(place, members={"username": "mutated", "password": "a long one for the stream"})
        place.start()
        place.log_in()
        before = place.status()
        saved = [path.read_bytes() for path in sorted((place.checkout / "Fuzzing/Corpus/gate").iterdir())]
        number = int(os.environ.get("STREAMS", 5_000 if is_short else 1_000_000))
        seed = int(os.environ.get("STREAM_SEED", time.time_ns() % 2 ** 32))
        mutations = Mutations([recorded, *saved], seed)
        answers, waits = 0, []
        for index in range(number):
            answers += send(place.socket, mutations.next())
            if index % ASK_EVERY == 0:
                waits.append(self._ask(place))
        after = place.status()
        waits.sort()
        late = waits[int(0.99 * len(waits))]
        verdict.figure(f"{number:,} streams (seed {seed}), {answers:,} of which got an answer; {len(waits):,} valid requests "
                       f"between them: median {waits[len(waits) // 2]:.1f} ms, p99 {late:.1f}, worst {waits[-1]:.0f}; "
                       f"the worker is the one of before")
        verdict.demand(after["worker"]["pid"] == before["worker"]["pid"], f"seed {seed}: the worker is another one")
        # Who runs the short form is seldom alone on the machine.
        verdict.demand(is_short or late < 10, f"a hundredth of the valid requests waited more than {late:.1f} ms")
        begin = time.monotonic()
        verdict.demand(place.log_in("after")["token"] and time.monotonic() - begin < 5, "nobody logs in afterwards")

    def _ask(self, place):
        """Milliseconds of a valid request."""
        begin = time.monotonic()
        status, _ = place.get()
        if status != 200:
            raise RuntimeError(f"a valid request gets {status}")
        return (time.monotonic() - begin) * 1000


def send(path, message):
    """Whether there was an answer to what is sent on a connection of its own."""
    with fastcgi.connect(path, 20) as connection:
        try:
            connection.sendall(message)
            connection.shutdown(socket.SHUT_WR)
            return bool(connection.recv(1))
        except (BrokenPipeError, ConnectionResetError):
            return False  # closed before we had sent or it had read everything


class Mutations:
    """Of what was saved."""

    def __init__(self, saved, seed):
        self._saved, self._random = saved, random.Random(seed)

    def next(self):
        message = bytearray(self._random.choice(self._saved))
        for _ in range(self._random.choice((1, 1, 2, 3, 8))):
            self._change(message)
        return bytes(message)

    def _change(self, message):
        place = self._random.randrange(len(message) + 1)
        rest = len(message) - place
        match self._random.randrange(7):
            case 0 if rest:
                message[place] ^= 1 << self._random.randrange(8)
            case 1 if rest:
                message[place] = self._random.randrange(256)
            case 2:
                del message[place:]
            case 3:
                del message[place:place + self._random.randrange(16)]
            case 4:
                message[place:place] = message[:self._random.randrange(64)]
            case 5 if rest >= 4:
                struct.pack_into(">I", message, place, self._random.choice(EDGES))
            case _:
                # The beginning of one and the end of another.
                other = self._random.choice(self._saved)
                message[place:] = other[self._random.randrange(len(other)):]
