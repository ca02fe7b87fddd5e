/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The window: the key file of the study. Who is in it is shown on demand, in a window of its own
 * that is closed again; nothing of it goes anywhere else.
 */

#include "ui/dhk-window-protect.h"

#include <glib/gi18n.h>

#include "ui/dhk-choose.h"
#include "ui/dhk-help-window.h"
#include "ui/dhk-message.h"
#include "ui/dhk-secret-dialog.h"
#include "ui/dhk-session-keys.h"
#include "ui/dhk-window-private.h"

/* So many are listed; who looks for somebody types a part of the name. */
#define MOST_LISTED 100

#define WIDTH 620
#define HEIGHT 560

typedef struct
{
  GtkWidget *window; /* an AdwWindow, lent by itself */
  DhkWindow *parent;
  DhkSession *session;
  GtkEditable *search;
  GtkListBox *list;
  GtkLabel *count;
  GtkWidget *missing;
  AdwToastOverlay *toasts;
  char *removing; /* pseudonym that is asked about, or NULL */
} Keys;

static void
keys_free (gpointer data)
{
  Keys *keys = data;

  g_object_unref (keys->parent);
  g_object_unref (keys->session);
  g_free (keys->removing);
  g_free (keys);
}

/* What hangs on the window, as long as that is there. */
static Keys *
get_keys (GtkWidget *window)
{
  return g_object_get_data (G_OBJECT (window), "dhk-keys");
}

static void refill (Keys *keys);

/* Somebody is taken out --------------------------------------------------------------------- */

/* What became of a change. */
static void
tell (
    GtkWidget *window, GObject *session, GAsyncResult *result, const char *done, const char *failed)
{
  g_autoptr (GError) error = NULL;

  if (dhk_session_change_finish (DHK_SESSION (session), result, &error))
    dhk_message_toast (window, done, NULL, NULL);
  else
    dhk_message_show_error (window, failed, error);
}

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) window = user_data;
  Keys *keys = get_keys (window);

  tell (window, source, result, _ ("Taken out of the key file"),
        _ ("The key file was not changed"));
  if (keys != NULL)
    refill (keys);
}

static void
remove_response_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  GtkWidget *window = GTK_WIDGET (user_data);
  Keys *keys = get_keys (window);

  if (keys != NULL && keys->removing != NULL && g_str_equal (response, "remove"))
    dhk_session_remove_name_async (keys->session, keys->removing, removed_cb,
                                   g_object_ref (window));
}

static void
remove_cb (GtkButton *button, gpointer user_data)
{
  Keys *keys = get_keys (GTK_WIDGET (user_data));
  AdwMessageDialog *dialog;
  g_autofree char *heading = NULL;

  g_free (keys->removing);
  keys->removing = g_strdup (g_object_get_data (G_OBJECT (button), "pseudonym"));
  heading = g_strdup_printf (_ ("Take the Person Behind %s Out?"), keys->removing);
  dialog = ADW_MESSAGE_DIALOG (
      adw_message_dialog_new (GTK_WINDOW (keys->window), heading,
                              _ ("The answers stay in the study, and nobody can tell any more "
                                 "whose they are. This cannot be "
                                 "undone.")));
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "remove", _ ("_Take Out"),
                                    NULL);
  adw_message_dialog_set_response_appearance (dialog, "remove", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "cancel");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (remove_response_cb), keys->window, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* The list ------------------------------------------------------------------------------------- */

static GtkWidget *
create_row (Keys *keys, const DhkNamed *named)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_with_label (_ ("Take Out…"));
  g_autofree char *label = g_strdup_printf (_ ("Take out the person behind %s"), named->pseudonym);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), named->pseudonym);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), named->text);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  g_object_set_data_full (G_OBJECT (button), "pseudonym", g_strdup (named->pseudonym), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_cb), keys->window, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

