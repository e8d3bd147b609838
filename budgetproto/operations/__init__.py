"""Running the service: backups and their drill, health, metrics, logs, the server's settings."""
