/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "import/dhk-choice-text.h"

#include <string.h>

#include "base/dhk-text.h"

/* A cell of more parts than this is no answer to a question. */
#define MAX_PARTS 1000

struct _DhkChoiceText
{
  GHashTable *by_fold; /* folded label -> choice + 1 */
  guint widest;        /* separators in one label, at most */
};

static guint
count_separators (const char *text)
{
  guint n = 0;

  for (; *text != '\0'; text++)
    n += *text == ';' || *text == ',';
  return n;
}

static void
add_label (DhkChoiceText *self, const char *label, guint choice)
{
  char *fold;

  if (label == NULL)
    return;
  fold = dhk_text_fold (label);
  self->widest = MAX (self->widest, count_separators (fold));
  g_hash_table_insert (self->by_fold, fold, GUINT_TO_POINTER (choice + 1));
}

DhkChoiceText *
dhk_choice_text_new (const DhkChoices *choices)
{
  DhkChoiceText *self;

  g_return_val_if_fail (choices != NULL, NULL);

  self = g_new0 (DhkChoiceText, 1);
  self->by_fold = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < choices->n_choices; i++)
    {
      const DhkCategory *choice = &choices->choices[i];

      for (guint language = 0; language < DHK_N_LANGUAGES; language++)
        add_label (self, choice->label.in[language], i);
      for (char **alias = choice->aliases; *alias != NULL; alias++)
        add_label (self, *alias, i);
    }
  return self;
}

void
dhk_choice_text_free (DhkChoiceText *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->by_fold);
  g_free (self);
}

static int
find_choice (const DhkChoiceText *self, const char *fold)
{
  return (int) GPOINTER_TO_UINT (g_hash_table_lookup (self->by_fold, fold)) - 1;
}

/* The text from one separator to another, cleaned. Free with g_free(). */
static char *
dup_between (const char *const *starts, guint first, guint last)
{
  g_autofree char *text = g_strndup (starts[first], (gsize) (starts[last + 1] - 1 - starts[first]));

  return dhk_text_clean (text);
}

/* Where parts start; the last one is where another would. */
static GPtrArray *
list_starts (const char *text, char separator)
{
  GPtrArray *starts = g_ptr_array_new ();
  const char *next;

  g_ptr_array_add (starts, (gpointer) text);
  for (; starts->len < MAX_PARTS && (next = strchr (text, separator)) != NULL; text = next + 1)
    g_ptr_array_add (starts, (gpointer) (next + 1));
  g_ptr_array_add (starts, (gpointer) (text + strlen (text) + 1));
  return starts;
}

/* The longest choice that starts here: how many parts it is, 0 for none. */
static guint
take_choice (const DhkChoiceText *self,
             const GPtrArray *starts,
             guint first,
             DhkChoicePartFunc func,
             gpointer user_data)
{
  const char *const *places = (const char *const *) starts->pdata;
  guint last = MIN (first + self->widest, starts->len - 2);

  for (guint at = last + 1; at > first; at--)
    {
      g_autofree char *text = dup_between (places, first, at - 1);
      g_autofree char *fold = dhk_text_fold (text);
      const DhkChoicePart part = { text, fold, find_choice (self, fold), FALSE };

      if (part.choice < 0)
        continue;
      func (&part, user_data);
      return at - first;
    }
  return 0;
}

/* "Other: football". */
static gboolean
take_own_words (const DhkChoiceText *self,
                const char *text,
                DhkChoicePartFunc func,
                gpointer user_data)
{
  const char *colon = strchr (text, ':');
  g_autofree char *before = colon != NULL ? g_strndup (text, (gsize) (colon - text)) : NULL;
  g_autofree char *label = before != NULL ? dhk_text_clean (before) : NULL;
  g_autofree char *fold = label != NULL ? dhk_text_fold (label) : NULL;
  const DhkChoicePart part = { label, fold, fold != NULL ? find_choice (self, fold) : -1, TRUE };

  if (part.choice < 0)
    return FALSE;
  func (&part, user_data);
  return TRUE;
}

static void
tell_unknown (const DhkChoiceText *self,
              const char *text,
              DhkChoicePartFunc func,
              gpointer user_data)
{
  g_autofree char *fold = dhk_text_fold (text);
  const DhkChoicePart part = { text, fold, -1, FALSE };

  if (fold[0] != '\0' && !take_own_words (self, text, func, user_data))
    func (&part, user_data);
}

/* A person's own words may have commas: what no choice comes between is one text. */
static guint
count_unknown (const DhkChoiceText *self, const GPtrArray *starts, guint first)
{
  const char *const *places = (const char *const *) starts->pdata;
  guint n = 1;

  for (; first + n + 1 < starts->len; n++)
    {
      g_autofree char *text = dup_between (places, first + n, first + n);
      g_autofree char *fold = dhk_text_fold (text);

      if (find_choice (self, fold) >= 0)
        break;
    }
  return n;
}

gboolean
dhk_choice_text_has_semicolon (const DhkChoiceText *self, const char *text)
{
  g_autofree char *fold = NULL;

  g_return_val_if_fail (self != NULL && text != NULL, FALSE);

  if (strchr (text, ';') == NULL)
    return FALSE;
  fold = dhk_text_fold (text);
  return find_choice (self, fold) < 0;
}

void
dhk_choice_text_split (const DhkChoiceText *self,
                       const char *text,
                       char separator,
                       DhkChoicePartFunc func,
                       gpointer user_data)
{
  g_autoptr (GPtrArray) starts = NULL;

  g_return_if_fail (self != NULL && text != NULL && func != NULL);

  starts = list_starts (text, separator);
  for (guint first = 0, n; first + 1 < starts->len; first += n)
    {
      n = take_choice (self, starts, first, func, user_data);
      if (n == 0)
        {
          g_autofree char *unknown = NULL;

          n = separator == ',' ? count_unknown (self, starts, first) : 1;
          unknown = dup_between ((const char *const *) starts->pdata, first, first + n - 1);
          tell_unknown (self, unknown, func, user_data);
        }
    }
}
