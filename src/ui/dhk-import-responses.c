/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/dhk-import-responses.h"

#include <glib/gi18n.h>

/* So many are listed one by one, those that want attention first. */
#define MAX_LISTED 100

/* What became of them --------------------------------------------------------------- */

/* In the order in which they are told and listed. */
typedef enum
{
  STATE_UNREADABLE,
  STATE_SEALED,
  STATE_ASIDE,
  STATE_CHANGED,
  STATE_NEW,
  STATE_PRESENT,
  N_STATES
} State;

static State
get_state (const DhkDraftResponse *response)
{
  if (response->state == DHK_RESPONSE_FILE_SEALED)
    return STATE_SEALED;
  if (response->state == DHK_RESPONSE_FILE_UNREADABLE || response->of == NULL)
    return STATE_UNREADABLE;
  switch (dhk_draft_file_get_fate (response->of, response->row))
    {
    case DHK_ROW_PRESENT:
      return STATE_PRESENT;
    case DHK_ROW_CHANGED:
      return STATE_CHANGED;
    case DHK_ROW_ASIDE:
      return STATE_ASIDE;
    case DHK_ROW_NEW:
    default:
      return STATE_NEW;
    }
}

static char *
dup_state_text (const DhkDraftResponse *response)
{
  g_auto (DhkDraftRow) row = { 0 };

  switch (get_state (response))
    {
    case STATE_UNREADABLE:
      return g_strdup (response->problem);
    case STATE_SEALED:
      return g_strdup (_ ("Needs a password"));
    case STATE_ASIDE:
      dhk_draft_file_read_row (response->of, response->row, &row);
      return g_strdup_printf (_ ("Kept aside: %s"), row.reason != NULL ? row.reason : "");
    case STATE_CHANGED:
      return g_strdup (_ ("There already, with other answers now"));
    case STATE_PRESENT:
      return g_strdup (_ ("There already"));
    case STATE_NEW:
    case N_STATES:
    default:
      return g_strdup (_ ("New"));
    }
}

static char *
dup_count_text (State state, guint n)
{
  switch (state)
    {
    case STATE_UNREADABLE:
      return g_strdup_printf (ngettext ("%u unreadable", "%u unreadable", n), n);
    case STATE_SEALED:
      return g_strdup_printf (ngettext ("%u needs a password", "%u need a password", n), n);
    case STATE_ASIDE:
      return g_strdup_printf (_ ("%u kept aside"), n);
    case STATE_CHANGED:
      return g_strdup_printf (ngettext ("%u changed", "%u changed", n), n);
    case STATE_PRESENT:
      return g_strdup_printf (ngettext ("%u there already", "%u there already", n), n);
    case STATE_NEW:
    case N_STATES:
    default:
      return g_strdup_printf (ngettext ("%u new", "%u new", n), n);
    }
}

static char *
dup_summary (const guint *counts)
{
  GString *text = g_string_new ("");

  for (guint state = 0; state < N_STATES; state++)
    {
      g_autofree char *part = NULL;

      if (counts[state] == 0)
        continue;
      part = dup_count_text (state, counts[state]);
      if (text->len > 0)
        g_string_append (text, " · ");
      g_string_append (text, part);
    }
  return g_string_free (text, FALSE);
}

/* Which ------------------------------------------------------------------------------ */

static gboolean
is_loose (const DhkDraftResponse *response)
{
  return response->source == response->file;
}

gboolean
dhk_import_is_of_responses (DhkDraft *draft, GFile *given)
{
  GPtrArray *responses;

  g_return_val_if_fail (draft != NULL, FALSE);

  responses = dhk_draft_get_responses (draft);
  for (guint i = 0; i < responses->len; i++)
    if (((const DhkDraftResponse *) g_ptr_array_index (responses, i))->source == given)
      return TRUE;
  return FALSE;
}

gboolean
dhk_import_is_made_of_responses (DhkDraft *draft, const DhkDraftFile *file)
{
  GPtrArray *responses;

  g_return_val_if_fail (draft != NULL, FALSE);

  responses = dhk_draft_get_responses (draft);
  for (guint i = 0; i < responses->len; i++)
    if (((const DhkDraftResponse *) g_ptr_array_index (responses, i))->of == file)
      return TRUE;
  return FALSE;
}

/* Rows ------------------------------------------------------------------------------- */

typedef struct
{
  GPtrArray *files; /* GFile */
  DhkLeaveOutFunc func;
  GWeakRef owner;
} LeavingOut;

static void
leaving_out_free (gpointer data, GClosure *closure)
{
  LeavingOut *self = data;

  g_ptr_array_unref (self->files);
  g_weak_ref_clear (&self->owner);
  g_free (self);
}

