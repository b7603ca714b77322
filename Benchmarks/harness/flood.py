"""Protected requests while others log in."""

import statistics
from dataclasses import dataclass

from harness import load
from harness.peers import CREDENTIALS
from harness.result import Result


@dataclass
class Round:
    """Asking alone, and then both at once."""

    calm: load.Load
    flooded: load.Load
    logins: load.Load


@dataclass(frozen=True)
class FloodRow:
    """Few clients ask for the protected route: alone, and while many clients do nothing but log in."""

    name: str
    title: str
    peers: tuple
    clients: int = 16
    flooders: int = 64
    # Whether those who are refused wait as long as they are told, or come again at once.
    is_patient: bool = False

    def measure(self, site, rounds, seconds):
        here = [peer for peer in self.peers if peer in site.peers]
        runs = {peer: [] for peer in here}
        alone = {}
        for peer in here:
            self._asking(site, peer, 1).finish()
            alone[peer] = self._answered(peer, self._logging_in(site, peer, 2 * seconds).finish())
            site.settle(peer)
        for number in range(rounds):
            for peer in here if number % 2 == 0 else reversed(here):
                runs[peer].append(self._round(site, peer, seconds))
        result = Result(
            self.name, self.title,
            ["peer", "requests/s", "p50 ms", "p99 ms", "in the flood: requests/s", "p50 ms", "p99 ms",
             "logins/s", "in the flood: logins/s", "refused/s"])
        manner = "waits as long as Retry-After says" if self.is_patient else "comes again at once"
        remarks = [f"{self.clients} clients ask, {self.flooders} log in; who is refused {manner}."]
        for peer in here:
            shares = {
                "requests": [run.flooded.rate / run.calm.rate for run in runs[peer]],
                "p99": [run.flooded.p99 / run.calm.p99 for run in runs[peer]],
                "logins": [run.logins.rate / alone[peer].rate for run in runs[peer]],
            }
            medians = {name: statistics.median(values) for name, values in shares.items()}
            if peer is here[0]:
                result.figures = medians
            result.lines.append(self._line(peer, alone[peer], runs[peer]))
            remarks.append(
                f"{peer.title}: **{medians['requests']:.3f}** of its requests/s, **{medians['p99']:.1f}** times its "
                f"p99, **{medians['logins']:.2f}** of its logins/s (rounds: "
                + "; ".join(", ".join(f"{value:.3g}" for value in values) for values in shares.values()) + ").")
        result.remark = "\n".join(f"- {remark}" for remark in remarks)
        return result

    def _round(self, site, peer, seconds):
        calm = self._answered(peer, self._asking(site, peer, seconds).finish())
        both = self._logging_in(site, peer, 2 * seconds), self._asking(site, peer, 2 * seconds)
        logins, flooded = (running.finish() for running in both)
        site.settle(peer)
        return Round(calm, flooded, logins)

    def _answered(self, peer, run):
        if run.requests == 0:
            raise RuntimeError(f"{peer.title} answered nothing and refused {run.refused:.0f} a second: "
                               "is the machine too busy?")
        return run

    def _asking(self, site, peer, seconds):
        return load.Running(site.url(peer, True), site.headers[peer], seconds, self.clients)

    def _logging_in(self, site, peer, seconds):
        return load.Running(site.url(peer, True, "/login"), {}, seconds, self.flooders, CREDENTIALS,
                            self.is_patient)

    def _line(self, peer, alone, rounds):
        def median(load, field):
            return statistics.median(getattr(getattr(run, load), field) for run in rounds)
        cells = [peer.title]
        for name in ("calm", "flooded"):
            cells += [f"{median(name, 'rate'):,.0f}", f"{median(name, 'p50'):.2f}", f"{median(name, 'p99'):.2f}"]
        return cells + [f"{alone.rate:.0f}", f"{median('logins', 'rate'):.0f}", f"{median('logins', 'refused'):.0f}"]
