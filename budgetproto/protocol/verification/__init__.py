"""Whether a file is a protocol as it was issued: numbered checks, each passed, failed or not possible."""
