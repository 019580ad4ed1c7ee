"""The checks by area: every module here holds a tuple `CHECKS`."""
