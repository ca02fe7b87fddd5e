/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A cancelled import leaves the study as it was, byte for byte, wherever it is stopped. */

#include "many-fixture.h"

#define N_ROWS 40000

/* Many rows, and a hand that cancels when they are read so far. */
typedef struct
{
  FixtureMany many;
  guint cancel_at; /* row; G_MAXUINT: never */
  gboolean in_keys;
  GCancellable *cancellable;
} Hand;

static void
read_codes (gpointer data, guint first, guint n, gint8 *codes)
{
  const Hand *self = data;

  fixture_many_read_codes (data, first, n, codes);
  if (!self->in_keys && first + n > self->cancel_at)
    g_cancellable_cancel (self->cancellable);
}

static void
read_keys (gpointer data, guint64 *keys)
{
  const Hand *self = data;

  fixture_many_read_keys (data, keys);
  if (self->in_keys)
    g_cancellable_cancel (self->cancellable);
}

static DhkDraft *
make_draft (Fixture *self, Hand *hand)
{
  const DhkDraftSource own = { .read_codes = read_codes, .read_keys = read_keys };
  DhkDraft *draft = dhk_draft_new (self->instrument);

  hand->many.n_rows = N_ROWS;
  fixture_add_many (draft, &hand->many, &own);
  return draft;
}

static char *
hash_study (Fixture *self)
{
  g_autofree char *data = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (self->path, &data, &size, NULL));
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) data, size);
}

static guint
count_files (Fixture *self)
{
  g_autoptr (GDir) folder = g_dir_open (self->folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (folder) != NULL)
    n++;
  return n;
}

/* FALSE when it went through. */
static gboolean
is_stopped (Fixture *self, guint cancel_at, gboolean in_keys, gboolean only_compare)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Hand *hand = g_new0 (Hand, 1);
  g_autoptr (DhkDraft) draft = NULL;
  gboolean ok;

  hand->cancel_at = cancel_at;
  hand->in_keys = in_keys;
  hand->cancellable = cancellable;
  draft = make_draft (self, hand);
  ok = only_compare ? dhk_store_compare (self->store, draft, cancellable, &error)
                    : dhk_store_commit (self->store, draft, cancellable, &error);
  if (ok)
    return FALSE;
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  return TRUE;
}

static void
test_leaves_nothing (Fixture *self, gconstpointer data)
{
  static const guint places[] = { 0, 1, 300, 5000, 20000, N_ROWS - 1 };
  g_autoptr (DhkDraft) few = fixture_make_draft (self, "few.xlsx", "few", "ouders", 5);
  g_autofree char *before = NULL;
  g_autofree char *undo = NULL;
  guint n_files;

  fixture_commit (self, few);
  before = hash_study (self);
  undo = dhk_store_dup_undo_label (self->store);
  n_files = count_files (self);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *after = NULL;
      g_autofree char *still = NULL;

      g_assert_true (is_stopped (self, places[i], FALSE, FALSE));
      after = hash_study (self);
      still = dhk_store_dup_undo_label (self->store);
      g_assert_cmpstr (after, ==, before);
      g_assert_cmpstr (still, ==, undo);
      g_assert_cmpuint (count_files (self), ==, n_files);
    }
  g_assert_true (is_stopped (self, 0, TRUE, TRUE));
  g_assert_true (is_stopped (self, 0, TRUE, FALSE));
  fixture_reopen (self);
  fixture_assert_query (self->path, "PRAGMA integrity_check", "ok");
  fixture_assert_query (self->path, "SELECT count (*) FROM respondent", "5");
  /* And what was stopped can be stored after all. */
  g_assert_false (is_stopped (self, G_MAXUINT, FALSE, FALSE));
  fixture_assert_query (self->path, "SELECT count (*) FROM respondent", "40005");
}

typedef struct
{
  guint n;
  double last;
} Calls;

static void
count_call (double fraction, gpointer data)
{
  Calls *calls = data;

  g_assert_cmpfloat (fraction, >=, calls->last);
  g_assert_cmpfloat (fraction, <=, 1);
  calls->last = fraction;
  calls->n++;
}

static void
test_progress (Fixture *self, gconstpointer data)
{
  Calls calls = { 0 };

  dhk_store_set_progress (self->store, count_call, &calls);
  g_assert_false (is_stopped (self, G_MAXUINT, FALSE, FALSE));
  dhk_store_set_progress (self->store, NULL, NULL);
  g_assert_cmpuint (calls.n, >, 50);
  g_assert_cmpuint (calls.n, <, 150);
  g_assert_cmpfloat (calls.last, >, 0.95);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_TEST ("/store/cancel/leaves_nothing", test_leaves_nothing);
  FIXTURE_TEST ("/store/cancel/progress", test_progress);
  return g_test_run ();
}
