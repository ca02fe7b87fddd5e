/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/dhk-application.h"

#include <glib/gi18n.h>

#include "ui/dhk-help-window.h"
#include "ui/dhk-message.h"
#include "ui/dhk-self-rating-launch.h"
#include "ui/dhk-window.h"

#define APPLICATION_ID "org.driehoek.Driehoek"

struct _DhkApplication
{
  AdwApplication parent_instance;
};

G_DEFINE_FINAL_TYPE (DhkApplication, dhk_application, ADW_TYPE_APPLICATION)

/* Windows ----------------------------------------------------------------- */

/* The active window when it is still free, else a new one. */
static DhkWindow *
get_free_window (DhkApplication *self)
{
  GtkWindow *active = gtk_application_get_active_window (GTK_APPLICATION (self));
  GtkWidget *window;

  if (DHK_IS_WINDOW (active) && dhk_window_is_free (DHK_WINDOW (active)))
    return DHK_WINDOW (active);

  window = dhk_window_new (GTK_APPLICATION (self));
  gtk_window_present (GTK_WINDOW (window));
  return DHK_WINDOW (window);
}

static DhkWindow *
find_window_of (DhkApplication *self, GFile *file)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (DHK_IS_WINDOW (l->data) && dhk_window_shows_file (l->data, file))
      return l->data;
  return NULL;
}

static void
open_study (DhkApplication *self, GFile *file)
{
  DhkWindow *window = find_window_of (self, file);

  if (window == NULL)
    {
      window = get_free_window (self);
      dhk_window_open_study (window, file);
    }
  gtk_window_present (GTK_WINDOW (window));
}

static void
dhk_application_activate (GApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  if (window == NULL)
    window = GTK_WINDOW (dhk_window_new (GTK_APPLICATION (application)));
  gtk_window_present (window);
}

static void
dhk_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  for (int i = 0; i < n_files; i++)
    open_study (DHK_APPLICATION (application), files[i]);
}

/* Actions ----------------------------------------------------------------- */

static void
new_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  dhk_window_choose_new_study (get_free_window (DHK_APPLICATION (user_data)));
}

static void
new_from_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  dhk_window_choose_questionnaire (get_free_window (DHK_APPLICATION (user_data)));
}

static void
open_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  DhkApplication *self = DHK_APPLICATION (user_data);
  GtkWindow *active = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (!DHK_IS_WINDOW (active))
    active = GTK_WINDOW (get_free_window (self));
  dhk_window_choose_study (DHK_WINDOW (active));
}

static void
open_study_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (parameter, NULL));

  open_study (DHK_APPLICATION (user_data), file);
}

static void
open_sample_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  DhkApplication *self = DHK_APPLICATION (user_data);
  g_autoptr (GFile) file = dhk_window_create_sample_file ();
  DhkWindow *window = find_window_of (self, file);

  if (window == NULL)
    {
      window = get_free_window (self);
      dhk_window_open_sample (window, file);
    }
  gtk_window_present (GTK_WINDOW (window));
}

static void
self_rating_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *active = gtk_application_get_active_window (GTK_APPLICATION (user_data));
  g_autoptr (GError) error = NULL;

  if (!dhk_self_rating_launch (&error) && active != NULL)
    dhk_message_show_error (GTK_WIDGET (active), _ ("The self-rating was not opened"), error);
}

static void
about_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  adw_show_about_window (
      gtk_application_get_active_window (GTK_APPLICATION (user_data)), "application-name",
      "Driehoek", "application-icon", APPLICATION_ID, "version", DHK_VERSION, "developer-name",
      _ ("The Driehoek authors"), "license-type", GTK_LICENSE_GPL_3_0, "comments",
      _ ("Partnership surveys in youth care and special education: from the first imported "
         "response to the printed report."),
      /* Translators: your name */
      "translator-credits", _ ("translator-credits"), NULL);
}

