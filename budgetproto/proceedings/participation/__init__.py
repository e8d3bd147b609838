"""The associations' part in a sitting: invited, come, heard, and with their opinion in the protocol."""
