"""Every system call fails once, and from one on."""

import errno
import time
from collections import Counter

from scenarios.crashes import has_gone
from scenarios.faults import KILL, Faults
from scenarios.scenario import Scenario
from scenarios.waiting import wait_until
from scenarios.works import Broken, LogIn, LogOut, Refresh, Register, Rotate, rows

# What a disk, a full table and a machine without memory say.
ERRORS = [("write", errno.ENOSPC), ("write", errno.EIO), ("sync", errno.EIO), ("open", errno.EMFILE),
          ("map", errno.ENOMEM), ("truncate", errno.EIO), ("read", errno.EIO), ("lock", errno.EIO),
          ("memory", errno.ENOMEM), ("write", KILL), ("sync", KILL), ("truncate", KILL), ("lock", KILL)]
# A worker that lived for less is started again after a pause.
LIFE_SECONDS = 0.55


class FailingScenario(Scenario):
    number = 29
    title = "the k-th system call fails, for k = 1, 2, …, once and from then on"
    promise = "2xx only with a durable row, never 401 or 404, serves again, integrity_check ok"
    settings = {"log.requests": "none"}

    def run(self, place, verdict, is_short):
        faults = Faults(place.folder)
        # The worker fails at what its file says, the command at what the other one says.
        ours = Faults(place.folder, "faults-of-the-command")
        place.start(environment=faults.variables)
        place.log_in()
        self.place, self.process, self.since = place, None, 0.0
        self.answers, self.tries, self.broken = {}, 0, []
        for work in (Register(place), LogIn(place), Refresh(place), LogOut(place)):
            self._try_all(work, faults, is_short)
        self._try_all(Rotate(place, ours), ours, is_short)
        for name, answers in self.answers.items():
            shown = ", ".join(f"{number:,} × {words}" for words, number in sorted(answers.items(), key=str))
            verdict.figure(f"{name}: {sum(answers.values()):,} faults: {shown}")
        verdict.demand(not self.broken, f"{len(self.broken)} promises are broken: {'; '.join(self.broken[:5])}")

    def _try_all(self, work, faults, is_short):
        answers = self.answers[work.name] = Counter()
        for kind, error in ERRORS:
            # Beside a worker that was killed there is half a second of waiting.
            if is_short and error == KILL and kind != "sync":
                continue
            for lasts in (False, True) if error != KILL else (False,):
                # For locks SQLite asks again for ten seconds.
                if is_short and lasts and kind == "lock":
                    continue
                for number in range(1, (2 if error == KILL else 3) if is_short else 1000):
                    if not self._try(work, faults, kind, error, number, lasts, answers):
                        break

    def _try(self, work, faults, kind, error, number, lasts, answers):
        """Whether there was such a call."""
        words = f"{work.name}, {kind} {number}{' and all later ones' if lasts else ''}: "
        words += "killed" if error == KILL else errno.errorcode[error]
        status = None
        is_command = work.name == "rotate"
        try:
            self._await_worker(is_lively=True)
            self.tries += 1
            work.prepare(self.tries)
            faults.arm(kind, error, number, lasts, 0 if is_command else self.process)
            status, reply = work.request()
            failed = faults.disarm()
            if not failed:
                return False
            answers[status or "no answer"] += 1
            if status in (401, 404):
                self.broken.append(f"{words}: answered {status}")
            # SQLite undoes a transaction with memory that it asks for: without it the worker ends, and another one serves.
            # A command ends, too, where Swift's pool of threads, which workers do without, cannot open what it opens.
            may_end = error == KILL or kind == "memory" or is_command and kind == "open"
            if status is None and not may_end:
                self.broken.append(f"{words}: no answer")
            self._await_worker()
            work.verify(status, reply)
            soundness = rows(self.place, "PRAGMA integrity_check")
            if soundness != [("ok",)]:
                self.broken.append(f"{words}: {soundness}")
        except Broken as promise:
            faults.disarm()
            self.broken.append(f"{words} ({status}): {promise}")
        return True

    def _await_worker(self, is_lively=False):
        """Knows which process serves, and where asked waits until it would be replaced at once."""
        if self.process is None or has_gone(self.process):
            if not wait_until(self.place.answers, 20, poll=0.01):
                raise Broken("nobody answers any more")
            self.process = self.place.status()["worker"]["pid"]
            self.since = time.monotonic()
        if is_lively:
            time.sleep(max(0, self.since + LIFE_SECONDS - time.monotonic()))
