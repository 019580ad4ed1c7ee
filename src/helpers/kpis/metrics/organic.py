"""Profiles and their posts."""

from __future__ import annotations

from helpers.kpis.model import found, summed
from helpers.wording import msg

METRICS = (
    summed("posts", "count", "none", msg("Posts"), msg("The posts"), msg("Posts published in the period.")),
    summed("views", "count", "up", msg("Views"), msg("The views"), msg("Times the posts were seen or played.")),
    summed(
        "interactions",
        "count",
        "up",
        msg("Interactions"),
        msg("The interactions"),
        msg("Reactions (else likes), comments, shares and saves of the posts, without follows and clicks."),
    ),
    found(
        "reach",
        "count",
        msg("Reach of a post"),
        msg("Mean over the posts of the people that each reached; reach is never added."),
        "up",
    ),
    found("followers", "count", msg("Followers"), msg("Followers at the end of the period."), "up"),
    found(
        "net_followers", "count", msg("Net new followers"), msg("Followers won less followers lost."), "up", signed=True
    ),
    found(
        "er_reach",
        "share",
        msg("Engagement by reach"),
        msg("Mean over the posts of interactions for each person reached."),
        "up",
    ),
    found(
        "er_views",
        "share",
        msg("Engagement by views"),
        msg("Interactions for each view, added up over the posts."),
        "up",
    ),
    found(
        "er_followers",
        "share",
        msg("Engagement by followers"),
        msg("Mean over the posts of interactions for each follower at the time of the post."),
        "up",
    ),
    found(
        "format_effect",
        "share",
        msg("Effect of the format"),
        msg("Engagement of a format's posts against that of the profile's other posts."),
        "up",
        signed=True,
    ),
)
