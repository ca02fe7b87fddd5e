/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of the session share; for nobody else. */

#include "ui/dhk-session-keys.h"
#include "ui/dhk-snapshot.h"

G_BEGIN_DECLS

#define DHK_SETTING_LAST_PAGE "last-page"

/* What an opened store becomes in the main thread; all fields are taken over. */
typedef struct
{
  DhkStore *store;
  DhkPlan *plan;
  DhkSnapshot *snapshot;
  char *last_page;
  DhkPersonal personal;
} DhkOpened;

DhkSession *dhk_session_new_from_opened (DhkOpened *opened);

/*
 * A job is a piece of work on the store. The draft or the result that it leaves, if any,
 * goes to the caller.
 */
typedef struct _DhkJob DhkJob;
typedef gboolean (*DhkJobWork) (DhkStore *store,
                                DhkJob *job,
                                GCancellable *cancellable,
                                GError **error);

struct _DhkJob
{
  DhkJobWork work;
  GTask *task; /* of the caller; its source is the session */

  /* What the work is about; only some are used. */
  DhkDraft *draft;
  char *profile; /* name to keep the draft's decisions under, or NULL */
  GFile *file;
  gint64 batch;
  char *key;
  char *value;
  GPtrArray *files;
  GHashTable *answers;
  DhkImportProgress progress;
  gpointer progress_data;
  gpointer data; /* what only this kind of job knows */
  GDestroyNotify free_data;
  gpointer result;
  GDestroyNotify free_result;

  gboolean is_last;      /* closes the store: nothing comes after it */
  char *backup_problem;  /* why no backup could be made, or NULL */
  gboolean has_key_news; /* the work may have changed what follows */
  DhkPersonal personal;
  gboolean has_key_file;
  guint missing_names;

  /* One of many small changes: the window takes over the names of the next undo and redo alone,
   * and sees the change with the next snapshot (dhk_session_refresh()). */
  gboolean is_small;
  gboolean only_looks; /* nothing that can be undone is saved by it */
  char *undo_label;
  char *redo_label;

  guint64 generation;        /* of the window's snapshot when the job started */
  gboolean encrypted;        /* whether the study is, after the work */
  DhkInstrument *instrument; /* of that snapshot */
  DhkSnapshot *snapshot;     /* a fresh one, when the work changed something */
  DhkPlan *plan;             /* a fresh one, when that has another instrument */
};

struct _DhkSession
{
  GObject parent_instance;

  DhkStore *store;
  DhkPlan *plan;
  DhkSnapshot *snapshot;
  GFile *file;
  char *name;
  char *last_page;

  GQueue jobs; /* DhkJob, waiting */
  gboolean running;
  gboolean saving; /* what runs may change the study */
  gboolean encrypted;
  gboolean read_only;
  gboolean closed; /* or about to be: no job comes after the last one */
  char *backup_problem;
  DhkPersonal personal;
  gboolean has_key_file;
  guint missing_names;
};

/* Puts the job in the queue, and takes it. The callback gets the answer. */
void dhk_session_push_job (DhkSession *self,
                           DhkJob *job,
                           DhkJobWork work,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);

/* The same for work that is about no more than a file, a key and a value; each may be NULL, and is copied. */
void dhk_session_push_work (DhkSession *self,
                            DhkJobWork work,
                            GFile *file,
                            const char *key,
                            const char *value,
                            GAsyncReadyCallback callback,
                            gpointer user_data);

/* Overwrites a password of a job, which may be NULL. */
void dhk_job_wipe (char *secret);

G_END_DECLS
