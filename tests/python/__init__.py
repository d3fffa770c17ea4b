"""Tests of the site's Python: the same files run in CPython and in Pyodide.

From the root: `python -m unittest discover -s tests/python -t .`
"""
