/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What the study already holds of a draft. Rows are taken in order, and a row
 * that is new counts as held for the rows after it, also those of other files.
 *
 * Which rows of the draft are one response sent twice, the draft has decided: it
 * knows addresses, which are stored nowhere. Here only a row against a stored
 * response that is not itself in the draft is looked at.
 */

#include "store/dhk-store-owner.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The same content within so many seconds is the same response sent twice. */
#define TWICE_SECONDS (10 * 60)

/* So many rows of a file get notes of their own. */
#define MAX_ROW_NOTES 200

#define CANCEL_EVERY 1024

/* A response that is known: stored, or from a row above. */
typedef struct
{
  gint64 respondent;         /* 0: not stored yet */
  const DhkDraftRow *origin; /* the row it is made of, when it is not stored yet */
  const char *content;
  DhkDraftFile *file; /* the latest row of this draft about it, or NULL */
  guint row;
} Known;

/*
 * Responses with the same content that started in the same stretch of
 * TWICE_SECONDS: what is near a moment lies in its stretch or in one beside it,
 * so many equal answers (everybody says "always") cost no search.
 */
typedef struct
{
  const char *content;
  gint64 stretch;
  gint64 first;
  gint64 last;
} Sent;

/* Of one questionnaire. */
typedef struct
{
  GArray *all;             /* Known */
  GHashTable *by_identity; /* text -> place in `all`, + 1 */
  GHashTable *sent;        /* Sent (a set) */
} Responses;

typedef struct
{
  DhkStore *store;
  DhkDraft *draft;
  GCancellable *cancellable;
  GStringChunk *strings;
  Responses *responses; /* per questionnaire; untouched ones are empty */
  GHashTable *drafted;  /* identities in the draft, lent */
  GHashTable *hand;     /* gint64: respondents with answers corrected by hand */
  GHashTable *aside;    /* questionnaire, raw row: what stands aside already */
  DhkErased *erased;    /* NULL: nobody was */
  DhkComparison *result;
  gboolean file_known; /* the file at hand was imported before */
  guint n_row_notes;
} Comparer;

void
dhk_comparison_free (DhkComparison *self)
{
  g_hash_table_unref (self->changed);
  g_hash_table_unref (self->origins);
  g_hash_table_unref (self->aside);
  g_hash_table_unref (self->erased);
  g_free (self);
}

