"""Blocks as HTML: what the page and JupyterLab's fallback share.

Every string is escaped by the environment. Only named functions of it give markup that is not: sanitised Markdown,
cleaned drawings, the data block and the style sheet. Nothing here imports nbconvert, so that a kernel can afford it.
"""

from helpers.html.environment import environment
from helpers.html.fallback import fallback
from helpers.html.labels import LABELS, language_names
from helpers.html.look import Look
from helpers.html.markdown import inline, rich
from helpers.html.view import View

__all__ = ["LABELS", "Look", "View", "environment", "fallback", "inline", "language_names", "rich"]
