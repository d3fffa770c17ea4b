/* SPDX-License-Identifier: Apache-2.0
 *
 * A placeholder: the file that lies beside the package in the lab's disk, at
 * /var/lang/lib/python3.14/site-packages/runtime_client.cpython-314-x86_64-linux-gnu.so.
 *
 * The real one is a client of the Runtime API in C++. This one is ours, does nothing, and is never
 * loaded: when the lab's Python imports `runtime_client`, the lab supplies a module whose functions
 * are played from outside Python. It is a real shared object so that a reader who lists, copies or
 * prints the folder meets one file there that does not read as text.
 *
 * Made by this one command, in this folder (x86-64, GCC):
 *
 *   gcc -shared -nostdlib -Os -s -fPIC -fno-ident -Wl,--build-id=none -Wl,-z,noseparate-code \
 *     -o ../disk/var/lang/lib/python3.14/site-packages/runtime_client.cpython-314-x86_64-linux-gnu.so runtime_client.c
 */

const char behind_the_handler[] =
    "Placeholder of a clean-room model, independent of Amazon. "
    "The native half of this runtime is played from outside Python.";

void initialize_client(void) {}
void next(void) {}
void post_invocation_result(void) {}
void post_error(void) {}
