/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The tab Scales: which items make a score. */

#include <glib/gi18n.h>
#include <string.h>

#include "ui/dhk-instrument-page-private.h"
#include "ui/dhk-slices.h"
#include "ui/dhk-text-row.h"

static const DhkScale *
get_scale (DhkInstrumentPage *self, GtkWidget *widget)
{
  return dhk_instrument_get_scale (dhk_instrument_page_get_instrument (self),
                                   (guint) dhk_instrument_page_get_place (widget, 0));
}

/* Words ------------------------------------------------------------------- */

/* The item's wording in the chosen questionnaire, else in any that asks it. */
static const char *
find_wording (DhkInstrumentPage *self, guint item)
{
  const DhkInstrument *instrument = dhk_instrument_page_get_instrument (self);
  guint first = dhk_instrument_page_get_questionnaire (self);
  guint n = dhk_instrument_get_n_questionnaires (instrument);

  for (guint i = 0; i < n; i++)
    {
      const DhkQuestionnaire *asked
          = dhk_instrument_get_questionnaire (instrument, (first + i) % n);

      for (guint k = 0; k < asked->n_questions; k++)
        if (asked->questions[k].item == (int) item)
          return dhk_text_get (&asked->questions[k].text, dhk_instrument_page_get_language (self));
    }
  return _ ("not asked any more");
}

static int
find_place (const DhkScale *scale, guint item)
{
  for (guint i = 0; i < scale->n_items; i++)
    if (scale->items[i] == item)
      return (int) i;
  return -1;
}

static void
update_summary (DhkInstrumentPage *self, GtkWidget *expander)
{
  const DhkScale *scale = get_scale (self, expander);
  const char *label = dhk_text_get (&scale->label, dhk_instrument_page_get_language (self));
  g_autofree char *text
      = g_strdup_printf (ngettext ("%u item; a score needs %u answered",
                                   "%u items; a score needs %u answered", scale->n_items),
                         scale->n_items, scale->min_answered);
  g_autofree char *whole = g_strdup_printf ("%s, %s", label, text);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (expander), label);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (expander), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (expander), GTK_ACCESSIBLE_PROPERTY_LABEL, whole,
                                  -1);
}

/* Changing ---------------------------------------------------------------- */

static GtkWidget *
get_expander (GtkWidget *widget)
{
  return gtk_widget_get_ancestor (widget, ADW_TYPE_EXPANDER_ROW);
}

static gboolean
apply_label (DhkInstrumentPage *self, GtkWidget *row, const char *text)
{
  g_autoptr (GError) error = NULL;
  DhkInstrument *next = dhk_instrument_with_scale_label (
      dhk_instrument_page_get_instrument (self), (guint) dhk_instrument_page_get_place (row, 0),
      dhk_instrument_page_get_language (self), text, &error);
  gboolean taken = dhk_instrument_page_take (self, next, error, FALSE, NULL);

  if (taken)
    update_summary (self, get_expander (row));
  return taken;
}

static gboolean
apply_description (DhkInstrumentPage *self, GtkWidget *row, const char *text)
{
  g_autoptr (GError) error = NULL;
  DhkInstrument *next = dhk_instrument_with_scale_description (
      dhk_instrument_page_get_instrument (self), (guint) dhk_instrument_page_get_place (row, 0),
      dhk_instrument_page_get_language (self), text, &error);

  return dhk_instrument_page_take (self, next, error, FALSE, NULL);
}

/* The spin button follows a scale that has fewer or more items. */
static void
update_minimum (DhkInstrumentPage *self, GtkWidget *expander)
{
  GtkSpinButton *spin = g_object_get_data (G_OBJECT (expander), "minimum");
  const DhkScale *scale = get_scale (self, expander);

  self->updating = TRUE;
  gtk_spin_button_set_range (spin, 1, scale->n_items);
  gtk_spin_button_set_value (spin, scale->min_answered);
  self->updating = FALSE;
}

static void
minimum_cb (GtkSpinButton *spin, gpointer user_data)
{
  DhkInstrumentPage *self = DHK_INSTRUMENT_PAGE (user_data);
  g_autoptr (GError) error = NULL;
  DhkInstrument *next;

  if (self->updating || !dhk_instrument_page_is_editing (self))
    return;
  next = dhk_instrument_with_scale_minimum (
      dhk_instrument_page_get_instrument (self),
      (guint) dhk_instrument_page_get_place (GTK_WIDGET (spin), 0),
      (guint) gtk_spin_button_get_value_as_int (spin), &error);
  if (dhk_instrument_page_take (self, next, error, FALSE, NULL))
    update_summary (self, get_expander (GTK_WIDGET (spin)));
}

