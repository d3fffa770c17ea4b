__version__ = "1.29.0, from vendor"
