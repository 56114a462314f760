/* Preloaded into mgmt: fsync and fdatasync fail with EIO for as long as the file that REROOT_FAIL_FSYNC names is there. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

static int fails(void) {
  const char *file = getenv("REROOT_FAIL_FSYNC");
  return file != NULL && access(file, F_OK) == 0;
}

static int sync_or_fail(int fd, const char *name) {
  if (fails()) {
    errno = EIO;
    return -1;
  }
  return ((int (*)(int))dlsym(RTLD_NEXT, name))(fd);
}

int fsync(int fd) { return sync_or_fail(fd, "fsync"); }
int fdatasync(int fd) { return sync_or_fail(fd, "fdatasync"); }