static void
set_active (DhkInstrumentPage *self, GtkCheckButton *check, gboolean active)
{
  self->updating = TRUE;
  gtk_check_button_set_active (check, active);
  self->updating = FALSE;
}

static void
member_cb (GtkCheckButton *check, gpointer user_data)
{
  DhkInstrumentPage *self = DHK_INSTRUMENT_PAGE (user_data);
  GtkWidget *widget = GTK_WIDGET (check);
  GtkWidget *expander = get_expander (widget);
  gboolean is_in = gtk_check_button_get_active (check);
  GtkWidget *reversed = g_object_get_data (G_OBJECT (check), "reversed");
  g_autoptr (GError) error = NULL;
  DhkInstrument *next;

  if (self->updating)
    return;
  next = dhk_instrument_with_scale_item (
      dhk_instrument_page_get_instrument (self), (guint) dhk_instrument_page_get_place (widget, 0),
      (guint) dhk_instrument_page_get_place (widget, 1), is_in, &error);
  if (!dhk_instrument_page_take (self, next, error, FALSE, NULL))
    {
      set_active (self, check, !is_in);
      return;
    }
  if (!is_in)
    set_active (self, GTK_CHECK_BUTTON (reversed), FALSE);
  gtk_widget_set_sensitive (reversed, is_in);
  update_summary (self, expander);
  update_minimum (self, expander);
}

static void
reversed_cb (GtkCheckButton *check, gpointer user_data)
{
  DhkInstrumentPage *self = DHK_INSTRUMENT_PAGE (user_data);
  GtkWidget *widget = GTK_WIDGET (check);
  gboolean reversed = gtk_check_button_get_active (check);
  g_autoptr (GError) error = NULL;
  DhkInstrument *next;

  if (self->updating)
    return;
  next = dhk_instrument_with_scale_reversed (
      dhk_instrument_page_get_instrument (self), (guint) dhk_instrument_page_get_place (widget, 0),
      (guint) dhk_instrument_page_get_place (widget, 1), reversed, &error);
  if (!dhk_instrument_page_take (self, next, error, FALSE, NULL))
    set_active (self, check, !reversed);
}

static void
remove_cb (GtkWidget *button, gpointer user_data)
{
  DhkInstrumentPage *self = DHK_INSTRUMENT_PAGE (user_data);
  g_autoptr (GError) error = NULL;
  DhkInstrument *next = dhk_instrument_with_scale_removed (
      dhk_instrument_page_get_instrument (self), (guint) dhk_instrument_page_get_place (button, 0),
      &error);

  dhk_instrument_page_take (self, next, error, TRUE, "add-scale");
}

static void
terms_cb (GtkWidget *button, gpointer user_data)
{
  dhk_instrument_page_ask_terms (DHK_INSTRUMENT_PAGE (user_data),
                                 (guint) dhk_instrument_page_get_place (button, 0));
}

static void
add_cb (GtkWidget *button, gpointer user_data)
{
  dhk_instrument_page_ask_scale (DHK_INSTRUMENT_PAGE (user_data));
}

/* What is inside a scale ---------------------------------------------------- */

static GtkWidget *
create_row (const char *title, const char *subtitle)
{
  GtkWidget *row = dhk_text_row_new ();

  dhk_text_row_set (DHK_TEXT_ROW (row), title, subtitle);
  return row;
}

/* The description, if there is one, and each item; FALSE when there is no more. */
static gboolean
add_shown (DhkInstrumentPage *self, AdwExpanderRow *expander, guint place)
{
  const DhkInstrument *instrument = dhk_instrument_page_get_instrument (self);
  const DhkScale *scale = get_scale (self, GTK_WIDGET (expander));
  const char *description
      = dhk_text_get (&scale->description, dhk_instrument_page_get_language (self));

  if (place == 0 && *description != '\0')
    adw_expander_row_add_row (expander, create_row (description, _ ("Description")));
  if (place > 0)
    {
      guint item = scale->items[place - 1];
      const char *id = dhk_instrument_get_item (instrument, item)->id;
      g_autofree char *subtitle
          = scale->reversed[place - 1] ? g_strdup_printf (_ ("%s, reversed"), id) : g_strdup (id);

      adw_expander_row_add_row (expander, create_row (find_wording (self, item), subtitle));
    }
  return place < scale->n_items;
}

