/* SPDX-License-Identifier: Apache-2.0
 *
 * A placeholder: the file that lies at /var/runtime/awslambda/runtime.so in the lab's disk.
 *
 * The real runtime.so is native code of Amazon's. This one is ours, does nothing, and is never
 * loaded: when the lab's Python imports `runtime`, the lab supplies a module whose functions are
 * played from outside Python. It is a real shared object so that a reader who lists, copies or
 * prints the folder meets what was met in 2016: one file there that does not read as text.
 *
 * Made by this one command, in this folder (x86-64, GCC):
 *
 *   gcc -shared -nostdlib -Os -s -fPIC -fno-ident -Wl,--build-id=none -Wl,-z,noseparate-code \
 *     -o ../var/runtime/awslambda/runtime.so runtime.c
 */

const char behind_the_handler[] =
    "Placeholder of a clean-room model, independent of Amazon. "
    "The native half of this runtime is played from outside Python.";

void recv_start(void) {}
void receive_invoke(void) {}
void report_running(void) {}
void report_fault(void) {}
void report_done(void) {}
void log_bytes(void) {}
void send_console_message(void) {}
void get_remaining_time(void) {}
