/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What the study already holds of a draft. Rows are taken in order, and a row
 * that is new counts as held for the rows after it, also those of other files.
 *
 * Which rows of the draft are one response sent twice, the draft has decided: it
 * knows addresses, which are stored nowhere. Here only a row against a stored
 * response that is not itself in the draft is looked at.
 */

#include "store/dhk-key-file-private.h"
#include "store/dhk-store-known.h"
#include "store/dhk-store-merge-private.h"
#include "store/dhk-store-owner.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* So many rows of a file get notes of their own. */
#define MAX_ROW_NOTES 200

#define CANCEL_EVERY 1024

typedef struct
{
  DhkStore *store;
  DhkDraft *draft;
  GCancellable *cancellable;
  DhkResponses **responses; /* per questionnaire; NULL where the draft has none */
  GHashTable *hand;         /* gint64: respondents with answers corrected by hand */
  GHashTable *aside;        /* questionnaire, raw row: what stands aside already */
  DhkErased *erased;        /* NULL: nobody was */
  DhkComparison *result;
  gboolean file_known; /* the file at hand was imported before */
  gboolean is_empty;   /* the study holds no response */
  guint n_row_notes;
} Comparer;

void
dhk_comparison_free (DhkComparison *self)
{
  g_hash_table_unref (self->changed);
  g_hash_table_unref (self->origins);
  g_hash_table_unref (self->aside);
  g_hash_table_unref (self->erased);
  g_clear_pointer (&self->present, g_hash_table_unref);
  g_free (self);
}

static void
comparer_clear (Comparer *self)
{
  for (guint i = 0; i < dhk_instrument_get_n_questionnaires (self->store->instrument); i++)
    g_clear_pointer (&self->responses[i], dhk_responses_free);
  g_free (self->responses);
  g_hash_table_unref (self->hand);
  g_hash_table_unref (self->aside);
  g_clear_pointer (&self->erased, dhk_erased_free);
  g_clear_pointer (&self->result, dhk_comparison_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Comparer, comparer_clear)

static void
use_questionnaire (Comparer *self, int questionnaire)
{
  DhkResponses **responses = &self->responses[questionnaire];

  if (*responses == NULL)
    *responses = dhk_responses_new ();
}

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
note_differences (
    Comparer *self, DhkDraftFile *file, const DhkDraftRow *row, GArray *differences, gboolean kept)
{
  g_autofree char *text = dhk_store_describe_differences (self->store, file, differences, kept);

  if (text == NULL)
    return;
  if (self->n_row_notes < MAX_ROW_NOTES)
    add_note (file, DHK_NOTE_ATTENTION, row->line, "%s", text);
  self->n_row_notes++;
}

/* Says that this very file is in the study already. */
static gboolean
note_known_file (Comparer *self, DhkDraftFile *file, GError **error)
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

/* Fates and notes of an earlier comparison go; those of the import stay. */
static void
reset_file (DhkDraftFile *file)
{
  for (guint i = file->notes->len; i-- > 0;)
    if (((DhkDraftNote *) g_ptr_array_index (file->notes, i))->compared)
      g_ptr_array_remove_index (file->notes, i);
  g_ptr_array_set_size (file->conflicts, 0);
  dhk_draft_file_reset_fates (file);
}

static gboolean
has_item_answer (Comparer *self, DhkDraftFile *file, guint i)
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
is_sent_twice (Comparer *self, DhkDraftFile *file, guint i, const DhkDraftRow *row)
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
set_changed (Comparer *self, DhkDraftRow *row, const DhkKnown *known)
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
    Comparer *self, DhkDraftFile *file, guint i, DhkKnown *known, gboolean same, GError **error)
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
    dhk_store_note_conflicts (self->store, file, i, known->respondent, differences);
  note_differences (self, file, row, differences, TRUE);
  if (has_kind (differences, FALSE))
    {
      note_differences (self, file, row, differences, FALSE);
      set_changed (self, row, known);
      known->content = dhk_digest (row->content);
      known->file = file;
      known->row = i;
    }
  return TRUE;
}

/* Nothing of this row comes in again, also not as raw text. */
static void
set_erased (Comparer *self, DhkDraftRow *row)
{
  g_free (row->reason);
  row->reason = g_strdup (_ ("This response was erased from the study on request."));
  row->fate = DHK_ROW_ASIDE;
  row->compared = TRUE;
  g_hash_table_add (self->result->erased, row);
}

static void
set_sent_twice (DhkDraftRow *row)
{
  row->fate = DHK_ROW_ASIDE;
  row->compared = TRUE;
  row->reason = g_strdup (_ ("Sent twice: the same answers and background came within ten "
                             "minutes, and are in the study once."));
}

