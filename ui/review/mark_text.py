"""A box for a reviewer's comment, which a return can carry."""

from __future__ import annotations

from cqcmock.domain.review import LONGEST_COMMENT
from ui.rehearse.limited_text import LimitedText


class CommentText(LimitedText):
    """Says beside itself when a comment is longer than what is sent."""

    def _over(self) -> int:
        return self.edit.document().characterCount() - 1 - LONGEST_COMMENT

    def _say_limit(self) -> None:
        over = self._over()
        self.problem.setVisible(over > 0)
        if over > 0:
            self.problem.setText(
                f"This is {over:,} characters too long to be kept (at most {LONGEST_COMMENT:,}). "
                "Take something out, and it is saved again."
            )
