"""A JupyterHub for a class on one machine; docs/hub.md says how to start it, and what to change.

To change something, write a configuration of your own that begins with
``load_subconfig("…/deploy/jupyterhub/jupyterhub_config.py")``, and set it there.
"""

import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from own_user_spawner import OwnUserSpawner  # noqa: E402

FOLDER = Path(os.environ.get("HIPBOOK_HUB_FOLDER", "/srv/hipbook"))
STATE = FOLDER / "state"
FOLDER.mkdir(mode=0o711, parents=True, exist_ok=True)
STATE.mkdir(mode=0o700, exist_ok=True)

# Programs of this environment go first, such as a Node.js that came with pip.
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])

c = get_config()  # noqa: F821 - JupyterHub gives it

# Where it answers. Only on this machine, until there is a certificate.
c.JupyterHub.bind_url = "http://127.0.0.1:8000"
c.ConfigurableHTTPProxy.command = [str(HERE / "node_modules" / ".bin" / "configurable-http-proxy")]

# What it remembers.
c.JupyterHub.db_url = f"sqlite:///{STATE / 'hub.sqlite'}"
c.JupyterHub.cookie_secret_file = str(STATE / "cookie_secret")
c.ConfigurableHTTPProxy.pid_file = str(STATE / "proxy.pid")
c.FirstUseAuthenticator.dbm_path = str(STATE / "passwords")

# Who may come in: whom a teacher has added. Each chooses a password the first time.
c.JupyterHub.authenticator_class = "firstuseauthenticator.FirstUseAuthenticator"
c.FirstUseAuthenticator.create_users = False
c.FirstUseAuthenticator.min_password_length = 8
c.Authenticator.allow_existing_users = True
c.Authenticator.username_pattern = r"[a-z0-9][a-z0-9-]{0,30}\Z"
c.JupyterHub.template_vars = {
    "announcement_login": "First time here? Type the name that your teacher gave you, and choose a password "
    "of at least 8 characters. From then on it is yours."
}

# Teachers add and remove learners, and start and stop servers. Nobody opens a server that is not theirs:
# there is no administrator in the hub.
c.JupyterHub.load_groups = {"teachers": {"users": ["teacher"]}}

# What each learner gets.
c.JupyterHub.spawner_class = OwnUserSpawner
c.OwnUserSpawner.homes = str(FOLDER / "homes")
c.Spawner.cmd = [sys.executable, "-P", "-m", "hipbook.singleuser"]
c.Spawner.mem_limit = "1G"
# Thirty who start in the same minute wait for each other.
c.Spawner.start_timeout = c.Spawner.http_timeout = 300

# A server that nobody has used for an hour is stopped; files and log stay.
c.JupyterHub.services = [
    {"name": "culler", "command": [sys.executable, "-m", "jupyterhub_idle_culler", "--timeout=3600"]}
]

c.JupyterHub.load_roles = [
    {"name": "teacher", "groups": ["teachers"], "scopes": ["admin-ui", "admin:users", "admin:servers"]},
    {
        "name": "culler",
        "services": ["culler"],
        "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"],
    },
]
