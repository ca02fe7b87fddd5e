/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/dhk-compare-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "ui/dhk-chart-view.h"
#include "ui/dhk-comparison.h"
#include "ui/dhk-label.h"
#include "ui/dhk-message.h"
#include "ui/dhk-output.h"
#include "ui/dhk-table-view.h"

struct _DhkComparePage
{
  GtkWidget parent_instance;

  /* Template widgets */
  GtkStack *stack;
  GtkBox *scale_box;
  GtkWidget *viewpoint_box;
  GtkWidget *side_box;
  GtkBox *only_box;
  GtkStack *result_stack;
  AdwStatusPage *nothing;
  GtkWidget *everybody_button;
  GtkLabel *heading;
  DhkChartView *chart;
  DhkTableView *table;
  GtkLabel *sentences;

  /* Lent by the boxes above */
  GtkDropDown *viewpoint;
  GtkDropDown *side_by_side;
  GPtrArray *scale_buttons; /* GtkCheckButton per scale */
  GtkDropDown *only[DHK_MAX_VARIABLES];
  GtkWidget *only_labels[DHK_MAX_VARIABLES];

  /* Owned */
  DhkSession *session;
  GArray *viewpoints;
  GArray *sides; /* int: what each entry of side_by_side stands for */
  DhkOutput *output;
  GCancellable *cancellable; /* of the newest request */
};

G_DEFINE_FINAL_TYPE (DhkComparePage, dhk_compare_page, GTK_TYPE_WIDGET)

static void update (DhkComparePage *self);

/* The choices as a value ------------------------------------------------------------------------
 */

static void
get_choices (DhkComparePage *self, DhkComparison *choices, gboolean *scales)
{
  DhkInstrument *instrument = dhk_session_get_instrument (self->session);

  *choices = (DhkComparison){ .instrument = instrument,
                              .viewpoints = self->viewpoints,
                              .scales = scales,
                              .viewpoint = gtk_drop_down_get_selected (self->viewpoint) };
  choices->side_by_side
      = g_array_index (self->sides, int, gtk_drop_down_get_selected (self->side_by_side));
  for (guint i = 0; i < self->scale_buttons->len; i++)
    scales[i] = gtk_check_button_get_active (g_ptr_array_index (self->scale_buttons, i));
  for (guint i = 0; i < DHK_MAX_VARIABLES; i++)
    {
      choices->only[i] = -1;
      if (self->only[i] != NULL && (int) i != choices->side_by_side)
        choices->only[i] = (gint8) ((int) gtk_drop_down_get_selected (self->only[i]) - 1);
    }
}

static gboolean
has_scale (const DhkComparison *choices)
{
  for (guint i = 0; i < dhk_instrument_get_n_scales (choices->instrument); i++)
    if (choices->scales[i] && dhk_comparison_can_show (choices, i))
      return TRUE;
  return FALSE;
}

/* Choices that mean nothing now are shown as such, and keep their state. */
static void
update_sensitivity (DhkComparePage *self, const DhkComparison *choices)
{
  gboolean is_one = choices->side_by_side != DHK_SIDE_BY_SIDE_VIEWPOINTS;

  gtk_widget_set_sensitive (GTK_WIDGET (self->viewpoint), is_one);
  for (guint i = 0; i < self->scale_buttons->len; i++)
    gtk_widget_set_sensitive (g_ptr_array_index (self->scale_buttons, i),
                              dhk_comparison_can_show (choices, i));
  for (guint i = 0; i < DHK_MAX_VARIABLES; i++)
    if (self->only[i] != NULL)
      {
        gtk_widget_set_visible (GTK_WIDGET (self->only[i]), (int) i != choices->side_by_side);
        gtk_widget_set_visible (self->only_labels[i], (int) i != choices->side_by_side);
      }
}

/* The result -------------------------------------------------------------------------------------
 */

static void
set_lines (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text);
  dhk_label_keep_together (label);
  gtk_widget_set_visible (GTK_WIDGET (label), *text != '\0');
}

