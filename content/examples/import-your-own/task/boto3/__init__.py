__version__ = "1.26.0, from your folder"
