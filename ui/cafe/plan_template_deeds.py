"""Saving and deleting templates: each can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from cqcmock.domain.cafe.running_order import LEAST_MINUTES, MOST_MINUTES, RunningOrder
from cqcmock.errors import UserError
from ui.desk import Desk
from ui.messages import Action

if TYPE_CHECKING:
    from cqcmock.domain.cafe.templates import Template

Templates = Callable[[tuple["Template", ...]], None]


class TemplateDeeds(QObject):
    """Works in the database lane and hands the templates that there are then to `read`."""

    def __init__(self, desk: Desk, read: Templates, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._read = read

    def save(
        self,
        name: str,
        order: RunningOrder,
        *,
        with_questions: bool,
        then: Callable[[Template], None],
        failed: Callable[[UserError], None],
    ) -> None:
        """Save a running order as a template; one of the same name can be brought back."""
        desk = self._desk

        def save() -> tuple[Template, Template | None, tuple[Template, ...]]:
            from cqcmock.services.cafe import planning

            before = planning.templates(desk.library)
            made = planning.save_template(desk.library, name, order, desk.clock, with_questions=with_questions)
            replaced = next((one for one in before if one.name == made.name), None)
            return made, replaced, planning.templates(desk.library)

        def saved(result: tuple[Template, Template | None, tuple[Template, ...]]) -> None:
            made, replaced, all_of_them = result
            self._read(all_of_them)
            then(made)
            instead = " in place of the one that was there" if replaced else ""
            undo = Action(title="Undo", do=lambda: self._put(made.name, replaced))
            desk.messages.say(f"The template “{made.name}” is saved{instead}.", action=undo)

        desk.tasks.database(save, then=saved, failed=failed, owner=self)

    def delete(self, name: str) -> None:
        """Delete a template; it can be taken back."""
        desk = self._desk

        def delete() -> tuple[Template | None, tuple[Template, ...]]:
            from cqcmock.services.cafe import planning

            gone = next((one for one in planning.templates(desk.library) if one.name == name), None)
            planning.delete_template(desk.library, name)
            return gone, planning.templates(desk.library)

        def deleted(result: tuple[Template | None, tuple[Template, ...]]) -> None:
            gone, left = result
            self._read(left)
            undo = Action(title="Undo", do=lambda: self._put(name, gone))
            desk.messages.say(f"The template “{name}” is deleted.", action=undo)

        desk.tasks.database(delete, then=deleted, owner=self)

    def _put(self, name: str, template: Template | None) -> None:
        """Have this template under this name again, or none."""
        desk = self._desk

        def put() -> tuple[Template, ...]:
            from cqcmock.services.cafe import planning

            if template is None:
                planning.delete_template(desk.library, name)
            else:
                minutes = min(max(template.minutes, LEAST_MINUTES), MOST_MINUTES)
                planning.save_template(desk.library, name, planning.order_from(template, minutes).order, desk.clock)
            return planning.templates(desk.library)

        def done(templates: tuple[Template, ...]) -> None:
            self._read(templates)
            desk.messages.say(f"The template “{name}” is {'back' if template else 'gone again'}.")

        desk.tasks.database(put, then=done, owner=self)
