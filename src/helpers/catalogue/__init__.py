"""Every chart in every situation that it must stand: a page for people who add one, and what the tests draw.

Nothing of the working package depends on it.
"""
