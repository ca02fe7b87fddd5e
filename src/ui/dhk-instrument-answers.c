/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The tabs Answer labels and Versions. */

#include <glib/gi18n.h>

#include "ui/dhk-instrument-page-private.h"
#include "ui/dhk-session-instrument.h"

#define MOST_CHANGES 12 /* of a version that are written out */

/* Answer labels ------------------------------------------------------------- */

static gboolean
apply_label (DhkInstrumentPage *self, GtkWidget *row, const char *text)
{
  g_autoptr (GError) error = NULL;
  DhkInstrument *next = dhk_instrument_with_answer_label (
      dhk_instrument_page_get_instrument (self), (guint) dhk_instrument_page_get_place (row, 0),
      dhk_instrument_page_get_place (row, 1), dhk_instrument_page_get_language (self), text,
      &error);

  return dhk_instrument_page_take (self, next, error, FALSE, NULL);
}

static gboolean
apply_new_answer (DhkInstrumentPage *self, GtkWidget *row, const char *text)
{
  g_autoptr (GError) error = NULL;
  int scale = dhk_instrument_page_get_place (row, 0);
  g_autofree char *focus = g_strdup_printf ("new-answer-%d", scale);
  DhkInstrument *next
      = dhk_instrument_with_answer_added (dhk_instrument_page_get_instrument (self), (guint) scale,
                                          dhk_instrument_page_get_language (self), text, &error);

  return dhk_instrument_page_take (self, next, error, TRUE, focus);
}

static void
remove_cb (GtkWidget *button, gpointer user_data)
{
  DhkInstrumentPage *self = DHK_INSTRUMENT_PAGE (user_data);
  g_autoptr (GError) error = NULL;
  int scale = dhk_instrument_page_get_place (button, 0);
  g_autofree char *focus = g_strdup_printf ("new-answer-%d", scale);
  DhkInstrument *next = dhk_instrument_with_answer_removed (
      dhk_instrument_page_get_instrument (self), (guint) scale,
      dhk_instrument_page_get_place (button, 1), &error);

  dhk_instrument_page_take (self, next, error, TRUE, focus);
}

static void
raise_cb (GtkWidget *button, gpointer user_data)
{
  DhkInstrumentPage *self = DHK_INSTRUMENT_PAGE (user_data);
  g_autoptr (GError) error = NULL;
  int scale = dhk_instrument_page_get_place (button, 0);
  int code = dhk_instrument_page_get_place (button, 1);
  g_autofree char *focus = g_strdup_printf ("answer-%d-%d", scale, code);
  DhkInstrument *next = dhk_instrument_with_answer_raised (
      dhk_instrument_page_get_instrument (self), (guint) scale, code, &error);

  dhk_instrument_page_take (self, next, error, TRUE, focus);
}

static guint
count_items (const DhkInstrument *instrument, guint answer_scale)
{
  guint n = 0;

  for (guint i = 0; i < dhk_instrument_get_n_items (instrument); i++)
    n += dhk_instrument_get_item (instrument, i)->answer_scale == answer_scale;
  return n;
}

static void
add_edited (DhkInstrumentPage *self, GtkListBox *list, guint scale, const DhkAnswer *answer)
{
  const char *text = answer->label.in[dhk_instrument_page_get_language (self)];
  g_autofree char *title = g_strdup_printf ("%d", answer->code);
  g_autofree char *remove = g_strdup_printf (_ ("Remove answer %d"), answer->code);
  GtkWidget *row
      = dhk_instrument_page_add_text (self, list, title, text != NULL ? text : "", apply_label);
  g_autofree char *raise = g_strdup_printf (_ ("Move answer %d up"), answer->code);
  g_autofree char *name = g_strdup_printf ("answer-%u-%d", scale, answer->code);
  GtkWidget *button;

  gtk_widget_set_name (row, name);
  dhk_instrument_page_set_place (row, (int) scale, answer->code);
  button
      = dhk_instrument_page_add_button (self, row, "go-up-symbolic", raise, G_CALLBACK (raise_cb));
  dhk_instrument_page_set_place (button, (int) scale, answer->code);
  button = dhk_instrument_page_add_button (self, row, "user-trash-symbolic", remove,
                                           G_CALLBACK (remove_cb));
  dhk_instrument_page_set_place (button, (int) scale, answer->code);
}

