"""The lessons as static pages: text from the notebooks, panels that need no Python, a log in the browser."""
