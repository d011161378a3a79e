"""Excel's own charts: a line a person for every KPI, with the target, drawn from a sheet of numbers that people can go on with."""

from __future__ import annotations

import math
from collections.abc import Sequence

from openpyxl.chart import LineChart, Reference, Series
from openpyxl.chart.text import RichText
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from amdash.i18n import Translator, formats
from amdash.metrics.period import is_month
from amdash.metrics.spec import Kpi
from amdash.report import xlsx
from amdash.report.workbook.cells import Row, printable, value

# Blue, orange, green, violet ...: told apart by the colour-blind too (Okabe and Ito, Color Universal Design, 2008).
# More lines would be a tangle: the numbers of everybody stand on the sheet of data.
_COLOURS = ("0072B2", "E69F00", "009E73", "CC79A7", "56B4E9", "D55E00", "8C8C8C", "332288", "117733", "882255")
_TARGET = "1E252E"
_WIDTH, _HEIGHT = 16.5, 8.4
_ROWS_A_CHART = 18
_THICK = 22_000

_TITLE = CharacterProperties(sz=1200, b=True)
_SMALL = RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=CharacterProperties(sz=900)), endParaRPr=CharacterProperties(sz=900))])


def draw(sheet: Worksheet, data: Worksheet, kpis: Sequence[Kpi], people: Sequence[Row], _: Translator) -> None:
    """A chart for every KPI that has values, two beside each other; the numbers of each in a block of ``data``."""
    place, drawn = 1, 0
    for kpi in kpis:
        shown = [row for row in people if kpi.id in row.readings and any(point.value is not None for point in row.readings[kpi.id].points)]
        if not shown:
            continue
        last = _block(data, place, kpi, shown, _)
        chart = _chart(data, place, last, kpi, len(shown), _)
        row, column = divmod(drawn, 2)
        sheet.add_chart(chart, f"{'AK'[column]}{1 + row * _ROWS_A_CHART}")
        place, drawn = last + 3, drawn + 1
    if not drawn:
        xlsx.put(sheet.cell(1, 1), _("Nothing was measured in this period."))
    data.column_dimensions["A"].width = 18
    data.freeze_panes = "B1"
    printable(sheet)


def _block(data: Worksheet, first: int, kpi: Kpi, people: Sequence[Row], _: Translator) -> int:
    """Periods down, people across, the target last; returns the last row."""
    xlsx.put(data.cell(first, 1), _(kpi.name))
    data.cell(first, 1).font = Font(bold=True)
    for column, row in enumerate(people, 2):
        xlsx.put(data.cell(first, column), row.name)
    points = [row.readings[kpi.id].points for row in people]
    xlsx.put(data.cell(first, 2 + len(people)), _("Target"))
    for place, period in enumerate((point.period for point in points[0]), first + 1):
        xlsx.put(data.cell(place, 1), formats.month_tight(period, _.language) if is_month(period) else formats.month(period, _.language))
        for column, own in enumerate(points, 2):
            value(data.cell(place, column), own[place - first - 1].value, kpi)
        # Where people are held to different targets there is none to draw for all.
        targets = {own[place - first - 1].target for own in points}
        value(data.cell(place, 2 + len(people)), targets.pop() if len(targets) == 1 else None, kpi)
    return first + len(points[0])


def _chart(data: Worksheet, first: int, last: int, kpi: Kpi, people: int, _: Translator) -> LineChart:
    """The lines of one block, of the first people where there are many."""
    chart = LineChart()
    chart.title, chart.width, chart.height, chart.legend.position = _(kpi.name), _WIDTH, _HEIGHT, "r"
    # A month without a value is a gap, never nought.
    chart.display_blanks = "gap"
    chart.title.tx.rich.p[0].r[0].rPr = _TITLE
    chart.x_axis.txPr = chart.y_axis.txPr = chart.legend.txPr = _SMALL
    chart.y_axis.number_format, chart.y_axis.majorGridlines = xlsx.NUMBER_FORMATS[kpi.unit], None
    # Lines, not bars: what differs is to be seen, wherever nought is.
    chart.y_axis.scaling.min = _floor(
        [float(cell.value) for row in data.iter_rows(first + 1, last, 2, people + 2) for cell in row if isinstance(cell.value, int | float)]
    )
    chart.x_axis.delete = chart.y_axis.delete = False
    for column, colour in enumerate(_COLOURS[:people], 2):
        chart.series.append(_line(data, first, last, column, colour))
    target = people + 2
    if any(data.cell(row, target).value is not None for row in range(first + 1, last + 1)):
        line = _line(data, first, last, target, _TARGET)
        line.graphicalProperties.line.dashStyle = "dash"
        chart.series.append(line)
    chart.set_categories(Reference(data, min_col=1, min_row=first + 1, max_row=last))
    return chart


def _floor(values: Sequence[float]) -> float | None:
    """A round number a little below all values; None, which leaves it to Excel, where that would be below nought or far away."""
    least, span = min(values), max(values) - min(values)
    if span <= 0 or least <= span:
        return None
    step = 10.0 ** math.floor(math.log10(span))
    return max(0.0, math.floor((least - 0.1 * span) / step) * step)


def _line(data: Worksheet, first: int, last: int, column: int, colour: str) -> Series:
    line = Series(Reference(data, min_col=column, min_row=first, max_row=last), title_from_data=True)
    line.graphicalProperties.line.solidFill, line.graphicalProperties.line.width, line.smooth = colour, _THICK, False
    return line