static void
add_new (DhkResponses *responses, DhkDraftFile *file, guint i)
{
  DhkDraftRow *row = dhk_draft_file_get_row (file, i);
  const DhkKnown known
      = { .origin = row, .content = dhk_digest (row->content), .file = file, .row = i };

  dhk_responses_add_new (responses, row->identity, &known);
}

/* `several`: another row of the draft may be of the same response. */
static gboolean
compare_row (Comparer *self, DhkDraftFile *file, guint i, gboolean several, GError **error)
{
  g_auto (DhkDraftRow) row = { 0 };
  DhkResponses *responses;
  DhkKnown *known;

  dhk_draft_file_read_row (file, i, &row);
  if (self->erased != NULL && dhk_erased_holds (self->erased, &row))
    {
      set_erased (self, dhk_draft_file_get_row (file, i));
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
    set_sent_twice (dhk_draft_file_get_row (file, i));
  else
    {
      dhk_draft_file_set_fate (file, i, DHK_ROW_NEW);
      if (several)
        add_new (responses, file, i);
    }
  return TRUE;
}

/* Remembers which rows stand aside in the study already. */
static void
find_standing_aside (Comparer *self, DhkDraftFile *file, guint i)
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
is_surely_new (Comparer *self, DhkDraftFile *file, guint i, gboolean several)
{
  const DhkDraftRow *row = dhk_draft_file_peek_row (file, i);

  return self->is_empty && !several && self->erased == NULL
         && (row == NULL || (row->fate == DHK_ROW_NEW && row->replaces == NULL));
}

/* A row that is the only one about a stored response, and says the same. */
static gboolean
is_surely_present (Comparer *self, DhkDraftFile *file, guint i, gint64 respondent)
{
  const DhkDraftRow *row = dhk_draft_file_peek_row (file, i);

  return respondent != 0 && self->erased == NULL
         && (row == NULL || (row->fate == DHK_ROW_NEW && row->replaces == NULL))
         && !g_hash_table_contains (self->hand, &respondent);
}

static gboolean
compare_file (Comparer *self, DhkDraftFile *file, const guint8 *several, GError **error)
{
  const gint64 *present = g_hash_table_lookup (self->result->present, file);

  self->n_row_notes = 0;
  if (!note_known_file (self, file, error))
    return FALSE;
  for (guint i = 0; i < dhk_draft_file_get_n_rows (file); i++)
    {
      if (i % CANCEL_EVERY == 0 && g_cancellable_set_error_if_cancelled (self->cancellable, error))
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
  if (self->n_row_notes > MAX_ROW_NOTES)
    add_note (file, DHK_NOTE_ATTENTION, 0,
              g_dngettext (GETTEXT_PACKAGE, "There is %u more note like these.",
                           "There are %u more notes like these.",
                           self->n_row_notes - MAX_ROW_NOTES),
              self->n_row_notes - MAX_ROW_NOTES);
  return TRUE;
}

/* A file of an unknown questionnaire can only hold rows that stand aside. */
static gboolean
check_file (DhkDraftFile *file, GError **error)
{
  for (guint i = 0; file->questionnaire < 0 && i < dhk_draft_file_get_n_rows (file); i++)
    if (dhk_draft_file_get_fate (file, i) != DHK_ROW_ASIDE)
      {
        g_set_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_OPEN_QUESTIONS,
                     _ ("It is not known yet which questionnaire “%s” belongs to. Nothing was "
                        "stored; choose it first."),
                     file->name);
        return FALSE;
      }
  return TRUE;
}

/* Finds the stored response of every row; rows that share one with others are left for later. */
static gboolean
match_file (Comparer *self, DhkDraftFile *file, const guint8 *several, GError **error)
{
  guint n_rows = dhk_draft_file_get_n_rows (file);
  gint64 *present = g_new0 (gint64, (gsize) n_rows + 1);

  g_hash_table_insert (self->result->present, file, present);
  for (guint i = 0; file->questionnaire >= 0 && i < n_rows; i++)
    {
      g_auto (DhkDraftRow) row = { 0 };
      gint64 respondent;
      gboolean is_same;

      if (i % CANCEL_EVERY == 0 && g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      dhk_draft_file_read_row (file, i, &row);
      respondent = dhk_responses_match (self->responses[file->questionnaire], &row, &is_same);
      if (is_same && several[i] == 0)
        present[i] = respondent;
    }
  return TRUE;
}

static gboolean
look_for_responses (Comparer *self, GError **error)
{
  gint64 any = 0;

  if (dhk_sql_get_int (self->store, error, &any,
                       "SELECT EXISTS (SELECT 1 FROM respondent_record r "
                       "JOIN import_batch b ON b.id = r.batch WHERE b.active)",
                       "")
      != 1)
    return FALSE;
  self->is_empty = any == 0;
  return TRUE;
}

/* The other rows of somebody who was erased. */
static void
find_repeated (Comparer *self, DhkDraftFile *file)
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
        set_erased (self, row);
    }
}

