/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Paper entry, killed at any moment: every answer that was confirmed before is there
 * afterwards, and the study is exactly as after one of the steps, that of the last
 * confirmed answer or the one being written.
 */

#include <glib/gstdio.h>
#include <string.h>
#include <sys/mman.h>

#include "kill-vfs.h"
#include "store/dhk-store-entry.h"

#define BAND1 3

typedef struct
{
  enum
  {
    ANSWER,
    FINISH,
    SETTLE,
    UNDO,
    REDO,
  } what;
  DhkEntryPass pass;
  guint form;
  guint question;
  DhkEntryKind kind;
  int code;
} Work;

/* A form typed twice, differences settled, steps taken back. */
static const Work day[] = {
  { ANSWER, DHK_ENTRY_FIRST, 1, 0, DHK_ENTRY_ANSWERED, 1 },
  { ANSWER, DHK_ENTRY_FIRST, 1, BAND1, DHK_ENTRY_ANSWERED, 4 },
  { ANSWER, DHK_ENTRY_FIRST, 1, BAND1 + 1, DHK_ENTRY_TWO_MARKS, 0 },
  { ANSWER, DHK_ENTRY_FIRST, 1, 2, DHK_ENTRY_EMPTY, 0 },
  { FINISH, DHK_ENTRY_FIRST, 1, 0, 0, 0 },
  { ANSWER, DHK_ENTRY_SECOND, 1, BAND1, DHK_ENTRY_ANSWERED, 3 },
  { ANSWER, DHK_ENTRY_SECOND, 1, BAND1 + 1, DHK_ENTRY_ANSWERED, 2 },
  { FINISH, DHK_ENTRY_SECOND, 1, 0, 0, 0 },
  { SETTLE, 0, 1, BAND1, DHK_ENTRY_ANSWERED, 3 },
  { SETTLE, 0, 1, BAND1 + 1, DHK_ENTRY_ANSWERED, 1 },
  { UNDO, 0, 0, 0, 0, 0 },
  { ANSWER, DHK_ENTRY_FIRST, 2, 0, DHK_ENTRY_ANSWERED, 2 },
  { UNDO, 0, 0, 0, 0, 0 },
  { UNDO, 0, 0, 0, 0, 0 },
  { REDO, 0, 0, 0, 0, 0 },
  { ANSWER, DHK_ENTRY_FIRST, 2, BAND1, DHK_ENTRY_ANSWERED, 5 },
};

/* How many steps were confirmed, seen by both processes. */
static volatile guint *confirmed;
static gint64 batch;

static gboolean
work (Fixture *self, const Work *one, GError **error)
{
  DhkEntryAnswer answer = { .kind = one->kind, .code = one->code };

  switch (one->what)
    {
    case ANSWER:
      return dhk_store_entry_set_answer (self->store, batch, one->pass, one->form, one->question,
                                         &answer, error);
    case FINISH:
      return dhk_store_entry_finish (self->store, batch, one->pass, one->form, error);
    case SETTLE:
      return dhk_store_entry_settle (self->store, batch, one->form, one->question, &answer, error);
    case UNDO:
      return dhk_store_undo (self->store, error);
    case REDO:
    default:
      return dhk_store_redo (self->store, error);
    }
}

static gboolean
act_day (Fixture *self, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (day); i++)
    {
      if (!work (self, &day[i], error))
        return FALSE;
      *confirmed = i + 1;
    }
  return TRUE;
}

/* Every table but the clock's columns, and every view. */
static char *
describe (Fixture *self)
{
  static const char *const queries[] = {
    "PRAGMA integrity_check",
    "PRAGMA foreign_key_check",
    "SELECT id, step, active, file_name, kind, questionnaire FROM import_batch",
    "SELECT * FROM respondent_record",
    "SELECT * FROM answer_sheet",
    "SELECT * FROM value",
    "SELECT id, active, name, questionnaire FROM entry_batch",
    "SELECT * FROM entry_form",
    "SELECT * FROM entry_answer",
    "SELECT * FROM entry_settled",
    "SELECT * FROM entry_change",
    "SELECT step, kind, subject, n, batch FROM journal_step",
    "SELECT * FROM journal_change",
    "SELECT generation, journal_position, next_respondent FROM study",
  };
  GString *text = g_string_new (NULL);
  g_autofree char *views = fixture_dump_views (self->path);

  g_string_append (text, views);
  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autofree char *rows = fixture_query (self->path, queries[i]);

      g_string_append_printf (text, "== %s\n%s\n", queries[i], rows);
    }
  g_assert_nonnull (
      strstr (text->str, "== PRAGMA integrity_check\nok\n== PRAGMA foreign_key_check\n\n"));
  return g_string_free (text, FALSE);
}

static void
test_day (Fixture *self, gconstpointer data)
{
  g_autofree char *journal = g_strconcat (self->path, "-journal", NULL);
  g_autoptr (GPtrArray) states = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  gsize size = 0;
  guint n_kills = 0;
  guint n_inside = 0;

  batch = dhk_store_entry_new_batch (self->store, "Groep 3, mei", 0, &error);
  g_assert_no_error (error);
  g_clear_pointer (&self->store, dhk_store_close);
  g_assert_true (g_file_get_contents (self->path, &bytes, &size, NULL));
  fixture_reopen (self);
  g_ptr_array_add (states, describe (self));
  for (guint i = 0; i < G_N_ELEMENTS (day); i++)
    {
      g_assert_true (work (self, &day[i], &error));
      g_assert_no_error (error);
      g_ptr_array_add (states, describe (self));
    }

  for (int middle = 0; middle < 2; middle++)
    for (int n = 0;; n++)
      {
        g_autofree char *found = NULL;
        gboolean killed;

        g_clear_pointer (&self->store, dhk_store_close);
        g_assert_true (g_file_set_contents_full (self->path, bytes, (gssize) size,
                                                 G_FILE_SET_CONTENTS_NONE, 0666, NULL));
        *confirmed = 0;
        killed = kill_vfs_is_killed_at (self, act_day, n, middle);
        n_kills += killed ? 1 : 0;
        n_inside += killed && g_file_test (journal, G_FILE_TEST_EXISTS) ? 1 : 0;
        fixture_reopen (self);
        found = describe (self);
        if (strcmp (found, g_ptr_array_index (states, *confirmed)) != 0)
          {
            /* Written whole, and killed before it could say so. */
            g_assert_true (killed);
            g_assert_cmpuint (*confirmed, <, G_N_ELEMENTS (day));
            g_assert_cmpstr (found, ==, g_ptr_array_index (states, *confirmed + 1));
          }
        if (!killed)
          break;
      }
  g_test_message ("%u kills, %u of them inside a transaction", n_kills, n_inside);
  g_assert_cmpuint (n_inside, >, 50);
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  kill_vfs_register ();
  confirmed
      = mmap (NULL, sizeof *confirmed, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  g_assert_true (confirmed != MAP_FAILED);
  g_test_add ("/store/kill/entry", Fixture, "/dev/shm", fixture_set_up, test_day,
              fixture_tear_down);
  result = g_test_run ();
  munmap ((gpointer) confirmed, sizeof *confirmed);
  return result;
}
