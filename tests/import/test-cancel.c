/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading tells how far it is without flooding its caller, and stops wherever it is told to. */

#include "draft-fixture.h"

#include "import/dhk-import.h"

typedef struct
{
  guint n;
  guint cancel_at;
  double last;
  GCancellable *cancellable;
} Calls;

static void
count_call (double fraction, const char *file_name, gpointer data)
{
  Calls *self = data;

  g_assert_cmpfloat (fraction, >=, self->last);
  g_assert_cmpfloat (fraction, <=, 1);
  self->last = fraction;
  if (++self->n == self->cancel_at)
    g_cancellable_cancel (self->cancellable);
}

/* The sample of parents, its rows repeated. */
static void
make_long_file (Work *work)
{
  g_autoptr (Table) table = table_new_sample ("Ouders");
  g_autoptr (GString) text = g_string_new (NULL);
  guint n_columns = table_n_columns (table);

  for (guint copy = 0; copy < 150; copy++)
    for (guint row = copy == 0 ? 0 : 1; row <= table_n_rows (table); row++)
      for (guint c = 0; c < n_columns; c++)
        {
          if (c == 0 && row > 0)
            g_string_append_printf (text, "%u", copy * 1000 + row);
          else
            g_string_append_printf (text, "\"%s\"", table_get (table, row, c));
          g_string_append_c (text, c + 1 < n_columns ? ';' : '\n');
        }
  work_add_text (work, "Ouders.csv", text->str);
}

static void
test_stops_anywhere (void)
{
  g_autoptr (Work) work = work_new ();
  g_autoptr (DhkInstrument) instrument = dhk_instrument_new_builtin ("partnerschap-2023", NULL);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  guint n = 0;

  make_long_file (work);
  g_ptr_array_add (files, g_file_new_for_path (g_ptr_array_index (work->paths, 0)));
  for (guint cancel_at = 0; cancel_at == 0 || cancel_at < n; cancel_at += 1 + n / 40)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GError) error = NULL;
      Calls calls = { .cancel_at = cancel_at, .cancellable = cancellable };
      g_autoptr (DhkDraft) draft
          = dhk_import_read (instrument, files, NULL, count_call, &calls, cancellable, &error);

      if (cancel_at == 0)
        {
          g_assert_no_error (error);
          n = calls.n;
          g_assert_cmpuint (n, >, 8);
          g_assert_cmpuint (n, <=, 1100);
          g_assert_cmpfloat (calls.last, >=, 1);
          continue;
        }
      g_assert_null (draft);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_cmpuint (calls.n, <=, cancel_at + 2);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import/cancel/stops-anywhere", test_stops_anywhere);
  return g_test_run ();
}
