/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The window: until when the answers of the study may be kept, the reminder of it, and the
 * end of a study. Nothing is erased but by somebody who said so twice.
 */

#include "ui/dhk-window-protect.h"

#include <glib/gi18n.h>

#include "store/dhk-store-retention.h"
#include "ui/dhk-help-window.h"
#include "ui/dhk-message.h"
#include "ui/dhk-notice.h"
#include "ui/dhk-state.h"
#include "ui/dhk-window-private.h"

static void
get_today (GDate *today)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  int year, month, day;

  g_date_time_get_ymd (now, &year, &month, &day);
  g_date_clear (today, 1);
  g_date_set_dmy (today, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
}

/* The reminder ------------------------------------------------------------------------- */

static char *
dup_reminder (const char *day)
{
  g_autofree char *date = dhk_retention_describe (day);
  GDate today;
  int left;

  get_today (&today);
  left = dhk_retention_count_days (day, &today);
  if (left > DHK_RETENTION_NOTICE_DAYS)
    return NULL;
  if (left < 0)
    return g_strdup_printf (_ ("The answers of this study might be kept until %s. That is past."),
                            date);
  return g_strdup_printf (ngettext ("The answers of this study may be kept until %s: %d more day.",
                                    "The answers of this study may be kept until %s: %d more days.",
                                    (gulong) left),
                          date, left);
}

void
dhk_window_update_reminder (DhkWindow *self)
{
  const char *day = self->session != NULL ? dhk_session_get_retention (self->session) : NULL;
  g_autofree char *text = NULL;

  /* Who put it away has seen it; another date is another matter. */
  if (g_strcmp0 (day, self->reminded) == 0)
    return;
  g_free (self->reminded);
  self->reminded = g_strdup (day);
  dhk_window_set_notice (self, &self->reminder, NULL);
  text = day != NULL ? dup_reminder (day) : NULL;
  if (text == NULL)
    return;
  dhk_window_set_notice (self, &self->reminder, dhk_notice_new (text));
  dhk_notice_add_action (self->reminder, _ ("_Change Date…"), "win.retention");
  dhk_notice_add_action (self->reminder, _ ("_Erase…"), "win.erase-study");
  dhk_notice_add_close (self->reminder);
}

/* The date --------------------------------------------------------------------------------- */

typedef struct
{
  AdwMessageDialog *dialog;
  DhkWindow *window;
  GtkEditable *entry;
  GtkWidget *refusal; /* why the date cannot be set */
  GtkCalendar *calendar;
} Dating;

static void
dated_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DhkWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!dhk_session_change_finish (DHK_SESSION (source), result, &error))
    dhk_message_show_error (GTK_WIDGET (self), _ ("The date was not changed"), error);
  else
    dhk_message_toast (GTK_WIDGET (self),
                       dhk_session_get_retention (DHK_SESSION (source)) != NULL
                           ? _ ("The date was set")
                           : _ ("There is no date any more"),
                       _ ("_Undo"), "win.undo");
}

static void
date_response_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  g_autofree Dating *dating = user_data;
  g_autoptr (DhkWindow) self = dating->window;
  g_autofree char *day = dhk_retention_parse (gtk_editable_get_text (dating->entry));
  gboolean set = g_str_equal (response, "set");

  /* libadwaita 1.2 looks at a focused row once more after it is gone. */
  gtk_window_set_focus (GTK_WINDOW (dialog), NULL);
  g_signal_handlers_disconnect_by_data (dating->entry, dating);
  g_signal_handlers_disconnect_by_data (dating->calendar, dating);
  if (self->session != NULL && (set || g_str_equal (response, "none")))
    dhk_session_set_retention_async (self->session, set ? day : NULL, dated_cb,
                                     g_object_ref (self));
}

static void date_chosen_cb (GtkCalendar *calendar, gpointer user_data);

static void
date_typed_cb (GtkEditable *editable, gpointer user_data)
{
  Dating *dating = user_data;
  g_autofree char *day = dhk_retention_parse (gtk_editable_get_text (editable));
  g_autofree char *iso = day != NULL ? g_strconcat (day, "T12:00:00Z", NULL) : NULL;
  g_autoptr (GDateTime) time = iso != NULL ? g_date_time_new_from_iso8601 (iso, NULL) : NULL;

  adw_message_dialog_set_response_enabled (dating->dialog, "set", time != NULL);
  gtk_widget_set_opacity (dating->refusal, time == NULL ? 1 : 0);
  if (time == NULL)
    return;
  g_signal_handlers_block_by_func (dating->calendar, date_chosen_cb, dating);
  gtk_calendar_select_day (dating->calendar, time);
  g_signal_handlers_unblock_by_func (dating->calendar, date_chosen_cb, dating);
}

