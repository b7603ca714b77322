"""Hashes per second of one core."""

import ctypes
import ctypes.util
import json
import statistics
import subprocess
import time
from dataclasses import dataclass

from harness import chart
from harness.result import Result

COST = 10


@dataclass(frozen=True)
class LaneRow:
    """What `gatelodge password calibrate` says of each number of lanes, in turns with libcrypt's `crypt_r`."""

    name: str
    title: str
    peers: tuple

    def measure(self, site, rounds, seconds):
        runs, references = [], []
        for _ in range(2 * rounds):
            references.append(crypt_rate())
            runs.append(self._calibrate(site))
        lanes = [statistics.median(run[count] for run in runs) for count in range(len(runs[0]))]
        ratios = [statistics.median(run[count] / reference for run, reference in zip(runs, references))
                  for count in range(len(runs[0]))]
        best = max(ratios)
        result = Result(self.name, self.title, ["lanes", "hashes/s", "× `crypt_r`"])
        result.lines = [["`crypt_r`", f"{statistics.median(references):.1f}", "1"]]
        for count, (rate, ratio) in enumerate(zip(lanes, ratios), start=1):
            words = f"**{ratio:.2f}**" if ratio == best else f"{ratio:.2f}"
            result.lines.append([str(count), f"{rate:.1f}", words])
        result.figures = {"best_ratio": best, "one_lane_time": 1 / ratios[0]}
        result.remark = (f"One core, cost {COST}, processor time of the thread. The best of each round: "
                         + ", ".join(f"{max(run) / reference:.2f}" for run, reference in zip(runs, references)) + ".")
        result.charts = {"docs/hashing.svg": chart.bars(
            "Hashes per second of one core, × crypt_r", "lanes", ratios)}
        return result

    def _calibrate(self, site):
        command = [site.checkout / ".build/release/gatelodge", "password", "calibrate", "--seconds", "1", "--json"]
        answer = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        return [row["hashes_per_second"] for row in answer["lanes"]]


def crypt_rate(hashes=5):
    """Hashes per second of `crypt_r`: the median of a few, each timed alone."""
    libcrypt = ctypes.CDLL(ctypes.util.find_library("crypt"))
    libcrypt.crypt_r.restype = ctypes.c_char_p
    data = ctypes.create_string_buffer(1 << 17)  # more than any libcrypt's struct crypt_data
    times = []
    for _ in range(hashes):
        begin = time.thread_time()
        if not libcrypt.crypt_r(b"a password", f"$2b${COST}$abcdefghijklmnopqrstuu".encode(), data):
            raise RuntimeError("libcrypt knows no bcrypt")
        times.append(time.thread_time() - begin)
    return 1 / statistics.median(times)
