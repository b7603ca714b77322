"""What is measured. A row has a name, the peers it needs, and `measure`, which answers with a Result.

Of the peers the first is ours; those that could not be installed are left out.
"""

from harness.accounts import AccountsRow
from harness.flood import FloodRow
from harness.footprint import CGIRow, MemoryRow, StartRow
from harness.idle import IdleRow
from harness.lanes import LaneRow
from harness.peers import (CREDENTIALS, ES256, FOUR_THREADS, GIN, HS256, LARGE, LIBFCGI, ONE_BY_ONE, PHP_FPM, SLOW_DISK,
                           SLOW_ONE_BY_ONE, SMALL)
from harness.refresh import RefreshRow
from harness.throughput import ThroughputRow

BACKENDS = (HS256, PHP_FPM, GIN)

ALL = [
    LaneRow("lanes", "Hashes of one core by lanes", (HS256,)),
    ThroughputRow("logins", "Logins", BACKENDS, keeps_alive=True, connections=64, length=3, path="/login",
                  body=CREDENTIALS),
    FloodRow("flood", "Protected route while others log in", BACKENDS),
    # Nobody else refuses.
    FloodRow("patient-flood", "Protected route while others log in and heed Retry-After", (HS256,), is_patient=True),
    ThroughputRow("protected-hs256-kept", "Protected route with an HS256 token, kept connections",
                  (HS256, LIBFCGI, PHP_FPM, GIN), keeps_alive=True),
    ThroughputRow("protected-es256-kept", "Protected route with an ES256 token, kept connections",
                  (ES256, LIBFCGI), keeps_alive=True),
    ThroughputRow("protected-hs256-closed", "Protected route with an HS256 token, a connection for each request",
                  (HS256, LIBFCGI, PHP_FPM, GIN), keeps_alive=False),
    ThroughputRow("repeated-tokens", "Protected route, ES256 against HS256", (ES256, HS256), keeps_alive=True),
    RefreshRow("refreshes", "Refreshes, each on the disk before its answer", (HS256, ONE_BY_ONE)),
    RefreshRow("slow-refreshes", "The same on a disk that takes 4 ms more", (SLOW_DISK, SLOW_ONE_BY_ONE)),
    AccountsRow("accounts", "Log in and refresh in a database of a million accounts", SMALL, LARGE),
    IdleRow("idle", "Fresh requests while 64 kept connections stand idle", (FOUR_THREADS, LIBFCGI)),
    MemoryRow("memory", "Memory after logins and protected requests", BACKENDS),
    StartRow("start", "Time to start, until the first protected request is answered", BACKENDS),
    CGIRow("cgi", "A process for one request with a token, as CGI starts it", (HS256,)),
]
