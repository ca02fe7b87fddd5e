/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/dhk-start-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "ui/dhk-state.h"

struct _DhkStartPage
{
  GtkWidget parent_instance;

  /* Template widgets */
  GtkWidget *recent_group;
  GtkListBox *recent_list;
};

G_DEFINE_FINAL_TYPE (DhkStartPage, dhk_start_page, GTK_TYPE_WIDGET)

static char *
dup_folder (GFile *file)
{
  g_autoptr (GFile) parent = g_file_get_parent (file);
  g_autofree char *path = parent != NULL ? g_file_get_path (parent) : NULL;
  g_autofree char *shown = path != NULL ? g_filename_display_name (path) : g_strdup ("");
  g_autofree char *home = g_filename_display_name (g_get_home_dir ());

  if (g_str_equal (shown, home))
    return g_strdup (_ ("Home folder"));
  if (g_str_has_prefix (shown, home) && shown[strlen (home)] == '/')
    return g_strconcat ("~", shown + strlen (home), NULL);
  return g_steal_pointer (&shown);
}

static GtkWidget *
create_row (GFile *file)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = g_filename_display_name (base);
  g_autofree char *folder = dup_folder (file);
  g_autofree char *uri = g_file_get_uri (file);

  if (g_str_has_suffix (name, ".driehoek"))
    name[strlen (name) - strlen (".driehoek")] = '\0';
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), folder);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "app.open-study");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", uri);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return row;
}

void
dhk_start_page_refresh (DhkStartPage *self)
{
  g_autoptr (GPtrArray) recent = NULL;
  GtkWidget *row;

  g_return_if_fail (DHK_IS_START_PAGE (self));

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->recent_list))) != NULL)
    gtk_list_box_remove (self->recent_list, row);
  recent = dhk_state_list_recent ();
  for (guint i = 0; i < recent->len; i++)
    gtk_list_box_append (self->recent_list, create_row (g_ptr_array_index (recent, i)));
  gtk_widget_set_visible (self->recent_group, recent->len > 0);
}

static void
dhk_start_page_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (dhk_start_page_parent_class)->dispose (object);
}

static void
dhk_start_page_class_init (DhkStartPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dhk_start_page_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/driehoek/Driehoek/start-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DhkStartPage, recent_group);
  gtk_widget_class_bind_template_child (widget_class, DhkStartPage, recent_list);
}

static void
dhk_start_page_init (DhkStartPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
