"""Configuration files: found for each checked file, read with positions, resolved to settings."""