static void
date_chosen_cb (GtkCalendar *calendar, gpointer user_data)
{
  Dating *dating = user_data;
  g_autoptr (GDateTime) time = gtk_calendar_get_date (calendar);
  g_autofree char *text = g_date_time_format (time, "%d-%m-%Y");

  gtk_editable_set_text (dating->entry, text);
}

/* The date it has, or five years from now: only a beginning, the institution knows. */
static void
fill_date (Dating *dating, const char *day)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) later = g_date_time_add_years (now, 5);
  g_autofree char *iso = day != NULL ? g_strconcat (day, "T12:00:00Z", NULL) : NULL;
  g_autoptr (GDateTime) time = iso != NULL ? g_date_time_new_from_iso8601 (iso, NULL) : NULL;
  g_autofree char *text = g_date_time_format (time != NULL ? time : later, "%d-%m-%Y");

  gtk_editable_set_text (dating->entry, text);
}

/* With big letters the buttons would stand below the edge of a small screen. A day can be typed as well. */
static gboolean
has_room_for_calendar (DhkWindow *window)
{
  int dpi;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (window)), "gtk-xft-dpi", &dpi, NULL);
  return dpi < 1.5 * 96 * PANGO_SCALE;
}

static GtkWidget *
make_date_box (Dating *dating)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *label = gtk_label_new_with_mnemonic (_ ("_Keep until (day-month-year)"));

  dating->entry = GTK_EDITABLE (gtk_entry_new ());
  dating->refusal = gtk_label_new (_ ("This is no day: type it as 31-12-2030."));
  dating->calendar = GTK_CALENDAR (gtk_calendar_new ());
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), GTK_WIDGET (dating->entry));
  gtk_entry_set_activates_default (GTK_ENTRY (dating->entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (dating->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Keep until"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (dating->calendar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Keep until"), -1);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (dating->entry));
  gtk_label_set_xalign (GTK_LABEL (dating->refusal), 0);
  gtk_box_append (GTK_BOX (box), dating->refusal);
  gtk_widget_set_visible (GTK_WIDGET (dating->calendar), has_room_for_calendar (dating->window));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (dating->calendar));
  return box;
}

void
dhk_window_ask_retention (DhkWindow *self)
{
  Dating *dating;
  const char *day;

  g_return_if_fail (DHK_IS_WINDOW (self));
  g_return_if_fail (self->session != NULL);

  day = dhk_session_get_retention (self->session);
  dating = g_new0 (Dating, 1);
  dating->window = g_object_ref (self);
  dating->dialog = ADW_MESSAGE_DIALOG (
      adw_message_dialog_new (GTK_WINDOW (self), _ ("How Long May the Answers Be Kept?"),
                              _ ("Your institution sets this date. Driehoek reminds you of it from "
                                 "30 days before, each time "
                                 "the study is opened. It never erases anything by itself.")));
  dhk_help_set_topic (dating->dialog, "safety");
  adw_message_dialog_add_response (dating->dialog, "cancel", _ ("_Cancel"));
  if (day != NULL)
    adw_message_dialog_add_response (dating->dialog, "none", _ ("_No Date"));
  adw_message_dialog_add_response (dating->dialog, "set", _ ("_Set Date"));
  adw_message_dialog_set_response_appearance (dating->dialog, "set", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dating->dialog, "set");
  adw_message_dialog_set_close_response (dating->dialog, "cancel");
  adw_message_dialog_set_extra_child (dating->dialog, make_date_box (dating));
  g_signal_connect (dating->entry, "changed", G_CALLBACK (date_typed_cb), dating);
  g_signal_connect (dating->calendar, "day-selected", G_CALLBACK (date_chosen_cb), dating);
  fill_date (dating, day);
  g_signal_connect (dating->dialog, "response", G_CALLBACK (date_response_cb), dating);
  gtk_window_present (GTK_WINDOW (dating->dialog));
  gtk_widget_grab_focus (GTK_WIDGET (dating->entry));
}

