"""What is measured. A row has a name, the peers it needs, and `measure`, which answers with a Result."""

import http.client
import statistics
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from harness import load, peers
from harness.fastcgi import kept_connection


@dataclass
class Result:
    """Figures that thresholds speak about, and lines of a table that people read."""

    name: str
    title: str
    header: list
    lines: list = field(default_factory=list)
    figures: dict = field(default_factory=dict)
    remark: str = ""


@dataclass(frozen=True)
class ThroughputRow:
    """Two peers under the same load, in turns. The ratio is the median of the ratios of each round."""

    name: str
    title: str
    subject: object
    reference: object
    keeps_alive: bool
    connections: int = 32

    @property
    def peers(self):
        return (self.subject, self.reference)

    def measure(self, site, rounds, seconds):
        runs = {peer: [] for peer in self.peers}
        for peer in self.peers:
            self._run(site, peer, 1)  # fills nginx's connections and everyone's caches
        for number in range(rounds):
            # Whoever comes second has the warmer machine: they change places.
            for peer in self.peers if number % 2 == 0 else reversed(self.peers):
                runs[peer].append(self._run(site, peer, seconds))
        ratios = [ours.rate / theirs.rate for ours, theirs in zip(runs[self.subject], runs[self.reference])]
        result = Result(self.name, self.title, ["peer", "requests/s", "p50 ms", "p99 ms", "CPU µs/request"])
        for peer in self.peers:
            def median(field, peer=peer):
                return statistics.median(getattr(run, field) for run in runs[peer])
            result.lines.append([peer.title, f"{median('rate'):,.0f}", f"{median('p50'):.2f}", f"{median('p99'):.2f}",
                                 f"{median('cpu_microseconds'):.1f}"])
        result.figures = {"ratio": statistics.median(ratios)}
        result.remark = (f"Ratio of requests/s: **{statistics.median(ratios):.2f}** "
                         f"(rounds: {', '.join(f'{ratio:.2f}' for ratio in ratios)}; "
                         f"{self.connections} connections)")
        return result

    def _run(self, site, peer, seconds):
        before = site.cpu_seconds(peer)
        run = load.run(site.url(peer, self.keeps_alive), site.headers[peer], seconds, self.connections)
        run.cpu_microseconds = (site.cpu_seconds(peer) - before) * 1e6 / run.requests
        return run


@dataclass(frozen=True)
class IdleRow:
    """Kept connections stand idle, and fresh requests on connections of their own are timed."""

    name: str
    title: str
    peers: tuple
    idle: int = 64
    patience: float = 2.0

    def measure(self, site, rounds, seconds):
        result = Result(self.name, self.title, ["peer", "median ms", "worst ms", "unanswered", "of"])
        time.sleep(1.5)  # until nginx has let go of the connections of the row before
        for peer in self.peers:
            connections = [kept_connection(site.socket_path(peer)) for _ in range(self.idle)]
            try:
                times = []
                # After five that nobody answered it is clear.
                while len(times) < 10 * rounds and times.count(None) < 5:
                    times.append(self._time(site, peer))
            finally:
                for connection in connections:
                    connection.close()
            answered = [took for took in times if took is not None]
            result.lines.append([
                peer.title, f"{statistics.median(answered):.2f}" if answered else "–",
                f"{max(answered):.2f}" if answered else "–", str(len(times) - len(answered)), str(len(times))])
            if peer is self.peers[0]:
                result.figures = {"worst_ms": max(answered, default=float("inf")),
                                  "unanswered": len(times) - len(answered)}
            if not answered:
                result.remark = f"A request counts as unanswered after {self.patience:.0f} s."
        return result

    def _time(self, site, peer):
        """Milliseconds, or nothing when patience ends."""
        url = urlsplit(site.url(peer, False))
        connection = http.client.HTTPConnection(url.hostname, url.port, timeout=self.patience)
        start = time.perf_counter()
        try:
            connection.request("GET", url.path, headers=site.headers[peer])
            response = connection.getresponse()
            response.read()
        except TimeoutError:
            return None
        finally:
            connection.close()
        if response.status != 200:
            raise RuntimeError(f"{peer.title} answers {response.status}")
        return (time.perf_counter() - start) * 1000


ALL = [
    ThroughputRow("protected-hs256-kept", "Protected route with an HS256 token, kept connections",
                  peers.HS256, peers.LIBFCGI, keeps_alive=True),
    ThroughputRow("protected-es256-kept", "Protected route with an ES256 token, kept connections",
                  peers.ES256, peers.LIBFCGI, keeps_alive=True),
    ThroughputRow("protected-hs256-closed", "Protected route with an HS256 token, a connection for each request",
                  peers.HS256, peers.LIBFCGI, keeps_alive=False),
    IdleRow("idle", "Fresh requests while 64 kept connections stand idle", (peers.FOUR_THREADS, peers.LIBFCGI)),
]
