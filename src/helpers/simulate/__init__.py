"""Worlds with known truth, written as raw platform exports.

The latent layer comes first (demand, spend, what each channel truly brings), then auctions, clicks and orders, then
what platforms claim: true orders times an over-claim. Faults change the reported figures only. Layers, low to high:
streams < scenario < scenarios, noise < spend < world < orders < ads_*, web, posts, library, trends, experiments, fx
< figures < faults < exports < documents, truth < client.

`write_client` returns the truth, schema `cuaderno.truth/1`; it never lies inside the client folder:

schema, seed, client, seasonal, period, as_of, currency
    What was asked for and what the files cover.
faults
    What is planted: name, where (platform, campaign, ad, account, columns, file or experiment), start, end (first and
    last day), size. A fault that was left out is not listed.
totals.all, totals.2026-10
    Sums of the amounts as written in the files, each file's rows once (`duplicated_export` is not counted), for `ads`
    and by platform under `platforms`: spend, conversions, conversion_value, impressions, clicks, link_clicks. Money is
    in euros: foreign amounts times the rate of their day in fx.csv, rounded once at the end. Null where the platform's
    export has no such column (Google: link_clicks; TikTok: conversion_value); `ads` is then the sum of the others.
    Clicks are Meta's clicks (all), Google's clicks, TikTok's clicks to the destination (also its link_clicks).
    `ledger`: orders; total (what the customer paid: subtotal + shipping, tax included), subtotal (goods after
    discount), shipping, tax, discount, refunded (not taken off the others); units; customers; new_customers (first
    order falls into the period); customers_with_two_orders (at least two inside the period).
separable
    Whether the channels' effects can be told apart from the files.
channels
    By platform: adstock (geometric; retention a day and a week, normalised), saturation (Hill over carried-over euros
    a day; possible_orders is the ceiling a day), expected_orders (latent sum), caused_orders, caused_revenue and
    contribution_share (orders of the ledger that this channel caused, repeat purchases not included; revenue is
    `total`), spend, true_roas = caused_revenue / spend, marginal_roas (of a lasting euro a day more, at the last
    month's spend), overclaim (factor; realised = reported conversions / caused_orders), blackouts.
base
    first_orders and repeat_orders of the ledger that no channel caused directly.
customers
    BG/NBD parameters of repeat purchases, in weeks, and the true segments with their shares.
members
    The loyalty club: how many members, by true group how many and their share, and for each row of its export which
    of the groups it is, as one digit counted from 0 in the order of the groups.
trends
    The term whose level shifts, the first week (its Sunday) of the new level, the factor.
competitors
    By name, the client under `client`: engagement_by_reach on Instagram (of a competitor its likes, of the client all
    interactions of an ordinary format), share_of_ads of the last month.
posts
    By platform: best_format (null if none is better) and each format's relative engagement.
experiments
    By name: dates, true conversion rates of A (control) and B, their difference, users as written, split_is_sound.
"""

from helpers.simulate.client import write_client
from helpers.simulate.faults import FAULTS
from helpers.simulate.truth import write_truth

__all__ = ["FAULTS", "write_client", "write_truth"]
