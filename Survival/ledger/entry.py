"""What is written down about one request."""

from dataclasses import dataclass

# What became of a request beside a status of Gatelodge's own, which is written as its number.
REFUSED = "not connected"
CUT = "connection cut"
LATE = "not answered in time"


def from_nginx(status):
    """A status that nginx gave for want of an answer."""
    return f"{status} of nginx"


@dataclass
class Entry:
    """Times are seconds of the monotonic clock, which all processes of a machine share."""

    id: str
    method: str
    # The name of the lane that it was sent on.
    lane: str
    # When it was to be sent; the difference to `sent` is the load program's own delay.
    due: float
    sent: float
    ended: float = 0.0
    outcome: str = ""
    # Whether the other side had closed the idle connection on which this was to be sent, so that another one was made.
    was_closed: bool = False

    @property
    def is_answered(self):
        """Whether Gatelodge itself said something."""
        return self.outcome.isdigit()

    @property
    def wait(self):
        return self.ended - self.sent
