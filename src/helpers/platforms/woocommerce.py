"""WooCommerce order tables of the Analytics pages, CSV, English and Spanish.

Remembered, to be confirmed by a real export. Net revenue stands once as a number and once with the sign of its
currency, which is the only word on it. The customer is a name: only its digest is kept. Orders that were never paid
stand among the others where the user asked for them: they are left out.
"""

from __future__ import annotations

from helpers.platforms.model import Derived, Header, LeftOut, Platform, Report

PLATFORM = Platform(
    source="woocommerce",
    title="WooCommerce",
    reports=(
        Report(
            name="Analytics orders",
            table="orders",
            headers=(
                Header("ordered_at", {"en": ("Date",), "es": ("Fecha",)}),
                Header(
                    "order_id", {"en": ("Order #",), "es": ("Pedido n.º", "N.º de pedido", "Nº de pedido", "Pedido #")}
                ),
                Header(
                    "revenue",
                    {
                        "en": ("N. Revenue", "Net revenue", "Net sales"),
                        "es": ("Ingresos N.", "Ingresos netos", "Ventas netas"),
                    },
                ),
                Header(
                    "currency",
                    {
                        "en": ("N. Revenue (formatted)", "Net sales (formatted)", "Net revenue (formatted)"),
                        "es": (
                            "Ingresos N. (formateado)",
                            "Ingresos netos (formateado)",
                            "Ingresos netos (formateados)",
                        ),
                    },
                    part=r"[A-Z]{3}|[A-Z]{1,2}\$|[€£₹₺₩₪₴]",
                ),
                Header("status", {"en": ("Status",), "es": ("Estado",)}),
                Header("_customer", {"en": ("Customer",), "es": ("Cliente",)}, kind="text", is_person=True),
                Header("new_customer", {"en": ("Customer type",), "es": ("Tipo de cliente",)}),
                Header("channel", {"en": ("Attribution", "Origin"), "es": ("Atribución", "Origen")}),
            ),
            required=(("revenue",), ("ordered_at",), ("order_id",)),
            marks=(
                "N. Revenue",
                "N. Revenue (formatted)",
                "Net sales (formatted)",
                "Product(s)",
                "Coupon(s)",
                "Producto(s)",
                "Cupón(es)",
                "Ingresos N.",
            ),
            needs_mark=True,
            known={
                "en": ("Product(s)", "Items sold", "Coupon(s)"),
                "es": ("Producto(s)", "Artículos vendidos", "Cupón(es)", "Cupones"),
            },
            left_out=LeftOut(
                "status",
                r"(wc-)?(failed|cancell?ed|pending|pending payment|trash|checkout-draft|draft)"
                r"|fallido|cancelado|pendiente de pago|borrador",
                "not_paid",
            ),
            derived=(Derived("customer_id", "first", ("_customer",)),),
            decimal={"*": "."},
        ),
    ),
)
