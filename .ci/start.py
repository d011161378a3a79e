"""Start the dashboard by the README's own command, wait until it answers, and end it: python .ci/start.py "COMMAND"."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

SECONDS = 300


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    """Whether the server says that it is well."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, TimeoutError, ConnectionError):
        return False


def main(command: str) -> int:
    """Exit status 0 when the dashboard came up."""
    port = free_port()
    with tempfile.TemporaryDirectory() as workspace:
        settings = {"STREAMLIT_SERVER_PORT": str(port), "STREAMLIT_SERVER_HEADLESS": "true", "AMDASH_WORKSPACE": workspace}
        server = subprocess.Popen(["bash", "-c", command], env={**os.environ, **settings}, stdout=subprocess.DEVNULL, start_new_session=True)
        until = time.monotonic() + SECONDS
        while not answers(port) and server.poll() is None and time.monotonic() < until:
            time.sleep(0.5)
        came_up = answers(port)
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=30)
    print("the README's command starts the dashboard" if came_up else "the README's command did not start the dashboard")
    return 0 if came_up else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
