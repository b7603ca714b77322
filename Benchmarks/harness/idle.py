"""Idle connections, which must not keep anybody waiting."""

import http.client
import statistics
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from harness.fastcgi import kept_connection
from harness.result import Result


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