static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GList *windows = g_list_copy (gtk_application_get_windows (GTK_APPLICATION (user_data)));

  /* Each says goodbye by itself: it keeps its size and its page. */
  g_list_free_full (windows, (GDestroyNotify) (GCallback) gtk_window_close);
}

static const GActionEntry actions[] = {
  { "new", new_cb },
  { "new-from", new_from_cb },
  { "open", open_cb },
  { "open-study", open_study_cb, "s" },
  { "open-sample", open_sample_cb },
  { "self-rating", self_rating_cb },
  { "about", about_cb },
  { "quit", quit_cb },
};

static const struct
{
  const char *action;
  const char *keys[3];
} keys[] = {
  { "app.new", { "<Ctrl>n" } },
  { "app.open", { "<Ctrl>o" } },
  { "app.quit", { "<Ctrl>q" } },
  { "win.import", { "<Ctrl>i" } },
  { "win.undo", { "<Ctrl>z" } },
  { "win.redo", { "<Ctrl><Shift>z", "<Ctrl>y" } },
  { "win.save-copy", { "<Ctrl><Shift>s" } },
  { "win.print", { "<Ctrl>p" } },
  { "win.export", { "<Ctrl>e" } },
  { "win.page::overview", { "<Ctrl>1" } },
  { "win.page::responses", { "<Ctrl>2" } },
  { "win.page::import", { "<Ctrl>3" } },
  { "win.page::entry", { "<Ctrl>4" } },
  { "win.page::questionnaire", { "<Ctrl>5" } },
  { "win.page::compare", { "<Ctrl>6" } },
  { "win.page::report", { "<Ctrl>7" } },
  { "win.sidebar", { "F9" } },
  { "win.help", { "F1" } },
  { "win.show-help-overlay", { "<Ctrl>question" } },
  { "win.zoom-in", { "<Ctrl>plus", "<Ctrl>equal" } },
  { "win.zoom-out", { "<Ctrl>minus" } },
  { "win.zoom-normal", { "<Ctrl>0" } },
  { "window.close", { "<Ctrl>w" } },
};

static const char *
find_topic (GtkWindow *window)
{
  return DHK_IS_WINDOW (window) ? dhk_window_get_help_topic (DHK_WINDOW (window)) : NULL;
}

static void
dhk_application_startup (GApplication *application)
{
  G_APPLICATION_CLASS (dhk_application_parent_class)->startup (application);

  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions),
                                   application);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application), keys[i].action,
                                           (const char *const *) keys[i].keys);
  gtk_window_set_default_icon_name (APPLICATION_ID);
  dhk_help_serve_dialogs (find_topic, FALSE);
}

/* The command line -------------------------------------------------------- */

static int
dhk_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  g_autoptr (GError) error = NULL;

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("Driehoek %s\n", DHK_VERSION);
      return 0;
    }
  if (g_variant_dict_contains (options, "sample"))
    {
      if (!g_application_register (application, NULL, &error))
        {
          g_printerr ("driehoek: %s\n", error->message);
          return 1;
        }
      g_action_group_activate_action (G_ACTION_GROUP (application), "open-sample", NULL);
    }
  return -1;
}

static void
dhk_application_class_init (DhkApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->activate = dhk_application_activate;
  application_class->open = dhk_application_open;
  application_class->startup = dhk_application_startup;
  application_class->handle_local_options = dhk_application_handle_local_options;
}

static void
dhk_application_init (DhkApplication *self)
{
  static const GOptionEntry entries[] = {
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Show the version"), NULL },
    { "sample", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Open the sample study"), NULL },
    { NULL },
  };

  g_application_add_main_option_entries (G_APPLICATION (self), entries);
  g_application_set_option_context_parameter_string (G_APPLICATION (self), _ ("[STUDY…]"));
}

DhkApplication *
dhk_application_new (void)
{
  return g_object_new (DHK_TYPE_APPLICATION, "application-id", APPLICATION_ID, "flags",
                       G_APPLICATION_HANDLES_OPEN, "resource-base-path", "/org/driehoek/Driehoek",
                       NULL);
}
