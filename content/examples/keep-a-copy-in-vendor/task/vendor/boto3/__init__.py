import botocore

__version__ = "1.26.0, from vendor"
