// The usual way to write a threaded FastCGI application on libfcgi: every thread accepts, answers and finishes in a
// loop, and keeps its connection while it is idle. It says hello and does nothing else.
//
// Usage: hello SOCKET THREADS

#include <fcgiapp.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static int listening;

static void *serve(void *unused) {
    FCGX_Request request;
    if (FCGX_InitRequest(&request, listening, 0) != 0) return unused;
    while (FCGX_Accept_r(&request) == 0) {
        FCGX_FPrintF(request.out, "Content-Type: application/json\r\n\r\n{\"message\":\"hello\"}");
        FCGX_Finish_r(&request);
    }
    return unused;
}

int main(int count, char **arguments) {
    int threads = count == 3 ? atoi(arguments[2]) : 0;
    if (threads < 1) {
        fprintf(stderr, "usage: hello SOCKET THREADS\n");
        return 2;
    }
    if (FCGX_Init() != 0) return 1;
    listening = FCGX_OpenSocket(arguments[1], 1024);
    if (listening < 0) return 1;
    // libfcgi's own handlers would only ask its threads to leave after one more request.
    signal(SIGTERM, SIG_DFL);

    for (int index = 1; index < threads; index++) {
        pthread_t thread;
        if (pthread_create(&thread, NULL, serve, NULL) != 0) return 1;
    }
    serve(NULL);
    return 0;
}
