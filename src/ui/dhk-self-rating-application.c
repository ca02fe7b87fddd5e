/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/dhk-self-rating-application.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "base/dhk-data.h"
#include "ui/dhk-help-window.h"
#include "ui/dhk-message.h"
#include "ui/dhk-self-rating-window.h"

#define APPLICATION_ID "org.driehoek.Driehoek.SelfRating"

struct _DhkSelfRatingApplication
{
  AdwApplication parent_instance;

  DhkInstrument *instrument;
};

G_DEFINE_FINAL_TYPE (DhkSelfRatingApplication, dhk_self_rating_application, ADW_TYPE_APPLICATION)

/* Apart from everything else ------------------------------------------------------------- */

/*
 * The toolkit's list of recent files, which its file chooser reads and writes, lies in the user's
 * data folder, with files of all programs. GLib asks for that folder once: it gets a place
 * that is only of this session, and the environment is then as it was, for fonts and for what
 * is started from here.
 */
void
dhk_self_rating_application_isolate (void)
{
  g_autofree char *before = g_strdup (g_getenv ("XDG_DATA_HOME"));
  g_autofree char *own = g_build_filename (g_get_user_runtime_dir (), "driehoek-self-rating", NULL);

  g_setenv ("XDG_DATA_HOME", own, TRUE);
  g_get_user_data_dir ();
  if (before != NULL)
    g_setenv ("XDG_DATA_HOME", before, TRUE);
  else
    g_unsetenv ("XDG_DATA_HOME");
}

/* Windows ----------------------------------------------------------------------------------- */

/* The first built-in instrument that has a self-rating. */
static DhkInstrument *
load_instrument (GError **error)
{
  g_auto (GStrv) names = dhk_data_list ("instruments");

  for (char **name = names; *name != NULL; name++)
    {
      g_autoptr (DhkInstrument) instrument = NULL;
      g_autofree char *id = g_strdup (*name);

      if (!g_str_has_suffix (id, ".xml"))
        continue;
      *g_strrstr (id, ".xml") = '\0';
      instrument = dhk_instrument_new_builtin (id, error);
      if (instrument == NULL)
        return NULL;
      if (dhk_instrument_get_self_rating (instrument) != NULL)
        return g_steal_pointer (&instrument);
    }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
               _ ("This program has no questionnaire to rate yourself with."));
  return NULL;
}

static GtkWindow *
create_window (DhkSelfRatingApplication *self)
{
  GtkWidget *window;

  /* The file chooser offers the folder where the program was started; that may be anybody's. */
  (void) g_chdir (g_get_home_dir ());
  window = dhk_self_rating_window_new (GTK_APPLICATION (self), self->instrument);

  gtk_window_present (GTK_WINDOW (window));
  return GTK_WINDOW (window);
}

static void
dhk_self_rating_application_activate (GApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  if (window == NULL)
    create_window (DHK_SELF_RATING_APPLICATION (application));
  else
    gtk_window_present (window);
}

/* Each file in a window of its own: it may be another person's turn. */
static void
dhk_self_rating_application_open (GApplication *application,
                                  GFile **files,
                                  int n_files,
                                  const char *hint)
{
  for (int i = 0; i < n_files; i++)
    dhk_self_rating_window_open (
        DHK_SELF_RATING_WINDOW (create_window (DHK_SELF_RATING_APPLICATION (application))),
        files[i], FALSE);
}

/* Actions ------------------------------------------------------------------------------------ */

static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GList *windows = g_list_copy (gtk_application_get_windows (GTK_APPLICATION (user_data)));

  g_list_free_full (windows, (GDestroyNotify) (GCallback) gtk_window_close);
}

static const char *
find_topic (GtkWindow *window)
{
  return DHK_IS_SELF_RATING_WINDOW (window) ? "self-rating" : NULL;
}

static void
dhk_self_rating_application_startup (GApplication *application)
{
  static const GActionEntry actions[] = { { "quit", quit_cb } };
  static const struct
  {
    const char *action;
    const char *keys[2];
  } keys[] = {
    { "app.quit", { "<Ctrl>q" } },         { "window.close", { "<Ctrl>w" } },
    { "rating.begin", { "<Ctrl>n" } },     { "rating.open", { "<Ctrl>o" } },
    { "rating.print", { "<Ctrl>p" } },     { "rating.pdf", { "<Ctrl>e" } },
    { "rating.hand-over", { "<Ctrl>s" } }, { "rating.help", { "F1" } },
  };
  GtkSettings *settings;

  G_APPLICATION_CLASS (dhk_self_rating_application_parent_class)->startup (application);

  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions),
                                   application);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application), keys[i].action,
                                           (const char *const *) keys[i].keys);
  gtk_window_set_default_icon_name ("org.driehoek.Driehoek");
  dhk_help_serve_dialogs (find_topic, TRUE);
  settings = gtk_settings_get_default ();
  if (settings != NULL)
    g_object_set (settings, "gtk-recent-files-enabled", FALSE, NULL);
}

/* The command line --------------------------------------------------------------------------- */

static int
dhk_self_rating_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  DhkSelfRatingApplication *self = DHK_SELF_RATING_APPLICATION (application);
  g_autoptr (GError) error = NULL;
  const char *path = NULL;

  if (g_variant_dict_lookup (options, "instrument", "^&ay", &path))
    {
      g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);

      self->instrument = dhk_instrument_new_from_file (file, NULL, &error);
    }
  else
    self->instrument = load_instrument (&error);
  if (self->instrument != NULL && dhk_instrument_get_self_rating (self->instrument) != NULL)
    return -1;
  g_printerr ("driehoek: %s\n", error != NULL
                                    ? error->message
                                    : _ ("This instrument has no self-rating to fill in."));
  return 1;
}

/* Life ---------------------------------------------------------------------------------------- */

static void
dhk_self_rating_application_finalize (GObject *object)
{
  g_clear_pointer (&DHK_SELF_RATING_APPLICATION (object)->instrument, dhk_instrument_unref);

  G_OBJECT_CLASS (dhk_self_rating_application_parent_class)->finalize (object);
}

static void
dhk_self_rating_application_class_init (DhkSelfRatingApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = dhk_self_rating_application_finalize;
  application_class->activate = dhk_self_rating_application_activate;
  application_class->open = dhk_self_rating_application_open;
  application_class->startup = dhk_self_rating_application_startup;
  application_class->handle_local_options = dhk_self_rating_application_handle_local_options;
}

static void
dhk_self_rating_application_init (DhkSelfRatingApplication *self)
{
  static const GOptionEntry entries[] = {
    /* How it was asked for; there is nothing else this program does. */
    { "self-rating", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, NULL, NULL, NULL },
    { "instrument", 0, 0, G_OPTION_ARG_FILENAME, NULL,
      N_ ("Another questionnaire than the built-in one"), N_ ("FILE") },
    { NULL },
  };

  g_application_add_main_option_entries (G_APPLICATION (self), entries);
  g_application_set_option_context_parameter_string (G_APPLICATION (self), _ ("[RESPONSE-FILE]"));
}

DhkSelfRatingApplication *
dhk_self_rating_application_new (void)
{
  return g_object_new (DHK_TYPE_SELF_RATING_APPLICATION, "application-id", APPLICATION_ID, "flags",
                       G_APPLICATION_HANDLES_OPEN, "resource-base-path",
                       "/org/driehoek/Driehoek/SelfRating", NULL);
}
