/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "study/dhk-draft-private.h"

#include <math.h>

struct _DhkDraft
{
  gatomicrefcount refs;
  DhkInstrument *instrument;
  GPtrArray *files;
  GPtrArray *questions;
  GPtrArray *decisions;
  GHashTable *by_id;    /* id -> DhkDraftQuestion of either */
  GPtrArray *responses; /* DhkDraftResponse */
  GPtrArray *refusals;  /* DhkDraftRefusal */
  GPtrArray *misfits;   /* char * */
  gpointer origin;
  GDestroyNotify free_origin;
};

/* Freeing --------------------------------------------------------------------------- */

static void
label_free (gpointer data)
{
  DhkDraftLabel *self = data;

  g_free (self->text);
  g_free (self->decision);
  g_free (self);
}

static void
conflict_free (gpointer data)
{
  DhkDraftConflict *self = data;

  g_free (self->held);
  g_free (self->found);
  g_free (self);
}

static void
response_free (gpointer data)
{
  DhkDraftResponse *self = data;

  g_object_unref (self->file);
  g_object_unref (self->source);
  g_free (self->problem);
  g_free (self);
}

static void
refusal_free (gpointer data)
{
  DhkDraftRefusal *self = data;

  g_free (self->problem);
  g_free (self);
}

static void
column_free (gpointer data)
{
  DhkDraftColumn *self = data;

  g_free (self->head);
  g_free (self->reason);
  g_free (self->examples);
  g_free (self->key);
  g_free (self->decision);
  g_clear_pointer (&self->labels, g_ptr_array_unref);
  g_clear_pointer (&self->preview, g_ptr_array_unref);
  g_clear_pointer (&self->values, g_ptr_array_unref);
  g_free (self);
}

static void
note_free (gpointer data)
{
  DhkDraftNote *self = data;

  g_free (self->text);
  g_free (self);
}

static void
file_free (gpointer data)
{
  DhkDraftFile *self = data;

  g_free (self->name);
  g_free (self->sha256);
  g_free (self->kind);
  g_free (self->summary);
  g_clear_pointer (&self->other, dhk_instrument_unref);
  g_ptr_array_unref (self->columns);
  g_ptr_array_unref (self->rows);
  dhk_draft_far_free (self->far);
  g_ptr_array_unref (self->notes);
  g_ptr_array_unref (self->conflicts);
  g_free (self->profile);
  g_array_unref (self->codes);
  g_clear_pointer (&self->numbers, g_array_unref);
  g_ptr_array_unref (self->raw);
  g_free (self->raw_head);
  g_strfreev (self->personal_heads);
  g_clear_pointer (&self->personal, g_ptr_array_unref);
  g_clear_pointer (&self->twins, g_array_unref);
  g_free (self);
}

static void
question_free (gpointer data)
{
  DhkDraftQuestion *self = data;

  g_free (self->id);
  g_free (self->text);
  g_free (self->detail);
  for (guint i = 0; i < self->n_choices; i++)
    {
      g_free (self->choices[i].id);
      g_free (self->choices[i].label);
    }
  g_free (self->choices);
  g_free (self->suggestion);
  g_free (self->chosen);
  g_free (self->kind);
  g_free (self->key);
  g_free (self);
}

/* Making ------------------------------------------------------------------------------ */

DhkDraft *
dhk_draft_new (DhkInstrument *instrument)
{
  DhkDraft *self;

  g_return_val_if_fail (instrument != NULL, NULL);

  self = g_new0 (DhkDraft, 1);
  g_atomic_ref_count_init (&self->refs);
  self->instrument = dhk_instrument_ref (instrument);
  self->files = g_ptr_array_new_with_free_func (file_free);
  self->responses = g_ptr_array_new_with_free_func (response_free);
  self->refusals = g_ptr_array_new_with_free_func (refusal_free);
  self->misfits = g_ptr_array_new_with_free_func (g_free);
  self->questions = g_ptr_array_new_with_free_func (question_free);
  self->decisions = g_ptr_array_new_with_free_func (question_free);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  return self;
}

