/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/dhk-variable-fields.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "base/dhk-number.h"

/* The order of the fields. */
enum
{
  WORDING,
  VARIABLE,
  NAME,
  KIND,
  ANSWERS,
};

enum
{
  CHOICE,
  NUMBER,
  N_KINDS,
};

/* What was typed for either kind, while the other one is shown. */
typedef struct
{
  char *answers[N_KINDS];
  guint shown;
  GArray *known; /* guint: the variables behind the first of the choices */
} Fields;

static void
fields_free (gpointer data)
{
  Fields *fields = data;

  for (guint i = 0; i < N_KINDS; i++)
    g_free (fields->answers[i]);
  g_array_unref (fields->known);
  g_free (fields);
}

static Fields *
get_fields (DhkInstrumentDialog *self)
{
  return g_object_get_data (G_OBJECT (self->list), "variable-fields");
}

/* Reading --------------------------------------------------------------------- */

/* The parts between semicolons that hold anything, ended by NULL. Free with g_strfreev(). */
static char **
list_answers (DhkInstrumentDialog *self)
{
  g_auto (GStrv) parts = g_strsplit (dhk_instrument_dialog_get_text (self, ANSWERS), ";", 101);
  g_autoptr (GStrvBuilder) answers = g_strv_builder_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    if (*g_strstrip (parts[i]) != '\0')
      g_strv_builder_add (answers, parts[i]);
  return g_strv_builder_end (answers);
}

/* People write either decimal sign; there are no thousands among such numbers. */
static double
read_number (char *text)
{
  double number;

  return dhk_number_from_file (g_strdelimit (text, ",", '.'), &number) ? number : NAN;
}

static gboolean
is_whole (DhkInstrumentDialog *self)
{
  g_auto (GStrv) answers = list_answers (self);
  guint n = g_strv_length (answers);

  if (!dhk_instrument_dialog_has_text (self, WORDING)
      || dhk_instrument_dialog_get_choice (self, VARIABLE) > 0)
    return dhk_instrument_dialog_has_text (self, WORDING);
  if (!dhk_instrument_dialog_has_text (self, NAME))
    return FALSE;
  return dhk_instrument_dialog_get_choice (self, KIND) == CHOICE
             ? n >= 2
             : n == 2 && read_number (answers[0]) < read_number (answers[1]);
}

DhkInstrument *
dhk_variable_fields_apply (DhkInstrumentDialog *self,
                           DhkInstrument *instrument,
                           guint questionnaire,
                           DhkLanguage language,
                           const char *head,
                           GError **error)
{
  g_auto (GStrv) answers = list_answers (self);
  const char *text = dhk_instrument_dialog_get_text (self, WORDING);
  guint known = dhk_instrument_dialog_get_choice (self, VARIABLE);
  DhkNewVariable variable = { .name = dhk_instrument_dialog_get_text (self, NAME) };

  if (known > 0)
    return dhk_instrument_with_variable_asked (
        instrument, questionnaire, g_array_index (get_fields (self)->known, guint, known - 1),
        language, text, error);
  if (g_strcmp0 (head, text) != 0)
    variable.head = head;
  if (dhk_instrument_dialog_get_choice (self, KIND) == CHOICE)
    variable.labels = (const char *const *) answers;
  else
    {
      guint n = g_strv_length (answers);

      variable.minimum = n > 0 ? read_number (answers[0]) : NAN;
      variable.maximum = n > 1 ? read_number (answers[1]) : NAN;
    }
  return dhk_instrument_with_variable_added (instrument, questionnaire, &variable, language, text,
                                             error);
}

/* Proposing -------------------------------------------------------------------- */

static char *
join_labels (const GPtrArray *labels)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; labels != NULL && i < labels->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "; " : "",
                            (const char *) g_ptr_array_index (labels, i));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* A later file may hold more than this one: up to the next power of ten. */
static char *
dup_range (const DhkVariableProposal *proposal)
{
  double most = 10;

  if (!proposal->is_number)
    return g_strdup ("0; 100");
  while (most < proposal->high)
    most *= 10;
  return g_strdup_printf ("%d; %d", (int) floor (MIN (proposal->low, 0)), (int) most);
}

