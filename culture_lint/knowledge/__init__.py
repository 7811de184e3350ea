"""Signifiers, readings and personas: loading, inheritance, compiling, cache."""
