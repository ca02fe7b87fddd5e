/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/dhk-import-rows.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "base/dhk-number.h"

/* Rows of one kind that are listed one by one. */
#define MAX_ROWS 200

static const DhkDraftFile *
get_file (DhkDraft *draft, guint file)
{
  return g_ptr_array_index (dhk_draft_get_files (draft), file);
}

static GtkWidget *
create_row (const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *label = subtitle != NULL ? g_strdup_printf ("%s, %s", title, subtitle) : NULL;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label != NULL ? label : title, -1);
  return row;
}

/* Files ------------------------------------------------------------------- */

static const char *
get_questionnaire_label (DhkDraft *draft, const DhkDraftFile *file)
{
  DhkInstrument *instrument = dhk_draft_get_instrument (draft);

  if (file->questionnaire < 0)
    return _ ("questionnaire not known yet");
  return dhk_text_get (&dhk_instrument_get_questionnaire (instrument, file->questionnaire)->label,
                       dhk_language_of_messages ());
}

char *
dhk_import_dup_file_text (DhkDraft *draft, const DhkDraftFile *file)
{
  guint found = (guint) file->found;
  g_autofree char *rows = NULL;

  if (file->summary != NULL)
    return g_strdup (file->summary);
  rows = g_strdup_printf (ngettext ("%u row", "%u rows", found), found);

  return g_strdup_printf ("%s · %s · %s", file->kind != NULL ? file->kind : _ ("Table"),
                          get_questionnaire_label (draft, file), rows);
}

char *
dhk_import_dup_file_label (DhkDraft *draft, guint index)
{
  GPtrArray *files = dhk_draft_get_files (draft);
  const char *name = get_file (draft, index)->name;
  guint n = 0;
  guint place = 0;

  for (guint i = 0; i < files->len; i++)
    if (g_strcmp0 (get_file (draft, i)->name, name) == 0)
      {
        n++;
        place += i <= index;
      }
  /* TRANSLATORS: the second of the files that have this name */
  return n > 1 ? g_strdup_printf (_ ("%s (%u)"), name, place) : g_strdup (name);
}

/* Columns ----------------------------------------------------------------- */

/* `several`: all of its choices stand in one column. */
static char *
dup_question_text (DhkDraft *draft, const DhkDraftFile *file, int question, gboolean several)
{
  DhkInstrument *instrument = dhk_draft_get_instrument (draft);
  DhkLanguage language = dhk_language_of_messages ();
  const DhkQuestionnaire *questionnaire;
  const DhkQuestion *asked;

  if (file->questionnaire < 0 || question < 0)
    return g_strdup ("");
  questionnaire = dhk_instrument_get_questionnaire (instrument, file->questionnaire);
  asked = &questionnaire->questions[question];
  if (several)
    return g_strdup (
        dhk_text_get (&dhk_instrument_get_question_choices (instrument, asked)->label, language));
  if (asked->variable >= 0)
    return g_strdup (
        dhk_text_get (&dhk_instrument_get_variable (instrument, asked->variable)->label, language));
  return dhk_instrument_dup_column_name (instrument, asked->item, asked->target);
}

char *
dhk_import_dup_role_text (DhkDraft *draft, const DhkDraftFile *file, const DhkDraftColumn *column)
{
  switch (column->role)
    {
    case DHK_COLUMN_QUESTION:
      return dup_question_text (draft, file, column->question, column->several);
    case DHK_COLUMN_FORM_ID:
      return g_strdup (_ ("Number of the response"));
    case DHK_COLUMN_STARTED:
      return g_strdup (_ ("Start time"));
    case DHK_COLUMN_COMPLETED:
      return g_strdup (_ ("Completion time"));
    case DHK_COLUMN_TECHNICAL:
      return g_strdup (_ ("Not used"));
    case DHK_COLUMN_PERSONAL:
      return g_strdup (file->personal_heads != NULL ? _ ("Personal: for the key file only")
                                                    : _ ("Personal: neither read nor kept"));
    case DHK_COLUMN_UNMATCHED:
      return g_strdup (_ ("Not in the questionnaire"));
    case DHK_COLUMN_ASKED:
      return g_strdup (_ ("Depends on your decision above"));
    default:
      g_assert_not_reached ();
    }
}

