"""The shop's ledger: who buys, when, what, and what truly brought them.

First orders come from the base and from each channel. Every customer then buys again in the way that the BG/NBD model
describes: purchases at a personal rate (gamma) until a personal chance of leaving (beta) strikes after a purchase.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.simulate.noise import Counts, Numbers
from helpers.simulate.scenario import COVERED, TIMEZONE
from helpers.simulate.streams import Streams
from helpers.simulate.world import World

# BG/NBD parameters; the unit of time is the week.
BG_NBD = {"r": 0.18, "alpha": 20.0, "a": 0.8, "b": 2.4}
BASE = "base"
REPEAT = "repeat"
VAT = 0.21
SHIPPING_CENTS = 495
FREE_SHIPPING_CENTS = 6000
DISCOUNT = 0.1

_HOURS = np.arange(8, 24)
_HOUR_WEIGHTS = np.array([2, 3, 4, 5, 5, 4, 4, 5, 5, 5, 6, 7, 8, 9, 8, 5], dtype=float)

# Where the last click of an order came from, by what truly brought it: channel group → share.
LAST_CLICKS = {
    BASE: {"Organic Search": 0.34, "Direct": 0.28, "Paid Search": 0.2, "Organic Social": 0.1, "Email": 0.08},
    REPEAT: {"Direct": 0.42, "Email": 0.3, "Organic Search": 0.16, "Paid Search": 0.12},
    "meta": {"Paid Social": 0.6, "Direct": 0.18, "Organic Search": 0.14, "Paid Search": 0.08},
    "google_ads": {"Paid Search": 0.6, "Cross-network": 0.25, "Direct": 0.1, "Organic Search": 0.05},
    "tiktok": {"Paid Social": 0.5, "Direct": 0.26, "Organic Search": 0.18, "Paid Search": 0.06},
}


@dataclass(frozen=True)
class Product:
    """One article of the shop; `price` in cents, tax included."""

    sku: str
    name: str
    price: int


PRODUCTS = (
    Product("TO-1", "Toalla rizo", 1290),
    Product("FA-1", "Funda almohada", 1490),
    Product("MT-1", "Mantel lino", 3490),
    Product("CJ-1", "Cojín", 1990),
    Product("AL-1", "Albornoz", 4990),
    Product("SB-1", "Sábanas algodón", 5490),
    Product("MA-1", "Manta lana", 7990),
    Product("FN-1", "Funda nórdica", 8990),
    Product("CO-1", "Colcha lino", 11900),
    Product("NO-1", "Nórdico plumón", 16900),
)


@dataclass(frozen=True)
class Segment:
    """A kind of customer.

    `basket` weighs the articles, in the order of `PRODUCTS`; `discount` is the chance of a discount code in an order.
    """

    name: str
    share: float
    basket: tuple[float, ...]
    discount: float


SEGMENTS = (
    Segment("renovadora", 0.35, (1, 2, 2, 1, 2, 4, 4, 6, 4, 3), 0.08),
    Segment("ocasional", 0.65, (5, 5, 3, 5, 2, 3, 2, 1.5, 0.8, 0.5), 0.3),
)


@dataclass(frozen=True)
class Ledger:
    """Orders and their lines.

    `orders` has one row an order, sorted by time: ordered_at (local time with zone), customer (counted from 1 in order
    of first purchase), cause (base, repeat or a platform), segment, last_click, code, status and the money columns
    subtotal, shipping, tax, total, discount, refunded, in integer cents. `lines` has one row a line: order (position in
    `orders`), sku, name, price (cents), quantity.
    """

    orders: pd.DataFrame
    lines: pd.DataFrame

    @property
    def mean_total(self) -> float:
        """Mean total of an order in euros."""
        return float(self.orders["total"].mean()) / 100


def draw(world: World, streams: Streams) -> Ledger:
    """Draw all orders of the covered days."""
    purchases = _purchases(world, streams)
    purchases["segment"] = _segments(int(purchases["customer"].max()), streams)[purchases["customer"].to_numpy() - 1]
    purchases["last_click"] = _last_clicks(purchases["cause"], streams)
    lines = _lines(purchases["segment"], streams)
    return Ledger(_money(purchases, lines, streams), lines)


def _purchases(world: World, streams: Streams) -> pd.DataFrame:
    """Return time, customer and cause of every order, sorted by time."""
    expected = {BASE: world.base, **{str(platform): world.effect[platform] for platform in world.effect}}
    first = []
    for cause, mean in expected.items():
        counts = streams.of("first orders", cause).poisson(mean.to_numpy())
        first.append(pd.DataFrame({"day": np.repeat(np.arange(len(counts)), counts), "cause": cause}))
    arrivals = pd.concat(first, ignore_index=True)
    arrivals["customer"] = np.arange(len(arrivals))
    both = pd.concat([arrivals, _repeats(arrivals, len(world.days), streams)], ignore_index=True)
    both["ordered_at"] = _local_times(both["day"].to_numpy(), streams)
    both = both.sort_values(["day", "ordered_at", "customer"], ignore_index=True)
    both["customer"] = pd.factorize(both["customer"])[0] + 1
    return both.drop(columns="day")


def _repeats(arrivals: pd.DataFrame, days: int, streams: Streams) -> pd.DataFrame:
    """Let every customer buy again; a visit on the day of the last purchase belongs to it and is left out."""
    rng = streams.of("repeats")
    customers = len(arrivals)
    rate = rng.gamma(BG_NBD["r"], 1 / BG_NBD["alpha"], customers) / 7
    leaving = rng.beta(BG_NBD["a"], BG_NBD["b"], customers)
    clock = arrivals["day"].to_numpy() + rng.uniform(0.0, 1.0, customers)
    alive = np.arange(customers)
    rounds = []
    while len(alive) > 0:
        before = np.floor(clock[alive])
        clock[alive] += rng.exponential(1.0, len(alive)) / np.maximum(rate[alive], 1e-12)
        is_new_day = np.floor(clock[alive]) > before
        is_inside = clock[alive] < days
        bought = alive[is_inside & is_new_day]
        rounds.append(pd.DataFrame({"day": np.floor(clock[bought]).astype(int), "cause": REPEAT, "customer": bought}))
        # In this model nobody leaves before the first repeat purchase.
        stays = rng.uniform(0.0, 1.0, len(alive)) >= leaving[alive]
        alive = alive[is_inside & stays]
    return pd.concat(rounds, ignore_index=True)


def _local_times(day: Counts, streams: Streams) -> pd.Series[pd.Timestamp]:
    rng = streams.of("time of day")
    hours = rng.choice(_HOURS, size=len(day), p=_HOUR_WEIGHTS / _HOUR_WEIGHTS.sum())
    seconds = hours * 3600 + rng.integers(0, 3600, len(day))
    local = pd.Timestamp(COVERED.start) + pd.to_timedelta(day, unit="D") + pd.to_timedelta(seconds, unit="s")
    return pd.Series(local.tz_localize(TIMEZONE))


def _segments(customers: int, streams: Streams) -> Counts:
    shares = [segment.share for segment in SEGMENTS]
    return streams.of("segments").choice(len(SEGMENTS), size=customers, p=shares).astype(np.int64)


def _last_clicks(causes: pd.Series[str], streams: Streams) -> pd.Series[str]:
    chance = streams.of("last click").uniform(0.0, 1.0, len(causes))
    result = pd.Series("", index=causes.index)
    for cause, groups in LAST_CLICKS.items():
        is_cause = (causes == cause).to_numpy()
        position = np.searchsorted(np.cumsum(list(groups.values())), chance[is_cause] - 1e-12)
        result.loc[is_cause] = np.array(list(groups))[position]
    return result


def _lines(segments: pd.Series[int], streams: Streams) -> pd.DataFrame:
    """Fill the baskets: one line for most orders, two for some, each with its quantity."""
    rng = streams.of("baskets")
    counts = 1 + (rng.uniform(0.0, 1.0, len(segments)) < 0.13)
    order = np.repeat(np.arange(len(segments)), counts)
    weights = np.array([np.array(segment.basket) / sum(segment.basket) for segment in SEGMENTS]).cumsum(axis=1)
    chance = rng.uniform(0.0, 1.0, len(order))
    product = (chance[:, None] > weights[segments.to_numpy()[order]]).sum(axis=1)
    price = np.array([article.price for article in PRODUCTS])[product]
    # Small articles are bought in numbers.
    several = rng.uniform(0.0, 1.0, len(order))
    quantity = 1 + (several < 0.45) * (price < 3000) + (several < 0.18) * (price < 2000)
    return pd.DataFrame(
        {
            "order": order,
            "sku": np.array([article.sku for article in PRODUCTS])[product],
            "name": np.array([article.name for article in PRODUCTS])[product],
            "price": price,
            "quantity": quantity,
        }
    )


def _money(purchases: pd.DataFrame, lines: pd.DataFrame, streams: Streams) -> pd.DataFrame:
    """Price the orders in cents: prices include tax, total = subtotal + shipping, subtotal = lines − discount."""
    rng = streams.of("payment")
    count = len(purchases)
    goods = (lines["price"] * lines["quantity"]).groupby(lines["order"]).sum().to_numpy()
    habit = np.array([segment.discount for segment in SEGMENTS])[purchases["segment"].to_numpy()]
    has_code = rng.uniform(0.0, 1.0, count) < habit
    discount = np.where(has_code, np.round(goods * DISCOUNT), 0).astype(np.int64)
    subtotal = goods - discount
    shipping = np.where(subtotal < FREE_SHIPPING_CENTS, SHIPPING_CENTS, 0)
    total = subtotal + shipping
    refunded, status = _refunds(rng, total)
    return purchases.assign(
        subtotal=subtotal,
        shipping=shipping,
        tax=np.round(total * VAT / (1 + VAT)).astype(np.int64),
        total=total,
        discount=discount,
        code=np.where(has_code, "HOGAR10", ""),
        refunded=refunded,
        status=status,
        marketing=np.where(rng.uniform(0.0, 1.0, count) < 0.6, "yes", "no"),
    )


def _refunds(rng: np.random.Generator, total: Numbers | Counts) -> tuple[Counts, Counts]:
    chance = rng.uniform(0.0, 1.0, len(total))
    part = np.round(total * rng.uniform(0.2, 0.6, len(total)))
    refunded = np.select([chance < 0.022, chance < 0.037], [total, part], 0).astype(np.int64)
    status = np.select([chance < 0.022, chance < 0.037], ["refunded", "partially_refunded"], "paid")
    return refunded, status
