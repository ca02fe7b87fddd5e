/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/dhk-answer-popover.h"

#define PAGE_ACTION "win.page"

int
dhk_answer_get_digit (guint key, GdkModifierType state)
{
  /* Ctrl and a digit goes to a page, and is nobody's answer. */
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return -1;
  if (key >= GDK_KEY_0 && key <= GDK_KEY_9)
    return (int) (key - GDK_KEY_0);
  if (key >= GDK_KEY_KP_0 && key <= GDK_KEY_KP_9)
    return (int) (key - GDK_KEY_KP_0);
  return -1;
}

/* Going ------------------------------------------------------------------- */

static gboolean
unparent_cb (gpointer popover)
{
  if (gtk_widget_get_parent (popover) != NULL)
    gtk_widget_unparent (popover);
  return G_SOURCE_REMOVE;
}

/* What was chosen in a menu acts after it closed, and needs its place in the window until then. */
static void
closed_cb (GtkWidget *popover, gpointer user_data)
{
  GtkWidget *parent = gtk_widget_get_parent (popover);
  GtkRoot *root = gtk_widget_get_root (popover);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (parent != NULL && gtk_widget_get_mapped (parent)
      && (focus == NULL || gtk_widget_is_ancestor (focus, parent)))
    gtk_widget_grab_focus (parent);
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, unparent_cb, g_object_ref (popover), g_object_unref);
}

/* A page that is left stays mapped while it fades: the focus tells sooner. */
static void
focus_moved_cb (GtkWidget *popover)
{
  GtkRoot *root = gtk_widget_get_root (popover);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && gtk_widget_get_visible (popover) && focus != popover
      && !gtk_widget_is_ancestor (focus, popover))
    gtk_popover_popdown (GTK_POPOVER (popover));
}

void
dhk_answer_popover_close (GtkWidget *parent)
{
  GtkWidget *child = gtk_widget_get_first_child (parent);

  while (child != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (child);

      if (GTK_IS_POPOVER (child))
        gtk_popover_popdown (GTK_POPOVER (child));
      child = next;
    }
}

/* Coming ------------------------------------------------------------------ */

/* What is open has the keys for itself; those that go to a page go there from here too. */
static gboolean
page_key_cb (GtkEventControllerKey *controller,
             guint key,
             guint keycode,
             GdkModifierType state,
             gpointer popover)
{
  GtkRoot *root = gtk_widget_get_root (popover);
  GtkApplication *application
      = GTK_IS_WINDOW (root) ? gtk_window_get_application (GTK_WINDOW (root)) : NULL;
  g_autofree char *accel
      = gtk_accelerator_name (key, state & gtk_accelerator_get_default_mod_mask ());
  g_auto (GStrv) actions = NULL;

  if (application == NULL || (state & GDK_CONTROL_MASK) == 0)
    return FALSE;
  actions = gtk_application_get_actions_for_accel (application, accel);
  if (actions[0] == NULL || !g_str_has_prefix (actions[0], PAGE_ACTION "::"))
    return FALSE;
  gtk_popover_popdown (popover);
  gtk_widget_activate_action (GTK_WIDGET (root), PAGE_ACTION, "s",
                              actions[0] + strlen (PAGE_ACTION "::"));
  return TRUE;
}

void
dhk_answer_popover_open (GtkWidget *popover, GtkWidget *parent, const GdkRectangle *area)
{
  GtkEventController *keys;

  g_return_if_fail (GTK_IS_POPOVER (popover));
  g_return_if_fail (GTK_IS_WIDGET (parent) && area != NULL);

  keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (page_key_cb), popover);
  gtk_widget_add_controller (popover, keys);
  dhk_answer_popover_close (parent);
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), area);
  gtk_widget_set_parent (popover, parent);
  g_signal_connect (popover, "closed", G_CALLBACK (closed_cb), NULL);
  gtk_popover_popup (GTK_POPOVER (popover));
  g_signal_connect_object (gtk_widget_get_root (parent), "notify::focus-widget",
                           G_CALLBACK (focus_moved_cb), popover, G_CONNECT_SWAPPED);
}

GtkWidget *
dhk_answer_popover_new (GtkWidget *content, GCallback key_cb, gpointer user_data)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_popover_set_child (GTK_POPOVER (popover), content);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", key_cb, user_data);
  gtk_widget_add_controller (popover, keys);
  return popover;
}
