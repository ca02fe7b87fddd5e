/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "import/dhk-label-map.h"

#include <glib/gi18n-lib.h>
#include <limits.h>
#include <string.h>

#define NOTHING_KNOWN INT_MIN

struct _DhkLabelMap
{
  DhkRecogniser *recogniser;
  const DhkAnswerScale *scale;
  const DhkVariable *variable;
  DhkLabels *labels;
  GHashTable *words[2]; /* DhkWord -> DhkLabelEntry or NULL, lent: as label, as code */
  GHashTable *by_fold[2];
  GHashTable *slugs;  /* slug -> fold of the label that has it */
  GPtrArray *entries; /* DhkLabelEntry, as they turn up */
  char *unknown_id;   /* of the question at hand */
};

static void
free_entry (gpointer data)
{
  DhkLabelEntry *entry = data;

  g_free (entry->text);
  g_free (entry->fold);
  g_free (entry->id);
  g_free (entry->key);
  g_free (entry);
}

DhkLabelMap *
dhk_label_map_new (DhkRecogniser *recogniser, guint question)
{
  DhkLabelMap *self;

  g_return_val_if_fail (recogniser != NULL, NULL);

  self = g_new0 (DhkLabelMap, 1);
  self->recogniser = recogniser;
  self->scale = dhk_recogniser_get_scale (recogniser, question);
  self->variable = dhk_recogniser_get_variable (recogniser, question);
  self->labels = dhk_recogniser_get_labels (recogniser, question);
  self->entries = g_ptr_array_new_with_free_func (free_entry);
  self->slugs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (self->words); i++)
    {
      self->words[i] = g_hash_table_new (NULL, NULL);
      self->by_fold[i] = g_hash_table_new (g_str_hash, g_str_equal);
    }
  return self;
}

void
dhk_label_map_free (DhkLabelMap *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (self->words); i++)
    {
      g_hash_table_unref (self->words[i]);
      g_hash_table_unref (self->by_fold[i]);
    }
  g_hash_table_unref (self->slugs);
  g_ptr_array_unref (self->entries);
  g_free (self->unknown_id);
  g_free (self);
}

/* Choices ------------------------------------------------------------------ */

static const struct
{
  const char *id;
  int value;
  const char *label;
} missing[] = {
  { "empty", DHK_MISSING_EMPTY, N_ ("Empty: not answered") },
  { "not-asked", DHK_MISSING_NOT_ASKED, N_ ("Empty: not asked") },
  { "unreadable", DHK_MISSING_UNREADABLE, N_ ("Empty: not readable") },
};

static void
offer_choices (DhkLabelMap *self)
{
  DhkAsker *asker = self->recogniser->asker;
  DhkLanguage language = dhk_language_of_messages ();

  for (guint i = 0; self->scale != NULL && i < self->scale->n_answers; i++)
    {
      const DhkAnswer *answer = &self->scale->answers[i];
      g_autofree char *id = g_strdup_printf ("%d", answer->code);

      dhk_asker_choice (asker, id, g_strdup (dhk_text_get (&answer->label, language)));
    }
  for (guint i = 0; self->variable != NULL && i < self->variable->n_categories; i++)
    {
      const DhkCategory *category = &self->variable->categories[i];

      dhk_asker_choice (asker, category->id, g_strdup (dhk_text_get (&category->label, language)));
    }
  for (guint i = 0; i < G_N_ELEMENTS (missing); i++)
    dhk_asker_choice (asker, missing[i].id, g_strdup (_ (missing[i].label)));
}

static gboolean
parse_choice (DhkLabelMap *self, const char *choice, int *value)
{
  gint64 code;

  for (guint i = 0; i < G_N_ELEMENTS (missing); i++)
    if (strcmp (missing[i].id, choice) == 0)
      {
        *value = missing[i].value;
        return TRUE;
      }
  if (self->variable != NULL)
    {
      *value = dhk_variable_find_category (self->variable, choice);
      return *value >= 0;
    }
  if (!g_ascii_string_to_signed (choice, 10, INT_MIN, INT_MAX, &code, NULL)
      || dhk_answer_scale_find (self->scale, (int) code) == NULL)
    return FALSE;
  *value = (int) code;
  return TRUE;
}

