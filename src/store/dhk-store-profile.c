/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Import profiles in the study, and the tables of what waves share. */

#include "store/dhk-store-profile.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "store/dhk-store-private.h"

gboolean
dhk_store_make_wave_tables (DhkStore *self, GError **error)
{
  return dhk_sql_exec (
      self,
      "CREATE TABLE import_profile ("
      "  id INTEGER PRIMARY KEY,"
      "  name TEXT NOT NULL UNIQUE,"
      "  questionnaire TEXT NOT NULL);"
      "CREATE TABLE import_profile_head ("
      "  profile INTEGER NOT NULL REFERENCES import_profile (id) ON DELETE CASCADE,"
      "  place INTEGER NOT NULL,"
      "  head TEXT NOT NULL,"
      "  PRIMARY KEY (profile, place)) WITHOUT ROWID;"
      "CREATE TABLE import_profile_decision ("
      "  profile INTEGER NOT NULL REFERENCES import_profile (id) ON DELETE CASCADE,"
      "  place INTEGER NOT NULL,"
      "  kind TEXT NOT NULL,"
      "  key TEXT NOT NULL,"
      "  choice TEXT NOT NULL,"
      "  PRIMARY KEY (profile, place)) WITHOUT ROWID;"
      /* What a file said of an answer that was corrected by hand. */
      "CREATE TABLE import_conflict ("
      "  respondent INTEGER NOT NULL REFERENCES respondent_record (id) ON DELETE CASCADE,"
      "  slot INTEGER NOT NULL,"
      "  target TEXT NOT NULL,"
      "  found,"
      "  file_name TEXT NOT NULL,"
      "  PRIMARY KEY (respondent, slot, target)) WITHOUT ROWID",
      error);
}

/* Reading -------------------------------------------------------------------- */

static gboolean
load_heads (DhkStore *self, DhkImportProfile *profile, gint64 id, GError **error)
{
  g_autoptr (DhkStatement) statement = dhk_sql_prepare (
      self, "SELECT head FROM import_profile_head WHERE profile = ? ORDER BY place", error);
  int found;

  if (statement == NULL)
    return FALSE;
  dhk_sql_bind (statement, "i", id);
  while ((found = dhk_sql_step (self, statement, error)) == 1)
    dhk_import_profile_add_head (profile, dhk_sql_text (statement, 0));
  return found == 0;
}

static gboolean
load_decisions (DhkStore *self, DhkImportProfile *profile, gint64 id, GError **error)
{
  g_autoptr (DhkStatement) statement
      = dhk_sql_prepare (self,
                         "SELECT kind, key, choice FROM import_profile_decision "
                         "WHERE profile = ? ORDER BY place",
                         error);
  int found;

  if (statement == NULL)
    return FALSE;
  dhk_sql_bind (statement, "i", id);
  while ((found = dhk_sql_step (self, statement, error)) == 1)
    dhk_import_profile_decide (profile, dhk_sql_text (statement, 0), dhk_sql_text (statement, 1),
                               dhk_sql_text (statement, 2));
  return found == 0;
}

GPtrArray *
dhk_store_list_profiles (DhkStore *self, GError **error)
{
  g_autoptr (GPtrArray) list
      = g_ptr_array_new_with_free_func ((GDestroyNotify) dhk_import_profile_unref);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (DhkStatement) statement = NULL;
  int found;

  g_return_val_if_fail (self != NULL, NULL);
  g_assert (self->owner == g_thread_self ());

  statement = dhk_sql_prepare (
      self, "SELECT id, name, questionnaire FROM import_profile ORDER BY name", error);
  if (statement == NULL)
    return NULL;
  while ((found = dhk_sql_step (self, statement, error)) == 1)
    {
      gint64 id = sqlite3_column_int64 (statement, 0);

      g_ptr_array_add (
          list, dhk_import_profile_new (dhk_sql_text (statement, 1), dhk_sql_text (statement, 2)));
      g_array_append_val (ids, id);
    }
  if (found != 0)
    return NULL;
  for (guint i = 0; i < list->len; i++)
    if (!load_heads (self, g_ptr_array_index (list, i), g_array_index (ids, gint64, i), error)
        || !load_decisions (self, g_ptr_array_index (list, i), g_array_index (ids, gint64, i),
                            error))
      return NULL;
  return g_steal_pointer (&list);
}

/* Saving ------------------------------------------------------------------------ */

static gboolean
insert_parts (DhkStore *self, const DhkImportProfile *profile, gint64 id, GError **error)
{
  GPtrArray *heads = dhk_import_profile_get_heads (profile);
  GPtrArray *decisions = dhk_import_profile_get_decisions (profile);

  for (guint i = 0; i < heads->len; i++)
    if (!dhk_sql_run (self, error,
                      "INSERT INTO import_profile_head (profile, place, head) VALUES (?, ?, ?)",
                      "iit", id, (gint64) i, (const char *) g_ptr_array_index (heads, i)))
      return FALSE;
  for (guint i = 0; i < decisions->len; i++)
    {
      const DhkProfileDecision *decision = g_ptr_array_index (decisions, i);

      if (!dhk_sql_run (self, error,
                        "INSERT INTO import_profile_decision (profile, place, kind, key, choice) "
                        "VALUES (?, ?, ?, ?, ?)",
                        "iittt", id, (gint64) i, decision->kind, decision->key, decision->choice))
        return FALSE;
    }
  return TRUE;
}

