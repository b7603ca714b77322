#pragma once

// Starts a program in a folder, or in ours where that is NULL, with these descriptors as its standard input, output and
// error output, no other one open and no signal blocked or ignored. Returns 0 or an error number. Glibc's module has
// neither the call that closes descriptors nor the one that changes the folder.
int spawn_program(const char *program, char *const arguments[], char *const environment[], const char *folder,
                  const int descriptors[3], int *process_id);

// From now on SIGSYS ends this process when any of its threads opens a file, makes a socket or runs a program. Returns 0, or
// another number where the system does not do that.
int forbid_reaching_out(void);
