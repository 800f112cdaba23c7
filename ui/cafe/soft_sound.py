"""A soft sound at the lights, for whoever wants one: silent until it is switched on.

Sounds need Qt's multimedia module, which is an extra (`pip install 'cqcmock[sound]'`). Where it is missing the
system's own bell stands in for it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtWidgets import QApplication

from cqcmock.domain.interview import Light

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QSoundEffect

FILES = {Light.WRAP_UP: "wrap-up.wav", Light.OVER: "over.wav"}
_VOLUME = 0.5


class SoftSound(QObject):
    """Plays once when a light comes on."""

    def __init__(self, sounds: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._sounds = sounds
        self._effects: dict[Light, QSoundEffect] = {}

    def play(self, light: Light) -> None:
        """Play the sound of a light; there is none for time in hand."""
        if light not in FILES:
            return
        effect = self._effect(light)
        if effect is None or effect.status() is effect.Status.Error:  # no sound device, or none that plays this
            QApplication.beep()
        else:
            effect.play()

    def _effect(self, light: Light) -> QSoundEffect | None:
        if light not in self._effects:
            try:
                from PySide6.QtMultimedia import QSoundEffect
            except ImportError:
                return None
            made = QSoundEffect(self)
            made.setSource(QUrl.fromLocalFile(str(self._sounds / FILES[light])))
            made.setVolume(_VOLUME)
            self._effects[light] = made
        return self._effects[light]
