"""Findings in, Cultural Adaptability Index (CAI) out: per item and market, then per campaign."""
