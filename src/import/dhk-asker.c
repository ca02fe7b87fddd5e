/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "import/dhk-asker.h"

#include "import/dhk-import-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  char *id;
  char *label;
} Choice;

struct _DhkAsker
{
  DhkDraft *draft;
  GHashTable *answers;
  GHashTable *used;   /* every id that was begun */
  GPtrArray *open;    /* prefixes that cannot be judged */
  GPtrArray *ids;     /* of the open questions, in order */
  GError *bad_choice; /* the first one */
  GPtrArray *misfits; /* ids of all that have one */

  /* the question that is being asked */
  char *id;
  char *text;
  char *detail;
  const DhkDraftFile *file;
  const DhkImportProfile *profile;
  char *kind;
  char *key;
  GArray *choices;
};

static void
clear_choice (gpointer data)
{
  Choice *choice = data;

  g_free (choice->id);
  g_free (choice->label);
}

DhkAsker *
dhk_asker_new (DhkDraft *draft, GHashTable *answers)
{
  DhkAsker *self;

  g_return_val_if_fail (draft != NULL, NULL);

  self = g_new0 (DhkAsker, 1);
  self->draft = draft;
  self->answers = answers;
  self->used = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->open = g_ptr_array_new_with_free_func (g_free);
  self->ids = g_ptr_array_new_with_free_func (g_free);
  self->misfits = g_ptr_array_new_with_free_func (g_free);
  self->choices = g_array_new (FALSE, FALSE, sizeof (Choice));
  g_array_set_clear_func (self->choices, clear_choice);
  return self;
}

void
dhk_asker_free (DhkAsker *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->used);
  g_ptr_array_unref (self->open);
  g_ptr_array_unref (self->ids);
  g_ptr_array_unref (self->misfits);
  g_array_unref (self->choices);
  g_clear_error (&self->bad_choice);
  g_free (self->id);
  g_free (self->text);
  g_free (self->detail);
  g_free (self->kind);
  g_free (self->key);
  g_free (self);
}

void
dhk_asker_begin (DhkAsker *self, char *id, char *text, char *detail)
{
  g_autofree char *stem = id;

  g_return_if_fail (self != NULL);
  g_return_if_fail (self->id == NULL);

  self->id = g_strdup (stem);
  for (guint n = 2; g_hash_table_contains (self->used, self->id); n++)
    {
      g_free (self->id);
      self->id = g_strdup_printf ("%s_%u", stem, n);
    }
  g_hash_table_add (self->used, g_strdup (self->id));
  self->text = text;
  self->detail = detail;
}

void
dhk_asker_choice (DhkAsker *self, const char *id, char *label)
{
  Choice choice = { g_strdup (id), label };

  g_return_if_fail (self->id != NULL);

  g_array_append_val (self->choices, choice);
}

void
dhk_asker_about (DhkAsker *self,
                 const DhkDraftFile *file,
                 const DhkImportProfile *profile,
                 const char *kind,
                 const char *key)
{
  g_return_if_fail (self != NULL && self->id != NULL);

  self->file = file;
  self->profile = profile;
  g_free (self->kind);
  self->kind = g_strdup (kind);
  g_free (self->key);
  self->key = g_strdup (key);
}

const char *
dhk_asker_peek (DhkAsker *self,
                const char *id,
                const DhkImportProfile *profile,
                const char *kind,
                const char *key,
                DhkDecidedBy *by)
{
  const char *answer;

  g_return_val_if_fail (self != NULL && id != NULL, NULL);

  answer = self->answers != NULL ? g_hash_table_lookup (self->answers, id) : NULL;
  *by = DHK_DECIDED_BY_HAND;
  if (answer == NULL && profile != NULL && kind != NULL && key != NULL)
    {
      answer = dhk_import_profile_find (profile, kind, key);
      *by = DHK_DECIDED_BY_PROFILE;
    }
  if (answer == NULL)
    *by = DHK_DECIDED_BY_NOBODY;
  return answer;
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

GPtrArray *
dhk_asker_list_answered (DhkAsker *self, const char *prefix)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer key;

  g_return_val_if_fail (self != NULL && prefix != NULL, list);

  if (self->answers == NULL)
    return list;
  g_hash_table_iter_init (&iter, self->answers);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (g_str_has_prefix (key, prefix))
      g_ptr_array_add (list, g_strdup ((const char *) key + strlen (prefix)));
  g_ptr_array_sort (list, compare_texts);
  return list;
}

