/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "study/dhk-import-profile.h"

#include <string.h>

#include "base/dhk-text.h"

struct _DhkImportProfile
{
  gatomicrefcount refs;
  char *name;
  char *questionnaire;
  GPtrArray *heads;
  GHashTable *known_heads; /* set, lent by `heads` */
  GPtrArray *decisions;
  GHashTable *by_key; /* kind TAB key -> DhkProfileDecision */
};

static void
free_decision (gpointer data)
{
  DhkProfileDecision *decision = data;

  g_free (decision->kind);
  g_free (decision->key);
  g_free (decision->choice);
  g_free (decision);
}

DhkImportProfile *
dhk_import_profile_new (const char *name, const char *questionnaire)
{
  DhkImportProfile *self;

  g_return_val_if_fail (name != NULL && questionnaire != NULL, NULL);

  self = g_new0 (DhkImportProfile, 1);
  g_atomic_ref_count_init (&self->refs);
  self->name = g_strdup (name);
  self->questionnaire = g_strdup (questionnaire);
  self->heads = g_ptr_array_new_with_free_func (g_free);
  self->known_heads = g_hash_table_new (g_str_hash, g_str_equal);
  self->decisions = g_ptr_array_new_with_free_func (free_decision);
  self->by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

DhkImportProfile *
dhk_import_profile_ref (DhkImportProfile *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
dhk_import_profile_unref (DhkImportProfile *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_free (self->name);
  g_free (self->questionnaire);
  g_hash_table_unref (self->known_heads);
  g_ptr_array_unref (self->heads);
  g_hash_table_unref (self->by_key);
  g_ptr_array_unref (self->decisions);
  g_free (self);
}

void
dhk_import_profile_add_head (DhkImportProfile *self, const char *head)
{
  char *copy;

  g_return_if_fail (self != NULL && head != NULL);

  if (head[0] == '\0' || g_hash_table_contains (self->known_heads, head))
    return;
  copy = g_strdup (head);
  g_ptr_array_add (self->heads, copy);
  g_hash_table_add (self->known_heads, copy);
}

static char *
make_key (const char *kind, const char *key)
{
  return g_strdup_printf ("%s\t%s", kind, key);
}

void
dhk_import_profile_decide (DhkImportProfile *self,
                           const char *kind,
                           const char *key,
                           const char *choice)
{
  g_autofree char *place = NULL;
  DhkProfileDecision *decision;

  g_return_if_fail (self != NULL && kind != NULL && key != NULL && choice != NULL);

  place = make_key (kind, key);
  decision = g_hash_table_lookup (self->by_key, place);
  if (decision != NULL)
    {
      g_free (decision->choice);
      decision->choice = g_strdup (choice);
      return;
    }
  decision = g_new0 (DhkProfileDecision, 1);
  decision->kind = g_strdup (kind);
  decision->key = g_strdup (key);
  decision->choice = g_strdup (choice);
  g_ptr_array_add (self->decisions, decision);
  g_hash_table_insert (self->by_key, g_steal_pointer (&place), decision);
}

void
dhk_import_profile_merge (DhkImportProfile *self, const DhkImportProfile *other)
{
  g_return_if_fail (self != NULL && other != NULL);

  for (guint i = 0; i < other->heads->len; i++)
    dhk_import_profile_add_head (self, g_ptr_array_index (other->heads, i));
  for (guint i = 0; i < other->decisions->len; i++)
    {
      const DhkProfileDecision *decision = g_ptr_array_index (other->decisions, i);

      dhk_import_profile_decide (self, decision->kind, decision->key, decision->choice);
    }
}

static void
take_decisions (DhkImportProfile *self, GPtrArray *decisions, const DhkDraftFile *file)
{
  for (guint i = 0; i < decisions->len; i++)
    {
      const DhkDraftQuestion *decision = g_ptr_array_index (decisions, i);

      if (decision->file == file && decision->kind != NULL && decision->chosen != NULL
          && (decision->by == DHK_DECIDED_BY_HAND || decision->by == DHK_DECIDED_BY_PROFILE))
        dhk_import_profile_decide (self, decision->kind, decision->key, decision->chosen);
    }
}

DhkImportProfile *
dhk_import_profile_new_from_draft (DhkDraft *draft, const DhkDraftFile *file, const char *name)
{
  DhkImportProfile *self;

  g_return_val_if_fail (draft != NULL && file != NULL && name != NULL, NULL);

  if (file->questionnaire < 0)
    return NULL;
  self = dhk_import_profile_new (name,
                                 dhk_instrument_get_questionnaire (dhk_draft_get_instrument (draft),
                                                                   (guint) file->questionnaire)
                                     ->id);
  for (guint i = 0; i < file->columns->len; i++)
    {
      const DhkDraftColumn *column = g_ptr_array_index (file->columns, i);

      if (column->key != NULL)
        dhk_import_profile_add_head (self, column->key);
    }
  take_decisions (self, dhk_draft_get_decisions (draft), file);
  return self;
}

const char *
dhk_import_profile_get_name (const DhkImportProfile *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->name;
}

const char *
dhk_import_profile_get_questionnaire (const DhkImportProfile *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->questionnaire;
}

GPtrArray *
dhk_import_profile_get_heads (const DhkImportProfile *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->heads;
}

GPtrArray *
dhk_import_profile_get_decisions (const DhkImportProfile *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->decisions;
}

const char *
dhk_import_profile_find (const DhkImportProfile *self, const char *kind, const char *key)
{
  g_autofree char *place = NULL;
  const DhkProfileDecision *decision;

  g_return_val_if_fail (self != NULL && kind != NULL && key != NULL, NULL);

  place = make_key (kind, key);
  decision = g_hash_table_lookup (self->by_key, place);
  return decision != NULL ? decision->choice : NULL;
}

double
dhk_import_profile_measure_fit (const DhkImportProfile *self, GHashTable *heads)
{
  guint n = 0;

  g_return_val_if_fail (self != NULL && heads != NULL, 0);

  for (guint i = 0; i < self->heads->len; i++)
    n += g_hash_table_contains (heads, g_ptr_array_index (self->heads, i)) ? 1 : 0;
  return self->heads->len == 0 ? 0 : (double) n / (double) self->heads->len;
}
