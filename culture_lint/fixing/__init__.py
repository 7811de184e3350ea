"""Put alternatives into files: chosen, checked again, and written so that nothing else changes."""
