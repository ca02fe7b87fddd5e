/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <locale.h>
#include <math.h>
#include <string.h>

#include "base/dhk-number.h"
#include "export/dhk-atomic.h"
#include "export/dhk-export.h"
#include "export/dhk-pdf-language.h"

typedef struct
{
  char *folder;
  char *path;
  GFile *file;
} Fixture;

static void
set_up (Fixture *self, gconstpointer name)
{
  self->folder = g_dir_make_tmp ("dhk-export-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, name, NULL);
  self->file = g_file_new_for_path (self->path);
}

static guint
count_files (const Fixture *self)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
tear_down (Fixture *self, gconstpointer name)
{
  g_chmod (self->folder, 0700);
  g_unlink (self->path);
  /* Fails when anything was left behind. */
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->folder);
  g_free (self->path);
  g_object_unref (self->file);
}

static char *
read_file (const Fixture *self, gsize *length)
{
  char *bytes = NULL;

  g_assert_true (g_file_get_contents (self->path, &bytes, length, NULL));
  return bytes;
}

static void
file_is_replaced_as_a_whole (Fixture *self, gconstpointer name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *big = g_strnfill (300000, 'x');
  g_autofree char *read = NULL;
  gsize length;

  g_assert_true (g_file_set_contents (self->path, "old", -1, NULL));
  g_chmod (self->path, 0640);
  {
    g_autoptr (DhkAtomic) atomic = dhk_atomic_new (self->file, NULL, &error);
    g_autofree char *before = NULL;
    GStatBuf status;

    g_assert_no_error (error);
    g_assert_true (dhk_atomic_write (atomic, big, 300000, &error));
    before = read_file (self, NULL);
    g_assert_cmpstr (before, ==, "old");
    g_assert_true (dhk_atomic_commit (atomic, &error));
    g_assert_cmpint (g_stat (self->path, &status), ==, 0);
    g_assert_cmpint (status.st_mode & 0777, ==, 0640);
  }
  read = read_file (self, &length);
  g_assert_cmpmem (read, length, big, 300000);
  g_assert_cmpuint (count_files (self), ==, 1);
}

static void
file_that_is_given_up_leaves_nothing (Fixture *self, gconstpointer name)
{
  g_autofree char *big = g_strnfill (300000, 'x');
  g_autofree char *read = NULL;

  g_assert_true (g_file_set_contents (self->path, "old", -1, NULL));
  {
    g_autoptr (DhkAtomic) atomic = dhk_atomic_new (self->file, NULL, NULL);

    g_assert_true (dhk_atomic_write (atomic, big, 300000, NULL));
    g_assert_cmpuint (count_files (self), ==, 2);
  }
  read = read_file (self, NULL);
  g_assert_cmpstr (read, ==, "old");
  g_assert_cmpuint (count_files (self), ==, 1);
}

