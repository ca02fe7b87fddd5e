/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * An open study, as the window sees it: what is in it now, and the jobs that
 * change it.
 *
 * The session owns the store. Every use of the store is a job in a worker
 * thread, one after the other; each ends with a fresh snapshot of what the
 * study holds (frame, imports, names of the next undo and redo), which the main
 * thread takes over before "changed" is emitted. So all getters are plain
 * lending of immutable data, and nothing here blocks the window.
 *
 * All functions belong to the main thread. A job that was started is finished
 * also when nobody holds the session any more: the store is closed after it.
 */

#include "import/dhk-import.h"
#include "report/dhk-plan.h"
#include "store/dhk-store.h"

G_BEGIN_DECLS

#define DHK_TYPE_SESSION (dhk_session_get_type ())
G_DECLARE_FINAL_TYPE (DhkSession, dhk_session, DHK, SESSION, GObject)

/* How far the answers of one questionnaire are filled in. */
typedef struct
{
  guint n;
  guint complete;
  guint partly;     /* at least one question without an answer */
  guint unreadable; /* answers that could not be read */
  guint excluded;   /* respondents that are left out; not in n */
  gint64 last;      /* when the last answer came, by the form's clock; 0 when unknown */
} DhkCoverage;

/* Opening ----------------------------------------------------------------- */

void dhk_session_open_async (GFile *file, GAsyncReadyCallback callback, gpointer user_data);

/*
 * A new, empty study at `file`, made with the instrument that is built in.
 * With `sample`, the sample answers are imported and the study is marked as
 * a reconstruction, not real answers.
 */
void dhk_session_create_async (GFile *file,
                               gboolean sample,
                               GAsyncReadyCallback callback,
                               gpointer user_data);

/* The same with an instrument made of a file (import/dhk-starting-point.h). */
void dhk_session_create_from_async (GFile *file,
                                    GFile *questionnaire,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);

/* What a study of it could be called: as it is, else as its file; NULL for neither. Free with g_free(). */
char *dhk_session_dup_questionnaire_name (GFile *questionnaire);

/* As dhk_session_create_async(), with a password: for a study that is protected, or is to be. */
void dhk_session_open_with_password_async (GFile *file,
                                           const char *password,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data);
void dhk_session_create_encrypted_async (GFile *file,
                                         const char *password,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);

/* Of all. The session is owned. */
DhkSession *dhk_session_open_finish (GAsyncResult *result, GError **error);

/* What it is -------------------------------------------------------------- */

GFile *dhk_session_get_file (DhkSession *self);
const char *dhk_session_get_name (DhkSession *self);
gboolean dhk_session_is_sample (DhkSession *self);
gboolean dhk_session_is_encrypted (DhkSession *self);
gboolean dhk_session_is_read_only (DhkSession *self); /* it may not be changed where it lies */
DhkInstrument *dhk_session_get_instrument (DhkSession *self);
DhkPlan *dhk_session_get_plan (DhkSession *self); /* NULL when the instrument has none */

/* What it holds now: lent until the next "changed" ------------------------ */

DhkFrame *dhk_session_get_frame (DhkSession *self);
GPtrArray *dhk_session_get_batches (DhkSession *self); /* DhkBatch, newest first */
GPtrArray *dhk_session_get_aside (DhkSession *self);   /* DhkAsideRow */
const DhkCoverage *dhk_session_get_coverage (DhkSession *self, guint questionnaire);
const char *dhk_session_get_undo_label (DhkSession *self); /* NULL: nothing to undo */
const char *dhk_session_get_redo_label (DhkSession *self);
gboolean dhk_session_is_busy (DhkSession *self);   /* a job is at work */
gboolean dhk_session_is_saving (DhkSession *self); /* one runs or waits that may change the study */

/* Takes over what small changes (typed answers) did, if anything: "changed" follows. */
void dhk_session_refresh (DhkSession *self);

/* Until when its answers may be kept ("2031-12-31"), or NULL. */
const char *dhk_session_get_retention (DhkSession *self);

/* Why the last backup could not be made, once: NULL afterwards. Free with g_free(). */
char *dhk_session_take_backup_problem (DhkSession *self);

/* The page that was open when the study was left, or NULL. */
const char *dhk_session_get_last_page (DhkSession *self);
void dhk_session_set_last_page (DhkSession *self, const char *page);

/* Importing --------------------------------------------------------------- */

/*
 * Reads files into a draft and compares it with the study; stores nothing. `progress` is
 * called in the main thread. `answers` as in dhk_import_read(); both may change afterwards. The
 * import profile of the study that fits a file is used.
 */
void dhk_session_read_async (DhkSession *self,
                             GPtrArray *files,
                             GHashTable *answers,
                             DhkImportProgress progress,
                             gpointer progress_data,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
DhkDraft *dhk_session_read_finish (DhkSession *self, GAsyncResult *result, GError **error);

/* Answers corrected by hand that an imported file has otherwise: DhkConflict. Owned. */
void dhk_session_list_conflicts_async (DhkSession *self,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
GPtrArray *
dhk_session_list_conflicts_finish (DhkSession *self, GAsyncResult *result, GError **error);

/* Changing; all end in dhk_session_change_finish() ------------------------ */

/* What the study has stays; these (DhkConflict) are not listed again. */
void dhk_session_keep_own_async (DhkSession *self,
                                 GPtrArray *conflicts,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);

/* The study takes over what was found otherwise in these. */
void dhk_session_take_found_async (DhkSession *self,
                                   GPtrArray *conflicts,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);

/*
 * `profile`: a name to keep under what was decided by hand, or NULL. `progress` (or NULL) is told
 * no file name.
 */
void dhk_session_commit_async (DhkSession *self,
                               DhkDraft *draft,
                               const char *profile,
                               DhkImportProgress progress,
                               gpointer progress_data,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
void dhk_session_undo_async (DhkSession *self, GAsyncReadyCallback callback, gpointer user_data);
void dhk_session_redo_async (DhkSession *self, GAsyncReadyCallback callback, gpointer user_data);
void dhk_session_remove_batch_async (DhkSession *self,
                                     gint64 batch,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
void dhk_session_save_copy_async (DhkSession *self,
                                  GFile *file,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);

/* `old` is the password it has now (NULL: none), `password` the new one (NULL: none any more). */
void dhk_session_set_password_async (DhkSession *self,
                                     const char *old,
                                     const char *password,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
void dhk_session_back_up_async (DhkSession *self, GAsyncReadyCallback callback, gpointer user_data);

/* Until when answers may be kept; NULL: no date. */
void dhk_session_set_retention_async (DhkSession *self,
                                      const char *day,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);

gboolean dhk_session_change_finish (DhkSession *self, GAsyncResult *result, GError **error);

/* What those who mend the program have to know; `more` as in dhk_problem_report_new(). Free with g_free().
 */
void dhk_session_make_report_async (DhkSession *self,
                                    const char *more,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
char *dhk_session_make_report_finish (DhkSession *self, GAsyncResult *result, GError **error);

/* The end ----------------------------------------------------------------- */

/*
 * Closes the study after the jobs that wait; with `erase` nothing of it is left
 * (dhk_store_erase_study()). What is asked of the session afterwards is cancelled. The file is free when
 * the answer comes, whoever still holds the session; ends in dhk_session_change_finish().
 */
void dhk_session_close_async (DhkSession *self,
                              gboolean erase,
                              GAsyncReadyCallback callback,
                              gpointer user_data);

G_END_DECLS
