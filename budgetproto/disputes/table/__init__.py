"""The table of a sitting's lines: what one reader may see of them, chosen, sorted and paged by an address."""
