/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What can be done on the Responses page, and how it is asked and told. */

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "ui/dhk-answer-editor.h"
#include "ui/dhk-answer-popover.h"
#include "ui/dhk-choices-editor.h"
#include "ui/dhk-history-list.h"
#include "ui/dhk-message.h"
#include "ui/dhk-responses-private.h"

/* Changes ----------------------------------------------------------------- */

typedef struct
{
  DhkResponsesPage *page;
  char *done;         /* the toast */
  const char *failed; /* the heading of the message */
  gboolean can_undo;
} Change;

gpointer
dhk_responses_change_new (DhkResponsesPage *self, char *done, const char *failed, gboolean can_undo)
{
  Change *change = g_new0 (Change, 1);

  change->page = g_object_ref (self);
  change->done = done;
  change->failed = failed;
  change->can_undo = can_undo;
  return change;
}

static void
change_free (Change *change)
{
  g_object_unref (change->page);
  g_free (change->done);
  g_free (change);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Change, change_free)

void
dhk_responses_changed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Change) change = user_data;
  g_autoptr (GError) error = NULL;

  if (dhk_session_change_finish (DHK_SESSION (source), result, &error))
    {
      dhk_message_toast (GTK_WIDGET (change->page), change->done,
                         change->can_undo ? _ ("_Undo") : NULL,
                         change->can_undo ? "win.undo" : NULL);
      return;
    }
  dhk_answer_grid_drop_pending (change->page->grid);
  dhk_message_show_error (GTK_WIDGET (change->page), change->failed, error);
}

/* Correcting -------------------------------------------------------------- */

typedef struct
{
  DhkResponsesPage *page;
  gint64 respondent;
  DhkQuestion question;
  char *name;
} Correction;

static void
correction_free (gpointer data)
{
  Correction *self = data;

  g_free (self->name);
  g_free (self);
}

static void
chosen_cb (int code, double number, gpointer user_data)
{
  Correction *correction = user_data;
  DhkResponsesPage *self = correction->page;
  g_autofree char *answer = NULL;

  if (self->session == NULL)
    return;
  answer = dhk_answer_dup_long (dhk_respondents_get_instrument (self->list), &correction->question,
                                code, number);
  dhk_answer_grid_add_pending (self->grid, correction->respondent, &correction->question, code,
                               number);
  dhk_session_set_cell_async (
      self->session, correction->respondent, &correction->question, code, number,
      dhk_responses_changed_cb,
      dhk_responses_change_new (self, g_strdup_printf ("%s: %s", correction->name, answer),
                                _ ("The answer was not corrected"), TRUE));
}

/* Several choices: one answer, whichever of its cells was pointed at --------- */

static DhkQuestion
get_choice_question (const DhkChoices *choices, guint choice)
{
  return (DhkQuestion){ .item = -1,
                        .variable = (int) (choices->first + choice),
                        .target = DHK_NO_TARGET };
}

/* What is there now, a code for each choice. Free with g_free(). */
static gint8 *
dup_codes (DhkResponsesPage *self, guint row, const DhkChoices *choices)
{
  gint8 *codes = g_new (gint8, choices->n_choices);

  for (guint i = 0; i < choices->n_choices; i++)
    {
      const DhkQuestion question = get_choice_question (choices, i);
      gboolean is_corrected;
      double number;

      codes[i]
          = (gint8) dhk_answer_grid_get_answer (self->grid, row, &question, &number, &is_corrected);
    }
  return codes;
}

static void
choices_chosen_cb (const gint8 *codes, gpointer user_data)
{
  Correction *correction = user_data;
  DhkResponsesPage *self = correction->page;
  DhkInstrument *instrument = dhk_respondents_get_instrument (self->list);
  const DhkChoices *choices
      = dhk_instrument_get_question_choices (instrument, &correction->question);
  int row = dhk_respondents_find (self->list, correction->respondent);
  g_autofree gint8 *now = row >= 0 ? dup_codes (self, (guint) row, choices) : NULL;
  g_autofree char *answer = dhk_choices_dup_chosen (choices, codes, dhk_language_of_messages ());

  if (self->session == NULL || now == NULL || memcmp (now, codes, choices->n_choices) == 0)
    return;
  for (guint i = 0; i < choices->n_choices; i++)
    {
      const DhkQuestion question = get_choice_question (choices, i);

      dhk_answer_grid_add_pending (self->grid, correction->respondent, &question, codes[i], NAN);
    }
  dhk_session_set_choices_async (
      self->session, correction->respondent,
      (guint) dhk_instrument_find_choices (instrument, choices->id), codes, choices->n_choices,
      dhk_responses_changed_cb,
      dhk_responses_change_new (self, g_strdup_printf ("%s: %s", correction->name, answer),
                                _ ("The answer was not corrected"), TRUE));
}

