# A stand-in: on Lambda it's _core.cpython-314-x86_64-linux-gnu.so, which a browser can't load.
def add(a, b):
    return a + b
