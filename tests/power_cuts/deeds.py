"""Every deed on which the power is cut, by its name."""

from __future__ import annotations

from typing import Final

from tests.power_cuts.backing_up import BackingUp, Restoring, RestoringAfterDamage
from tests.power_cuts.deed import Deed
from tests.power_cuts.exercise import Exercise
from tests.power_cuts.exporting import Exporting
from tests.power_cuts.importing import ImportingABank, ImportingAStory
from tests.power_cuts.locking import ChangingTheKey, Locking, RemovingTheLock
from tests.power_cuts.merging import Merging
from tests.power_cuts.migrating import Migrating, MigratingTheLastForm, Starting
from tests.power_cuts.reviewing import Marking, Returning
from tests.power_cuts.saving import Reopening, Saving, SavingEncrypted
from tests.power_cuts.second_place import CopyingToAStick, RestoringFromAStick

DEEDS: Final[dict[str, type[Deed]]] = {
    "saving": Saving,
    "saving-encrypted": SavingEncrypted,
    "reopening": Reopening,
    "marking": Marking,
    "returning": Returning,
    "merging": Merging,
    "importing-a-bank": ImportingABank,
    "importing-a-story": ImportingAStory,
    "exporting": Exporting,
    "backing-up": BackingUp,
    "restoring": Restoring,
    "restoring-after-damage": RestoringAfterDamage,
    "migrating": Migrating,
    "migrating-the-last-form": MigratingTheLastForm,
    "starting": Starting,
    "locking": Locking,
    "changing-the-key": ChangingTheKey,
    "removing-the-lock": RemovingTheLock,
    "copying-to-a-stick": CopyingToAStick,
    "restoring-from-a-stick": RestoringFromAStick,
    "exercise": Exercise,
}