static void
computed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DhkComparePage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkOutput) output = dhk_output_compute_finish (result, &error);

  /* Cancelled: a newer request is on its way, or the page is gone. */
  if (output == NULL || self->session == NULL)
    return;
  g_clear_pointer (&self->output, dhk_output_unref);
  self->output = g_steal_pointer (&output);
  self->output->is_sample = dhk_session_is_sample (self->session);
  gtk_label_set_text (self->heading, self->output->heading);
  dhk_chart_view_set_chart (self->chart, self->output->chart);
  dhk_table_view_set_table (self->table, self->output->table, self->output->heading);
  set_lines (self->sentences, self->output->sentences);
  gtk_stack_set_visible_child_name (self->result_stack, "result");
}

static void
set_output_actions (DhkComparePage *self, gboolean enabled)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.copy", enabled);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.print", enabled);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.export", enabled);
}

/* Says why there is nothing to show, and offers the way back. */
static void
show_nothing (DhkComparePage *self, const DhkComparison *choices)
{
  gboolean is_filtered = FALSE;

  for (guint i = 0; i < DHK_MAX_VARIABLES; i++)
    is_filtered = is_filtered || choices->only[i] >= 0;
  if (!has_scale (choices))
    {
      is_filtered = FALSE;
      adw_status_page_set_title (self->nothing, _ ("Choose what to compare"));
      adw_status_page_set_description (self->nothing, _ ("Tick at least one scale at the left."));
    }
  else
    {
      adw_status_page_set_title (self->nothing, _ ("Nobody fits these choices"));
      adw_status_page_set_description (self->nothing, _ ("Choose a wider group under “Only”, or "
                                                         "somebody else who rates."));
    }
  gtk_widget_set_visible (self->everybody_button, is_filtered);
  gtk_stack_set_visible_child_name (self->result_stack, "nothing");
}

static void
update (DhkComparePage *self)
{
  DhkFrame *frame = dhk_session_get_frame (self->session);
  g_autofree gboolean *scales = g_new0 (gboolean, self->scale_buttons->len + 1);
  g_autoptr (DhkAnalysis) analysis = NULL;
  DhkComparison choices;

  gtk_stack_set_visible_child_name (self->stack,
                                    dhk_frame_get_n_rows (frame) > 0 ? "content" : "empty");
  get_choices (self, &choices, scales);
  update_sensitivity (self, &choices);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  analysis = dhk_comparison_create_analysis (&choices, frame);
  set_output_actions (self, analysis != NULL);
  if (analysis == NULL)
    {
      show_nothing (self, &choices);
      return;
    }
  self->cancellable = g_cancellable_new ();
  dhk_output_compute_async (analysis, frame, NULL, self->cancellable, computed_cb,
                            g_object_ref (self));
}

/* From somewhere else other scales are asked: the first of them, when none of those chosen is. */
static void
choice_changed (DhkComparePage *self)
{
  g_autofree gboolean *scales = g_new0 (gboolean, self->scale_buttons->len + 1);
  DhkComparison choices;

  get_choices (self, &choices, scales);
  for (guint i = 0; !has_scale (&choices) && i < self->scale_buttons->len; i++)
    if (dhk_comparison_can_show (&choices, i))
      {
        /* Its signal brings the update. */
        gtk_check_button_set_active (g_ptr_array_index (self->scale_buttons, i), TRUE);
        return;
      }
  update (self);
}

/* Building the choices ---------------------------------------------------- */

