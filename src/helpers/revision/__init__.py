"""What of a finished page still holds, and what changed between two runs."""

from helpers.revision.diff import Diff, diff
from helpers.revision.verify import Verification, verify

__all__ = ["Diff", "Verification", "diff", "verify"]