static char *
dup_choice (DhkLabelMap *self, int value)
{
  for (guint i = 0; i < G_N_ELEMENTS (missing); i++)
    if (missing[i].value == value)
      return g_strdup (missing[i].id);
  return self->variable != NULL ? g_strdup (self->variable->categories[value].id)
                                : g_strdup_printf ("%d", value);
}

const char *
dhk_label_map_describe (DhkLabelMap *self, int value)
{
  DhkLanguage language = dhk_language_of_messages ();

  g_return_val_if_fail (self != NULL, "");

  for (guint i = 0; i < G_N_ELEMENTS (missing); i++)
    if (missing[i].value == value)
      return _ (missing[i].label);
  return dhk_text_get (self->variable != NULL ? &self->variable->categories[value].label
                                              : &dhk_answer_scale_find (self->scale, value)->label,
                       language);
}

/* Ids ------------------------------------------------------------------------ */

static const char *
get_id (DhkLabelMap *self)
{
  return self->scale != NULL ? self->scale->id : self->variable->id;
}

/*
 * "<file>:label:<scale>:<label>". What the slug leaves out of a known label is made
 * up for by its hash, so that the id is the same whatever else is in the file.
 */
static char *
make_label_id (DhkLabelMap *self, const DhkWord *word, gboolean code, gboolean known)
{
  g_autofree char *slug = dhk_asker_slug (word->text, FALSE);
  const char *owner = g_hash_table_lookup (self->slugs, slug);
  g_autofree char *rest = NULL;

  if (known ? !dhk_asker_slug_is_whole (slug, word->fold)
            : owner != NULL && strcmp (owner, word->fold) != 0)
    rest = g_strdup_printf ("%s:%s.%08x", get_id (self), slug, g_str_hash (word->fold));
  else
    rest = g_strdup_printf ("%s:%s", get_id (self), slug);
  return dhk_recogniser_make_id (self->recogniser, code ? "code" : "label", rest);
}

static char *
make_key (DhkLabelMap *self, const DhkWord *word)
{
  return g_strdup_printf ("%s\t%s", get_id (self), word->fold);
}

/* Entries --------------------------------------------------------------------- */

static const char *
get_kind (const DhkLabelEntry *entry)
{
  return entry->code ? "code" : "label";
}

static DhkLabelEntry *
add_entry (DhkLabelMap *self, const DhkWord *word, gboolean code, int known)
{
  DhkLabelEntry *entry = g_new0 (DhkLabelEntry, 1);
  const char *answer;
  DhkDecidedBy by;

  entry->text = g_strdup (word->text);
  entry->fold = g_strdup (word->fold);
  entry->id = make_label_id (self, word, code, TRUE);
  entry->key = make_key (self, word);
  entry->known = entry->value = known;
  entry->code = code;
  entry->by = DHK_DECIDED_BY_PROGRAM;
  answer = dhk_asker_peek (self->recogniser->asker, entry->id, self->recogniser->profile,
                           get_kind (entry), entry->key, &by);
  if (answer != NULL && parse_choice (self, answer, &entry->value))
    entry->by = by;
  if (!code)
    g_hash_table_insert (self->slugs, dhk_asker_slug (word->text, FALSE), entry->fold);
  g_ptr_array_add (self->entries, entry);
  g_hash_table_insert (self->by_fold[code], entry->fold, entry);
  return entry;
}

static gboolean
find_known (DhkLabelMap *self, const DhkWord *word, gboolean code, int *value)
{
  if (!code)
    return dhk_labels_find (self->labels, word->fold, value);
  return self->scale != NULL && dhk_labels_parse_code (word, value)
         && dhk_answer_scale_find (self->scale, *value) != NULL;
}

/* Few different words fill a column, and each is met several times. */
static DhkLabelEntry *
look_up (DhkLabelMap *self, const DhkWord *word, gboolean code)
{
  gpointer found = NULL;
  gboolean seen = g_hash_table_lookup_extended (self->words[code], word, NULL, &found);
  DhkLabelEntry *entry = found;
  int value;

  if (entry != NULL)
    return entry;
  /* A question may have made an entry since. */
  entry = g_hash_table_lookup (self->by_fold[code], word->fold);
  if (entry == NULL && !seen && find_known (self, word, code, &value))
    entry = add_entry (self, word, code, value);
  g_hash_table_insert (self->words[code], (gpointer) word, entry);
  return entry;
}