DhkDraft *
dhk_draft_ref (DhkDraft *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
dhk_draft_unref (DhkDraft *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_ptr_array_unref (self->responses);
  g_ptr_array_unref (self->refusals);
  g_ptr_array_unref (self->misfits);
  g_ptr_array_unref (self->files);
  g_hash_table_unref (self->by_id);
  g_ptr_array_unref (self->questions);
  g_ptr_array_unref (self->decisions);
  dhk_instrument_unref (self->instrument);
  if (self->free_origin != NULL)
    self->free_origin (self->origin);
  g_free (self);
}

DhkDraftResponse *
dhk_draft_add_response (DhkDraft *self, GFile *file, GFile *source)
{
  DhkDraftResponse *response;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (G_IS_FILE (file) && G_IS_FILE (source), NULL);

  response = g_new0 (DhkDraftResponse, 1);
  response->file = g_object_ref (file);
  response->source = g_object_ref (source);
  g_ptr_array_add (self->responses, response);
  return response;
}

GPtrArray *
dhk_draft_get_responses (DhkDraft *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->responses;
}

DhkDraftRefusal *
dhk_draft_add_refusal (DhkDraft *self, guint source, const char *problem)
{
  DhkDraftRefusal *refusal;

  g_return_val_if_fail (self != NULL && problem != NULL, NULL);

  refusal = g_new0 (DhkDraftRefusal, 1);
  refusal->source = source;
  refusal->problem = g_strdup (problem);
  g_ptr_array_add (self->refusals, refusal);
  return refusal;
}

GPtrArray *
dhk_draft_get_refusals (DhkDraft *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->refusals;
}

void
dhk_draft_add_misfit (DhkDraft *self, const char *question)
{
  g_return_if_fail (self != NULL && question != NULL);

  g_ptr_array_add (self->misfits, g_strdup (question));
}

GPtrArray *
dhk_draft_get_misfits (DhkDraft *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->misfits;
}

void
dhk_draft_set_origin (DhkDraft *self, gpointer origin, GDestroyNotify destroy)
{
  g_return_if_fail (self != NULL && self->origin == NULL);

  self->origin = origin;
  self->free_origin = destroy;
}

gpointer
dhk_draft_get_origin (DhkDraft *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->origin;
}

DhkDraftFile *
dhk_draft_add_file (DhkDraft *self, const char *name)
{
  DhkDraftFile *file;

  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  file = g_new0 (DhkDraftFile, 1);
  file->name = g_strdup (name);
  file->questionnaire = -1;
  file->columns = g_ptr_array_new_with_free_func (column_free);
  file->rows = g_ptr_array_new_with_free_func (dhk_draft_row_free);
  file->notes = g_ptr_array_new_with_free_func (note_free);
  file->conflicts = g_ptr_array_new_with_free_func (conflict_free);
  file->codes = g_array_new (FALSE, FALSE, sizeof (gint8));
  file->raw = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->files, file);
  return file;
}

DhkDraftColumn *
dhk_draft_file_add_column (DhkDraftFile *self, guint index, const char *head, DhkColumnRole role)
{
  DhkDraftColumn *column;

  g_return_val_if_fail (self != NULL && head != NULL, NULL);

  column = g_new0 (DhkDraftColumn, 1);
  column->index = index;
  column->head = g_strdup (head);
  column->role = role;
  column->question = -1;
  g_ptr_array_add (self->columns, column);
  return column;
}

void
dhk_draft_file_add_note (
    DhkDraftFile *self, DhkNoteKind kind, guint64 line, const char *format, ...)
{
  DhkDraftNote *note;
  va_list args;

  g_return_if_fail (self != NULL && format != NULL);

  note = g_new0 (DhkDraftNote, 1);
  note->kind = kind;
  note->line = line;
  va_start (args, format);
  note->text = g_strdup_vprintf (format, args);
  va_end (args);
  g_ptr_array_add (self->notes, note);
}

/* One more row of `n` elements in a matrix that grows by rows. */
static void
append_codes (GArray *codes, guint n)
{
  const gint8 code = DHK_MISSING_NOT_ASKED;

  for (guint i = 0; i < n; i++)
    g_array_append_val (codes, code);
}

static void
append_numbers (GArray *numbers, guint n)
{
  const double number = NAN;

  for (guint i = 0; i < n; i++)
    g_array_append_val (numbers, number);
}

