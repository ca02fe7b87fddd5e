/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/dhk-history-list.h"

#include <glib/gi18n.h>

static char *
dup_time (gint64 when)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (when);

  return time != NULL ? g_date_time_format (time, "%-d %B %Y, %H:%M") : g_strdup ("");
}

static void
append_label (GtkWidget *box, const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  /* The list stands beside what it is about, and is not to take its room. */
  gtk_label_set_max_width_chars (GTK_LABEL (label), 32);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
}

static GtkWidget *
create_row (const DhkHistoryEntry *entry)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  g_autofree char *when = dup_time (entry->when);
  g_autofree char *source = g_strdup_printf ("%s · %s", when, entry->cause);
  g_autofree char *change
      = entry->old != NULL ? g_strdup_printf ("%s → %s", entry->old, entry->new) : NULL;
  g_autofree char *undone = NULL;
  g_autofree char *label = NULL;

  if (entry->undone > 1)
    {
      g_autofree char *time = dup_time (entry->undone);

      undone = g_strdup_printf (_ ("Undone on %s"), time);
    }
  else if (entry->undone > 0)
    undone = g_strdup (_ ("Undone"));

  gtk_widget_add_css_class (box, "history-entry");
  append_label (box, source, "dim-label");
  append_label (box, entry->text, NULL);
  if (change != NULL)
    append_label (box, change, "bold");
  if (undone != NULL)
    append_label (box, undone, "dim-label");
  label = g_strdup_printf ("%s. %s. %s. %s", source, entry->text, change != NULL ? change : "",
                           undone != NULL ? undone : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  return row;
}

void
dhk_history_list_fill (GtkListBox *list, GPtrArray *entries)
{
  GtkWidget *row;

  g_return_if_fail (GTK_IS_LIST_BOX (list));
  g_return_if_fail (entries != NULL);

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, row);
  for (guint i = entries->len; i > 0; i--)
    gtk_list_box_append (list, create_row (g_ptr_array_index (entries, i - 1)));
}
