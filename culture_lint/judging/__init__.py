"""One module per kind of judgement: what mentions mean in a market."""
