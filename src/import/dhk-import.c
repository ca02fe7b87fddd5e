/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "import/dhk-import.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dhk-text.h"
#include "import/dhk-doubles.h"
#include "import/dhk-import-error.h"
#include "import/dhk-recogniser.h"
#include "import/dhk-responses.h"
#include "import/dhk-sheet-choice.h"
#include "import/dhk-text-choice.h"
#include "import/dhk-type-split.h"

typedef struct
{
  DhkInstrument *instrument;
  DhkDraft *draft;
  DhkAsker *asker;
  DhkCatalogue *catalogue;
  GPtrArray *recognisers; /* DhkRecogniser */
  GPtrArray *sheets;      /* DhkSheet, for as long as the recognisers live */
  GPtrArray *shapes;      /* DhkShape, likewise */
  GPtrArray *profiles;    /* DhkImportProfile, lent, may be NULL */
  DhkForAll for_all;
  GHashTable *slugs;  /* of the files so far */
  GHashTable *hashes; /* SHA-256 -> name of the file that had it first */
  GCancellable *cancellable;
  DhkImportProgress progress;
  double reported;
  gpointer user_data;
  guint n_files;
  gboolean lenient; /* a file that cannot be read holds up no other */
  gboolean again;   /* one of those had begun to be read: the others have to be read anew */

  /* the file at hand */
  guint index;
  char *name;
  char *shown; /* the name with that of the sheet, where several are read */
  DhkReader *reader;
  DhkTextChoice text;
  guint sheet; /* the one that is read */
  gboolean keep_personal;
} Import;

static void
import_clear (Import *self)
{
  g_clear_pointer (&self->recognisers, g_ptr_array_unref);
  g_clear_pointer (&self->sheets, g_ptr_array_unref);
  g_clear_pointer (&self->shapes, g_ptr_array_unref);
  g_clear_pointer (&self->slugs, g_hash_table_unref);
  g_clear_pointer (&self->hashes, g_hash_table_unref);
  g_clear_pointer (&self->asker, dhk_asker_free);
  g_clear_pointer (&self->catalogue, dhk_catalogue_free);
  g_clear_pointer (&self->draft, dhk_draft_unref);
  g_clear_pointer (&self->reader, dhk_reader_unref);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->shown, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Import, import_clear)

/* Reading is most of the work; the rest of a file's share is recognition. */
#define SHARE_OF_READING 0.8

/* Of the file at hand; it never goes back. */
static void
report_fraction (Import *self, double of_file)
{
  double fraction = ((double) self->index + of_file) / (double) self->n_files;

  if (self->progress == NULL || fraction < self->reported)
    return;
  self->reported = fraction;
  self->progress (fraction, self->name, self->user_data);
}

static void
report_progress (double fraction, gpointer user_data)
{
  Import *self = user_data;

  report_fraction (self, fraction * SHARE_OF_READING);
}

/* Names ------------------------------------------------------------------- */

static char *
make_slug (Import *self)
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

/* What the readers say, with the file's name in front. */
static void
prefix_error (Import *self, GError **error)
{
  if (error != NULL && *error != NULL && (*error)->domain == DHK_IMPORT_ERROR
      && strstr ((*error)->message, self->name) == NULL)
    g_prefix_error (error, _ ("“%s”: "), self->name);
}

/* The sheet ------------------------------------------------------------------- */

static GArray *
choose_sheets (Import *self, const char *slug, guint *n_fitting, GError **error)
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
read_sheet (Import *self, GError **error)
{
  g_autoptr (DhkRawTable) table = dhk_raw_table_read (
      self->reader, self->sheet, 0, self->cancellable, report_progress, self, error);

  return table == NULL ? NULL : dhk_sheet_new (table, self->catalogue);
}

/* One file -------------------------------------------------------------------- */

