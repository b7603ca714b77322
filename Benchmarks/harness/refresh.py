"""Refreshes, each of which is on the disk before it is answered."""

import http.client
import json
import os
import statistics
import time
from dataclasses import dataclass

from harness import load
from harness.result import Result

# Below the 100 sessions that an account may have.
SESSIONS_AN_ACCOUNT = 90


@dataclass(frozen=True)
class RefreshRow:
    """Clients that do nothing but refresh their tokens. Ours first, then those it is compared with, in turns."""

    name: str
    title: str
    peers: tuple
    connections: int = 64

    def measure(self, site, rounds, seconds):
        # Tokens that are under way at the end of a run are lost to the next one.
        tokens = {peer: log_in(site, peer, self.connections * (rounds + 3)) for peer in self.peers}
        runs = {peer: [] for peer in self.peers}
        for peer in self.peers:
            tokens[peer] = self._run(site, peer, 1, tokens[peer]).left
        commits = [commit_milliseconds(site.folder)]
        for number in range(rounds):
            for peer in self.peers if number % 2 == 0 else reversed(self.peers):
                run = self._run(site, peer, seconds, tokens[peer])
                runs[peer].append(run)
                tokens[peer] = run.left
            commits.append(commit_milliseconds(site.folder))
        result = Result(self.name, self.title, ["peer", "refreshes/s", "p50 ms", "p99 ms", "CPU µs/refresh"])
        for peer in self.peers:
            def median(field, peer=peer):
                return statistics.median(getattr(run, field) for run in runs[peer])
            result.lines.append([peer.title, f"{median('rate'):,.0f}", f"{median('p50'):.2f}", f"{median('p99'):.2f}",
                                 f"{median('cpu_microseconds'):,.0f}"])
        remarks = [f"{self.connections} connections; writing 4 KiB and waiting for the disk took "
                   f"{statistics.median(commits):.2f} ms meanwhile (median; {min(commits):.2f} to {max(commits):.2f})."]
        ours, *others = self.peers
        for peer in others:
            ratios = [mine.rate / theirs.rate for mine, theirs in zip(runs[ours], runs[peer])]
            result.figures[f"ratio_to_{peer.name}"] = statistics.median(ratios)
            remarks.append(f"Ratio of refreshes/s to {peer.title}: **{statistics.median(ratios):.1f}** "
                           f"(rounds: {', '.join(f'{ratio:.1f}' for ratio in ratios)}).")
        result.remark = "\n".join(f"- {remark}" for remark in remarks)
        return result

    def _run(self, site, peer, seconds, tokens):
        file = site.folder / f"{peer.name}.tokens"
        file.write_text("".join(token + "\n" for token in tokens))
        before = site.cpu_seconds(peer)
        run = load.refresh(site.url(peer, True, "/api/refresh"), seconds, self.connections, file)
        run.cpu_microseconds = (site.cpu_seconds(peer) - before) * 1e6 / max(run.requests, 1)
        site.settle(peer)
        return run


def log_in(site, peer, count):
    """Refresh tokens of as many sessions, of accounts made for them."""
    tokens = []
    connection = http.client.HTTPConnection("127.0.0.1", site.ports[peer, True], timeout=30)
    while len(tokens) < count:
        credentials = {"username": "refresher-" + os.urandom(6).hex(), "password": "a long one for the bench"}
        post(connection, "/register", credentials)
        for _ in range(min(SESSIONS_AN_ACCOUNT, count - len(tokens))):
            tokens.append(post(connection, "/login", credentials)["refresh_token"])
    connection.close()
    return tokens


def post(connection, path, members):
    connection.request("POST", path, json.dumps(members), {"Content-Type": "application/json"})
    response = connection.getresponse()
    body = response.read()
    if response.status != 200:
        raise RuntimeError(f"{path} answers {response.status}: {body[:200]!r}")
    return json.loads(body)


def commit_milliseconds(folder):
    """How long the disk takes for what every commit waits for; the median of some."""
    times = []
    descriptor = os.open(folder / "commit", os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        for number in range(40):
            os.pwrite(descriptor, bytes(4096), 4096 * number)
            start = time.perf_counter()
            os.fdatasync(descriptor)
            times.append((time.perf_counter() - start) * 1000)
    finally:
        os.close(descriptor)
    return statistics.median(times)
