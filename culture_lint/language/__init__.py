"""Normalising, scripts, detection, words and their neighbours; data in ``data/``."""
