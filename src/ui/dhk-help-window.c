/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/dhk-help-window.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "base/dhk-help.h"
#include "ui/dhk-message.h"

#define WIDTH 620
#define HEIGHT 660
#define MARGIN 24
#define STEP_INDENT 28
#define KEY_INDENT 190

#define HELP_DATA "dhk-help-window"

typedef struct
{
  GPtrArray *topics;
  GtkWindow *window;
  GtkTextView *view;
  GtkDropDown *choice; /* NULL when there is none */
} Help;

static void
help_free (gpointer data)
{
  Help *self = data;

  g_ptr_array_unref (self->topics);
  g_free (self);
}

/* The text --------------------------------------------------------------------------------- */

static void
create_tags (GtkTextBuffer *buffer)
{
  PangoTabArray *steps = pango_tab_array_new_with_positions (1, TRUE, PANGO_TAB_LEFT, STEP_INDENT);
  PangoTabArray *keys = pango_tab_array_new_with_positions (1, TRUE, PANGO_TAB_LEFT, KEY_INDENT);

  gtk_text_buffer_create_tag (buffer, "title", "weight", PANGO_WEIGHT_BOLD, "scale", 1.5,
                              "pixels-below-lines", 12, NULL);
  gtk_text_buffer_create_tag (buffer, "heading", "weight", PANGO_WEIGHT_BOLD, "scale", 1.15,
                              "pixels-above-lines", 14, "pixels-below-lines", 6, NULL);
  gtk_text_buffer_create_tag (buffer, "paragraph", "pixels-below-lines", 10, NULL);
  /* The first line begins further to the left than those that follow it. */
  gtk_text_buffer_create_tag (buffer, "step", "indent", -STEP_INDENT, "tabs", steps,
                              "pixels-below-lines", 8, NULL);
  gtk_text_buffer_create_tag (buffer, "key", "indent", -KEY_INDENT, "tabs", keys,
                              "pixels-below-lines", 4, NULL);
  gtk_text_buffer_create_tag (buffer, "keys", "weight", PANGO_WEIGHT_BOLD, NULL);
  pango_tab_array_free (steps);
  pango_tab_array_free (keys);
}

static void
append (GtkTextBuffer *buffer, const char *text, const char *tag, const char *second)
{
  GtkTextIter end;

  gtk_text_buffer_get_end_iter (buffer, &end);
  gtk_text_buffer_insert_with_tags_by_name (buffer, &end, text, -1, tag, second, NULL);
}

static void
append_part (GtkTextBuffer *buffer, const DhkHelpPart *part)
{
  static const char *const tags[] = { "paragraph", "heading", "step", "key" };
  const char *tag = tags[part->kind];
  g_autofree char *number = NULL;

  append (buffer, "\n", tag, NULL);
  if (part->kind == DHK_HELP_STEP)
    {
      number = g_strdup_printf ("%u.\t", part->number);
      append (buffer, number, tag, NULL);
    }
  if (part->kind == DHK_HELP_KEY)
    {
      append (buffer, part->keys, tag, "keys");
      append (buffer, "\t", tag, NULL);
    }
  append (buffer, part->text, tag, NULL);
}

static void
show_topic (Help *self, const DhkHelpTopic *topic)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  GtkTextIter start;

  gtk_text_buffer_set_text (buffer, "", 0);
  append (buffer, topic->title, "title", NULL);
  for (guint i = 0; i < topic->parts->len; i++)
    append_part (buffer, g_ptr_array_index (topic->parts, i));
  gtk_text_buffer_get_start_iter (buffer, &start);
  gtk_text_buffer_place_cursor (buffer, &start);
  gtk_text_view_scroll_to_iter (self->view, &start, 0, TRUE, 0, 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  topic->title, -1);
}

/* The window ------------------------------------------------------------------------------- */

static void
chosen_cb (GtkDropDown *choice, GParamSpec *pspec, gpointer user_data)
{
  Help *self = user_data;
  guint place = gtk_drop_down_get_selected (choice);

  if (place < self->topics->len)
    show_topic (self, g_ptr_array_index (self->topics, place));
}

static GtkWidget *
create_choice (Help *self)
{
  g_autoptr (GPtrArray) titles = g_ptr_array_new ();
  GtkWidget *choice;

  for (guint i = 0; i < self->topics->len; i++)
    g_ptr_array_add (titles, ((DhkHelpTopic *) g_ptr_array_index (self->topics, i))->title);
  g_ptr_array_add (titles, NULL);
  choice = gtk_drop_down_new_from_strings ((const char *const *) titles->pdata);
  gtk_accessible_update_property (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Topic"), -1);
  self->choice = GTK_DROP_DOWN (choice);
  g_signal_connect (choice, "notify::selected", G_CALLBACK (chosen_cb), self);
  return choice;
}

static GtkWidget *
create_view (Help *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *view = gtk_text_view_new ();

  self->view = GTK_TEXT_VIEW (view);
  gtk_text_view_set_editable (self->view, FALSE);
  /* Without a cursor the arrow keys scroll. */
  gtk_text_view_set_cursor_visible (self->view, FALSE);
  gtk_text_view_set_accepts_tab (self->view, FALSE);
  gtk_text_view_set_wrap_mode (self->view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_left_margin (self->view, MARGIN);
  gtk_text_view_set_right_margin (self->view, MARGIN);
  gtk_text_view_set_top_margin (self->view, MARGIN);
  gtk_text_view_set_bottom_margin (self->view, MARGIN);
  create_tags (gtk_text_view_get_buffer (self->view));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), view);
  gtk_widget_set_vexpand (scrolled, TRUE);
  return scrolled;
}

