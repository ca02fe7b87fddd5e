/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/dhk-choose.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  GtkFileChooserNative *native;
  GtkWidget *owner;
  DhkChosen chosen;
  char **suffixes; /* one of every kind, when a file is to be written */
  gboolean has_option;
} Asking;

static void
asking_free (Asking *asking)
{
  gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (asking->native));
  g_object_unref (asking->native);
  g_object_unref (asking->owner);
  g_strfreev (asking->suffixes);
  g_free (asking);
}

/* Names ------------------------------------------------------------------- */

static gboolean
has_suffix (const char *name, char **suffixes)
{
  g_autofree char *folded = g_utf8_strdown (name, -1);

  for (char **suffix = suffixes; *suffix != NULL; suffix++)
    {
      g_autofree char *ending = g_strconcat (".", *suffix, NULL);

      if (g_str_has_suffix (folded, ending))
        return TRUE;
    }
  return FALSE;
}

/*
 * The file with its extension. An extension that was typed is kept; the one that was suggested
 * follows the kind that was chosen. The chooser has asked about replacing a file of the
 * name as typed; a name that was made here takes the next free number.
 */
static GFile *
complete (GFile *file, char **suffixes, guint kind)
{
  g_autofree char *base = g_file_get_basename (file);
  g_autoptr (GFile) folder = g_file_get_parent (file);

  if (suffixes == NULL || folder == NULL)
    return g_object_ref (file);
  if (kind > 0 && g_str_has_suffix (base, suffixes[0]))
    base[strlen (base) - strlen (suffixes[0]) - 1] = '\0';
  else if (has_suffix (base, suffixes))
    return g_object_ref (file);

  for (guint i = 1;; i++)
    {
      g_autofree char *name = i == 1 ? g_strdup_printf ("%s.%s", base, suffixes[kind])
                                     : g_strdup_printf ("%s (%u).%s", base, i, suffixes[kind]);
      g_autoptr (GFile) candidate = g_file_get_child (folder, name);

      if (!g_file_query_exists (candidate, NULL))
        return g_steal_pointer (&candidate);
    }
}

/* Which kind is chosen in the chooser: an index. */
static guint
get_kind (GtkFileChooser *chooser)
{
  g_autoptr (GListModel) filters = gtk_file_chooser_get_filters (chooser);
  GtkFileFilter *chosen = gtk_file_chooser_get_filter (chooser);

  for (guint i = 0; i < g_list_model_get_n_items (filters); i++)
    {
      g_autoptr (GtkFileFilter) filter = g_list_model_get_item (filters, i);

      if (filter == chosen)
        return i;
    }
  return 0;
}

#define OPTION "dhk-choose-option"

gboolean
dhk_choose_has_option (GFile *file)
{
  g_return_val_if_fail (G_IS_FILE (file), FALSE);
  return g_object_get_data (G_OBJECT (file), OPTION) != NULL;
}

static void
keep_option (GtkFileChooser *chooser, GPtrArray *files)
{
  const char *value = gtk_file_chooser_get_choice (chooser, OPTION);

  for (guint i = 0; g_strcmp0 (value, "true") == 0 && i < files->len; i++)
    g_object_set_data (g_ptr_array_index (files, i), OPTION, GINT_TO_POINTER (TRUE));
}

/* The chooser ------------------------------------------------------------- */

static void
response_cb (GtkNativeDialog *native, int response, gpointer user_data)
{
  Asking *asking = user_data;
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GListModel) model = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (native));

      for (guint i = 0; i < g_list_model_get_n_items (model); i++)
        {
          g_autoptr (GFile) file = g_list_model_get_item (model, i);

          g_ptr_array_add (files,
                           complete (file, asking->suffixes, get_kind (GTK_FILE_CHOOSER (native))));
        }
    }
  if (asking->has_option)
    keep_option (GTK_FILE_CHOOSER (native), files);
  gtk_native_dialog_hide (native);
  if (files->len > 0)
    asking->chosen (files, asking->owner);
  asking_free (asking);
}

static void
add_kind (GtkFileChooser *chooser, const DhkFileKind *kind)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, kind->name);
  for (const char *const *suffix = kind->suffixes; *suffix != NULL; suffix++)
    gtk_file_filter_add_suffix (filter, *suffix);
  gtk_file_chooser_add_filter (chooser, filter);
}

static void
add_kinds (GtkFileChooser *chooser, const DhkChoice *choice)
{
  g_autoptr (GtkFileFilter) all = NULL;

  for (guint i = 0; i < choice->n_kinds; i++)
    add_kind (chooser, &choice->kinds[i]);
  if (choice->save || choice->confined)
    return;

  all = gtk_file_filter_new ();
  gtk_file_filter_set_name (all, _ ("All files"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (chooser, all);
}

static void
start_in_documents (GtkFileChooser *chooser)
{
  const char *folder = g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS);
  g_autoptr (GFile) documents = g_file_new_for_path (folder != NULL ? folder : g_get_home_dir ());

  gtk_file_chooser_set_current_folder (chooser, documents, NULL);
}

static void
suggest (GtkFileChooser *chooser, const DhkChoice *choice)
{
  g_autofree char *name
      = g_strdup_printf ("%s.%s", choice->suggested_name, choice->kinds[0].suffixes[0]);

  /* A heading may hold what a file name may not. */
  g_strdelimit (name, ":", ',');
  g_strdelimit (name, "/\\:*?\"<>|", '-');
  gtk_file_chooser_set_current_name (chooser, name);
}

static char **
collect_suffixes (const DhkChoice *choice)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < choice->n_kinds; i++)
    g_strv_builder_add (builder, choice->kinds[i].suffixes[0]);
  return g_strv_builder_end (builder);
}

void
dhk_choose (GtkWidget *owner, const DhkChoice *choice, DhkChosen chosen)
{
  GtkRoot *root;
  Asking *asking;

  g_return_if_fail (GTK_IS_WIDGET (owner));
  g_return_if_fail (choice != NULL && chosen != NULL);

  root = gtk_widget_get_root (owner);
  asking = g_new0 (Asking, 1);
  asking->owner = g_object_ref (owner);
  asking->chosen = chosen;
  asking->native = gtk_file_chooser_native_new (
      choice->title, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
      choice->save ? GTK_FILE_CHOOSER_ACTION_SAVE : GTK_FILE_CHOOSER_ACTION_OPEN, choice->accept,
      _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (asking->native), TRUE);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (asking->native), choice->several);
  add_kinds (GTK_FILE_CHOOSER (asking->native), choice);
  if (choice->option != NULL)
    gtk_file_chooser_add_choice (GTK_FILE_CHOOSER (asking->native), OPTION, choice->option, NULL,
                                 NULL);
  asking->has_option = choice->option != NULL;
  if (choice->save || choice->confined)
    start_in_documents (GTK_FILE_CHOOSER (asking->native));
  if (choice->save)
    {
      asking->suffixes = collect_suffixes (choice);
      suggest (GTK_FILE_CHOOSER (asking->native), choice);
    }
  g_signal_connect (asking->native, "response", G_CALLBACK (response_cb), asking);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (asking->native));
}
