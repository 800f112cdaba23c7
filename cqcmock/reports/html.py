"""A report's content as one self-contained page: it needs no network, runs no script, and reads well aloud.

Every word of the report goes through `escape`; what a person wrote is set apart with its own direction, so that
right-to-left writing stays in its place.
"""

from __future__ import annotations

import re
from html import escape as entities
from itertools import count
from typing import assert_never

from cqcmock.domain import english
from cqcmock.reports import content
from cqcmock.reports.html_chart import drawing
from cqcmock.reports.html_style import css_string, style_sheet

_UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def escape(text: str) -> str:
    """Text as HTML shows it: nothing in it is markup, and what HTML cannot hold becomes U+FFFD."""
    text = _UNSHOWABLE.sub("\N{REPLACEMENT CHARACTER}", text)
    return entities(text, quote=True)


def render(document: content.Document, scale: float = 1.0) -> str:
    """The document as an HTML page; the same document always gives the same text.

    `scale` is the size of its type: 1.5 is large print.
    """
    numbers = count(1)
    body = "\n".join(_block(block, numbers) for block in document.all_blocks)
    title = escape(document.title)
    style = style_sheet(
        practice=css_string(document.practice_words),
        classification=css_string(document.classification),
        retention=css_string(document.retention),
        scale=scale,
    )
    return f"""<!DOCTYPE html>
<html lang="{escape(document.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>
{style}
</style>
</head>
<body>
<header class="furniture">
<p>{escape(document.practice_words)}</p>
<p dir="auto">{escape(document.classification)}</p>
</header>
<main>
<h1>{title}</h1>
{body}
</main>
<footer class="furniture">
<p>{escape(document.practice_words)}</p>
<p>{escape(document.retention)}</p>
<p>Made on {escape(english.day(document.made_on))}</p>
</footer>
</body>
</html>
"""


def _block(block: content.Block, numbers: count[int]) -> str:
    match block:
        case content.Heading():
            level = min(max(block.level, 2), 6)
            kind = ' class="new-page"' if block.new_page else ""
            return f'<h{level}{kind} dir="auto">{escape(block.text)}</h{level}>'
        case content.Paragraph():
            kind = "" if block.voice is content.Voice.BODY else f' class="{block.voice}"'
            return f'<p{kind} dir="auto">{_line(block.line)}</p>'
        case content.Quote():
            lines = "\n".join(f'<p dir="auto">{_line(line)}</p>' for line in block.lines)
            return f"<blockquote>\n{lines}\n</blockquote>"
        case content.BulletList():
            items = "\n".join(f'<li dir="auto">{_line(item)}</li>' for item in block.items)
            return f"<ul>\n{items}\n</ul>"
        case content.Facts():
            pairs = "\n".join(
                f'<div><dt>{escape(name)}</dt><dd dir="auto">{escape(value)}</dd></div>' for name, value in block.pairs
            )
            return f"<dl>\n{pairs}\n</dl>"
        case content.Callout():
            lines = "\n".join(f'<p dir="auto">{_line(line)}</p>' for line in block.lines)
            return f'<div class="callout">\n<p><strong>{escape(block.title)}</strong></p>\n{lines}\n</div>'
        case content.Table():
            return _table(block)
        case content.Chart():
            number = next(numbers)
            return (
                f'<figure>\n<figcaption id="chart-{number}-caption">{escape(block.title)}</figcaption>\n'
                f'<div class="wide" role="region" tabindex="0" aria-labelledby="chart-{number}-caption">\n'
                f"{drawing(block, number, escape)}\n</div>\n</figure>"
            )
        case content.WritingLines():
            rules = '<div class="rule"></div>' * block.lines
            return f'<div class="writing">\n<p><strong>{escape(block.label)}</strong></p>\n{rules}\n</div>'
        case _:
            assert_never(block)


def _table(table: content.Table) -> str:
    def kind(at: int) -> str:
        return ' class="numeric"' if at in table.numeric else ""

    whole = sum(table.shares)
    columns = "".join(f'<col style="width: {100 * share / whole:.1f}%">' for share in table.shares)
    head = "".join(f'<th scope="col"{kind(at)}>{escape(text)}</th>' for at, text in enumerate(table.header))
    rows = "\n".join(
        f'<tr><th scope="row" dir="auto">{escape(row[0])}</th>'
        + "".join(f'<td dir="auto"{kind(at)}>{escape(text)}</td>' for at, text in enumerate(row) if at)
        + "</tr>"
        for row in table.rows
    )
    return (
        f'<div class="wide" role="region" tabindex="0" aria-label="{escape(table.caption)}">\n'
        f"<table>\n<caption>{escape(table.caption)}</caption>\n"
        f"<colgroup>{columns}</colgroup>\n<thead>\n<tr>{head}</tr>\n</thead>\n<tbody>\n{rows}\n</tbody>\n</table>\n</div>"
    )


def _line(line: content.Line) -> str:
    return "".join(map(_run, line))


def _run(run: content.Run) -> str:
    words = escape(run.text)
    match run.look:
        case content.Look.STRONG:
            words = f"<strong>{words}</strong>"
        case content.Look.HEARD:
            words = f"<mark>{words}</mark>"
        case content.Look.PLAIN:
            pass
    return f'<a href="{escape(run.address)}" rel="noreferrer">{words}</a>' if run.address else words