static gboolean
is_choice (DhkAsker *self, const char *id)
{
  for (guint i = 0; i < self->choices->len; i++)
    if (strcmp (g_array_index (self->choices, Choice, i).id, id) == 0)
      return TRUE;
  return FALSE;
}

static void
report_bad_choice (DhkAsker *self, const char *answer)
{
  g_autoptr (GString) list = g_string_new (NULL);

  g_ptr_array_add (self->misfits, g_strdup (self->id));
  if (self->bad_choice != NULL)
    return;
  for (guint i = 0; i < self->choices->len; i++)
    g_string_append_printf (list, "%s%s", i > 0 ? ", " : "",
                            g_array_index (self->choices, Choice, i).id);
  self->bad_choice = g_error_new (DHK_IMPORT_ERROR, DHK_IMPORT_ERROR_UNKNOWN_CHOICE,
                                  _ ("“%s” is no choice of the question “%s”. Its choices are: %s. "
                                     "Nothing was stored."),
                                  answer, self->id, list->str);
}

/* What holds, of a person or a profile; a profile's choice that is none here says nothing. */
static const char *
find_answer (DhkAsker *self, DhkDecidedBy *by)
{
  const char *answer = dhk_asker_peek (self, self->id, self->profile, self->kind, self->key, by);

  if (answer == NULL || is_choice (self, answer))
    return answer;
  if (*by == DHK_DECIDED_BY_HAND)
    report_bad_choice (self, answer);
  *by = DHK_DECIDED_BY_NOBODY;
  return NULL;
}

/* Hands the question at hand to the draft. */
static void
record (DhkAsker *self, const char *suggestion, const char *chosen, DhkDecidedBy by)
{
  DhkDraftQuestion *(*add) (DhkDraft *, char *, char *, char *)
      = chosen != NULL ? dhk_draft_add_decision : dhk_draft_add_question;
  DhkDraftQuestion *question;

  if (chosen == NULL)
    g_ptr_array_add (self->ids, g_strdup (self->id));
  question = add (self->draft, g_steal_pointer (&self->id), g_steal_pointer (&self->text),
                  g_steal_pointer (&self->detail));
  for (guint i = 0; i < self->choices->len; i++)
    {
      Choice *choice = &g_array_index (self->choices, Choice, i);

      dhk_draft_question_add_choice (question, g_steal_pointer (&choice->id),
                                     g_steal_pointer (&choice->label));
    }
  question->suggestion = g_strdup (suggestion);
  question->chosen = g_strdup (chosen);
  question->by = by;
  question->file = self->file;
  question->kind = g_steal_pointer (&self->kind);
  question->key = g_steal_pointer (&self->key);
  self->file = NULL;
  self->profile = NULL;
  g_array_set_size (self->choices, 0);
}

const char *
dhk_asker_end (DhkAsker *self, const char *suggestion)
{
  DhkDecidedBy by;
  const char *answer;

  g_return_val_if_fail (self->id != NULL, NULL);

  answer = find_answer (self, &by);
  record (self, suggestion, answer, by);
  return answer;
}

const char *
dhk_asker_decide (DhkAsker *self, const char *decided)
{
  DhkDecidedBy by;
  const char *answer;

  g_return_val_if_fail (self->id != NULL && decided != NULL, NULL);

  answer = find_answer (self, &by);
  if (answer == NULL)
    {
      answer = decided;
      by = DHK_DECIDED_BY_PROGRAM;
    }
  record (self, decided, answer, by);
  return answer;
}

void
dhk_asker_leave_open (DhkAsker *self, const char *prefix)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_add (self->open, g_strdup (prefix));
}

