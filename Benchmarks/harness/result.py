"""What measuring a row answers."""

from dataclasses import dataclass, field


@dataclass
class Result:
    """Figures that thresholds speak about, and lines of a table that people read."""

    name: str
    title: str
    header: list
    lines: list = field(default_factory=list)
    figures: dict = field(default_factory=dict)
    remark: str = ""
    # By the path in the checkout.
    charts: dict = field(default_factory=dict)
