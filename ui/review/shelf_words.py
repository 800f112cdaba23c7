"""How a pack is told in a list: how far it is, until when, and what is missing and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from cqcmock.domain.english import count, day, listed, shortened
from ui.widgets.line_list import Line
from ui.widgets.pill import Tone

if TYPE_CHECKING:
    from cqcmock.domain.sitting import SittingSummary
    from cqcmock.services.merging import PackTally
    from cqcmock.services.reviewing import PackSummary

ABOUT = (
    "Somebody whom you trust marks the answers of a rehearsal on their own computer, with no network. "
    "You send one sealed file and get one back, and both of you can check that every mark arrived."
)
NOTHING_SENT = (
    "No pack has been sent yet. Press “New pack…”, choose rehearsals that are over, and you get one sealed file "
    "to send to a reviewer."
)
NOTHING_TO_MARK = (
    "If somebody asked you to mark their answers, they sent you one sealed file. Save it on this computer, "
    "press “Open a pack you were sent…”, and have the passphrase at hand that they told you."
)

MOST_NAMED = 3
_LONGEST_TITLE, _END = 80, 24


def at_time(moment: datetime) -> str:
    """A moment on this computer's clock: 21 November 2026 at 14:05."""
    local = moment.astimezone()
    return f"{day(local.date())} at {local:%H:%M}"


def titles(found: Sequence[SittingSummary], longest: int = _LONGEST_TITLE) -> list[str]:
    """What rehearsals are called where there is little room; of those that read the same, when they began too."""
    short = [_cut_in_the_middle(one.title, longest) for one in found]
    often = Counter(short)
    return [
        f"{title}, begun on {at_time(one.started_at)}" if often[title] > 1 else title
        for one, title in zip(found, short, strict=True)
    ]


def _cut_in_the_middle(title: str, longest: int) -> str:
    """A long title without its middle: at its end is mostly the day, by which it is told from others."""
    if len(title) <= longest:
        return title
    return f"{shortened(title, longest - _END)} {title[-_END:].partition(' ')[2]}".rstrip()


def holds(found: Sequence[SittingSummary]) -> str:
    """Which rehearsals a pack holds answers of, as far as they are still there."""
    named = [f"“{title}”" for title in titles(found)]
    more = [count(len(named) - MOST_NAMED, "other rehearsal")] if len(named) > MOST_NAMED else []
    return f"It holds answers of {listed([*named[:MOST_NAMED], *more])}." if named else ""


def sent_line(one: PackTally, today: date) -> Line:
    """A pack that was sent."""
    pack, tally = one.pack, one.tally
    about = [f"made on {day(pack.made_at.astimezone().date())}"]
    if pack.deadline is not None:
        about.append(f"to be marked by {day(pack.deadline)}")
    if tally.missing:
        why = " ".join(one.why_incomplete.split())
        about.append(f"{tally.missing:,} missing" + (f": “{why}”" if why else ""))
    sign, tone = f"{tally.received:,} of {count(tally.expected, 'sheet')} back", Tone.WRAP_UP
    if not tally.missing:
        sign, tone = f"All back: {sign.removesuffix(' back')}", Tone.IN_HAND
    elif pack.deadline is not None and pack.deadline < today:
        sign, tone = f"Overdue: {sign}", Tone.OVER
    elif not tally.received:
        tone = Tone.QUIET
    return Line(key=pack.id, title=pack.reviewer, sign=sign, tone=tone, about="  ·  ".join(about))


def sent_details(one: PackTally | None, found: Sequence[SittingSummary] = ()) -> str:
    """What to know about the chosen pack, of which rehearsals it holds answers, and what to do next."""
    if one is None:
        return ""
    return "\n".join(line for line in (holds(found), _how_far(one)) if line)


def _how_far(one: PackTally) -> str:
    name, tally = one.pack.reviewer, one.tally
    if not tally.missing:
        return f"Every mark of {name} is in your library."
    missing = count(tally.missing, "sheet is", "sheets are")
    if not tally.received:
        said = f"Nothing has come back from {name} yet."
    elif one.why_incomplete:
        said = f"{missing} missing. {name} says why: “{' '.join(one.why_incomplete.split())}”"
    else:
        said = f"{missing} missing."
    return f"{said} When a file comes, press “Take in what came back…”."


