# A stand-in: "pip install requests -t ." puts the real one into this folder.
__version__ = '2.32.5'
