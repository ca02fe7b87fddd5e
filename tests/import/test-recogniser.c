/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Recognition of whole, sound files: the sample and what people do to it. */

#include "draft-fixture.h"

#include <math.h>
#include <string.h>

static const char *const samples[] = { "Jeugdigen", "Ouders", "Hulpverleners", "Leraren" };
static const guint sizes[] = { 179, 114, 132, 59 };

static void
add_all (Work *work)
{
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autofree char *name = g_strdup_printf ("%s.xlsx", samples[i]);

      work_add_sample (work, samples[i], name);
    }
}

static char *
dup_reference_summary (void)
{
  g_autoptr (Work) work = work_new ();
  g_autoptr (DhkDraft) draft = NULL;

  add_all (work);
  draft = work_read (work);
  return draft_summary (draft);
}

/* The draft says what the sample's files say, in whatever order. */
static void
assert_like_sample (DhkDraft *draft)
{
  g_autofree char *expected = dup_reference_summary ();
  g_autofree char *summary = draft_summary (draft);

  draft_assert_questions (draft, 0);
  draft_assert_totals (draft, 484, 484, 0, 0);
  g_assert_cmpstr (summary, ==, expected);
}

static void
test_sample (void)
{
  g_autoptr (Work) work = work_new ();
  g_autoptr (DhkDraft) draft = NULL;

  add_all (work);
  draft = work_read (work);
  draft_assert_questions (draft, 0);
  draft_assert_totals (draft, 484, 484, 0, 0);
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      DhkDraftFile *file = draft_file (draft, i);

      g_assert_cmpuint (file->found, ==, sizes[i]);
      g_assert_cmpuint (strlen (file->sha256), ==, 64);
      for (guint n = 0; n < file->notes->len; n++)
        g_assert_cmpint (((DhkDraftNote *) g_ptr_array_index (file->notes, n))->kind, ==,
                         DHK_NOTE_INFORMATION);
      for (guint c = 0; c < file->columns->len; c++)
        {
          DhkDraftColumn *column = g_ptr_array_index (file->columns, c);

          g_assert_cmpint (column->role, !=, DHK_COLUMN_UNMATCHED);
          g_assert_cmpint (column->role, !=, DHK_COLUMN_ASKED);
          g_assert_nonnull (column->reason);
        }
    }
  g_assert_true (draft_has_note (draft, "19 "));
  g_assert_cmpint (draft_get (draft, 0, 0, "band1_h"), ==, 3);
  g_assert_cmpint (draft_get (draft, 0, 0, "insp4_h"), ==, 1);
  g_assert_cmpfloat (draft_get_number (draft, 0, 0, "age"), ==, 19);
  g_assert_cmpint (dhk_draft_file_get_row (draft_file (draft, 0), 0)->started, ==, 1668424241);
}

/* Row by row as the reconstructed data say. */
static void
compare_line (DhkDraft *draft, char **head, char **cells, guint file, guint row)
{
  const DhkInstrument *instrument = dhk_draft_get_instrument (draft);

  for (guint c = 5; head[c] != NULL; c++)
    {
      if (cells[c][0] != '\0')
        g_assert_cmpint (draft_get (draft, file, row, head[c]), ==,
                         (int) g_ascii_strtoll (cells[c], NULL, 10));
    }
  for (guint i = 0; i < 2; i++)
    {
      const char *name = i == 0 ? "sector" : "sex";
      const DhkVariable *variable = dhk_instrument_get_variable (
          instrument, (guint) dhk_instrument_find_variable (instrument, name));
      int code = draft_get (draft, file, row, name);

      if (cells[2 + i][0] == '\0')
        g_assert_cmpint (code, ==, DHK_MISSING_EMPTY);
      else
        {
          g_assert_cmpint (code, >=, 0);
          g_assert_cmpint (g_ascii_strcasecmp (variable->categories[code].label.in[DHK_LANGUAGE_NL],
                                               cells[2 + i]),
                           ==, 0);
        }
    }
  g_assert_cmpfloat (draft_get_number (draft, file, row, "age"), ==,
                     g_ascii_strtod (cells[4], NULL));
}

