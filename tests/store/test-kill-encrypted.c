/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The same as test-kill.c for an encrypted study, which reaches the disk without SQLite: our own
 * write(), fsync() and rename() stand before those of the C library and end the process
 * at call number N. A write is done in pieces of 2 KiB, each of which counts.
 */

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "encrypted-fixture.h"

#define PIECE 2048
#define ANOTHER_PASSWORD "nog een wachtwoord"

static int calls_left = -1; /* < 0: not armed */

static void
count_call (void)
{
  if (calls_left < 0 || calls_left-- > 0)
    return;
  kill (getpid (), SIGKILL);
  for (;;)
    pause ();
}

ssize_t
write (int fd, const void *data, size_t size)
{
  const char *from = data;
  size_t done = 0;

  do
    {
      size_t part = MIN (size - done, PIECE);
      long n;

      if (calls_left >= 0)
        count_call ();
      n = syscall (SYS_write, fd, from + done, part);
      if (n < 0)
        return done > 0 ? (ssize_t) done : n;
      done += (size_t) n;
    }
  while (done < size);
  return (ssize_t) done;
}

int
fsync (int fd)
{
  if (calls_left >= 0)
    count_call ();
  return (int) syscall (SYS_fsync, fd);
}

int
rename (const char *from, const char *to)
{
  if (calls_left >= 0)
    count_call ();
  return (int) syscall (SYS_rename, from, to);
}

int
unlink (const char *path)
{
  if (calls_left >= 0)
    count_call ();
  return (int) syscall (SYS_unlink, path);
}

ssize_t
pwrite (int fd, const void *data, size_t size, off_t at)
{
  if (calls_left >= 0)
    count_call ();
  return (ssize_t) syscall (SYS_pwrite64, fd, data, size, at);
}

typedef struct
{
  const char *name;
  gboolean (*act) (Fixture *self, GError **error);
  const char *before; /* the password; NULL: not encrypted */
  const char *after;
} Case;

static gboolean
act_import (Fixture *self, GError **error)
{
  g_autoptr (DhkDraft) draft = fixture_make_draft (self, "Jeugdigen-2.xlsx", "2", "jeugdigen", 45);
  DhkDraftFile *parents = fixture_add_file (draft, "Ouders.xlsx", "3", "ouders");

  for (guint n = 1; n <= 40; n++)
    fixture_add_row (draft, parents, n);
  dhk_draft_file_set_aside (parents, 7, "Totals row.");
  return dhk_store_commit (self->store, draft, NULL, error);
}

static gboolean
act_undo (Fixture *self, GError **error)
{
  return dhk_store_undo (self->store, error);
}

static gboolean
act_edit (Fixture *self, GError **error)
{
  return dhk_store_set_answer (
      self->store, 3, (guint) dhk_instrument_find_item (self->instrument, "band1"),
      dhk_instrument_find_target (self->instrument, "hulpverlener"), DHK_MISSING_UNREADABLE, error);
}

static gboolean
act_password (Fixture *self, GError **error)
{
  return dhk_store_set_password (self->store, ANOTHER_PASSWORD, error);
}

static gboolean
act_open (Fixture *self, GError **error)
{
  return dhk_store_set_password (self->store, NULL, error);
}

static const Case cases[] = {
  { "import", act_import, FIXTURE_PASSWORD, FIXTURE_PASSWORD },
  { "undo", act_undo, FIXTURE_PASSWORD, FIXTURE_PASSWORD },
  { "edit", act_edit, FIXTURE_PASSWORD, FIXTURE_PASSWORD },
  { "change-password", act_password, FIXTURE_PASSWORD, ANOTHER_PASSWORD },
  { "encrypt", act_password, NULL, ANOTHER_PASSWORD },
  { "decrypt", act_open, FIXTURE_PASSWORD, NULL },
};

/* FALSE when the child came to its end before call `n`. */
static gboolean
is_killed_at (Fixture *self, const Case *what, int n)
{
  int status = 0;
  pid_t child = fork ();

  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      GError *error = NULL;
      gboolean ok;

      self->store = dhk_store_open_with_password (self->file, what->before, &error);
      calls_left = n;
      ok = self->store != NULL && what->act (self, &error);
      calls_left = -1;
      if (!ok)
        g_printerr ("%s: %s\n", what->name, error->message);
      _exit (ok ? 0 : 1);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  if (WIFSIGNALED (status))
    {
      g_assert_cmpint (WTERMSIG (status), ==, SIGKILL);
      return TRUE;
    }
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
  return FALSE;
}

static void
live_a_little (Fixture *self, const Case *what)
{
  g_autoptr (DhkDraft) draft = fixture_make_draft (self, "Jeugdigen.xlsx", "1", "jeugdigen", 40);

  fixture_commit (self, draft);
  g_assert_true (dhk_store_set_answer (
      self->store, 2, (guint) dhk_instrument_find_item (self->instrument, "band2"),
      dhk_instrument_find_target (self->instrument, "hulpverlener"), DHK_MISSING_EMPTY, NULL));
  g_assert_true (dhk_store_set_password (self->store, what->before, NULL));
  g_clear_pointer (&self->store, dhk_store_close);
}

/* Opens with the one password or the other, and never with both. */
static gboolean
is_done (Fixture *self, const Case *what)
{
  g_autoptr (GError) error = NULL;

  self->store = dhk_store_open_with_password (self->file, what->after, &error);
  if (self->store == NULL)
    g_assert_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_PASSWORD);
  else if (what->before == NULL || what->after == NULL)
    return dhk_store_is_encrypted (self->store) == (what->after != NULL);
  else
    return TRUE;
  encrypted_reopen (self, what->before);
  return FALSE;
}

static void
test_kill (Fixture *self, gconstpointer data)
{
  const Case *what = data;
  g_autofree char *bytes = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  guint n_before = 0;
  guint n_after = 0;
  gsize size = 0;
  int n;

  live_a_little (self, what);
  g_assert_true (g_file_get_contents (self->path, &bytes, &size, NULL));
  before = encrypted_describe (self, what->before);
  encrypted_reopen (self, what->before);
  g_assert_true (what->act (self, NULL));
  g_clear_pointer (&self->store, dhk_store_close);
  after = encrypted_describe (self, what->after);

  for (n = 0;; n++)
    {
      g_autofree char *found = NULL;
      gboolean killed;
      gboolean done;

      g_assert_true (g_file_set_contents (self->path, bytes, (gssize) size, NULL));
      killed = is_killed_at (self, what, n);
      done = is_done (self, what);
      found = encrypted_describe (self, done ? what->after : what->before);
      if (what->before == what->after)
        done = strcmp (found, after) == 0;
      g_assert_cmpstr (found, ==, done ? after : before);
      n_before += !done;
      n_after += done;
      if (what->before != NULL && what->after != NULL)
        g_assert_false (encrypted_folder_holds (self, "SQLite format"));
      g_clear_pointer (&self->store, dhk_store_close);
      if (!killed)
        {
          g_assert_true (done);
          break;
        }
    }
  g_test_message ("%s: %d kills; %u times as before, %u times whole", what->name, n, n_before,
                  n_after);
  g_assert_cmpint (n, >, 50);
  g_assert_cmpuint (n_before, >, 50);
  g_assert_cmpuint (n_after, >, 1);
}

/* In memory where that can be: a killed process leaves the same there. */
static void
set_up (Fixture *self, gconstpointer data)
{
  encrypted_set_up (self, "/dev/shm");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/store/kill-encrypted/%s", cases[i].name);

      g_test_add (path, Fixture, &cases[i], set_up, test_kill, fixture_tear_down);
    }
  return g_test_run ();
}
