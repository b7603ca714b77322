"""Processes that are killed at any moment."""

import os
import random
import signal
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from scenarios.crashes import has_gone
from scenarios.failing import LIFE_SECONDS
from scenarios.people import Person
from scenarios.scenario import Scenario
from scenarios.waiting import wait_until
from scenarios.works import rows

PEOPLE = 6
# The worker alone is killed at each such point, everything at the others.
WORKER_EVERY = 8


class SuddenScenario(Scenario):
    number = 21
    title = "kill −9 at ≥ 1,000 points of register/login/refresh/log out"
    promise = "acknowledged = present; never both tokens valid; integrity_check ok"
    settings = {"log.requests": "none"}

    def run(self, place, verdict, is_short):
        kills = int(os.environ.get("KILLS", 40 if is_short else 1000))
        seed = time.time_ns() % 2 ** 32
        chance = random.Random(seed)
        self.broken = []
        people = [Person(place, f"somebody-{number}", seed + number) for number in range(PEOPLE)]
        server, unsound = place.start(), []
        self._each(people, Person.settle)
        for number in range(kills):
            is_worker = number % WORKER_EVERY == 0
            processes = descendants(server.process.pid)
            worker = place.status()["worker"]["pid"] if is_worker else None
            if is_worker:
                time.sleep(LIFE_SECONDS)
            with ThreadPoolExecutor(PEOPLE) as pool:
                ends = threading.Event()
                for person in people:
                    pool.submit(self._guard, person, lambda person: person.go_on(ends))
                time.sleep(chance.uniform(0, 0.03))
                for process in [worker] if is_worker else [*processes, server.process.pid]:
                    os.kill(process, signal.SIGKILL)
                ends.set()
            if is_worker:
                wait_until(lambda worker=worker: has_gone(worker), 5, poll=0.001)
                wait_until(place.answers, 20, poll=0.005)
            else:
                server.process.wait()
                wait_until(lambda processes=processes: all(map(has_gone, processes)), 5, poll=0.001)
                server = place.start()
            self._each(people, Person.settle)
            soundness = rows(place, "PRAGMA integrity_check")
            if soundness != [("ok",)]:
                unsound.append(f"after kill {number + 1}: {soundness}")
            if self.broken:
                break
        self._look_back(place, server, people)
        outcomes = sum((person.outcomes for person in people), Counter())
        acknowledged = outcomes.pop("acknowledged", 0)
        shown = ", ".join(f"{number:,} × {words}" for words, number in sorted(outcomes.items()))
        verdict.figure(f"{number + 1:,} kills (seed {seed}), {number // WORKER_EVERY + 1} of them of the worker alone, at up "
                       f"to 30 ms: {acknowledged:,} acknowledged, {'not all as promised' if self.broken else 'none missing'}; "
                       f"without an answer {shown}; "
                       f"integrity_check ok each time")
        verdict.demand(not self.broken, f"seed {seed}: {'; '.join(self.broken[:5])}")
        verdict.demand(not unsound, f"seed {seed}: {unsound[:3]}")
        verdict.demand(sum(outcomes.values()) > kills, "hardly anything was under way, so nothing was measured")

    def _look_back(self, place, server, people):
        """Without a grace period each session has one good token."""
        server.stop()
        place.start({"session.refresh_grace": "0s"})
        time.sleep(1.1)  # times are whole seconds

        def check(person):
            for number, session in enumerate(list(person.live)):
                person.check_live(session, shows_used=number % 2 == 0)
            for session in person.ended:
                person.check_ended(session)

        self._each(people, check)

    def _each(self, people, do):
        with ThreadPoolExecutor(PEOPLE) as pool:
            for person in people:
                pool.submit(self._guard, person, do)

    def _guard(self, person, do):
        try:
            do(person)
        except Exception as error:
            self.broken.append(f"{type(error).__name__}: {error}")


def descendants(process):
    """All that it has started."""
    children = [int(child) for file in Path(f"/proc/{process}/task").glob("*/children")
                for child in file.read_text().split()]
    return [each for child in children for each in [*descendants(child), child]]
