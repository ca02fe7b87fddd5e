/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A row of a draft against what is stored: what becomes of it, and what is said of it. */

#include "store/dhk-store-compare-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "store/dhk-store-kept.h"

/* So many rows of a file get notes of their own. */
#define MAX_ROW_NOTES 200

/* So many questions that are answered for the first time are named. */
#define MAX_NAMED_QUESTIONS 5

static gint64 *
dup_int64 (gint64 value)
{
  return g_memdup2 (&value, sizeof value);
}

/* Notes ------------------------------------------------------------------------- */

static void G_GNUC_PRINTF (4, 5)
    add_note (DhkDraftFile *file, DhkNoteKind kind, guint64 line, const char *format, ...)
{
  g_autofree char *text = NULL;
  DhkDraftNote *note;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  dhk_draft_file_add_note (file, kind, line, "%s", text);
  note = g_ptr_array_index (file->notes, file->notes->len - 1);
  note->compared = TRUE;
}

static void
note_differences (DhkComparer *self,
                  DhkDraftFile *file,
                  const DhkDraftRow *row,
                  GArray *differences,
                  gboolean kept)
{
  g_autofree char *text = dhk_store_describe_differences (self->store, file, differences, kept);

  if (text == NULL)
    return;
  if (self->n_row_notes < MAX_ROW_NOTES)
    add_note (file, DHK_NOTE_ATTENTION, row->line, "%s", text);
  self->n_row_notes++;
}

/* A question that is new to the study would be told of with every row. */
static void
count_first (DhkComparer *self, GArray *differences)
{
  gboolean is_any = FALSE;

  for (guint i = 0; i < differences->len; i++)
    {
      const DhkDifference *difference = &g_array_index (differences, DhkDifference, i);

      if (dhk_difference_is_first (difference)
          && (difference->new.code >= 0 || !isnan (difference->new.number)))
        {
          is_any = TRUE;
          ++g_array_index (self->n_first, guint, difference->question);
        }
    }
  if (is_any)
    self->n_firsts++;
}

static void
note_first (DhkComparer *self, DhkDraftFile *file)
{
  guint n_questions = 0;

  for (guint i = 0; i < self->n_first->len; i++)
    n_questions += g_array_index (self->n_first, guint, i) > 0;
  if (n_questions > MAX_NAMED_QUESTIONS)
    {
      add_note (file, DHK_NOTE_ATTENTION, 0,
                g_dngettext (
                    GETTEXT_PACKAGE, "%u respondent gets answers to questions that had none yet.",
                    "%u respondents get answers to questions that had none yet.", self->n_firsts),
                self->n_firsts);
      return;
    }
  for (guint i = 0; i < self->n_first->len; i++)
    {
      guint n = g_array_index (self->n_first, guint, i);
      const DhkQuestion *question;

      if (n == 0)
        continue;
      question
          = &dhk_instrument_get_questionnaire (self->store->instrument, (guint) file->questionnaire)
                 ->questions[i];
      add_note (file, DHK_NOTE_ATTENTION, 0,
                g_dngettext (GETTEXT_PACKAGE,
                             "%u respondent gets an answer to “%s”, who had none yet.",
                             "%u respondents get an answer to “%s”, who had none yet.", n),
                n, dhk_text_get (&question->text, dhk_language_of_messages ()));
    }
}

/* Says that this very file is in the study already. */
static gboolean
note_known_file (DhkComparer *self, DhkDraftFile *file, GError **error)
{
  gint64 when = 0;
  int found = dhk_sql_get_int (self->store, error, &when,
                               "SELECT imported FROM import_batch WHERE active AND sha256 = ? "
                               "AND sha256 <> '' ORDER BY id DESC LIMIT 1",
                               "t", file->sha256 != NULL ? file->sha256 : "");

  self->file_known = found == 1;
  if (found == 1)
    {
      g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (when);
      /* Translators: the date and time of an earlier import, see g_date_time_format(). */
      g_autofree char *text
          = time != NULL ? g_date_time_format (time, _ ("%-d %B %Y at %H:%M")) : g_strdup ("–");

      add_note (file, DHK_NOTE_INFORMATION, 0,
                _ ("This same file was imported on %s. What is in the study already is not added "
                   "again."),
                g_strstrip (text));
    }
  return found >= 0;
}

/* Rows --------------------------------------------------------------------------- */

static gboolean
has_item_answer (DhkComparer *self, DhkDraftFile *file, guint i)
{
  const DhkQuestionnaire *questionnaire
      = dhk_instrument_get_questionnaire (self->store->instrument, (guint) file->questionnaire);
  g_autofree gint8 *codes = g_new (gint8, file->n_questions + 1);

  dhk_draft_file_read_codes (file, i, 1, codes);
  for (guint q = 0; q < file->n_questions; q++)
    if (questionnaire->questions[q].item >= 0 && codes[q] >= 0)
      return TRUE;
  return FALSE;
}

/* Two who gave their background only are not one for that. */
static gboolean
is_sent_twice (DhkComparer *self, DhkDraftFile *file, guint i, const DhkDraftRow *row)
{
  DhkResponses *responses = self->responses[file->questionnaire];

  return dhk_responses_hold_near (responses, row->content, row->started)
         && has_item_answer (self, file, i);
}