static GtkWidget *
open_choices (DhkResponsesPage *self, guint row, Correction *correction)
{
  DhkInstrument *instrument = dhk_respondents_get_instrument (self->list);
  const DhkQuestion *question = &correction->question;
  const DhkChoices *choices = dhk_instrument_get_question_choices (instrument, question);
  GdkRectangle area = dhk_answer_grid_get_focus_area (self->grid);
  g_autofree gint8 *codes = dup_codes (self, row, choices);

  return dhk_choices_editor_open (GTK_WIDGET (self->grid), &area, instrument, choices,
                                  dhk_text_get (&question->whole, dhk_language_of_messages ()),
                                  codes, (guint) question->variable - choices->first,
                                  choices_chosen_cb, correction);
}

void
dhk_responses_edit (DhkResponsesPage *self, int digit)
{
  Correction *correction;
  DhkInstrument *instrument;
  const DhkQuestion *question;
  GtkWidget *popover;
  GdkRectangle area = dhk_answer_grid_get_focus_area (self->grid);
  gboolean is_corrected;
  double number;
  guint row;
  int code;

  if (self->list == NULL || !dhk_answer_grid_get_focus (self->grid, &row, &question))
    return;
  if (self->session == NULL || dhk_session_is_read_only (self->session))
    {
      dhk_message_toast (GTK_WIDGET (self), _ ("This study is read-only: correct a copy of it"),
                         NULL, NULL);
      return;
    }
  instrument = dhk_respondents_get_instrument (self->list);
  code = dhk_answer_grid_get_answer (self->grid, row, question, &number, &is_corrected);
  correction = g_new0 (Correction, 1);
  correction->page = self;
  correction->respondent = dhk_respondents_get_id (self->list, row);
  correction->question = *question;
  correction->name = dhk_answer_dup_name (self->list, row);
  if (dhk_instrument_get_question_choices (instrument, question) != NULL)
    popover = open_choices (self, row, correction);
  else
    popover = dhk_answer_editor_open (GTK_WIDGET (self->grid), &area, instrument, question, code,
                                      number, digit, chosen_cb, correction);
  g_object_set_data_full (G_OBJECT (popover), "correction", correction, correction_free);
}

static void
edit_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  dhk_responses_edit (DHK_RESPONSES_PAGE (widget), -1);
}

/* Leaving out ------------------------------------------------------------- */

static char *
dup_selected_name (DhkResponsesPage *self, const GArray *selected)
{
  guint n = selected->len;
  guint row;
  const DhkQuestion *question;

  if (n == 1 && dhk_answer_grid_get_focus (self->grid, &row, &question))
    return dhk_answer_dup_name (self->list, row);
  return g_strdup_printf (ngettext ("%u respondent", "%u respondents", n), n);
}

static void
set_exclusion (DhkResponsesPage *self, GArray *selected, const char *reason)
{
  g_autofree char *name = dup_selected_name (self, selected);

  dhk_session_exclude_async (
      self->session, (const gint64 *) (gpointer) selected->data, selected->len, reason,
      dhk_responses_changed_cb,
      dhk_responses_change_new (
          self,
          reason != NULL ? g_strdup_printf (_ ("%s excluded"), name)
                         : g_strdup_printf (_ ("%s included again"), name),
          reason != NULL ? _ ("Nobody was excluded") : _ ("Nobody was included"), TRUE));
}

static void
exclude_answered_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  DhkResponsesPage *self = DHK_RESPONSES_PAGE (user_data);
  GtkEditable *entry = GTK_EDITABLE (adw_message_dialog_get_extra_child (dialog));
  GArray *selected = g_object_get_data (G_OBJECT (dialog), "selected");

  if (g_str_equal (response, "exclude") && self->session != NULL)
    set_exclusion (self, selected, gtk_editable_get_text (entry));
}

