"""Drawings of very many marks: what would weigh too much as shapes becomes a picture inside the drawing.

Text and everything light stay shapes. The style sheet inverts the picture's lightness on a dark page, where the classes
of shapes do not reach.
"""

from __future__ import annotations

import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import Collection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.path import Path
from matplotlib.transforms import TransformedPath

MOST = 2000
"""Marks that a drawing may hold as shapes."""

DPI = 120
"""Of the picture: one dot for each of a screen, where a drawing is shown half as large again as it is drawn."""


def lighten(figure: Figure) -> None:
    """Let the heaviest things of a figure be drawn as a picture until at most `MOST` marks are left as shapes."""
    found = [(_marks(each), each) for axes in figure.axes for each in (*axes.lines, *axes.collections, *axes.patches)]
    left = sum(count for count, _ in found)
    for count, artist in sorted(found, key=lambda pair: -pair[0]):
        if left <= MOST:
            return
        artist.set_rasterized(True)
        left -= count


def _marks(artist: Artist) -> int:
    """Points of a line, corners of areas, marks of a cloud, and the corners of what cuts them out."""
    clip = artist.get_clip_path()
    edge = _corners(clip.get_transformed_path_and_affine()[0]) if isinstance(clip, TransformedPath) else 0
    match artist:
        case Line2D():
            return edge + _corners(artist.get_path())
        case Collection():
            places = int(np.shape(artist.get_offsets())[0])
            return edge + max(sum(_corners(path) for path in artist.get_paths()), places)
        case Patch():
            return edge + _corners(artist.get_path())
        case _:
            return edge


def _corners(path: Path) -> int:
    return int(np.shape(path.vertices)[0])