static void
add_scale (DhkInstrumentPage *self, guint index)
{
  const DhkInstrument *instrument = dhk_instrument_page_get_instrument (self);
  const DhkAnswerScale *scale = dhk_instrument_get_answer_scale (instrument, index);
  DhkLanguage language = dhk_instrument_page_get_language (self);
  guint n = count_items (instrument, index);
  g_autofree char *used = g_strdup_printf (ngettext ("%u item", "%u items", n), n);
  GtkListBox *list
      = dhk_instrument_page_add_list (self->answers, dhk_text_get (&scale->label, language), used);

  for (guint i = 0; i < scale->n_answers; i++)
    {
      g_autofree char *code = g_strdup_printf ("%d", scale->answers[i].code);

      if (dhk_instrument_page_is_editing (self))
        add_edited (self, list, index, &scale->answers[i]);
      else
        dhk_instrument_page_add_row (list, dhk_text_get (&scale->answers[i].label, language), code);
    }
  if (dhk_instrument_page_is_editing (self))
    {
      GtkWidget *row
          = dhk_instrument_page_add_text (self, list, _ ("Add an answer"), "", apply_new_answer);
      g_autofree char *name = g_strdup_printf ("new-answer-%u", index);

      gtk_widget_set_name (row, name);
      dhk_instrument_page_set_place (row, (int) index, 0);
    }
}

void
dhk_instrument_page_build_answers (DhkInstrumentPage *self)
{
  const DhkInstrument *instrument = dhk_instrument_page_get_instrument (self);

  dhk_instrument_page_clear (self->answers);
  for (guint i = 0; i < dhk_instrument_get_n_answer_scales (instrument); i++)
    add_scale (self, i);
}

/* Versions -------------------------------------------------------------------- */

static char *
dup_when (gint64 when)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (when);

  return time != NULL ? g_date_time_format (time, "%-d %B %Y, %H:%M") : g_strdup ("");
}

static char *
dup_changes (const DhkSessionVersion *version)
{
  GString *text = g_string_new (NULL);
  g_autofree char *when = dup_when (version->saved);

  g_string_append (text, when);
  for (guint i = 0; version->changes != NULL && i < MIN (version->changes->len, MOST_CHANGES); i++)
    g_string_append_printf (text, "\n%s", (const char *) g_ptr_array_index (version->changes, i));
  if (version->changes != NULL && version->changes->len > MOST_CHANGES)
    {
      g_string_append_c (text, '\n');
      g_string_append_printf (text,
                              ngettext ("and %u more change", "and %u more changes",
                                        version->changes->len - MOST_CHANGES),
                              version->changes->len - MOST_CHANGES);
    }
  return g_string_free (text, FALSE);
}

static void
versions_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DhkInstrumentPage) self = user_data;
  g_autoptr (GPtrArray) versions
      = dhk_session_load_versions_finish (DHK_SESSION (source), result, NULL);
  GtkListBox *list;

  if (versions == NULL || self->session == NULL)
    return;
  dhk_instrument_page_clear (self->versions);
  list = dhk_instrument_page_add_list (
      self->versions, _ ("Versions"),
      _ ("Answers stay with their question; every score is computed by the version in use."));
  for (guint i = 0; i < versions->len; i++)
    {
      const DhkSessionVersion *version = g_ptr_array_index (versions, i);
      g_autofree char *title = g_strdup_printf (
          version->is_current ? _ ("Version %s, in use") : _ ("Version %s"), version->label);
      g_autofree char *changes = dup_changes (version);

      dhk_instrument_page_add_row (list, title, changes);
    }
}

void
dhk_instrument_page_load_versions (DhkInstrumentPage *self)
{
  dhk_session_load_versions_async (self->session, versions_loaded_cb, g_object_ref (self));
}
