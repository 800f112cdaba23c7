"""The café, deed by deed: planned, run with others in the room, closed, and what others may know of it."""
