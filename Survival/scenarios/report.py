"""The page that a run writes: one line a row, and each keeps the line of its last run."""

import re

from harness.machine import describe

HEADER = """# Reliability

What must survive, and what the last run of each row showed. Written by `make survive`, which starts a Gatelodge and an
nginx for each row and does to them what the row says; `make survive ROWS="1 5"` runs some, and replaces their lines alone.
A request is lost when it has not had its proper answer; sent, executed and answered are counted by an id that each request
has, where executed is read from the database and from the log of requests. What others do is known from their Debian 12
packages with default settings; a run does not measure it again. How the counting works stands in
[Survival](../Survival/README.md).

The machine that runs this is busy with other things as well. So a wait counts without the time in which nginx alone, asked
beside it all the time, did not answer within 5 ms either, and that of a POST also without the time in which the disk by
itself took longer than 5 ms to keep a block. The figures with and without such pauses are both given.
"""


def write(path, lines):
    """Lines are texts by the numbers of their rows."""
    kept = {}
    if path.exists():
        kept = {int(line.split("|")[1]): line for line in path.read_text().splitlines()
                if re.match(r"\| \d+ \|", line)}
    lines = kept | lines
    machine = "; ".join(f"{name} {words}" for name, words in describe().items())
    table = ["| # | scenario | others | we promise | measured | on |", "|---:|---|---|---|---|---|"]
    path.write_text("\n".join([HEADER, f"Machine of the last run: {machine}.", "", *table,
                               *(lines[number] for number in sorted(lines))]) + "\n")


def line(row, verdict, date):
    held = "" if not verdict.failures else "**does not hold**: " + "; ".join(verdict.failures) + ". "
    return (f"| {row.number} | {row.title} | {row.others} | {row.promise} | {held}{'; '.join(verdict.figures)} "
            f"| {date} |").replace("  ", " ")
