"""Stripe payments, CSV; the headers are English whatever the dashboard's language.

Headers seen in real exports: currencies in lower case, payments of several currencies in one file beside the amount
that was settled, UTM columns of checkout links. Payments that failed or were cancelled stand among the others and
are left out. Balance, payouts, invoices and subscriptions tell of the same money again and are not read. Names,
addresses, e-mails and cards are dropped.
"""

from __future__ import annotations

from helpers.platforms.model import Derived, Header, LeftOut, Platform, Report, normalised

_ADDRESS = ("Line1", "Line2", "City", "State", "Country", "Postal Code", "Zip")


def _not_payments(name: str, *telling: tuple[str, ...]) -> Report:
    """Return a list that Stripe writes beside the payments; `telling` are sets of headers that prove it."""
    sets = [{normalised(header) for header in headers} for headers in telling]
    return Report(
        name=name,
        table="orders",
        headers=(Header("_currency", {"*": ("Currency",)}, kind="text"),),
        required=(("_currency",),),
        fits=lambda headers: any(one <= {normalised(header) for header in headers} for one in sets),
        instead="It tells of the same money again: export the payments.",
    )


PLATFORM = Platform(
    source="stripe",
    title="Stripe",
    reports=(
        Report(
            name="Payments",
            table="orders",
            headers=(
                Header("order_id", {"en": ("id", "PaymentIntent ID", "Invoice Number", "Invoice ID")}),
                Header("ordered_at", {"en": ("Created date (UTC)", "Created (UTC)", "Created date", "Created")}),
                Header("customer_id", {"en": ("Customer ID",)}),
                Header("_email", {"en": ("Customer Email",)}, kind="text", is_person=True),
                Header("status", {"en": ("Status",)}),
                Header("currency", {"en": ("Currency",)}),
                Header("revenue", {"en": ("Amount",)}),
                Header("refunded", {"en": ("Amount Refunded",)}),
                *(
                    Header(f"utm_{part.lower()}", {"en": (f"UTM {part}", f"utm_{part.lower()} (metadata)")})
                    for part in ("Campaign", "Content", "Medium", "Source", "Term")
                ),
            ),
            required=(("revenue",), ("currency",), ("ordered_at",)),
            marks=(
                "Converted Amount",
                "Converted Currency",
                "Payment Source Type",
                "Card Issue Country",
                "Statement Descriptor",
                "PaymentIntent ID",
                "Taxes On Fee",
            ),
            needs_mark=True,
            known={
                "en": (
                    "Captured",
                    "Converted Amount",
                    "Converted Amount Refunded",
                    "Converted Currency",
                    "Decline Reason",
                    "Fee",
                    "Taxes On Fee",
                    "Is Link",
                    "Link Funding",
                    "Mode",
                    "Payment Source Type",
                    "Refunded date (UTC)",
                    "Statement Descriptor",
                    "Seller Message",
                    *(f"Card {what}" for what in ("ID", "Brand", "Funding", "Issue Country", "Tokenization Method")),
                    *(f"Card {what} Status" for what in ("AVS Line1", "AVS Zip", "CVC")),
                    *(f"Card Exp {what}" for what in ("Month", "Year")),
                    "Card Address Country",
                    "Disputed Amount",
                    "Dispute Date (UTC)",
                    "Dispute Evidence Due (UTC)",
                    "Dispute Reason",
                    "Dispute Status",
                    "Transfer",
                    "Transfer Group",
                    "Destination",
                    "Application Fee",
                    "Application ID",
                    "Checkout Session ID",
                    "Checkout Line Item Summary",
                    "Checkout Promotional Consent",
                    "Checkout Terms of Service Consent",
                    *(f"Checkout Custom Field {n} Key" for n in range(1, 4)),
                    "Client Reference ID",
                    "Payment Link ID",
                    "Terminal Location ID",
                    "Terminal Reader ID",
                )
            },
            personal=(
                "Customer Phone",
                "Customer Description",
                "Description",
                "Card Name",
                "Card Last4",
                "Card Fingerprint",
                "Shipping Name",
                *(f"Checkout Custom Field {n} Value" for n in range(1, 4)),
                *(f"{side} Address {part}" for side in ("Card", "Shipping") for part in _ADDRESS if part != "Country"),
                "Shipping Address Country",
            ),
            left_out=LeftOut("status", r"failed|cancell?ed|blocked|incomplete|requires.*|uncaptured", "not_paid"),
            derived=(Derived("customer_id", "coalesce", ("_email",)),),
            decimal={"*": "."},
        ),
        _not_payments("balance report", ("Net", "Available On (UTC)"), ("net", "reporting_category")),
        _not_payments("payout report", ("Arrival Date (UTC)",), ("effective_at_utc", "payout_id")),
        _not_payments("list of subscriptions", ("Current Period Start (UTC)",), ("Plan", "Interval")),
        _not_payments("list of invoices", ("Amount Due", "Amount Paid")),
    ),
)