static Help *
create_help (GtkWindow *parent, gboolean only)
{
  Help *self = g_new0 (Help, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *bar = adw_header_bar_new ();

  self->topics = dhk_help_load (dhk_language_of_messages ());
  self->window = GTK_WINDOW (adw_window_new ());
  gtk_window_set_title (self->window, _ ("Help"));
  gtk_window_set_transient_for (self->window, parent);
  gtk_window_set_destroy_with_parent (self->window, TRUE);
  /* Beside a dialog that lets nobody past, it would answer no key. */
  gtk_window_set_modal (self->window, gtk_window_get_modal (parent));
  gtk_window_set_default_size (self->window, WIDTH, HEIGHT);
  /* As large as the questions of the self-rating beside it. */
  if (only)
    gtk_widget_add_css_class (GTK_WIDGET (self->window), "self-rating");
  else
    adw_header_bar_pack_start (ADW_HEADER_BAR (bar), create_choice (self));
  gtk_box_append (GTK_BOX (box), bar);
  gtk_box_append (GTK_BOX (box), create_view (self));
  adw_window_set_content (ADW_WINDOW (self->window), box);
  dhk_message_close_by_escape (GTK_WIDGET (self->window), NULL);
  g_object_set_data_full (G_OBJECT (self->window), HELP_DATA, self, help_free);
  return self;
}

/* The parent's help that is still open. */
static Help *
find_help (GtkWindow *parent)
{
  g_autoptr (GListModel) all = g_object_ref (gtk_window_get_toplevels ());

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (all, i);

      if (gtk_window_get_transient_for (window) == parent)
        {
          Help *help = g_object_get_data (G_OBJECT (window), HELP_DATA);

          if (help != NULL)
            return help;
        }
    }
  return NULL;
}

void
dhk_help_window_show (GtkWindow *parent, const char *topic, gboolean only)
{
  Help *self;
  guint place = 0;

  g_return_if_fail (GTK_IS_WINDOW (parent));

  self = find_help (parent);
  if (self == NULL)
    self = create_help (parent, only);
  while (place + 1 < self->topics->len
         && g_strcmp0 (((DhkHelpTopic *) g_ptr_array_index (self->topics, place))->id, topic) != 0)
    place++;
  if (self->choice != NULL)
    gtk_drop_down_set_selected (self->choice, place);
  show_topic (self, g_ptr_array_index (self->topics, place));
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
  gtk_window_present (self->window);
}

/* Dialogs ----------------------------------------------------------------- */

#define TOPIC_DATA "dhk-help-topic"
#define SERVED_DATA "dhk-help-served"

static struct
{
  DhkHelpTopicFunc find_topic;
  gboolean only;
  guint idle;
} service;

void
dhk_help_set_topic (gpointer window, const char *topic)
{
  g_return_if_fail (GTK_IS_WINDOW (window));
  g_object_set_data (window, TOPIC_DATA, (gpointer) topic);
}

static const char *
find_topic (GtkWindow *window)
{
  const char *topic = NULL;

  for (; window != NULL && topic == NULL; window = gtk_window_get_transient_for (window))
    {
      topic = g_object_get_data (G_OBJECT (window), TOPIC_DATA);
      if (topic == NULL)
        topic = service.find_topic (window);
    }
  return topic;
}

static gboolean
help_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  const char *topic = find_topic (GTK_WINDOW (widget));

  if (topic == NULL || g_object_get_data (G_OBJECT (widget), HELP_DATA) != NULL)
    return FALSE;
  dhk_help_window_show (GTK_WINDOW (widget), topic, service.only);
  return TRUE;
}

static void
serve (GtkWindow *window)
{
  GtkEventController *shortcuts;

  /* A program's own windows have an action of their own for it. */
  if (g_object_get_data (G_OBJECT (window), SERVED_DATA) != NULL
      || service.find_topic (window) != NULL)
    return;
  g_object_set_data (G_OBJECT (window), SERVED_DATA, GINT_TO_POINTER (1));
  shortcuts = gtk_shortcut_controller_new ();
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (shortcuts),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_F1, 0),
                        gtk_callback_action_new (help_cb, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (window), shortcuts);
}

static gboolean
serve_cb (gpointer user_data)
{
  GListModel *all = user_data;

  service.idle = 0;
  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (all, i);

      serve (window);
    }
  return G_SOURCE_REMOVE;
}

/* A window is listed before it is made. */
static void
windows_changed_cb (GListModel *all, guint place, guint removed, guint added, gpointer user_data)
{
  if (added > 0 && service.idle == 0)
    service.idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, serve_cb, all, NULL);
}

void
dhk_help_serve_dialogs (DhkHelpTopicFunc func, gboolean only)
{
  gboolean is_first = service.find_topic == NULL;

  g_return_if_fail (func != NULL);

  service.find_topic = func;
  service.only = only;
  if (is_first)
    g_signal_connect (gtk_window_get_toplevels (), "items-changed", G_CALLBACK (windows_changed_cb),
                      NULL);
}