static void
test_reference (void)
{
  const char *directory = g_getenv ("DHK_REFERENCE_DIR");
  g_autofree char *path = g_build_filename (directory != NULL ? directory : "", "data",
                                            "partnerschap2023", "partnerschap2023.csv", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_auto (GStrv) head = NULL;
  g_autoptr (Work) work = NULL;
  g_autoptr (DhkDraft) draft = NULL;
  guint n = 0;

  if (directory == NULL || !g_file_get_contents (path, &text, NULL, NULL))
    {
      g_test_skip ("DHK_REFERENCE_DIR holds no reconstructed data");
      return;
    }
  work = work_new ();
  add_all (work);
  draft = work_read (work);
  lines = g_strsplit (g_strdelimit (text, "\r", '\n'), "\n", -1);
  head = g_strsplit (lines[0], ",", -1);
  for (guint i = 1; lines[i] != NULL; i++)
    {
      g_auto (GStrv) cells = NULL;
      guint file;

      if (lines[i][0] == '\0')
        continue;
      cells = g_strsplit (lines[i], ",", -1);
      file = (guint) (strchr ("JOHL", cells[0][0]) - "JOHL");
      compare_line (draft, head, cells, file,
                    (guint) g_ascii_strtoull (cells[0] + 1, NULL, 10) - 1);
      n++;
    }
  g_assert_cmpuint (n, ==, 484);
}

/* The table of all types in one file, with column names and codes, as an export is. */
static void
test_one_table_of_all_types (void)
{
  const char *directory = g_getenv ("DHK_REFERENCE_DIR");
  g_autofree char *path = g_build_filename (directory != NULL ? directory : "", "data",
                                            "partnerschap2023", "partnerschap2023.csv", NULL);
  g_autofree char *text = NULL;
  g_autoptr (Work) work = NULL;
  g_autoptr (DhkDraft) draft = NULL;

  if (directory == NULL || !g_file_get_contents (path, &text, NULL, NULL))
    {
      g_test_skip ("DHK_REFERENCE_DIR holds no reconstructed data");
      return;
    }
  work = work_new ();
  work_add_text (work, "alles.csv", text);
  draft = work_read (work);
  draft_assert_questions (draft, 0);
  draft_assert_totals (draft, 484, 484, 0, 0);
  g_assert_cmpuint (dhk_draft_get_files (draft)->len, ==, 4);
  g_assert_true (draft_has_note (draft, "1 "));
}

static void
shuffle_columns (Table *table)
{
  for (guint i = 0; i < table_n_columns (table); i++)
    table_move_column (table, i, (i * 31 + 7) % table_n_columns (table));
}

static void
shuffle_rows (Table *table)
{
  for (guint i = 1; i <= table_n_rows (table); i++)
    {
      guint j = 1 + (i * 37 + 11) % table_n_rows (table);
      gpointer row = table->rows->pdata[i];

      table->rows->pdata[i] = table->rows->pdata[j];
      table->rows->pdata[j] = row;
    }
}

typedef void (*Change) (Table *table, guint sample);

static DhkDraft *
read_changed (Change change, char separator)
{
  g_autoptr (Work) work = work_new ();

  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autoptr (Table) table = table_new_sample (samples[i]);
      g_autofree char *name = g_strdup_printf ("export %u.csv", i + 1);

      if (change != NULL)
        change (table, i);
      table_add_to (table, work, name, separator);
    }
  return work_read (work);
}

static void
test_semicolon (void)
{
  g_autoptr (DhkDraft) draft = read_changed (NULL, ';');

  assert_like_sample (draft);
}

