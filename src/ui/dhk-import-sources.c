/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/dhk-import-sources.h"

#include <glib/gi18n.h>
#include <string.h>

#include "import/dhk-import.h"
#include "study/dhk-response.h"

/* Folders ------------------------------------------------------------------ */

/* More files than this in a folder are not the exports of a study. */
#define MAX_FILES 500

static gboolean
may_be_export (const char *name)
{
  static const char *const suffixes[]
      = { ".xlsx", ".csv", ".txt", ".tsv", ".sav", ".zsav", ".por" };
  g_autofree char *fold = g_ascii_strdown (name, -1);

  /* What an open spreadsheet program leaves beside a file. */
  if (name[0] == '.' || name[0] == '~')
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    if (g_str_has_suffix (fold, suffixes[i]))
      return TRUE;
  return FALSE;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  g_autofree char *one = g_file_get_basename (*(GFile *const *) a);
  g_autofree char *other = g_file_get_basename (*(GFile *const *) b);

  return g_utf8_collate (one, other);
}

static void
add_folder (GPtrArray *list, GFile *folder)
{
  g_autoptr (GFileEnumerator) children = g_file_enumerate_children (
      folder, G_FILE_ATTRIBUTE_STANDARD_NAME "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
      G_FILE_QUERY_INFO_NONE, NULL, NULL);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean has_responses = FALSE;
  GFileInfo *info;
  GFile *child;

  while (children != NULL && found->len < MAX_FILES
         && g_file_enumerator_iterate (children, &info, &child, NULL, NULL) && info != NULL)
    {
      const char *name = g_file_info_get_name (info);

      if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
        continue;
      has_responses |= name[0] != '.' && g_str_has_suffix (name, "." DHK_RESPONSE_SUFFIX);
      if (may_be_export (name))
        g_ptr_array_add (found, g_object_ref (child));
    }
  g_ptr_array_sort (found, compare_names);
  /* Those of a self-rating are read together. */
  if (has_responses)
    g_ptr_array_add (list, g_object_ref (folder));
  /* What else a folder holds is for the import to say. */
  if (found->len == 0)
    g_ptr_array_add (found, g_object_ref (folder));
  for (guint i = 0; i < found->len; i++)
    g_ptr_array_add (list, g_object_ref (g_ptr_array_index (found, i)));
}

GPtrArray *
dhk_import_expand_folders (GPtrArray *files)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (files != NULL, list);

  for (guint i = 0; i < files->len; i++)
    {
      GFile *file = g_ptr_array_index (files, i);

      if (g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, NULL) == G_FILE_TYPE_DIRECTORY)
        add_folder (list, file);
      else
        g_ptr_array_add (list, g_object_ref (file));
    }
  return list;
}

/* The clipboard -------------------------------------------------------------- */

typedef struct
{
  GWeakRef owner;
  DhkPastedFunc func;
} Paste;

/* Frees the paste. */
static void
finish_paste (Paste *paste, GPtrArray *files)
{
  g_autoptr (GObject) owner = g_weak_ref_get (&paste->owner);

  if (owner != NULL)
    paste->func (files->len > 0 ? files : NULL, owner);
  g_weak_ref_clear (&paste->owner);
  g_free (paste);
}

static void
text_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  static guint n_pasted = 0;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  if (text != NULL && strpbrk (text, "\t\n;,") != NULL)
    {
      gsize length = strlen (text);
      g_autoptr (GBytes) bytes = g_bytes_new_take (g_steal_pointer (&text), length);
      g_autofree char *name = g_strdup_printf (_ ("Pasted table %u"), ++n_pasted);

      g_ptr_array_add (files, dhk_import_file_new_for_bytes (bytes, name));
    }
  finish_paste (user_data, files);
}

static void
files_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, NULL);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  for (GSList *file = value != NULL ? g_value_get_boxed (value) : NULL; file != NULL;
       file = file->next)
    g_ptr_array_add (files, g_object_ref (file->data));
  finish_paste (user_data, files);
}

void
dhk_import_paste (GtkWidget *owner, DhkPastedFunc func)
{
  g_autoptr (GdkContentFormats) formats = NULL;
  GdkClipboard *clipboard;
  Paste *paste;

  g_return_if_fail (GTK_IS_WIDGET (owner) && func != NULL);

  paste = g_new0 (Paste, 1);
  g_weak_ref_init (&paste->owner, owner);
  paste->func = func;
  clipboard = gtk_widget_get_clipboard (owner);
  /* What was copied in a file manager has its names as text too. */
  formats = gdk_content_formats_union_deserialize_gtypes (
      gdk_content_formats_ref (gdk_clipboard_get_formats (clipboard)));
  if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST))
    gdk_clipboard_read_value_async (clipboard, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, NULL,
                                    files_cb, paste);
  else
    gdk_clipboard_read_text_async (clipboard, NULL, text_cb, paste);
}
