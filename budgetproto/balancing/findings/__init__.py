"""What an option means for the two sides and the regions, as values derived from its figures."""
