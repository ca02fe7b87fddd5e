/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/dhk-import-page-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "study/dhk-response.h"
#include "ui/dhk-choose.h"
#include "ui/dhk-import-sources.h"
#include "ui/dhk-message.h"

G_DEFINE_FINAL_TYPE (DhkImportPage, dhk_import_page, GTK_TYPE_WIDGET)

/* A draft of so many rows takes a while to free. */
#define MANY_ROWS 20000

static void
free_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  dhk_draft_unref (task_data);
}

static void
let_go (DhkDraft *draft)
{
  GPtrArray *files = dhk_draft_get_files (draft);
  guint64 n_rows = 0;

  for (guint i = 0; i < files->len; i++)
    n_rows += ((DhkDraftFile *) g_ptr_array_index (files, i))->found;
  if (n_rows < MANY_ROWS)
    dhk_draft_unref (draft);
  else
    {
      g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

      g_task_set_source_tag (task, let_go);
      g_task_set_task_data (task, draft, NULL);
      g_task_run_in_thread (task, free_thread);
    }
}

static void
take_draft (DhkImportPage *self, DhkDraft *draft)
{
  g_autoptr (DhkDraft) old = g_steal_pointer (&self->draft);

  self->draft = draft;
  dhk_import_page_show_files (self);
  dhk_import_page_show_draft (self);
  /* Nothing shows the old one any more: this is the last of it. */
  if (old != NULL)
    let_go (g_steal_pointer (&old));
}

static void
reset (DhkImportPage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->committing = FALSE;
  g_ptr_array_set_size (self->files, 0);
  g_hash_table_remove_all (self->answers);
  g_ptr_array_set_size (self->gone, 0);
  dhk_import_page_clear_list (self->questions);
  gtk_editable_set_text (self->profile_name, "");
  gtk_switch_set_active (self->remember, FALSE);
  dhk_import_page_show_progress (self, NULL);
  dhk_import_page_show_problem (self, NULL);
  take_draft (self, NULL);
  dhk_import_page_show_standing (self);
}

/* Reading ----------------------------------------------------------------- */

static void
progress_cb (double fraction, const char *file_name, gpointer user_data)
{
  DhkImportPage *self = DHK_IMPORT_PAGE (user_data);
  g_autofree char *text = NULL;

  if (self->cancellable == NULL)
    return;
  text = g_strdup_printf (_ ("Reading “%s”…"), file_name != NULL ? file_name : "");
  gtk_label_set_text (self->progress_label, text);
  gtk_progress_bar_set_fraction (self->progress_bar, CLAMP (fraction, 0, 1));
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DhkImportPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkDraft) draft = dhk_session_read_finish (DHK_SESSION (source), result, &error);

  /* A newer request has taken its place. */
  if (self->session == NULL || self->cancellable == NULL
      || g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    return;

  g_clear_object (&self->cancellable);
  dhk_import_page_show_progress (self, NULL);
  if (draft != NULL)
    dhk_import_page_leave_misfits (self, draft);
  else
    {
      g_autofree char *text = dhk_message_from_error (error);

      dhk_import_page_show_problem (self, text);
    }
  take_draft (self, g_steal_pointer (&draft));
  dhk_import_page_ask_password (self);
}

/* So long a person waits without being told why. */
#define PATIENCE_MS 300

static gboolean
waited_cb (gpointer user_data)
{
  DhkImportPage *self = DHK_IMPORT_PAGE (user_data);

  self->waiting = 0;
  dhk_import_page_show_progress (self, _ ("Reading…"));
  return G_SOURCE_REMOVE;
}

/* A change of a small file is there at once: a bar that comes and goes would move the page. */
static void
wait_for_draft (DhkImportPage *self)
{
  if (self->draft == NULL)
    {
      dhk_import_page_show_progress (self, _ ("Reading…"));
      return;
    }
  dhk_import_page_show_progress (self, NULL);
  self->waiting = g_timeout_add (PATIENCE_MS, waited_cb, self);
}

