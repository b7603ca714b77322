"""Where a load goes."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Target:
    """What there is of it is asked: nginx that keeps connections, nginx that does not, the socket itself."""

    kept_port: int | None = None
    closed_port: int | None = None
    socket: str | None = None
    # The Authorization of the protected route; without it only registrations are sent.
    authorization: str | None = None