static void
comparer_clear (Comparer *self)
{
  for (guint i = 0; i < dhk_instrument_get_n_questionnaires (self->store->instrument); i++)
    if (self->responses[i].all != NULL)
      {
        g_array_unref (self->responses[i].all);
        g_hash_table_unref (self->responses[i].by_identity);
        g_hash_table_unref (self->responses[i].sent);
      }
  g_free (self->responses);
  g_string_chunk_free (self->strings);
  g_hash_table_unref (self->drafted);
  g_hash_table_unref (self->hand);
  g_hash_table_unref (self->aside);
  g_clear_pointer (&self->erased, dhk_erased_free);
  g_clear_pointer (&self->result, dhk_comparison_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Comparer, comparer_clear)

/* What is held ---------------------------------------------------------------- */

static guint
sent_hash (gconstpointer data)
{
  const Sent *sent = data;

  return g_str_hash (sent->content) + (guint) sent->stretch * 2654435761u;
}

static gboolean
sent_equal (gconstpointer a, gconstpointer b)
{
  const Sent *one = a;
  const Sent *other = b;

  return one->stretch == other->stretch && strcmp (one->content, other->content) == 0;
}

static void
add_known (Responses *responses, const char *identity, Known known)
{
  g_array_append_val (responses->all, known);
  if (identity != NULL)
    g_hash_table_insert (responses->by_identity, (gpointer) identity,
                         GUINT_TO_POINTER (responses->all->len));
}

static void
add_sent (Responses *responses, const char *content, gint64 started)
{
  Sent key = { content, started / TWICE_SECONDS, started, started };
  Sent *sent;

  if (content == NULL || started == 0)
    return;
  sent = g_hash_table_lookup (responses->sent, &key);
  if (sent == NULL)
    {
      g_hash_table_add (responses->sent, g_memdup2 (&key, sizeof key));
      return;
    }
  sent->first = MIN (sent->first, started);
  sent->last = MAX (sent->last, started);
}

static void
use_questionnaire (Comparer *self, int questionnaire)
{
  Responses *responses = &self->responses[questionnaire];

  if (responses->all != NULL)
    return;
  responses->all = g_array_new (FALSE, FALSE, sizeof (Known));
  responses->by_identity = g_hash_table_new (g_str_hash, g_str_equal);
  responses->sent = g_hash_table_new_full (sent_hash, sent_equal, g_free, NULL);
}

static const char *
keep_text (Comparer *self, DhkStatement *statement, int column)
{
  if (sqlite3_column_type (statement, column) == SQLITE_NULL)
    return NULL;
  return g_string_chunk_insert (self->strings, dhk_sql_text (statement, column));
}

static gboolean
load_responses (Comparer *self, GError **error)
{
  g_autoptr (DhkStatement) statement = dhk_sql_prepare (
      self->store,
      "SELECT r.id, r.questionnaire, r.identity, r.content, r.started "
      "FROM respondent_record r JOIN import_batch b ON b.id = r.batch WHERE b.active ORDER BY r.id",
      error);
  int found;

  if (statement == NULL)
    return FALSE;
  while ((found = dhk_sql_step (self->store, statement, error)) == 1)
    {
      int questionnaire = dhk_instrument_find_questionnaire (self->store->instrument,
                                                             dhk_sql_text (statement, 1));
      Known known = { .respondent = sqlite3_column_int64 (statement, 0) };
      const char *identity;

      if (questionnaire < 0 || self->responses[questionnaire].all == NULL)
        continue;
      known.content = keep_text (self, statement, 3);
      identity = keep_text (self, statement, 2);
      add_known (&self->responses[questionnaire], identity, known);
      if (identity == NULL || !g_hash_table_contains (self->drafted, identity))
        add_sent (&self->responses[questionnaire], known.content,
                  sqlite3_column_int64 (statement, 4));
    }
  return found == 0;
}

static gint64 *
dup_int64 (gint64 value)
{
  gint64 *copy = g_new (gint64, 1);

  *copy = value;
  return copy;
}

static gboolean
load_hand_edits (Comparer *self, GError **error)
{
  g_autoptr (DhkStatement) statement
      = dhk_sql_prepare (self->store, "SELECT DISTINCT respondent FROM hand_edit", error);
  int found;

  if (statement == NULL)
    return FALSE;
  while ((found = dhk_sql_step (self->store, statement, error)) == 1)
    g_hash_table_add (self->hand, dup_int64 (sqlite3_column_int64 (statement, 0)));
  return found == 0;
}

static gboolean
load_aside (Comparer *self, GError **error)
{
  g_autoptr (DhkStatement) statement
      = dhk_sql_prepare (self->store,
                         "SELECT b.questionnaire, a.raw FROM aside_row a "
                         "JOIN import_batch b ON b.id = a.batch WHERE b.active",
                         error);
  int found;

  if (statement == NULL)
    return FALSE;
  while ((found = dhk_sql_step (self->store, statement, error)) == 1)
    g_hash_table_add (self->aside, g_strdup_printf ("%s\n%s", dhk_sql_text (statement, 0),
                                                    dhk_sql_text (statement, 1)));
  return found == 0;
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
          = time != NULL ? g_date_time_format (time, _ ("%e %B %Y at %H:%M")) : g_strdup ("–");

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
  for (guint i = 0; i < file->rows->len; i++)
    {
      DhkDraftRow *row = g_ptr_array_index (file->rows, i);

      if (row->fate == DHK_ROW_ASIDE && !row->compared)
        continue;
      row->fate = DHK_ROW_NEW;
      row->compared = FALSE;
      g_clear_pointer (&row->reason, g_free);
    }
}

static gboolean
has_item_answer (Comparer *self, DhkDraftFile *file, guint i)
{
  const DhkQuestionnaire *questionnaire
      = dhk_instrument_get_questionnaire (self->store->instrument, (guint) file->questionnaire);
  const gint8 *codes = dhk_draft_file_get_codes (file, i);

  for (guint q = 0; q < file->n_questions; q++)
    if (questionnaire->questions[q].item >= 0 && codes[q] >= 0)
      return TRUE;
  return FALSE;
}

/* Two who gave their background only are not one for that. */
static gboolean
is_sent_twice (Comparer *self, DhkDraftFile *file, guint i)
{
  const Responses *responses = &self->responses[file->questionnaire];
  const DhkDraftRow *row = g_ptr_array_index (file->rows, i);

  if (row->content == NULL || row->started == 0 || !has_item_answer (self, file, i))
    return FALSE;
  for (gint64 stretch = row->started / TWICE_SECONDS - 1, n = 0; n < 3; stretch++, n++)
    {
      Sent key = { .content = row->content, .stretch = stretch };
      const Sent *sent = g_hash_table_lookup (responses->sent, &key);

      if (sent != NULL
          && (ABS (sent->first - row->started) <= TWICE_SECONDS
              || ABS (sent->last - row->started) <= TWICE_SECONDS))
        return TRUE;
    }
  return FALSE;
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
set_changed (Comparer *self, DhkDraftRow *row, const Known *known)
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
compare_known (Comparer *self, DhkDraftFile *file, guint i, Known *known, GError **error)
{
  DhkDraftRow *row = g_ptr_array_index (file->rows, i);
  gboolean same = g_strcmp0 (known->content, row->content) == 0;
  gboolean stored = known->file == NULL;
  g_autoptr (GArray) differences = NULL;

  row->compared = TRUE;
  row->fate = DHK_ROW_PRESENT;
  if (same && !(stored && g_hash_table_contains (self->hand, &known->respondent)))
    return TRUE;
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
      known->content = row->content;
      known->file = file;
      known->row = i;
    }
  return TRUE;
}

/* The response that the row is of, or NULL when it is new. */
static Known *
find_known (const Responses *responses, const DhkDraftRow *row)
{
  guint place = row->identity != NULL
                    ? GPOINTER_TO_UINT (g_hash_table_lookup (responses->by_identity, row->identity))
                    : 0;

  /* A person's stored response gives way to the one that was chosen. */
  for (char **other = row->replaces; place == 0 && other != NULL && *other != NULL; other++)
    place = GPOINTER_TO_UINT (g_hash_table_lookup (responses->by_identity, *other));
  return place == 0 ? NULL : &g_array_index (responses->all, Known, place - 1);
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

static gboolean
compare_row (Comparer *self, DhkDraftFile *file, guint i, GError **error)
{
  DhkDraftRow *row = g_ptr_array_index (file->rows, i);
  Responses *responses;
  Known *known;

  if (self->erased != NULL && dhk_erased_holds (self->erased, row))
    {
      set_erased (self, row);
      return TRUE;
    }
  if (row->fate == DHK_ROW_ASIDE)
    return TRUE;
  responses = &self->responses[file->questionnaire];
  known = find_known (responses, row);
  row->compared = TRUE;
  if (known != NULL)
    return compare_known (self, file, i, known, error);

  if (row->identity == NULL && self->file_known)
    row->fate = DHK_ROW_PRESENT;
  else if (is_sent_twice (self, file, i))
    {
      row->fate = DHK_ROW_ASIDE;
      row->reason = g_strdup (_ ("Sent twice: the same answers and background came within ten "
                                 "minutes, and are in the study once."));
    }
  else
    {
      row->fate = DHK_ROW_NEW;
      add_known (responses, row->identity,
                 (Known){ .origin = row, .content = row->content, .file = file, .row = i });
    }
  return TRUE;
}

/* Remembers which rows stand aside in the study already. */
static void
find_standing_aside (Comparer *self, DhkDraftFile *file, guint i)
{
  DhkDraftRow *row = g_ptr_array_index (file->rows, i);
  g_autofree char *masked = NULL;
  g_autofree char *key = NULL;

  if (row->fate != DHK_ROW_ASIDE || g_hash_table_size (self->aside) == 0)
    return;
  masked = dhk_store_dup_masked (g_ptr_array_index (file->raw, i));
  key = g_strdup_printf (
      "%s\n%s",
      file->questionnaire >= 0
          ? dhk_instrument_get_questionnaire (self->store->instrument, (guint) file->questionnaire)
                ->id
          : "",
      masked != NULL ? masked : "");
  if (g_hash_table_contains (self->aside, key))
    g_hash_table_add (self->result->aside, row);
}

static gboolean
compare_file (Comparer *self, DhkDraftFile *file, GError **error)
{
  self->n_row_notes = 0;
  if (!note_known_file (self, file, error))
    return FALSE;
  for (guint i = 0; i < file->rows->len; i++)
    {
      if (i % CANCEL_EVERY == 0 && g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      if (!compare_row (self, file, i, error))
        return FALSE;
      find_standing_aside (self, file, i);
    }
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
  for (guint i = 0; file->questionnaire < 0 && i < file->rows->len; i++)
    if (((DhkDraftRow *) g_ptr_array_index (file->rows, i))->fate != DHK_ROW_ASIDE)
      {
        g_set_error (error, DHK_STORE_ERROR, DHK_STORE_ERROR_OPEN_QUESTIONS,
                     _ ("It is not known yet which questionnaire “%s” belongs to. Nothing was "
                        "stored; choose it first."),
                     file->name);
        return FALSE;
      }
  return TRUE;
}

static void
list_identities (Comparer *self, const DhkDraftFile *file)
{
  for (guint i = 0; i < file->rows->len; i++)
    {
      const DhkDraftRow *row = g_ptr_array_index (file->rows, i);

      if (row->identity != NULL)
        g_hash_table_add (self->drafted, row->identity);
    }
}

/* The other rows of somebody who was erased. */
static void
find_repeated (Comparer *self, DhkDraftFile *file)
{
  if (g_hash_table_size (self->result->erased) == 0)
    return;
  for (guint i = 0; i < file->rows->len; i++)
    {
      DhkDraftRow *row = g_ptr_array_index (file->rows, i);

      if (row->fate == DHK_ROW_ASIDE && !g_hash_table_contains (self->result->erased, row)
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
    .strings = g_string_chunk_new (4096),
    .responses = g_new0 (Responses, dhk_instrument_get_n_questionnaires (self->instrument) + 1),
    .drafted = g_hash_table_new (g_str_hash, g_str_equal),
    .hand = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL),
    .aside = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    .result = g_new0 (DhkComparison, 1),
  };
  GPtrArray *files = dhk_draft_get_files (draft);

  comparer.result->changed = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  comparer.result->origins = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  comparer.result->aside = g_hash_table_new (NULL, NULL);
  comparer.result->erased = g_hash_table_new (NULL, NULL);
  if (!is_of_this_version (self, draft, error))
    return NULL;
  for (guint i = 0; i < files->len; i++)
    {
      DhkDraftFile *file = g_ptr_array_index (files, i);

      reset_file (file);
      if (!check_file (file, error))
        return NULL;
      if (file->questionnaire >= 0)
        use_questionnaire (&comparer, file->questionnaire);
      list_identities (&comparer, file);
    }
  if (!load_responses (&comparer, error) || !load_hand_edits (&comparer, error)
      || !load_aside (&comparer, error) || !load_erased (&comparer, error))
    return NULL;
  for (guint i = 0; i < files->len; i++)
    if (!compare_file (&comparer, g_ptr_array_index (files, i), error))
      return NULL;
  for (guint i = 0; i < files->len; i++)
    find_repeated (&comparer, g_ptr_array_index (files, i));
  return g_steal_pointer (&comparer.result);
}

gboolean
dhk_store_compare (DhkStore *self, DhkDraft *draft, GCancellable *cancellable, GError **error)
{
  g_autoptr (DhkComparison) comparison = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (draft != NULL, FALSE);
  g_assert (self->owner == g_thread_self ());

  if (!dhk_sql_exec (self, "BEGIN", error))
    return FALSE;
  if (dhk_store_load_slots (self, error))
    comparison = dhk_store_compare_inside (self, draft, cancellable, error);
  dhk_store_roll_back (self);
  return comparison != NULL;
}