void
dhk_import_page_read (DhkImportPage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  dhk_import_page_show_problem (self, NULL);
  if (self->files->len == 0)
    {
      reset (self);
      return;
    }

  self->cancellable = g_cancellable_new ();
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.commit", FALSE);
  dhk_import_page_show_files (self);
  dhk_import_page_mark_personal (self);
  wait_for_draft (self);
  dhk_session_read_async (self->session, self->files, self->answers, progress_cb, self,
                          self->cancellable, read_cb, g_object_ref (self));
}

void
dhk_import_page_add_files (DhkImportPage *self, GPtrArray *chosen)
{
  g_autoptr (GPtrArray) files = NULL;

  g_return_if_fail (DHK_IS_IMPORT_PAGE (self));
  g_return_if_fail (chosen != NULL);

  if (self->committing)
    return;
  files = dhk_import_expand_folders (chosen);
  for (guint i = 0; i < files->len; i++)
    {
      GFile *file = g_ptr_array_index (files, i);

      if (!g_ptr_array_find_with_equal_func (self->files, file, (GEqualFunc) g_file_equal, NULL))
        g_ptr_array_add (self->files, g_object_ref (file));
    }
  self->asks_password = TRUE;
  dhk_import_page_read (self);
}

static void
files_chosen (GPtrArray *files, gpointer owner)
{
  dhk_import_page_add_files (DHK_IMPORT_PAGE (owner), files);
}

void
dhk_import_page_choose (DhkImportPage *self)
{
  static const char *const suffixes[] = { "xlsx",     "csv",  "txt", "tsv",
                                          "sav",      "zsav", "por", DHK_RESPONSE_SUFFIX,
                                          "driehoek", NULL };
  const DhkFileKind kind
      = { _ ("Exported answers (Excel, CSV, SPSS), response files and studies"), suffixes };
  const DhkChoice choice = { .title = _ ("Import Answers"),
                             .accept = _ ("_Choose"),
                             .several = TRUE,
                             .kinds = &kind,
                             .n_kinds = 1 };

  g_return_if_fail (DHK_IS_IMPORT_PAGE (self));
  dhk_choose (GTK_WIDGET (self), &choice, files_chosen);
}

void
dhk_import_page_answer (DhkImportPage *self, const char *question, const char *choice)
{
  DhkQuestionRow *row;

  g_return_if_fail (DHK_IS_IMPORT_PAGE (self));

  row = dhk_import_page_find_question (self, question);
  if (row != NULL)
    dhk_question_row_choose (row, choice);
}

DhkDraft *
dhk_import_page_get_draft (DhkImportPage *self)
{
  g_return_val_if_fail (DHK_IS_IMPORT_PAGE (self), NULL);
  return self->cancellable == NULL && dhk_import_page_has_files (self) ? self->draft : NULL;
}

/* Storing ----------------------------------------------------------------- */

static char *
dup_done_text (DhkDraft *draft)
{
  guint added = (guint) dhk_draft_get_totals (draft, NULL).added;
  guint refused = dhk_draft_get_refusals (draft)->len;
  g_autofree char *text
      = added > 0 ? g_strdup_printf (
            ngettext ("%u respondent added", "%u respondents added", added), added)
                  : g_strdup (_ ("Added to the study; no respondent is new"));

  if (refused == 0)
    return g_steal_pointer (&text);
  /* TRANSLATORS: %s: "12 respondents added" */
  return g_strdup_printf (
      ngettext ("%s. %u file was left out", "%s. %u files were left out", refused), text, refused);
}

static void
committed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DhkImportPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  if (self->session == NULL)
    return;
  if (!dhk_session_change_finish (DHK_SESSION (source), result, &error))
    {
      self->committing = FALSE;
      g_clear_object (&self->cancellable);
      dhk_import_page_show_progress (self, NULL);
      take_draft (self, g_steal_pointer (&self->draft));
      dhk_message_show_error (GTK_WIDGET (self), _ ("Nothing was added to the study"), error);
      return;
    }

  text = dup_done_text (self->draft);
  g_clear_object (&self->cancellable);
  reset (self);
  dhk_message_toast (GTK_WIDGET (self), text, _ ("_Undo"), "win.undo");
  gtk_widget_activate_action (GTK_WIDGET (self), "win.page", "s", "overview");
}