/* Takes the list. */
static GtkDropDown *
create_drop_down (DhkComparePage *self, GtkStringList *list, const char *name)
{
  GtkWidget *drop_down = gtk_drop_down_new (G_LIST_MODEL (list), NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  return GTK_DROP_DOWN (drop_down);
}

static void
watch_drop_down (DhkComparePage *self, GtkDropDown *drop_down)
{
  g_signal_connect_object (drop_down, "notify::selected", G_CALLBACK (choice_changed), self,
                           G_CONNECT_SWAPPED);
}

static void
build_scales (DhkComparePage *self, DhkInstrument *instrument, DhkLanguage language)
{
  for (guint i = 0; i < dhk_instrument_get_n_scales (instrument); i++)
    {
      const DhkScale *scale = dhk_instrument_get_scale (instrument, i);
      GtkWidget *button = gtk_check_button_new_with_label (dhk_text_get (&scale->label, language));
      const char *description = dhk_text_get (&scale->description, language);

      if (*description != '\0')
        gtk_widget_set_tooltip_text (button, description);
      gtk_check_button_set_active (GTK_CHECK_BUTTON (button), i == 0);
      g_signal_connect_object (button, "toggled", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
      g_ptr_array_add (self->scale_buttons, button);
      gtk_box_append (self->scale_box, button);
    }
}

static void
build_viewpoints (DhkComparePage *self, DhkInstrument *instrument, DhkLanguage language)
{
  GtkStringList *list = gtk_string_list_new (NULL);

  self->viewpoints = dhk_comparison_list_viewpoints (instrument);
  for (guint i = 0; i < self->viewpoints->len; i++)
    {
      const DhkViewpoint *viewpoint = &g_array_index (self->viewpoints, DhkViewpoint, i);

      gtk_string_list_append (list, dhk_instrument_get_perspective_label (
                                        instrument, viewpoint->role, viewpoint->target, language));
    }
  self->viewpoint = create_drop_down (self, list, _ ("Rated by / about"));
  gtk_box_append (GTK_BOX (self->viewpoint_box), GTK_WIDGET (self->viewpoint));
}

static gboolean
can_compare (const DhkVariable *variable)
{
  return variable->kind == DHK_VARIABLE_CATEGORY ? variable->n_categories > 1
                                                 : variable->n_bands > 1;
}

static void
build_sides (DhkComparePage *self, DhkInstrument *instrument, DhkLanguage language)
{
  GtkStringList *list = gtk_string_list_new (NULL);
  int side = DHK_SIDE_BY_SIDE_VIEWPOINTS;

  for (int i = 0; i < (int) dhk_instrument_get_n_variables (instrument); i++)
    {
      const DhkVariable *variable = dhk_instrument_get_variable (instrument, (guint) i);

      if (!can_compare (variable))
        continue;
      gtk_string_list_append (list, dhk_text_get (&variable->label, language));
      g_array_append_val (self->sides, i);
    }
  gtk_string_list_append (list, _ ("Who rates whom"));
  g_array_append_val (self->sides, side);
  self->side_by_side = create_drop_down (self, list, _ ("Side by side"));
  gtk_box_append (GTK_BOX (self->side_box), GTK_WIDGET (self->side_by_side));
}

static void
build_filter (DhkComparePage *self, guint i, const DhkVariable *variable, DhkLanguage language)
{
  const char *name = dhk_text_get (&variable->label, language);
  GtkStringList *list = gtk_string_list_new (NULL);
  GtkWidget *label = gtk_label_new (name);
  gboolean is_category = variable->kind == DHK_VARIABLE_CATEGORY;
  guint n = is_category ? variable->n_categories : variable->n_bands;

  gtk_string_list_append (list, _ ("Everybody"));
  for (guint j = 0; j < n; j++)
    gtk_string_list_append (list, dhk_text_get (is_category ? &variable->categories[j].label
                                                            : &variable->bands[j].label,
                                                language));
  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_widget_add_css_class (label, "caption");
  self->only[i] = create_drop_down (self, list, name);
  self->only_labels[i] = label;
  gtk_box_append (self->only_box, label);
  gtk_box_append (self->only_box, GTK_WIDGET (self->only[i]));
}

static void
build_choices (DhkComparePage *self)
{
  DhkInstrument *instrument = dhk_session_get_instrument (self->session);
  DhkLanguage language = dhk_language_of_messages ();

  build_scales (self, instrument, language);
  build_viewpoints (self, instrument, language);
  build_sides (self, instrument, language);
  for (guint i = 0; i < dhk_instrument_get_n_variables (instrument); i++)
    {
      const DhkVariable *variable = dhk_instrument_get_variable (instrument, i);

      /* A filter for each of several choices would push everything else aside. */
      if (can_compare (variable) && variable->choices < 0)
        build_filter (self, i, variable, language);
    }
  /* Only now: nothing is computed while the choices come into being. */
  watch_drop_down (self, self->viewpoint);
  watch_drop_down (self, self->side_by_side);
  for (guint i = 0; i < DHK_MAX_VARIABLES; i++)
    if (self->only[i] != NULL)
      watch_drop_down (self, self->only[i]);
}

/* Actions ----------------------------------------------------------------- */

static void
copy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DhkComparePage *self = DHK_COMPARE_PAGE (widget);
  g_autoptr (GdkTexture) picture = NULL;

  if (self->output == NULL)
    return;
  picture = dhk_chart_view_create_texture (self->chart);
  dhk_output_copy (self->output, widget, picture);
}

static void
print_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DhkComparePage *self = DHK_COMPARE_PAGE (widget);

  if (self->output != NULL)
    dhk_output_print (self->output, widget);
}

