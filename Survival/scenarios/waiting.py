"""Waiting for what becomes true."""

import time


def wait_until(holds, seconds, poll=0.05):
    """Whether it did in time."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(poll)
    return True
