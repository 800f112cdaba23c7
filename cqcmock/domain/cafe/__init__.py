"""The rules of a drop-in café: what comes when, who may know what of whom, and which answer reassures more."""
