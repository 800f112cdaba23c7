"""One question of a feedback report: what was asked, said, recognised and not, how long it took, and its marks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cqcmock.domain import english
from cqcmock.domain.depth import depth_of
from cqcmock.domain.hearing import MISSING_POINT, POINT, HeardPoint, Hearing, Span
from cqcmock.domain.interview import PARTS_JOINED_BY, ProbeAnswer, Take
from cqcmock.domain.interviewing import Interviewing, taken_up
from cqcmock.domain.modes import Mode
from cqcmock.domain.questions import Question
from cqcmock.domain.remarks import PRIVATE, SAID_SO, groups
from cqcmock.domain.rubric import LEVELS, AnswerMarks, Rubric
from cqcmock.domain.sitting import Sitting
from cqcmock.reports.content import (
    Block,
    BulletList,
    Heading,
    Line,
    Look,
    Paragraph,
    Quote,
    Run,
    Table,
    Voice,
    named,
    plain,
)
from cqcmock.reports.figures import Hearings, against, is_timed, was_answered, was_written

LONGEST_HEADING = 160
WORDS_SHOWN = 2
LONGEST_REMARK = 240
_NEXT = "\N{NO-BREAK SPACE}· "
LONGEST_WORDS = 80

_WHY_ASKED = {
    "no-number": "no figure was recognised",
    "no-example": "no example was recognised",
    "no-voice": "no words of people themselves were recognised",
    "in-progress": "something was said to be under way, without an owner or a date",
    "vague": "the answer stayed general",
    "contradicts": "it did not fit with something else that was said",
}


def question_section(
    sitting: Sitting, position: int, hearings: Hearings, tag_names: Mapping[str, str]
) -> tuple[Block, ...]:
    """Everything about the question at `position`, beginning with a heading of level 2."""
    planned = sitting.plan.questions[position]
    takes = sitting.state.takes[position]
    blocks = [*question_heading(position, planned.question)]
    several = len(takes) > 1
    for index, take in enumerate(takes):
        level = 3
        if several:
            blocks.append(Heading(level=3, text=english.take_name(index)))
            level = 4
        blocks += _take(sitting, position, take, hearings.get((position, index)), level)
    if several:
        blocks += _comparison(sitting, position, takes, hearings)
    blocks += _own_marks(sitting.sheet.answers.get(position), sitting.plan.rubric, tag_names)
    blocks += _kept_beside(sitting, position)
    return tuple(blocks)


def question_heading(position: int, question: Question) -> tuple[Block, ...]:
    """The question as a heading; a very long one stands in full below a short heading."""
    if len(question.text) <= LONGEST_HEADING and "\n" not in question.text:
        return (Heading(level=2, text=f"{position + 1}. {question.text}"),)
    return (
        Heading(level=2, text=f"{position + 1}. {english.shortened(question.text, LONGEST_HEADING // 2)}"),
        *(Paragraph(line=line, voice=Voice.LEAD) for line in marked(question.text, ())),
    )


def marked(text: str, spans: Iterable[Span]) -> tuple[Line, ...]:
    """A text as lines, blank ones left out, with the words of the spans as `HEARD`. Every other character stays."""
    edges: list[list[int]] = []
    for start, end in sorted((max(0, start), min(end, len(text))) for start, end in spans):
        if start >= end:
            continue
        if edges and start <= edges[-1][1]:
            edges[-1][1] = max(edges[-1][1], end)
        else:
            edges.append([start, end])
    lines: list[list[Run]] = [[]]

    def add(piece: str, look: Look) -> None:
        for number, part in enumerate(piece.replace("\r\n", "\n").replace("\r", "\n").split("\n")):
            if number:
                lines.append([])
            if part:
                lines[-1].append(Run(part, look))

    at = 0
    for start, end in edges:
        add(text[at:start], Look.PLAIN)
        add(text[start:end], Look.HEARD)
        at = end
    add(text[at:], Look.PLAIN)
    return tuple(tuple(line) for line in lines if any(run.text.strip() for run in line))


def quoted(text: str, spans: Iterable[Span] = (), *, nothing: str = "No answer was written down.") -> Block:
    """Somebody's words as a quote, or a sentence saying that there are none."""
    lines = marked(text, spans)
    return Quote(lines=lines) if lines else Paragraph(line=plain(nothing), voice=Voice.QUIET)


