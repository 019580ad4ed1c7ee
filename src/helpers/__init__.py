"""Cuaderno: from the raw exports of a client to finished reports."""