static gboolean
load_erased (Comparer *self, GError **error)
{
  g_autoptr (GError) local = NULL;

  self->erased = dhk_erased_load (self->store, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* A draft names questions by their place in the questionnaires it was read for. */
static gboolean
is_of_this_version (DhkStore *self, DhkDraft *draft, GError **error)
{
  DhkInstrument *instrument = dhk_draft_get_instrument (draft);

  return instrument == self->instrument
         || g_bytes_equal (dhk_instrument_get_xml (instrument),
                           dhk_instrument_get_xml (self->instrument))
         || dhk_store_fail (error, DHK_STORE_ERROR_CONFLICT,
                            _ ("The questionnaires were changed after this file was read. Nothing "
                               "was changed; read the file again."));
}

typedef gboolean (*FileFunc) (Comparer *self,
                              DhkDraftFile *file,
                              const guint8 *several,
                              GError **error);

static gboolean
for_each_file (Comparer *self, FileFunc func, const guint8 *several, GError **error)
{
  GPtrArray *files = dhk_draft_get_files (self->draft);

  for (guint i = 0; i < files->len; i++)
    {
      DhkDraftFile *file = g_ptr_array_index (files, i);

      if (!func (self, file, several, error))
        return FALSE;
      several += dhk_draft_file_get_n_rows (file);
    }
  return TRUE;
}

DhkComparison *
dhk_store_compare_inside (DhkStore *self,
                          DhkDraft *draft,
                          GCancellable *cancellable,
                          GError **error)
{
  g_auto (Comparer) comparer = {
    .store = self,
    .draft = draft,
    .cancellable = cancellable,
    .responses
    = g_new0 (DhkResponses *, dhk_instrument_get_n_questionnaires (self->instrument) + 1),
    .hand = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL),
    .aside = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    .result = g_new0 (DhkComparison, 1),
  };
  GPtrArray *files = dhk_draft_get_files (draft);
  g_autofree guint8 *several = NULL;

  comparer.result->changed = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  comparer.result->origins = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  comparer.result->aside = g_hash_table_new (NULL, NULL);
  comparer.result->erased = g_hash_table_new (NULL, NULL);
  comparer.result->present = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  if (!is_of_this_version (self, draft, error))
    return NULL;
  if (dhk_merge_of_draft (draft) != NULL)
    return dhk_merge_compare (self, draft, cancellable, error);
  if (!look_for_responses (&comparer, error))
    return NULL;
  for (guint i = 0; i < files->len; i++)
    {
      DhkDraftFile *file = g_ptr_array_index (files, i);

      reset_file (file);
      if (!check_file (file, error))
        return NULL;
      if (file->questionnaire >= 0)
        use_questionnaire (&comparer, file->questionnaire);
    }
  if (!dhk_responses_load (comparer.responses, self, cancellable, error)
      || !dhk_store_load_hand_edited (self, comparer.hand, error)
      || !dhk_store_load_aside (self, comparer.aside, error) || !load_erased (&comparer, error))
    return NULL;
  several = dhk_responses_mark_several (files);
  if (!comparer.is_empty && !for_each_file (&comparer, match_file, several, error))
    return NULL;
  if (!for_each_file (&comparer, compare_file, several, error))
    return NULL;
  for (guint i = 0; i < files->len; i++)
    find_repeated (&comparer, g_ptr_array_index (files, i));
  return g_steal_pointer (&comparer.result);
}

gboolean
dhk_store_compare (DhkStore *self, DhkDraft *draft, GCancellable *cancellable, GError **error)
{
  g_autoptr (DhkComparison) comparison = NULL;
  gboolean ok;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (draft != NULL, FALSE);
  g_assert (self->owner == g_thread_self ());

  if (!dhk_sql_exec (self, "BEGIN", error))
    return FALSE;
  if (dhk_store_load_slots (self, error))
    comparison = dhk_store_compare_inside (self, draft, cancellable, error);
  ok = comparison != NULL && dhk_store_find_nameless (self, draft, FALSE, error) >= 0;
  dhk_store_roll_back (self);
  return ok;
}
