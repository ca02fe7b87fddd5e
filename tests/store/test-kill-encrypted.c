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

/* A study with its key file ------------------------------------------------------------------- */

typedef struct
{
  const char *name;
  const char *password; /* of the study, or NULL */
  gboolean has_before;  /* the key file holds names of an earlier import */
} KeyCase;

static const KeyCase key_cases[] = {
  { "names", NULL, TRUE },
  { "first-names", NULL, FALSE },
  { "names-encrypted", FIXTURE_PASSWORD, TRUE },
};

#define N_NAMES_BEFORE 3
#define N_NAMES 12

static gboolean
import_names (Fixture *self, GError **error)
{
  g_autoptr (DhkDraft) draft = encrypted_make_personal (self, "O.csv", "ouders", N_NAMES);

  encrypted_attach (self);
  return dhk_store_set_personal (self->store, DHK_PERSONAL_KEEP, error)
         && dhk_store_commit (self->store, draft, NULL, error);
}

/* FALSE when the child came to its end before call `n`. */
static gboolean
is_import_killed_at (Fixture *self, const KeyCase *what, int n)
{
  int status = 0;
  pid_t child = fork ();

  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      gboolean ok;

      self->store = dhk_store_open_with_password (self->file, what->password, NULL);
      calls_left = n;
      ok = self->store != NULL && import_names (self, NULL);
      calls_left = -1;
      _exit (ok ? 0 : 1);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  if (!WIFSIGNALED (status))
    g_assert_cmpint (WEXITSTATUS (status), ==, 0);
  return WIFSIGNALED (status);
}

/* Everybody in the study has the own name in the key file, once, and there is nobody else. */
static guint
check_names (Fixture *self, guint n_before)
{
  DhkKeyFile *key_file = dhk_store_get_key_file (self->store);
  guint n = dhk_key_file_get_n (key_file);

  g_assert_cmpuint (dhk_store_count_missing_names (self->store), ==, 0);
  for (guint i = 1; i <= n; i++)
    {
      g_autofree char *pseudonym = dhk_store_dup_pseudonym (self->store, i);
      const DhkKeyEntry *entry = dhk_key_file_find (key_file, pseudonym);
      g_autofree char *name = g_strdup_printf ("Wilhelmina & %u", i <= n_before ? i : i - n_before);

      g_assert_nonnull (entry);
      g_assert_cmpstr (entry->texts[0], ==, name);
    }
  g_assert_null (dhk_store_dup_pseudonym (self->store, n + 1));
  return n;
}

static void
test_kill_names (Fixture *self, gconstpointer data)
{
  const KeyCase *what = data;
  const guint n_before = what->has_before ? N_NAMES_BEFORE : 0;
  g_autoptr (GFile) key = encrypted_key_path (self);
  g_autofree char *key_path = g_file_get_path (key);
  g_autofree char *study = NULL;
  g_autofree char *keys = NULL;
  gsize study_size = 0;
  gsize keys_size = 0;
  guint n_kept = 0;
  guint n_orphans = 0;
  gboolean killed = TRUE;
  int n;

  g_assert_true (dhk_store_set_password (self->store, what->password, NULL));
  if (what->has_before)
    {
      g_autoptr (DhkDraft) draft
          = encrypted_make_personal (self, "J.csv", "jeugdigen", N_NAMES_BEFORE);

      encrypted_attach (self);
      fixture_commit (self, draft);
      g_assert_true (g_file_get_contents (key_path, &keys, &keys_size, NULL));
    }
  g_clear_pointer (&self->store, dhk_store_close);
  g_assert_true (g_file_get_contents (self->path, &study, &study_size, NULL));

  for (n = 0; killed; n++)
    {
      g_autoptr (DhkKeyFile) left = NULL;
      guint held;

      g_assert_true (g_file_set_contents (self->path, study, (gssize) study_size, NULL));
      unlink (key_path);
      if (keys != NULL)
        g_assert_true (g_file_set_contents (key_path, keys, (gssize) keys_size, NULL));
      killed = is_import_killed_at (self, what, n);

      /* The key file is there, whole, or it is not there yet. */
      left = g_file_query_exists (key, NULL) ? dhk_key_file_open (key, ENCRYPTED_KEY_PASSWORD, NULL)
                                             : NULL;
      g_assert_true (left != NULL || !g_file_query_exists (key, NULL));
      held = left != NULL ? dhk_key_file_get_n (left) : 0;
      encrypted_reopen (self, what->password);
      encrypted_attach (self);
      check_names (self, n_before);
      n_orphans += held > dhk_key_file_get_n (dhk_store_get_key_file (self->store));
      n_kept += held > n_before;

      /* The same file once more: nobody twice, nobody without a name. */
      g_assert_true (import_names (self, NULL));
      g_assert_cmpuint (check_names (self, n_before), ==, n_before + N_NAMES);
      g_clear_pointer (&self->store, dhk_store_close);
    }
  g_test_message ("%s: %d kills; %u times names in the key file, %u times of nobody", what->name, n,
                  n_kept, n_orphans);
  g_assert_cmpint (n, >, what->password != NULL ? 30 : 15);
  g_assert_cmpuint (n_orphans, >, 0);
  g_assert_cmpuint (n_kept, >, n_orphans);
  g_assert_false (encrypted_folder_holds (self, "Wilhelmina"));
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
  for (guint i = 0; i < G_N_ELEMENTS (key_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/store/kill-encrypted/%s", key_cases[i].name);

      g_test_add (path, Fixture, &key_cases[i], set_up, test_kill_names, fixture_tear_down);
    }
  return g_test_run ();
}