static char *
describe_count (const DhkNamedList *list)
{
  if (list->n_all == 0)
    return g_strdup (_ ("Nobody is in the key file yet. Names come with the next import."));
  if (list->n > list->named->len)
    return g_strdup_printf (_ ("The first %u of %u. Type a part of a name to find somebody."),
                            list->named->len, list->n);
  return g_strdup_printf (ngettext ("%u of %u person", "%u of %u persons", list->n_all), list->n,
                          list->n_all);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) window = user_data;
  Keys *keys = get_keys (window);
  g_autoptr (DhkNamedList) list
      = dhk_session_list_names_finish (DHK_SESSION (source), result, NULL);
  g_autofree char *count = NULL;
  GtkWidget *row;

  if (keys == NULL || list == NULL)
    return;
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (keys->list))) != NULL)
    gtk_list_box_remove (keys->list, row);
  for (guint i = 0; i < list->named->len; i++)
    gtk_list_box_append (keys->list, create_row (keys, g_ptr_array_index (list->named, i)));
  count = describe_count (list);
  gtk_label_set_text (keys->count, count);
  gtk_widget_set_visible (GTK_WIDGET (keys->list), list->named->len > 0);
}

static void
refill (Keys *keys)
{
  dhk_session_list_names_async (keys->session, gtk_editable_get_text (keys->search), MOST_LISTED,
                                listed_cb, g_object_ref (keys->window));
}

static void
search_cb (GtkSearchEntry *entry, gpointer user_data)
{
  Keys *keys = get_keys (GTK_WIDGET (user_data));

  if (keys != NULL)
    refill (keys);
}

/* The entry keeps Escape to itself: it forgets the words first, and closes the window then. */
static void
stop_search_cb (GtkSearchEntry *entry, gpointer user_data)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (entry)) != '\0')
    gtk_editable_set_text (GTK_EDITABLE (entry), "");
  else
    gtk_window_close (GTK_WINDOW (user_data));
}

/* What can be done with it ------------------------------------------------------------------------ */

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) window = user_data;

  tell (window, source, result, _ ("The names were exported, readable without a password"),
        _ ("The names were not exported"));
}

static void
export_chosen (GPtrArray *files, gpointer owner)
{
  Keys *keys = get_keys (GTK_WIDGET (owner));

  if (keys != NULL)
    dhk_session_export_names_async (keys->session, g_ptr_array_index (files, 0), exported_cb,
                                    g_object_ref (keys->window));
}

static void
export_response_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  static const char *const suffixes[] = { "csv", NULL };
  const DhkFileKind kind = { _ ("CSV: a row per person"), suffixes };
  const DhkChoice choice = { .title = _ ("Export Names"),
                             .accept = _ ("_Export"),
                             .save = TRUE,
                             .suggested_name = _ ("Names"),
                             .kinds = &kind,
                             .n_kinds = 1 };

  if (g_str_equal (response, "export"))
    dhk_choose (GTK_WIDGET (user_data), &choice, export_chosen);
}

static void
export_cb (GtkButton *button, gpointer user_data)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (
      GTK_WINDOW (user_data), _ ("Export the Names Readable?"),
      _ ("Everybody who gets the table can read the names and addresses, and with the study the "
         "answers of each person. Put it where nobody else comes, and delete it when it was "
         "used.")));

  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "export", _ ("_Export…"),
                                    NULL);
  adw_message_dialog_set_response_appearance (dialog, "export", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "cancel");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (export_response_cb), user_data, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
password_set_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) window = user_data;

  tell (window, source, result, _ ("The password of the key file was changed"),
        _ ("The password was not changed"));
}

static void
password_given (const char *password, gpointer owner)
{
  Keys *keys = get_keys (GTK_WIDGET (owner));

  if (keys != NULL && password != NULL)
    dhk_session_set_key_password_async (keys->session, password, password_set_cb,
                                        g_object_ref (keys->window));
}

static void
password_cb (GtkButton *button, gpointer user_data)
{
  dhk_secret_ask (
      GTK_WIDGET (user_data),
      &(DhkSecretQuestion){
          .heading = _ ("New Password of the Key File"),
          .body = _ ("Nobody can read the names without it: keep it safe. A copy of the "
                     "key file that lies elsewhere keeps the password it has."),
          .accept = _ ("C_hange Password"),
          .topic = "safety",
          .is_new = TRUE },
      password_given);
}

static void
dropped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) parent = user_data;

  tell (parent, source, result, _ ("From now on imports keep no names"),
        _ ("The choice was not kept"));
}

static void
stop_response_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  Keys *keys = get_keys (GTK_WIDGET (user_data));

  if (keys == NULL || !g_str_equal (response, "stop"))
    return;
  dhk_session_keep_names_async (keys->session, NULL, NULL, dropped_cb, g_object_ref (keys->parent));
  gtk_window_destroy (GTK_WINDOW (keys->window));
}

