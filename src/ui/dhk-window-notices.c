/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window: what is said above its pages until somebody closes it. */

#include <glib/gi18n.h>

#include "store/dhk-store-backup.h"
#include "ui/dhk-notice.h"
#include "ui/dhk-window-private.h"

void
dhk_window_set_notice (DhkWindow *self, GtkWidget **notice, GtkWidget *widget)
{
  if (*notice != NULL)
    gtk_box_remove (self->notices, *notice);
  g_set_weak_pointer (notice, widget);
  if (widget != NULL)
    gtk_box_append (self->notices, widget);
}

/* One was made after all: what is told is true no longer. */
static void
forget_backup_problem (DhkWindow *self)
{
  g_autoptr (GPtrArray) backups = NULL;

  if (self->told_of_backup == 0)
    return;
  backups = dhk_backup_list (dhk_session_get_file (self->session));
  if (backups->len == 0
      || ((const DhkBackup *) g_ptr_array_index (backups, 0))->when < self->told_of_backup)
    return;
  self->told_of_backup = 0;
  dhk_window_set_notice (self, &self->backup_notice, NULL);
}

/* A backup that failed is told once: every change would tell it again. */
void
dhk_window_tell_of_backup (DhkWindow *self)
{
  g_autofree char *problem
      = self->session != NULL ? dhk_session_take_backup_problem (self->session) : NULL;
  g_autofree char *text = NULL;

  if (problem == NULL && self->session != NULL)
    forget_backup_problem (self);
  if (problem == NULL || self->told_of_backup > 0)
    return;
  self->told_of_backup = g_get_real_time () / G_USEC_PER_SEC;
  /* Translators: a sentence that says why. */
  text = g_strdup_printf (_ ("%s You can go on working: it is tried again later."), problem);
  dhk_window_set_notice (self, &self->backup_notice, dhk_notice_new (text));
  dhk_notice_add_action (self->backup_notice, _ ("_Backups…"), "win.backups");
  dhk_notice_add_close (self->backup_notice);
}

void
dhk_window_tell_of_read_only (DhkWindow *self)
{
  if (!dhk_session_is_read_only (self->session))
    return;
  dhk_window_set_notice (
      self, &self->read_only_notice,
      dhk_notice_new (_ ("This study is read-only: its file, its folder or the disk may not be "
                         "changed. You can look at everything; to change something, save a copy "
                         "where you may write.")));
  dhk_notice_add_action (self->read_only_notice, _ ("_Save a Copy…"), "win.save-copy");
}
