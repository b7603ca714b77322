"""On what was measured: nothing that names the machine."""

import os
import platform
import re
import subprocess
from pathlib import Path


def describe():
    """A few words for each part that matters."""
    processor = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text())
    memory = int(re.search(r"MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text())[1]) / 1048576
    release = re.search(r'PRETTY_NAME="(.+)"', Path("/etc/os-release").read_text())
    return {
        "processor": f"{processor[1] if processor else platform.machine()}, "
                     f"{len(os.sched_getaffinity(0))} cores for us",
        "memory": f"{memory:.0f} GiB",
        "system": f"{release[1] if release else 'Linux'}, kernel {'.'.join(platform.release().split('.')[:2])}",
        "software": ", ".join(filter(None, [
            _version(["nginx", "-v"], r"nginx/([\d.]+)", "nginx"), _version(["wrk", "-v"], r"wrk \D*([\d.]+)", "wrk"),
            _version(["swift", "--version"], r"Swift version ([\d.]+)", "Swift")])),
    }


def _version(command, pattern, name):
    environment = os.environ | {"PATH": os.environ["PATH"] + ":/usr/sbin:/sbin"}
    output = subprocess.run(command, capture_output=True, text=True, env=environment)
    found = re.search(pattern, output.stdout + output.stderr)
    return f"{name} {found[1]}" if found else None
