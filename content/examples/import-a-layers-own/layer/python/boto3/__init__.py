__version__ = "1.42.0, from a layer"
