"""Plain sales ledgers of a shop's or a sales team's own programs: one row a sale, English and Spanish headers.

No layout of any one program: the words that such programs share. It counts only where no platform fits and nearly all
headers are known. Customers are named, so only their digest is kept; what a sale cost is known and not used.
"""

from __future__ import annotations

import pandas as pd

from helpers.platforms.model import Derived, Header, Platform, Report


def _repeated_orders(frame: pd.DataFrame) -> str:
    """Say so where every order of several rows has one amount in all of them: it may be that of the whole order."""
    if "order_id" not in frame:
        return ""
    order = ["order_id", "ordered_at"]  # a reference that comes back on another day is an article's
    repeated = frame[frame["order_id"].notna() & frame.duplicated(order, keep=False)]
    amounts = repeated.groupby(order)["revenue"].nunique(dropna=False)
    if amounts.empty or amounts.gt(1).any():
        return ""
    return "Orders of several rows have one amount in all of them, which may be that of the whole order"


PLATFORM = Platform(
    source="crm",
    title="Sales ledger",
    reports=(
        Report(
            name="Sales ledger",
            table="orders",
            headers=(
                Header(
                    "ordered_at",
                    {
                        "en": ("Order date", "Invoice date", "Sale date", "Date", "Created at", "Ordered at"),
                        "es": (
                            "Fecha de pedido",
                            "Fecha del pedido",
                            "Fecha de factura",
                            "Fecha factura",
                            "Fecha pedido",
                            "Fecha de venta",
                            "Fecha venta",
                            "Fecha",
                        ),
                    },
                ),
                Header(
                    "order_id",
                    {
                        "en": (
                            "Order ID",
                            "Order no",
                            "Order no.",
                            "Order number",
                            "Invoice no",
                            "Invoice no.",
                            "Invoice ID",
                            "Invoice number",
                            "Invoice",
                            "Order",
                            "Sale ID",
                            "Reference",
                        ),
                        "es": (
                            "Nº pedido",
                            "N.º pedido",
                            "N.º de pedido",
                            "Nº de pedido",
                            "Número de pedido",
                            "ID pedido",
                            "Nº factura",
                            "N.º factura",
                            "N.º de factura",
                            "Nº de factura",
                            "Número de factura",
                            "Factura",
                            "Nº venta",
                            "Folio",
                            "Pedido",
                            "Referencia",
                        ),
                    },
                ),
                Header(
                    "customer_id",
                    {
                        "en": ("Customer ID", "Client ID", "Customer no", "Customer number"),
                        "es": ("ID cliente", "ID de cliente", "Código cliente", "Código de cliente", "Nº cliente"),
                    },
                ),
                Header(
                    "_email",
                    {
                        "en": ("Customer email", "E-mail", "Email"),
                        "es": ("Correo electrónico", "Correo", "Email cliente"),
                    },
                    kind="text",
                    is_person=True,
                ),
                Header(
                    "_customer",
                    {
                        "en": ("Customer name", "Client name", "Customer", "Client", "Buyer"),
                        "es": ("Nombre del cliente", "Nombre cliente", "Cliente", "Razón social", "Comprador"),
                    },
                    kind="text",
                    is_person=True,
                ),
                Header("channel", {"en": ("Channel", "Sales channel"), "es": ("Canal", "Canal de venta")}),
                Header("status", {"en": ("Status", "State"), "es": ("Estado", "Estado del pedido", "Situación")}),
                Header("currency", {"en": ("Currency",), "es": ("Moneda", "Divisa")}),
                Header(
                    "revenue",
                    {
                        "en": (
                            "Total amount",
                            "Order total",
                            "Grand total",
                            "Total",
                            "Amount",
                            "Revenue",
                            "Sales amount",
                        ),
                        "es": (
                            "Importe total",
                            "Total pedido",
                            "Total factura",
                            "Total",
                            "Importe",
                            "Ingresos",
                            "Monto",
                            "Importe venta",
                            "Facturación",
                        ),
                    },
                ),
                Header("subtotal", {"en": ("Subtotal", "Net amount"), "es": ("Base imponible", "Importe neto")}),
                Header("discount", {"en": ("Discount", "Discounts"), "es": ("Descuento", "Descuentos", "Dto.")}),
                Header("tax", {"en": ("Tax", "Taxes", "VAT"), "es": ("IVA", "Impuesto", "Impuestos")}),
                Header("shipping", {"en": ("Shipping",), "es": ("Envío", "Gastos de envío", "Portes")}),
                Header("refunded", {"en": ("Refunded", "Refund"), "es": ("Devuelto", "Reembolsado", "Reembolso")}),
            ),
            required=(("ordered_at",), ("revenue",), ("order_id", "customer_id", "_customer", "_email")),
            known={
                "en": (
                    "Cost",
                    "Margin",
                    "Product",
                    "Quantity",
                    "Units",
                    "Payment method",
                    "Country",
                    "Notes",
                    "Category",
                ),
                "es": (
                    "Coste",
                    "Costo",
                    "Margen",
                    "Producto",
                    "Cantidad",
                    "Unidades",
                    "Forma de pago",
                    "País",
                    "Método de pago",
                    "Categoría",
                    "Provincia",
                    "Observaciones",
                    "Notas",
                ),
            },
            personal=(
                *("Phone", "Telephone", "Address", "City", "Postcode", "Zip", "Tax ID", "Sales rep", "Salesperson"),
                *("Teléfono", "Móvil", "Dirección", "Ciudad", "Población", "Código postal", "NIF", "CIF", "DNI", "RFC"),
                *("Vendedor", "Comercial", "Vendedora"),
            ),
            derived=(Derived("customer_id", "coalesce", ("_email", "_customer")),),
            overlaps=_repeated_orders,
            is_fallback=True,
        ),
    ),
)
