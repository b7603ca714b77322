"""What is run, in the order of the table."""

from scenarios.broken import BrokenScenario
from scenarios.crashes import CrashLoopScenario, KillScenario
from scenarios.deleted import DeletedScenario
from scenarios.idle import IdleScenario
from scenarios.lengths import LengthScenario
from scenarios.oversized import OversizedScenario
from scenarios.programs import BadProgramScenario, UpgradeScenario
from scenarios.reload import PostScenario, ReloadScenario
from scenarios.simultaneous import SimultaneousScenario
from scenarios.slow import SlowScenario
from scenarios.stop import StopScenario
from scenarios.storm import StormScenario
from scenarios.unread import UnreadScenario

ALL = [
    ReloadScenario(), StormScenario(), BrokenScenario(), BadProgramScenario(), UpgradeScenario(), StopScenario(),
    KillScenario(), CrashLoopScenario(), SimultaneousScenario(), IdleScenario(), PostScenario(), SlowScenario(),
    OversizedScenario(), LengthScenario(), UnreadScenario(), DeletedScenario(),
]
