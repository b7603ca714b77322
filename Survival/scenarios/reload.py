"""Reloads under load."""

import os
import time

from scenarios.scenario import Scenario

STALL_MS = 50


class ReloadScenario(Scenario):
    number = 1
    title = "100 reloads under load (GET and POST, keep-alive on and off)"
    others = "php-fpm default loses 29 of 279 in 10 reloads; with a timeout set, stalls 1.44 s"
    promise = "0 lost, no stall over 50 ms"
    methods = ("GET", "POST")
    ways = ("kept", "closed", "socket")

    def run(self, place, verdict, is_short):
        place.start_nginx()
        # With the trial of the default each takes more than three seconds: most have a shorter one.
        for trial, number in (("200ms", 4), ("3s", 1)) if is_short else (("200ms", 90), ("3s", 10)):
            log = f"trial-{trial}.log"
            server = place.start({"reload.trial": trial}, log=log)
            inode = place.socket.stat().st_ino
            with place.load(self.ways, methods=self.methods) as load:
                _, since = calm(is_short)
                reload_often(place, verdict, number)
                time.sleep(0.5)
                until, _ = calm(is_short)
                book = place.reconcile(load.finish(), [log])
            verdict.figure(f"{number} reloads with a trial of {trial}: {book.summary()}; {book.stalls()}")
            demand_unnoticed(verdict, book, since, until)
            verdict.demand(place.socket.stat().st_ino == inode, "the socket is another file")
            server.stop()


class PostScenario(ReloadScenario):
    number = 11
    title = "POST-only keep-alive load during reload"
    others = "502"
    promise = "0"
    methods = ("POST",)
    ways = ("kept", "socket")

    def run(self, place, verdict, is_short):
        place.start_nginx()
        place.start({"reload.trial": "200ms"})
        with place.load(self.ways, methods=self.methods, rate=400) as load:
            _, since = calm(is_short)
            reload_often(place, verdict, 3 if is_short else 20)
            time.sleep(0.5)
            until, _ = calm(is_short)
            book = place.reconcile(load.finish())
        verdict.figure(f"{3 if is_short else 20} reloads: {book.summary()}; {book.stalls()}")
        demand_unnoticed(verdict, book, since, until)


def calm(is_short):
    """Lets the load run by itself for a while, and says when that began and when it was over."""
    begin = time.monotonic()
    time.sleep(2 if is_short else 6)
    return begin, time.monotonic()


def reload_often(place, verdict, number):
    """One after the other; each leads to another worker."""
    for _ in range(number):
        before = place.status()["worker"]["pid"]
        answer = place.run("reload", seconds=90)
        verdict.demand(answer.returncode == 0, f"gatelodge reload: {answer.stderr.strip()}")
        verdict.demand(place.status()["worker"]["pid"] != before, "the worker is the one of before")


def demand_unnoticed(verdict, book, since, until):
    """Nothing was lost, no idle connection was closed, and nobody had to wait.

    A registration waits for the disk and for a hasher, which machines that others use, too, give when they like: how long
    that was in the same load before anything happened, and after it, is what it is compared with.
    """
    verdict.demand_nothing_lost(book)
    verdict.demand(book.closed_idle == 0, f"{book.closed_idle} idle connections were closed")
    in_peace = max(book.part(end=since).longest_stall("POST"), book.part(begin=until).longest_stall("POST"))
    book = book.part(since - 0.1, until)
    if book.of("POST"):
        verdict.figure(f"POST waited up to {book.longest_stall('POST'):.0f} ms meanwhile, and up to {in_peace:.0f} ms in "
                       "the seconds before and after")
    for method, limit in ("GET", STALL_MS), ("POST", STALL_MS + in_peace):
        stall = book.longest_stall(method)
        verdict.demand(stall <= limit, f"a {method} waited {stall:.0f} ms")


def replace_program(place, text=None):
    """Puts another program into the place by rename: a script, or a copy of the true one that is another file each time.

    Copies are there beforehand: writing one would keep the disk from the database.
    """
    new = place.folder / "next-program"
    if text is None:
        os.link(place.next_copy(), new)
    else:
        new.write_text(text)
        new.chmod(0o755)
    os.rename(new, place.program)
