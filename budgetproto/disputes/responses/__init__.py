"""What the parties answer to a version of the balanced option, round by round."""
