/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/dhk-import-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "ui/dhk-choose.h"
#include "ui/dhk-import-rows.h"
#include "ui/dhk-message.h"
#include "ui/dhk-question-row.h"

struct _DhkImportPage
{
  GtkWidget parent_instance;

  /* Template widgets */
  GtkWidget *scroller;
  GtkWidget *drop_zone;
  GtkWidget *add_button;
  GtkListBox *file_list;
  GtkWidget *problem;
  GtkLabel *problem_label;
  GtkWidget *problem_button;
  GtkWidget *progress_box;
  GtkLabel *progress_label;
  GtkProgressBar *progress_bar;
  GtkWidget *decisions;
  GtkListBox *questions;
  GtkListBox *certain;
  GtkWidget *attention;
  GtkListBox *notes;
  GtkRevealer *outcome;
  GtkLabel *outcome_label;

  /* Owned */
  DhkSession *session;
  GPtrArray *files;    /* GFile */
  GHashTable *answers; /* question id → choice id */
  DhkDraft *draft;
  GCancellable *cancellable; /* of the job that runs, else NULL */
  gboolean committing;
};

G_DEFINE_FINAL_TYPE (DhkImportPage, dhk_import_page, GTK_TYPE_WIDGET)

static void read_files (DhkImportPage *self);

/* Showing ---------------------------------------------------------------------------------------
 */

static void
clear_list (GtkListBox *list)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, row);
}

static gboolean
has_rows (GtkListBox *list)
{
  return gtk_list_box_get_row_at_index (list, 0) != NULL;
}

static void
remove_file (DhkImportPage *self, GFile *file)
{
  g_ptr_array_remove (self->files, file);
  /* Answers may have been about the file that goes. */
  g_hash_table_remove_all (self->answers);
  clear_list (self->questions);
  read_files (self);
}

static void
remove_file_cb (GtkButton *button, gpointer user_data)
{
  remove_file (DHK_IMPORT_PAGE (user_data), g_object_get_data (G_OBJECT (button), "file"));
}

static char *
dup_display_name (GFile *file)
{
  g_autofree char *base = g_file_get_basename (file);

  return g_filename_display_name (base);
}

static GtkWidget *
create_file_row (DhkImportPage *self, guint index)
{
  GFile *file = g_ptr_array_index (self->files, index);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic");
  g_autofree char *name = dup_display_name (file);
  g_autofree char *tip = g_strdup_printf (_ ("Leave “%s” out"), name);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  if (self->draft != NULL && index < dhk_draft_get_files (self->draft)->len)
    {
      g_autofree char *text = dhk_import_dup_file_text (
          self->draft, g_ptr_array_index (dhk_draft_get_files (self->draft), index));
      g_autofree char *label = g_strdup_printf ("%s, %s", name, text);

      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
      gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                      -1);
    }
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tip, -1);
  g_object_set_data_full (G_OBJECT (button), "file", g_object_ref (file), g_object_unref);
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_file_cb), self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

static void
show_files (DhkImportPage *self)
{
  gboolean has_files = self->files->len > 0;

  clear_list (self->file_list);
  for (guint i = 0; i < self->files->len; i++)
    gtk_list_box_append (self->file_list, create_file_row (self, i));
  gtk_widget_set_visible (GTK_WIDGET (self->file_list), has_files);
  gtk_widget_set_visible (self->drop_zone, !has_files);
  gtk_widget_set_visible (self->add_button, has_files && !self->committing);
}

static void
show_progress (DhkImportPage *self, const char *text)
{
  gtk_widget_set_visible (self->progress_box, text != NULL);
  if (text == NULL)
    return;
  gtk_label_set_text (self->progress_label, text);
  gtk_progress_bar_set_fraction (self->progress_bar, 0);
}

/* The file that a message names, or NULL. */
static GFile *
find_named_file (DhkImportPage *self, const char *text)
{
  for (guint i = 0; i < self->files->len; i++)
    {
      g_autofree char *name = dup_display_name (g_ptr_array_index (self->files, i));
      g_autofree char *quoted = g_strdup_printf ("“%s”", name);

      if (strstr (text, quoted) != NULL)
        return g_ptr_array_index (self->files, i);
    }
  return NULL;
}

/* One file that cannot be read holds up the others: leaving it out is one click away. */
static void
show_problem (DhkImportPage *self, const char *text)
{
  GFile *file = text != NULL ? find_named_file (self, text) : NULL;

  gtk_label_set_text (self->problem_label, text != NULL ? text : "");
  gtk_widget_set_visible (self->problem, text != NULL);
  gtk_widget_set_visible (self->problem_button, file != NULL);
  g_object_set_data_full (G_OBJECT (self->problem_button), "file",
                          file != NULL ? g_object_ref (file) : NULL, g_object_unref);
}

