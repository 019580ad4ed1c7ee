"""Print the receipt of one file: `python -m helpers.intake FILE`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from helpers.intake.reader import read_file

sys.stdout.write(json.dumps(read_file(Path(sys.argv[1])).receipt.as_json(), ensure_ascii=True) + "\n")
