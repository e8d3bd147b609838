"""The sitting itself: identity, stage, deadlines, parties and mandates, terms, settings; knows no line."""
