"""What the server did, from its own side."""

import json
import sqlite3
from collections import Counter


def registered(database):
    """The usernames that have an account, which are the ids of the registrations that were executed."""
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=10)
    try:
        return Counter(name for name, in connection.execute("SELECT username FROM accounts"))
    finally:
        connection.close()


def logged(logs):
    """How often each id stands in logs with all requests (`log.requests: all`, `log.format: json`); None without any."""
    found = Counter()
    for log in logs:
        with log.open(errors="replace") as lines:
            for line in lines:
                # Lines that are not about a request have no status.
                if line.startswith("{") and '"status"' in line:
                    found[json.loads(line).get("request_id")] += 1
    return found or None
