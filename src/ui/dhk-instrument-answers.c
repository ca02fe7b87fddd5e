/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The tabs Answer labels and Versions. */

#include <glib/gi18n.h>

#include "study/dhk-missing.h"
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

static gboolean
is_given (DhkInstrumentPage *self, GtkWidget *button)
{
  guint scale = (guint) dhk_instrument_page_get_place (button, 0);

  return dhk_instrument_page_is_given (
      self, scale,
      dhk_answer_scale_find (
          dhk_instrument_get_answer_scale (dhk_instrument_page_get_instrument (self), scale),
          dhk_instrument_page_get_place (button, 1)));
}

static void
remove_cb (GtkWidget *button, gpointer user_data)
{
  DhkInstrumentPage *self = DHK_INSTRUMENT_PAGE (user_data);
  g_autoptr (GError) error = NULL;
  int scale = dhk_instrument_page_get_place (button, 0);
  g_autofree char *focus = g_strdup_printf ("new-answer-%d", scale);
  DhkInstrument *next;

  if (is_given (self, button))
    return;
  next = dhk_instrument_with_answer_removed (dhk_instrument_page_get_instrument (self),
                                             (guint) scale,
                                             dhk_instrument_page_get_place (button, 1), &error);
  dhk_instrument_page_take (self, next, error, TRUE, focus);
}

static void
code_cb (GtkWidget *button, gpointer user_data)
{
  DhkInstrumentPage *self = DHK_INSTRUMENT_PAGE (user_data);

  if (!is_given (self, button))
    dhk_instrument_page_ask_code (self, (guint) dhk_instrument_page_get_place (button, 0),
                                  dhk_instrument_page_get_place (button, 1));
}

static gboolean
apply_name (DhkInstrumentPage *self, GtkWidget *row, const char *text)
{
  g_autoptr (GError) error = NULL;
  DhkInstrument *next = dhk_instrument_with_answer_scale_label (
      dhk_instrument_page_get_instrument (self), (guint) dhk_instrument_page_get_place (row, 0),
      dhk_instrument_page_get_language (self), text, &error);

  return dhk_instrument_page_take (self, next, error, FALSE, NULL);
}

static gboolean
apply_missing (DhkInstrumentPage *self, GtkWidget *row, const char *text)
{
  g_autoptr (GError) error = NULL;
  DhkInstrument *next = dhk_instrument_with_missing_label (
      dhk_instrument_page_get_instrument (self), (guint) dhk_instrument_page_get_place (row, 0),
      (DhkMissing) dhk_instrument_page_get_place (row, 1), dhk_instrument_page_get_language (self),
      text, &error);

  return dhk_instrument_page_take (self, next, error, FALSE, NULL);
}

static void
remove_scale_cb (GtkWidget *button, gpointer user_data)
{
  DhkInstrumentPage *self = DHK_INSTRUMENT_PAGE (user_data);
  g_autoptr (GError) error = NULL;
  DhkInstrument *next = dhk_instrument_with_answer_scale_removed (
      dhk_instrument_page_get_instrument (self), (guint) dhk_instrument_page_get_place (button, 0),
      &error);

  dhk_instrument_page_take (self, next, error, TRUE, "add-answers");
}

static void
add_scale_cb (GtkWidget *button, gpointer user_data)
{
  dhk_instrument_page_ask_answers (DHK_INSTRUMENT_PAGE (user_data));
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
  g_autofree char *recode = g_strdup_printf (_ ("Change the code of answer %d"), answer->code);
  g_autofree char *name = g_strdup_printf ("answer-%u-%d", scale, answer->code);
  GtkWidget *button;

  gtk_widget_set_name (row, name);
  dhk_instrument_page_set_place (row, (int) scale, answer->code);
  button
      = dhk_instrument_page_add_button (self, row, "go-up-symbolic", raise, G_CALLBACK (raise_cb));
  dhk_instrument_page_set_place (button, (int) scale, answer->code);
  button = dhk_instrument_page_add_button (self, row, "view-more-symbolic", recode,
                                           G_CALLBACK (code_cb));
  dhk_instrument_page_set_place (button, (int) scale, answer->code);
  button = dhk_instrument_page_add_button (self, row, "user-trash-symbolic", remove,
                                           G_CALLBACK (remove_cb));
  dhk_instrument_page_set_place (button, (int) scale, answer->code);
}

/* The scale's name, before its answers. */
static void
add_name (DhkInstrumentPage *self, GtkListBox *list, guint index, const DhkAnswerScale *scale)
{
  const char *name = scale->label.in[dhk_instrument_page_get_language (self)];
  GtkWidget *row
      = dhk_instrument_page_add_text (self, list, _ ("Name"), name != NULL ? name : "", apply_name);
  g_autofree char *remove = g_strdup_printf (
      _ ("Remove the answers “%s”"), dhk_text_get (&scale->label, dhk_language_of_messages ()));
  GtkWidget *button;

  dhk_instrument_page_set_place (row, (int) index, 0);
  button = dhk_instrument_page_add_button (self, row, "user-trash-symbolic", remove,
                                           G_CALLBACK (remove_scale_cb));
  dhk_instrument_page_set_place (button, (int) index, 0);
}

