"""Files of the Treasury and the Ministry: looked at as a whole, laid beside what is stored, taken or not."""