static void
leave_out_cb (GtkButton *button, gpointer user_data)
{
  const LeavingOut *leaving = user_data;
  g_autoptr (GtkWidget) owner = g_weak_ref_get ((GWeakRef *) &leaving->owner);
  g_autoptr (GPtrArray) files = g_ptr_array_ref (leaving->files);

  /* The button goes with its row. */
  if (owner != NULL)
    leaving->func (files, owner);
}

static GtkWidget *
create_button (const char *tip, GPtrArray *files, DhkLeaveOutFunc func, GtkWidget *owner)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic");
  LeavingOut *leaving = g_new0 (LeavingOut, 1);

  leaving->files = g_ptr_array_ref (files);
  leaving->func = func;
  g_weak_ref_init (&leaving->owner, owner);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tip, -1);
  g_signal_connect_data (button, "clicked", G_CALLBACK (leave_out_cb), leaving, leaving_out_free,
                         0);
  return button;
}

static char *
dup_display_name (GFile *file)
{
  g_autofree char *base = g_file_get_basename (file);

  return g_filename_display_name (base);
}

static GtkWidget *
create_row (const DhkDraftResponse *response, DhkLeaveOutFunc func, GtkWidget *owner)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *name = dup_display_name (response->file);
  g_autofree char *state = dup_state_text (response);
  g_autofree char *label = g_strdup_printf ("%s, %s", name, state);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), state);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  if (is_loose (response))
    {
      g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
      g_autofree char *tip = g_strdup_printf (_ ("Leave “%s” out"), name);

      g_ptr_array_add (files, g_object_ref (response->file));
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), create_button (tip, files, func, owner));
    }
  return row;
}

static int
compare_states (gconstpointer a, gconstpointer b)
{
  State one = get_state (*(const DhkDraftResponse *const *) a);
  State other = get_state (*(const DhkDraftResponse *const *) b);

  return one != other ? (one > other) - (one < other) : 0;
}

static void
add_rows (AdwExpanderRow *all, GPtrArray *responses, DhkLeaveOutFunc func, GtkWidget *owner)
{
  guint n_more = responses->len > MAX_LISTED ? responses->len - MAX_LISTED : 0;

  g_ptr_array_sort (responses, compare_states);
  for (guint i = 0; i < responses->len - n_more; i++)
    adw_expander_row_add_row (all, create_row (g_ptr_array_index (responses, i), func, owner));
  if (n_more > 0)
    {
      GtkWidget *row = adw_action_row_new ();
      g_autofree char *text
          = g_strdup_printf (ngettext ("and %u more", "and %u more", n_more), n_more);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text);
      adw_expander_row_add_row (all, row);
    }
}

static char *
dup_title (GFile *source, guint n)
{
  g_autofree char *name = source != NULL ? dup_display_name (source) : NULL;

  if (name == NULL)
    return g_strdup_printf (ngettext ("%u response file", "%u response files", n), n);
  return g_strdup_printf (ngettext ("%s: %u response file", "%s: %u response files", n), name, n);
}

GtkWidget *
dhk_import_create_responses_row (DhkDraft *draft,
                                 GFile *source,
                                 DhkLeaveOutFunc func,
                                 GtkWidget *owner)
{
  g_autoptr (GPtrArray) responses = g_ptr_array_new ();
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  guint counts[N_STATES] = { 0 };
  g_autofree char *title = NULL;
  g_autofree char *summary = NULL;
  g_autofree char *label = NULL;
  GPtrArray *all;
  GtkWidget *row;

  g_return_val_if_fail (draft != NULL && func != NULL && GTK_IS_WIDGET (owner), NULL);

  all = dhk_draft_get_responses (draft);
  for (guint i = 0; i < all->len; i++)
    {
      DhkDraftResponse *response = g_ptr_array_index (all, i);

      if (source != NULL ? is_loose (response) || response->source != source : !is_loose (response))
        continue;
      g_ptr_array_add (responses, response);
      counts[get_state (response)]++;
      if (is_loose (response))
        g_ptr_array_add (files, g_object_ref (response->file));
    }
  if (responses->len == 0)
    return NULL;
  if (source != NULL)
    g_ptr_array_add (files, g_object_ref (source));
  title = dup_title (source, responses->len);
  summary = dup_summary (counts);
  label = g_strdup_printf ("%s, %s", title, summary);
  row = adw_expander_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), summary);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  adw_expander_row_add_action (
      ADW_EXPANDER_ROW (row),
      create_button (_ ("Leave these response files out"), files, func, owner));
  add_rows (ADW_EXPANDER_ROW (row), responses, func, owner);
  return row;
}
