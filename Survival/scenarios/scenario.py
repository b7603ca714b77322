"""What a row of the table is to the program that runs it."""


class Unavailable(Exception):
    """What the row needs is not here; the words say what."""


class Scenario:
    """One row: what is done to Gatelodge, and what must hold. A subclass is one file of this folder."""

    # Of the table.
    number: int
    title: str
    others: str = "–"
    promise: str
    # Debian packages beside nginx.
    packages: tuple = ()
    # Settings of the place.
    settings: dict = {}

    def run(self, place, verdict, is_short):
        """Does it, and says to the verdict what was seen."""
        raise NotImplementedError


class Verdict:
    """What a run of a row has shown."""

    def __init__(self):
        self.figures, self.failures = [], []

    def figure(self, words):
        """Something that was measured, for the table."""
        self.figures.append(words)

    def demand(self, holds, words):
        """Something that must hold; the words say what does not."""
        if not holds:
            self.failures.append(words)

    def demand_nothing_lost(self, book):
        """Every request got its 200, and what was answered is what was executed."""
        others = {outcome: number for outcome, number in book.outcomes.items() if outcome != "200"}
        self.demand(not others, f"not answered with 200: {others}")
        self.demand_accounted(book)

    def demand_accounted(self, book):
        """What was answered is what was executed, whatever the answer was."""
        unaccounted = book.unaccounted
        shown = ", ".join(f"{id} {reason}" for id, reason in list(unaccounted.items())[:3])
        self.demand(not unaccounted, f"{len(unaccounted)} ids do not add up: {shown}")