/* A question as the name of what it asks. */
static char *
dup_name (const char *text)
{
  g_autofree char *name = g_strstrip (g_strdup (text));
  gsize length = strlen (name);

  while (length > 0 && strchr ("?:. ", name[length - 1]) != NULL)
    name[--length] = '\0';
  return g_steal_pointer (&name);
}

/* Variables that others are asked for; one of several choices goes with the others of them. */
static GtkStringList *
list_known (const DhkInstrument *instrument, guint questionnaire, GArray *known)
{
  const DhkQuestionnaire *asked = dhk_instrument_get_questionnaire (instrument, questionnaire);
  GtkStringList *names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _ ("A new variable"));
  for (guint i = 0; i < dhk_instrument_get_n_variables (instrument); i++)
    {
      const DhkVariable *variable = dhk_instrument_get_variable (instrument, i);
      gboolean is_asked = variable->choices >= 0;

      for (guint k = 0; k < asked->n_questions; k++)
        is_asked |= asked->questions[k].item < 0 && asked->questions[k].variable == (int) i;
      if (is_asked)
        continue;
      g_array_append_val (known, i);
      gtk_string_list_append (names, dhk_text_get (&variable->label, dhk_language_of_messages ()));
    }
  return names;
}

/* Following -------------------------------------------------------------------- */

static void
changed_cb (DhkInstrumentDialog *self)
{
  gboolean is_new = dhk_instrument_dialog_get_choice (self, VARIABLE) == 0;

  for (guint i = NAME; i <= ANSWERS; i++)
    gtk_widget_set_sensitive (self->fields[i], is_new);
  dhk_instrument_dialog_check (self);
}

static void
show_kind (DhkInstrumentDialog *self)
{
  Fields *fields = get_fields (self);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->fields[ANSWERS]),
                                 fields->shown == CHOICE
                                     ? _ ("Answers, with a semicolon between them")
                                     : _ ("Smallest and largest number, such as: 0; 100"));
  gtk_editable_set_text (GTK_EDITABLE (self->fields[ANSWERS]), fields->answers[fields->shown]);
}

static void
kind_cb (DhkInstrumentDialog *self)
{
  Fields *fields = get_fields (self);

  g_free (fields->answers[fields->shown]);
  fields->answers[fields->shown] = g_strdup (dhk_instrument_dialog_get_text (self, ANSWERS));
  fields->shown = dhk_instrument_dialog_get_choice (self, KIND);
  show_kind (self);
  changed_cb (self);
}

void
dhk_variable_fields_add (DhkInstrumentDialog *self,
                         const DhkInstrument *instrument,
                         guint questionnaire,
                         const DhkVariableProposal *proposal)
{
  const char *const kinds[] = { _ ("A choice"), _ ("A number"), NULL };
  Fields *fields = g_new0 (Fields, 1);
  g_autofree char *name = dup_name (proposal->text);

  fields->answers[CHOICE] = join_labels (proposal->labels);
  fields->answers[NUMBER] = dup_range (proposal);
  fields->shown = proposal->is_number ? NUMBER : CHOICE;
  fields->known = g_array_new (FALSE, FALSE, sizeof (guint));
  g_object_set_data_full (G_OBJECT (self->list), "variable-fields", fields, fields_free);

  dhk_instrument_dialog_add_text (self, _ ("Wording"), proposal->text);
  dhk_instrument_dialog_add_choice (self, _ ("Asks for"),
                                    list_known (instrument, questionnaire, fields->known), 0);
  dhk_instrument_dialog_add_text (self, _ ("Name"), name);
  dhk_instrument_dialog_add_choice (self, _ ("Is answered with"), gtk_string_list_new (kinds),
                                    fields->shown);
  dhk_instrument_dialog_add_text (self, "", "");
  self->is_whole = is_whole;
  show_kind (self);
  changed_cb (self);
  g_signal_connect_swapped (self->fields[VARIABLE], "notify::selected", G_CALLBACK (changed_cb),
                            self);
  g_signal_connect_swapped (self->fields[KIND], "notify::selected", G_CALLBACK (kind_cb), self);
}