guint
dhk_draft_file_add_row (DhkDraftFile *self, guint64 line, const char *raw)
{
  DhkDraftRow *row;

  g_return_val_if_fail (self != NULL && raw != NULL && self->far == NULL, 0);
  /* The width of a row is settled before the first one. */
  g_return_val_if_fail (self->codes->len == self->rows->len * self->n_questions, 0);

  row = g_new0 (DhkDraftRow, 1);
  row->line = line;
  row->fate = DHK_ROW_NEW;
  g_ptr_array_add (self->rows, row);
  g_ptr_array_add (self->raw, g_strdup (raw));
  append_codes (self->codes, self->n_questions);
  if (self->numbers != NULL)
    append_numbers (self->numbers, self->n_questions);
  self->found = self->rows->len;
  return self->rows->len - 1;
}

static DhkDraftQuestion *
add_question (DhkDraft *self, GPtrArray *list, char *id, char *text, char *detail)
{
  DhkDraftQuestion *question = g_new0 (DhkDraftQuestion, 1);

  question->id = id;
  question->text = text;
  question->detail = detail;
  g_ptr_array_add (list, question);
  g_hash_table_insert (self->by_id, id, question);
  return question;
}

DhkDraftQuestion *
dhk_draft_add_question (DhkDraft *self, char *id, char *text, char *detail)
{
  g_return_val_if_fail (self != NULL && id != NULL && text != NULL, NULL);

  return add_question (self, self->questions, id, text, detail);
}

DhkDraftQuestion *
dhk_draft_add_decision (DhkDraft *self, char *id, char *text, char *detail)
{
  g_return_val_if_fail (self != NULL && id != NULL && text != NULL, NULL);

  return add_question (self, self->decisions, id, text, detail);
}

DhkDraftLabel *
dhk_draft_column_add_label (DhkDraftColumn *self, const char *text, int value)
{
  DhkDraftLabel *label;

  g_return_val_if_fail (self != NULL && text != NULL, NULL);

  if (self->labels == NULL)
    self->labels = g_ptr_array_new_with_free_func (label_free);
  label = g_new0 (DhkDraftLabel, 1);
  label->text = g_strdup (text);
  label->value = value;
  g_ptr_array_add (self->labels, label);
  return label;
}

DhkDraftConflict *
dhk_draft_file_add_conflict (DhkDraftFile *self, guint row, guint question)
{
  DhkDraftConflict *conflict;

  g_return_val_if_fail (self != NULL, NULL);

  conflict = g_new0 (DhkDraftConflict, 1);
  conflict->row = row;
  conflict->question = question;
  g_ptr_array_add (self->conflicts, conflict);
  return conflict;
}

void
dhk_draft_question_add_choice (DhkDraftQuestion *self, char *id, char *label)
{
  g_return_if_fail (self != NULL && id != NULL && label != NULL);

  self->choices = g_renew (DhkDraftChoice, self->choices, self->n_choices + 1);
  self->choices[self->n_choices].id = id;
  self->choices[self->n_choices].label = label;
  self->n_choices++;
}

/* Reading --------------------------------------------------------------------------------- */

DhkInstrument *
dhk_draft_get_instrument (DhkDraft *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->instrument;
}

GPtrArray *
dhk_draft_get_files (DhkDraft *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->files;
}

GPtrArray *
dhk_draft_get_questions (DhkDraft *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->questions;
}

GPtrArray *
dhk_draft_get_decisions (DhkDraft *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->decisions;
}

DhkDraftQuestion *
dhk_draft_find_question (DhkDraft *self, const char *id)
{
  g_return_val_if_fail (self != NULL && id != NULL, NULL);

  return g_hash_table_lookup (self->by_id, id);
}

DhkDraftTotals
dhk_draft_get_totals (DhkDraft *self, const DhkDraftFile *file)
{
  DhkDraftTotals totals = { 0 };

  g_return_val_if_fail (self != NULL, totals);

  if (file != NULL)
    dhk_draft_file_add_totals (file, &totals);
  else
    for (guint i = 0; i < self->files->len; i++)
      dhk_draft_file_add_totals (g_ptr_array_index (self->files, i), &totals);
  return totals;
}
