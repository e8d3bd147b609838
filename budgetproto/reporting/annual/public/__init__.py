"""The public side of annual reports: its own associations decide whether everybody reads a filed one."""