/* Questions --------------------------------------------------------------- */

static DhkQuestionRow *
find_question_row (DhkImportPage *self, const char *id)
{
  for (int i = 0;; i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->questions, i);

      if (row == NULL)
        return NULL;
      if (g_strcmp0 (dhk_question_row_get_id (DHK_QUESTION_ROW (row)), id) == 0)
        return DHK_QUESTION_ROW (row);
    }
}

/* What was asked because of an answer falls with it. */
static void
forget_later_questions (DhkImportPage *self, guint round)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->questions, i)) != NULL;)
    {
      if (dhk_question_row_get_round (DHK_QUESTION_ROW (row)) <= round)
        {
          i++;
          continue;
        }
      g_hash_table_remove (self->answers, dhk_question_row_get_id (DHK_QUESTION_ROW (row)));
      gtk_list_box_remove (self->questions, GTK_WIDGET (row));
    }
}

static void
answered_cb (DhkQuestionRow *row, const char *choice, gpointer user_data)
{
  DhkImportPage *self = DHK_IMPORT_PAGE (user_data);

  if (g_hash_table_contains (self->answers, dhk_question_row_get_id (row)))
    forget_later_questions (self, dhk_question_row_get_round (row));
  g_hash_table_insert (self->answers, g_strdup (dhk_question_row_get_id (row)), g_strdup (choice));
  read_files (self);
}

/* Questions that were answered stay in their place; new ones come below. */
static void
show_questions (DhkImportPage *self)
{
  GPtrArray *open = dhk_draft_get_questions (self->draft);
  guint round = g_hash_table_size (self->answers);

  for (guint i = 0; i < open->len; i++)
    {
      const DhkDraftQuestion *question = g_ptr_array_index (open, i);
      GtkWidget *row;

      if (find_question_row (self, question->id) != NULL)
        continue;
      row = dhk_question_row_new (question, round);
      g_signal_connect_object (row, "answered", G_CALLBACK (answered_cb), self, 0);
      gtk_list_box_append (self->questions, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->questions), has_rows (self->questions));
}

/* The draft --------------------------------------------------------------- */

static void
show_draft (DhkImportPage *self)
{
  DhkDraft *draft = self->draft;
  g_autofree char *outcome = NULL;
  DhkDraftTotals totals;

  gtk_widget_set_visible (self->decisions, draft != NULL);
  gtk_revealer_set_reveal_child (self->outcome, draft != NULL);
  clear_list (self->certain);
  clear_list (self->notes);
  gtk_widget_set_visible (self->attention, FALSE);
  if (draft == NULL)
    return;

  show_questions (self);
  for (guint i = 0; i < dhk_draft_get_files (draft)->len; i++)
    {
      GtkWidget *columns = dhk_import_create_columns_row (draft, i);
      GtkWidget *aside = dhk_import_create_aside_row (draft, i);

      if (columns != NULL)
        gtk_list_box_append (self->certain, columns);
      dhk_import_add_notes (draft, i, self->notes);
      if (aside != NULL)
        gtk_list_box_append (self->notes, aside);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->certain), has_rows (self->certain));
  gtk_widget_set_visible (self->attention, has_rows (self->notes));

  outcome = dhk_import_dup_outcome (draft);
  gtk_label_set_text (self->outcome_label, outcome);
  totals = dhk_draft_get_totals (draft, NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.commit",
                                 dhk_draft_get_questions (draft)->len == 0
                                     && totals.added + totals.changed + totals.aside > 0);
}

static void
take_draft (DhkImportPage *self, DhkDraft *draft)
{
  g_clear_pointer (&self->draft, dhk_draft_unref);
  self->draft = draft;
  show_files (self);
  show_draft (self);
}

static void
reset (DhkImportPage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->committing = FALSE;
  g_ptr_array_set_size (self->files, 0);
  g_hash_table_remove_all (self->answers);
  clear_list (self->questions);
  show_progress (self, NULL);
  show_problem (self, NULL);
  take_draft (self, NULL);
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
  show_progress (self, NULL);
  if (draft == NULL)
    {
      g_autofree char *text = dhk_message_from_error (error);

      show_problem (self, text);
    }
  take_draft (self, g_steal_pointer (&draft));
}

static void
read_files (DhkImportPage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  show_problem (self, NULL);
  if (self->files->len == 0)
    {
      reset (self);
      return;
    }

  self->cancellable = g_cancellable_new ();
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.commit", FALSE);
  show_files (self);
  show_progress (self, _ ("Reading…"));
  dhk_session_read_async (self->session, self->files, self->answers, progress_cb, self,
                          self->cancellable, read_cb, g_object_ref (self));
}