/* Under which name what was decided is kept, or NULL. */
static const char *
get_profile_name (DhkImportPage *self)
{
  const char *name = gtk_editable_get_text (self->profile_name);

  return gtk_widget_get_visible (self->memory) && gtk_switch_get_active (self->remember)
                 && *name != '\0'
             ? name
             : NULL;
}

static void
commit_progress_cb (double fraction, const char *file_name, gpointer user_data)
{
  DhkImportPage *self = DHK_IMPORT_PAGE (user_data);

  if (self->cancellable != NULL)
    gtk_progress_bar_set_fraction (self->progress_bar, CLAMP (fraction, 0, 1));
}

static void
commit_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DhkImportPage *self = DHK_IMPORT_PAGE (widget);

  if (self->cancellable != NULL || !dhk_import_page_has_files (self))
    return;
  self->committing = TRUE;
  self->cancellable = g_cancellable_new ();
  gtk_widget_action_set_enabled (widget, "import.commit", FALSE);
  dhk_import_page_show_files (self);
  dhk_import_page_show_progress (self, _ ("Adding to the study…"));
  dhk_session_commit_async (self->session, self->draft, get_profile_name (self), commit_progress_cb,
                            self, self->cancellable, committed_cb, g_object_ref (self));
}

static void
cancel_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DhkImportPage *self = DHK_IMPORT_PAGE (widget);

  /* What is being stored is asked to stop; its answer decides what is shown. */
  if (self->committing)
    g_cancellable_cancel (self->cancellable);
  else
    reset (self);
}

static void
choose_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  dhk_import_page_choose (DHK_IMPORT_PAGE (widget));
}

static void
pasted (GPtrArray *files, gpointer owner)
{
  DhkImportPage *self = DHK_IMPORT_PAGE (owner);

  if (files == NULL)
    {
      dhk_message_toast (GTK_WIDGET (self), _ ("What was copied is no table"), NULL, NULL);
      return;
    }
  dhk_import_page_add_files (self, files);
}

static void
paste_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  dhk_import_paste (widget, pasted);
}

/* The study holds something else now: what is new in these files may have changed. */
static void
session_changed_cb (DhkSession *session, gpointer user_data)
{
  DhkImportPage *self = DHK_IMPORT_PAGE (user_data);

  if (self->draft != NULL && !self->committing)
    dhk_import_page_read (self);
  dhk_import_page_show_standing (self);
}

/* Life -------------------------------------------------------------------- */

static void
dhk_import_page_dispose (GObject *object)
{
  DhkImportPage *self = DHK_IMPORT_PAGE (object);
  GtkWidget *child;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->waiting, g_source_remove);
  g_clear_object (&self->session);
  g_clear_pointer (&self->draft, dhk_draft_unref);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (dhk_import_page_parent_class)->dispose (object);
}

static void
dhk_import_page_finalize (GObject *object)
{
  DhkImportPage *self = DHK_IMPORT_PAGE (object);

  g_ptr_array_unref (self->files);
  g_clear_pointer (&self->standing, g_ptr_array_unref);
  g_hash_table_unref (self->answers);
  g_ptr_array_unref (self->gone);
  g_free (self->tried);

  G_OBJECT_CLASS (dhk_import_page_parent_class)->finalize (object);
}

