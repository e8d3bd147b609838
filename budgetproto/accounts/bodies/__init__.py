"""Who acts for a body outside sittings: its first person, entered by two, and whom its people admit."""
