"""The disk by itself: where that is slow, a commit waits for it and not for Gatelodge."""

import os
import threading
import time

from ledger.entry import Entry

DISK = "disk"
PAUSE_SECONDS = 0.02


class DiskControl:
    """Puts one small block after the other on the disk, and writes down how long each took."""

    def __init__(self, folder):
        self.entries = []
        self._folder, self._ends = folder, threading.Event()
        self._thread = threading.Thread(target=self._go_on)
        self._thread.start()

    def stop(self):
        self._ends.set()
        self._thread.join()

    def _go_on(self):
        # A file without a name, which goes with its descriptor.
        file = os.open(self._folder, os.O_TMPFILE | os.O_WRONLY, 0o600)
        try:
            while not self._ends.wait(PAUSE_SECONDS):
                begin = time.monotonic()
                os.pwrite(file, bytes(4096), 0)
                os.fdatasync(file)
                self.entries.append(Entry("", "", DISK, begin, begin, time.monotonic(), "200"))
        finally:
            os.close(file)