void
dhk_import_page_add_files (DhkImportPage *self, GPtrArray *files)
{
  g_return_if_fail (DHK_IS_IMPORT_PAGE (self));
  g_return_if_fail (files != NULL);

  if (self->committing)
    return;
  for (guint i = 0; i < files->len; i++)
    {
      GFile *file = g_ptr_array_index (files, i);

      if (!g_ptr_array_find_with_equal_func (self->files, file, (GEqualFunc) g_file_equal, NULL))
        g_ptr_array_add (self->files, g_object_ref (file));
    }
  read_files (self);
}

static void
files_chosen (GPtrArray *files, gpointer owner)
{
  dhk_import_page_add_files (DHK_IMPORT_PAGE (owner), files);
}

void
dhk_import_page_choose (DhkImportPage *self)
{
  static const char *const suffixes[] = { "xlsx", "csv", "txt", "tsv", NULL };
  const DhkFileKind kind = { _ ("Exported answers (Excel, CSV)"), suffixes };
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

  row = find_question_row (self, question);
  if (row != NULL)
    dhk_question_row_choose (row, choice);
}

DhkDraft *
dhk_import_page_get_draft (DhkImportPage *self)
{
  g_return_val_if_fail (DHK_IS_IMPORT_PAGE (self), NULL);
  return self->cancellable == NULL ? self->draft : NULL;
}

/* Storing ----------------------------------------------------------------- */

static void
committed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DhkImportPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  guint added;

  if (self->session == NULL)
    return;
  if (!dhk_session_change_finish (DHK_SESSION (source), result, &error))
    {
      self->committing = FALSE;
      g_clear_object (&self->cancellable);
      show_progress (self, NULL);
      take_draft (self, g_steal_pointer (&self->draft));
      dhk_message_show_error (GTK_WIDGET (self), _ ("Nothing was added to the study"), error);
      return;
    }

  added = (guint) dhk_draft_get_totals (self->draft, NULL).added;
  text = g_strdup_printf (ngettext ("%u respondent added", "%u respondents added", added), added);
  g_clear_object (&self->cancellable);
  reset (self);
  dhk_message_toast (GTK_WIDGET (self), text, _ ("_Undo"), "win.undo");
  gtk_widget_activate_action (GTK_WIDGET (self), "win.page", "s", "overview");
}

static void
commit_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DhkImportPage *self = DHK_IMPORT_PAGE (widget);

  if (self->draft == NULL || self->cancellable != NULL)
    return;
  self->committing = TRUE;
  self->cancellable = g_cancellable_new ();
  gtk_widget_action_set_enabled (widget, "import.commit", FALSE);
  show_files (self);
  show_progress (self, _ ("Adding to the study…"));
  dhk_session_commit_async (self->session, self->draft, NULL, self->cancellable, committed_cb,
                            g_object_ref (self));
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

/* The study holds something else now: what is new in these files may have changed. */
static void
session_changed_cb (DhkSession *session, gpointer user_data)
{
  DhkImportPage *self = DHK_IMPORT_PAGE (user_data);

  if (self->draft != NULL && !self->committing)
    read_files (self);
}

/* Life -------------------------------------------------------------------- */

static void
dhk_import_page_dispose (GObject *object)
{
  DhkImportPage *self = DHK_IMPORT_PAGE (object);
  GtkWidget *child;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
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
  g_hash_table_unref (self->answers);

  G_OBJECT_CLASS (dhk_import_page_parent_class)->finalize (object);
}

static void
dhk_import_page_class_init (DhkImportPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dhk_import_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = dhk_import_page_finalize;

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
  gtk_widget_class_bind_template_child (widget_class, DhkImportPage, questions);
  gtk_widget_class_bind_template_child (widget_class, DhkImportPage, certain);
  gtk_widget_class_bind_template_child (widget_class, DhkImportPage, attention);
  gtk_widget_class_bind_template_child (widget_class, DhkImportPage, outcome);
  gtk_widget_class_bind_template_child (widget_class, DhkImportPage, outcome_label);
  gtk_widget_class_bind_template_child (widget_class, DhkImportPage, notes);
  gtk_widget_class_bind_template_callback (widget_class, remove_file_cb);
  gtk_widget_class_install_action (widget_class, "import.choose", NULL, choose_action);
  gtk_widget_class_install_action (widget_class, "import.commit", NULL, commit_action);
  gtk_widget_class_install_action (widget_class, "import.cancel", NULL, cancel_action);
}

static void
dhk_import_page_init (DhkImportPage *self)
{
  self->files = g_ptr_array_new_with_free_func (g_object_unref);
  self->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
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
  return GTK_WIDGET (self);
}