static void
stop_cb (GtkButton *button, gpointer user_data)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (
      GTK_WINDOW (user_data), _ ("Keep No More Names?"),
      _ ("Later imports drop names and addresses. The key file stays as it is; delete the file "
         "when the names may not be known any more.")));

  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "stop", _ ("_Keep No More"),
                                    NULL);
  adw_message_dialog_set_default_response (dialog, "cancel");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (stop_response_cb), user_data, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* The window of it ---------------------------------------------------------------------------- */

static void
add_button (Keys *keys, GtkWidget *box, const char *label, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  g_signal_connect_object (button, "clicked", clicked, keys->window, 0);
  gtk_box_append (GTK_BOX (box), button);
}

static GtkWidget *
make_list (Keys *keys)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  keys->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (keys->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (keys->list), "boxed-list");
  gtk_widget_set_valign (GTK_WIDGET (keys->list), GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (keys->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Who is in the key file"), -1);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (keys->list));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), box);
  gtk_widget_set_vexpand (scrolled, TRUE);
  return scrolled;
}

static char *
dup_missing (guint n)
{
  return g_strdup_printf (
      ngettext (
          "This key file is an older copy: it lacks the name of %u respondent. Importing the "
          "same file again brings it back.",
          "This key file is an older copy: it lacks the names of %u respondents. Importing the "
          "same files again brings them back.",
          n),
      n);
}

static GtkWidget *
make_content (Keys *keys)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  guint n = dhk_session_get_missing_names (keys->session);

  gtk_widget_add_css_class (box, "page");
  keys->search = GTK_EDITABLE (gtk_search_entry_new ());
  gtk_accessible_update_property (GTK_ACCESSIBLE (keys->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Name, address or pseudonym"), -1);
  g_object_set (keys->search, "placeholder-text", _ ("Name, address or pseudonym"), NULL);
  keys->count = GTK_LABEL (gtk_label_new (""));
  gtk_label_set_xalign (keys->count, 0);
  gtk_label_set_wrap (keys->count, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (keys->count), "dim-label");
  if (n > 0)
    {
      g_autofree char *text = dup_missing (n);
      GtkWidget *label = gtk_label_new (text);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_widget_add_css_class (label, "warning");
      gtk_box_append (GTK_BOX (box), label);
    }
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (keys->search));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (keys->count));
  gtk_box_append (GTK_BOX (box), make_list (keys));
  add_button (keys, buttons, _ ("C_hange Password…"), G_CALLBACK (password_cb));
  add_button (keys, buttons, _ ("_Export…"), G_CALLBACK (export_cb));
  add_button (keys, buttons, _ ("_Keep No More Names…"), G_CALLBACK (stop_cb));
  gtk_box_append (GTK_BOX (box), buttons);
  g_signal_connect_object (keys->search, "search-changed", G_CALLBACK (search_cb), keys->window, 0);
  g_signal_connect_object (keys->search, "stop-search", G_CALLBACK (stop_search_cb), keys->window,
                           0);
  return box;
}

void
dhk_window_show_keys (GtkWidget *owner)
{
  DhkWindow *self = DHK_WINDOW (owner);
  GtkWidget *toolbar = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *toasts = adw_toast_overlay_new ();
  GtkWidget *content;
  Keys *keys;

  if (self->session == NULL)
    return;
  keys = g_new0 (Keys, 1);
  keys->parent = g_object_ref (self);
  keys->session = g_object_ref (self->session);
  keys->window = adw_window_new ();
  g_object_set_data_full (G_OBJECT (keys->window), "dhk-keys", keys, keys_free);
  gtk_window_set_title (GTK_WINDOW (keys->window), _ ("Key File"));
  dhk_help_set_topic (keys->window, "safety");
  gtk_window_set_default_size (GTK_WINDOW (keys->window), WIDTH, HEIGHT);
  gtk_window_set_transient_for (GTK_WINDOW (keys->window), GTK_WINDOW (self));
  gtk_window_set_modal (GTK_WINDOW (keys->window), TRUE);
  content = make_content (keys);
  dhk_message_close_by_escape (keys->window, content);
  gtk_box_append (GTK_BOX (toolbar), adw_header_bar_new ());
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (toasts), content);
  gtk_box_append (GTK_BOX (toolbar), toasts);
  adw_window_set_content (ADW_WINDOW (keys->window), toolbar);
  refill (keys);
  gtk_window_present (GTK_WINDOW (keys->window));
  gtk_widget_grab_focus (GTK_WIDGET (keys->search));
}
