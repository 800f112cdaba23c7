"""A question of a council's own, as it is before it has been kept."""

from __future__ import annotations

from cqcmock.domain.questions import Cue, CueProbe, Kind, Point, Question, Source

WAITING = Question(
    id="",
    text="Who waits longest in {place}?",
    kind=Kind.QUESTION,
    statements=("QS1",),
    themes=("waiting",),
    prepare_seconds=10,
    target_seconds=90,
    limit_seconds=150,
    source=Source.COUNCIL,
    strong=("names who waits in {place}",),
    points=(
        Point(id="who", label="Who waits", phrases=("waits longest", "longest wait is"), probe="Who is it?", weight=3),
        Point(id="days", label="How many days", phrases=("# days",), probe="How long is that?"),
    ),
    probes=(CueProbe(cue=Cue.NO_NUMBER, text="How many days?"),),
)
