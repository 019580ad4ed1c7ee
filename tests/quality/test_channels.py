"""Visits fall into the channel that GA4 would give them; what a team meant as paid and GA4 does not count is mended."""

from __future__ import annotations

import pytest

from helpers.quality import channel_of
from helpers.quality.tagging import proposed_medium

PAID = ("cpc", "cpm", "cpv", "ppc", "paid_social", "paid-social", "retargeting")
UNPAID = ("social_paid", "social-ads", "ads", "pago", "publicidad", "redes_pago", "influencer")


@pytest.mark.parametrize("medium", PAID)
def test_paid_media_of_a_social_site_are_paid_social(medium: str) -> None:
    assert channel_of("facebook", medium) == "Paid Social"


@pytest.mark.parametrize("medium", UNPAID)
def test_media_that_only_sound_paid_are_organic_social(medium: str) -> None:
    assert channel_of("facebook", medium) == "Organic Social"


@pytest.mark.parametrize(
    ("source", "medium", "campaign", "channel"),
    [
        ("(direct)", "(none)", "", "Direct"),
        ("google", "cpc", "Cross-network verano", "Cross-network"),
        ("google", "cpc", "shopping_es", "Paid Shopping"),
        ("google", "cpc", "workshop_es", "Paid Search"),
        ("google", "cpc", "", "Paid Search"),
        ("GOOGLE", "CPC", "", "Paid Search"),
        ("youtube", "cpv", "", "Paid Video"),
        ("criteo", "display", "", "Display"),
        ("criteo", "cpm", "", "Display"),
        ("criteo", "retargeting", "", "Paid Other"),
        ("amazon", "referral", "", "Organic Shopping"),
        ("l.instagram.com", "referral", "", "Organic Social"),
        ("boletin", "social", "", "Organic Social"),
        ("youtube.com", "referral", "", "Organic Video"),
        ("www.google.es", "referral", "", "Organic Search"),
        ("duende", "organic", "", "Organic Search"),
        ("boletin", "e-mail", "", "Email"),
        ("socio", "affiliate", "", "Affiliates"),
        ("diario.example", "referral", "", "Referral"),
        ("spotify", "audio", "", "Audio"),
        ("sms", "aviso", "", "SMS"),
        ("app", "web_push", "", "Mobile Push Notifications"),
        ("boletin", "correo", "", "Unassigned"),
    ],
)
def test_the_first_rule_that_holds_names_the_channel(source: str, medium: str, campaign: str, channel: str) -> None:
    assert channel_of(source, medium, campaign) == channel


@pytest.mark.parametrize(
    ("source", "medium", "better"),
    [
        ("facebook", "social_paid", "paid_social"),
        ("instagram", "Redes_Pago", "paid_social"),
        ("google", "pago", "cpc"),
        ("youtube", "publicidad", "paid_video"),
        ("prensa", "anuncio banner", "display"),
        ("prensa", "publicidad", "paid"),
        ("mailchimp", "boletín", "email"),
        ("socio", "afiliación", "affiliate"),
    ],
)
def test_a_habit_is_mended_to_what_the_rules_count(source: str, medium: str, better: str) -> None:
    assert proposed_medium(source, medium) == better
    assert channel_of(source, better) != channel_of(source, medium)


@pytest.mark.parametrize(
    ("source", "medium"),
    [("facebook", "paid_social"), ("google", "cpc"), ("meta", "paid"), ("boletin", "email"), ("diario", "referral")],
)
def test_what_is_counted_as_meant_is_left_alone(source: str, medium: str) -> None:
    assert proposed_medium(source, medium) is None
