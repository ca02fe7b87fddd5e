/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One table: a workbook, separated text, a data file of SPSS. */

#include "import/dhk-import-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dhk-text.h"
#include "import/dhk-sheet-choice.h"
#include "import/dhk-type-split.h"

/* Reading is most of the work; the rest of a file's share is recognition. */
#define SHARE_OF_READING 0.8

/* Of the file at hand; it never goes back. */
static void
report_fraction (DhkImportJob *self, double of_file)
{
  double fraction = ((double) self->index + of_file) / (double) self->n_files;

  if (self->progress == NULL || fraction < self->reported)
    return;
  self->reported = fraction;
  self->progress (fraction, self->name, self->user_data);
}

void
dhk_import_job_report (double fraction, gpointer user_data)
{
  DhkImportJob *self = user_data;

  report_fraction (self, fraction * SHARE_OF_READING);
}

/* Names ------------------------------------------------------------------- */

char *
dhk_import_job_make_slug (DhkImportJob *self)
{
  g_autofree char *stem = dhk_asker_slug (self->name, TRUE);
  char *slug = g_strdup (stem);

  for (guint n = 2; g_hash_table_contains (self->slugs, slug); n++)
    {
      g_free (slug);
      slug = g_strdup_printf ("%s_%u", stem, n);
    }
  g_hash_table_add (self->slugs, g_strdup (slug));
  return slug;
}

/* The sheet ------------------------------------------------------------------- */

static GArray *
choose_sheets (DhkImportJob *self, const char *slug, guint *n_fitting, GError **error)
{
  const DhkSheetChoice choice = { .reader = self->reader,
                                  .catalogue = self->catalogue,
                                  .asker = self->asker,
                                  .slug = slug,
                                  .name = self->name,
                                  .cancellable = self->cancellable };

  return dhk_sheet_choice_make (&choice, n_fitting, error);
}

static DhkSheet *
read_sheet (DhkImportJob *self, GError **error)
{
  g_autoptr (DhkRawTable) table = dhk_raw_table_read (
      self->reader, self->sheet, 0, self->cancellable, dhk_import_job_report, self, error);

  return table == NULL ? NULL : dhk_sheet_new (table, self->catalogue);
}

/* One file -------------------------------------------------------------------- */

static char *
name_kind (DhkImportJob *self, const DhkShape *shape)
{
  gboolean excel = dhk_reader_get_kind (self->reader) == DHK_READER_XLSX;

  switch (shape->kind)
    {
    case DHK_SHAPE_FORMS:
      return g_strdup (excel ? _ ("Microsoft Forms, Excel") : _ ("Microsoft Forms, CSV"));
    case DHK_SHAPE_LIMESURVEY:
      return g_strdup (excel ? _ ("LimeSurvey, Excel") : _ ("LimeSurvey, CSV"));
    case DHK_SHAPE_QUALTRICS:
      return g_strdup (excel ? _ ("Qualtrics, Excel") : _ ("Qualtrics, CSV"));
    case DHK_SHAPE_SPSS:
      return g_strdup (_ ("SPSS"));
    case DHK_SHAPE_PLAIN:
    default:
      return g_strdup (excel ? _ ("Excel") : _ ("CSV"));
    }
}

/* A large file takes seconds: between the steps a person may have thought better of it. */
static gboolean
run_steps (DhkImportJob *self, DhkRecogniser *recogniser, GError **error)
{
  static void (*const steps[]) (DhkRecogniser *) = {
    dhk_recogniser_match,    dhk_recogniser_find_unfinished,
    dhk_recogniser_add_rows, dhk_recogniser_read,
    dhk_recogniser_seal,     dhk_recogniser_list_labels,
  };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      gboolean needs_questions
          = steps[i] == dhk_recogniser_match || steps[i] == dhk_recogniser_read;

      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      if (recogniser->questionnaire != NULL || !needs_questions)
        steps[i](recogniser);
      report_fraction (self, SHARE_OF_READING
                                 + (1 - SHARE_OF_READING) * (i + 1) / (G_N_ELEMENTS (steps) + 1));
    }
  return TRUE;
}

static gboolean
recognise (DhkImportJob *self,
           DhkSheet *sheet,
           const DhkShape *shape,
           const DhkTypePart *part,
           const char *slug,
           GError **error)
{
  g_autofree char *name = part->label == NULL
                              ? g_strdup (self->shown)
                              : g_strdup_printf ("%s (%s)", self->shown, part->label);
  g_autofree char *part_slug
      = part->id == NULL ? g_strdup (slug) : g_strdup_printf ("%s:%s", slug, part->id);
  DhkDraftFile *file = dhk_draft_add_file (self->draft, name);
  DhkRecogniser *recogniser = dhk_recogniser_new (self->catalogue, self->asker, self->draft, file,
                                                  sheet, shape, part->rows, part_slug);

  g_ptr_array_add (self->recognisers, recogniser);
  file->source = self->index;
  file->sha256 = g_strdup (dhk_reader_get_sha256 (self->reader));
  dhk_type_part_set_aside (part, recogniser);
  dhk_recogniser_describe (recogniser);
  dhk_recogniser_choose_profile (recogniser, self->profiles, &self->for_all);
  file->kind = name_kind (self, shape);
  if (part->questionnaire >= 0 && sheet->n_questions > 1)
    dhk_recogniser_set_questionnaire (recogniser, (guint) part->questionnaire);
  else if (!dhk_recogniser_choose (recogniser, error))
    return FALSE;
  dhk_recogniser_check_profile (recogniser);
  dhk_recogniser_settle_doubles (recogniser, &self->for_all);

  if (!run_steps (self, recogniser, error))
    return FALSE;
  dhk_recogniser_find_personal (recogniser, self->keep_personal);
  return TRUE;
}

