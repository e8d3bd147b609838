"""The proceedings of a sitting: agenda, attendance, quorum, votes, decisions and opinions."""