static void
test_comma (void)
{
  g_autoptr (DhkDraft) draft = read_changed (NULL, ',');

  assert_like_sample (draft);
}

static void
change_order (Table *table, guint sample)
{
  shuffle_columns (table);
  shuffle_rows (table);
}

static void
test_shuffled (void)
{
  g_autoptr (DhkDraft) draft = read_changed (change_order, ';');

  assert_like_sample (draft);
}

static void
test_renamed (void)
{
  g_autoptr (Work) work = work_new ();
  g_autoptr (DhkDraft) draft = NULL;

  /* Names that point at the wrong questionnaires count for nothing. */
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autofree char *name = g_strdup_printf ("%s.xlsx", samples[(i + 1) % 4]);

      work_add_sample (work, samples[i], name);
    }
  draft = work_read (work);
  assert_like_sample (draft);
}

/* As Excel saves a form's workbook as text: month first, without seconds, in either language. */
static void
change_to_english (Table *table, guint sample)
{
  static const char *const heads[] = { "ID", "Start time", "Completion time", "Email", "Name" };
  static const char *const labels[][2] = {
    { "zelden of nooit", "Rarely or never" },
    { "soms", "sometimes " },
    { "regelmatig", "REGULARLY" },
    { "heel vaak", "very\xc2\xa0often" },
    { "altijd", "always" },
    { "zeer onbelangrijk", "very unimportant" },
    { "onbelangrijk", "unimportant" },
    { "neutraal", "neutral" },
    { "belangrijk", "important" },
    { "zeer belangrijk", "very important" },
    { "man", "male" },
    { "vrouw", "female" },
    { "jongen", "boy" },
    { "meisje", "girl" },
  };

  for (guint c = 0; c < G_N_ELEMENTS (heads); c++)
    table_set (table, 0, c, heads[c]);
  for (guint c = 1; c <= 2; c++)
    for (guint r = 1; r <= table_n_rows (table); r++)
      {
        g_autoptr (GDateTime) time = NULL;
        g_autofree char *iso = g_strdup_printf ("%sZ", table_get (table, r, c));
        g_autofree char *us = NULL;

        iso[10] = 'T';
        time = g_date_time_new_from_iso8601 (iso, NULL);
        us = g_date_time_format (time, "%-m/%-d/%Y %-H:%M");
        table_set (table, r, c, us);
      }
  for (guint c = 5; c < table_n_columns (table); c++)
    for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
      table_replace (table, c, labels[i][0], labels[i][1]);
  table_set (table, 0, 5, "Sector");
  table_set (table, 0, 6, "Gender");
  table_set (table, 0, 7, "Age");
}

static void
test_english (void)
{
  g_autoptr (DhkDraft) draft = read_changed (change_to_english, ',');

  assert_like_sample (draft);
}

static void
change_heads (Table *table, guint sample)
{
  for (guint c = 8; c < table_n_columns (table); c++)
    {
      g_autofree char *head = g_strdup_printf ("  %s \n_x000D_", table_get (table, 0, c));

      table_set (table, 0, c, head);
    }
}

static void
test_untidy_heads (void)
{
  g_autoptr (DhkDraft) draft = read_changed (change_heads, ';');

  assert_like_sample (draft);
}

/* As people and programs write the same label. */
static void
change_labels (Table *table, guint sample)
{
  static const char *const frames[] = {
    "%s_x000D_", "\302\240%s", "\342\200\234%s\342\200\235", "\342\200\230%s\342\200\231;",
    "%s ;",      "'%s'",
  };

  for (guint row = 1; row <= table_n_rows (table); row++)
    for (guint c = 8; c < table_n_columns (table); c++)
      {
        g_auto (GStrv) parts = g_strsplit (frames[(row + c) % G_N_ELEMENTS (frames)], "%s", 2);
        g_autofree char *label = g_strconcat (parts[0], table_get (table, row, c), parts[1], NULL);

        if (table_get (table, row, c)[0] != '\0')
          table_set (table, row, c, label);
      }
}

