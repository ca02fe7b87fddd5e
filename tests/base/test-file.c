/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/dhk-file.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/dhk-seal.h"

typedef struct
{
  char *folder;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->folder = g_dir_make_tmp ("dhk-file-XXXXXX", NULL);
  g_assert_nonnull (self->folder);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->folder, "a", NULL);

  g_remove (path);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->folder);
}

static void
assert_refused (const char *path, int code)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) load_error = NULL;

  g_assert_null (dhk_file_read (file, NULL, &error));
  g_assert_error (error, G_IO_ERROR, code);
  g_assert_nonnull (strstr (error->message, name));
  g_assert_null (strstr (error->message, "/"));
  g_assert_null (dhk_file_load (file, 0, NULL, &load_error));
  g_assert_error (load_error, G_IO_ERROR, code);
}

static void
what_is_no_file_is_refused_at_once (Fixture *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->folder, "a", NULL);
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  int listener;

  assert_refused (path, G_IO_ERROR_NOT_FOUND);
  assert_refused (self->folder, G_IO_ERROR_IS_DIRECTORY);
  assert_refused ("/dev/zero", G_IO_ERROR_NOT_REGULAR_FILE);
  assert_refused ("/dev/null", G_IO_ERROR_NOT_REGULAR_FILE);

  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  assert_refused (path, G_IO_ERROR_NOT_REGULAR_FILE);
  g_remove (path);

  g_assert_cmpuint (strlen (path), <, sizeof address.sun_path);
  g_strlcpy (address.sun_path, path, sizeof address.sun_path);
  listener = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_cmpint (bind (listener, (const struct sockaddr *) &address, sizeof address), ==, 0);
  assert_refused (path, G_IO_ERROR_NOT_REGULAR_FILE);
  close (listener);
}

static void
a_file_that_may_not_be_read_is_refused (Fixture *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->folder, "a", NULL);

  if (geteuid () == 0)
    {
      g_test_skip ("root may read everything");
      return;
    }
  g_assert_true (g_file_set_contents (path, "x", 1, NULL));
  g_chmod (path, 0);
  assert_refused (path, G_IO_ERROR_PERMISSION_DENIED);
}

static void
a_file_is_read_up_to_its_limit (Fixture *self, gconstpointer data)
{
  static const gsize sizes[] = { 0, 1, 1000, 256 * 1024 - 1, 256 * 1024, 700 * 1024 };
  g_autofree char *path = g_build_filename (self->folder, "a", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *text = g_strnfill (sizes[i], 'x');
      g_autoptr (GBytes) whole = NULL;
      g_autoptr (GBytes) start = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_true (g_file_set_contents (path, text, (gssize) sizes[i], NULL));
      whole = dhk_file_load (file, 0, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpmem (g_bytes_get_data (whole, NULL), g_bytes_get_size (whole), text, sizes[i]);
      start = dhk_file_load (file, 500, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (g_bytes_get_size (start), ==, MIN (sizes[i], 501));
    }
}

/* "<(…)" of a shell, and what stands before a bar. */
static void
a_laid_pipe_is_read (Fixture *self, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  int ends[2];

  g_assert_cmpint (pipe (ends), ==, 0);
  g_assert_cmpint (write (ends[1], "a,b\n", 4), ==, 4);
  close (ends[1]);
  path = g_strdup_printf ("/proc/self/fd/%d", ends[0]);
  file = g_file_new_for_path (path);
  bytes = dhk_file_load (file, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "a,b\n", 4);
  close (ends[0]);
}

static void
assert_kind (const char *path, const void *start, gsize size, DhkFileKind kind)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, start, (gssize) size, NULL));
  g_assert_cmpint (dhk_file_find_kind (file), ==, kind);
  g_assert_cmpint (dhk_file_may_replace (file, &error), ==, kind == DHK_FILE_OTHER);
  if (kind == DHK_FILE_OTHER)
    g_assert_no_error (error);
  else
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
}

static void
a_study_or_a_key_file_is_not_written_over (Fixture *self, gconstpointer data)
{
  static const DhkSealKind sealed[] = { DHK_SEAL_STUDY, DHK_SEAL_KEY_FILE, DHK_SEAL_RESPONSE };
  static const DhkFileKind kinds[] = { DHK_FILE_STUDY, DHK_FILE_KEYS, DHK_FILE_OTHER };
  g_autofree char *path = g_build_filename (self->folder, "a", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) device = g_file_new_for_path ("/dev/null");
  g_autoptr (GBytes) plain = g_bytes_new_static ("x", 1);
  g_autoptr (GError) error = NULL;

  g_assert_true (dhk_file_may_replace (file, &error));
  g_assert_no_error (error);
  assert_kind (path, "SQLite format 3\0and more", 24, DHK_FILE_STUDY);
  assert_kind (path, "SQLite format", 13, DHK_FILE_OTHER);
  assert_kind (path, "", 0, DHK_FILE_OTHER);
  dhk_seal_set_limits_of_tests (1, 8192);
  for (guint i = 0; i < G_N_ELEMENTS (sealed); i++)
    {
      g_autoptr (GBytes) bytes = dhk_seal_bytes (plain, sealed[i], "word", &error);
      gsize size;
      const void *start = g_bytes_get_data (bytes, &size);

      g_assert_no_error (error);
      assert_kind (path, start, size, kinds[i]);
    }

  g_assert_false (dhk_file_may_replace (device, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/file/no-file", Fixture, NULL, set_up, what_is_no_file_is_refused_at_once,
              tear_down);
  g_test_add ("/file/not-allowed", Fixture, NULL, set_up, a_file_that_may_not_be_read_is_refused,
              tear_down);
  g_test_add ("/file/limit", Fixture, NULL, set_up, a_file_is_read_up_to_its_limit, tear_down);
  g_test_add ("/file/replace", Fixture, NULL, set_up, a_study_or_a_key_file_is_not_written_over,
              tear_down);
  g_test_add ("/file/laid-pipe", Fixture, NULL, set_up, a_laid_pipe_is_read, tear_down);
  return g_test_run ();
}
