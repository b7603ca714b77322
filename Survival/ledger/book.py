"""The sums of a ledger."""

from collections import Counter

from ledger.disk import DISK
from ledger.load import CONTROL
from ledger.stalls import pauses_of_machine, silences, net_longest


class Book:
    """Every entry of a load, with what the server is known to have executed."""

    def __init__(self, entries):
        self.entries = [entry for entry in entries if entry.lane not in (CONTROL, DISK)]
        self.control = [entry for entry in entries if entry.lane == CONTROL]
        self.disk = [entry for entry in entries if entry.lane == DISK]
        # How often each id was executed, by method; None where the server did not say.
        self.executed = {"GET": None, "POST": None}

    def of(self, method):
        return [entry for entry in self.entries if entry.method == method]

    @property
    def outcomes(self):
        return Counter(entry.outcome for entry in self.entries)

    @property
    def lost(self):
        """Ids without their proper answer: 200, or a refusal of Gatelodge's own for want of time (503)."""
        return [entry for entry in self.entries if entry.outcome not in ("200", "503")]

    @property
    def unaccounted(self):
        """Ids whose answer is not what was done, each with the reason."""
        found = {}
        for entry in self.entries:
            executed = self.executed[entry.method]
            if executed is None:
                continue
            times = executed[entry.id]
            if entry.outcome == "200" and times == 0:
                found[entry.id] = "answered with 200, but never executed"
            elif entry.outcome != "200" and times > 0:
                found[entry.id] = f"executed, but: {entry.outcome}"
            elif times > 1:
                found[entry.id] = f"executed {times} times"
        return found

    @property
    def closed_idle(self):
        """How many idle connections the other side has closed."""
        return sum(entry.was_closed for entry in self.entries)

    def count_executed(self, method):
        executed = self.executed[method]
        return None if executed is None else sum(executed[entry.id] for entry in self.of(method))

    @property
    def seconds(self):
        """From the first request to the last answer."""
        return max(entry.ended for entry in self.entries) - min(entry.sent for entry in self.entries)

    def part(self, begin=float("-inf"), end=float("inf")):
        """The book of what was sent within this time."""
        return Book([entry for entry in [*self.entries, *self.control, *self.disk] if begin <= entry.sent < end])

    def longest_wait(self, method=None):
        """Milliseconds between a request and its answer, at worst."""
        return max((end - begin for begin, end in self._waits(method)), default=0.0) * 1000

    def longest_stall(self, method=None):
        """The longest wait in milliseconds without the time in which nginx alone did not answer either, or the disk by
        itself was slow; that counts for POST alone, as GET needs no disk."""
        control = self.control if method == "GET" else self.control + self.disk
        return net_longest(self._waits(method), pauses_of_machine(control)) * 1000

    @property
    def longest_silence(self):
        """Milliseconds in which somebody waited and nobody got an answer, at worst."""
        return max((end - begin for begin, end in silences(self.entries)), default=0.0) * 1000

    @property
    def machine_pause(self):
        """How long nginx alone took at worst, in milliseconds."""
        return max((end - begin for begin, end in pauses_of_machine(self.control)), default=0.0) * 1000

    @property
    def disk_pause(self):
        """How long the disk by itself took at worst, in milliseconds."""
        return max((entry.wait for entry in self.disk), default=0.0) * 1000

    def _waits(self, method):
        return [(entry.sent, entry.ended) for entry in self.entries if method in (None, entry.method)]

    def quantile(self, share, method=None):
        """The wait in milliseconds that this share of all requests did not exceed."""
        waits = sorted(entry.wait for entry in self.entries if method in (None, entry.method))
        return waits[min(len(waits) - 1, int(share * len(waits)))] * 1000 if waits else 0.0

    def summary(self):
        """Sent, executed and answered by method, with an equals sign where they are the same, and what else there was."""
        others = {outcome: number for outcome, number in self.outcomes.items() if outcome != "200"}
        sign = " / " if others or self.unaccounted else " = "
        parts = []
        for method in ("GET", "POST"):
            if entries := self.of(method):
                executed = self.count_executed(method)
                parts.append(sign.join([
                    f"{method} {len(entries):,} sent", *([] if executed is None else [f"{executed:,} executed"]),
                    f"{sum(entry.outcome == '200' for entry in entries):,} answered"]))
        return "; ".join(parts + [f"{number:,} × {outcome}" for outcome, number in sorted(others.items())])

    def stalls(self):
        waits = ", ".join(f"{method} {self.longest_wait(method):.0f}" for method in ("GET", "POST") if self.of(method))
        net = ", ".join(f"{method} {self.longest_stall(method):.0f}" for method in ("GET", "POST") if self.of(method))
        return (f"longest wait {waits} ms; without the pauses of the machine (up to "
                f"{self.machine_pause:.0f} ms) and of its disk (up to {self.disk_pause:.0f} ms) {net} ms; "
                f"longest silence {self.longest_silence:.0f} ms")
