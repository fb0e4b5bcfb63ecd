"""How a picture inside an ``<img>`` learns that the page around it is dark."""

__all__ = ["DARK_RULE"]

# JupyterLab marks its dark themes on <body> without setting color-scheme, which is what an <img> passes on to
# the SVG inside it. In an output that JupyterLab does not trust, this rule is taken out: the card stays light.
DARK_HOSTS = ('body[data-jp-theme-light="false"]', "body.vscode-dark")
DARK_RULE = ",".join(f"{host} .hipbook-figure img" for host in DARK_HOSTS) + "{color-scheme:dark}"