const DhkLabelEntry *
dhk_label_map_get_entry (DhkLabelMap *self, const DhkWord *word, gboolean codes)
{
  const DhkLabelEntry *entry;

  g_return_val_if_fail (self != NULL && word != NULL, NULL);

  entry = codes ? look_up (self, word, TRUE) : NULL;
  return entry != NULL ? entry : look_up (self, word, FALSE);
}

gboolean
dhk_label_map_find (DhkLabelMap *self, const DhkWord *word, gboolean codes, int *value)
{
  const DhkLabelEntry *entry = dhk_label_map_get_entry (self, word, codes);

  if (entry == NULL || entry->known == NOTHING_KNOWN)
    return FALSE;
  *value = entry->value;
  return TRUE;
}

/* What is asked and offered ------------------------------------------------------ */

void
dhk_label_map_begin_unknown (DhkLabelMap *self, const DhkWord *word, char *text, char *detail)
{
  g_autofree char *key = make_key (self, word);

  g_return_if_fail (self != NULL);

  g_free (self->unknown_id);
  self->unknown_id = make_label_id (self, word, FALSE, FALSE);
  dhk_asker_begin (self->recogniser->asker, g_strdup (self->unknown_id), text, detail);
  dhk_recogniser_about (self->recogniser, "label", key);
  offer_choices (self);
}

/* "A3" says which code it stands for, but only a person knows. */
static char *
dup_suggestion (DhkLabelMap *self, const char *text)
{
  gint64 code;

  if (self->scale == NULL || !g_ascii_isalpha (*text))
    return NULL;
  while (g_ascii_isalpha (*text))
    text++;
  if (!g_ascii_string_to_signed (text, 10, 0, 999, &code, NULL)
      || dhk_answer_scale_find (self->scale, (int) code) == NULL)
    return NULL;
  return g_strdup_printf ("%d", (int) code);
}

gboolean
dhk_label_map_end_unknown (DhkLabelMap *self, const DhkWord *word, int *value)
{
  g_autofree char *suggestion = NULL;
  const char *answer;
  DhkLabelEntry *entry;
  DhkDecidedBy by;

  g_return_val_if_fail (self != NULL, FALSE);

  dhk_asker_peek (self->recogniser->asker, self->unknown_id, NULL, NULL, NULL, &by);
  suggestion = dup_suggestion (self, word->text);
  answer = dhk_asker_end (self->recogniser->asker, suggestion);

  entry = g_new0 (DhkLabelEntry, 1);
  entry->text = g_strdup (word->text);
  entry->fold = g_strdup (word->fold);
  entry->id = g_strdup (self->unknown_id);
  entry->key = make_key (self, word);
  entry->known = NOTHING_KNOWN;
  entry->value = DHK_MISSING_UNREADABLE;
  if (answer != NULL && parse_choice (self, answer, &entry->value))
    entry->by = by == DHK_DECIDED_BY_HAND ? DHK_DECIDED_BY_HAND : DHK_DECIDED_BY_PROFILE;
  g_ptr_array_add (self->entries, entry);
  g_hash_table_insert (self->by_fold[FALSE], entry->fold, entry);
  *value = entry->value;
  return answer != NULL;
}

void
dhk_label_map_offer (DhkLabelMap *self)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < self->entries->len; i++)
    {
      const DhkLabelEntry *entry = g_ptr_array_index (self->entries, i);
      g_autofree char *choice = NULL;

      if (entry->known == NOTHING_KNOWN)
        continue;
      choice = dup_choice (self, entry->known);
      dhk_asker_begin (self->recogniser->asker, g_strdup (entry->id),
                       g_strdup_printf (_ ("In “%s”, what is “%s” taken as?"),
                                        self->recogniser->file->name, entry->text),
                       NULL);
      dhk_recogniser_about (self->recogniser, get_kind (entry), entry->key);
      offer_choices (self);
      dhk_asker_decide (self->recogniser->asker, choice);
    }
}