def _take(sitting: Sitting, position: int, take: Take, hearing: Hearing | None, level: int) -> list[Block]:
    if not was_answered(take) and not take.probes:
        return [Paragraph(line=plain("This question was shown and not answered."), voice=Voice.QUIET)]
    spans = [span for point in hearing.points for span in point.spans] if hearing else []
    parts = _spans_of_parts(take, spans)
    blocks: list[Block] = [_time_line(sitting, position, take), quoted(take.text, parts[0])]
    interviewer = _interviewer(sitting, position)
    if take.probes:
        labels = {point.id: point.label for point in sitting.plan.questions[position].question.points}
        for number, probe in enumerate(take.probes, start=1):
            brought = interviewer.asked[number - 1 : number] if interviewer else ()
            tapped = "".join(f"the interviewer tapped “{asked.tap}”" for asked in brought)
            why = tapped or _why_asked(probe, labels)
            blocks += _probe(probe, why, parts[number], aloud=interviewer is not None)
    if interviewer and take.probes:
        depth = depth_of(interviewer, take, hearing)
        blocks.append(Paragraph(line=named(f"Depth {depth.reached} of {depth.asked}", f"{_capital(depth.each)}.")))
    if interviewer and not was_written(take):
        return blocks  # they spoke, and what is not written down has been said to be so
    if hearing and hearing.points and not was_written(take):
        nothing = "Nothing was written down, so there was nothing to listen to."
        blocks.append(Paragraph(line=plain(nothing), voice=Voice.QUIET))
    elif hearing and hearing.points:
        blocks += _heard_and_not(take, hearing, level)
        blocks += _also_noticed(hearing)
    elif hearing:
        blocks.append(
            Paragraph(line=plain("This question has no points to listen for: any answer will do."), voice=Voice.QUIET)
        )
    return blocks


def _spans_of_parts(take: Take, spans: Iterable[Span]) -> list[list[Span]]:
    """The spans of everything said, given back to the answer and to each probe's answer."""
    spans = tuple(spans)
    parts, begins = [], 0
    for part in take.everything_said:
        ends = begins + len(part)
        parts.append([(start - begins, end - begins) for start, end in spans if start < ends and end > begins])
        begins = ends + len(PARTS_JOINED_BY)
    return parts


def _time_line(sitting: Sitting, position: int, take: Take) -> Paragraph:
    aloud = sitting.plan.mode is Mode.INTERVIEWER and not take.text.strip()
    words = "" if aloud else f" {english.count(len(take.text.split()), 'word')}."
    said = english.duration(take.answer_seconds)
    if is_timed(sitting):
        said += f" ({against(take.answer_seconds, sitting.plan.questions[position].timing)})"
    return Paragraph(line=named("Time", f"{said}.{words}"), voice=Voice.QUIET)


def _interviewer(sitting: Sitting, position: int) -> Interviewing | None:
    """What a colleague tapped at this question, where one asked on."""
    plan = sitting.plan
    if plan.mode is not Mode.INTERVIEWER:
        return None
    return taken_up(plan.questions[position].question, position, sitting.events, plan.most_probes)


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _why_asked(probe: ProbeAnswer, labels: Mapping[str, str]) -> str:
    if probe.cue == MISSING_POINT and probe.point in labels:
        return f"“{labels[probe.point]}” had not been recognised"
    return _WHY_ASKED.get(probe.cue, "")


def _probe(probe: ProbeAnswer, why: str, spans: Iterable[Span], *, aloud: bool) -> list[Block]:
    said = bool(probe.answer.strip())
    rest = f" Asked because {why}." if why else ""
    took = english.duration(probe.seconds)
    spoken = aloud and probe.seconds >= 1
    nothing = f" It took {took}; no answer was written down." if spoken else " No answer was written down."
    rest += f" Answered in {took}." if said else nothing
    asked = Paragraph(line=(Run("Follow-up: "), Run(probe.text, Look.STRONG), Run(rest)))
    return [asked, quoted(probe.answer, spans)] if said else [asked]


def _heard_and_not(take: Take, hearing: Hearing, level: int) -> list[Block]:
    heard = [point for point in hearing.points if point.counts]
    missed = [point for point in hearing.points if not point.counts]
    of_all = f"of {english.count(len(hearing.points), 'point')}"
    blocks: list[Block] = []
    if heard:
        said = take.spoken
        blocks.append(Heading(level=level, text=f"Recognised: {len(heard)} {of_all}"))
        blocks.append(BulletList(items=tuple(_heard_item(point, said) for point in heard)))
    if missed:
        blocks.append(Heading(level=level, text=f"Not recognised: {len(missed)} {of_all}"))
        blocks.append(BulletList(items=tuple(plain(point.label) for point in missed)))
    return blocks


def _also_noticed(hearing: Hearing) -> list[Block]:
    """How many numbers, examples and so on there were, and what is worth a second look; not what was overruled."""
    counts: list[str] = []
    again: list[str] = []
    for group in groups(hearing):
        standing = [remark for remark in group.remarks if remark.kind != POINT and not remark.overruled]
        if group.title == PRIVATE or not standing:
            continue
        if not group.look_again:
            counts.append(f"{group.title.lower()} ({len(standing)})")
            continue
        words = list(dict.fromkeys(english.shortened(remark.text, LONGEST_WORDS) for remark in standing))
        more = len(words) - WORDS_SHOWN
        shown = [f"“{word}”" for word in words[:WORDS_SHOWN]] + ([f"{more} more"] if more > 0 else [])
        again.append(f"{group.title.lower()}: {english.listed(shown)}")
    said = [("Also noticed", english.listed(counts)), ("Worth a second look", "; ".join(again))]
    runs = [run for name, words in said if words for run in named(name, f"{words}. ")]
    return [Paragraph(line=tuple(runs), voice=Voice.QUIET)] if runs else []


