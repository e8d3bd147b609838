"""The texts of draft acts as files: the draft, its companions, letters, tables, each with its hash."""