static GtkWidget *
create_column_row (DhkDraft *draft, const DhkDraftFile *file, const DhkDraftColumn *column)
{
  g_autofree char *role = dhk_import_dup_role_text (draft, file, column);
  GString *text = g_string_new (role);
  GtkWidget *row;

  if (column->reason != NULL && *column->reason != '\0')
    g_string_append_printf (text, " · %s", column->reason);
  if (column->examples != NULL && *column->examples != '\0')
    g_string_append_printf (text, "\n%s", column->examples);
  row = create_row (column->role == DHK_COLUMN_PERSONAL ? _ ("Personal column") : column->head,
                    text->str);
  g_string_free (text, TRUE);
  return row;
}

/* What an expander needs to fill itself when it is opened first. */
typedef struct
{
  DhkDraft *draft;
  guint file;
  gboolean filled;
} Filling;

static void
filling_free (gpointer data)
{
  Filling *filling = data;

  dhk_draft_unref (filling->draft);
  g_free (filling);
}

typedef void (*FillFunc) (AdwExpanderRow *row, GParamSpec *pspec, gpointer user_data);

static GtkWidget *
create_expander (
    DhkDraft *draft, guint file, const char *title, const char *subtitle, FillFunc fill)
{
  GtkWidget *row = adw_expander_row_new ();
  g_autofree char *label = g_strdup_printf ("%s, %s", title, subtitle);
  Filling *filling = g_new0 (Filling, 1);

  filling->draft = dhk_draft_ref (draft);
  filling->file = file;
  g_object_set_data_full (G_OBJECT (row), "filling", filling, filling_free);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), subtitle);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect (row, "notify::expanded", G_CALLBACK (fill), filling);
  return row;
}

static void
fill_columns_cb (AdwExpanderRow *row, GParamSpec *pspec, gpointer user_data)
{
  Filling *filling = user_data;
  const DhkDraftFile *file = get_file (filling->draft, filling->file);

  if (filling->filled)
    return;
  filling->filled = TRUE;
  for (guint i = 0; i < MIN (file->columns->len, MAX_ROWS); i++)
    adw_expander_row_add_row (
        row, create_column_row (filling->draft, file, g_ptr_array_index (file->columns, i)));
}

GtkWidget *
dhk_import_create_columns_row (DhkDraft *draft, guint index)
{
  const DhkDraftFile *file = get_file (draft, index);
  guint recognised = 0;
  guint personal = 0;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *name = dhk_import_dup_file_label (draft, index);

  /* Not before it is known what the columns could be. */
  if (file->questionnaire < 0)
    return NULL;
  for (guint i = 0; i < file->columns->len; i++)
    {
      const DhkDraftColumn *column = g_ptr_array_index (file->columns, i);

      recognised += column->role != DHK_COLUMN_UNMATCHED && column->role != DHK_COLUMN_ASKED;
      personal += column->role == DHK_COLUMN_PERSONAL;
    }
  g_string_append_printf (
      text, ngettext ("%u column recognised", "%u columns recognised", recognised), recognised);
  if (personal > 0)
    {
      g_string_append (text, " · ");
      g_string_append_printf (
          text,
          file->personal_heads != NULL
              ? ngettext ("%u personal column for the key file",
                          "%u personal columns for the key file", personal)
              : ngettext ("%u personal column not read", "%u personal columns not read", personal),
          personal);
    }
  return create_expander (draft, index, text->str, name, fill_columns_cb);
}

/* Answers ----------------------------------------------------------------- */

static char *
dup_missing (int code)
{
  return g_strdup (code == DHK_MISSING_UNREADABLE  ? _ ("not readable")
                   : code == DHK_MISSING_NOT_ASKED ? _ ("not asked")
                                                   : _ ("empty"));
}

