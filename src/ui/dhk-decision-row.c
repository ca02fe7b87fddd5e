/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/dhk-decision-row.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "ui/dhk-drop-down.h"

/* From so many choices on, one is found by typing. */
#define MANY_CHOICES 10

#define BUTTON_CHARACTERS 26

typedef struct
{
  char *id;
  char **choices;
  GWeakRef owner;
  DhkDecidedFunc func;
} Row;

static void
row_free (gpointer data)
{
  Row *self = data;

  g_weak_ref_clear (&self->owner);
  g_strfreev (self->choices);
  g_free (self->id);
  g_free (self);
}

static void
tell (Row *self, const char *choice)
{
  g_autoptr (GObject) owner = g_weak_ref_get (&self->owner);

  if (owner != NULL)
    self->func (self->id, choice, owner);
}

static void
selected_cb (GtkDropDown *drop_down, GParamSpec *pspec, gpointer user_data)
{
  Row *self = user_data;
  guint selected = gtk_drop_down_get_selected (drop_down);

  if (selected != GTK_INVALID_LIST_POSITION)
    tell (self, self->choices[selected]);
}

static void
reset_cb (GtkButton *button, gpointer user_data)
{
  tell (user_data, NULL);
}

static GtkWidget *
create_drop_down (const DhkDraftQuestion *decision, const char *title)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  GtkExpression *text = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");
  GtkWidget *drop_down;
  guint chosen = GTK_INVALID_LIST_POSITION;

  for (guint i = 0; i < decision->n_choices; i++)
    {
      gtk_string_list_append (labels, decision->choices[i].label);
      if (g_strcmp0 (decision->choices[i].id, decision->chosen) == 0)
        chosen = i;
    }
  drop_down = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&labels)), text);
  dhk_drop_down_set_length (GTK_DROP_DOWN (drop_down), BUTTON_CHARACTERS, BUTTON_CHARACTERS);
  gtk_drop_down_set_enable_search (GTK_DROP_DOWN (drop_down), decision->n_choices > MANY_CHOICES);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop_down), chosen);
  gtk_widget_set_valign (drop_down, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
  return drop_down;
}

static GtkWidget *
create_reset_button (const char *title)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-undo-symbolic");
  g_autofree char *tip = g_strdup_printf (_ ("Let the program decide “%s” again"), title);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tip, -1);
  return button;
}

static char *
dup_subtitle (const DhkDraftQuestion *decision, const char *subtitle)
{
  const char *by = decision->by == DHK_DECIDED_BY_HAND      ? _ ("chosen by hand")
                   : decision->by == DHK_DECIDED_BY_PROFILE ? _ ("by the import profile")
                                                            : NULL;

  if (by == NULL || subtitle == NULL)
    return g_strdup (by != NULL ? by : subtitle);
  return g_strdup_printf ("%s · %s", subtitle, by);
}

GtkWidget *
dhk_decision_row_new (const DhkDraftQuestion *decision,
                      const char *title,
                      const char *subtitle,
                      DhkDecidedFunc func,
                      GtkWidget *owner)
{
  GtkWidget *widget = adw_action_row_new ();
  GtkWidget *drop_down;
  g_autofree char *text = NULL;
  Row *self;

  g_return_val_if_fail (decision != NULL && title != NULL && func != NULL, widget);

  self = g_new0 (Row, 1);
  self->id = g_strdup (decision->id);
  self->func = func;
  g_weak_ref_init (&self->owner, owner);
  self->choices = g_new0 (char *, decision->n_choices + 1);
  for (guint i = 0; i < decision->n_choices; i++)
    self->choices[i] = g_strdup (decision->choices[i].id);
  g_object_set_data_full (G_OBJECT (widget), "decision", self, row_free);

  text = dup_subtitle (decision, subtitle);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (widget), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (widget), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (widget), 0);
  if (text != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (widget), text);

  drop_down = create_drop_down (decision, title);
  g_signal_connect (drop_down, "notify::selected", G_CALLBACK (selected_cb), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (widget), drop_down);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (widget), drop_down);
  if (decision->by == DHK_DECIDED_BY_HAND)
    {
      GtkWidget *reset = create_reset_button (title);

      g_signal_connect (reset, "clicked", G_CALLBACK (reset_cb), self);
      adw_action_row_add_suffix (ADW_ACTION_ROW (widget), reset);
    }
  return widget;
}
