"""What a peer takes before it has done anything: memory, and time to start."""

import http.client
import resource
import statistics
import subprocess
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
            shares = [process.share for process in processes]
            total = "–" if None in shares else mebibytes(sum(shares))
            result.lines.append([peer.title, str(len(processes)), total,
                                 mebibytes(sum(process.resident for process in processes)), each(processes)])
            if peer is self.peers[0]:
                # The process that was started supervises; the one of its name that it started does the work.
                worker, = (process for process in processes[1:] if process.name == processes[0].name)
                result.figures = {"worker_mib": worker.resident / 1048576}
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


@dataclass(frozen=True)
class CGIRow:
    """A process for one request with a token: from its start to the end of its answer."""

    name: str
    title: str
    peers: tuple

    def measure(self, site, rounds, seconds):
        result = Result(self.name, self.title, ["peer", "median ms", "worst ms", "processor ms"])
        peer, = self.peers
        authorization = site.headers[peer]["Authorization"]
        environment = peer.environment() | {
            "GATEWAY_INTERFACE": "CGI/1.1", "REQUEST_METHOD": "GET", "SCRIPT_NAME": peer.path,
            "HTTP_AUTHORIZATION": authorization}
        begin = time_of_children()
        times = [self._time(site, peer, environment) for _ in range(20 * rounds)]
        processor = (time_of_children() - begin) / len(times)
        result.lines.append([peer.title, f"{statistics.median(times):.1f}", f"{max(times):.1f}", f"{processor:.1f}"])
        result.figures = {"median_ms": statistics.median(times)}
        return result

    def _time(self, site, peer, environment):
        begin = time.perf_counter()
        answer = subprocess.run([peer.program(site.checkout)], cwd=site.folder, env=environment,
                                stdin=subprocess.DEVNULL, capture_output=True)
        took = (time.perf_counter() - begin) * 1000
        if not answer.stdout.startswith(b"Status: 200"):
            raise RuntimeError(f"{peer.title} answers {answer.stdout[:100]!r} {answer.stderr[:200]!r}")
        return took


def time_of_children():
    """Processor time of those that have ended, in milliseconds."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (used.ru_utime + used.ru_stime) * 1000


def each(processes):
    """What each occupies; of many the first, and the median of the others."""
    if len(processes) <= 4:
        return ", ".join(f"{process.name} {mebibytes(process.resident)}" for process in processes)
    median = statistics.median(process.resident for process in processes[1:])
    return f"{mebibytes(processes[0].resident)}, {len(processes) - 1} × {mebibytes(median)}"


def mebibytes(bytes):
    return f"{bytes / 1048576:.1f}"