/* As many decimals as there are, with the sign of the language. */
static char *
dup_number (double number, DhkLanguage language)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  char *text = g_strdup (dhk_number_to_file (number, buffer));

  return dhk_number_style_for_language (language) == DHK_NUMBER_STYLE_DUTCH
             ? g_strdelimit (text, ".", ',')
             : text;
}

char *
dhk_import_dup_answer (DhkDraft *draft, DhkDraftFile *file, guint row, guint question)
{
  DhkInstrument *instrument = dhk_draft_get_instrument (draft);
  DhkLanguage language = dhk_language_of_messages ();
  const DhkQuestion *asked
      = &dhk_instrument_get_questionnaire (instrument, file->questionnaire)->questions[question];
  int code = dhk_draft_file_get_codes (file, row)[question];

  if (code < 0)
    return dup_missing (code);
  if (asked->item >= 0)
    {
      const DhkAnswer *answer = dhk_answer_scale_find (
          dhk_instrument_get_answer_scale (
              instrument, dhk_instrument_get_item (instrument, asked->item)->answer_scale),
          code);

      return answer != NULL
                 ? g_strdup_printf ("%d · %s", code, dhk_text_get (&answer->label, language))
                 : g_strdup_printf ("%d", code);
    }
  else
    {
      const DhkVariable *variable = dhk_instrument_get_variable (instrument, asked->variable);

      if (variable->kind == DHK_VARIABLE_CATEGORY)
        return g_strdup (dhk_text_get (&variable->categories[code].label, language));
      return dup_number (dhk_draft_file_get_numbers (file, row)[question], language);
    }
}

/* Notes ------------------------------------------------------------------------------------------
 */

void
dhk_import_add_notes (DhkDraft *draft, guint index, GtkListBox *list)
{
  const DhkDraftFile *file = get_file (draft, index);
  g_autofree char *name = dhk_import_dup_file_label (draft, index);
  guint n = 0;

  for (guint i = 0; i < file->notes->len && n < MAX_ROWS; i++)
    {
      const DhkDraftNote *note = g_ptr_array_index (file->notes, i);
      g_autofree char *where = NULL;
      GtkWidget *row;

      if (note->kind != DHK_NOTE_ATTENTION)
        continue;
      where = note->line > 0 ? g_strdup_printf (_ ("%s, row %u"), name, (guint) note->line)
                             : g_strdup (name);
      row = create_row (note->text, where);
      adw_action_row_add_prefix (ADW_ACTION_ROW (row),
                                 gtk_image_new_from_icon_name ("dialog-warning-symbolic"));
      gtk_list_box_append (list, row);
      n++;
    }
}

gboolean
dhk_import_is_study (DhkDraft *draft)
{
  return dhk_draft_get_files (draft)->len > 0 && get_file (draft, 0)->summary != NULL;
}

/* The outcome -------------------------------------------------------------------------------------
 */

/* `link` is where on the page it is explained, or NULL. */
G_GNUC_PRINTF (3, 4)
static void
append_number (GString *text, const char *link, const char *format, ...)
{
  va_list args;
  g_autofree char *number = NULL;
  g_autofree char *safe = NULL;

  va_start (args, format);
  number = g_strdup_vprintf (format, args);
  va_end (args);
  safe = g_markup_escape_text (number, -1);
  if (text->len > 0)
    g_string_append (text, ", ");
  if (link != NULL)
    g_string_append_printf (text, "<a href=\"%s\">%s</a>", link, safe);
  else
    g_string_append (text, safe);
}

/* What asks for attention by itself: changes and corrections are counted already. */
static guint
count_problems (const DhkDraftFile *file)
{
  guint n = 0;

  for (guint i = 0; i < file->notes->len; i++)
    {
      const DhkDraftNote *note = g_ptr_array_index (file->notes, i);

      n += note->kind == DHK_NOTE_ATTENTION && !note->compared;
    }
  return n;
}

