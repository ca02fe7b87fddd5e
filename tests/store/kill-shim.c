/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Preloaded into the program by kill-import.py: ends it with SIGKILL instead of
 * call number DHK_KILL_AT (from 0) that changes a file: a write to an ordinary file,
 * a sync, a truncation, a rename, a link or a removal.
 */

/* Both names of a call are ours: the headers may not turn one into the other. */
#undef _FILE_OFFSET_BITS

#include <dlfcn.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static void
count_call (void)
{
  static atomic_long n_calls;
  const char *at = getenv ("DHK_KILL_AT");

  if (at != NULL && atomic_fetch_add (&n_calls, 1) == atol (at))
    {
      kill (getpid (), SIGKILL);
      for (;;)
        pause ();
    }
}

static void
count_file_call (int fd)
{
  struct stat info;

  if (fstat (fd, &info) == 0 && S_ISREG (info.st_mode))
    count_call ();
}

/* The C library's own function of this name. */
#define REAL(name) ((__typeof__ (&name)) (intptr_t) dlsym (RTLD_NEXT, #name))

ssize_t
write (int fd, const void *data, size_t size)
{
  count_file_call (fd);
  return REAL (write) (fd, data, size);
}

ssize_t
pwrite (int fd, const void *data, size_t size, off_t at)
{
  count_file_call (fd);
  return REAL (pwrite) (fd, data, size, at);
}

ssize_t
pwrite64 (int fd, const void *data, size_t size, off64_t at)
{
  count_file_call (fd);
  return REAL (pwrite64) (fd, data, size, at);
}

int
fsync (int fd)
{
  count_call ();
  return REAL (fsync) (fd);
}

int
fdatasync (int fd)
{
  count_call ();
  return REAL (fdatasync) (fd);
}

int
ftruncate (int fd, off_t size)
{
  count_call ();
  return REAL (ftruncate) (fd, size);
}

int
ftruncate64 (int fd, off64_t size)
{
  count_call ();
  return REAL (ftruncate64) (fd, size);
}

int
rename (const char *from, const char *to)
{
  count_call ();
  return REAL (rename) (from, to);
}

int
renameat2 (int from_folder, const char *from, int to_folder, const char *to, unsigned flags)
{
  count_call ();
  return REAL (renameat2) (from_folder, from, to_folder, to, flags);
}

int
linkat (int from_folder, const char *from, int to_folder, const char *to, int flags)
{
  count_call ();
  return REAL (linkat) (from_folder, from, to_folder, to, flags);
}

int
unlink (const char *path)
{
  count_call ();
  return REAL (unlink) (path);
}
