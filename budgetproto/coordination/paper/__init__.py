"""The coordination sheet of a draft act: what goes with the draft when it is submitted, and its record."""
