"""What a peer takes before it has done anything: memory, and time to start."""

import http.client
import statistics
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from harness import load
from harness.peers import CREDENTIALS
from harness.result import Result


@dataclass(frozen=True)
class MemoryRow:
    """Resident memory after a second of logins and a second of protected requests."""

    name: str
    title: str
    peers: tuple
    connections: int = 64

    def measure(self, site, rounds, seconds):
        result = Result(self.name, self.title, ["peer", "processes", "PSS MiB", "RSS MiB", "of each process, RSS MiB"])
        for peer in (peer for peer in self.peers if peer in site.peers):
            load.run(site.url(peer, True, "/login"), {}, 1, self.connections, CREDENTIALS)
            site.settle(peer)
            load.run(site.url(peer, True), site.headers[peer], 1, self.connections)
            processes = site.children[peer].memory()
            resident = [rss for rss, _ in processes]
            shares = [pss for _, pss in processes]
            total = "–" if None in shares else mebibytes(sum(shares))
            each = [mebibytes(rss) for rss in resident]
            if len(each) > 3:
                each = [each[0], f"{len(each) - 1} × {mebibytes(statistics.median(resident[1:]))}"]
            result.lines.append([peer.title, str(len(processes)), total, mebibytes(sum(resident)), ", ".join(each)])
        result.remark = "PSS counts a page that several processes share once; RSS counts it for each."
        return result


@dataclass(frozen=True)
class StartRow:
    """From the start of the process until nginx hands out its first good answer."""

    name: str
    title: str
    peers: tuple
    patience: float = 10.0

    def measure(self, site, rounds, seconds):
        result = Result(self.name, self.title, ["peer", "median ms", "worst ms"])
        here = [peer for peer in self.peers if peer in site.peers]
        times = {peer: [] for peer in here}
        for _ in range(rounds):
            for peer in here:
                times[peer].append(self._time(site, peer))
        for peer in here:
            result.lines.append([peer.title, f"{statistics.median(times[peer]):.0f}", f"{max(times[peer]):.0f}"])
        result.figures = {"median_ms": statistics.median(times[here[0]])}
        return result

    def _time(self, site, peer):
        url = urlsplit(site.url(peer, False))
        site.stop(peer)
        begin = time.perf_counter()
        site.start(peer)
        while time.perf_counter() - begin < self.patience:
            connection = http.client.HTTPConnection(url.hostname, url.port, timeout=self.patience)
            connection.request("GET", url.path, headers=site.headers[peer])
            status = connection.getresponse().status
            connection.close()
            if status == 200:
                return (time.perf_counter() - begin) * 1000
            time.sleep(0.001)
        raise RuntimeError(f"{peer.title} did not answer within {self.patience} s")


def mebibytes(bytes):
    return f"{bytes / 1048576:.1f}"
