/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/dhk-entry-compare.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#include "analysis/dhk-double-entry.h"
#include "base/dhk-number.h"
#include "ui/dhk-entry-other.h"
#include "ui/dhk-message.h"

/* So many are listed at once; the others come up as these are settled. */
#define MAX_ROWS 200

struct _DhkEntryCompare
{
  GtkWidget parent_instance;

  /* Template widgets */
  GtkWidget *box;
  GtkLabel *title;
  GtkLabel *agreement;
  GtkLabel *once;
  GtkWidget *open_group;
  GtkListBox *open_list;
  GtkLabel *more;
  GtkWidget *settled_group;
  GtkListBox *settled_list;
  GtkWidget *none;
  GtkWidget *back_button;

  /* Owned */
  DhkSession *session;
  DhkEntryComparison *comparison;
  gint64 batch;
  int selected;     /* the place in the list that shall have the focus, -1: none */
  guint n_settling; /* choices being stored */
  guint n_comparing;
};

G_DEFINE_FINAL_TYPE (DhkEntryCompare, dhk_entry_compare, GTK_TYPE_WIDGET)

static guint leave_signal;

static void reload (DhkEntryCompare *self);

/* Settling ---------------------------------------------------------------------- */

static void
settled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DhkEntryCompare) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!dhk_session_entry_finish (DHK_SESSION (source), result, NULL, &error))
    dhk_message_show_error (GTK_WIDGET (self), _ ("The choice was not stored"), error);
  /* The rows stay where they are until the last choice is stored: keys may be on their way. */
  self->n_settling--;
  if (self->session != NULL && self->n_settling == 0)
    reload (self);
}

/* The next key is for the next difference, also when the disk is slower than who types. */
static void
pass_on (DhkEntryCompare *self, const DhkEntryPair *pair)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->open_list, i)) != NULL; i++)
    {
      const DhkEntryPair *of_row = g_object_get_data (G_OBJECT (row), "pair");
      GtkListBoxRow *next;

      if (of_row->number != pair->number || of_row->question != pair->question)
        continue;
      next = gtk_list_box_get_row_at_index (self->open_list, i + 1);
      gtk_widget_grab_focus (next != NULL ? GTK_WIDGET (next) : self->back_button);
      gtk_widget_set_sensitive (GTK_WIDGET (row), FALSE);
      return;
    }
}

static void
settle (const DhkEntryPair *pair, const DhkEntryAnswer *answer, gpointer owner)
{
  DhkEntryCompare *self = DHK_ENTRY_COMPARE (owner);

  self->n_settling++;
  dhk_session_settle_async (self->session, self->batch, pair->number, pair->question, answer,
                            settled_cb, g_object_ref (self));
  pass_on (self, pair);
}

/* Where the next one will be when this one and those that are being settled are gone. */
static int
get_next_place (const DhkEntryCompare *self, GtkListBoxRow *row)
{
  int place = 0;

  for (int i = 0; i < gtk_list_box_row_get_index (row); i++)
    place += gtk_widget_get_sensitive (
        GTK_WIDGET (gtk_list_box_get_row_at_index (self->open_list, i)));
  return place;
}

static void
choose (DhkEntryCompare *self, GtkListBoxRow *row, guint choice)
{
  const DhkEntryPair *pair = g_object_get_data (G_OBJECT (row), "pair");
  gboolean is_open = gtk_widget_get_parent (GTK_WIDGET (row)) == GTK_WIDGET (self->open_list);

  self->selected = is_open ? get_next_place (self, row) : -1;
  if (choice == 1 || choice == 2)
    settle (pair, choice == 1 ? &pair->first : &pair->second, self);
  else
    dhk_entry_other_ask (GTK_WIDGET (self), dhk_session_get_instrument (self->session),
                         self->comparison->questionnaire, pair, settle);
}

static void
button_cb (GtkButton *button, gpointer user_data)
{
  GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_LIST_BOX_ROW);

  choose (DHK_ENTRY_COMPARE (user_data), GTK_LIST_BOX_ROW (row),
          GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "choice")));
}