static void
test_untidy_labels (void)
{
  g_autoptr (DhkDraft) draft = read_changed (change_labels, ',');

  assert_like_sample (draft);
}

/* A title and an empty line above the head. */
static void
change_top (Table *table, guint sample)
{
  for (guint i = 0; i < 2; i++)
    {
      GPtrArray *row = g_ptr_array_new_with_free_func (g_free);

      for (guint c = 0; c < table_n_columns (table); c++)
        g_ptr_array_add (row, g_strdup (i == 1 && c == 0 ? "Uitkomsten 2022" : ""));
      g_ptr_array_insert (table->rows, 0, row);
    }
}

static void
test_title_above (void)
{
  g_autoptr (DhkDraft) draft = read_changed (change_top, ';');

  assert_like_sample (draft);
}

static void
change_to_codes (Table *table, guint sample)
{
  static const char *const labels[] = {
    "zelden of nooit",   "soms",         "regelmatig", "heel vaak",  "altijd",
    "zeer onbelangrijk", "onbelangrijk", "neutraal",   "belangrijk", "zeer belangrijk",
  };

  for (guint c = 8; c < table_n_columns (table); c++)
    for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
      {
        g_autofree char *code = g_strdup_printf (c % 2 == 0 ? "%u" : "%u.0", i % 5 + 1);

        table_replace (table, c, labels[i], code);
      }
}

static void
test_codes (void)
{
  g_autoptr (DhkDraft) draft = read_changed (change_to_codes, ';');

  assert_like_sample (draft);
  g_assert_true (draft_has_note (draft, "1 to 5") || draft_has_note (draft, "1 "));
}

static void
change_word (Table *table, guint sample)
{
  const DhkVariant *variant;
  g_autoptr (DhkInstrument) instrument = dhk_instrument_new_builtin ("partnerschap-2023", NULL);

  g_assert_cmpuint (dhk_instrument_get_n_variants (instrument), >, 0);
  variant = dhk_instrument_get_variant (instrument, 0);
  for (guint c = 0; c < table_n_columns (table); c++)
    {
      g_autofree char *other = dhk_variant_apply (variant, table_get (table, 0, c));

      if (other != NULL)
        table_set (table, 0, c, other);
    }
}

static void
test_variant (void)
{
  g_autoptr (DhkDraft) draft = read_changed (change_word, ';');

  assert_like_sample (draft);
}

/* Personal data ------------------------------------------------------------------- */

static void
change_persons (Table *table, guint sample)
{
  guint remark;

  for (guint r = 1; r <= table_n_rows (table); r++)
    {
      g_autofree char *email = g_strdup_printf ("Persoon%u.%u@school.example.nl", sample, r);
      g_autofree char *name = g_strdup_printf ("Voornaam%u Zeldzaam", r);

      table_set (table, r, 3, email);
      table_set (table, r, 4, name);
    }
  remark = table_n_columns (table);
  table_add_column (table, remark, "Wilt u nog iets kwijt?");
  table_set (
      table, 3, remark,
      "Als er nog vragen zijn, dan kunt u mij mailen op anders@elders.example.org, graag zelfs");
  table_add_column (table, remark + 1, "Waar mogen we de uitkomst heen sturen?");
  for (guint r = 1; r <= table_n_rows (table); r++)
    table_set (table, r, remark + 1, r % 3 == 0 ? "nee" : "derde.weg@kantoor.example.com");
  table_add_column (table, remark + 2, "Wat is uw telefoonnummer?");
  table_set (table, 4, remark + 2, "06-98765432");
  table_add_column (table, remark + 3, "Toestel");
  for (guint r = 1; r <= table_n_rows (table); r++)
    table_set (table, r, remark + 3, "192.168.77.12");
}

