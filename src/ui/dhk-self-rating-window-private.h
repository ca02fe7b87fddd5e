/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of the self-rating's window share; for nobody else. */

#include "export/dhk-pages.h"
#include "study/dhk-group-profile.h"
#include "ui/dhk-choose.h"
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

/* What happens as soon as everything is saved. */
typedef enum
{
  DHK_LEAVING_NOT,
  DHK_LEAVING_STOP, /* back to the first page */
  DHK_LEAVING_CLOSE,
} DhkLeaving;

struct _DhkSelfRatingWindow
{
  AdwApplicationWindow parent_instance;

  /* Template widgets */
  AdwWindowTitle *title;
  GtkWidget *stop_button;
  GtkWidget *profile_button;
  GtkStack *pages;
  GtkWidget *begin_button;
  GtkLabel *heading;
  GtkLabel *introduction;
  AdwClamp *start_clamp;
  AdwClamp *ask_clamp;
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
  DhkLeaving leaving;
  int step; /* of the response's answers, or DHK_STEP_WHO */
};

/* Steps (dhk-self-rating-window.c) ------------------------------------------------------- */

void dhk_self_rating_window_show_step (DhkSelfRatingWindow *self, int step);
void dhk_self_rating_window_show_profile (DhkSelfRatingWindow *self);
void dhk_self_rating_window_show_start (DhkSelfRatingWindow *self);
void dhk_self_rating_window_take_saver (DhkSelfRatingWindow *self, DhkResponseSaver *saver);

/* "Documents": where the file is, without the way to it. Owned. */
char *dhk_self_rating_window_dup_folder_name (GFile *file);

/* Beginning and going on (dhk-self-rating-window-files.c) ---------------------------------- */

void dhk_self_rating_window_install_file_actions (GtkWidgetClass *klass);
void dhk_self_rating_window_choose_own_file (DhkSelfRatingWindow *self, DhkChosen chosen);
DhkFileKind dhk_self_rating_window_get_response_kind (void);

/* Something that takes about a second is going on, in another thread. */
void dhk_self_rating_window_show_busy (DhkSelfRatingWindow *self, gboolean busy);

/* Passwords, and the file for the researcher (dhk-self-rating-window-hand-over.c) ----------- */

void dhk_self_rating_window_install_hand_over_actions (GtkWidgetClass *klass);

/* Comparing and paper (dhk-self-rating-window-profile.c) ------------------------------------ */

void dhk_self_rating_window_install_profile_actions (GtkWidgetClass *klass);

/* Leaving (dhk-self-rating-window-leave.c) -------------------------------------------------- */

/* At once when everything is saved, else when it is or when the person gives it up. */
void dhk_self_rating_window_leave (DhkSelfRatingWindow *self, DhkLeaving how);
void dhk_self_rating_window_go_on_leaving (DhkSelfRatingWindow *self);
gboolean dhk_self_rating_window_may_close (DhkSelfRatingWindow *self);

/* What could not be saved is said, with a way out. */
void dhk_self_rating_window_show_failure (DhkSelfRatingWindow *self);

G_END_DECLS
