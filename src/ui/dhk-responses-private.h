/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of the Responses page share; for nobody else. */

#include <adwaita.h>

#include "ui/dhk-answer-grid.h"
#include "ui/dhk-responses-page.h"
#include "ui/dhk-session-respondents.h"

G_BEGIN_DECLS

/* An entry of the drop-down of background variables. */
typedef struct
{
  int variable;
  int category;
} DhkCategoryChoice;

struct _DhkResponsesPage
{
  GtkWidget parent_instance;

  /* Template widgets */
  GtkStack *stack;
  GtkWidget *top;
  GtkWidget *subtitle;
  GtkWidget *legend;
  GtkWidget *filters;
  GtkWidget *focus_bar;
  GtkEditable *search;
  GtkDropDown *questionnaire;
  GtkDropDown *category;
  GtkToggleButton *unreadable;
  GtkToggleButton *unfinished;
  GtkToggleButton *corrected;
  GtkToggleButton *excluded;
  GtkLabel *count;
  GtkLabel *who;
  GtkLabel *question;
  GtkLabel *answer;
  GtkWidget *exclude_button;
  GtkWidget *include_button;
  GtkWidget *scroller;
  GtkStack *grid_stack;
  DhkAnswerGrid *grid;
  GtkWidget *history_box;
  GtkLabel *history_title;
  GtkListBox *history_list;
  GMenuModel *cell_menu;

  /* Owned */
  DhkSession *session;
  DhkRespondents *list;   /* what is shown; NULL until there is one */
  DhkRespondents *coming; /* what is loaded part by part, may be the same; or NULL */
  GPtrArray *questions;   /* of the questionnaire that is shown */
  int shown_questionnaire;
  GArray *categories;    /* DhkCategoryChoice, of the drop-down */
  GArray *found;         /* of the search in imported rows, or NULL */
  char *found_text;      /* what that search was for */
  GCancellable *loading; /* NULL: nothing is loaded */
  GCancellable *filtering;
  GCancellable *searching;
  GCancellable *history;
  guint progress_source;   /* shows how far filtering or searching is, or 0 */
  int progress;            /* of that, in per cent; atomic */
  const DhkQuestion *sort; /* borrowed from the list's instrument */
  gboolean sort_down;
  gboolean is_stale;   /* the study changed while the page was not seen */
  gboolean is_setting; /* the filters are being set from inside */
  gboolean is_narrow;
  guint narrow_source;
};

/* So many respondents are loaded, filtered and sorted at once; more by parts, in other threads. */
#define DHK_RESPONSES_AT_ONCE 20000

/* dhk-responses-load.c */
void dhk_responses_reload (DhkResponsesPage *self);

/* dhk-responses-page.c */
void dhk_responses_update_focus_bar (DhkResponsesPage *self);

/* dhk-responses-filter.c */
void dhk_responses_update_rows (DhkResponsesPage *self);
void dhk_responses_show_count (DhkResponsesPage *self);

/* Whether no filter, search or order is asked for. */
gboolean dhk_responses_shows_all (DhkResponsesPage *self);
void dhk_responses_focus_grid (DhkResponsesPage *self);
void dhk_responses_filter_changed_cb (DhkResponsesPage *self);
void dhk_responses_search_changed_cb (DhkResponsesPage *self);
void dhk_responses_stop_search_cb (DhkResponsesPage *self);
void dhk_responses_fill_questionnaires (DhkResponsesPage *self, DhkInstrument *instrument);
void dhk_responses_fill_categories (DhkResponsesPage *self, DhkInstrument *instrument);

/* dhk-responses-actions.c */
void dhk_responses_install_actions (GtkWidgetClass *klass);
void dhk_responses_add_search_key (DhkResponsesPage *self);
void dhk_responses_update_actions (DhkResponsesPage *self);
void dhk_responses_edit (DhkResponsesPage *self, int digit);
void dhk_responses_show_menu (DhkResponsesPage *self);
void dhk_responses_load_history (DhkResponsesPage *self);

/* A change that is told of when it is done: `done` (taken) as a toast, `failed` above the error. */
gpointer dhk_responses_change_new (DhkResponsesPage *self,
                                   char *done,
                                   const char *failed,
                                   gboolean can_undo);
void dhk_responses_changed_cb (GObject *source, GAsyncResult *result, gpointer change);
AdwMessageDialog *
dhk_responses_create_dialog (DhkResponsesPage *self, const char *heading, const char *body);

/* dhk-responses-erase.c */
void dhk_responses_erase_action (GtkWidget *widget, const char *name, GVariant *parameter);

G_END_DECLS
