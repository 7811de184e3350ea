"""Sheets given back annotated: what the reports ``csv`` and ``xlsx`` share."""
