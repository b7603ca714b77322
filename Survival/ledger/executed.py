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


def logged(log):
    """How often each id stands in the log of requests (`log.requests: all`, `log.format: json`)."""
    found = Counter()
    with log.open(errors="replace") as lines:
        for line in lines:
            if line.startswith("{") and '"status"' in line:
                found[json.loads(line).get("request_id")] += 1
    return found
