/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz-input.h"

#include "base/dhk-seal.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define HEAD 8
/* More than the largest piece that a reader takes, and little enough to try many. */
#define MOST (400 * 1024)

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);
  dhk_seal_set_limits_of_tests (1, 8192);
  return 0;
}

static gsize
read_two (const guint8 *data)
{
  return (gsize) data[0] | (gsize) data[1] << 8;
}

GBytes *
fuzz_dup_input (const guint8 *data, gsize size)
{
  g_autoptr (GByteArray) whole = NULL;
  gsize often;
  gsize from;
  gsize much;

  if (size <= HEAD || memcmp (data, FUZZ_REPEAT, 2) != 0)
    return g_bytes_new (data, size);
  often = read_two (data + 2);
  from = read_two (data + 4);
  much = read_two (data + 6);
  data += HEAD;
  size -= HEAD;
  from = MIN (from, size);
  much = MIN (much, size - from);
  if (much > 0)
    often = MIN (often, (MOST - MIN (size, MOST)) / much);
  whole = g_byte_array_new ();
  g_byte_array_append (whole, data, (guint) from);
  for (gsize i = 0; i < often; i++)
    g_byte_array_append (whole, data + from, (guint) much);
  g_byte_array_append (whole, data + from, (guint) (size - from));
  return g_byte_array_free_to_bytes (g_steal_pointer (&whole));
}

GBytes *
fuzz_patch (GBytes *base, const guint8 *data, gsize size)
{
  gsize length;
  const void *bytes = g_bytes_get_data (base, &length);
  guint8 *copy = g_memdup2 (bytes, length);

  while (size >= 4 && length > 0)
    {
      gsize place = (read_two (data) | (gsize) data[2] << 16) % length;
      gsize n = data[3];

      data += 4;
      size -= 4;
      if (n >= 128)
        {
          length = place;
          continue;
        }
      n = MIN (n, size);
      memcpy (copy + place, data, MIN (n, length - place));
      data += n;
      size -= n;
    }
  return g_bytes_new_take (copy, length);
}

GFile *
fuzz_file_new (const void *data, gsize size)
{
  static int file = -1;
  g_autofree char *path = NULL;

  if (file >= 0)
    close (file);
  file = memfd_create ("input", MFD_CLOEXEC);
  if (file < 0 || (size > 0 && pwrite (file, data, size, 0) != (gssize) size))
    g_error ("There is no room for the input.");
  path = g_strdup_printf ("/proc/self/fd/%d", file);
  return g_file_new_for_path (path);
}

static char *folder;

static void
remove_folder (void)
{
  g_rmdir (folder);
}

const char *
fuzz_get_folder (void)
{
  if (folder == NULL)
    {
      g_autofree char *pattern
          = g_strdup (g_file_test ("/dev/shm", G_FILE_TEST_IS_DIR) ? "/dev/shm/dhk-fuzz-XXXXXX"
                                                                   : "/tmp/dhk-fuzz-XXXXXX");

      folder = g_mkdtemp (g_steal_pointer (&pattern));
      if (folder == NULL)
        g_error ("There is no folder to work in.");
      atexit (remove_folder);
    }
  return folder;
}

void
fuzz_check_error (gboolean worked, const GError *error)
{
  if (worked == (error != NULL))
    g_error ("There is neither a result nor an error, or both.");
  if (error != NULL && (error->message[0] == '\0' || !g_utf8_validate (error->message, -1, NULL)))
    g_error ("The error says nothing.");
  if (error != NULL && g_getenv ("DHK_FUZZ_SAY") != NULL)
    g_printerr ("%s\n", error->message);
}
