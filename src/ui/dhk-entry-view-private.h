/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of the entry view share; for nobody else. */

#include "study/dhk-answer-key.h"
#include "ui/dhk-entry-cards.h"
#include "ui/dhk-entry-view.h"

G_BEGIN_DECLS

typedef enum
{
  DHK_ENTRY_STAGE_LOADING,
  DHK_ENTRY_STAGE_NUMBER,   /* which form? */
  DHK_ENTRY_STAGE_QUESTION, /* what is the answer? */
  DHK_ENTRY_STAGE_MISSING,  /* why is there none? */
  DHK_ENTRY_STAGE_SUMMARY,  /* is the form complete? */
  DHK_ENTRY_STAGE_DONE,     /* nothing left to be typed */
} DhkEntryStage;

struct _DhkEntryView
{
  GtkWidget parent_instance;

  /* Template widgets */
  GtkWidget *box;
  GtkLabel *batch_label;
  GtkLabel *form_label;
  GtkLabel *place_label;
  GtkLabel *status;
  GtkProgressBar *progress;
  GtkStack *stages;
  GtkEditable *number_entry;
  GtkLabel *number_hint;
  GtkCheckButton *go_on;
  GtkLabel *stem;
  GtkLabel *wording;
  DhkEntryCards *cards;
  GtkEditable *number_answer;
  GtkLabel *message;
  GtkLabel *hint;
  GtkLabel *summary_title;
  GtkLabel *summary_text;
  GtkWidget *summary_button;
  GtkWidget *done_button;

  /* Owned */
  DhkSession *session;
  DhkEntrySheet *sheet;
  GPtrArray *choices; /* of the question; NULL for a number */
  GString *digits;    /* typed so far, of an answer of several digits */
  GArray *ahead;      /* guint: keys that came while a form was being loaded */
  char *refused;      /* what was typed and is no answer; "" for none */

  DhkEntryForm form;
  guint questionnaire;
  guint question;  /* of several choices, the first */
  guint n_several; /* choices that are ticked together, or 0 */
  int ticked;      /* the one that was ticked last, or -1 */
  DhkEntryStage stage;
  guint n_saving;
  gboolean hid_sidebar;
};

/* Showing (dhk-entry-view-show.c) --------------------------------------------- */

const DhkQuestion *dhk_entry_view_get_question (DhkEntryView *self);
void dhk_entry_view_show_number (DhkEntryView *self);
void dhk_entry_view_show_question (DhkEntryView *self, guint question);
void dhk_entry_view_show_missing (DhkEntryView *self);
void dhk_entry_view_show_summary (DhkEntryView *self);
void dhk_entry_view_show_done (DhkEntryView *self);

/* A sentence under the answers; NULL for none. */
void dhk_entry_view_say (DhkEntryView *self, const char *sentence);
void dhk_entry_view_refuse (DhkEntryView *self, const char *typed);
void dhk_entry_view_refuse_number (DhkEntryView *self, const char *typed);

/* Keys (dhk-entry-view-keys.c) ------------------------------------------------ */

gboolean dhk_entry_view_press (DhkEntryView *self, guint key);

/* The keys that came before the form was there; forgotten where they would hit something else. */
void dhk_entry_view_replay (DhkEntryView *self);
void dhk_entry_view_forget_ahead (DhkEntryView *self);
void dhk_entry_view_choose_card (DhkEntryView *self, guint place);

/* Asks for another number of the form (dhk-entry-view-number.c). */
void dhk_entry_view_ask_number (DhkEntryView *self);

/* Doing (dhk-entry-view.c) ---------------------------------------------------- */

void dhk_entry_view_answer (DhkEntryView *self, const DhkEntryAnswer *answer);

/* Ticks one of several choices or takes its tick away; none ticked is "nothing filled in". */
void dhk_entry_view_tick (DhkEntryView *self, guint choice);
void dhk_entry_view_go_on (DhkEntryView *self);
void dhk_entry_view_go_back (DhkEntryView *self);
void dhk_entry_view_finish (DhkEntryView *self);
void dhk_entry_view_leave (DhkEntryView *self);

/* Shows a form of the batch as it is stored now, at the question that is shown. */
void dhk_entry_view_reload (DhkEntryView *self, guint number);

G_END_DECLS
