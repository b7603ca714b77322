"""The same load on several peers."""

import statistics
from dataclasses import dataclass

from harness import load
from harness.result import Result


@dataclass(frozen=True)
class ThroughputRow:
    """Ours first, then those it is compared with, in turns. A ratio is the median of the ratios of each round."""

    name: str
    title: str
    peers: tuple
    keeps_alive: bool
    connections: int = 32
    # How many times longer than others: slow requests need time, lest those that are under way at the end matter.
    length: int = 1
    # What is posted, and where, instead of asking for the peer's own path.
    path: str | None = None
    body: str | None = None

    def measure(self, site, rounds, seconds):
        here = [peer for peer in self.peers if peer in site.peers]
        runs = {peer: [] for peer in here}
        for peer in here if self.body is None else ():
            self._run(site, peer, 1)  # fills nginx's connections and everyone's caches
        for number in range(rounds):
            # Whoever comes later has the warmer machine: they change places.
            for peer in here if number % 2 == 0 else reversed(here):
                runs[peer].append(self._run(site, peer, seconds))
        result = Result(self.name, self.title,
                        ["peer", "requests/s", "refused/s", "p50 ms", "p99 ms", "CPU µs/request"])
        if self.body is None:
            result.header.remove("refused/s")
        for peer in here:
            def median(field, peer=peer):
                return statistics.median(getattr(run, field) for run in runs[peer])
            refused = [] if self.body is None else [f"{median('refused'):,.0f}"]
            result.lines.append([peer.title, f"{median('rate'):,.0f}", *refused, f"{median('p50'):.2f}",
                                 f"{median('p99'):.2f}", f"{median('cpu_microseconds'):,.1f}"])
        remarks = []
        for peer in here[1:]:
            ratios = [ours.rate / theirs.rate for ours, theirs in zip(runs[here[0]], runs[peer])]
            result.figures[f"ratio_to_{peer.name}"] = statistics.median(ratios)
            remarks.append(f"Ratio of requests/s to {peer.title}: **{statistics.median(ratios):.2f}** "
                           f"(rounds: {', '.join(f'{ratio:.2f}' for ratio in ratios)}).")
        result.remark = "\n".join(f"- {remark}" for remark in [f"{self.connections} connections.", *remarks])
        return result

    def _run(self, site, peer, seconds):
        before = site.cpu_seconds(peer)
        run = load.run(site.url(peer, self.keeps_alive, self.path), site.headers[peer], seconds * self.length,
                       self.connections, self.body)
        if run.requests == 0:
            raise RuntimeError(f"{peer.title} answered nothing in {seconds * self.length} s and refused "
                               f"{run.refused:.0f} a second: is the machine too busy?")
        run.cpu_microseconds = (site.cpu_seconds(peer) - before) * 1e6 / (run.rate * seconds * self.length)
        site.settle(peer)
        return run
