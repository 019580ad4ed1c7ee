"""Can colours be found that everybody tells apart? `python -m benchmarks.palette [--quick]`.

Deficiencies as simulated by Machado, Oliveira and Fernandes (2009) at severity 1.0, on linear light; difference as
CIE 1976 (ΔE*ab); contrast as WCAG 2 defines it. A seeded search is held to the same bars as the tokens of the drawings,
and printed beside palettes that charts commonly use. The tokens came out of a longer search, then were tuned by eye.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt

from helpers.svg.tokens import SERIES, TOKENS

Array = npt.NDArray[np.float64]

VISIONS = {
    "normal": np.eye(3),
    "protan": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deutan": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]]
    ),
    "tritan": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]]
    ),
}
DIFFERENCE = {4: 20.0, 6: 15.0}
"""Least difference of any two among the first so many series colours."""
CONTRAST = 4.5

KNOWN = {
    "seaborn deep": ("#4c72b0", "#dd8452", "#55a868", "#c44e52", "#8172b3", "#937860"),
    "seaborn colorblind": ("#0173b2", "#de8f05", "#029e73", "#d55e00", "#cc78bc", "#ca9161"),
    "Okabe-Ito": ("#e69f00", "#56b4e9", "#009e73", "#f0e442", "#0072b2", "#d55e00"),
}

_TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.072175], [0.0193339, 0.119192, 0.9503041]]
)
_WHITE = np.array([0.95047, 1.0, 1.08883])
_LEAST_CHROMA = 20.0


def linear(colours: Sequence[str]) -> Array:
    """Linear light, one row a hexadecimal colour."""
    encoded = np.array([[int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)] for colour in colours])
    return np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)


def lab(light: Array) -> Array:
    """CIE L*a*b* of linear light, under the white of sRGB."""
    xyz = np.clip(light, 0, 1) @ _TO_XYZ.T / _WHITE
    f = np.where(xyz > (6 / 29) ** 3, np.cbrt(xyz), xyz / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.stack([116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])], axis=-1)


def differences(colours: Sequence[str], vision: str) -> Array:
    """ΔE of every two colours as seen with a vision."""
    seen = lab(linear(colours) @ VISIONS[vision].T)
    return np.asarray(np.linalg.norm(seen[:, None] - seen[None, :], axis=-1))


def least_difference(colours: Sequence[str], visions: Sequence[str] = tuple(VISIONS)) -> float:
    """The smallest ΔE of any two colours under any of the visions."""
    pairs = list(combinations(range(len(colours)), 2))
    return min(float(differences(colours, vision)[pair]) for vision in visions for pair in pairs)


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, between 1 and 21."""
    low, high = sorted((linear([one, other]) @ _TO_XYZ[1]).tolist())
    return float((high + 0.05) / (low + 0.05))


def least_contrast(colours: Sequence[str], theme: int) -> float:
    """The smallest contrast of a colour with the page and with the surface of cards."""
    grounds = [TOKENS[name][theme] for name in ("bg", "sf")]
    return min(contrast(colour, ground) for colour in colours for ground in grounds)


def search(theme: int, seed: int, pool: int, starts: int) -> tuple[str, ...]:
    """Find six colours of which the first four, then all, lie far apart.

    Of a pool of random colours that can be read on the theme, each start takes one and adds the one farthest from
    those that it has; the best of the starts, by how far both bars are passed, is kept.
    """
    rng = np.random.default_rng([seed, theme])
    colours = _readable(rng, theme, pool)
    apart = np.min([differences(colours, vision) for vision in VISIONS], axis=0)
    best, best_score = (), -np.inf
    for first in rng.integers(len(colours), size=starts):
        chosen = [int(first)]
        nearest = apart[first].copy()
        while len(chosen) < max(DIFFERENCE):
            chosen.append(int(nearest.argmax()))
            nearest = np.minimum(nearest, apart[chosen[-1]])
        score = min(_least(apart, chosen[:count]) / bar for count, bar in DIFFERENCE.items())
        if score > best_score:
            best, best_score = tuple(colours[at] for at in chosen), score
    return best


def _least(apart: Array, chosen: list[int]) -> float:
    return min(float(apart[pair]) for pair in combinations(chosen, 2))


def _readable(rng: np.random.Generator, theme: int, pool: int) -> list[str]:
    """Random colours that are no greys and have the contrast that letters need."""
    found: list[str] = []
    while len(found) < pool:
        drawn = ["#{:02x}{:02x}{:02x}".format(*row) for row in rng.integers(256, size=(pool, 3))]
        chroma = np.linalg.norm(lab(linear(drawn))[:, 1:], axis=1)
        found += [
            colour
            for colour, vivid in zip(drawn, chroma, strict=True)
            if vivid >= _LEAST_CHROMA and least_contrast([colour], theme) >= CONTRAST
        ]
    return found[:pool]


def main() -> int:
    """Print the table; 1 if the tokens or the search miss a bar."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.palette", description=__doc__)
    asked.add_argument("--quick", action="store_true", help="search less")
    asked.add_argument("--seed", type=int, default=0)
    given = asked.parse_args()
    pool, starts = (300, 60) if given.quick else (1_200, 600)
    print("least ΔE over normal, protan, deutan, tritan (Machado 2009, severity 1.0); least contrast, page and cards\n")
    print(f"{'palette':<26}{'theme':<8}{'4 colours':>10}{'6 colours':>10}{'contrast':>10}")
    failed = []
    for theme, named in enumerate(("light", "dark")):
        ours = {
            "tokens of the drawings": tuple(TOKENS[name][theme] for name in SERIES),
            f"search, seed {given.seed}": search(theme, given.seed, pool, starts),
        }
        for name, colours in (ours | KNOWN).items():
            four, six = (least_difference(colours[:count]) for count in DIFFERENCE)
            legible = least_contrast(colours, theme)
            missed = name in ours and (four < DIFFERENCE[4] or six < DIFFERENCE[6] or legible < CONTRAST)
            failed += [f"{name} ({named})"] if missed else []
            print(f"{name:<26}{named:<8}{four:>10.1f}{six:>10.1f}{legible:>10.2f}{'  missed' if missed else ''}")
        print(f"  found: {' '.join(ours[f'search, seed {given.seed}'])}\n")
    print("bars: ΔE >= 20 among 4, >= 15 among 6, contrast >= 4.5, for the tokens and for what the search finds")
    print(f"palette: {'missed by ' + ', '.join(failed) if failed else 'every bar held in both themes'}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
