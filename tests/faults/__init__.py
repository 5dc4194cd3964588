"""Workers are killed, Slack fails, disks fill, databases go: each message arrives exactly once.

`KILLS=100 pytest tests/faults` kills ten times as often, and tries the model as much longer.
"""

import os

KILLS = int(os.environ.get("KILLS", "10"))
