"""How few people may stand behind anything of a café that others see.

On its own because the settings ask for it at every start, and the rest of the rules need not be read for that.
"""

from __future__ import annotations

from typing import Final

USUAL_K: Final = 5
LOWEST_K: Final = 3
