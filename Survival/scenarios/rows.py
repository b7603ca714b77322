"""What is run, in the order of the table."""

from scenarios.idle import IdleScenario
from scenarios.lengths import LengthScenario
from scenarios.oversized import OversizedScenario
from scenarios.simultaneous import SimultaneousScenario
from scenarios.slow import SlowScenario
from scenarios.stop import StopScenario
from scenarios.unread import UnreadScenario

ALL = sorted((row() for row in (
    IdleScenario, LengthScenario, OversizedScenario, SimultaneousScenario, SlowScenario, StopScenario, UnreadScenario,
)), key=lambda row: row.number)
