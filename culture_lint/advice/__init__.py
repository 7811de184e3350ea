"""What to write instead: alternatives that keep the signified."""