static void
add_notes (DhkImportJob *self, DhkDraftFile *file, gboolean is_one_of_several)
{
  const GPtrArray *notes = dhk_reader_get_notes (self->reader);
  const char *same = g_hash_table_lookup (self->hashes, file->sha256);

  for (guint i = 0; notes != NULL && i < notes->len; i++)
    {
      const char *note = g_ptr_array_index (notes, i);
      g_autofree char *masked = dhk_text_mask_emails (note);

      dhk_draft_file_add_note (file, DHK_NOTE_INFORMATION, 0, "%s", masked != NULL ? masked : note);
    }
  if (is_one_of_several)
    {
      g_autofree char *sheet = dhk_sheet_choice_dup_name (self->reader, self->sheet);

      dhk_draft_file_add_note (file, DHK_NOTE_ATTENTION, 0,
                               _ ("Several sheets of “%s” hold answers; only “%s” was read."),
                               self->name, sheet);
    }
  if (same != NULL)
    dhk_draft_file_add_note (file, DHK_NOTE_ATTENTION, 0,
                             _ ("“%s” is the same file as “%s”: nothing in it is new."), self->name,
                             same);
}

static DhkReader *
open_file (DhkImportJob *self, GFile *file, GError **error)
{
  GBytes *bytes = dhk_import_file_get_bytes (file);

  return bytes != NULL ? dhk_reader_open_bytes (bytes, self->name, error)
                       : dhk_reader_open (file, self->cancellable, error);
}

/* The notes go to the first of the files that the sheet becomes. */
static gboolean
import_sheet (DhkImportJob *self, const char *slug, gboolean is_one_of_several, GError **error)
{
  g_autoptr (DhkSheet) sheet = read_sheet (self, error);
  g_autoptr (DhkShape) shape = NULL;
  g_autoptr (GPtrArray) parts = NULL;

  if (sheet == NULL)
    return FALSE;
  shape = dhk_shape_new (sheet, dhk_reader_get_columns (self->reader, self->sheet));
  dhk_sheet_list_rows (sheet);

  parts = dhk_type_split (sheet, self->instrument, self->catalogue);
  for (guint i = 0; i < parts->len; i++)
    {
      const DhkTypePart *part = g_ptr_array_index (parts, i);
      const GPtrArray *files = dhk_draft_get_files (self->draft);

      if (!recognise (self, sheet, shape, part, slug, error))
        return FALSE;
      if (i > 0)
        continue;
      add_notes (self, g_ptr_array_index (files, files->len - 1), is_one_of_several);
      dhk_text_choice_record (&self->text, self->asker, slug,
                              g_ptr_array_index (files, files->len - 1));
    }
  g_ptr_array_add (self->sheets, g_steal_pointer (&sheet));
  g_ptr_array_add (self->shapes, g_steal_pointer (&shape));
  return TRUE;
}

/* It was made before there was a file of the draft to change it at. */
static void
place_sheet_decision (DhkImportJob *self, const char *slug, guint first)
{
  const GPtrArray *decisions = dhk_draft_get_decisions (self->draft);
  g_autofree char *id = g_strdup_printf ("%s" DHK_IMPORT_SHEET_SUFFIX, slug);

  for (guint i = 0; i < decisions->len; i++)
    {
      DhkDraftQuestion *decision = g_ptr_array_index (decisions, i);

      if (strcmp (decision->id, id) == 0)
        decision->file = g_ptr_array_index (dhk_draft_get_files (self->draft), first);
    }
}

gboolean
dhk_import_job_read_table (DhkImportJob *self, GFile *file, GError **error)
{
  g_autofree char *slug = dhk_import_job_make_slug (self);
  g_autoptr (GArray) sheets = NULL;
  guint first = dhk_draft_get_files (self->draft)->len;
  const char *sha256;
  guint n_fitting;

  self->keep_personal = dhk_import_file_get_keeps_personal (file);
  self->reader = open_file (self, file, error);
  if (self->reader == NULL)
    return FALSE;
  dhk_text_choice_init (&self->text, self->reader, self->asker, self->catalogue, slug);
  sheets = choose_sheets (self, slug, &n_fitting, error);
  if (sheets == NULL)
    return FALSE;
  for (guint i = 0; i < sheets->len; i++)
    {
      gboolean alone = sheets->len == 1;
      g_autofree char *own_slug = NULL;
      g_autofree char *sheet = NULL;

      self->sheet = g_array_index (sheets, guint, i);
      sheet = alone ? NULL : dhk_sheet_choice_dup_name (self->reader, self->sheet);
      own_slug = alone ? g_strdup (slug) : g_strdup_printf ("%s:%u", slug, self->sheet + 1);
      g_free (self->shown);
      self->shown = alone ? g_strdup (self->name) : g_strdup_printf ("%s (%s)", self->name, sheet);
      if (!import_sheet (self, own_slug, alone && n_fitting > 1, error))
        return FALSE;
    }
  place_sheet_decision (self, slug, first);
  sha256 = dhk_reader_get_sha256 (self->reader);
  if (!g_hash_table_contains (self->hashes, sha256))
    g_hash_table_insert (self->hashes, g_strdup (sha256), g_strdup (self->name));
  return !g_cancellable_set_error_if_cancelled (self->cancellable, error);
}
