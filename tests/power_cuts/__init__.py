"""Power cuts, replayed: README.md says how."""
