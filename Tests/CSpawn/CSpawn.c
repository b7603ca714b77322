#define _GNU_SOURCE
#include "CSpawn.h"

#include <signal.h>
#include <spawn.h>

int spawn_program(const char *program, char *const arguments[], char *const environment[], const char *folder,
                  const int descriptors[3], int *process_id) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    int status = posix_spawn_file_actions_init(&actions);
    if (status != 0) return status;
    status = posix_spawnattr_init(&attributes);
    if (status == 0) {
        for (int number = 0; number < 3 && status == 0; number++) {
            status = posix_spawn_file_actions_adddup2(&actions, descriptors[number], number);
        }
        (void)(status || (status = posix_spawn_file_actions_addclosefrom_np(&actions, 3)) ||
               (folder != NULL && (status = posix_spawn_file_actions_addchdir_np(&actions, folder))) ||
               (status = posix_spawnattr_setsigmask(&attributes, &none)) ||
               (status = posix_spawnattr_setsigdefault(&attributes, &all)) ||
               (status = posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF)) ||
               (status = posix_spawn(process_id, program, &actions, &attributes, arguments, environment)));
        posix_spawnattr_destroy(&attributes);
    }
    posix_spawn_file_actions_destroy(&actions);
    return status;
}