AdwMessageDialog *
dhk_responses_create_dialog (DhkResponsesPage *self, const char *heading, const char *body)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                              heading, body);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"));
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  return ADW_MESSAGE_DIALOG (dialog);
}

static void
exclude_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DhkResponsesPage *self = DHK_RESPONSES_PAGE (widget);
  GArray *selected = dhk_answer_grid_dup_selected (self->grid);
  g_autofree char *who = dup_selected_name (self, selected);
  g_autofree char *heading = g_strdup_printf (_ ("Exclude %s?"), who);
  AdwMessageDialog *dialog = dhk_responses_create_dialog (
      self, heading,
      _ ("They stay in the study and in this list, and count in no table, chart or export. The "
         "reason stands in their history."));
  GtkWidget *entry = gtk_entry_new ();

  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _ ("Reason"));
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Reason"), -1);
  adw_message_dialog_set_extra_child (dialog, entry);
  adw_message_dialog_add_response (dialog, "exclude", _ ("_Exclude"));
  adw_message_dialog_set_default_response (dialog, "exclude");
  g_object_set_data_full (G_OBJECT (dialog), "selected", selected, (GDestroyNotify) g_array_unref);
  g_signal_connect_object (dialog, "response", G_CALLBACK (exclude_answered_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (entry);
}

static void
include_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DhkResponsesPage *self = DHK_RESPONSES_PAGE (widget);
  g_autoptr (GArray) selected = dhk_answer_grid_dup_selected (self->grid);

  set_exclusion (self, selected, NULL);
}

/* History ----------------------------------------------------------------- */

static void
history_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DhkResponsesPage) self = user_data;
  g_autoptr (GPtrArray) entries
      = dhk_session_load_history_finish (DHK_SESSION (source), result, NULL);

  if (entries != NULL && self->session != NULL)
    dhk_history_list_fill (self->history_list, entries);
}

void
dhk_responses_load_history (DhkResponsesPage *self)
{
  const DhkQuestion *question;
  g_autofree char *name = NULL;
  g_autofree char *title = NULL;
  guint row;

  if (!gtk_widget_get_visible (self->history_box) || self->session == NULL
      || !dhk_answer_grid_get_focus (self->grid, &row, &question))
    return;
  name = dhk_answer_dup_name (self->list, row);
  title = g_strdup_printf (_ ("History of %s"), name);
  gtk_label_set_text (self->history_title, title);
  g_cancellable_cancel (self->history);
  g_clear_object (&self->history);
  self->history = g_cancellable_new ();
  dhk_session_load_history_async (self->session, dhk_respondents_get_id (self->list, row),
                                  self->history, history_loaded_cb, g_object_ref (self));
}

static void
history_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DhkResponsesPage *self = DHK_RESPONSES_PAGE (widget);
  gboolean show = !gtk_widget_get_visible (self->history_box);

  gtk_widget_set_visible (self->history_box, show);
  if (show)
    dhk_responses_load_history (self);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->grid));
}

static gboolean
close_history_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  if (!gtk_widget_get_visible (DHK_RESPONSES_PAGE (widget)->history_box))
    return FALSE;
  history_action (widget, "responses.history", NULL);
  return TRUE;
}

/* The rest ---------------------------------------------------------------- */

void
dhk_responses_show_menu (DhkResponsesPage *self)
{
  GtkWidget *menu = gtk_popover_menu_new_from_model (self->cell_menu);
  GdkRectangle area = dhk_answer_grid_get_focus_area (self->grid);

  gtk_popover_set_has_arrow (GTK_POPOVER (menu), FALSE);
  dhk_answer_popover_open (menu, GTK_WIDGET (self->grid), &area);
}

static void
copy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DhkResponsesPage *self = DHK_RESPONSES_PAGE (widget);
  g_autofree char *text = dhk_answer_grid_dup_text (self->grid);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  dhk_message_toast (widget, _ ("Copied"), NULL, NULL);
}

static void
search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (DHK_RESPONSES_PAGE (widget)->search));
}