static gboolean
key_cb (GtkEventControllerKey *controller,
        guint key,
        guint code,
        GdkModifierType state,
        gpointer user_data)
{
  DhkEntryCompare *self = DHK_ENTRY_COMPARE (user_data);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  GtkWidget *row;
  guint choice = 0;

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return FALSE;
  if (key == GDK_KEY_Escape)
    {
      g_signal_emit (self, leave_signal, 0);
      return TRUE;
    }
  if (key >= GDK_KEY_1 && key <= GDK_KEY_3)
    choice = key - GDK_KEY_1 + 1;
  else if (key >= GDK_KEY_KP_1 && key <= GDK_KEY_KP_3)
    choice = key - GDK_KEY_KP_1 + 1;
  if (choice == 0 || focus == NULL)
    return FALSE;
  row = GTK_IS_LIST_BOX_ROW (focus) ? focus
                                    : gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX_ROW);
  if (row == NULL || g_object_get_data (G_OBJECT (row), "pair") == NULL)
    return FALSE;
  choose (self, GTK_LIST_BOX_ROW (row), choice);
  return TRUE;
}

/* Rows ---------------------------------------------------------------------------- */

static char *
describe (DhkEntryCompare *self, const DhkEntryPair *pair, const DhkEntryAnswer *answer)
{
  return dhk_entry_answer_describe (dhk_session_get_instrument (self->session),
                                    self->comparison->questionnaire, pair->question, answer);
}

static void
add_button (DhkEntryCompare *self, GtkWidget *box, guint choice, const char *text, gboolean chosen)
{
  g_autofree char *label = g_strdup_printf ("%u: %s%s", choice, text, chosen ? " ✓" : "");
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data (G_OBJECT (button), "choice", GUINT_TO_POINTER (choice));
  g_signal_connect_object (button, "clicked", G_CALLBACK (button_cb), self, 0);
  gtk_box_append (GTK_BOX (box), button);
}

static GtkWidget *
create_text (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
add_row (DhkEntryCompare *self, GtkListBox *list, const DhkEntryPair *pair)
{
  DhkInstrument *instrument = dhk_session_get_instrument (self->session);
  const DhkQuestion *question
      = &dhk_instrument_get_questionnaire (instrument, self->comparison->questionnaire)
             ->questions[pair->question];
  const char *wording = dhk_text_get (&question->text, dhk_language_of_messages ());
  g_autofree char *place
      = g_strdup_printf (_ ("Form %u, question %u"), pair->number, pair->question + 1);
  g_autofree char *first = describe (self, pair, &pair->first);
  g_autofree char *second = describe (self, pair, &pair->second);
  g_autofree char *chosen = pair->settled ? describe (self, pair, &pair->chosen) : NULL;
  g_autofree char *name = g_strdup_printf (_ ("%s: first %s, second %s"), place, first, second);
  gboolean is_first = pair->settled && dhk_entry_answer_same (&pair->chosen, &pair->first);
  gboolean is_second = pair->settled && dhk_entry_answer_same (&pair->chosen, &pair->second);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_widget_add_css_class (box, "question");
  gtk_box_append (GTK_BOX (box), create_text (place, "heading"));
  gtk_box_append (GTK_BOX (box), create_text (wording, "dim-label"));
  add_button (self, buttons, 1, first, is_first);
  add_button (self, buttons, 2, second, is_second);
  add_button (self, buttons, 3,
              chosen != NULL && !is_first && !is_second ? chosen : _ ("something else…"),
              chosen != NULL && !is_first && !is_second);
  gtk_box_append (GTK_BOX (box), buttons);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  g_object_set_data_full (G_OBJECT (row), "pair", g_memdup2 (pair, sizeof *pair), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_list_box_append (list, row);
}

static void
clear_list (GtkListBox *list)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, row);
}

/* How well they agree --------------------------------------------------------------- */

