/* Preloaded into a process that saves: counts the flushes to the disk, and makes each of them slower.
   The machines that benchmarks run on flush in a fraction of a millisecond; a laptop takes 5, and 200 when it is busy. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdatomic.h>
#include <time.h>

static atomic_long flushes;
static atomic_long delay_ms;

long flushes_so_far(void) { return atomic_load(&flushes); }

void delay_each_flush(long milliseconds) { atomic_store(&delay_ms, milliseconds); }

static int flush(const char *name, int file) {
    long delay = atomic_load(&delay_ms);
    struct timespec pause = {delay / 1000, (delay % 1000) * 1000000L};
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
    atomic_fetch_add(&flushes, 1);
    if (delay > 0) {
        nanosleep(&pause, 0);
    }
    return real(file);
}

int fsync(int file) { return flush("fsync", file); }

int fdatasync(int file) { return flush("fdatasync", file); }
