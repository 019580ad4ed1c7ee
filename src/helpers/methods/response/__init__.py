"""Response curves: what each channel brings, what one more unit of spend would bring, and how to split a budget."""

from helpers.methods.response.allocation import Allocation, allocate
from helpers.methods.response.fitting import Response, fit
from helpers.methods.response.model import History
from helpers.methods.response.priors import Prior, Regime, channel_prior, regime

__all__ = ["Allocation", "History", "Prior", "Regime", "Response", "allocate", "channel_prior", "fit", "regime"]
