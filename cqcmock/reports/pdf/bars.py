"""A bar chart drawn straight onto the page: one bar a line, its value beside it, its target as an upright mark."""

from __future__ import annotations

from reportlab.lib.colors import toColor  # type: ignore[import-untyped]
from reportlab.pdfbase.pdfmetrics import stringWidth  # type: ignore[import-untyped]
from reportlab.platypus.flowables import Flowable  # type: ignore[import-untyped]

from cqcmock.reports.colours import LIGHT
from cqcmock.reports.content import Chart
from cqcmock.reports.pdf.text import printable

BAR, INK, QUIET, HAIRLINE, PAPER = (toColor(LIGHT[name]) for name in ("bar", "ink", "quiet", "hairline", "card"))
_SIZE, _LINE, _BAR, _GAP = 10.0, 19.5, 10.5, 8.0
_MOST_LABEL = 0.36
"""The share of the width that labels may take before they are cut."""


class Bars(Flowable):  # type: ignore[misc]
    """The drawing of a chart, `scale` times its usual size; goes into a `Figure` with the chart's alternative text."""

    def __init__(self, chart: Chart, font: str, scale: float = 1.0) -> None:
        super().__init__()
        self.chart, self.font, self.scale = chart, font, scale

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.width = width / self.scale
        self.height = _LINE * (len(self.chart.bars) + 2)
        return width, self.height * self.scale

    def draw(self) -> None:
        chart, canvas = self.chart, self.canv
        labels = [self._cut(bar.label, self.width * _MOST_LABEL) for bar in chart.bars]
        left = max(self._measure(label) for label in labels) + _GAP
        values = max(self._measure(printable(bar.value_text, self.font)) for bar in chart.bars)
        scale = (self.width - left - values - _GAP) / chart.top
        foot = 2 * _LINE
        canvas.saveState()
        if self.scale != 1:
            canvas.scale(self.scale, self.scale)
        self._draw_scale(left, scale, foot)
        for row, bar in enumerate(chart.bars):
            middle = self.height - (row + 0.5) * _LINE
            baseline = middle - _SIZE * 0.35
            canvas.setFillColor(INK)
            canvas.setFont(self.font, _SIZE)
            canvas.drawString(left - _GAP - self._measure(labels[row]), baseline, labels[row])
            end = left + bar.value * scale
            canvas.setFillColor(BAR)
            canvas.rect(left, middle - _BAR / 2, max(0.5, end - left), _BAR, stroke=0, fill=1)
            canvas.setFillColor(INK)
            if bar.target is not None:
                mark = left + bar.target * scale
                self._draw_mark(mark, middle)
                end = max(end, mark)
            words, start = printable(bar.value_text, self.font), end + _GAP * 0.75
            canvas.setFillColor(PAPER)
            canvas.rect(start - 2, baseline - 2, self._measure(words) + 4, _SIZE + 1, stroke=0, fill=1)
            canvas.setFillColor(INK)
            canvas.drawString(start, baseline, words)
        self._draw_key(left)
        canvas.restoreState()

    def _draw_scale(self, left: float, scale: float, foot: float) -> None:
        canvas = self.canv
        canvas.setStrokeColor(HAIRLINE)
        canvas.setLineWidth(0.75)
        canvas.setFillColor(QUIET)
        canvas.setFont(self.font, _SIZE - 1)
        for value, words in self.chart.ticks:
            x = left + value * scale
            canvas.line(x, foot, x, self.height)
            words = printable(words, self.font)
            canvas.drawCentredString(x, foot - _SIZE - 2, words)

    def _draw_mark(self, x: float, middle: float) -> None:
        self.canv.rect(x - 1.1, middle - _BAR * 0.8, 2.2, _BAR * 1.6, stroke=0, fill=1)

    def _draw_key(self, left: float) -> None:
        canvas, chart = self.canv, self.chart
        middle = _LINE * 0.35
        baseline = middle - _SIZE * 0.35
        canvas.setFont(self.font, _SIZE - 1)
        canvas.setFillColor(BAR)
        canvas.rect(left, middle - _BAR * 0.35, _BAR * 1.4, _BAR * 0.7, stroke=0, fill=1)
        canvas.setFillColor(INK)
        words = printable(chart.value_name, self.font)
        x = left + _BAR * 1.4 + _GAP * 0.75
        canvas.drawString(x, baseline, words)
        if chart.target_name:
            x += stringWidth(words, self.font, _SIZE - 1) + _GAP * 3
            canvas.rect(x, middle - _BAR * 0.55, 2.2, _BAR * 1.1, stroke=0, fill=1)
            canvas.drawString(x + 2.2 + _GAP * 0.75, baseline, printable(chart.target_name, self.font))

    def _measure(self, text: str) -> float:
        return float(stringWidth(text, self.font, _SIZE))

    def _cut(self, label: str, room: float) -> str:
        label = printable(label, self.font)
        if self._measure(label) <= room:
            return label
        while label and self._measure(label + "…") > room:
            label = label[:-1]
        return label.rstrip() + "…"