static void
add_member (DhkInstrumentPage *self, AdwExpanderRow *expander, guint item)
{
  const DhkScale *scale = get_scale (self, GTK_WIDGET (expander));
  int index = dhk_instrument_page_get_place (GTK_WIDGET (expander), 0);
  const char *id = dhk_instrument_get_item (dhk_instrument_page_get_instrument (self), item)->id;
  const char *wording = find_wording (self, item);
  GtkWidget *row = create_row (wording, id);
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *reversed = gtk_check_button_new_with_label (_ ("Reversed"));
  g_autofree char *label = g_strdup_printf ("%s, %s", id, wording);
  g_autofree char *reversed_label = g_strdup_printf (_ ("%s, reversed"), id);
  int place = find_place (scale, item);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), place >= 0);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (reversed), place >= 0 && scale->reversed[place]);
  gtk_widget_set_sensitive (reversed, place >= 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (reversed), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  reversed_label, -1);
  dhk_instrument_page_set_place (check, index, (int) item);
  dhk_instrument_page_set_place (reversed, index, (int) item);
  g_object_set_data (G_OBJECT (check), "reversed", reversed);
  g_signal_connect_object (check, "toggled", G_CALLBACK (member_cb), self, 0);
  g_signal_connect_object (reversed, "toggled", G_CALLBACK (reversed_cb), self, 0);
  g_object_set_data (G_OBJECT (row), "check", check);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  dhk_text_row_add_prefix (DHK_TEXT_ROW (row), check);
  dhk_text_row_add_suffix (DHK_TEXT_ROW (row), reversed);
  adw_expander_row_add_row (expander, row);
}

/* Enter, space or a click anywhere on an item. */
static void
activated_cb (GtkListBox *list, GtkListBoxRow *row, gpointer user_data)
{
  GtkWidget *check = g_object_get_data (G_OBJECT (row), "check");

  if (check != NULL)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (check),
                                 !gtk_check_button_get_active (GTK_CHECK_BUTTON (check)));
}

static void
add_minimum (DhkInstrumentPage *self, AdwExpanderRow *expander)
{
  const DhkScale *scale = get_scale (self, GTK_WIDGET (expander));
  GtkWidget *row = create_row (_ ("Answered items that a score needs"), "");
  GtkWidget *spin = gtk_spin_button_new_with_range (1, scale->n_items, 1);

  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), scale->min_answered);
  gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Answered items that a score needs"), -1);
  dhk_instrument_page_set_place (spin, dhk_instrument_page_get_place (GTK_WIDGET (expander), 0), 0);
  g_signal_connect_object (spin, "value-changed", G_CALLBACK (minimum_cb), self, 0);
  g_object_set_data (G_OBJECT (expander), "minimum", spin);
  dhk_text_row_add_suffix (DHK_TEXT_ROW (row), spin);
  adw_expander_row_add_row (expander, row);
  g_signal_connect (gtk_widget_get_parent (row), "row-activated", G_CALLBACK (activated_cb), NULL);
}

static void
add_text (DhkInstrumentPage *self,
          AdwExpanderRow *expander,
          const char *title,
          const DhkText *text,
          DhkTextApply apply)
{
  const char *shown = text->in[dhk_instrument_page_get_language (self)];
  GtkWidget *row
      = dhk_instrument_page_add_text (self, NULL, title, shown != NULL ? shown : "", apply);

  dhk_instrument_page_set_place (row, dhk_instrument_page_get_place (GTK_WIDGET (expander), 0), 0);
  adw_expander_row_add_row (expander, row);
}

/* What is said of the scale, and each item of the questionnaires; FALSE when there is no more. */
static gboolean
add_edited (DhkInstrumentPage *self, AdwExpanderRow *expander, guint place)
{
  const DhkInstrument *instrument = dhk_instrument_page_get_instrument (self);
  const DhkScale *scale = get_scale (self, GTK_WIDGET (expander));

  if (place == 0)
    {
      add_text (self, expander, _ ("Name"), &scale->label, apply_label);
      add_text (self, expander, _ ("Description"), &scale->description, apply_description);
      add_minimum (self, expander);
    }
  /* Only what is answered alike can be averaged. */
  else if (dhk_instrument_get_item (instrument, place - 1)->answer_scale == scale->answer_scale)
    add_member (self, expander, place - 1);
  return place < dhk_instrument_get_n_items (instrument);
}

/* The page, while the tab is as it was when filling began; else NULL: it is about to be made again. */
static DhkInstrumentPage *
get_page (GtkWidget *expander, gboolean edits)
{
  GtkWidget *page = gtk_widget_get_ancestor (expander, DHK_TYPE_INSTRUMENT_PAGE);
  DhkInstrumentPage *self = page != NULL ? DHK_INSTRUMENT_PAGE (page) : NULL;

  if (self == NULL || dhk_instrument_page_is_editing (self) != edits)
    return NULL;
  return (guint) dhk_instrument_page_get_place (expander, 0)
                 < dhk_instrument_get_n_scales (dhk_instrument_page_get_instrument (self))
             ? self
             : NULL;
}

