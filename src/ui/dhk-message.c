/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/dhk-message.h"

#include <glib/gi18n.h>

/* So long a toast takes to come. */
#define SHOWN_AFTER_MS 700

/* What the system said, in our words; NULL when the message is a sentence of ours. */
static const char *
get_system_sentence (const GError *error)
{
  if (error->domain != G_IO_ERROR)
    return NULL;

  switch (error->code)
    {
    case G_IO_ERROR_NOT_FOUND:
      return _ ("The file or folder is no longer there. Choose another one.");
    case G_IO_ERROR_PERMISSION_DENIED:
    case G_IO_ERROR_READ_ONLY:
      return _ ("You may not write in this folder. Choose another folder.");
    case G_IO_ERROR_NO_SPACE:
      return _ ("The disk is full. Make room, or choose another disk, and try again.");
    case G_IO_ERROR_IS_DIRECTORY:
      return _ ("This is a folder. Choose a file.");
    default:
      return NULL;
    }
}

char *
dhk_message_from_error (const GError *error)
{
  const char *sentence;

  if (error == NULL)
    return g_strdup (_ ("Nothing was changed. Try again."));
  sentence = get_system_sentence (error);
  return g_strdup (sentence != NULL ? sentence : error->message);
}

void
dhk_message_show_error (GtkWidget *widget, const char *heading, const GError *error)
{
  g_autofree char *body = NULL;
  GtkRoot *root;
  GtkWidget *dialog;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (heading != NULL);

  if (error != NULL && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  body = dhk_message_from_error (error);
  root = gtk_widget_get_root (widget);
  dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, heading, body);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "close");
  gtk_window_present (GTK_WINDOW (dialog));
}

static gboolean
escape_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  gtk_window_close (GTK_WINDOW (gtk_widget_get_root (widget)));
  return TRUE;
}

static void
add_escape (GtkWidget *widget)
{
  GtkEventController *shortcuts = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (shortcuts),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                        gtk_callback_action_new (escape_cb, NULL, NULL)));
  gtk_widget_add_controller (widget, shortcuts);
}

void
dhk_message_close_by_escape (GtkWidget *window, GtkWidget *content)
{
  g_return_if_fail (GTK_IS_WINDOW (window));

  add_escape (window);
  if (content != NULL)
    add_escape (content);
}

static GtkWidget *
find_overlay_below (GtkWidget *widget)
{
  if (ADW_IS_TOAST_OVERLAY (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *overlay = find_overlay_below (child);

      if (overlay != NULL)
        return overlay;
    }
  return NULL;
}

/* Around the widget, or in it when it is the window itself. */
static GtkWidget *
find_overlay (GtkWidget *widget)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);

  return overlay == NULL && GTK_IS_WINDOW (widget) ? find_overlay_below (widget) : overlay;
}

/* libadwaita 1.2 forgets about a toast that is told to go while it is going. */
static void
dismissed_cb (AdwToast *toast, gpointer user_data)
{
  GObject *overlay = user_data;

  if (g_object_get_data (overlay, "dhk-toast") == toast)
    g_object_set_data (overlay, "dhk-toast", NULL);
}

static void
set_since (GObject *overlay)
{
  gint64 *since = g_new (gint64, 1);

  *since = g_get_monotonic_time ();
  g_object_set_data_full (overlay, "dhk-toast-since", since, g_free);
}

static gboolean
shown_cb (gpointer user_data)
{
  GObject *overlay = user_data;
  g_autoptr (AdwToast) leaving = g_object_steal_data (overlay, "dhk-toast-leaving");

  adw_toast_dismiss (leaving);
  set_since (overlay);
  return G_SOURCE_REMOVE;
}

/* Nor may one go that is still coming (libadwaita 1.2 again). One behind it waits, and may. */
static void
take_away (GObject *overlay, AdwToast *toast)
{
  const gint64 *since = g_object_get_data (overlay, "dhk-toast-since");

  if (g_object_get_data (overlay, "dhk-toast-leaving") != NULL
      || g_get_monotonic_time () - *since > SHOWN_AFTER_MS * 1000)
    {
      adw_toast_dismiss (toast);
      return;
    }
  g_object_set_data_full (overlay, "dhk-toast-leaving", g_object_ref (toast), g_object_unref);
  g_timeout_add_full (G_PRIORITY_DEFAULT, SHOWN_AFTER_MS, shown_cb, g_object_ref (overlay),
                      g_object_unref);
}

void
dhk_message_toast (GtkWidget *widget, const char *text, const char *button, const char *action)
{
  GtkWidget *overlay;
  AdwToast *toast, *old;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (text != NULL);

  overlay = find_overlay (widget);
  if (overlay == NULL)
    return;

  /* What happened before is no longer what can be undone. */
  old = g_object_get_data (G_OBJECT (overlay), "dhk-toast");
  if (old != NULL)
    take_away (G_OBJECT (overlay), old);
  set_since (G_OBJECT (overlay));

  toast = adw_toast_new (text);
  g_object_set_data_full (G_OBJECT (overlay), "dhk-toast", g_object_ref (toast), g_object_unref);
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (dismissed_cb), overlay, 0);
  if (button != NULL && action != NULL)
    {
      adw_toast_set_button_label (toast, button);
      adw_toast_set_detailed_action_name (toast, action);
    }
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
}

void
dhk_message_toast_file (GtkWidget *widget, const char *text, GFile *file)
{
  g_autofree char *uri = NULL;
  g_autofree char *action = NULL;

  g_return_if_fail (G_IS_FILE (file));

  uri = g_file_get_uri (file);
  action = g_strconcat ("win.show-file::", uri, NULL);
  dhk_message_toast (widget, text, _ ("_Open"), action);
}
