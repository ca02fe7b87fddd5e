/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/dhk-response-saver.h"

#include "ui/dhk-task.h"

struct _DhkResponseSaver
{
  GObject parent_instance;

  DhkResponse *response;
  GFile *file;
  DhkSealKey *key; /* NULL: not sealed */
  DhkSaverState state;
  GError *error;
  gboolean again;  /* changed while it was being written */
  guint n_writing; /* answers in what is being written */
  guint n_saved;   /* and on the disk */
};

G_DEFINE_FINAL_TYPE (DhkResponseSaver, dhk_response_saver, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
set_state (DhkResponseSaver *self, DhkSaverState state)
{
  self->state = state;
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Writing ------------------------------------------------------------------------------ */

static void
write_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;
  GFile *file = g_object_get_data (G_OBJECT (task), "file");

  if (dhk_response_write (task_data, file, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void start (DhkResponseSaver *self);

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  DhkResponseSaver *self = DHK_RESPONSE_SAVER (source);
  GApplication *application = g_application_get_default ();

  gboolean written;

  g_clear_error (&self->error);
  written = g_task_propagate_boolean (G_TASK (result), &self->error);
  if (written)
    self->n_saved = self->n_writing;
  if (self->again)
    start (self);
  else
    set_state (self, written ? DHK_SAVER_SAVED : DHK_SAVER_FAILED);
  if (application != NULL)
    g_application_release (application);
}

static void
start (DhkResponseSaver *self)
{
  g_autoptr (GTask) task = dhk_task_new (self, NULL, written_cb, NULL);
  GApplication *application = g_application_get_default ();

  self->again = FALSE;
  self->n_writing
      = dhk_response_get_n_answers (self->response) - dhk_response_get_n_open (self->response);
  g_task_set_source_tag (task, start);
  g_object_set_data_full (G_OBJECT (task), "file", g_object_ref (self->file), g_object_unref);
  g_task_set_task_data (task, dhk_response_to_bytes (self->response, self->key),
                        (GDestroyNotify) g_bytes_unref);
  /* The program may only end when everything is written. */
  if (application != NULL)
    g_application_hold (application);
  g_task_run_in_thread (task, write_thread);
}

void
dhk_response_saver_save (DhkResponseSaver *self)
{
  g_return_if_fail (DHK_IS_RESPONSE_SAVER (self));

  if (self->state == DHK_SAVER_SAVING)
    {
      self->again = TRUE;
      return;
    }
  set_state (self, DHK_SAVER_SAVING);
  start (self);
}

/* Lending and setting -------------------------------------------------------------------- */

DhkResponse *
dhk_response_saver_get_response (DhkResponseSaver *self)
{
  g_return_val_if_fail (DHK_IS_RESPONSE_SAVER (self), NULL);
  return self->response;
}

GFile *
dhk_response_saver_get_file (DhkResponseSaver *self)
{
  g_return_val_if_fail (DHK_IS_RESPONSE_SAVER (self), NULL);
  return self->file;
}

DhkSaverState
dhk_response_saver_get_state (DhkResponseSaver *self)
{
  g_return_val_if_fail (DHK_IS_RESPONSE_SAVER (self), DHK_SAVER_FAILED);
  return self->state;
}

guint
dhk_response_saver_get_n_saved (DhkResponseSaver *self)
{
  g_return_val_if_fail (DHK_IS_RESPONSE_SAVER (self), 0);
  return self->n_saved;
}

const GError *
dhk_response_saver_get_error (DhkResponseSaver *self)
{
  g_return_val_if_fail (DHK_IS_RESPONSE_SAVER (self), NULL);
  return self->error;
}

void
dhk_response_saver_set_file (DhkResponseSaver *self, GFile *file)
{
  g_return_if_fail (DHK_IS_RESPONSE_SAVER (self));
  g_set_object (&self->file, file);
}

void
dhk_response_saver_set_key (DhkResponseSaver *self, DhkSealKey *key)
{
  DhkSealKey *old;

  g_return_if_fail (DHK_IS_RESPONSE_SAVER (self));

  old = self->key;
  self->key = key != NULL ? dhk_seal_key_ref (key) : NULL;
  g_clear_pointer (&old, dhk_seal_key_unref);
}

/* Life ------------------------------------------------------------------------------------ */

static void
dhk_response_saver_finalize (GObject *object)
{
  DhkResponseSaver *self = DHK_RESPONSE_SAVER (object);

  g_clear_pointer (&self->response, dhk_response_unref);
  g_clear_object (&self->file);
  g_clear_pointer (&self->key, dhk_seal_key_unref);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (dhk_response_saver_parent_class)->finalize (object);
}

static void
dhk_response_saver_class_init (DhkResponseSaverClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dhk_response_saver_finalize;

  signals[CHANGED] = g_signal_new ("changed", DHK_TYPE_RESPONSE_SAVER, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
dhk_response_saver_init (DhkResponseSaver *self)
{
}

DhkResponseSaver *
dhk_response_saver_new (DhkResponse *response, GFile *file, DhkSealKey *key)
{
  DhkResponseSaver *self;

  g_return_val_if_fail (response != NULL && G_IS_FILE (file), NULL);

  self = g_object_new (DHK_TYPE_RESPONSE_SAVER, NULL);
  self->response = dhk_response_ref (response);
  self->file = g_object_ref (file);
  self->n_saved = dhk_response_get_n_answers (response) - dhk_response_get_n_open (response);
  dhk_response_saver_set_key (self, key);
  return self;
}
