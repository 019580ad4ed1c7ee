"""One module a platform: the same figures in the layout that the platform downloads them in."""