static void
update_agreement (DhkEntryCompare *self)
{
  DhkNumberStyle style = dhk_number_style_for_language (dhk_language_of_messages ());
  g_autoptr (GArray) typed = g_array_new (FALSE, FALSE, sizeof (DhkTypedPair));
  g_autofree char *percent = NULL;
  g_autofree char *kappa = NULL;
  g_autofree char *text = NULL;
  DhkDoubleEntry result;

  dhk_entry_comparison_append_typed (self->comparison, dhk_session_get_instrument (self->session),
                                     typed);
  result = dhk_double_entry_run ((const DhkTypedPair *) (gpointer) typed->data, typed->len, -1);
  if (result.n == 0)
    {
      gtk_label_set_text (self->agreement, _ ("No form of this batch was typed twice yet."));
      return;
    }
  percent = dhk_number_format (DHK_NUMBER_PERCENT, 100 * result.share, style);
  kappa = result.undefined != NULL
              ? g_strdup_printf (_ ("κ is undefined, because %s"),
                                 dhk_translate (dhk_language_of_messages (), result.undefined))
              : dhk_number_format_equation ("κ", DHK_NUMBER_R, result.kappa, style);
  /* Translators: counts, a percentage, and Cohen's kappa as "κ = ,93". */
  text = g_strdup_printf (ngettext ("%u of %u answer was typed the same twice (%s%%); %s.",
                                    "%u of %u answers were typed the same twice (%s%%); %s.",
                                    result.n),
                          result.n_same, result.n, percent, kappa);
  gtk_label_set_text (self->agreement, text);
}

static void
append_numbers (GString *text, const char *words, GArray *numbers)
{
  if (numbers->len == 0)
    return;
  g_string_append_printf (text, "%s%s ", text->len > 0 ? "\n" : "", words);
  for (guint i = 0; i < numbers->len; i++)
    g_string_append_printf (text, "%s%u", i > 0 ? ", " : "", g_array_index (numbers, guint, i));
  g_string_append_c (text, '.');
}

static void
update_once (DhkEntryCompare *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  append_numbers (text, _ ("Typed the first time only: form"), self->comparison->only_first);
  append_numbers (text, _ ("Typed the second time only: form"), self->comparison->only_second);
  gtk_label_set_text (self->once, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->once), text->len > 0);
}

/* Updating -------------------------------------------------------------------------- */

static void
take_focus (DhkEntryCompare *self, guint n_open)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (self->back_button, GTK_TYPE_SCROLLED_WINDOW);
  GtkListBoxRow *row = NULL;

  if (self->selected >= 0 && n_open > 0)
    row = gtk_list_box_get_row_at_index (self->open_list,
                                         MIN (self->selected, (int) MIN (n_open, MAX_ROWS) - 1));
  gtk_widget_grab_focus (row != NULL ? GTK_WIDGET (row) : self->back_button);
  /* That nothing is left is said at the top. */
  if (n_open == 0 && scroller != NULL)
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller)),
                              0);
}

static void
update (DhkEntryCompare *self)
{
  guint n_open = 0;
  guint n_settled = 0;

  clear_list (self->open_list);
  clear_list (self->settled_list);
  for (guint i = 0; i < self->comparison->pairs->len; i++)
    {
      const DhkEntryPair *pair = &g_array_index (self->comparison->pairs, DhkEntryPair, i);

      if (!pair->differs)
        continue;
      if (pair->settled ? n_settled++ < MAX_ROWS : n_open++ < MAX_ROWS)
        add_row (self, pair->settled ? self->settled_list : self->open_list, pair);
    }
  gtk_widget_set_visible (self->open_group, n_open > 0);
  gtk_widget_set_visible (self->settled_group, n_settled > 0);
  gtk_widget_set_visible (self->none, n_open == 0 && self->comparison->n_forms > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->more), n_open > MAX_ROWS);
  if (n_open > MAX_ROWS)
    {
      g_autofree char *text = g_strdup_printf (
          ngettext ("%u more difference comes up when these are settled.",
                    "%u more differences come up when these are settled.", n_open - MAX_ROWS),
          n_open - MAX_ROWS);

      gtk_label_set_text (self->more, text);
    }
  update_agreement (self);
  update_once (self);
  take_focus (self, n_open);
}

