"""Random numbers, one independent stream for each purpose.

A stream is found by its name alone, so leaving one purpose out changes no other: that is what makes twins comparable.
"""

from __future__ import annotations

import hashlib

import numpy as np


class Streams:
    """Streams of one seed.

    Parameters
    ----------
    seed
        Not negative; the same seed gives the same numbers for every purpose.
    """

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def of(self, *purpose: str) -> np.random.Generator:
        """Return the stream of a purpose, from its beginning each time it is asked for."""
        digest = hashlib.sha256("/".join(purpose).encode()).digest()
        return np.random.default_rng([self.seed, *np.frombuffer(digest[:16], dtype="<u4").tolist()])
