"""The room of peer review: packs that are made and marked, what comes back, and what peers made of a rehearsal."""