static void
compared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DhkEntryCompare) self = user_data;
  g_autoptr (GError) error = NULL;
  gpointer comparison = NULL;

  self->n_comparing--;
  if (!dhk_session_entry_finish (DHK_SESSION (source), result, &comparison, &error))
    {
      dhk_message_show_error (GTK_WIDGET (self), _ ("The batch was not compared"), error);
      g_signal_emit (self, leave_signal, 0);
      return;
    }
  /* The rows lend from the comparison they were made of; a later one is on its way. */
  if (self->session == NULL || self->n_settling > 0 || self->n_comparing > 0)
    {
      dhk_entry_comparison_free (comparison);
      return;
    }
  g_clear_pointer (&self->comparison, dhk_entry_comparison_free);
  self->comparison = comparison;
  update (self);
}

static void
reload (DhkEntryCompare *self)
{
  self->n_comparing++;
  dhk_session_compare_entry_async (self->session, self->batch, compared_cb, g_object_ref (self));
}

static void
changed_cb (DhkEntryCompare *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    reload (self);
}

static void
leave_cb (DhkEntryCompare *self)
{
  g_signal_emit (self, leave_signal, 0);
}

void
dhk_entry_compare_start (DhkEntryCompare *self, DhkSession *session, const DhkEntryBatch *batch)
{
  g_autofree char *title = NULL;

  g_return_if_fail (DHK_IS_ENTRY_COMPARE (self));
  g_return_if_fail (DHK_IS_SESSION (session));

  if (self->session == NULL)
    {
      self->session = g_object_ref (session);
      g_signal_connect_object (session, "changed", G_CALLBACK (changed_cb), self,
                               G_CONNECT_SWAPPED);
    }
  self->batch = batch->id;
  self->selected = 0;
  title = g_strdup_printf (_ ("Differences in “%s”"), batch->name);
  gtk_label_set_text (self->title, title);
  reload (self);
}

/* Life ------------------------------------------------------------------------------ */

static void
dhk_entry_compare_dispose (GObject *object)
{
  DhkEntryCompare *self = DHK_ENTRY_COMPARE (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->comparison, dhk_entry_comparison_free);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (dhk_entry_compare_parent_class)->dispose (object);
}

static void
dhk_entry_compare_class_init (DhkEntryCompareClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dhk_entry_compare_dispose;
  leave_signal = g_signal_new ("leave", DHK_TYPE_ENTRY_COMPARE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/driehoek/Driehoek/entry-compare.ui");
  gtk_widget_class_bind_template_child (widget_class, DhkEntryCompare, box);
  gtk_widget_class_bind_template_child (widget_class, DhkEntryCompare, title);
  gtk_widget_class_bind_template_child (widget_class, DhkEntryCompare, agreement);
  gtk_widget_class_bind_template_child (widget_class, DhkEntryCompare, once);
  gtk_widget_class_bind_template_child (widget_class, DhkEntryCompare, open_group);
  gtk_widget_class_bind_template_child (widget_class, DhkEntryCompare, open_list);
  gtk_widget_class_bind_template_child (widget_class, DhkEntryCompare, more);
  gtk_widget_class_bind_template_child (widget_class, DhkEntryCompare, settled_group);
  gtk_widget_class_bind_template_child (widget_class, DhkEntryCompare, settled_list);
  gtk_widget_class_bind_template_child (widget_class, DhkEntryCompare, none);
  gtk_widget_class_bind_template_child (widget_class, DhkEntryCompare, back_button);
  gtk_widget_class_bind_template_callback (widget_class, leave_cb);
}

static void
dhk_entry_compare_init (DhkEntryCompare *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}