static gboolean
insert_profile (DhkStore *self, const DhkImportProfile *profile, GError **error)
{
  return dhk_sql_run (self, error, "DELETE FROM import_profile WHERE name = ?", "t",
                      dhk_import_profile_get_name (profile))
         && dhk_sql_run (
             self, error, "INSERT INTO import_profile (name, questionnaire) VALUES (?, ?)", "tt",
             dhk_import_profile_get_name (profile), dhk_import_profile_get_questionnaire (profile))
         && insert_parts (self, profile, sqlite3_last_insert_rowid (self->db), error);
}

/* Keeps a profile; one of the same name is replaced. */
static gboolean
save_profile (DhkStore *self, const DhkImportProfile *profile, GError **error)
{
  g_assert (self->owner == g_thread_self ());

  return dhk_store_begin (self, error)
         && dhk_store_end (self, insert_profile (self, profile, error), error);
}

gboolean
dhk_store_delete_profile (DhkStore *self, const char *name, GError **error)
{
  gboolean ok;

  g_return_val_if_fail (self != NULL && name != NULL, FALSE);
  g_assert (self->owner == g_thread_self ());

  if (!dhk_store_begin (self, error))
    return FALSE;
  ok = dhk_sql_run (self, error, "DELETE FROM import_profile WHERE name = ?", "t", name);
  if (ok && sqlite3_changes (self->db) == 0)
    ok = dhk_store_fail (error, DHK_STORE_ERROR_CONFLICT,
                         _ ("There is no import profile “%s” in this study."), name);
  return dhk_store_end (self, ok, error);
}

/* Of a draft ----------------------------------------------------------------------- */

/* What the study's profile of this name holds, or NULL when there is none. */
static DhkImportProfile *
find_profile (GPtrArray *profiles, const char *name)
{
  for (guint i = 0; i < profiles->len; i++)
    if (strcmp (dhk_import_profile_get_name (g_ptr_array_index (profiles, i)), name) == 0)
      return g_ptr_array_index (profiles, i);
  return NULL;
}

/* One after the other: where two decide, the later file holds. */
static gboolean
add_file (DhkImportProfile **profile, DhkDraft *draft, const DhkDraftFile *file, const char *name)
{
  g_autoptr (DhkImportProfile) more = dhk_import_profile_new_from_draft (draft, file, name);

  if (more == NULL)
    return FALSE;
  if (*profile == NULL
      || strcmp (dhk_import_profile_get_questionnaire (*profile),
                 dhk_import_profile_get_questionnaire (more))
             != 0)
    {
      if (*profile != NULL)
        return FALSE;
      *profile = g_steal_pointer (&more);
    }
  else
    dhk_import_profile_merge (*profile, more);
  return TRUE;
}

gboolean
dhk_store_save_draft_profile (DhkStore *self, DhkDraft *draft, const char *name, GError **error)
{
  g_autoptr (GPtrArray) profiles = NULL;
  g_autoptr (DhkImportProfile) profile = NULL;
  const DhkImportProfile *old;
  GPtrArray *files;

  g_return_val_if_fail (self != NULL && draft != NULL && name != NULL, FALSE);

  profiles = dhk_store_list_profiles (self, error);
  if (profiles == NULL)
    return FALSE;
  files = dhk_draft_get_files (draft);
  for (guint i = 0; i < files->len; i++)
    add_file (&profile, draft, g_ptr_array_index (files, i), name);
  if (profile == NULL)
    return dhk_store_fail (error, DHK_STORE_ERROR_OPEN_QUESTIONS,
                           _ ("It is not known yet which questionnaire these files belong to, so "
                              "there is nothing to remember."));
  old = find_profile (profiles, name);
  if (old != NULL
      && strcmp (dhk_import_profile_get_questionnaire (old),
                 dhk_import_profile_get_questionnaire (profile))
             == 0)
    {
      g_autoptr (DhkImportProfile) both
          = dhk_import_profile_new (name, dhk_import_profile_get_questionnaire (profile));

      dhk_import_profile_merge (both, old);
      dhk_import_profile_merge (both, profile);
      return save_profile (self, both, error);
    }
  return save_profile (self, profile, error);
}

char *
dhk_store_suggest_profile_name (DhkDraft *draft)
{
  GPtrArray *files;
  const DhkDraftFile *first;
  const char *end;

  g_return_val_if_fail (draft != NULL, NULL);

  files = dhk_draft_get_files (draft);
  if (files->len == 0)
    return g_strdup ("");
  first = g_ptr_array_index (files, 0);
  if (first->profile != NULL)
    return g_strdup (first->profile);
  /* Forms puts a number of rows behind the form's name: "Ouders(1-28).xlsx". */
  end = strrchr (first->name, '.');
  if (end == NULL || end == first->name)
    end = first->name + strlen (first->name);
  for (const char *p = first->name; p < end; p++)
    if (*p == '(' && p > first->name)
      {
        end = p;
        break;
      }
  return g_strstrip (g_strndup (first->name, (gsize) (end - first->name)));
}
