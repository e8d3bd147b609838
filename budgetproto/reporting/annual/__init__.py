"""The associations' annual report: kept by their own people, filed as it stands, printed whole."""