static void
cancelled_file_leaves_nothing (Fixture *self, gconstpointer name)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (DhkAtomic) atomic = dhk_atomic_new (self->file, cancellable, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (dhk_atomic_write (atomic, "x", 1, NULL));
  g_cancellable_cancel (cancellable);
  g_assert_false (dhk_atomic_commit (atomic, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_pointer (&atomic, dhk_atomic_free);
  g_assert_cmpuint (count_files (self), ==, 0);
}

static void
failures_are_sentences (Fixture *self, gconstpointer name)
{
  g_autofree char *inside = g_build_filename (self->folder, "no-such-folder", "x.csv", NULL);
  g_autoptr (GFile) missing = g_file_new_for_path (inside);
  g_autoptr (GFile) folder = g_file_new_for_path (self->folder);
  g_autoptr (GError) error = NULL;

  g_assert_false (dhk_atomic_replace (missing, "x", 1, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "x.csv"));
  g_assert_null (strstr (error->message, self->folder));
  g_clear_error (&error);
  g_assert_false (dhk_atomic_replace (folder, "x", 1, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY);
  g_assert_cmpuint (count_files (self), ==, 0);
}

static void
link_keeps_pointing (Fixture *self, gconstpointer name)
{
  g_autofree char *link = g_build_filename (self->folder, "link", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (link);
  g_autofree char *read = NULL;

  g_assert_true (g_file_set_contents (self->path, "old", -1, NULL));
  g_assert_true (g_file_make_symbolic_link (file, name, NULL, NULL));
  g_assert_true (dhk_atomic_replace (file, "new", 3, NULL, NULL));
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  read = read_file (self, NULL);
  g_assert_cmpstr (read, ==, "new");
  g_unlink (link);
}

static DhkInstrument *
load_instrument (void)
{
  g_autoptr (GFile) file
      = g_file_new_for_path (g_test_get_filename (G_TEST_DIST, "data", "library-2024.xml", NULL));
  g_autoptr (GError) error = NULL;
  DhkInstrument *instrument = dhk_instrument_new_from_file (file, NULL, &error);

  g_assert_no_error (error);
  return instrument;
}

static DhkFrame *
new_frame (DhkInstrument *instrument, guint n)
{
  DhkFrameBuilder *builder = dhk_frame_builder_new (instrument, n);

  for (guint i = 0; i < n; i++)
    {
      guint row = dhk_frame_builder_add_row (builder, 100 + i, i % 2);

      if (i % 5 > 0)
        dhk_frame_builder_set_category (builder, row, 0, (int) (i % 3));
      for (guint item = 0; item < 3; item++)
        dhk_frame_builder_set_answer (builder, row, item, 0,
                                      (i + item) % 4 == 0 ? DHK_MISSING_EMPTY
                                                          : 1 + (int) ((i * 5 + item * 2) % 7));
    }
  return dhk_frame_builder_finish (builder);
}

static int
find (char **heads, const char *name)
{
  for (int i = 0; heads[i] != NULL; i++)
    if (strcmp (heads[i], name) == 0)
      return i;
  g_error ("There is no column “%s”.", name);
}

static void
csv_reads_back_as_it_was (Fixture *self, gconstpointer name)
{
  g_autoptr (DhkInstrument) instrument = load_instrument ();
  g_autoptr (DhkFrame) frame = new_frame (instrument, 700);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL, heads = NULL;
  const double *scores = dhk_frame_get_scores (frame, 0, 0);

  g_assert_true (dhk_export_csv (frame, self->file, NULL, &error));
  g_assert_no_error (error);
  text = read_file (self, NULL);
  g_assert_true (g_str_has_suffix (text, "\n"));
  g_assert_null (strchr (text, '\r'));
  lines = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 702);
  heads = g_strsplit (lines[0], ",", -1);
  g_assert_cmpstr (heads[0], ==, "id");
  g_assert_cmpstr (heads[1], ==, "respondent_type");
  g_assert_cmpstr (heads[2], ==, "branch");
  for (guint row = 0; row < 700; row++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[1 + row], ",", -1);
      const gint8 branch = dhk_frame_get_categories (frame, 0)[row];
      const gint8 answer = dhk_frame_get_answers (frame, 1, 0)[row];
      const char *score = cells[find (heads, "score_welcome_s")];
      double value;

      g_assert_cmpuint (g_strv_length (cells), ==, g_strv_length (heads));
      g_assert_cmpint (g_ascii_strtoll (cells[0], NULL, 10), ==, 100 + row);
      g_assert_cmpstr (cells[1], ==, row % 2 == 0 ? "visitor" : "volunteer");
      g_assert_cmpstr (
          cells[2], ==,
          branch < 0 ? "" : dhk_instrument_get_variable (instrument, 0)->categories[branch].id);
      if (answer < 0)
        g_assert_cmpstr (cells[find (heads, "wel2_s")], ==, "");
      else
        g_assert_cmpint (g_ascii_strtoll (cells[find (heads, "wel2_s")], NULL, 10), ==, answer);
      /* Full precision: the same double comes back. */
      if (isnan (scores[row]))
        g_assert_cmpstr (score, ==, "");
      else
        {
          g_assert_true (dhk_number_from_file (score, &value));
          g_assert_true (memcmp (&value, &scores[row], sizeof value) == 0);
        }
    }
}

static void
csv_of_nobody_is_its_head (Fixture *self, gconstpointer name)
{
  g_autoptr (DhkInstrument) instrument = load_instrument ();
  g_autoptr (DhkFrame) frame = new_frame (instrument, 0);
  g_autofree char *text = NULL;

  g_assert_true (dhk_export_csv (frame, self->file, NULL, NULL));
  text = read_file (self, NULL);
  g_assert_true (g_str_has_prefix (text, "id,respondent_type,branch,"));
  g_assert_true (strchr (text, '\n') == text + strlen (text) - 1);
}

static void
cancelled_csv_leaves_nothing (Fixture *self, gconstpointer name)
{
  g_autoptr (DhkInstrument) instrument = load_instrument ();
  g_autoptr (DhkFrame) frame = new_frame (instrument, 10);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (dhk_export_csv (frame, self->file, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count_files (self), ==, 0);
}

static DhkChart *
new_chart (void)
{
  DhkChart *chart = dhk_chart_new (DHK_CHART_COUNTS, DHK_LANGUAGE_EN, DHK_NUMBER_STYLE_ENGLISH);

  dhk_chart_add_cluster (chart, "North & <South>");
  dhk_chart_add_series (chart, "Visitors", 0x0072B2);
  dhk_chart_add_mark (chart, &(DhkChartMark){ .n = 7, .value = 7 });
  dhk_chart_describe (chart);
  return chart;
}

static void
chart_becomes_a_picture (Fixture *self, gconstpointer name)
{
  g_autoptr (DhkChart) chart = new_chart ();
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (dhk_export_chart (chart, self->file, 500, NULL, &error));
  g_assert_no_error (error);
  bytes = read_file (self, &length);
  if (g_str_has_suffix (name, ".png"))
    g_assert_cmpmem (bytes, 8, "\x89PNG\r\n\x1a\n", 8);
  else
    {
      g_assert_nonnull (strstr (bytes, "<svg "));
      g_assert_nonnull (strstr (bytes, "North &amp; &lt;South&gt;"));
      g_assert_nonnull (strstr (bytes, "width=\"500px\""));
    }
}

static void
chart_of_another_kind_of_file_is_refused (Fixture *self, gconstpointer name)
{
  g_autoptr (DhkChart) chart = new_chart ();
  g_autoptr (GError) error = NULL;

  g_assert_false (dhk_export_chart (chart, self->file, 500, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
  g_assert_cmpuint (count_files (self), ==, 0);
}

static void
unknown_pdf_stays_as_it_is (void)
{
  static const char *const files[]
      = { "", "%PDF-1.5", "endstream",
          "endstream\nxref\ntrailer /Root 1 0 R /Info 2 0 R /Size 3\nstartxref\n9\n%%EOF" };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GByteArray) pdf = g_byte_array_new ();

      g_byte_array_append (pdf, (const guint8 *) files[i], (guint) strlen (files[i]));
      g_assert_false (dhk_pdf_add_language (pdf, "nl"));
      g_assert_cmpmem (pdf->data, pdf->len, files[i], strlen (files[i]));
    }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
#define ADD(path, name, func)                                                                      \
  g_test_add ("/export/files/" path, Fixture, name, set_up, func, tear_down)
  ADD ("replaced", "a.csv", file_is_replaced_as_a_whole);
  ADD ("given-up", "a.csv", file_that_is_given_up_leaves_nothing);
  ADD ("cancelled", "a.csv", cancelled_file_leaves_nothing);
  ADD ("sentences", "a.csv", failures_are_sentences);
  ADD ("link", "a.csv", link_keeps_pointing);
  ADD ("csv", "a.csv", csv_reads_back_as_it_was);
  ADD ("csv-empty", "a.csv", csv_of_nobody_is_its_head);
  ADD ("csv-cancelled", "a.csv", cancelled_csv_leaves_nothing);
  ADD ("svg", "a.svg", chart_becomes_a_picture);
  ADD ("png", "A.png", chart_becomes_a_picture);
  ADD ("other", "a.docx", chart_of_another_kind_of_file_is_refused);
  g_test_add_func ("/export/files/pdf-language", unknown_pdf_stays_as_it_is);
  return g_test_run ();
}
