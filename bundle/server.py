"""What a host starts: the stdio server. It is a file of its own, since one in the package would hide modules by their names."""

import os
import sys

from mcp_server.__main__ import main

if os.environ.get("AI_TRENDS_LIBRARY", "").startswith("${"):
    del os.environ["AI_TRENDS_LIBRARY"]  # some hosts leave a setting that was not made as it stands in the manifest

if __name__ == "__main__":
    sys.exit(main(["serve"]))