static gboolean
has_kind (GArray *differences, gboolean hand)
{
  for (guint i = 0; i < differences->len; i++)
    if (g_array_index (differences, DhkDifference, i).hand == hand)
      return TRUE;
  return FALSE;
}

static void
set_changed (DhkComparer *self, DhkDraftRow *row, const DhkKnown *known)
{
  DhkChangedRow *changed = g_new0 (DhkChangedRow, 1);

  row->fate = DHK_ROW_CHANGED;
  changed->respondent = known->respondent;
  changed->origin = known->origin;
  g_hash_table_insert (self->result->changed, row, changed);
  if (known->respondent == 0)
    g_hash_table_insert (self->result->origins, (gpointer) known->origin, dup_int64 (0));
}

/* A row of a response that is known: present or changed. */
static gboolean
compare_known (
    DhkComparer *self, DhkDraftFile *file, guint i, DhkKnown *known, gboolean same, GError **error)
{
  DhkDraftRow *row;
  gboolean stored = known->file == NULL;
  g_autoptr (GArray) differences = NULL;

  dhk_draft_file_set_fate (file, i, DHK_ROW_PRESENT);
  if (same && !(stored && g_hash_table_contains (self->hand, &known->respondent)))
    return TRUE;
  row = dhk_draft_file_get_row (file, i);
  if (stored)
    differences = dhk_store_find_differences (self->store, file, i, known->respondent, error);
  else
    differences = dhk_store_find_draft_differences (self->store, file, i, known->file, known->row);
  if (differences == NULL)
    return FALSE;

  if (stored)
    dhk_kept_take_out (self->kept, self->store, file, known->respondent, differences);
  if (stored)
    dhk_store_note_conflicts (self->store, file, i, known->respondent, differences);
  note_differences (self, file, row, differences, TRUE);
  if (has_kind (differences, FALSE))
    {
      note_differences (self, file, row, differences, FALSE);
      count_first (self, differences);
      set_changed (self, row, known);
      known->content = dhk_digest (row->content);
      known->file = file;
      known->row = i;
    }
  return TRUE;
}

static void
add_new (DhkResponses *responses, DhkDraftFile *file, guint i)
{
  DhkDraftRow *row = dhk_draft_file_get_row (file, i);
  const DhkKnown known
      = { .origin = row, .content = dhk_digest (row->content), .file = file, .row = i };

  dhk_responses_add_new (responses, row->identity, &known);
}

/* What cannot be told of a row that counts as new. */
static void
count_doubt (DhkComparer *self, DhkDraftFile *file, guint i, const DhkDraftRow *row)
{
  if (file->numbers_tell)
    return;
  if (dhk_responses_hold_alike (self->responses[file->questionnaire], row->content, row->started)
      && has_item_answer (self, file, i))
    self->n_alike++;
  else if (row->form_id == NULL || row->started == 0)
    self->n_untold++;
}

/* `several`: another row of the draft may be of the same response. */
static gboolean
compare_row (DhkComparer *self, DhkDraftFile *file, guint i, gboolean several, GError **error)
{
  g_auto (DhkDraftRow) row = { 0 };
  DhkResponses *responses;
  DhkKnown *known;

  dhk_draft_file_read_row (file, i, &row);
  if (self->erased != NULL && dhk_erased_holds (self->erased, &row))
    {
      dhk_comparison_set_erased (self->result, dhk_draft_file_get_row (file, i));
      return TRUE;
    }
  if (row.fate == DHK_ROW_ASIDE)
    return TRUE;
  responses = self->responses[file->questionnaire];
  known = dhk_responses_find (responses, &row);
  if (known != NULL)
    {
      DhkDigest content = dhk_digest (row.content);

      return compare_known (self, file, i, known, dhk_digest_equal (&known->content, &content),
                            error);
    }

  if (row.identity == NULL && self->file_known)
    dhk_draft_file_set_fate (file, i, DHK_ROW_PRESENT);
  else if (is_sent_twice (self, file, i, &row))
    dhk_comparison_set_sent_twice (dhk_draft_file_get_row (file, i));
  else
    {
      dhk_draft_file_set_fate (file, i, DHK_ROW_NEW);
      count_doubt (self, file, i, &row);
      if (several)
        add_new (responses, file, i);
    }
  return TRUE;
}

/* Remembers which rows stand aside in the study already. */
static void
find_standing_aside (DhkComparer *self, DhkDraftFile *file, guint i)
{
  g_autofree char *raw = NULL;
  g_autofree char *masked = NULL;
  g_autofree char *key = NULL;

  if (g_hash_table_size (self->aside) == 0 || dhk_draft_file_get_fate (file, i) != DHK_ROW_ASIDE)
    return;
  raw = dhk_draft_file_dup_raw (file, i);
  masked = dhk_store_dup_masked (raw);
  key = g_strdup_printf (
      "%s\n%s",
      file->questionnaire >= 0
          ? dhk_instrument_get_questionnaire (self->store->instrument, (guint) file->questionnaire)
                ->id
          : "",
      masked != NULL ? masked : "");
  if (g_hash_table_contains (self->aside, key))
    g_hash_table_add (self->result->aside, dhk_draft_file_get_row (file, i));
}