static void
test_personal (void)
{
  g_autoptr (DhkDraft) draft = read_changed (change_persons, ';');

  assert_like_sample (draft);
  g_assert_false (draft_holds (draft, "example"));
  g_assert_false (draft_holds (draft, "Zeldzaam"));
  g_assert_false (draft_holds (draft, "98765432"));
  g_assert_false (draft_holds (draft, "192.168"));
  g_assert_true (draft_holds (draft, "mailen op [e-mail], graag"));
  g_assert_true (draft_holds (draft, "[personal]"));
  /* What was judged personal is said; the form's own names and addresses are no news. */
  g_assert_true (draft_has_note (draft, "3 columns seem to hold names, addresses or the like and "
                                        "stay out of the study: column 26 (Z)"));
}

static void
test_emptied (void)
{
  g_autoptr (Work) work = work_new ();
  g_autoptr (DhkDraft) draft = NULL;
  guint n_empty = 0;

  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autoptr (Table) table = table_new_sample (samples[i]);

      for (guint r = 1; r <= table_n_rows (table); r++)
        for (guint c = 5; c < table_n_columns (table); c++)
          if ((r * 53 + c * 17) % 20 == 0)
            {
              table_set (table, r, c, (r + c) % 2 == 0 ? "" : " ");
              n_empty++;
            }
      table_add_to (table, work, samples[i], ';');
    }
  draft = work_read (work);
  draft_assert_questions (draft, 0);
  draft_assert_totals (draft, 484, 484, 0, 0);
  g_assert_cmpuint (n_empty, >, 800);
  for (guint f = 0; f < 4; f++)
    {
      DhkDraftFile *file = draft_file (draft, f);

      guint n = dhk_draft_file_get_n_rows (file);
      g_autofree gint8 *codes = g_new (gint8, (gsize) n * file->n_questions);

      dhk_draft_file_read_codes (file, 0, n, codes);
      for (guint i = 0; i < n * file->n_questions; i++)
        {
          int code = codes[i];

          g_assert_true (code >= 0 || code == DHK_MISSING_EMPTY);
          n_empty -= code == DHK_MISSING_EMPTY;
        }
    }
  /* The sample's own: five youths without a sector, less those that were emptied twice. */
  g_assert_cmpint ((int) n_empty, <=, 0);
  g_assert_cmpint ((int) n_empty, >=, -5);
}

static void
test_time (void)
{
  g_autoptr (Work) work = work_new ();
  double best = 1e9;

  if (!g_test_perf ())
    {
      g_test_skip ("only with -m perf");
      return;
    }
  add_all (work);
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (DhkDraft) draft = NULL;
      gint64 start = g_get_monotonic_time ();

      draft = work_read (work);
      best = MIN (best, (double) (g_get_monotonic_time () - start) / 1000);
    }
  g_test_minimized_result (best, "four files in %.1f ms", best);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/recogniser/sample", test_sample);
  g_test_add_func ("/recogniser/reference", test_reference);
  g_test_add_func ("/recogniser/one-table-of-all-types", test_one_table_of_all_types);
  g_test_add_func ("/recogniser/semicolon", test_semicolon);
  g_test_add_func ("/recogniser/comma", test_comma);
  g_test_add_func ("/recogniser/shuffled", test_shuffled);
  g_test_add_func ("/recogniser/renamed", test_renamed);
  g_test_add_func ("/recogniser/english", test_english);
  g_test_add_func ("/recogniser/untidy-heads", test_untidy_heads);
  g_test_add_func ("/recogniser/untidy-labels", test_untidy_labels);
  g_test_add_func ("/recogniser/title-above", test_title_above);
  g_test_add_func ("/recogniser/codes", test_codes);
  g_test_add_func ("/recogniser/variant", test_variant);
  g_test_add_func ("/recogniser/personal", test_personal);
  g_test_add_func ("/recogniser/emptied", test_emptied);
  g_test_add_func ("/recogniser/time", test_time);
  return g_test_run ();
}
