"""What is shown of an opened sitting, worked out once for all readers until the next act."""