void
dhk_asker_forgive (DhkAsker *self, const char *prefix, DhkAskerJudge judge, gpointer user_data)
{
  GHashTableIter iter;
  gpointer key;

  g_return_if_fail (self != NULL);

  if (self->answers == NULL)
    return;
  g_hash_table_iter_init (&iter, self->answers);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (g_str_has_prefix (key, prefix) && judge ((const char *) key + strlen (prefix), user_data))
      g_hash_table_add (self->used, g_strdup (key));
}

static gboolean
may_come_or_go (DhkAsker *self, const char *id)
{
  for (guint i = 0; i < self->open->len; i++)
    if (g_str_has_prefix (id, g_ptr_array_index (self->open, i)))
      return TRUE;
  return FALSE;
}

/* Whether an answer by hand has no question, now that all were asked. */
static gboolean
is_unasked (DhkAsker *self, const char *id)
{
  return !g_hash_table_contains (self->used, id) && !may_come_or_go (self, id);
}

GPtrArray *
dhk_asker_list_misfits (DhkAsker *self)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer key;

  g_return_val_if_fail (self != NULL, list);

  for (guint i = 0; i < self->misfits->len; i++)
    g_ptr_array_add (list, g_strdup (g_ptr_array_index (self->misfits, i)));
  if (self->answers != NULL)
    {
      g_hash_table_iter_init (&iter, self->answers);
      while (g_hash_table_iter_next (&iter, &key, NULL))
        if (is_unasked (self, key))
          g_ptr_array_add (list, g_strdup (key));
    }
  g_ptr_array_sort (list, compare_texts);
  return list;
}

static void
set_unknown_question (DhkAsker *self, const char *id, GError **error)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < self->ids->len; i++)
    g_string_append_printf (list, "%s%s", i > 0 ? ", " : "",
                            (char *) g_ptr_array_index (self->ids, i));
  if (list->len > 0)
    g_set_error (error, DHK_IMPORT_ERROR, DHK_IMPORT_ERROR_UNKNOWN_QUESTION,
                 _ ("“%s” is not asked. Open questions are: %s. Nothing was stored."), id,
                 list->str);
  else
    g_set_error (error, DHK_IMPORT_ERROR, DHK_IMPORT_ERROR_UNKNOWN_QUESTION,
                 _ ("“%s” is not asked; no question is open. Nothing was stored."), id);
}

gboolean
dhk_asker_check (DhkAsker *self, GError **error)
{
  GHashTableIter iter;
  gpointer key;

  g_return_val_if_fail (self != NULL, FALSE);

  if (self->bad_choice != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->bad_choice));
      return FALSE;
    }
  if (self->answers == NULL)
    return TRUE;

  g_hash_table_iter_init (&iter, self->answers);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (is_unasked (self, key))
      {
        set_unknown_question (self, key, error);
        return FALSE;
      }
  return TRUE;
}

#define MAX_SLUG 40

char *
dhk_asker_slug (const char *text, gboolean keep_case)
{
  g_autofree char *ascii = NULL;
  GString *slug;

  g_return_val_if_fail (text != NULL, NULL);

  ascii = g_str_to_ascii (text, "C");
  slug = g_string_new (NULL);
  for (const char *p = ascii; *p != '\0' && slug->len < MAX_SLUG; p++)
    {
      if (g_ascii_isalnum (*p) || *p == '.' || *p == '-')
        g_string_append_c (slug, keep_case ? *p : g_ascii_tolower (*p));
      else if (slug->len > 0 && slug->str[slug->len - 1] != '_')
        g_string_append_c (slug, '_');
    }
  if (slug->len > 0 && slug->str[slug->len - 1] == '_')
    g_string_truncate (slug, slug->len - 1);
  if (slug->len == 0)
    g_string_append_printf (slug, "x%08x", g_str_hash (text));
  return g_string_free (slug, FALSE);
}

gboolean
dhk_asker_slug_is_whole (const char *slug, const char *fold)
{
  g_return_val_if_fail (slug != NULL && fold != NULL, FALSE);

  for (; *slug != '\0' && *fold != '\0'; slug++, fold++)
    if (*slug != *fold && !(*slug == '_' && *fold == ' '))
      return FALSE;
  return *slug == *fold;
}
