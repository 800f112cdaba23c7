"""What each text column of the library may hold of a person: the one list by which a person is looked for.

A test holds it against the tables: a new column has to be entered here before the suite passes.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Holds(StrEnum):
    """What a text may say of people.

    A *name* is exported and erased with its person. *Words* are somebody's own: they go with whoever wrote them, and
    another person whom they mention is counted and not rewritten. Everything else says nothing of anybody.
    """

    NAME = "a person's name"
    NAMES_WITHIN = "names in a field of their own, among other data"
    WORDS = "somebody's own words"
    NOTHING = "nothing of a person"


def _columns(table: str, **held: str) -> dict[str, Holds]:
    return {f"{table}.{name}": _OF[holds] for holds, names in held.items() for name in names.split()}


_OF: Final = {
    "name": Holds.NAME,
    "names_within": Holds.NAMES_WITHIN,
    "words": Holds.WORDS,
    "nothing": Holds.NOTHING,
}

COLUMNS: Final[dict[str, Holds]] = {
    # rehearsals
    **_columns("sitting", name="person", words="title place", nothing="id role role_name mode phase"),
    **_columns("plan", names_within="payload", nothing="sitting_id"),
    **_columns("asked", words="text", nothing="sitting_id bank question themes"),
    **_columns("event", words="text", nothing="sitting_id kind cue point"),
    **_columns("sheet", name="marker", words="comment", nothing="id sitting_id"),
    **_columns("sheet_answer", words="comment tags", nothing="sheet_id"),
    **_columns("sheet_mark", nothing="sheet_id lens"),
    **_columns("reflection", words="proud know difference next notes", nothing="sitting_id"),
    **_columns("action", name="owner", words="what", nothing="id sitting_id"),
    **_columns("keep_and_change", words="keep change", nothing="sitting_id"),
    # packs that were sent, and what came back
    **_columns("pack", name="reviewer", words="note kept", nothing="id answers_digest public_key return_key rubric"),
    **_columns("pack_sheet", words="payload", nothing="sheet_id pack_id sitting_id candidate"),
    **_columns("pack_return", words="why_incomplete", nothing="digest pack_id reviewer_key"),
    **_columns("returned_sheet", words="payload", nothing="return_digest sheet_id"),
    **_columns("known_reviewer", name="name", nothing="public_key"),
    # packs that are marked here: each in a library of its own
    **_columns("opened_pack", names_within="payload", words="file_name", nothing="id file_digest"),
    **_columns("marked_sheet", words="payload", nothing="pack_id sheet_id kind"),
    **_columns("made_return", words="why_incomplete", nothing="digest pack_id"),
    # cafés
    **_columns("cafe_session", words="title place team", nothing="id stage"),
    **_columns("cafe_event", words="payload", nothing="session_id list"),
    **_columns("cafe_hold", name="who", nothing="session_id holder"),
    **_columns("cafe_release", words="payload", nothing="session_id"),
    **_columns("cafe_template", words="key payload"),
    **_columns("cafe_said", name="owner", words="theme said did", nothing="id session_id about"),
    # banks and stories
    **_columns("bank", words="title", nothing="id framework language roles hash origin"),
    **_columns("question", words="text payload", nothing="bank_id question_id kind text_words more_words labels"),
    **_columns("question_role", nothing="role"),
    **_columns("question_before", words="payload", nothing="question_id"),
    **_columns("retired", nothing="bank_id question_id"),
    **_columns("bank_edit", words="what head", nothing="bank_id"),
    **_columns("story", names_within="payload", words="name council", nothing="id"),
    **_columns("story_edit", names_within="before", words="what", nothing="story_id"),
    # safekeeping
    **_columns("audit", words="why", nothing="deed kind subject details hash"),
    **_columns("hold", words="why", nothing="id kind subject"),
}
"""By table and column. The words by which a question is found repeat its text, and are not searched a second time."""


MENTIONS: Final[dict[str, str]] = {
    "event": "answers and notes",
    "sitting": "titles of rehearsals",
    "plan": "questions and stories kept with rehearsals",
    "asked": "questions kept with rehearsals",
    "sheet": "comments on rehearsals",
    "sheet_answer": "comments on answers",
    "reflection": "reflections",
    "action": "actions",
    "keep_and_change": "things to keep or change",
    "pack": "notes to reviewers",
    "pack_sheet": "answers as they were sent",
    "pack_return": "reasons for missing marks",
    "returned_sheet": "reviewers’ marks",
    "cafe_session": "café sessions",
    "cafe_event": "cards and other words of cafés",
    "cafe_release": "what was released of cafés",
    "cafe_template": "running orders of cafés",
    "cafe_said": "you said, we did",
    "bank": "question banks",
    "question": "questions",
    "question_before": "earlier questions",
    "bank_edit": "changes of question banks",
    "story": "local stories",
    "story_edit": "earlier local stories",
    "audit": "reasons in the audit trail",
    "hold": "reasons for holds",
}
"""The tables in which people's words may mention somebody, by what they are called. Opened packs are not among them:
they are in libraries of their own, and go as a whole."""
