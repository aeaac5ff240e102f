"""Where the frozen program begins: the window and `wherry send`, or the receiver.

The window starts its receiver by calling its own program again with --run-receiver; see
desktop/local_receiver.py.
"""

from __future__ import annotations

import sys

if sys.argv[1:2] == ["--run-receiver"]:
    from receiver.__main__ import main as run_receiver

    del sys.argv[1]
    run_receiver(prog_name="wherry-receiver")
else:
    from desktop.__main__ import main

    main(prog_name="wherry")