static char *
name_kind (Import *self, const DhkShape *shape)
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
run_steps (Import *self, DhkRecogniser *recogniser, GError **error)
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
recognise (Import *self,
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
add_notes (Import *self, DhkDraftFile *file, gboolean is_one_of_several)
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
open_file (Import *self, GFile *file, GError **error)
{
  GBytes *bytes = dhk_import_file_get_bytes (file);

  return bytes != NULL ? dhk_reader_open_bytes (bytes, self->name, error)
                       : dhk_reader_open (file, self->cancellable, error);
}

/* The notes go to the first of the files that the sheet becomes. */
static gboolean
import_sheet (Import *self, const char *slug, gboolean is_one_of_several, GError **error)
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
place_sheet_decision (Import *self, const char *slug, guint first)
{
  const GPtrArray *decisions = dhk_draft_get_decisions (self->draft);
  g_autofree char *id = g_strdup_printf ("%s:sheet", slug);

  for (guint i = 0; i < decisions->len; i++)
    {
      DhkDraftQuestion *decision = g_ptr_array_index (decisions, i);

      if (strcmp (decision->id, id) == 0)
        decision->file = g_ptr_array_index (dhk_draft_get_files (self->draft), first);
    }
}

static gboolean
import_file (Import *self, GFile *file, GError **error)
{
  g_autofree char *slug = make_slug (self);
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

/* Response files --------------------------------------------------------- */

static gboolean
import_responses (Import *self, GPtrArray *files, const char *slug, GFile *folder, GError **error)
{
  const DhkResponsesJob job = { .draft = self->draft,
                                .asker = self->asker,
                                .slug = slug,
                                .name = self->name,
                                .files = files,
                                .folder = folder,
                                .progress = report_progress,
                                .user_data = self,
                                .cancellable = self->cancellable };

  return dhk_responses_import (&job, error);
}

static gboolean
import_folder (Import *self, GFile *folder, GError **error)
{
  g_autoptr (GPtrArray) files = dhk_responses_list (folder, self->cancellable, error);
  g_autoptr (GPtrArray) passwords = dhk_import_file_ref_passwords (folder);
  g_autofree char *slug = NULL;

  if (files == NULL)
    return FALSE;
  for (guint i = 0; i < files->len; i++)
    for (guint k = 0; passwords != NULL && k < passwords->len; k++)
      dhk_import_file_add_password (g_ptr_array_index (files, i), g_ptr_array_index (passwords, k));
  slug = make_slug (self);
  return import_responses (self, files, slug, folder, error);
}

/* One file or folder; a response file waits for the others in `responses`. */
static gboolean
import_one (Import *self, GFile *file, GPtrArray *responses, GError **error)
{
  gboolean is_file = dhk_import_file_get_bytes (file) == NULL;

  switch (is_file ? dhk_responses_get_kind (file, self->cancellable) : DHK_RESPONSES_NONE)
    {
    case DHK_RESPONSES_FOLDER:
      return import_folder (self, file, error);
    case DHK_RESPONSES_FILE:
      g_ptr_array_add (responses, g_object_ref (file));
      return TRUE;
    case DHK_RESPONSES_NONE:
    default:
      return import_file (self, file, error);
    }
}

/* Their own names may be names of people: they go by another. */
static gboolean
import_loose (Import *self, GPtrArray *responses, GError **error)
{
  if (responses->len == 0)
    return TRUE;
  g_free (self->name);
  self->name = g_strdup (_ ("Response files"));
  self->index = self->n_files - 1;
  return import_responses (self, responses, "responses", NULL, error);
}

static gboolean
is_refused (const Import *self)
{
  const GPtrArray *refusals = dhk_draft_get_refusals (self->draft);

  for (guint i = 0; i < refusals->len; i++)
    if (((const DhkDraftRefusal *) g_ptr_array_index (refusals, i))->source == self->index)
      return TRUE;
  return FALSE;
}

/* That somebody cancelled, or that an answer has no question, is no fault of the file. */
static gboolean
is_about_file (const GError *error)
{
  return !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
         && !g_error_matches (error, DHK_IMPORT_ERROR, DHK_IMPORT_ERROR_UNKNOWN_QUESTION)
         && !g_error_matches (error, DHK_IMPORT_ERROR, DHK_IMPORT_ERROR_UNKNOWN_CHOICE);
}

/* How much of the draft there is: more when a file has begun to be in it. */
static guint
count_begun (const Import *self)
{
  return dhk_draft_get_files (self->draft)->len + dhk_draft_get_questions (self->draft)->len
         + dhk_draft_get_decisions (self->draft)->len;
}

/* TRUE when the other files can be read on. */
static gboolean
refuse_file (Import *self, guint begun, GError **error)
{
  dhk_draft_add_refusal (self->draft, self->index, (*error)->message);
  self->again = count_begun (self) > begun;
  if (!self->again)
    g_clear_error (error);
  return !self->again;
}

static gboolean
import_files (Import *self, GPtrArray *files, GError **error)
{
  g_autoptr (GPtrArray) responses = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) unreadable = NULL;

  /* Ids that start so are about all files. */
  g_hash_table_add (self->slugs, g_strdup ("all"));
  g_hash_table_add (self->slugs, g_strdup ("responses"));
  dhk_recogniser_ask_for_all (self->asker, self->profiles, &self->for_all);
  for (self->index = 0; self->index < files->len; self->index++)
    {
      GFile *file = g_ptr_array_index (files, self->index);
      guint begun = count_begun (self);
      g_autoptr (GError) local = NULL;

      if (is_refused (self))
        continue;
      g_clear_pointer (&self->reader, dhk_reader_unref);
      g_clear_pointer (&self->name, g_free);
      self->name = dhk_import_file_dup_name (file);
      report_progress (0, self);
      if (import_one (self, file, responses, &local)
          || (self->lenient && is_about_file (local) && refuse_file (self, begun, &local)))
        continue;
      prefix_error (self, &local);
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  /* Where none of them can be read, the draft says so of each. */
  if (!import_loose (self, responses, &unreadable)
      && !(self->lenient && is_about_file (unreadable)))
    {
      g_propagate_error (error, g_steal_pointer (&unreadable));
      return FALSE;
    }
  dhk_doubles_settle (self->recognisers);
  return dhk_asker_check (self->asker, error)
         && !g_cancellable_set_error_if_cancelled (self->cancellable, error);
}

DhkDraft *
dhk_import_read (DhkInstrument *instrument,
                 GPtrArray *files,
                 GHashTable *answers,
                 DhkImportProgress progress,
                 gpointer user_data,
                 GCancellable *cancellable,
                 GError **error)
{
  return dhk_import_read_with_profiles (instrument, files, answers, NULL, progress, user_data,
                                        cancellable, error);
}

static void
take_refusals (DhkDraft *draft, DhkDraft *from)
{
  const GPtrArray *refusals = dhk_draft_get_refusals (from);

  for (guint i = 0; i < refusals->len; i++)
    {
      const DhkDraftRefusal *refusal = g_ptr_array_index (refusals, i);

      dhk_draft_add_refusal (draft, refusal->source, refusal->problem);
    }
}

static DhkDraft *
read_files (const Import *job, GPtrArray *files, GHashTable *answers, GError **error)
{
  g_autoptr (DhkDraft) before = NULL;

  for (;;)
    {
      g_auto (Import) self = *job;
      g_autoptr (GError) local = NULL;

      self.draft = dhk_draft_new (self.instrument);
      if (before != NULL)
        take_refusals (self.draft, before);
      self.asker = dhk_asker_new (self.draft, answers);
      self.catalogue = dhk_catalogue_new (self.instrument);
      self.recognisers = g_ptr_array_new_with_free_func ((GDestroyNotify) dhk_recogniser_free);
      self.sheets = g_ptr_array_new_with_free_func ((GDestroyNotify) dhk_sheet_unref);
      self.shapes = g_ptr_array_new_with_free_func ((GDestroyNotify) dhk_shape_free);
      self.slugs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      self.hashes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      self.n_files = files->len;
      if (import_files (&self, files, &local))
        {
          if (self.progress != NULL)
            self.progress (1.0, self.name != NULL ? self.name : "", self.user_data);
          return g_steal_pointer (&self.draft);
        }
      if (!self.again)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      g_clear_pointer (&before, dhk_draft_unref);
      before = dhk_draft_ref (self.draft);
    }
}

DhkDraft *
dhk_import_read_with_profiles (DhkInstrument *instrument,
                               GPtrArray *files,
                               GHashTable *answers,
                               GPtrArray *profiles,
                               DhkImportProgress progress,
                               gpointer user_data,
                               GCancellable *cancellable,
                               GError **error)
{
  const Import job = { .instrument = instrument,
                       .profiles = profiles,
                       .progress = progress,
                       .user_data = user_data,
                       .cancellable = cancellable };

  g_return_val_if_fail (instrument != NULL, NULL);
  g_return_val_if_fail (files != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return read_files (&job, files, answers, error);
}

DhkDraft *
dhk_import_read_what_can_be (DhkInstrument *instrument,
                             GPtrArray *files,
                             GHashTable *answers,
                             GPtrArray *profiles,
                             DhkImportProgress progress,
                             gpointer user_data,
                             GCancellable *cancellable,
                             GError **error)
{
  const Import job = { .instrument = instrument,
                       .profiles = profiles,
                       .progress = progress,
                       .user_data = user_data,
                       .cancellable = cancellable,
                       .lenient = TRUE };

  g_return_val_if_fail (instrument != NULL, NULL);
  g_return_val_if_fail (files != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return read_files (&job, files, answers, error);
}
