"""A chart as inline SVG: a title and a description for those who do not see it, the same geometry as the PDF's."""

from __future__ import annotations

from collections.abc import Callable

from cqcmock.domain.english import shortened
from cqcmock.reports.content import Bar, Chart

_WIDTH, _LINE, _BAR, _SIZE, _LETTER, _GAP = 720, 34, 18, 15, 8.6, 12
_LONGEST_LABEL = 34


def drawing(chart: Chart, number: int, escape: Callable[[str], str]) -> str:
    """The SVG element of a chart; `number` makes its ids unique in the page, `escape` is the page's own."""
    labels = [shortened(bar.label, _LONGEST_LABEL) for bar in chart.bars]
    left = max(map(len, labels)) * _LETTER + _GAP
    values = max(len(bar.value_text) for bar in chart.bars) * _LETTER
    scale = (_WIDTH - left - values - 2 * _GAP) / chart.top
    foot = len(chart.bars) * _LINE
    named_by = f"chart-{number}-title chart-{number}-words"
    parts = [
        f'<svg viewBox="0 0 {_WIDTH} {foot + 2 * _LINE}" role="img" font-size="{_SIZE}" aria-labelledby="{named_by}">',
        f'<title id="chart-{number}-title">{escape(chart.title)}</title>',
        f'<desc id="chart-{number}-words">{escape(chart.alternative)}</desc>',
    ]
    for value, words in chart.ticks:
        x = left + value * scale
        parts.append(f'<line class="grid" x1="{x:.1f}" y1="0" x2="{x:.1f}" y2="{foot}" stroke-width="1"/>')
        parts.append(f'<text class="tick" x="{x:.1f}" y="{foot + 20}" text-anchor="middle">{escape(words)}</text>')
    for row, bar in enumerate(chart.bars):
        parts += _bar(bar, labels[row], left, scale, (row + 0.5) * _LINE, escape)
    parts += _key(chart, left, foot + 1.5 * _LINE, escape)
    return "\n".join([*parts, "</svg>"])


def _bar(bar: Bar, label: str, left: float, scale: float, middle: float, escape: Callable[[str], str]) -> list[str]:
    end = left + bar.value * scale
    baseline = middle + _SIZE * 0.35
    top, wide = middle - _BAR / 2, max(0.5, end - left)
    parts = [
        f'<text x="{left - _GAP:.1f}" y="{baseline:.1f}" text-anchor="end">{escape(label)}</text>',
        f'<rect class="bar" x="{left:.1f}" y="{top:.1f}" width="{wide:.1f}" height="{_BAR}"/>',
    ]
    if bar.target is not None:
        mark = left + bar.target * scale
        parts.append(f'<rect class="target" x="{mark - 1.75:.1f}" y="{top - 6:.1f}" width="3.5" height="{_BAR + 12}"/>')
        end = max(end, mark)
    parts.append(f'<text class="value" x="{end + 8:.1f}" y="{baseline:.1f}">{escape(bar.value_text)}</text>')
    return parts


def _key(chart: Chart, left: float, middle: float, escape: Callable[[str], str]) -> list[str]:
    baseline = middle + _SIZE * 0.35
    parts = [
        f'<rect class="bar" x="{left:.1f}" y="{middle - 6:.1f}" width="22" height="12"/>',
        f'<text x="{left + 30:.1f}" y="{baseline:.1f}">{escape(chart.value_name)}</text>',
    ]
    if chart.target_name:
        x = left + 30 + len(chart.value_name) * _LETTER + 24
        parts.append(f'<rect class="target" x="{x:.1f}" y="{middle - 9:.1f}" width="3.5" height="18"/>')
        parts.append(f'<text x="{x + 12:.1f}" y="{baseline:.1f}">{escape(chart.target_name)}</text>')
    return parts
