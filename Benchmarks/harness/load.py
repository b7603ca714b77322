"""wrk, and what it says."""

import re
import subprocess
from dataclasses import dataclass

UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}


@dataclass
class Load:
    """One run of wrk. Times in milliseconds."""

    requests: int
    rate: float
    p50: float
    p99: float
    cpu_microseconds: float = 0.0


def run(url, headers, seconds, connections):
    """Loads a URL for whole seconds. Any reply that is not 2xx, and any broken connection, is an error."""
    command = ["wrk", "--latency", "-t", "2", "-c", str(connections), "-d", f"{seconds}s"]
    for name, value in headers.items():
        command += ["-H", f"{name}: {value}"]
    output = subprocess.run(command + [url], check=True, capture_output=True, text=True).stdout
    for complaint in ("Non-2xx", "Socket errors"):
        if complaint in output:
            raise RuntimeError(f"{url}: " + next(line.strip() for line in output.splitlines() if complaint in line))
    return Load(
        requests=int(re.search(r"(\d+) requests in", output)[1]),
        rate=float(re.search(r"Requests/sec:\s+([\d.]+)", output)[1]),
        p50=milliseconds(re.search(r"^\s+50%\s+(\S+)$", output, re.MULTILINE)[1]),
        p99=milliseconds(re.search(r"^\s+99%\s+(\S+)$", output, re.MULTILINE)[1]))


def milliseconds(text):
    number, unit = re.fullmatch(r"([\d.]+)(us|ms|s|m)", text).groups()
    return float(number) * UNITS[unit]
