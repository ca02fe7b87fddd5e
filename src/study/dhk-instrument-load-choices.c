/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Several choices: one variable for each of them. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "study/dhk-instrument-load.h"

/* Columns of a variable and of what means it are told apart by a number above all variables. */
#define MEANING_OF_ALL 1000

/* How programs write in a column of one choice that it was not taken, and that it was. */
static const char *const not_chosen[]
    = { "n",         "no",           "nee",        "false",        "onwaar",
        "unchecked", "not selected", "not chosen", "niet gekozen", "niet geselecteerd",
        NULL };
static const char *const chosen[]
    = { "y",        "yes",    "j",       "ja",           "true", "waar", "checked",
        "selected", "chosen", "gekozen", "geselecteerd", "x",    NULL };

static void
fill_category (DhkCategory *category, const char *id, const char *label, const char *const *aliases)
{
  category->id = g_strdup (id);
  for (guint i = 0; i < DHK_N_LANGUAGES; i++)
    category->label.in[i] = g_strdup (dhk_translate ((DhkLanguage) i, label));
  category->aliases = g_strdupv ((char **) aliases);
}

/* In every language that one of both has. */
static void
join_texts (DhkText *text, const char *between, const DhkText *of_all, const DhkText *choice)
{
  for (guint i = 0; i < DHK_N_LANGUAGES; i++)
    if (of_all->in[i] != NULL || choice->in[i] != NULL)
      text->in[i] = g_strconcat (dhk_text_get (of_all, (DhkLanguage) i), between,
                                 dhk_text_get (choice, (DhkLanguage) i), NULL);
}

/* Some programs write the choice itself where another has yes. */
static void
add_choice_labels (DhkCategory *category, const DhkCategory *choice)
{
  g_autoptr (GPtrArray) aliases = g_ptr_array_new ();

  for (char **alias = category->aliases; *alias != NULL; alias++)
    g_ptr_array_add (aliases, *alias);
  for (guint i = 0; i < DHK_N_LANGUAGES; i++)
    if (choice->label.in[i] != NULL)
      g_ptr_array_add (aliases, g_strdup (choice->label.in[i]));
  for (char **alias = choice->aliases; *alias != NULL; alias++)
    g_ptr_array_add (aliases, g_strdup (*alias));
  g_ptr_array_add (aliases, NULL);
  g_free (category->aliases);
  category->aliases = (char **) g_ptr_array_free (g_steal_pointer (&aliases), FALSE);
}

static gboolean
add_variable (DhkLoader *self, const xmlNode *node, const DhkChoices *choices, GHashTable *heads)
{
  GArray *array = self->instrument->variables;
  const DhkCategory *choice = &choices->choices[choices->n_choices - 1];
  DhkVariable variable = { .kind = DHK_VARIABLE_CATEGORY, .n_categories = 2 };
  guint meaning = array->len;

  if (array->len >= DHK_MAX_VARIABLES)
    return dhk_loader_fail (self, node,
                            _ ("there are more of these than the program can hold (%u)."),
                            DHK_MAX_VARIABLES);
  /* No id in a file has an underscore, so no other variable is called this. */
  variable.id = g_strdup_printf ("%s_%s", choices->id, choice->id);
  variable.choices = (int) self->instrument->choices->len;
  join_texts (&variable.label, ": ", &choices->label, &choice->label);
  variable.categories = g_new0 (DhkCategory, 2);
  fill_category (&variable.categories[DHK_NOT_CHOSEN], "0", N_ ("No"), not_chosen);
  fill_category (&variable.categories[DHK_CHOSEN], "1", N_ ("Yes"), chosen);
  add_choice_labels (&variable.categories[DHK_CHOSEN], choice);
  variable.heads = dhk_loader_dup_strings (node, "head");
  g_array_append_val (array, variable);
  for (guint i = 0; variable.heads[i] != NULL; i++)
    if (!dhk_loader_note_meaning (heads, variable.heads[i], meaning))
      return dhk_loader_fail_two_meanings (self, node);
  return TRUE;
}

static gboolean
read_choice (
    DhkLoader *self, const xmlNode *node, GHashTable *meanings, GArray *choices, DhkChoices *of)
{
  DhkCategory choice = { .id = dhk_loader_dup_new_id (self, node, choices, DHK_MAX_VARIABLES) };
  gboolean clear;

  if (choice.id == NULL)
    return FALSE;
  dhk_loader_read_label (node, "label", &choice.label);
  choice.aliases = dhk_loader_dup_strings (node, "alias");
  clear = dhk_loader_note_label (meanings, &choice.label, choices->len);
  for (guint i = 0; clear && choice.aliases[i] != NULL; i++)
    clear = dhk_loader_note_meaning (meanings, choice.aliases[i], choices->len);
  g_array_append_val (choices, choice);
  of->choices = (DhkCategory *) (gpointer) choices->data;
  of->n_choices = choices->len;
  return clear || dhk_loader_fail_two_meanings (self, node);
}

static gboolean
read_all_choices (DhkLoader *self, const xmlNode *node, GHashTable *heads, DhkChoices *choices)
{
  GArray *array = g_array_new (FALSE, TRUE, sizeof (DhkCategory));
  g_autoptr (GHashTable) meanings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean read = TRUE;

  for (xmlNode *child = dhk_xml_first (node, "choice"); read && child != NULL;
       child = dhk_xml_next (child, "choice"))
    read = read_choice (self, child, meanings, array, choices)
           && add_variable (self, child, choices, heads);
  choices->choices = (DhkCategory *) (gpointer) g_array_free (array, FALSE);
  return read;
}

gboolean
dhk_loader_read_choices (DhkLoader *self, const xmlNode *node, GHashTable *heads)
{
  GArray *array = self->instrument->choices;
  DhkChoices choices = { .first = self->instrument->variables->len };
  guint meaning = MEANING_OF_ALL + array->len;
  gboolean read = TRUE;

  choices.id = dhk_loader_dup_new_id (self, node, array, DHK_MAX_VARIABLES);
  if (choices.id == NULL)
    return FALSE;
  dhk_loader_read_label (node, "label", &choices.label);
  choices.heads = dhk_loader_dup_strings (node, "head");
  for (guint i = 0; read && choices.heads[i] != NULL; i++)
    if (!dhk_loader_note_meaning (heads, choices.heads[i], meaning))
      read = dhk_loader_fail_two_meanings (self, node);
  if (read && dhk_instrument_find_in (self->instrument->variables, choices.id) >= 0)
    read = dhk_loader_fail (self, node, _ ("the id “%s” is used twice."), choices.id);
  read = read && read_all_choices (self, node, heads, &choices);
  g_array_append_val (array, choices);
  return read;
}

/* `question` has the wording as its text. "What helped you? – School". */
void
dhk_loader_word_choice (const DhkChoices *choices, guint choice, DhkQuestion *question)
{
  g_assert (choice < choices->n_choices);

  question->variable = (int) (choices->first + choice);
  question->whole = question->text;
  question->text = (DhkText){ 0 };
  join_texts (&question->text, " – ", &question->whole, &choices->choices[choice].label);
}
