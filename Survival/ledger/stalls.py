"""Times in which nothing came back, and whose fault they were. Intervals are pairs of seconds."""

# What nginx alone, and the disk by itself, take on a machine that has time for us.
PROMPT_SECONDS = 0.005


def silences(entries):
    """In which at least one request waited and none got its answer."""
    ordered = sorted(entries, key=lambda entry: entry.ended)
    earliest = float("inf")
    begins = []
    # From the end: the first sending among all that were answered later.
    for entry in reversed(ordered):
        earliest = min(earliest, entry.sent)
        begins.append(earliest)
    begins.reverse()
    last = float("-inf")
    for entry, begin in zip(ordered, begins):
        yield max(last, begin), entry.ended
        last = entry.ended


def pauses_of_machine(control):
    """In which nginx alone or the disk was not prompt, or the load program did not run. They do not overlap."""
    merged = []
    for begin, end in sorted((entry.due, entry.ended) for entry in control):
        if end - begin <= PROMPT_SECONDS:
            continue
        if merged and begin <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([begin, end])
    return merged


def net_longest(intervals, pauses):
    """The longest of the intervals after the pauses have been taken out."""
    longest = 0.0
    for begin, end in intervals:
        if end - begin <= longest:
            continue
        overlap = sum(max(0.0, min(end, stop) - max(begin, start)) for start, stop in pauses)
        longest = max(longest, end - begin - overlap)
    return longest
