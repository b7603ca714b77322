"""A chart that is drawn by hand: an SVG that needs no library and is readable on a light and on a dark page."""

import math

WIDTH, HEIGHT = 560, 300
LEFT, RIGHT, TOP, BOTTOM = 44, 12, 44, 44

STYLE = """
text { font: 13px system-ui, sans-serif; fill: #24292f; }
.title { font-weight: 600; font-size: 14px; }
.bar { fill: #2f6fab; }
.best { fill: #c4641a; }
.grid { stroke: #d0d7de; }
.one { stroke: #57606a; stroke-dasharray: 5 4; }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3; }
  .bar { fill: #5b9bd5; }
  .best { fill: #f0883e; }
  .grid { stroke: #3d444d; }
  .one { stroke: #9198a1; }
}
"""


def bars(title, unit, ratios):
    """A bar for each of 1, 2, 3, …, the highest in another colour, and a dashed line at one."""
    top = math.ceil(max(ratios) + 0.25)
    width, height = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM

    def y(ratio):
        return TOP + height * (1 - ratio / top)

    values = ", ".join(f"{number}: {ratio:.2f}" for number, ratio in enumerate(ratios, start=1))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        'role="img" aria-labelledby="title description">',
        f'<title id="title">{title}</title>', f'<desc id="description">{unit}: {values}</desc>',
        f"<style>{STYLE}</style>", text(LEFT, 22, title, "start", "title")]
    for tick in range(top + 1):
        kind = "one" if tick == 1 else "grid"
        parts.append(f'<line class="{kind}" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(tick):.1f}" y2="{y(tick):.1f}"/>')
        parts.append(text(LEFT - 8, y(tick) + 4, f"{tick} ×", "end"))
    step = width / len(ratios)
    for index, ratio in enumerate(ratios):
        middle = LEFT + step * (index + 0.5)
        kind = "bar best" if ratio == max(ratios) else "bar"
        parts.append(f'<rect class="{kind}" x="{middle - step * 0.3:.1f}" width="{step * 0.6:.1f}" '
                     f'y="{y(ratio):.1f}" height="{y(0) - y(ratio):.1f}"/>')
        parts.append(text(middle, y(ratio) - 6, f"{ratio:.2f}"))
        parts.append(text(middle, y(0) + 18, str(index + 1)))
    parts += [text(LEFT + width / 2, HEIGHT - 8, unit), "</svg>"]
    return "\n".join(parts) + "\n"


def panels(title, groups):
    """Side by side for each group, by its title, a bar for each name; the first in another colour. Each has its own scale."""
    width, height = 720, 230
    names = list(next(iter(groups.values())))
    step = (width - 24) / len(groups)
    top, foot = 84, height - 34
    values = "; ".join(f"{group}: " + ", ".join(f"{name} {value:,.0f}" for name, value in bars.items())
                       for group, bars in groups.items())
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        'role="img" aria-labelledby="title description">',
        f'<title id="title">{title}</title>', f'<desc id="description">{values}</desc>',
        f"<style>{STYLE}</style>", text(12, 22, title, "start", "title")]
    for index, (group, bars) in enumerate(groups.items()):
        left, room = 12 + step * index, (step - 24) / len(names)
        parts.append(text(left, 52, group, "start"))
        parts.append(f'<line class="grid" x1="{left:.1f}" x2="{left + step - 24:.1f}" y1="{foot}" y2="{foot}"/>')
        for number, name in enumerate(names):
            middle = left + room * (number + 0.5)
            size = (foot - top) * bars[name] / max(bars.values())
            kind = "bar best" if number == 0 else "bar"
            parts.append(f'<rect class="{kind}" x="{middle - room * 0.36:.1f}" width="{room * 0.72:.1f}" '
                         f'y="{foot - size:.1f}" height="{size:.1f}"/>')
            parts.append(text(middle, foot - size - 6, f"{bars[name]:,.0f}"))
            parts.append(text(middle, foot + 18, name))
    return "\n".join(parts + ["</svg>"]) + "\n"


def text(x, y, words, anchor="middle", kind=""):
    name = f' class="{kind}"' if kind else ""
    return f'<text{name} x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{words}</text>'