/* A row of no other response in the draft is new to a study that holds nothing. */
static gboolean
is_surely_new (DhkComparer *self, DhkDraftFile *file, guint i, gboolean several)
{
  const DhkDraftRow *row = dhk_draft_file_peek_row (file, i);

  return self->is_empty && !several && self->erased == NULL
         && (row == NULL || (row->fate == DHK_ROW_NEW && row->replaces == NULL));
}

/* A row that is the only one about a stored response, and says the same. */
static gboolean
is_surely_present (DhkComparer *self, DhkDraftFile *file, guint i, gint64 respondent)
{
  const DhkDraftRow *row = dhk_draft_file_peek_row (file, i);

  return respondent > 0 && self->erased == NULL
         && (row == NULL || (row->fate == DHK_ROW_NEW && row->replaces == NULL))
         && !g_hash_table_contains (self->hand, &respondent);
}

static gboolean
has_fate (DhkDraftFile *file, DhkRowFate fate)
{
  for (guint i = 0; i < dhk_draft_file_get_n_rows (file); i++)
    if (dhk_draft_file_get_fate (file, i) == fate)
      return TRUE;
  return FALSE;
}

/* Somebody who stands twice changes every figure, so what cannot be told is said. */
static void
note_doubts (DhkComparer *self, DhkDraftFile *file)
{
  if (self->n_alike > 0)
    add_note (file, DHK_NOTE_ATTENTION, 0,
              g_dngettext (GETTEXT_PACKAGE,
                           "%u row counts as new, though a response in the study has the same "
                           "answers and background. One of the two has no start time, so nothing "
                           "tells whether they are the same: if they are, do not add this file.",
                           "%u rows count as new, though responses in the study have the same "
                           "answers and background. They have no start time there or here, so "
                           "nothing tells whether they are the same: if they are, do not add this "
                           "file.",
                           self->n_alike),
              self->n_alike);
  if (self->n_untold > 0
      && (has_fate (file, DHK_ROW_PRESENT) || has_fate (file, DHK_ROW_CHANGED)
          || dhk_responses_have_plain (self->responses[file->questionnaire])))
    add_note (file, DHK_NOTE_ATTENTION, 0,
              g_dngettext (GETTEXT_PACKAGE,
                           "%u row counts as new: it has no number with a start time, and nobody "
                           "in the study gave exactly these answers. If it was corrected in the "
                           "file, the same person will stand in the study twice.",
                           "%u rows count as new: they have no number with a start time, and "
                           "nobody in the study gave exactly these answers. If they were corrected "
                           "in the file, the same people will stand in the study twice.",
                           self->n_untold),
              self->n_untold);
}

gboolean
dhk_comparer_compare_file (DhkComparer *self,
                           DhkDraftFile *file,
                           const guint8 *several,
                           GError **error)
{
  const gint64 *present = g_hash_table_lookup (self->result->present, file);
  g_autoptr (GArray) n_first = g_array_new (FALSE, TRUE, sizeof (guint));

  self->n_row_notes = self->n_firsts = self->n_alike = self->n_untold = 0;
  self->n_first = n_first;
  g_array_set_size (n_first, file->n_questions);
  if (!note_known_file (self, file, error))
    return FALSE;
  for (guint i = 0; i < dhk_draft_file_get_n_rows (file); i++)
    {
      if (i % DHK_COMPARE_CANCEL_EVERY == 0
          && g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      if (is_surely_new (self, file, i, several[i] != 0))
        continue;
      if (present != NULL && is_surely_present (self, file, i, present[i]))
        {
          dhk_draft_file_set_fate (file, i, DHK_ROW_PRESENT);
          continue;
        }
      if (!compare_row (self, file, i, several[i] != 0, error))
        return FALSE;
      find_standing_aside (self, file, i);
    }
  dhk_store_doubt_numbers (file);
  note_doubts (self, file);
  note_first (self, file);
  if (self->n_row_notes > MAX_ROW_NOTES)
    add_note (file, DHK_NOTE_ATTENTION, 0,
              g_dngettext (GETTEXT_PACKAGE, "There is %u more note like these.",
                           "There are %u more notes like these.",
                           self->n_row_notes - MAX_ROW_NOTES),
              self->n_row_notes - MAX_ROW_NOTES);
  return TRUE;
}

void
dhk_comparer_find_repeated (DhkComparer *self, DhkDraftFile *file)
{
  if (g_hash_table_size (self->result->erased) == 0)
    return;
  for (guint i = 0; i < dhk_draft_file_get_n_rows (file); i++)
    {
      DhkDraftRow *row = dhk_draft_file_peek_row (file, i);

      if (row != NULL && row->fate == DHK_ROW_ASIDE
          && !g_hash_table_contains (self->result->erased, row)
          && (file->questionnaire < 0 || has_item_answer (self, file, i))
          && dhk_erased_repeats (self->result->erased, row))
        dhk_comparison_set_erased (self->result, row);
    }
}
