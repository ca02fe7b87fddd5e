/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Inside the store room: how typed forms lie in the file.
 *
 *   entry_batch    a pile of paper forms
 *   entry_form     a form in one pass, and its respondent (of the second pass: once the first
 *                  is there). The first pass makes the respondent, in an import batch of the
 *                  kind 'paper' that holds nobody else, so that undoing the form's first
 *                  answer takes the respondent out like any import
 *   entry_answer   what was typed, of both passes, as text (see _encode())
 *   entry_settled  what was chosen where the passes differ
 *   entry_change   what a step of the journal did to these tables
 *
 * Steps are called "entry-…"; their subject is the number of the question and their n
 * the number of the form. The cells of the respondent change in journal_change, as always.
 */

#include "store/dhk-store-entry.h"
#include "store/dhk-store-private.h"

G_BEGIN_DECLS

#define DHK_ENTRY_STEP_PREFIX "entry-"
#define DHK_ENTRY_STEP_BATCH "entry-batch"
#define DHK_ENTRY_STEP_FIRST "entry-answer"
#define DHK_ENTRY_STEP_SECOND "entry-second"
#define DHK_ENTRY_STEP_FINISH "entry-finish"
#define DHK_ENTRY_STEP_FINISH_SECOND "entry-finish-second"
#define DHK_ENTRY_STEP_SETTLE "entry-settle"
#define DHK_ENTRY_STEP_NUMBER "entry-number"

/* A migration: the tables of paper entry. */
gboolean dhk_store_entry_make_tables (DhkStore *self, GError **error);

/* Answers (dhk-store-entry-answer.c) ------------------------------------------------- */

typedef struct
{
  guint slot;
  int target;
} DhkEntryPlace;

/* A batch that is in the study, with the place of each of its questions. */
typedef struct
{
  gint64 id;
  char *name;
  guint questionnaire;
  const DhkQuestionnaire *form;
  DhkEntryPlace *places; /* per question; all have a slot */
} DhkEntryPlan;

void dhk_entry_plan_clear (DhkEntryPlan *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DhkEntryPlan, dhk_entry_plan_clear)

/* Inside a transaction. */
gboolean
dhk_store_entry_load_plan (DhkStore *self, gint64 batch, DhkEntryPlan *plan, GError **error);

/* The question at a place, or -1. */
int dhk_entry_plan_find (const DhkEntryPlan *self, gint64 slot, int target);

/* As dhk_entry_answer_to_file() writes it. */
char *dhk_entry_answer_encode (DhkStore *self, guint slot, const DhkEntryAnswer *answer);
/* What was written; a text that is no answer to the question (any more) is out of range. */
void dhk_entry_answer_decode (DhkStore *self, guint slot, const char *text, DhkEntryAnswer *answer);
DhkCell dhk_entry_answer_to_cell (const DhkEntryAnswer *answer);

/* Sets an error and returns FALSE for what cannot be an answer to this question. */
gboolean dhk_entry_answer_check (DhkStore *self,
                                 const DhkQuestion *question,
                                 guint slot,
                                 const DhkEntryAnswer *answer,
                                 GError **error);

/* Sheets of a batch by number and pass; number 0: all. DhkEntrySheet. */
GPtrArray *dhk_store_entry_load_sheets (DhkStore *self,
                                        const DhkEntryPlan *plan,
                                        guint number,
                                        GError **error);

/* Journal (dhk-store-entry-journal.c) ------------------------------------------------ */

typedef enum
{
  DHK_ENTRY_FIELD_ACTIVE,
  DHK_ENTRY_FIELD_COMPLETE,
  DHK_ENTRY_FIELD_ANSWER,
  DHK_ENTRY_FIELD_SETTLED,
  DHK_ENTRY_FIELD_NUMBER,
} DhkEntryField;

/* Writes a field of a form (NULL: gone) and remembers it under the step. The old text is read. */
gboolean dhk_store_entry_change (DhkStore *self,
                                 gint64 step,
                                 gint64 form,
                                 DhkEntryField field,
                                 const DhkEntryPlace *place,
                                 const char *text,
                                 GError **error);

/* Writes the cell of the respondent where it holds something else (dhk-store-entry-type.c). */
gboolean dhk_store_entry_change_cell (DhkStore *self,
                                      gint64 step,
                                      gint64 respondent,
                                      const DhkEntryPlace *place,
                                      const DhkEntryAnswer *answer,
                                      GError **error);

/* After numbers changed: the second pass is about whom the first pass of its number is about. */
gboolean dhk_store_entry_relink (DhkStore *self, gint64 batch, GError **error);

/* Does or undoes what a step did to the typed forms; its cells are done by then. */
gboolean dhk_store_entry_switch (
    DhkStore *self, gint64 step, const char *kind, gint64 batch, gboolean undo, GError **error);

/* Wipes what was undone and will not be redone; before the respondents go. */
gboolean dhk_store_entry_forget (DhkStore *self, GError **error);

/* The name of a step "entry-…", as a phrase. Free with g_free(). */
char *dhk_store_entry_dup_label (const char *kind, const char *subject, gint64 n);

G_END_DECLS