static void
show_all_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  dhk_responses_page_set_filter (DHK_RESPONSES_PAGE (widget), -1, 0);
  gtk_widget_grab_focus (GTK_WIDGET (DHK_RESPONSES_PAGE (widget)->grid));
}

static void
sort_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DhkResponsesPage *self = DHK_RESPONSES_PAGE (widget);
  const DhkQuestion *question;
  guint row;

  if (!dhk_answer_grid_get_focus (self->grid, &row, &question))
    return;
  self->sort = g_str_has_suffix (name, "none") ? NULL : question;
  self->sort_down = g_str_has_suffix (name, "down");
  dhk_responses_update_rows (self);
}

/* The table --------------------------------------------------------------- */

void
dhk_responses_update_actions (DhkResponsesPage *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  const DhkQuestion *question;
  guint row = 0;
  gboolean has_focus
      = self->list != NULL && dhk_answer_grid_get_focus (self->grid, &row, &question);
  gboolean is_excluded = has_focus && dhk_respondents_is_excluded (self->list, row);
  gboolean may_change = self->session != NULL && !dhk_session_is_read_only (self->session);
  static const char *const of_a_cell[]
      = { "responses.copy", "responses.history", "responses.sort-up", "responses.sort-down",
          "responses.sort-none" };

  for (guint i = 0; i < G_N_ELEMENTS (of_a_cell); i++)
    gtk_widget_action_set_enabled (widget, of_a_cell[i], has_focus);
  gtk_widget_action_set_enabled (widget, "responses.edit", has_focus && may_change);
  gtk_widget_action_set_enabled (widget, "responses.erase", has_focus && may_change);
  gtk_widget_action_set_enabled (widget, "responses.exclude",
                                 has_focus && may_change && !is_excluded);
  gtk_widget_action_set_enabled (widget, "responses.include", may_change && is_excluded);
  gtk_widget_set_visible (self->exclude_button, !is_excluded);
  gtk_widget_set_visible (self->include_button, is_excluded);
}

void
dhk_responses_install_actions (GtkWidgetClass *klass)
{
  static const struct
  {
    const char *name;
    GtkWidgetActionActivateFunc activate;
    guint key;
    GdkModifierType modifiers;
  } actions[] = {
    { "responses.edit", edit_action, 0, 0 },
    { "responses.copy", copy_action, GDK_KEY_c, GDK_CONTROL_MASK },
    { "responses.search", search_action, 0, 0 },
    { "responses.exclude", exclude_action, GDK_KEY_X, GDK_CONTROL_MASK | GDK_SHIFT_MASK },
    { "responses.include", include_action, GDK_KEY_I, GDK_CONTROL_MASK | GDK_SHIFT_MASK },
    { "responses.history", history_action, GDK_KEY_h, GDK_CONTROL_MASK },
    { "responses.erase", dhk_responses_erase_action, 0, 0 },
    { "responses.show-all", show_all_action, 0, 0 },
    { "responses.sort-up", sort_action, GDK_KEY_Up, GDK_ALT_MASK },
    { "responses.sort-down", sort_action, GDK_KEY_Down, GDK_ALT_MASK },
    { "responses.sort-none", sort_action, GDK_KEY_BackSpace, GDK_ALT_MASK },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      gtk_widget_class_install_action (klass, actions[i].name, NULL, actions[i].activate);
      if (actions[i].key != 0)
        gtk_widget_class_add_binding_action (klass, actions[i].key, actions[i].modifiers,
                                             actions[i].name, NULL);
    }
  /* Not an action: Escape is for whoever is next when no history is shown. */
  gtk_widget_class_add_binding (klass, GDK_KEY_Escape, 0, close_history_cb, NULL);
}

static gboolean
search_key_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  return gtk_widget_get_mapped (widget)
         && gtk_widget_activate_action_variant (widget, "responses.search", NULL);
}

/* Wherever in the window the focus is: this page's search is the only one it can mean. */
void
dhk_responses_add_search_key (DhkResponsesPage *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller),
                                     GTK_SHORTCUT_SCOPE_GLOBAL);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_f, GDK_CONTROL_MASK),
                        gtk_callback_action_new (search_key_cb, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}
