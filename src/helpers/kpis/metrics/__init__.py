"""The metrics, one module an area: a tuple `METRICS` of entries.

A module of this folder that holds one is found; there is no list to keep. Definitions are the trade's common ones.
"""
