/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Backups of a study: whole copies in a folder beside it ("Study.driehoek.backups"), so that
 * they are kept where the study may be kept, move with it, and can be found when
 * somebody is erased. An encrypted study has encrypted backups, with the same password.
 *
 * With automatic backups on, the first change after opening (and the first after a
 * day) makes one, unless nothing changed since the last. Kept are the five newest, the newest of each
 * of the last seven days, and the newest of each of the four weeks before. A backup
 * that cannot be made does not stop the change; it is said, and tried again ten minutes later, or
 * with the next change when it lacked room that is there then.
 *
 * Changing or taking away the password does the same to the backups.
 *
 * Errors: domain DHK_STORE_ERROR.
 */

#include "store/dhk-store.h"

G_BEGIN_DECLS

typedef struct
{
  GFile *file;
  char *name;  /* as it is chosen by: "2026-11-22T054512Z" */
  gint64 when; /* seconds since 1970 */
  guint64 size;
} DhkBackup;

/* Listing and making ------------------------------------------------------------------- */

/* DhkBackup, newest first; empty when there are none. The study need not be open, or whole. Owned. */
GPtrArray *dhk_backup_list (GFile *study);
GPtrArray *dhk_store_list_backups (DhkStore *self);

/* By its name, or its place in the list ("1" is the newest); NULL. Lent by the list. */
const DhkBackup *dhk_backup_find (GPtrArray *backups, const char *name);

gboolean dhk_store_back_up_now (DhkStore *self, GError **error);

/* Called in the thread that makes the change. */
typedef void (*DhkBackupProblem) (const char *problem);

/* Off until it is turned on. `warn`, or NULL, is told when a backup cannot be made. */
void dhk_store_set_automatic_backups (DhkStore *self, DhkBackupProblem warn);

/* The same to ask for, once: NULL when the last backup was made. Free with g_free(). */
char *dhk_store_take_backup_problem (DhkStore *self);

/* Going back ----------------------------------------------------------------------------- */

/*
 * Puts the backup in the place of the study, which must not be open; what is there now, also when it is
 * damaged, becomes the newest backup. No password is needed.
 */
gboolean dhk_backup_restore (GFile *study, const DhkBackup *backup, GError **error);

/* Erasing ---------------------------------------------------------------------------------- */

/* Called with each backup, opened as a study of its own. FALSE with an error stops. */
typedef gboolean (*DhkBackupChange) (DhkStore *backup, gpointer user_data, GError **error);

/*
 * Changes every backup, also those made before a migration ("Study.driehoek.backup-v1"), and writes it
 * anew (VACUUM), so that no byte of what was deleted stays. A backup that cannot be opened is
 * removed: nobody could say what is in it.
 */
gboolean dhk_store_rewrite_backups (DhkStore *self,
                                    DhkBackupChange change,
                                    gpointer user_data,
                                    GError **error);

/* Overwrites and removes all of them. */
gboolean dhk_store_remove_backups (DhkStore *self, GError **error);

G_END_DECLS