static void
dhk_import_page_class_init (DhkImportPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dhk_import_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = dhk_import_page_finalize;

  g_type_ensure (DHK_TYPE_IMPORT_PREVIEW);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/driehoek/Driehoek/import-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DhkImportPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, DhkImportPage, drop_zone);
  gtk_widget_class_bind_template_child (widget_class, DhkImportPage, add_button);
  gtk_widget_class_bind_template_child (widget_class, DhkImportPage, file_list);
  gtk_widget_class_bind_template_child (widget_class, DhkImportPage, problem);
  gtk_widget_class_bind_template_child (widget_class, DhkImportPage, problem_label);
  gtk_widget_class_bind_template_child (widget_class, DhkImportPage, problem_button);
  gtk_widget_class_bind_template_child (widget_class, DhkImportPage, progress_box);
  gtk_widget_class_bind_template_child (widget_class, DhkImportPage, progress_label);
  gtk_widget_class_bind_template_child (widget_class, DhkImportPage, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, DhkImportPage, decisions);
  gtk_widget_class_bind_template_child (widget_class, DhkImportPage, personal);
  gtk_widget_class_bind_template_child (widget_class, DhkImportPage, questions);
  gtk_widget_class_bind_template_child (widget_class, DhkImportPage, certain);
  gtk_widget_class_bind_template_child (widget_class, DhkImportPage, attention);
  gtk_widget_class_bind_template_child (widget_class, DhkImportPage, outcome);
  gtk_widget_class_bind_template_child (widget_class, DhkImportPage, outcome_label);
  gtk_widget_class_bind_template_child (widget_class, DhkImportPage, gone_label);
  gtk_widget_class_bind_template_child (widget_class, DhkImportPage, leave_button);
  gtk_widget_class_bind_template_child (widget_class, DhkImportPage, commit_button);
  gtk_widget_class_bind_template_child (widget_class, DhkImportPage, notes);
  gtk_widget_class_bind_template_child (widget_class, DhkImportPage, mapping);
  gtk_widget_class_bind_template_child (widget_class, DhkImportPage, preview);
  gtk_widget_class_bind_template_child (widget_class, DhkImportPage, corrections);
  gtk_widget_class_bind_template_child (widget_class, DhkImportPage, conflicts);
  gtk_widget_class_bind_template_child (widget_class, DhkImportPage, keep_all);
  gtk_widget_class_bind_template_child (widget_class, DhkImportPage, memory);
  gtk_widget_class_bind_template_child (widget_class, DhkImportPage, remember);
  gtk_widget_class_bind_template_child (widget_class, DhkImportPage, profile_name);
  gtk_widget_class_bind_template_callback_full (widget_class, "remove_file_cb",
                                                G_CALLBACK (dhk_import_page_leave_out));
  gtk_widget_class_bind_template_callback_full (widget_class, "follow_cb",
                                                G_CALLBACK (dhk_import_page_follow));
  gtk_widget_class_install_action (widget_class, "import.choose", NULL, choose_action);
  gtk_widget_class_install_action (widget_class, "import.commit", NULL, commit_action);
  gtk_widget_class_install_action (widget_class, "import.cancel", NULL, cancel_action);
  gtk_widget_class_install_action (widget_class, "import.paste", NULL, paste_action);
  gtk_widget_class_install_action (widget_class, "import.new-question", "(uu)",
                                   dhk_import_page_new_question);
  gtk_widget_class_install_action (widget_class, "import.keep-all", NULL, dhk_import_page_keep_all);
  gtk_widget_class_install_action (widget_class, "import.take-version", NULL,
                                   dhk_import_page_take_version);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_v, GDK_CONTROL_MASK, "import.paste",
                                       NULL);
}

static void
dhk_import_page_init (DhkImportPage *self)
{
  self->files = g_ptr_array_new_with_free_func (g_object_unref);
  self->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->gone = g_ptr_array_new_with_free_func (g_free);
  self->settled_row = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
  dhk_import_preview_connect (self->preview, dhk_import_page_decide, GTK_WIDGET (self));
  take_draft (self, NULL);
}

GtkWidget *
dhk_import_page_new (DhkSession *session)
{
  DhkImportPage *self;

  g_return_val_if_fail (DHK_IS_SESSION (session), NULL);

  self = g_object_new (DHK_TYPE_IMPORT_PAGE, NULL);
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self, 0);
  dhk_import_page_show_standing (self);
  return GTK_WIDGET (self);
}
