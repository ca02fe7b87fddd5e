/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Hard data for every method of the list: a defined result or a named reason,
 * nothing on standard output; every reason that a method declares really
 * occurs, and no other.
 */

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "flat-record.h"
#include "hard-input.h"

#define REPEATS 16 /* DHK_HARD_REPEATS sets another number */
#define SEED 3

/* What the reasons of this kind are is nothing that data can bring about. */
#define NOT_BY_DATA DHK_REASON (DHK_STATS_NO_MEMORY)

typedef struct
{
  const DhkMethod *method;
  guint n_repeats;
  unsigned seen;
  GPtrArray *complaints; /* told when standard output is back */
} Trial;

static char *
list_reasons (unsigned reasons)
{
  GString *text = g_string_new (NULL);

  for (guint status = 1; status < DHK_N_STATS_STATUSES; status++)
    if ((reasons & DHK_REASON (status)) != 0)
      g_string_append_printf (text, " %s", dhk_stats_status_name ((DhkStatsStatus) status));
  return g_string_free (text, FALSE);
}

/* All reasons of a result, also of its parts. */
static unsigned
collect_reasons (DhkStatsStatus status, const DhkRecord *record)
{
  gsize n;
  const DhkRecordItem *items = dhk_record_get_items (record, &n);
  unsigned reasons = DHK_REASON (status);

  for (gsize i = 0; i < n; i++)
    if (items[i].kind == DHK_RECORD_STATUS)
      reasons |= DHK_REASON (items[i].count);
  return reasons & ~DHK_REASON (DHK_STATS_OK);
}

static void
judge (Trial *self, const char *kind, DhkStatsStatus status, const DhkRecord *record)
{
  g_autofree char *complaint = NULL;
  unsigned reasons = collect_reasons (status, record), undeclared;
  gsize n_items;

  dhk_record_get_items (record, &n_items);
  /* refused at the door */
  if (n_items == 0 && status == DHK_STATS_BAD_ARGUMENT)
    return;
  self->seen |= reasons;
  undeclared = reasons & ~self->method->reasons;
  if (n_items == 0)
    complaint = g_strdup ("no fields");
  else if (undeclared != 0)
    {
      g_autofree char *names = list_reasons (undeclared);

      complaint = g_strdup_printf ("not declared:%s", names);
    }
  else
    complaint = flat_record_check (record);
  if (complaint != NULL)
    g_ptr_array_add (self->complaints, g_strdup_printf ("%s: %s (status %s)", kind, complaint,
                                                        dhk_stats_status_name (status)));
}

static void
try_data (Trial *self, GRand *rand)
{
  guint n_kinds;
  const HardInput *kinds = hard_input_list (&n_kinds);

  for (guint kind = 0; kind < n_kinds; kind++)
    for (guint repeat = 0; repeat < self->n_repeats; repeat++)
      {
        g_auto (RandomInput) data = { 0 };
        DhkRecord record = { 0 };

        hard_input_init (&data, &kinds[kind], self->method, rand);
        if (repeat % 2 == 1)
          random_input_stretch_options (&data, self->method, rand);
        judge (self, kinds[kind].name, dhk_method_run (self->method, &data.input, &record),
               &record);
        dhk_record_clear (&record);
      }
}

static void
try_summaries (Trial *self, GRand *rand)
{
  g_auto (GStrv) columns = NULL;

  if (self->method->summary_columns == NULL)
    return;
  columns = g_strsplit (self->method->summary_columns, " ", -1);
  for (guint kind = 0; kind < hard_summary_count (); kind++)
    for (guint repeat = 0; repeat < self->n_repeats; repeat++)
      {
        gsize n_rows, n_columns = g_strv_length (columns);
        g_autofree double *summary = hard_summary_new (kind, self->method, n_columns, &n_rows);
        g_autofree char *name = g_strdup_printf ("summary %u", kind);
        RandomInput data = {
          .input = { .summary = summary, .n_summary_rows = n_rows, .n_summary_columns = n_columns }
        };
        DhkRecord record = { 0 };

        random_input_draw_options (&data, self->method, rand);
        if (repeat % 2 == 1)
          random_input_stretch_options (&data, self->method, rand);
        judge (self, name, dhk_method_run (self->method, &data.input, &record), &record);
        dhk_record_clear (&record);
      }
}

/* Standard output goes to a file meanwhile. Returns how much was written. */
static gint64
try_silently (Trial *self)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED);
  FILE *file = tmpfile ();
  int kept;
  gint64 n_written;

  g_assert_nonnull (file);
  fflush (stdout);
  kept = dup (STDOUT_FILENO);
  g_assert_cmpint (dup2 (fileno (file), STDOUT_FILENO), >=, 0);
  try_data (self, rand);
  try_summaries (self, rand);
  fflush (stdout);
  n_written = lseek (fileno (file), 0, SEEK_END);
  g_assert_cmpint (dup2 (kept, STDOUT_FILENO), >=, 0);
  close (kept);
  fclose (file);
  return n_written;
}

static void
method_survives (gconstpointer user_data)
{
  g_autoptr (GPtrArray) complaints = g_ptr_array_new_with_free_func (g_free);
  const char *repeats = g_getenv ("DHK_HARD_REPEATS");
  Trial self
      = { .method = user_data,
          .n_repeats = repeats != NULL ? (guint) g_ascii_strtoull (repeats, NULL, 10) : REPEATS,
          .complaints = complaints };
  gint64 n_written = try_silently (&self);
  g_autofree char *seen = list_reasons (self.seen);
  g_autofree char *unseen = list_reasons (self.method->reasons & ~self.seen & ~NOT_BY_DATA);

  g_test_message ("%s: occurred:%s", self.method->name, seen);
  for (guint i = 0; i < MIN (8, complaints->len); i++)
    g_test_message ("%s", (char *) g_ptr_array_index (complaints, i));
  g_assert_cmpuint (complaints->len, ==, 0);
  g_assert_cmpint (n_written, ==, 0);
  /* declared, but not brought about by any of the data; few repeats do not reach them all */
  if (self.n_repeats >= REPEATS)
    g_assert_cmpstr (unseen, ==, "");
}

int
main (int argc, char **argv)
{
  gsize n;
  const DhkMethod *const *methods = dhk_method_list (&n);

  g_test_init (&argc, &argv, NULL);
  /* one method's failure shall not hide another's */
  g_test_set_nonfatal_assertions ();
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("/stats/hard/%s", methods[i]->name);

      g_test_add_data_func (path, methods[i], method_survives);
    }
  return g_test_run ();
}
