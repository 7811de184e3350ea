"""From segments to mentions: one scan, then verification and usage."""