/* What an import will do, counted. */
typedef struct
{
  DhkDraftTotals totals;
  guint conflicts;
  guint problems;
  guint names;
  guint refused;
} Outcome;

static Outcome
count_outcome (DhkDraft *draft)
{
  Outcome outcome = { .totals = dhk_draft_get_totals (draft, NULL),
                      .refused = dhk_draft_get_refusals (draft)->len };

  for (guint i = 0; i < dhk_draft_get_files (draft)->len; i++)
    {
      outcome.conflicts += get_file (draft, i)->conflicts->len;
      outcome.problems += count_problems (get_file (draft, i));
      outcome.names += get_file (draft, i)->nameless;
    }
  return outcome;
}

static gboolean
is_new (const Outcome *outcome)
{
  return outcome->totals.added + outcome->totals.changed + outcome->conflicts + outcome->names > 0;
}

gboolean
dhk_import_brings_news (DhkDraft *draft)
{
  Outcome outcome = count_outcome (draft);

  return is_new (&outcome);
}

static void
append_respondents (GString *text, const Outcome *outcome)
{
  const DhkDraftTotals *totals = &outcome->totals;

  if (is_new (outcome))
    append_number (text, NULL,
                   ngettext ("%u new respondent", "%u new respondents", (gulong) totals->added),
                   (guint) totals->added);
  append_number (text, NULL, _ ("%u already present"), (guint) totals->present);
  if (totals->changed > 0)
    append_number (text, NULL, _ ("%u of them with other answers now"), (guint) totals->changed);
  append_number (text, totals->aside > 0 ? DHK_IMPORT_LINK_ASIDE : NULL,
                 ngettext ("%u row kept aside", "%u rows kept aside", (gulong) totals->aside),
                 (guint) totals->aside);
}

static void
append_others (GString *text, const Outcome *outcome, gboolean is_study)
{
  if (outcome->conflicts > 0)
    append_number (text, DHK_IMPORT_LINK_CONFLICTS,
                   is_study ? ngettext ("%u difference, which stays as it is here",
                                        "%u differences, which stay as they are here",
                                        outcome->conflicts)
                            : ngettext ("%u answer stays as corrected by hand",
                                        "%u answers stay as corrected by hand", outcome->conflicts),
                   outcome->conflicts);
  if (outcome->names > 0)
    append_number (text, NULL,
                   ngettext ("%u name that the key file lacked",
                             "%u names that the key file lacked", outcome->names),
                   outcome->names);
  if (outcome->problems > 0)
    append_number (text, DHK_IMPORT_LINK_NOTES,
                   ngettext ("%u point to look at", "%u points to look at", outcome->problems),
                   outcome->problems);
  if (outcome->refused > 0)
    append_number (text, NULL, ngettext ("%u file left out", "%u files left out", outcome->refused),
                   outcome->refused);
}

char *
dhk_import_dup_outcome (DhkDraft *draft, gboolean asks_personal)
{
  guint questions = dhk_draft_get_questions (draft)->len + (asks_personal ? 1 : 0);
  Outcome outcome = count_outcome (draft);
  GString *text;

  if (questions > 0)
    return g_strdup_printf (
        ngettext ("%u question is still open. Answer it above to see the outcome.",
                  "%u questions are still open. Answer them above to see the outcome.", questions),
        questions);
  if (!is_new (&outcome) && outcome.totals.aside == 0 && outcome.refused == 0)
    return g_strdup (_ ("Nothing new: everything in these files is in the study already."));

  text = g_string_new (NULL);
  append_respondents (text, &outcome);
  append_others (text, &outcome, dhk_import_is_study (draft));
  g_string_append_c (text, '.');
  if (!is_new (&outcome))
    {
      /* TRANSLATORS: "3 already present, 2 rows kept aside." */
      char *nothing = g_strdup_printf (_ ("Nothing new: %s"), text->str);

      g_string_free (text, TRUE);
      return nothing;
    }
  return g_string_free (text, FALSE);
}
