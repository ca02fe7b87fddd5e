/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Inside the import page: what it holds, and how it shows that. */

#include <adwaita.h>

#include "ui/dhk-import-page.h"
#include "ui/dhk-import-preview.h"
#include "ui/dhk-question-row.h"

G_BEGIN_DECLS

struct _DhkImportPage
{
  GtkWidget parent_instance;

  /* Template widgets */
  GtkWidget *scroller;
  GtkWidget *drop_zone;
  GtkWidget *add_button;
  GtkListBox *file_list;
  GtkWidget *problem;
  GtkLabel *problem_label;
  GtkWidget *problem_button;
  GtkWidget *progress_box;
  GtkLabel *progress_label;
  GtkProgressBar *progress_bar;
  GtkWidget *decisions;
  GtkListBox *personal;
  GtkListBox *questions;
  GtkListBox *certain;
  GtkWidget *mapping;
  DhkImportPreview *preview;
  GtkWidget *corrections;
  GtkListBox *conflicts;
  GtkWidget *keep_all;
  GtkWidget *memory;
  GtkSwitch *remember;
  GtkEditable *profile_name;
  GtkWidget *attention;
  GtkListBox *notes;
  GtkRevealer *outcome;
  GtkLabel *outcome_label;
  GtkLabel *gone_label;
  GtkWidget *leave_button;
  GtkWidget *commit_button;

  /* Owned */
  DhkSession *session;
  GPtrArray *files;    /* GFile */
  GHashTable *answers; /* question id → choice id */
  GPtrArray *gone; /* char *: questions whose answer fits no more, to be told with the next draft */
  DhkDraft *draft;
  GCancellable *cancellable; /* of the job that runs, else NULL */
  gboolean committing;
  gboolean asks_password; /* files came that may want one, or one was given */
  char *tried;            /* names of those that one was given for, or NULL */
  GPtrArray *standing;    /* DhkConflict: those that are listed while there are no files, or NULL */
  int settled_row;        /* the row of one that was just kept or taken over, or -1 */
  const char *settled_button; /* by which, a key of the row's */
  guint waiting; /* source that shows the progress of a reading that takes long, or 0 */
};

/* Reads all files anew with all answers (dhk-import-page.c). */
void dhk_import_page_read (DhkImportPage *self);

/* Showing (dhk-import-page-show.c) ------------------------------------------- */

void dhk_import_page_clear_list (GtkListBox *list);

/* The files, and what each became or why it cannot be read (dhk-import-page-files.c). */
void dhk_import_page_show_files (DhkImportPage *self);

/* Whether any of them could be read. */
gboolean dhk_import_page_has_files (DhkImportPage *self);

/* Its name for the screen. Free with g_free(). */
char *dhk_import_page_dup_file_name (GFile *file);

/* Asks for the password of response files that want one, once (dhk-import-password.c). */
void dhk_import_page_ask_password (DhkImportPage *self);

/* What is to become of names and addresses (dhk-import-personal.c): whether that has to be asked, the
 * question, and marking the files for what was answered. */
gboolean dhk_import_page_asks_personal (DhkImportPage *self);
void dhk_import_page_show_personal (DhkImportPage *self);
void dhk_import_page_mark_personal (DhkImportPage *self);

/* Columns of a file that are no question's, with a way to what can be said of them; NULL when there are none. */
GtkWidget *dhk_import_page_create_unmatched_row (DhkImportPage *self, guint file);

/* Action: a background question of the column (uu: file, column) that is new (dhk-import-variable.c). */
void dhk_import_page_new_question (GtkWidget *widget, const char *name, GVariant *parameter);

/*
 * Another study asks what this one does not: its questionnaires can be taken over, with the action
 * (dhk-import-study.c). NULL where there is nothing of the kind.
 */
GtkWidget *dhk_import_page_create_version_row (DhkImportPage *self);
void dhk_import_page_take_version (GtkWidget *widget, const char *name, GVariant *parameter);

/* FALSE, with a toast, while the questionnaires are being edited: saving that would undo a change. */
gboolean dhk_import_page_may_change (DhkImportPage *self);

/* Makes what is changed of the study's instrument its next version, and says so with `done`, in which %s is the version, or that there
 * was a `problem`. */
void dhk_import_page_save_version (DhkImportPage *self,
                                   DhkInstrument *changed,
                                   const char *done,
                                   const char *problem);

/* A link in the outcome was activated. */
gboolean dhk_import_page_follow (GtkLabel *label, const char *link, gpointer user_data);

/* A name for what runs, or NULL when nothing does. */
void dhk_import_page_show_progress (DhkImportPage *self, const char *text);

/* A sentence, or NULL. One file that cannot be read can be left out with one click. */
void dhk_import_page_show_problem (DhkImportPage *self, const char *text);

/* Clicked: leaves out the file that hangs on the button as "file". */
void dhk_import_page_leave_out (GtkButton *button, gpointer user_data);

/* The draft at hand, or that there is none. */
void dhk_import_page_show_draft (DhkImportPage *self);

/* While there are no files: the conflicts that earlier imports left, each of which can be kept as it is or taken over,
 * and the action that keeps all (dhk-import-standing.c). */
void dhk_import_page_show_standing (DhkImportPage *self);
void dhk_import_page_keep_all (GtkWidget *widget, const char *name, GVariant *parameter);

/* Questions (dhk-import-page-questions.c) ------------------------------------- */

/* The open ones, those that were answered, and what was answered and fits no more. */
void dhk_import_page_show_questions (DhkImportPage *self);
DhkQuestionRow *dhk_import_page_find_question (DhkImportPage *self, const char *id);

/* What was decided may be decided otherwise: a DhkDecidedFunc. */
void dhk_import_page_decide (const char *id, const char *choice, gpointer owner);

/* Lets go of the answers that had no place in a draft that is about to be shown. */
void dhk_import_page_leave_misfits (DhkImportPage *self, DhkDraft *draft);

/* What was answered about a file goes with it. */
void dhk_import_page_remove_file (DhkImportPage *self, GFile *file);

G_END_DECLS