def marking_line(one: PackSummary, today: date) -> Line:
    """A pack that is being marked here."""
    if one.trouble is not None:
        if one.put_aside:
            sign, tone, said = "Damaged, put aside", Tone.OVER, "what you marked before you opened it anew"
        elif one.damaged:
            sign, tone, said = "Damaged", Tone.OVER, "what you marked in it cannot be read"
        else:
            sign, tone, said = "Cannot be read now", Tone.WRAP_UP, one.trouble.what_happened
        return Line(key=one.id, title=one.file_name, sign=sign, tone=tone, about=said)
    about = [f"from {one.made_by}" if one.made_by else "it does not say from whom"]
    if one.deadline is not None:
        about.append(f"to be marked by {day(one.deadline)}")
    if one.drafts:
        about.append(count(one.drafts, "draft"))
    if one.last_return is not None:
        about.append(f"last returned on {at_time(one.last_return.at)}")
    done = one.tally.received
    sign, tone = f"{done:,} of {count(one.tally.expected, 'sheet')} submitted", Tone.WRAP_UP
    if one.returned:
        sign, tone = f"Returned: {sign}", Tone.IN_HAND
    elif one.deadline is not None and one.deadline < today:
        sign, tone = f"Overdue: {sign}", Tone.OVER
    elif not one.tally.missing:
        sign = f"To be returned: {sign}"
    elif not done and not one.drafts:
        sign, tone = f"Not begun: {sign}", Tone.QUIET
    return Line(key=one.id, title=one.file_name, sign=sign, tone=tone, about="  ·  ".join(about))


def marking_details(one: PackSummary | None) -> str:
    """Where the marks of the chosen pack are, and what to do next."""
    if one is None:
        return ""
    if one.trouble is not None:
        return str(one.trouble)
    if (last := one.last_return) is None:
        return "Every mark is saved on this computer as you make it. Nothing has been returned yet."
    sheets = f"{last.returned:,} of {count(last.expected, 'sheet')}"
    told = f"The file that you returned on {at_time(last.at)} holds {sheets}. Its word code is: {last.code}."
    if one.returned:
        return f"{told}\nRead these words out to the person who sent you the pack: they see the same ones."
    return f"{told}\nWhat is not in that file yet is saved here. Return the pack again once it is done."


def lost_by_deleting(one: PackTally, found: Sequence[SittingSummary] = ()) -> str:
    """What goes with a pack that was sent."""
    if not one.tally.received:
        back = f"Nothing has come back from {one.pack.reviewer} yet."
    else:
        back = (
            f"{one.pack.reviewer}’s marks that have come back "
            f"({one.tally.received:,} of {count(one.tally.expected, 'sheet')}) are deleted with it."
        )
    lost = f"{back} What comes back for this pack later could no longer be taken in. This cannot be undone."
    return " ".join(part for part in (holds(found), lost) if part)


def lost_by_forgetting(one: PackSummary) -> str:
    """What goes with a pack that was marked here."""
    if one.trouble is not None:
        can = "could be read" if one.damaged else "can be read at the moment"
        return (
            f"Nothing of it {can}. All its files are wiped from this computer, and what you marked in it and have not "
            "returned is lost for good. This cannot be undone."
        )
    wiped = "The pack and everything that you marked in it are wiped from this computer. This cannot be undone."
    marked = [f"{count(one.tally.received, 'submitted sheet')}"] if one.tally.received else []
    marked += [count(one.drafts, "draft")] if one.drafts else []
    if one.returned:
        return f"You have returned all of it. Keep the returned file until its word code has been checked. {wiped}"
    if not marked:
        return wiped
    here = f"{' and '.join(marked)} {'is' if one.tally.received + one.drafts == 1 else 'are'} here"
    if one.last_return is None:
        return f"You have not returned it yet: {here} and nowhere else. {wiped}"
    return f"Not all of it is in the file that you returned: {here}. {wiped}"
