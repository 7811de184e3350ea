"""One module a form of report; each registers its own."""
