/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Files for the recognition tests: the sample's exports as tables of texts that
 * a test changes and writes as separated text, and the drafts made of them.
 */

#include "import/dhk-import.h"

typedef struct
{
  char *directory;
  GPtrArray *paths;    /* of the files to import, in order */
  GPtrArray *others;   /* written and no longer imported */
  GHashTable *answers; /* question -> choice */
  DhkInstrument *instrument;
} Work;

Work *work_new (void);
void work_free (Work *self);

/* Adds a file of the sample study, under a name of its own. */
void work_add_sample (Work *self, const char *sample, const char *name);
void work_add_text (Work *self, const char *name, const char *text);
void work_add_bytes (Work *self, const char *name, const char *data, gsize length);
void work_forget_files (Work *self);
void work_answer (Work *self, const char *question, const char *choice);

/* The draft of all files; a failure ends the test. */
DhkDraft *work_read (Work *self);
void work_assert_refused (Work *self, int code, const char *part_of_message);

typedef struct
{
  GPtrArray *rows; /* GPtrArray of char *; the first is the head */
} Table;

/* "Ouders": the sheet of the sample's file as texts. */
Table *table_new_sample (const char *name);
Table *table_new (const char *const *head, guint n);
void table_free (Table *self);
guint table_n_rows (Table *self); /* without the head */
guint table_n_columns (Table *self);
const char *table_get (Table *self, guint row, guint column);
void table_set (Table *self, guint row, guint column, const char *text);
void table_move_column (Table *self, guint from, guint to);
void table_remove_column (Table *self, guint column);
void table_remove_rows (Table *self, guint from); /* from this row on */
void table_add_column (Table *self, guint at, const char *head);
/* A copy of a row at the end; its number. */
guint table_copy_row (Table *self, guint row);
void table_replace (Table *self, guint column, const char *from, const char *to);
int table_find (Table *self, const char *head);
void table_add_to (Table *self, Work *work, const char *name, char separator);

/* What a test looks at in a draft. */
DhkDraftFile *draft_file (DhkDraft *draft, guint i);
DhkDraftQuestion *draft_find_question (DhkDraft *draft, const char *id);
void draft_assert_totals (DhkDraft *draft, guint found, guint added, guint present, guint aside);
void draft_assert_questions (DhkDraft *draft, guint n);
gboolean draft_has_note (DhkDraft *draft, const char *part);
/* The value of item or variable `name` (its column name) in a row: a code, or DhkMissing. */
int draft_get (DhkDraft *draft, guint file, guint row, const char *name);
double draft_get_number (DhkDraft *draft, guint file, guint row, const char *name);
/* Every string of the draft, searched for one that may not be there. */
gboolean draft_holds (DhkDraft *draft, const char *text);
/* The contents of all rows that are not aside, sorted: equal when two drafts say the same. */
char *draft_summary (DhkDraft *draft);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Work, work_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Table, table_free)
