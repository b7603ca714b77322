"""What is run, in the order of the table."""

from scenarios.broken import BrokenScenario
from scenarios.clock import ClockScenario
from scenarios.crashes import CrashLoopScenario, KillScenario, TrapScenario
from scenarios.cut import CutScenario
from scenarios.database import DatabaseScenario
from scenarios.deleted import DeletedScenario
from scenarios.descriptors import DescriptorScenario
from scenarios.equal_work import EqualWorkScenario
from scenarios.failing import FailingScenario
from scenarios.flood import FloodScenario
from scenarios.full_disk import FullDiskScenario
from scenarios.idle import IdleScenario
from scenarios.instances import InstanceScenario
from scenarios.lengths import LengthScenario
from scenarios.locked import LockedScenario
from scenarios.log_reader import LogReaderScenario
from scenarios.mutated import MutatedScenario
from scenarios.oversized import OversizedScenario
from scenarios.programs import BadProgramScenario, UpgradeScenario
from scenarios.reload import PostScenario, ReloadScenario
from scenarios.saturated import SaturatedScenario
from scenarios.simultaneous import SimultaneousScenario
from scenarios.slow import SlowScenario
from scenarios.stop import StopScenario
from scenarios.storm import StormScenario
from scenarios.sudden import SuddenScenario
from scenarios.unread import UnreadScenario

ALL = [
    ReloadScenario(), StormScenario(), BrokenScenario(), BadProgramScenario(), UpgradeScenario(), StopScenario(),
    KillScenario(), CrashLoopScenario(), SimultaneousScenario(), IdleScenario(), PostScenario(), SlowScenario(),
    CutScenario(), MutatedScenario(), OversizedScenario(), LengthScenario(), UnreadScenario(), FullDiskScenario(),
    LockedScenario(), DatabaseScenario(), SuddenScenario(), ClockScenario(), DescriptorScenario(), FloodScenario(),
    InstanceScenario(), DeletedScenario(), LogReaderScenario(), SaturatedScenario(), FailingScenario(), TrapScenario(),
    EqualWorkScenario(),
]
