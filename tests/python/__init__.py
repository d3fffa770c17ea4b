"""Tests of the site's Python: the same files run in CPython and in Pyodide.

From the root: `npm test -- python`, or `node scripts/checks/python.ts NAME…` for some of them.
"""
