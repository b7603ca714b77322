"""wrk, and what it says."""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

POST = Path(__file__).with_name("post.lua")
REFRESH = Path(__file__).with_name("refresh.lua")
UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}


@dataclass
class Load:
    """One run of wrk. Times in milliseconds, of all replies; rates in replies a second."""

    requests: int
    rate: float
    refused: float
    p50: float
    p99: float
    cpu_microseconds: float = 0.0
    # What a script of ours has left over, a line each.
    left: tuple = ()


def run(url, headers, seconds, connections, body=None):
    """Loads a URL for whole seconds."""
    return Running(url, headers, seconds, connections, body).finish()


def refresh(url, seconds, connections, tokens):
    """The same with refresh tokens in a file, a line each, at least as many as there are connections."""
    return Running(url, {}, seconds, connections, tokens=tokens).finish()


class Running:
    """A run of wrk that has begun, so that there can be two. With a body it POSTs; then it may heed Retry-After. With a
    file of refresh tokens it POSTs each of them once."""

    def __init__(self, url, headers, seconds, connections, body=None, is_patient=False, tokens=None):
        self.url, self.may_refuse = url, body is not None
        # Whoever waits longer than the time limit of all peers has found a fault.
        command = ["wrk", "--latency", "--timeout", "30s", "-c", str(connections), "-d", f"{seconds}s"]
        for name, value in headers.items():
            command += ["-H", f"{name}: {value}"]
        if tokens is not None:
            command += ["-t", "1", "-s", REFRESH, url, "--", tokens]
        elif body is None:
            command += ["-t", "2", url]
        else:
            command += ["-t", "1", "-s", POST, url, "--", body, str(connections)] + ["patient"] * is_patient
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)

    def finish(self):
        """A broken connection is an error, and so is a reply that is not 2xx, but to a POST, which may be refused."""
        output = self.process.communicate()[0]
        if self.process.returncode != 0:
            raise RuntimeError(f"{self.url}: wrk failed")
        for complaint in ("Socket errors",) + (() if self.may_refuse else ("Non-2xx",)):
            if complaint in output:
                line = next(line.strip() for line in output.splitlines() if complaint in line)
                raise RuntimeError(f"{self.url}: {line}")
        requests = int(number(r"(\d+) requests in", output))
        refused = int(number(r"Non-2xx or 3xx responses: (\d+)", output) or 0)
        rate = float(number(r"Requests/sec:\s+([\d.]+)", output))
        good = rate * (requests - refused) / max(requests, 1)
        if steady := re.search(r"^steady: ([1-9]\d*) in ([\d.]+)$", output, re.MULTILINE):
            good = int(steady[1]) / float(steady[2])
        return Load(
            requests=requests - refused,
            rate=good,
            refused=rate * refused / max(requests, 1),
            p50=milliseconds(number(r"^\s+50%\s+(\S+)\s*$", output)),
            p99=milliseconds(number(r"^\s+99%\s+(\S+)\s*$", output)),
            left=tuple(re.findall(r"^left: (\S+)$", output, re.MULTILINE)))


def number(pattern, output):
    found = re.search(pattern, output, re.MULTILINE)
    return found and found[1]


def milliseconds(text):
    if text == "0.00us":
        return float("inf")  # nobody was answered
    number, unit = re.fullmatch(r"([\d.]+)(us|ms|s|m)", text).groups()
    return float(number) * UNITS[unit]
