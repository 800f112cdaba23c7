"""The notes for markers in Moodle: a list that teachers can read and change, and that can be read back."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from cqcmock.banks.cells import tidy
from cqcmock.banks.rows import point_ids
from cqcmock.domain.questions import LIGHTEST, Cue, Question

LONGEST_HTML = 100_000

_OURS = "cqc-"
_MENTIONED = re.compile(r"""class\s*=\s*["'][^"']*\bcqc-""")
_BLOCKS = frozenset(("p", "div", "br", "li", "tr", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "table"))
_UNSEEN = frozenset(("script", "style", "head", "title"))
_DECLARATION = re.compile(r"<!--|<[!?]")
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)([^<>]*)>")
_CLASS = re.compile(r"""\bclass\s*=\s*["']([^"']*)""", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_TIMES = (("prepare", "Time to prepare"), ("target", "A good length"), ("limit", "Too long from"))


def notes_of(question: Question) -> str:
    """What a listener hopes to hear, as HTML; every text in it is escaped."""
    parts = ["<div>"]
    parts += _list("What a strong answer does", "strong", question.strong)
    parts += _list("What to avoid", "avoid", question.avoid)
    if question.points:
        parts += ["<p><b>Listen for</b></p><ol>", *_points(question), "</ol>"]
    if question.probes:
        parts.append("<p><b>Ask on when there is something to ask about</b></p><ul>")
        parts += [f"<li>{probe.cue}: {_marked('q', f'ask-{probe.cue}', probe.text)}</li>" for probe in question.probes]
        parts.append("</ul>")
    parts += _list("Communities", "community", question.communities)
    parts.append("<p><b>Seconds</b></p><ul>")
    for name, words in _TIMES:
        parts.append(f"<li>{words}: {_marked('span', name, str(getattr(question, f'{name}_seconds')))}</li>")
    parts.append("</ul>")
    if question.source_note:
        parts.append(f"<p>Source: {_marked('span', 'note', question.source_note)}</p>")
    return "".join([*parts, "</div>"])


def _points(question: Question) -> Iterable[str]:
    ids = [point.id for point in question.points]
    made = point_ids([point.label for point in question.points], [""] * len(ids))
    for point in question.points:
        yield f'<li class="{_OURS}point">{_marked("b", "label", point.label)}'
        if made != ids:
            yield f" ({_marked('small', 'id', point.id)})"
        if point.weight != LIGHTEST:
            yield f", weight {_marked('span', 'weight', str(point.weight))}"
        yield f"<ul>{''.join(_marked('li', 'phrase', phrase) for phrase in point.phrases)}</ul>"
        yield f"If it was not heard, ask: {_marked('q', 'probe', point.probe)}</li>"


def _list(title: str, name: str, texts: Sequence[str]) -> list[str]:
    if not texts:
        return []
    return [f"<p><b>{title}</b></p><ul>", *(_marked("li", name, text) for text in texts), "</ul>"]


def _marked(tag: str, name: str, text: str) -> str:
    shown = html.escape(text, quote=False).replace("\n", "<br>")
    return f'<{tag} class="{_OURS}{name}">{shown}</{tag}>'


def read_notes(text: str) -> dict[str, Any]:
    """The values that the notes for markers hold; numbers stay text, to be checked.

    Notes that were written elsewhere say line by line what a strong answer does.
    """
    values: dict[str, Any] = dict.fromkeys(("strong", "avoid", "communities"), ())
    values |= {"points": [], "probes": [], "source_note": ""}
    if not _MENTIONED.search(text):
        lines = (line.strip(" •*-\t") for line in text_of_html(text).split("\n"))
        return values | {"strong": tuple(dict.fromkeys(line for line in lines if line))}
    for name, said in _marked_texts(text):
        _put(values, name, said)
    return values


def _put(values: dict[str, Any], name: str, text: str) -> None:
    points: list[dict[str, Any]] = values["points"]
    lists: Mapping[str, str] = {"strong": "strong", "avoid": "avoid", "community": "communities"}
    if name == "point":
        points.append({"label": "", "phrases": (), "probe": "", "weight": "", "id": ""})
    elif name in lists and text:
        values[lists[name]] = tuple(dict.fromkeys((*values[lists[name]], text)))
    elif name == "note":
        values["source_note"] = text
    elif name in ("prepare", "target", "limit"):
        values[f"{name}_seconds"] = text
    elif name.startswith("ask-") and name[4:] in [cue.value for cue in Cue] and text:
        values["probes"].append({"cue": Cue(name[4:]), "text": text})
    elif points and name == "phrase" and text:
        points[-1]["phrases"] = tuple(dict.fromkeys((*points[-1]["phrases"], text)))
    elif points and name in ("label", "probe", "weight", "id"):
        points[-1][name] = text


def _without_declarations(text: str) -> str:
    """HTML without comments and declarations."""
    kept: list[str] = []
    at = 0
    while found := _DECLARATION.search(text, at):
        kept.append(text[at : found.start()])
        end = "-->" if found[0] == "<!--" else ">"
        closed = text.find(end, found.end())
        if closed < 0:
            return "".join(kept)
        at = closed + len(end)
    return "".join([*kept, text[at:]])


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    """The tags and texts of HTML, in order: ("<li", its attributes), ("</li", "") and ("", a text).

    The parser of the standard library takes minutes for some texts that are no HTML; this one reads each letter once.
    """
    at = 0
    bare = _without_declarations(text)
    for found in _TAG.finditer(bare):
        yield "", html.unescape(bare[at : found.start()])
        yield f"<{found[1]}{found[2].lower()}", found[3]
        at = found.end()
    yield "", html.unescape(bare[at:])


def _marked_texts(text: str) -> Iterator[tuple[str, str]]:
    """The texts that carry a name of ours, in order, each with its name."""
    name, tag, inside = "", "", 0
    said: list[str] = []
    for mark, content in _tokens(text):
        if not name:
            name = _name_of(content) if mark.startswith("<") and not mark.startswith("</") else ""
            tag, inside, said = mark[1:], 0, []
            if name == "point":
                yield name, ""
                name = ""
        elif not mark:
            said.append(content.replace("\n", " "))
        elif mark == "<br":
            said.append("\n")
        elif mark == f"<{tag}":
            inside += 1
        elif mark == f"</{tag}" and inside:
            inside -= 1
        elif mark == f"</{tag}":
            yield name, tidy("".join(said))
            name = ""
    if name:
        yield name, tidy("".join(said))


def _name_of(attributes: str) -> str:
    found = _CLASS.search(attributes)
    names = found[1].split() if found else []
    return next((name.removeprefix(_OURS) for name in names if name.startswith(_OURS)), "")


def text_of_html(text: str) -> str:
    """What somebody sees of an HTML text: blocks become lines, spaces in a row become one."""
    seen: list[str] = []
    unseen = ""
    for mark, content in _tokens(text):
        if unseen:
            unseen = "" if mark == f"</{unseen}" else unseen
        elif not mark:
            seen.append(_SPACES.sub(" ", content))
        elif mark[1:] in _UNSEEN:
            unseen = mark[1:]
        elif mark.lstrip("</") in _BLOCKS:
            seen.append("\n")
    lines = (_SPACES.sub(" ", line).strip() for line in "".join(seen).split("\n"))
    return tidy("\n".join(line for line in lines if line))