static gboolean
fill_shown_cb (GtkWidget *expander, guint place)
{
  DhkInstrumentPage *self = get_page (expander, FALSE);

  return self != NULL && place <= get_scale (self, expander)->n_items
         && add_shown (self, ADW_EXPANDER_ROW (expander), place);
}

static gboolean
fill_edited_cb (GtkWidget *expander, guint place)
{
  DhkInstrumentPage *self = get_page (expander, TRUE);

  return self != NULL
         && place <= dhk_instrument_get_n_items (dhk_instrument_page_get_instrument (self))
         && add_edited (self, ADW_EXPANDER_ROW (expander), place);
}

/* Made when it is looked into: all items of all scales are hundreds of rows. */
static void
expanded_cb (AdwExpanderRow *expander, GParamSpec *pspec, gpointer user_data)
{
  if (!adw_expander_row_get_expanded (expander)
      || g_object_get_data (G_OBJECT (expander), "filled") != NULL)
    return;
  g_object_set_data (G_OBJECT (expander), "filled", GINT_TO_POINTER (1));
  /* What is in it now is not there when the tab is made again. */
  dhk_instrument_page_set_kind (GTK_WIDGET (expander), NULL);
  dhk_slices_start (GTK_WIDGET (expander),
                    dhk_instrument_page_is_editing (DHK_INSTRUMENT_PAGE (user_data))
                        ? fill_edited_cb
                        : fill_shown_cb,
                    3);
}

static GtkWidget *
create_expander (DhkInstrumentPage *self, const char *kind)
{
  GtkWidget *expander = adw_expander_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (expander), FALSE);
  g_signal_connect_object (expander, "notify::expanded", G_CALLBACK (expanded_cb), self, 0);
  dhk_instrument_page_put_row (self->list, expander, kind);
  return expander;
}

static void
add_scale (DhkInstrumentPage *self, guint index)
{
  gboolean edits = dhk_instrument_page_is_editing (self);
  const char *kind = edits ? "edited" : "shown";
  const char *name = dhk_text_get (
      &dhk_instrument_get_scale (dhk_instrument_page_get_instrument (self), index)->label,
      dhk_instrument_page_get_language (self));
  g_autofree char *remove = g_strdup_printf (_ ("Remove the scale %s"), name);
  g_autofree char *terms = g_strdup_printf (_ ("Source of the wordings of %s"), name);
  GtkWidget *expander = dhk_instrument_page_take_row (self->list, kind);
  GtkWidget *button;

  if (expander == NULL)
    expander = create_expander (self, kind);
  dhk_instrument_page_set_place (expander, (int) index, 0);
  update_summary (self, expander);
  if (!edits)
    return;
  button = dhk_instrument_page_add_button (self, expander, "user-trash-symbolic", remove,
                                           G_CALLBACK (remove_cb));
  dhk_instrument_page_set_place (button, (int) index, 0);
  button = dhk_instrument_page_add_button (self, expander, "document-properties-symbolic", terms,
                                           G_CALLBACK (terms_cb));
  dhk_instrument_page_set_place (button, (int) index, 0);
}

static void
add_end (DhkInstrumentPage *self)
{
  GtkWidget *button;

  if (!dhk_instrument_page_is_editing (self)
      || dhk_instrument_page_take_child (self->scales, "add") != NULL)
    return;
  button = gtk_button_new_with_mnemonic (_ ("_Add a Scale…"));
  gtk_widget_set_name (button, "add-scale");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_signal_connect_object (button, "clicked", G_CALLBACK (add_cb), self, 0);
  dhk_instrument_page_put_child (self->scales, button, "add");
}

/* The list, each scale, and the end of the tab. */
gboolean
dhk_instrument_page_build_scales (DhkInstrumentPage *self, guint place)
{
  guint n = dhk_instrument_get_n_scales (dhk_instrument_page_get_instrument (self));

  if (place == 0)
    {
      dhk_instrument_page_begin (self->scales);
      self->list = dhk_instrument_page_add_list (
          self->scales, _ ("Scales"),
          _ ("A score is the mean of the answered items of one person, when enough are answered."));
    }
  else if (place <= n)
    add_scale (self, place - 1);
  else if (place == n + 1)
    add_end (self);
  else
    return dhk_instrument_page_end (self->scales);
  return TRUE;
}
