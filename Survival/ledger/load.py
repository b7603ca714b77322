"""The load itself: some lanes, each with one request under way at most, at a rate that leaves the machine its time."""

import asyncio
import os
import time
from itertools import count

from ledger.entry import LATE, Entry
from ledger.fastcgi_lane import FastCGILane
from ledger.http_lane import HTTPLane
from ledger.question import BY_METHOD, Question

# Longer than nginx's own fastcgi_read_timeout: its 504 is then seen as such.
PATIENCE = 20.0

# A location of nginx's own, asked all the time: where that is slow, the machine is, and not Gatelodge.
CONTROL = "control"
CONTROL_SECONDS = 0.005


class Load:
    """Sends until it is told to stop, then waits for the answers that are missing."""

    def __init__(self, target, methods, rate, lanes):
        self.entries = []
        self._stop = asyncio.Event()
        self._numbers = count()
        self._run = f"l{os.urandom(4).hex()}-"
        self._authorization = target.authorization
        kinds = list(self._kinds(target, methods))
        self._tasks = []
        for number in range(lanes):
            name, make, method = kinds[number % len(kinds)]
            self._tasks.append((name, make(), method, lanes / rate, number / rate))
        if target.kept_port is not None:
            self._tasks.append((CONTROL, HTTPLane(target.kept_port, True), None, CONTROL_SECONDS, 0))

    def stop(self):
        self._stop.set()

    async def run(self):
        begin = time.monotonic() + 0.05
        await asyncio.gather(*(self._walk(name, lane, method, interval, begin + offset)
                               for name, lane, method, interval, offset in self._tasks))
        return self.entries

    def _kinds(self, target, methods):
        ways = []
        if target.kept_port is not None:
            ways.append(("nginx, kept", lambda: HTTPLane(target.kept_port, True)))
        if target.closed_port is not None:
            ways.append(("nginx, closed", lambda: HTTPLane(target.closed_port, False)))
        if target.socket is not None:
            ways.append(("socket, kept", lambda: FastCGILane(target.socket, True)))
            ways.append(("socket, closed", lambda: FastCGILane(target.socket, False)))
        for method in methods:
            for name, make in ways:
                yield name, make, method

    async def _walk(self, name, lane, method, interval, due):
        """One request after the other on one lane. Who is late does not hurry afterwards."""
        while not self._stop.is_set():
            await self._sleep_until(due)
            if self._stop.is_set():
                break
            await self._ask(name, lane, method, due)
            due = max(due + interval, time.monotonic())
        lane.close()

    async def _ask(self, name, lane, method, due):
        id = self._run + f"{next(self._numbers):06x}"
        question = BY_METHOD[method](id, self._authorization) if method else Question("GET", "/still", b"", {})
        entry = Entry(id, question.method, name, due, time.monotonic(), was_closed=lane.drop_closed())
        self.entries.append(entry)
        try:
            entry.outcome = await asyncio.wait_for(lane.ask(id, question), PATIENCE)
        except TimeoutError:
            entry.outcome = LATE
            lane.close()
        entry.ended = time.monotonic()

    async def _sleep_until(self, due):
        delay = due - time.monotonic()
        if delay > 0:
            try:
                await asyncio.wait_for(self._stop.wait(), delay)
            except TimeoutError:
                pass
