"""How the page looks: light or dark by the reader's own setting, on paper with the words that every page carries."""

from __future__ import annotations

from cqcmock.reports.colours import DARK, LIGHT
from cqcmock.reports.type_sizes import sized

_FACES = '"Atkinson Hyperlegible Next", "Atkinson Hyperlegible", "Segoe UI", Verdana, "DejaVu Sans", sans-serif'
_LAYOUT = """
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); line-height: 1.55; }
main { max-width: 46rem; margin: 0 auto; padding: 1rem 1.25rem 3rem; overflow-wrap: anywhere; }
.furniture { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 2rem; padding: 0.6rem 1.25rem;
  background: var(--tint); color: var(--ink); font-size: 0.9rem; overflow-wrap: anywhere; }
.furniture p { margin: 0.15rem 0; min-width: 0; }
h1, h2 { color: var(--accent); line-height: 1.25; }
h1 { font-size: 2rem; margin: 1.5rem 0 1rem; }
h2 { font-size: 1.45rem; margin: 2.75rem 0 0.75rem; }
h3 { font-size: 1.12rem; margin: 1.75rem 0 0.4rem; line-height: 1.3; }
h4 { font-size: 1rem; margin: 1.25rem 0 0.3rem; }
p { margin: 0.5rem 0 0.75rem; }
ul { margin: 0.4rem 0 1rem; padding-inline-start: 1.4rem; }
li { margin: 0.25rem 0; }
a { color: var(--accent); }
.lead { font-size: 1.15rem; }
.large { font-size: 1.9rem; font-weight: 700; line-height: 1.4; }
.quiet { color: var(--quiet); font-size: 0.92rem; }
blockquote { margin: 0.75rem 0 1rem; padding: 0.1rem 0 0.1rem 1rem; border-inline-start: 4px solid var(--edge); }
blockquote p { white-space: pre-wrap; }
mark { background: none; color: inherit; font-weight: 700; text-decoration: underline; text-decoration-thickness: 2px;
  text-underline-offset: 3px; }
dl { margin: 1rem 0; }
dl div { display: flex; flex-wrap: wrap; gap: 0 1rem; padding: 0.2rem 0; }
dt { font-weight: 700; flex: 0 0 9.5rem; }
dd { margin: 0; flex: 1 1 16rem; min-width: 0; }
.callout { background: var(--tint); padding: 0.75rem 1rem; border-radius: 6px; margin: 1.25rem 0; }
.callout p { margin: 0.2rem 0; }
.callout strong { color: var(--accent); }
.wide { overflow-x: auto; margin: 1.25rem 0; }
.wide:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; }
table { border-collapse: collapse; width: 100%; font-size: 0.95rem; overflow-wrap: break-word; }
caption { text-align: start; font-weight: 700; padding: 0.3rem 0; }
th, td { text-align: start; vertical-align: top; padding: 0.4rem 0.6rem; border-bottom: 1px solid var(--hairline); }
th, td { white-space: pre-line; }
thead th { background: var(--tint); vertical-align: bottom; }
tbody th { font-weight: 400; }
.numeric { text-align: end; font-variant-numeric: tabular-nums; }
td.numeric { white-space: nowrap; }
.writing { margin: 1.25rem 0; }
.rule { border-bottom: 1px solid var(--quiet); height: 1.9rem; }
figure { margin: 1.25rem 0; }
figcaption { font-weight: 700; margin-bottom: 0.4rem; }
.wide table { min-width: 34rem; }
svg { display: block; width: 100%; min-width: 34rem; height: auto; }
svg text { fill: var(--ink); font-family: inherit; }
svg .tick { fill: var(--quiet); }
svg .value { paint-order: stroke; stroke: var(--page); stroke-width: 4px; }
svg .grid { stroke: var(--hairline); }
svg .bar { fill: var(--bar); }
svg .target { fill: var(--ink); }
"""

_PAPER = """
body { background: var(--card); line-height: 1.4; }
main { max-width: none; padding: 0; }
h1 { margin: 0 0 0.6rem; }
h2 { margin: 1.5rem 0 0.4rem; }
h3 { margin: 0.9rem 0 0.25rem; }
p { margin: 0.3rem 0 0.5rem; }
ul, blockquote { margin-block: 0.3rem 0.6rem; }
li { margin: 0.12rem 0; }
dl, .callout, .wide, figure { margin-block: 0.7rem; }
dl div { padding: 0.1rem 0; }
th, td { padding: 0.25rem 0.4rem; }
h1, h2, h3, h4, figcaption, caption, h2 + p { break-after: avoid; }
tr, figure, .callout, .writing, li { break-inside: avoid; }
.new-page { break-before: page; }
p, blockquote { orphans: 3; widows: 3; }
header.furniture, footer.furniture { display: none; }
.wide { overflow: visible; }
svg, .wide table { min-width: 0; }
"""


def style_sheet(*, practice: str, classification: str, retention: str, scale: float = 1.0) -> str:
    """The whole style sheet, its type of size 1 or so many times that.

    The three words for every printed page come as CSS strings (`css_string`).
    """
    running = f"font: {sized(9, scale):g}pt {_FACES}; color: {LIGHT['quiet']};"
    page = f"""@page {{ size: A4; margin: 20mm 18mm;
  @top-left {{ content: {practice}; {running} }}
  @top-right {{ content: {classification}; {running} }}
  @bottom-left {{ content: {retention}; {running} }}
  @bottom-right {{ content: "Page " counter(page) " of " counter(pages); {running} }} }}"""
    faces = f"html {{ font-family: {_FACES}; font-size: {106.25 * scale:g}%; }}"
    small = f"{sized(10.5, scale):g}pt"
    paper = f"html {{ font-size: {sized(12, scale):g}pt; }}\ntable, .quiet {{ font-size: {small}; }}\n{_PAPER.strip()}"
    dark = f"@media screen and (prefers-color-scheme: dark) {{ {_colours(DARK)} }}"
    return "\n".join(
        (
            _colours(LIGHT),
            dark,
            faces,
            _LAYOUT.strip(),
            f"@media print {{\n{paper}\n}}",
            page,
        )
    )


def css_string(text: str) -> str:
    """Text as a CSS string: whatever is not a plain letter, figure or space is written as its code."""
    safe = (
        letter if letter.isascii() and (letter.isalnum() or letter == " ") else f"\\{_code(letter):x} "
        for letter in text
    )
    return f'"{"".join(safe)}"'


def _code(letter: str) -> int:
    code = ord(letter)
    return 0xFFFD if code == 0 or 0xD800 <= code <= 0xDFFF else code


def _colours(colours: dict[str, str]) -> str:
    return f":root {{ {' '.join(f'--{name}: {colour};' for name, colour in colours.items())} }}"
