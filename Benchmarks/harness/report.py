"""The page that a run writes."""

INTRODUCTION = """# Results

Written by `make bench`. All peers stand behind one nginx with two workers and the parameters that we ship, on unix
sockets; wrk, nginx and the peer share the machine. The peers take turns, and a ratio is the median of those of each
round. Figures of different runs are not comparable.
"""


def page(machine, missing, results):
    parts = [INTRODUCTION, "\n".join(f"- {name}: {words}" for name, words in machine.items()) + "\n"]
    if missing:
        parts.append(f"Left out, as what they need could not be installed: {', '.join(sorted(missing))}.\n")
    for result in results:
        parts.append(f"## {result.title}\n\n{table(result.header, result.lines)}\n")
        if result.remark:
            parts.append(result.remark + "\n")
    return "\n".join(parts)


def table(header, lines):
    rows = [header, ["---"] + ["---:"] * (len(header) - 1)] + lines
    return "\n".join("| " + " | ".join(cells) + " |" for cells in rows)
