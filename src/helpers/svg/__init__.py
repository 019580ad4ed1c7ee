"""Drawings as safe, small SVG whose colours follow the page.

`clean` is the border: whatever a notebook or a client's folder holds, only known elements with known attributes pass.
It runs when a chart is shown and again when the page is made, and changes nothing the second time.
"""

from helpers.svg.cleaner import DrawingError, clean
from helpers.svg.texts import as_image, translate
from helpers.svg.tokens import TOKENS, mark

__all__ = ["TOKENS", "DrawingError", "as_image", "clean", "mark", "translate"]
