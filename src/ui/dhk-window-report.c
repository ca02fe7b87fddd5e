/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window: a problem report, read before it is saved. */

#include "ui/dhk-window-protect.h"

#include <glib/gi18n.h>
#include <string.h>

#include "export/dhk-atomic.h"
#include "store/dhk-problem-report.h"
#include "ui/dhk-choose.h"
#include "ui/dhk-help-window.h"
#include "ui/dhk-message.h"
#include "ui/dhk-window-private.h"

#define REPORT "dhk-problem-report"
#define WIDTH 620
#define HEIGHT 560

static void
report_chosen (GPtrArray *files, gpointer owner)
{
  GtkWidget *window = GTK_WIDGET (owner);
  const char *text = g_object_get_data (G_OBJECT (window), REPORT);
  g_autoptr (GError) error = NULL;

  if (dhk_atomic_replace (g_ptr_array_index (files, 0), text, strlen (text), NULL, &error))
    dhk_message_toast (window, _ ("The problem report was saved"), NULL, NULL);
  else
    dhk_message_show_error (window, _ ("The problem report was not saved"), error);
}

static void
save_cb (GtkButton *button, gpointer user_data)
{
  static const char *const suffixes[] = { "txt", NULL };
  const DhkFileKind kind = { _ ("Plain text"), suffixes };
  const DhkChoice choice = { .title = _ ("Save the Problem Report"),
                             .accept = _ ("_Save"),
                             .save = TRUE,
                             .suggested_name = _ ("Problem report"),
                             .kinds = &kind,
                             .n_kinds = 1 };

  dhk_choose (GTK_WIDGET (user_data), &choice, report_chosen);
}

static GtkWidget *
make_text (const char *text)
{
  GtkWidget *view = gtk_text_view_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), text, -1);
  gtk_text_view_set_editable (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_cursor_visible (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_monospace (GTK_TEXT_VIEW (view), TRUE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 12);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), 12);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Problem report"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), view);
  gtk_scrolled_window_set_has_frame (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_widget_set_vexpand (scrolled, TRUE);
  return scrolled;
}

static GtkWidget *
make_content (GtkWidget *window, const char *text)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *label = gtk_label_new (_ (
      "This goes to those who make Driehoek, if you send it: it says how the program and the "
      "study are. It has no answers, no names and no texts that somebody typed. Read it first; the "
      "text is in English."));
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Save…"));

  gtk_widget_add_css_class (box, "page");
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (button, "suggested-action");
  gtk_widget_set_halign (button, GTK_ALIGN_END);
  g_signal_connect_object (button, "clicked", G_CALLBACK (save_cb), window, 0);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), make_text (text));
  gtk_box_append (GTK_BOX (box), button);
  return box;
}

static void
show (DhkWindow *self, const char *text)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *toasts = adw_toast_overlay_new ();
  GtkWidget *content = make_content (window, text);

  g_object_set_data_full (G_OBJECT (window), REPORT, g_strdup (text), g_free);
  gtk_window_set_title (GTK_WINDOW (window), _ ("Problem Report"));
  dhk_help_set_topic (window, "safety");
  gtk_window_set_default_size (GTK_WINDOW (window), WIDTH, HEIGHT);
  gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (self));
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  dhk_message_close_by_escape (window, content);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (toasts), content);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), toasts);
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));
}

static char *
describe_window (void)
{
  return g_strdup_printf ("GTK %u.%u.%u, libadwaita %u.%u.%u", gtk_get_major_version (),
                          gtk_get_minor_version (), gtk_get_micro_version (),
                          adw_get_major_version (), adw_get_minor_version (),
                          adw_get_micro_version ());
}

static void
made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DhkWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = dhk_session_make_report_finish (DHK_SESSION (source), result, &error);

  if (text != NULL)
    show (self, text);
  else
    dhk_message_show_error (GTK_WIDGET (self), _ ("The problem report was not made"), error);
}

void
dhk_window_make_report (DhkWindow *self)
{
  g_autofree char *libraries = describe_window ();
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_return_if_fail (DHK_IS_WINDOW (self));

  if (self->session != NULL)
    {
      dhk_session_make_report_async (self->session, libraries, made_cb, g_object_ref (self));
      return;
    }
  if (self->damaged != NULL)
    error = g_error_new_literal (DHK_STORE_ERROR, DHK_STORE_ERROR_DAMAGED, "");
  text = dhk_problem_report_new (NULL, self->damaged, error, libraries);
  show (self, text);
}
