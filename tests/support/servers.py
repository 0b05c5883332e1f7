"""Web servers on loopback, delivering a site by the configuration that came with it.

Skipped where the server is absent; `.ci/run` installs nginx.
"""

from __future__ import annotations

import contextlib
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

NGINX = """
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log stderr notice;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        root {site};
        include {site}/server/nginx.conf;
    }}
}}
"""

CADDY = """
{{
    admin off
    auto_https off
    storage file_system {folder}
}}
http://127.0.0.1:{port} {{
    root * {site}
    import {site}/server/Caddyfile
}}
"""

CONFIGURATIONS = {"nginx": NGINX, "caddy": CADDY}
RUNNING = {"nginx": "nginx/", "caddy": "serving initial configuration"}
"""What each says when its port is open."""


@contextlib.contextmanager
def served(server: str, site: Path, folder: Path) -> Iterator[str]:
    """The address of a site while `server` delivers it; whatever it writes goes to `folder`."""
    program = shutil.which(server)
    if program is None:
        pytest.skip(f"没有安装 {server}，跳过网站服务器的测试")
    folder.mkdir(parents=True, exist_ok=True)
    port = _free_port()
    file = folder / "configuration"
    text = CONFIGURATIONS[server].format(folder=folder, site=site, port=port)
    file.write_text(text, encoding="utf-8")
    if server == "nginx":
        command = [program, "-p", str(folder), "-e", "stderr", "-c", str(file)]
    else:
        command = [program, "run", "--adapter", "caddyfile", "--config", str(file)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, encoding="utf-8") as process:
        try:
            _wait(process, RUNNING[server])
            yield f"http://127.0.0.1:{port}/"
        finally:
            process.terminate()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(process: subprocess.Popen[str], word: str) -> None:
    said = ""
    assert process.stderr
    for line in process.stderr:
        said += line
        if word in line:
            return
    raise AssertionError(said)