/* The end ------------------------------------------------------------------------------------ */

typedef struct
{
  DhkWindow *window;
  GFile *file;
  char *name;
} Ending;

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Ending *ending = user_data;
  g_autoptr (DhkWindow) self = ending->window;
  g_autoptr (GFile) file = ending->file;
  g_autofree char *name = ending->name;
  g_autofree char *text = g_strdup_printf (_ ("“%s” was erased"), name);
  g_autoptr (GError) error = NULL;

  gboolean is_gone = dhk_session_change_finish (DHK_SESSION (source), result, &error);

  if (is_gone)
    dhk_state_remove_recent (file);
  dhk_window_set_opening (self, FALSE);
  if (is_gone)
    dhk_message_toast (GTK_WIDGET (self), text, NULL, NULL);
  else
    dhk_message_show_error (GTK_WIDGET (self), _ ("The study was not erased wholly"), error);
}

static void
end_response_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  g_autoptr (DhkWindow) self = user_data;
  g_autoptr (DhkSession) session = self->session != NULL ? g_object_ref (self->session) : NULL;
  Ending *ending;

  gtk_window_set_focus (GTK_WINDOW (dialog), NULL);
  if (!g_str_equal (response, "erase") || session == NULL)
    return;
  ending = g_new0 (Ending, 1);
  ending->window = g_object_ref (self);
  ending->file = g_object_ref (dhk_session_get_file (session));
  ending->name = g_strdup (dhk_session_get_name (session));
  dhk_window_set_session (self, NULL);
  dhk_window_set_opening (self, TRUE);
  dhk_session_close_async (session, TRUE, ended_cb, ending);
}

/* The second question: the name of the study, typed. */
static void
name_typed_cb (GtkEditable *entry, gpointer user_data)
{
  AdwMessageDialog *dialog = user_data;
  DhkWindow *self = DHK_WINDOW (gtk_window_get_transient_for (GTK_WINDOW (dialog)));

  adw_message_dialog_set_response_enabled (
      dialog, "erase",
      self->session != NULL
          && g_str_equal (gtk_editable_get_text (entry), dhk_session_get_name (self->session)));
}

static void
ask_name (DhkWindow *self)
{
  g_autofree char *body
      = g_strdup_printf (_ ("There is no way back. Type the name of the study, %s, to erase it."),
                         dhk_session_get_name (self->session));
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (
      adw_message_dialog_new (GTK_WINDOW (self), _ ("Erase This Study for Ever?"), body));
  GtkWidget *entry = gtk_entry_new ();

  dhk_help_set_topic (dialog, "safety");
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "erase", _ ("_Erase for Ever"),
                                    NULL);
  adw_message_dialog_set_response_appearance (dialog, "erase", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_enabled (dialog, "erase", FALSE);
  adw_message_dialog_set_default_response (dialog, "cancel");
  adw_message_dialog_set_close_response (dialog, "cancel");
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Name of the study"), -1);
  adw_message_dialog_set_extra_child (dialog, entry);
  g_signal_connect_object (entry, "changed", G_CALLBACK (name_typed_cb), dialog, 0);
  g_signal_connect (dialog, "response", G_CALLBACK (end_response_cb), g_object_ref (self));
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (entry);
}

static void
first_response_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  g_autoptr (DhkWindow) self = user_data;

  if (g_str_equal (response, "go-on") && self->session != NULL)
    ask_name (self);
}

void
dhk_window_ask_erase (DhkWindow *self)
{
  AdwMessageDialog *dialog;

  g_return_if_fail (DHK_IS_WINDOW (self));
  g_return_if_fail (self->session != NULL);

  dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (
      GTK_WINDOW (self), _ ("Erase All Answers of This Study?"),
      _ ("The study, its backups and its key file are overwritten and removed. Reports and tables "
         "that you exported stay, and so do copies that you put elsewhere: those you have to "
         "remove "
         "yourself. Make the report first if you still need it.")));
  dhk_help_set_topic (dialog, "safety");
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "go-on", _ ("_Go On…"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "go-on", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "cancel");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (first_response_cb), g_object_ref (self));
  gtk_window_present (GTK_WINDOW (dialog));
}
