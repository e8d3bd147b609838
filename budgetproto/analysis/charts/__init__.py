"""Pictures of the discrepancies, each with the table it shows."""
