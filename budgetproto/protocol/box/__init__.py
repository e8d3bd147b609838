"""The box: one archive from which a protocol can be checked and drawn again without the service."""
