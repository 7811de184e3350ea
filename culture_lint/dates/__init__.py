"""The calendar: what a market keeps, mourns and forbids on the days of a launch."""
