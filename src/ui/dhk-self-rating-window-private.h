/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of the self-rating's window share; for nobody else. */

#include "export/dhk-pages.h"
#include "study/dhk-group-profile.h"
#include "ui/dhk-response-saver.h"
#include "ui/dhk-self-rating-question.h"
#include "ui/dhk-self-rating-view.h"
#include "ui/dhk-self-rating-window.h"

G_BEGIN_DECLS

#define DHK_PAGE_START "start"
#define DHK_PAGE_ASK "ask"
#define DHK_PAGE_PROFILE "profile"

/* The step before the response's own: for whom the form is. */
#define DHK_STEP_WHO (-1)

struct _DhkSelfRatingWindow
{
  AdwApplicationWindow parent_instance;

  /* Template widgets */
  AdwWindowTitle *title;
  GtkWidget *stop_button;
  GtkStack *pages;
  GtkWidget *begin_button;
  GtkLabel *heading;
  GtkLabel *introduction;
  GtkWidget *ask_page;
  GtkLabel *progress_label;
  GtkProgressBar *progress_bar;
  GtkScrolledWindow *ask_scroller;
  DhkSelfRatingQuestion *question;
  GtkButton *next_button;
  GtkLabel *saved_label;
  GtkWidget *busy;
  GtkScrolledWindow *profile_scroller;
  DhkSelfRatingView *profile_view;
  GtkLabel *profile_saved_label;

  /* Owned */
  DhkInstrument *instrument;
  DhkResponseSaver *saver; /* NULL: nothing is open */
  DhkGroupProfile *group;  /* NULL: none was chosen */
  DhkSelfProfile *profile; /* as it is shown */
  GFile *begun;            /* the file of a response that has no form yet */
  int step;                /* of the response's answers, or DHK_STEP_WHO */
};

/* Steps (dhk-self-rating-window.c) ------------------------------------------------------- */

void dhk_self_rating_window_show_step (DhkSelfRatingWindow *self, int step);
void dhk_self_rating_window_show_profile (DhkSelfRatingWindow *self);
void dhk_self_rating_window_show_start (DhkSelfRatingWindow *self);
void dhk_self_rating_window_take_saver (DhkSelfRatingWindow *self, DhkResponseSaver *saver);

/* Files (dhk-self-rating-window-files.c) --------------------------------------------------- */

void dhk_self_rating_window_install_file_actions (GtkWidgetClass *klass);

/* What could not be saved is said, with a way out. */
void dhk_self_rating_window_show_failure (DhkSelfRatingWindow *self);

G_END_DECLS
