/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The study file: one SQLite file per study (extension .driehoek).
 *
 * A DhkStore owns the database handle; it is used from the thread that opened
 * it (asserted), or handed over as a whole with dhk_store_move_to_this_thread().
 * Every change is one transaction, written durably before the call returns, with a
 * step in the journal that undo and redo follow, also after a restart.
 *
 * Errors: domain DHK_STORE_ERROR; messages are translated whole sentences.
 */

#include "study/dhk-draft.h"
#include "study/dhk-frame.h"

G_BEGIN_DECLS

typedef enum
{
  DHK_STORE_ERROR_NOT_A_STUDY, /* another kind of file */
  DHK_STORE_ERROR_NEWER,       /* made by a newer version */
  DHK_STORE_ERROR_DAMAGED,
  DHK_STORE_ERROR_IO,   /* cannot be read or written; full disk */
  DHK_STORE_ERROR_BUSY, /* in use by another program */
  DHK_STORE_ERROR_OPEN_QUESTIONS,
  DHK_STORE_ERROR_CONFLICT,  /* what should be changed is no longer as it was */
  DHK_STORE_ERROR_PASSWORD,  /* it is encrypted, and no or the wrong password was given */
  DHK_STORE_ERROR_READ_ONLY, /* its file, folder or disk may not be changed */
} DhkStoreError;

#define DHK_STORE_ERROR (dhk_store_error_quark ())
GQuark dhk_store_error_quark (void);

typedef struct _DhkStore DhkStore;

/* One import that is in the study. */
typedef struct
{
  gint64 id;
  char *file_name;
  char *questionnaire; /* id */
  gint64 when;         /* seconds since 1970 UTC */
  guint added;
  guint present;
  guint aside;
} DhkBatch;

/* A row that was kept aside. */
typedef struct
{
  char *file_name;
  guint64 line;
  char *raw;
  char *reason;
} DhkAsideRow;

/* Life -------------------------------------------------------------------- */

/* Refuses when the file exists (G_IO_ERROR_EXISTS). */
DhkStore *dhk_store_create (GFile *file, DhkInstrument *instrument, GError **error);
DhkStore *dhk_store_open (GFile *file, GError **error);

/*
 * TRUE for a study that may not be changed where it lies (file, folder or disk). It is read as it
 * was when it was opened; everything that would change it refuses (READ_ONLY). One that
 * was left half written there cannot be opened.
 */
gboolean dhk_store_is_read_only (DhkStore *self);

/* The refusal beforehand, for work that would end in a change. */
gboolean dhk_store_check_changeable (DhkStore *self, GError **error);

/* The same with a password, for a study that is encrypted; another study opens with any. */
DhkStore *dhk_store_create_encrypted (GFile *file,
                                      DhkInstrument *instrument,
                                      const char *password,
                                      GError **error);
DhkStore *dhk_store_open_with_password (GFile *file, const char *password, GError **error);

void dhk_store_close (DhkStore *self);

/* A whole, consistent copy (VACUUM INTO a temporary file, then renamed). Encrypted when the study is. */
gboolean dhk_store_save_copy (DhkStore *self, GFile *file, GError **error);

void dhk_store_move_to_this_thread (DhkStore *self);

/*
 * An encrypted study is readable in memory only; every change is sealed and written whole
 * (store/dhk-store-seal.h). Copies and backups of it are encrypted with the same password.
 */
gboolean dhk_store_is_encrypted (DhkStore *self);

/* TRUE when this is the password (of any study that is not encrypted). Takes a second. */
gboolean dhk_store_check_password (DhkStore *self, const char *password);

/* Encrypts, changes the password, or with NULL writes the study readable again. */
gboolean dhk_store_set_password (DhkStore *self, const char *password, GError **error);

GFile *dhk_store_get_file (DhkStore *self);
DhkInstrument *dhk_store_get_instrument (DhkStore *self);

/* Grows with every change (also undo); a frame made at the same generation is up to date. */
guint64 dhk_store_get_generation (DhkStore *self);

/* Reading ------------------------------------------------------------------ */

DhkFrame *dhk_store_load_frame (DhkStore *self, GCancellable *cancellable, GError **error);
GPtrArray *
dhk_store_list_batches (DhkStore *self, GError **error); /* DhkBatch, newest first; owns */
GPtrArray *
dhk_store_list_aside (DhkStore *self, gint64 batch, GError **error); /* DhkAsideRow; batch 0: all */

/* What an import brought, without personal columns: the head and every row, as CSV. Free with
 * g_free(). */
char *dhk_store_dup_raw (DhkStore *self, gint64 batch, GError **error);

/*
 * TRUE when something in the study was imported from the sample's files: its answers
 * are reconstructed, and every output must say so.
 */
gboolean dhk_store_holds_sample (DhkStore *self);

/* A setting of the study ("last-page"), or NULL. Free with g_free(). Not journalled. */
char *dhk_store_get_setting (DhkStore *self, const char *key);
gboolean dhk_store_set_setting (DhkStore *self, const char *key, const char *value, GError **error);

/* Importing ------------------------------------------------------------------ */

/*
 * Sets the fate of every row of the draft by what the study holds, and adds
 * notes (this file was imported before; changed answers; hand corrections that
 * stay). Stores nothing.
 */
gboolean
dhk_store_compare (DhkStore *self, DhkDraft *draft, GCancellable *cancellable, GError **error);

/*
 * Stores the draft in one transaction: a batch per file with its raw rows. A
 * draft with open questions is refused. Nothing new, nothing changed, nothing
 * aside that was not there: nothing is stored and the journal stays as it was.
 */
gboolean
dhk_store_commit (DhkStore *self, DhkDraft *draft, GCancellable *cancellable, GError **error);

/* Told, in the thread that stores, how far dhk_store_commit() is: 0 to 1, about a hundred times. */
typedef void (*DhkStoreProgress) (double fraction, gpointer user_data);
void dhk_store_set_progress (DhkStore *self, DhkStoreProgress progress, gpointer user_data);

/* Changing, undo ---------------------------------------------------------------- */

/* Sets one answer by hand. `target` DHK_NO_TARGET for none; code a code of the item's answer scale
 * or DhkMissing. */
gboolean dhk_store_set_answer (
    DhkStore *self, gint64 respondent, guint item, int target, int code, GError **error);

/* What undo and redo would do now, as a phrase ("Import of “Ouders.xlsx”", translated), or NULL. */
char *dhk_store_dup_undo_label (DhkStore *self);
char *dhk_store_dup_redo_label (DhkStore *self);
gboolean dhk_store_undo (DhkStore *self, GError **error);
gboolean dhk_store_redo (DhkStore *self, GError **error);

/* Takes one import out again, also when it is not the last step; itself a step that can be undone.
 */
gboolean dhk_store_remove_batch (DhkStore *self, gint64 batch, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DhkStore, dhk_store_close)

G_END_DECLS
