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
  GtkBox *notices;
  AdwStatusPage *damaged_page;
  GtkWidget *damaged_backups;
  GtkWidget *damaged_repair;

  /* Owned */
  DhkSession *session;
  DhkInstrument *instrument;   /* that the pages were made for */
  GFile *questionnaire;        /* to make the next new study of, or NULL */
  GPtrArray *waiting;          /* GFile to import as soon as there is a study, or NULL */
  GFile *damaged;              /* the study that cannot be opened, while its page is shown */
  char *reminded;              /* the date that somebody was reminded of, or NULL */
  GtkWidget *reminder;         /* a notice, lent by the box; or NULL */
  GtkWidget *backup_notice;    /* the same */
  GtkWidget *read_only_notice; /* the same */
  gint64 told_of_backup;       /* when; once for each opened study; 0: not */
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

/* dhk-window-notices.c: puts a notice in the place of `*notice`, which may be put away by then; NULL for
 * none. Then what is told where it is so: a backup that failed, a study that may not be changed. */
void dhk_window_set_notice (DhkWindow *self, GtkWidget **notice, GtkWidget *widget);
void dhk_window_tell_of_backup (DhkWindow *self);
void dhk_window_tell_of_read_only (DhkWindow *self);

/* dhk-window-keys.c: who is in the key file, which is open. */
void dhk_window_show_keys (GtkWidget *owner);

/* dhk-window-retention.c: the reminder of the date, when that is near. */
void dhk_window_update_reminder (DhkWindow *self);

/* dhk-window-study.c: the same as opening and making, with a password. */
void dhk_window_open_protected (DhkWindow *self, GFile *file, const char *password);
void dhk_window_create_with_password (DhkWindow *self, GFile *file, const char *password);
const char *dhk_window_get_page_name (DhkWindow *self);

G_END_DECLS
