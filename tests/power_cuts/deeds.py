"""Every deed on which the power is cut, by its name."""

from __future__ import annotations

from importlib import import_module
from typing import Final

from tests.power_cuts.deed import Deed

DEEDS: Final[dict[str, str]] = {
    "saving": "saving.Saving",
    "saving-a-little": "saving.SavingALittle",
    "saving-encrypted": "saving.SavingEncrypted",
    "reopening": "saving.Reopening",
    "emptying-the-log": "saving.EmptyingTheLog",
    "emptying-the-locked-log": "saving.EmptyingTheLockedLog",
    "reopening-after-a-kill": "saving.ReopeningAfterAKill",
    "marking": "reviewing.Marking",
    "returning": "reviewing.Returning",
    "merging": "merging.Merging",
    "importing-a-bank": "importing.ImportingABank",
    "importing-locked": "importing.ImportingLocked",
    "importing-a-story": "importing.ImportingAStory",
    "exporting": "exporting.Exporting",
    "backing-up": "backing_up.BackingUp",
    "backing-up-locked": "backing_up.BackingUpLocked",
    "restoring": "backing_up.Restoring",
    "restoring-after-damage": "backing_up.RestoringAfterDamage",
    "migrating": "migrating.Migrating",
    "migrating-locked": "migrating.MigratingLocked",
    "migrating-the-last-form": "migrating.MigratingTheLastForm",
    "starting": "migrating.Starting",
    "locking": "locking.Locking",
    "changing-the-key": "locking.ChangingTheKey",
    "removing-the-lock": "locking.RemovingTheLock",
    "copying-to-a-stick": "second_place.CopyingToAStick",
    "bringing-up-to-date": "second_place.BringingUpToDate",
    "restoring-from-a-stick": "second_place.RestoringFromAStick",
    "restoring-on-a-new-laptop": "second_place.RestoringOnANewLaptop",
    "wiping": "wiping.Wiping",
    "wiping-locked": "wiping.WipingLocked",
    "erasing-a-person": "wiping.ErasingAPerson",
    "cafe": "keeping.Cafe",
    "cafe-locked": "keeping.CafeLocked",
    "settings": "keeping.SavingSettings",
    "exercise": "exercise.Exercise",
}
"""Their modules and classes: the process in which one is done need not read all the others."""


def deed(name: str) -> Deed:
    """A deed that has not been prepared yet."""
    module, _, named = DEEDS[name].partition(".")
    made = getattr(import_module(f"tests.power_cuts.{module}"), named)()
    assert isinstance(made, Deed)
    return made
