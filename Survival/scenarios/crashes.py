"""Workers that die."""

import os
import signal
import time
from pathlib import Path

from harness import fastcgi
from scenarios.faults import TRAP, Faults
from scenarios.reload import replace_program
from scenarios.scenario import Scenario
from scenarios.waiting import wait_until


# In which nginx, or a lane, may not have heard that its connections are closed.
NOTICE_SECONDS = 0.05


class KillScenario(Scenario):
    number = 7
    title = "worker SIGKILL every second"
    others = "its request lost"
    promise = "only its in-flight ones fail, new worker < 100 ms, acknowledged writes kept"

    def run(self, place, verdict, is_short):
        place.start()
        place.start_nginx()
        kills = []
        with place.load() as load:
            time.sleep(0.7)
            for _ in range(3 if is_short else 30):
                process = place.status()["worker"]["pid"]
                begin = time.monotonic()
                os.kill(process, signal.SIGKILL)
                # Its connections are open until it has gone.
                wait_until(lambda process=process: has_gone(process), 5, poll=0.0005)
                kills.append((begin, time.monotonic()))
                time.sleep(max(0, begin + 1 - time.monotonic()))
            book = place.reconcile(load.finish())
        gap = judge_deaths(verdict, book, kills, "kill")
        verdict.demand(gap < 100, f"a new worker takes {gap:.0f} ms")


class TrapScenario(Scenario):
    number = 30
    title = "a trap in the worker in the middle of a request, every second"
    promise = "the supervisor replaces it, only its in-flight ones fail, acknowledged writes kept"

    def run(self, place, verdict, is_short):
        faults = Faults(place.folder)
        server = place.start(environment=faults.variables)
        place.start_nginx()
        traps = []
        with place.load() as load:
            time.sleep(0.7)
            for _ in range(3 if is_short else 20):
                wait_until(place.answers, 20)
                process = place.status()["worker"]["pid"]
                begin = time.monotonic()
                # Where a registration is written to the disk.
                faults.arm("write", TRAP, 1, process=process)
                verdict.demand(wait_until(lambda process=process: has_gone(process), 5, poll=0.0005), "it goes on")
                traps.append((begin, time.monotonic()))
                faults.disarm()
                time.sleep(max(0, begin + 1 - time.monotonic()))
            book = place.reconcile(load.finish())
        judge_deaths(verdict, book, traps, "trap")
        verdict.demand(server.process.poll() is None, "the supervisor has ended")
        signals = (place.folder / "gatelodge.log").read_text().count("ended: signal 4")
        verdict.demand(signals == len(traps), f"{signals} workers ended with a trap")


def judge_deaths(verdict, book, deaths, word):
    """Only what was in flight when a worker died may have failed. Gives the median time until the next answer."""
    gaps = []
    for begin, gone in deaths:
        answered = [entry.ended for entry in book.entries if entry.sent > gone and entry.outcome == "200"]
        gaps.append((min(answered, default=float("inf")) - begin) * 1000)
    in_flight = [entry for entry in book.lost if any(entry.sent <= gone + NOTICE_SECONDS and begin <= entry.ended
                                                     for begin, gone in deaths)]
    others = [f"{entry.lane} {entry.method}: {entry.outcome}" for entry in book.lost if entry not in in_flight]
    # The log of a killed process may miss its last lines, the database may not.
    registrations = {entry.id for entry in book.of("POST")}
    unanswered = {id: why for id, why in book.unaccounted.items()
                  if why.startswith("answered") and id in registrations}
    gaps.sort()
    median = gaps[len(gaps) // 2]
    verdict.figure(f"{len(deaths)} {word}s: {len(in_flight)} in flight failed of {len(book.entries):,}, "
                   f"{len(others)} others; from the {word} to the next answer: median {median:.0f} ms, "
                   f"worst {gaps[-1]:.0f} ms; {len(unanswered)} acknowledged writes missing")
    verdict.demand(not others, f"{len(others)} failed that were not in flight: {sorted(set(others))}")
    verdict.demand(not unanswered, f"acknowledged, but not there: {len(unanswered)}")
    return median


def has_gone(process):
    """Whether nothing of it is left but perhaps its exit status."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


class CrashLoopScenario(Scenario):
    number = 8
    title = "crash loop for 60 s"
    others = "no back-off, or gives up"
    promise = "back-off 0.1 → 10 s, listener open, heals ≤ 10 s"

    def run(self, place, verdict, is_short):
        server = place.start()
        place.log_in()
        starts = place.folder / "starts"
        replace_program(place, f"#!/bin/sh\ndate +%s.%N >>'{starts}'\nexit 1\n")
        os.kill(place.status()["worker"]["pid"], signal.SIGKILL)
        begin = time.monotonic()
        refused = 0
        seconds = 6 if is_short else 60
        while time.monotonic() - begin < seconds:
            refused += not place.listens()
            time.sleep(0.2)
        waiting = fastcgi.connect(place.socket, 15)
        waiting.sendall(fastcgi.request("/api/posts", fields={"HTTP_AUTHORIZATION": f"Bearer {place.token}"}))
        times = [float(line) for line in starts.read_text().split()]
        gaps = [later - earlier for earlier, later in zip(times, times[1:])]
        replace_program(place)
        healed = time.monotonic()
        status = fastcgi.status(fastcgi.read_reply(waiting.makefile("rb")))
        took = time.monotonic() - healed
        waiting.close()
        verdict.figure(f"{len(times)} starts in {seconds} s, {', '.join(f'{gap:.1f}' for gap in gaps)} s apart; the "
                       f"listener refused {refused} times; who waited was answered {status} {took:.1f} s after the "
                       "program was good again")
        verdict.demand(refused == 0, f"the listener refused {refused} times")
        verdict.demand(status == 200 and took <= 10.5, f"healed after {took:.1f} s with {status}")
        verdict.demand(all(later >= earlier * 0.8 for earlier, later in zip(gaps, gaps[1:])), "the gaps do not grow")
        verdict.demand(max(gaps) < 11, f"a gap of {max(gaps):.1f} s")
        verdict.demand(server.process.poll() is None, "the supervisor has ended")
        verdict.demand(wait_until(lambda: place.status()["state"] == "serving", 10), "it does not say that it serves")
