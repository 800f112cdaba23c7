"""The room of the café: what the facilitator plans, runs and closes, and what the room sees on the projector."""
