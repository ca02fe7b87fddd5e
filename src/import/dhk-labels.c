/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "import/dhk-labels.h"

#include "base/dhk-text.h"

#include <limits.h>
#include <math.h>
#include <string.h>

/* Stored for a label that two values share. */
#define AMBIGUOUS INT_MIN

struct _DhkLabels
{
  GHashTable *values; /* folded label -> value */
};

static void
add_label (DhkLabels *self, const char *label, int value)
{
  char *fold;
  gpointer known;

  if (label == NULL)
    return;
  fold = dhk_text_fold (label);
  if (fold[0] == '\0')
    {
      g_free (fold);
      return;
    }
  if (g_hash_table_lookup_extended (self->values, fold, NULL, &known)
      && GPOINTER_TO_INT (known) != value)
    value = AMBIGUOUS;
  g_hash_table_insert (self->values, fold, GINT_TO_POINTER (value));
}

static DhkLabels *
new_labels (void)
{
  DhkLabels *self = g_new0 (DhkLabels, 1);

  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

DhkLabels *
dhk_labels_new_for_scale (const DhkAnswerScale *scale)
{
  DhkLabels *self;

  g_return_val_if_fail (scale != NULL, NULL);

  self = new_labels ();
  for (guint i = 0; i < scale->n_answers; i++)
    for (guint language = 0; language < DHK_N_LANGUAGES; language++)
      add_label (self, scale->answers[i].label.in[language], scale->answers[i].code);
  for (guint i = 0; i < scale->n_missing; i++)
    for (guint language = 0; language < DHK_N_LANGUAGES; language++)
      add_label (self, scale->missing[i].label.in[language], scale->missing[i].code);
  return self;
}

DhkLabels *
dhk_labels_new_for_variable (const DhkVariable *variable)
{
  DhkLabels *self;

  g_return_val_if_fail (variable != NULL, NULL);

  self = new_labels ();
  for (guint i = 0; i < variable->n_categories; i++)
    {
      const DhkCategory *category = &variable->categories[i];

      add_label (self, category->id, (int) i);
      for (guint language = 0; language < DHK_N_LANGUAGES; language++)
        add_label (self, category->label.in[language], (int) i);
      for (char **alias = category->aliases; alias != NULL && *alias != NULL; alias++)
        add_label (self, *alias, (int) i);
    }
  return self;
}

void
dhk_labels_free (DhkLabels *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->values);
  g_free (self);
}

static gboolean
is_quoted (const char *text, gsize length)
{
  return length > 2 && (*text == '"' || *text == '\'') && text[length - 1] == *text;
}

/* Quotes around a label, and the separator that ends a choice among several boxes even when
 * there is one, say nothing. */
static gpointer
find_bare (DhkLabels *self, const char *folded)
{
  gsize length = strlen (folded);
  g_autofree char *bare = NULL;
  gpointer found;

  if (length > 1 && folded[length - 1] == ';')
    length--;
  if (is_quoted (folded, length))
    {
      folded++;
      length -= 2;
    }
  bare = g_strndup (folded, length);
  return g_hash_table_lookup_extended (self->values, g_strstrip (bare), NULL, &found)
             ? found
             : GINT_TO_POINTER (AMBIGUOUS);
}

gboolean
dhk_labels_find (DhkLabels *self, const char *folded, int *value)
{
  gpointer found;
  gsize length;

  g_return_val_if_fail (self != NULL, FALSE);

  length = strlen (folded);
  if (!g_hash_table_lookup_extended (self->values, folded, NULL, &found))
    {
      if (length < 2 || (folded[length - 1] != ';' && !is_quoted (folded, length)))
        return FALSE;
      found = find_bare (self, folded);
    }
  if (GPOINTER_TO_INT (found) == AMBIGUOUS)
    return FALSE;
  *value = GPOINTER_TO_INT (found);
  return TRUE;
}

/* Reads "-12,50" without the locale; whole is FALSE when a decimal is not zero. */
static gboolean
parse_number (const char *text, int *value, gboolean *whole)
{
  gboolean negative = *text == '-';
  gint64 number = 0;
  guint n_digits = 0;

  if (*text == '-' || *text == '+')
    text++;
  for (; g_ascii_isdigit (*text) && n_digits < 9; text++, n_digits++)
    number = number * 10 + (*text - '0');
  if (n_digits == 0)
    return FALSE;

  *whole = TRUE;
  if (*text == '.' || *text == ',')
    {
      text++;
      if (!g_ascii_isdigit (*text))
        return FALSE;
      for (; g_ascii_isdigit (*text); text++)
        if (*text != '0')
          *whole = FALSE;
    }
  *value = (int) (negative ? -number : number);
  return *text == '\0';
}

gboolean
dhk_labels_parse_code (const DhkWord *word, int *code)
{
  gboolean whole;

  g_return_val_if_fail (word != NULL, FALSE);

  if (word->cell->kind == DHK_CELL_NUMBER)
    {
      double number = word->cell->number;

      if (!(fabs (number) < 1e9) || fabs (number - nearbyint (number)) > 0)
        return FALSE;
      *code = (int) number;
      return TRUE;
    }
  return word->cell->kind == DHK_CELL_TEXT && parse_number (word->text, code, &whole) && whole;
}

gboolean
dhk_labels_is_number (const DhkWord *word)
{
  gboolean whole;
  int value;

  g_return_val_if_fail (word != NULL, FALSE);

  return word->cell->kind == DHK_CELL_NUMBER
         || (word->cell->kind == DHK_CELL_TEXT && parse_number (word->text, &value, &whole));
}
