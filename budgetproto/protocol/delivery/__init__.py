"""What becomes of an issued protocol: extracts, comparison, transmittal to parliament, publication."""
