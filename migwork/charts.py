"""Coordinates for the charts: pure functions from numbers to what the templates draw.

A drawing is 360 wide, as a phone shows it, so that its letters stay readable there. Coordinates are
text already: templates would write 1.5 as "1,5" in Italian. Every drawing carries its table of numbers.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from math import ceil, floor, log10

from django.utils.formats import number_format

WIDTH = 360


def plain(value) -> str:
    """A number as people read it: grouped, without decimals."""
    return number_format(Decimal(value).quantize(Decimal(1), ROUND_HALF_UP), 0, use_l10n=True, force_grouping=True)


def one_decimal(value) -> str:
    """A mean as people read it: 3,4."""
    return number_format(Decimal(value).quantize(Decimal("0.1"), ROUND_HALF_UP), 1, use_l10n=True)


def _c(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


@dataclass(frozen=True)
class Drawing:
    template: str
    title: str
    description: str
    height: str
    head: tuple[str, ...]
    table: tuple[tuple[str, ...], ...]
    shapes: dict = field(default_factory=dict)
    width: str = str(WIDTH)


def bars(
    title: str,
    rows: Sequence[tuple],
    *,
    head: Sequence[str],
    write: Callable = plain,
    description: str = "",
) -> Drawing:
    """One bar a row: (label, value) or (label, value, target); the target is a mark across the bar.

    `head` names the columns of the table, `write` says how a value is written (e.g. as money).
    """
    targets = [row[2] for row in rows if len(row) > 2 and row[2] is not None]
    top = max([float(row[1]) for row in rows] + [float(t) for t in targets] + [0]) or 1
    shapes, step = [], 48
    for i, row in enumerate(rows):
        value, target = row[1], row[2] if len(row) > 2 else None
        y = i * step
        shapes.append(
            {
                "label": row[0],
                "value": write(value) if target is None else f"{write(value)} / {write(target)}",
                "text_y": _c(y + 16),
                "y": _c(y + 24),
                "width": _c(float(value) / top * WIDTH),
                "mark": None if target is None else _c(min(float(target) / top * WIDTH, WIDTH - 1)),
                "mark_y": _c(y + 21),
                "mark_end": _c(y + 41),
            }
        )
    table = tuple((str(row[0]), *(write(v) if v is not None else "–" for v in row[1:])) for row in rows)
    return Drawing(
        "components/charts/bars.html", title, description, _c(max(len(rows) * step, 1)), tuple(head), table,
        {"rows": shapes},
    )  # fmt: skip


def ticks(top: float, count: int = 4) -> list[float]:
    """Round numbers from 0 to at least `top`: 0, 250, 500, 750, 1000."""
    if top <= 0:
        return [0, 1]
    rough = top / count
    power = 10 ** floor(log10(rough))
    step = next(m * power for m in (1, 2, 2.5, 5, 10) if m * power >= rough)
    if step < 1:
        step = 1
    return [i * step for i in range(ceil(top / step) + 1)]


def lines(
    title: str,
    labels: Sequence[str],
    series: Sequence[tuple[str, Sequence]],
    *,
    head: str = "",
    write: Callable = plain,
    description: str = "",
) -> Drawing:
    """Up to three series over the same labels: (name, values). None leaves a value out (what is still to come)."""
    if not 1 <= len(series) <= 3:
        raise ValueError("a line chart holds one to three series")
    scale = ticks(max((float(v) for _, values in series for v in values if v is not None), default=0))
    left, right, top, bottom = 48, WIDTH - 8, 24 * len(series) + 12, 24 * len(series) + 192
    x = [left + (right - left) * i / max(len(labels) - 1, 1) for i in range(len(labels))]

    def y(value):
        return bottom - (bottom - top) * float(value) / scale[-1]

    drawn = []
    for number, (name, values) in enumerate(series, start=1):
        points = [(x[i], y(v)) for i, v in enumerate(values) if v is not None]
        drawn.append(
            {
                "name": name,
                "number": number,
                "legend_y": _c(number * 24 - 12),
                "legend_text_y": _c(number * 24 - 7),
                "points": " ".join(f"{_c(px)},{_c(py)}" for px, py in points),
                "end_x": _c(points[-1][0]) if points else "",
                "end_y": _c(points[-1][1]) if points else "",
            }
        )
    every = ceil(len(labels) / 5) if labels else 1
    shown = [
        {"x": _c(x[i]), "text": text, "anchor": "start" if i == 0 else "end" if i == len(labels) - 1 else "middle"}
        for i, text in enumerate(labels)
        if i == len(labels) - 1 or (i % every == 0 and len(labels) - 1 - i >= every / 2)
    ]
    table = tuple(
        (str(label), *("–" if values[i] is None else write(values[i]) for _, values in series))
        for i, label in enumerate(labels)
    )
    return Drawing(
        "components/charts/lines.html",
        title,
        description,
        _c(bottom + 30),
        (head, *(name for name, _ in series)),
        table,
        {
            "series": drawn,
            "grid": [{"y": _c(y(t)), "text_y": _c(y(t) + 5), "text": write(t)} for t in scale],
            "labels": shown,
            "label_y": _c(bottom + 22),
            "left": str(left),
            "right": str(right),
        },
    )


def funnel(
    title: str,
    steps: Sequence[tuple],
    *,
    head: Sequence[str],
    write: Callable = plain,
    description: str = "",
) -> Drawing:
    """How many reach each step of a way: (label, value) or (label, value, note), e.g. the days it takes."""
    first = float(steps[0][1]) if steps and steps[0][1] else 1.0
    shapes, table, step = [], [], 60
    for i, row in enumerate(steps):
        label, value = row[0], row[1]
        note = row[2] if len(row) > 2 else ""
        part = f"{plain(float(value) / first * 100)}\xa0%"
        shapes.append(
            {
                "label": label,
                "value": write(value),
                "part": part,
                "note": note,
                "text_y": _c(i * step + 16),
                "y": _c(i * step + 24),
                "part_y": _c(i * step + 38),
                "width": _c(max(min(float(value) / first, 1), 0) * (WIDTH - 56)),
                "part_x": _c(max(min(float(value) / first, 1), 0) * (WIDTH - 56) + 8),
            }
        )
        table.append((str(label), write(value), part, *([str(note)] if len(row) > 2 else [])))
    return Drawing(
        "components/charts/funnel.html", title, description, _c(max(len(steps) * step - 12, 1)), tuple(head),
        tuple(table), {"rows": shapes},
    )  # fmt: skip


def pairs(
    title: str,
    rows: Sequence[tuple],
    *,
    names: Sequence[str],
    top: float,
    head: Sequence[str],
    write: Callable = plain,
    description: str = "",
    only_first: bool = False,
) -> Drawing:
    """Two bars a row, what was and what is: (label, before, now), None for what nobody said.

    `names` says what the two are, `top` is the most that can be reached. `only_first`: there is no "now" yet.
    """
    most, step = 200, 48 if only_first else 72
    shapes, table = [], []
    for i, (label, *values) in enumerate(rows):
        values = values[:1] if only_first else values
        drawn = []
        for number, value in enumerate(values):
            y = i * step + 24 + number * 22
            drawn.append(
                {
                    "css": "c-2" if number == 0 and not only_first else "c-1",
                    "fill": "#b9aa93" if number == 0 and not only_first else "#0a6a7b",
                    "y": _c(y),
                    "text_y": _c(y + 12),
                    "width": "0" if value is None else _c(float(value) / top * most),
                    "text": "–" if value is None else f"{write(value)} ({names[number]})",
                }
            )
        shapes.append({"label": label, "text_y": _c(i * step + 16), "bars": drawn})
        table.append((str(label), *("–" if value is None else str(write(value)) for value in values)))
    return Drawing(
        "components/charts/pairs.html", title, description, _c(max(len(rows) * step - 8, 1)),
        tuple(head[:2] if only_first else head), tuple(table), {"rows": shapes, "most": str(most)},
    )  # fmt: skip
