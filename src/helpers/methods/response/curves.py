"""How spend turns into effect: part of it comes in later weeks (carry-over), and each further unit brings less.

Arrays that hold many parameter sets at once have the axes (week, draw, channel).
"""

from __future__ import annotations

import numpy as np
from scipy.special import expit

FIRST_WEEKS = 4
LEAST_SHARE = 1e-3


def carry_over(spend: np.ndarray, retention: np.ndarray) -> np.ndarray:
    """Return the spend that is felt in each week: geometric adstock, normalised to keep a constant spend as it is.

    felt[t] = (1 - retention) * spend[t] + retention * felt[t - 1] (Broadbent 1979; normalised as in Jin et al. 2017).

    Parameters
    ----------
    spend
        Shape (weeks, channels). Before its first week each channel is taken to have spent what it spent on average
        in its first four.
    retention
        Share of the felt spend that is left a week later, shape (draws, channels).

    Returns
    -------
    Shape (weeks, draws, channels), in units of spend.
    """
    felt = np.empty((len(spend), *retention.shape))
    fresh = 1 - retention
    last = np.broadcast_to(spend[:FIRST_WEEKS].mean(axis=0), retention.shape)
    for week, amount in enumerate(spend):
        last = felt[week] = retention * last + fresh * amount
    return felt


def saturation(felt: np.ndarray, half: np.ndarray, shape: np.ndarray) -> np.ndarray:
    """Return the share of a channel's highest possible effect that a felt spend reaches: Hill's curve.

    felt^shape / (felt^shape + half^shape) (Hill 1910); 0 at no spend, 1/2 at `half`.
    """
    with np.errstate(divide="ignore"):
        return np.asarray(expit(shape * (np.log(felt) - np.log(half))))


def slope(felt: np.ndarray, half: np.ndarray, shape: np.ndarray) -> np.ndarray:
    """Return the derivative of `saturation` by the felt spend.

    At zero a curve with shape below 1 is infinitely steep; the slope there is that at a thousandth of `half`.
    """
    at = np.maximum(felt, LEAST_SHARE * half)
    reached = saturation(at, half, shape)
    return np.asarray(shape * reached * (1 - reached) / at)
