"""The public side of the register: which drafts may be read by everybody, how much of them, since when."""
