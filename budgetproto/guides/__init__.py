"""Short guides, one for each seat at the table, reachable from the foot of every page."""