def _heard_item(point: HeardPoint, said: str) -> Line:
    words: list[str] = []
    for start, end in point.spans:
        quote = f"“{english.shortened(said[start:end], LONGEST_WORDS)}”"
        if quote.casefold() not in (known.casefold() for known in words):
            words.append(quote)
    more = len(words) - WORDS_SHOWN
    shown = words[:WORDS_SHOWN] + ([f"{more} more"] if more > 0 else [])
    on = f": {english.listed(shown)}" if shown else ""
    negated = " (said in the negative)" if point.negated else ""
    negated = f" ({SAID_SO})" if point.overruled else negated
    return (Run(point.label, Look.STRONG), Run(f"{negated}{on}"))


def _comparison(sitting: Sitting, position: int, takes: tuple[Take, ...], hearings: Hearings) -> list[Block]:
    header = ["Take", "Time", "Words"]
    listened = [hearings.get((position, index)) for index in range(len(takes))]
    if any(listened):
        header.append("Points recognised")
    rows = []
    for index, (take, hearing) in enumerate(zip(takes, listened, strict=True)):
        row = [english.take_name(index), english.duration(take.answer_seconds), f"{len(take.text.split()):,}"]
        if any(listened):
            row.append(_heard_of(hearing) if hearing and was_written(take) else "not known")
        rows.append(tuple(row))
    blocks: list[Block] = [
        Heading(level=3, text="The takes compared"),
        Table(
            caption=f"Takes of question {position + 1}",
            header=tuple(header),
            rows=tuple(rows),
            shares=(3, 3, 2, 3)[: len(header)],
            numeric=frozenset(range(1, len(header))),
        ),
    ]
    first, last = listened[0], listened[-1]
    if first and last:
        was = {point.id: point.label for point in first.points if point.counts}
        now = {point.id: point.label for point in last.points if point.counts}
        gained = [label for point, label in now.items() if point not in was]
        lost = [label for point, label in was.items() if point not in now]
        items = []
        if gained:
            items.append(named("Recognised in the last take and not in the first", english.listed_in_quotes(gained)))
        if lost:
            items.append(named("Recognised in the first take and not in the last", english.listed_in_quotes(lost)))
        if items:
            blocks.append(BulletList(items=tuple(items)))
        else:
            blocks.append(Paragraph(line=plain("The first and the last take brought out the same points.")))
    return blocks


def _heard_of(hearing: Hearing) -> str:
    return f"{sum(point.counts for point in hearing.points)} of {len(hearing.points)}"


def _own_marks(marks: AnswerMarks | None, rubric: Rubric, tag_names: Mapping[str, str]) -> list[Block]:
    if marks is None or not (marks.levels or marks.comment.strip() or marks.tags):
        return []
    blocks: list[Block] = []
    given = [lens for lens in rubric.lenses if lens.id in marks.levels]
    if given:
        line = [Run(f"Own marks, 0 to {LEVELS[-1]}: ", Look.STRONG)]
        for number, lens in enumerate(given):
            line.append(Run(f"{_NEXT if number else ''}{lens.name}\N{NO-BREAK SPACE}"))
            line.append(Run(str(marks.levels[lens.id]), Look.STRONG))
        blocks.append(Paragraph(line=tuple(line)))
    unmarked = [lens.name for lens in rubric.lenses if lens.id not in marks.levels]
    if given and unmarked:
        blocks.append(Paragraph(line=named("Not marked", english.listed_in_quotes(unmarked))))
    if marks.tags:
        blocks.append(Paragraph(line=named("Tagged", "; ".join(tag_names.get(tag, tag) for tag in marks.tags))))
    return [*blocks, *remark("Own comment", marks.comment)]


def remark(name: str, text: str) -> list[Block]:
    """A comment under its name: a short one on the same line, a longer one as a quote; nothing where there is none."""
    text = text.strip()
    if not text:
        return []
    if len(text) <= LONGEST_REMARK and not marked(text, ())[1:]:
        return [Paragraph(line=named(name, f"“{text}”"))]
    return [Paragraph(line=(Run(f"{name}:", Look.STRONG),)), quoted(text)]


def _kept_beside(sitting: Sitting, position: int) -> list[Block]:
    blocks: list[Block] = []
    taps = [text for question, text in sitting.state.taps if question == position]
    if taps:
        times = [f"{tap} ({english.count(taps.count(tap), 'time')})" for tap in dict.fromkeys(taps)]
        by = "Tapped by the interviewer" if sitting.plan.mode is Mode.INTERVIEWER else "Tapped while listening"
        blocks.append(Paragraph(line=named(by, english.listed(times))))
    return [*blocks, *remark("Note kept beside the question", sitting.state.note(position))]
