/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of the window share; for nobody else. */

#include "ui/dhk-window.h"

G_BEGIN_DECLS

struct _DhkWindow
{
  AdwApplicationWindow parent_instance;

  /* Template widgets */
  AdwWindowTitle *title;
  GtkWidget *sidebar_button;
  GtkWidget *import_button;
  GtkWidget *undo_button;
  GtkWidget *redo_button;
  AdwToastOverlay *toasts;
  GtkStack *stack;
  GtkWidget *start_page;
  AdwFlap *flap;
  GtkListBox *sidebar;
  GtkStack *pages;

  /* Owned */
  DhkSession *session;
  DhkInstrument *instrument; /* that the pages were made for */
  GFile *questionnaire;      /* to make the next new study of, or NULL */
  GPtrArray *waiting;        /* GFile to import as soon as there is a study, or NULL */
  gboolean opening;
  gboolean folded;
  guint fold_source;
};

/* dhk-window-actions.c */
void dhk_window_install_actions (GtkWidgetClass *klass);
void dhk_window_update_actions (DhkWindow *self);

/* dhk-window.c; takes its own reference. */
void dhk_window_set_session (DhkWindow *self, DhkSession *session);
void dhk_window_set_opening (DhkWindow *self, gboolean opening);

/* dhk-window-study.c: the same as opening and making, with a password. */
void dhk_window_open_protected (DhkWindow *self, GFile *file, const char *password);
void dhk_window_create_with_password (DhkWindow *self, GFile *file, const char *password);
const char *dhk_window_get_page_name (DhkWindow *self);

G_END_DECLS