static void
export_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DhkComparePage *self = DHK_COMPARE_PAGE (widget);

  if (self->output != NULL)
    dhk_output_choose_export (self->output, widget);
}

static void
everybody_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DhkComparePage *self = DHK_COMPARE_PAGE (widget);

  for (guint i = 0; i < DHK_MAX_VARIABLES; i++)
    if (self->only[i] != NULL)
      gtk_drop_down_set_selected (self->only[i], 0);
}

/* Life -------------------------------------------------------------------- */

static void
dhk_compare_page_dispose (GObject *object)
{
  DhkComparePage *self = DHK_COMPARE_PAGE (object);
  GtkWidget *child;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  g_clear_pointer (&self->output, dhk_output_unref);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (dhk_compare_page_parent_class)->dispose (object);
}

static void
dhk_compare_page_finalize (GObject *object)
{
  DhkComparePage *self = DHK_COMPARE_PAGE (object);

  g_clear_pointer (&self->viewpoints, g_array_unref);
  g_array_unref (self->sides);
  g_ptr_array_unref (self->scale_buttons);

  G_OBJECT_CLASS (dhk_compare_page_parent_class)->finalize (object);
}

static void
dhk_compare_page_class_init (DhkComparePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dhk_compare_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = dhk_compare_page_finalize;

  g_type_ensure (DHK_TYPE_TABLE_VIEW);
  g_type_ensure (DHK_TYPE_CHART_VIEW);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/driehoek/Driehoek/compare-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DhkComparePage, stack);
  gtk_widget_class_bind_template_child (widget_class, DhkComparePage, scale_box);
  gtk_widget_class_bind_template_child (widget_class, DhkComparePage, viewpoint_box);
  gtk_widget_class_bind_template_child (widget_class, DhkComparePage, side_box);
  gtk_widget_class_bind_template_child (widget_class, DhkComparePage, only_box);
  gtk_widget_class_bind_template_child (widget_class, DhkComparePage, result_stack);
  gtk_widget_class_bind_template_child (widget_class, DhkComparePage, nothing);
  gtk_widget_class_bind_template_child (widget_class, DhkComparePage, everybody_button);
  gtk_widget_class_bind_template_child (widget_class, DhkComparePage, heading);
  gtk_widget_class_bind_template_child (widget_class, DhkComparePage, chart);
  gtk_widget_class_bind_template_child (widget_class, DhkComparePage, table);
  gtk_widget_class_bind_template_child (widget_class, DhkComparePage, sentences);
  gtk_widget_class_install_action (widget_class, "page.copy", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "page.print", NULL, print_action);
  gtk_widget_class_install_action (widget_class, "page.export", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "compare.everybody", NULL, everybody_action);
}

static void
dhk_compare_page_init (DhkComparePage *self)
{
  self->scale_buttons = g_ptr_array_new ();
  self->sides = g_array_new (FALSE, FALSE, sizeof (int));
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
dhk_compare_page_new (DhkSession *session)
{
  DhkComparePage *self;

  g_return_val_if_fail (DHK_IS_SESSION (session), NULL);

  self = g_object_new (DHK_TYPE_COMPARE_PAGE, NULL);
  self->session = g_object_ref (session);
  build_choices (self);
  g_signal_connect_object (session, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
