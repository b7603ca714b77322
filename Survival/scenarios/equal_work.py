"""Logins that fail for different reasons, timed side by side."""

import json
import math
import random
import re
import sqlite3
import statistics
import time

from harness import fastcgi
from scenarios.scenario import Scenario

PASSWORD = "a long one for the place"
# Each account is guessed at so seldom that nobody has to wait.
ACCOUNTS = 100
# Beyond it two means differ (dudect).
LIMIT = 4.5


class EqualWorkScenario(Scenario):
    number = 31
    title = "logins that fail for whatever reason: unknown name, disabled account, wrong, empty or too long a password, cheaper hash"
    promise = "the same status, header and body, in the same time: Welch's t < 4.5, medians within 5 % of a hash"
    settings = {"password.cost": "6", "throttle.enabled": "true", "log.requests": "none"}

    def run(self, place, verdict, is_short):
        number = 200 if is_short else 2000
        cheap = place.start({"password.cost": "4"})
        register(place, "cheap")
        unknown_cheaply = Timing(place.socket).times([("nobody", "wrong password")] * 100)
        cheap.stop()
        place.start()
        for name in ("known", "gone", "empty", "long"):
            register(place, name)
        with sqlite3.connect(place.database) as database:
            changed = database.execute("UPDATE accounts SET state = 'disabled' WHERE username LIKE 'gone%'").rowcount
            verdict.demand(changed == ACCOUNTS, f"{changed} accounts were disabled")

        kinds = {"wrong password": ("known", "wrong password"), "unknown name": ("nobody", "wrong password"),
                 "disabled, right password": ("gone", PASSWORD), "empty password": ("empty", ""),
                 "empty password, unknown name": ("nothing", ""), "too long": ("long", "x" * 2000),
                 "too long, unknown name": ("nolong", "x" * 2000), "cheaper hash": ("cheap", "wrong password")}
        timing = Timing(place.socket)
        timing.times(list(kinds.values()) * 20)
        times, replies = {kind: [] for kind in kinds}, {kind: set() for kind in kinds}
        order, dice = list(kinds), random.Random(1)
        for _ in range(number):
            # In another order each time, so that what happens now and then happens to each alike.
            dice.shuffle(order)
            for kind in order:
                took, reply = timing.time(*kinds[kind])
                times[kind].append(took)
                replies[kind].add(reply)

        first = "wrong password"
        verdict.demand(len(replies[first]) == 1, f"{len(replies[first])} different replies to a wrong password")
        verdict.demand(all(b"401" in reply for reply in replies[first]), "a wrong password is not answered with 401")
        status, _ = place.post("/login", {"username": "known0", "password": PASSWORD})
        verdict.demand(status == 200, f"the right password is answered with {status}")
        # A hash of cost 6 is 64 rounds, one of cost 4 is 16.
        hash_ms = (statistics.median(times["unknown name"]) - statistics.median(unknown_cheaply)) * 64 / 48
        limit = statistics.quantiles([took for all in times.values() for took in all], n=10)[-1]
        verdict.figure(f"{number} of each, in turn; a hash takes {hash_ms:.2f} ms, a wrong password "
                       f"{statistics.median(times[first]):.2f} ms in the median")
        for kind in [kind for kind in kinds if kind != first]:
            verdict.demand(replies[kind] == replies[first], f"{kind} is answered differently")
            gap = statistics.median(times[kind]) - statistics.median(times[first])
            # With and without the slowest tenth of all, which the machine makes.
            whole = welch(times[kind], times[first])
            most = welch([took for took in times[kind] if took < limit], [took for took in times[first] if took < limit])
            verdict.figure(f"{kind}: {gap * 1000:+.0f} µs, t {whole:+.1f} and {most:+.1f}")
            # A few hundred on a busy machine say nothing about medians.
            verdict.demand(is_short or abs(gap) < 0.05 * hash_ms, f"{kind}: the median is {gap * 1000:+.0f} µs off")
            verdict.demand(max(abs(whole), abs(most)) < LIMIT, f"{kind}: t is {whole:+.1f} and {most:+.1f}")


class Timing:
    """One client on one connection, who comes from another address with each request."""

    def __init__(self, path):
        self._connection = fastcgi.connect(path, 30)
        self._incoming = self._connection.makefile("rb")
        self._count = 0

    def time(self, name, password):
        """How long a login takes in ms, and its reply but for what is new in each."""
        self._count += 1
        number = self._count
        body = json.dumps({"username": f"{name}{number // 7 % ACCOUNTS}", "password": password}).encode()
        address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        message = fastcgi.request("/login", "POST", body, {"REMOTE_ADDR": address})
        begin = time.perf_counter()
        self._connection.sendall(message)
        reply = fastcgi.read_reply(self._incoming)
        took = (time.perf_counter() - begin) * 1000
        return took, re.sub(rb'"request_id":"[^"]*"', b"", reply)

    def times(self, logins):
        return [self.time(*login)[0] for login in logins]


def register(place, name):
    for number in range(ACCOUNTS):
        status, reply = place.post("/register", {"username": f"{name}{number}", "password": PASSWORD},
                                   {"REMOTE_ADDR": f"10.200.0.{number}"})
        if status != 200:
            raise RuntimeError(f"/register answers {status}: {reply}")


def welch(some, others):
    """How far two means lie apart, in units of what chance makes of it."""
    error = math.sqrt(statistics.variance(some) / len(some) + statistics.variance(others) / len(others))
    return (statistics.fmean(some) - statistics.fmean(others)) / error
