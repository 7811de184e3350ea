"""Whether a run passes, and the totals it is judged by."""
