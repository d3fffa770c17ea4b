# SPDX-License-Identifier: Apache-2.0
"""A Function Development Kit for Python: what lies between Fn's server and your function.

This package was written for Behind the Handler from public facts. It is independent of the Fn project and
holds none of its code; the original's server is an asynchronous one, and names and frames of its own differ.

Tags in brackets, such as [FDK], name the public source of a fact. Where the sources leave a behaviour open,
a sentence that begins with "Inferred:" tells what this model decided.
"""
