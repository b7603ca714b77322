"""What a large database costs a single client."""

import http.client
import sqlite3
import statistics
import time
from dataclasses import dataclass

from harness.refresh import log_in, post
from harness.result import Result


@dataclass(frozen=True)
class AccountsRow:
    """One client logs in and refreshes, in turns with a small database and with one that was filled beforehand."""

    name: str
    title: str
    small: object
    large: object
    accounts: tuple = (1_000, 1_000_000)

    @property
    def peers(self):
        return self.small, self.large

    def measure(self, site, rounds, seconds):
        tokens, connections = {}, {}
        for peer, count in zip(self.peers, self.accounts):
            fill(site.folder / f"{peer.name}.db", count)
            tokens[peer] = log_in(site, peer, 1)[0]
            connections[peer] = http.client.HTTPConnection("127.0.0.1", site.ports[peer, True], timeout=30)
        logins, refreshes = ({peer: [] for peer in self.peers} for _ in range(2))
        credentials = {"username": "bench", "password": "a long one for the bench"}
        for number in range(40 * rounds):
            for peer in self.peers if number % 2 == 0 else reversed(self.peers):
                for _ in range(5):
                    took, reply = timed(connections[peer], "/api/refresh", {"refresh_token": tokens[peer]})
                    tokens[peer] = reply["refresh_token"]
                    refreshes[peer].append(took)
                logins[peer].append(timed(connections[peer], "/login", credentials)[0])
        result = Result(self.name, self.title, ["peer", "accounts", "login p50 ms", "refresh p50 ms"])
        for peer, count in zip(self.peers, self.accounts):
            result.lines.append([peer.title, f"{count:,}", f"{statistics.median(logins[peer]):.2f}",
                                 f"{statistics.median(refreshes[peer]):.3f}"])
        for name, times in ("login", logins), ("refresh", refreshes):
            result.figures[name] = statistics.median(times[self.large]) / statistics.median(times[self.small])
        result.remark = (f"- One client. With the large database a login takes **{result.figures['login']:.2f}** times as "
                         f"long, a refresh **{result.figures['refresh']:.2f}** times.")
        return result


def timed(connection, path, members):
    start = time.perf_counter()
    reply = post(connection, path, members)
    return (time.perf_counter() - start) * 1000, reply


def fill(database, count):
    """Adds accounts with one session each."""
    with sqlite3.connect(database, timeout=60) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute(
            """
            WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?)
            INSERT INTO accounts (id, username, canonical, password_hash, created, updated)
            SELECT lower(hex(randomblob(16))), 'person ' || n, 'person ' || n, '*', 1, 1 FROM numbers
            """, (count,))
        connection.execute(
            """
            INSERT INTO sessions (id, account, kind, token_hash, generation, rotations, created, last_used,
                                  authenticated, address, user_agent)
            SELECT substr(id, 1, 22), id, 'refresh', randomblob(32), 0, '', strftime('%s'), strftime('%s'),
                   strftime('%s'), '127.0.0.1', 'none' FROM accounts WHERE username LIKE 'person %'
            """)
    connection.close()