static const DhkAnswer *
find_missing (const DhkAnswerScale *scale, DhkMissing kind)
{
  for (guint i = 0; i < scale->n_missing; i++)
    if (scale->missing[i].code == (int) kind)
      return &scale->missing[i];
  return NULL;
}

/* What can be chosen and is no answer, per kind of missing. */
static void
add_missing (DhkInstrumentPage *self, GtkListBox *list, guint index, const DhkAnswerScale *scale)
{
  for (guint i = 0; i < DHK_N_MISSING_KINDS; i++)
    {
      DhkMissing kind = dhk_missing_get_kind (i);
      const DhkAnswer *label = find_missing (scale, kind);
      const char *text
          = label != NULL ? label->label.in[dhk_instrument_page_get_language (self)] : NULL;
      g_autofree char *title
          /* TRANSLATORS: "not answered", "not asked" or "unreadable" */
          = g_strdup_printf (_ ("A choice that counts as %s"),
                             dhk_missing_get_label (kind, dhk_language_of_messages ()));
      GtkWidget *row;

      if (dhk_instrument_page_is_editing (self))
        {
          row = dhk_instrument_page_add_text (self, list, title, text != NULL ? text : "",
                                              apply_missing);
          dhk_instrument_page_set_place (row, (int) index, kind);
        }
      else if (label != NULL)
        dhk_instrument_page_add_row (
            list, dhk_text_get (&label->label, dhk_instrument_page_get_language (self)), title);
    }
}

static void
add_list (DhkInstrumentPage *self, guint index)
{
  const DhkInstrument *instrument = dhk_instrument_page_get_instrument (self);
  const DhkAnswerScale *scale = dhk_instrument_get_answer_scale (instrument, index);
  guint n = count_items (instrument, index);
  g_autofree char *used = g_strdup_printf (ngettext ("%u item", "%u items", n), n);

  self->list = dhk_instrument_page_add_list (
      self->answers, dhk_text_get (&scale->label, dhk_instrument_page_get_language (self)), used);
  if (dhk_instrument_page_is_editing (self))
    add_name (self, self->list, index, scale);
}

static void
add_answer (DhkInstrumentPage *self, guint index, const DhkAnswer *answer)
{
  g_autofree char *code = g_strdup_printf ("%d", answer->code);

  if (dhk_instrument_page_is_editing (self))
    add_edited (self, self->list, index, answer);
  else
    dhk_instrument_page_add_row (
        self->list, dhk_text_get (&answer->label, dhk_instrument_page_get_language (self)), code);
}

/* What is below the answers of a scale. */
static void
add_others (DhkInstrumentPage *self, guint index, const DhkAnswerScale *scale)
{
  if (dhk_instrument_page_is_editing (self))
    {
      GtkWidget *row = dhk_instrument_page_add_text (self, self->list, _ ("Add an answer"), "",
                                                     apply_new_answer);
      g_autofree char *name = g_strdup_printf ("new-answer-%u", index);

      gtk_widget_set_name (row, name);
      dhk_instrument_page_set_place (row, (int) index, 0);
    }
  add_missing (self, self->list, index, scale);
}

static void
add_end (DhkInstrumentPage *self)
{
  GtkWidget *button;

  if (!dhk_instrument_page_is_editing (self)
      || dhk_instrument_page_take_child (self->answers, "add") != NULL)
    return;
  button = gtk_button_new_with_mnemonic (_ ("_Add Answers…"));
  gtk_widget_set_name (button, "add-answers");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_signal_connect_object (button, "clicked", G_CALLBACK (add_scale_cb), self, 0);
  dhk_instrument_page_put_child (self->answers, button, "add");
}

/* Of each scale its head, each answer, and what is below them; then the end of the tab. */
gboolean
dhk_instrument_page_build_answers (DhkInstrumentPage *self, guint place)
{
  const DhkInstrument *instrument = dhk_instrument_page_get_instrument (self);
  guint left = place;

  if (place == 0)
    dhk_instrument_page_begin (self->answers);
  for (guint i = 0; i < dhk_instrument_get_n_answer_scales (instrument); i++)
    {
      const DhkAnswerScale *scale = dhk_instrument_get_answer_scale (instrument, i);

      if (left > scale->n_answers + 1)
        {
          left -= scale->n_answers + 2;
          continue;
        }
      if (left == 0)
        add_list (self, i);
      else if (left <= scale->n_answers)
        add_answer (self, i, &scale->answers[left - 1]);
      else
        add_others (self, i, scale);
      return TRUE;
    }
  if (left > 0)
    return dhk_instrument_page_end (self->answers);
  add_end (self);
  return TRUE;
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
  dhk_instrument_page_begin (self->versions);
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
  while (dhk_instrument_page_end (self->versions))
    ;
}

void
dhk_instrument_page_load_versions (DhkInstrumentPage *self)
{
  dhk_session_load_versions_async (self->session, versions_loaded_cb, g_object_ref (self));
}
