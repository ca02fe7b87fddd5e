/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which import profile of the study a file is read with, and which rule for answers sent twice. */

#include "import/dhk-import.h"
#include "import/dhk-recogniser.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A profile fits when so much of its heads is in the file. */
#define LEAST_FIT 0.5

/* "none" and "fit" mean something else. */
char *
dhk_import_dup_profile_choice (const char *name)
{
  g_autofree char *slug = NULL;

  g_return_val_if_fail (name != NULL, NULL);

  slug = dhk_asker_slug (name, TRUE);

  if (strcmp (slug, "none") != 0 && strcmp (slug, "fit") != 0)
    return g_steal_pointer (&slug);
  return g_strdup_printf ("%s.", slug);
}

static void
offer_profiles (DhkAsker *asker, GPtrArray *profiles)
{
  for (guint i = 0; i < profiles->len; i++)
    {
      const DhkImportProfile *profile = g_ptr_array_index (profiles, i);
      g_autofree char *id = dhk_import_dup_profile_choice (dhk_import_profile_get_name (profile));

      dhk_asker_choice (asker, id, g_strdup (dhk_import_profile_get_name (profile)));
    }
  dhk_asker_choice (asker, "none", g_strdup (_ ("None: decide everything anew")));
}

void
dhk_recogniser_ask_for_all (DhkAsker *asker, GPtrArray *profiles, DhkForAll *all)
{
  const char *answer;

  dhk_asker_begin (asker, g_strdup ("all:doubles"),
                   g_strdup (_ ("When one person answered more than once, what counts, in all "
                                "files?")),
                   NULL);
  dhk_asker_choice (asker, "ask", g_strdup (_ ("Ask for each person")));
  dhk_recogniser_offer_doubles (asker, FALSE);
  all->doubles = dhk_asker_decide (asker, "ask");

  if (profiles == NULL || profiles->len == 0)
    return;
  dhk_asker_begin (asker, g_strdup ("all:profile"),
                   g_strdup (_ ("Which import profile are all files read with?")), NULL);
  dhk_asker_choice (asker, "fit", g_strdup (_ ("For each file the one that fits it")));
  offer_profiles (asker, profiles);
  answer = dhk_asker_decide (asker, "fit");
  all->profile = strcmp (answer, "fit") == 0 ? NULL : answer;
}

void
dhk_recogniser_offer_doubles (DhkAsker *asker, gboolean is_pair)
{
  dhk_asker_choice (asker, "first", g_strdup (_ ("The first")));
  dhk_asker_choice (asker, "latest", g_strdup (_ ("The latest")));
  dhk_asker_choice (asker, "most-complete", g_strdup (_ ("The most complete")));
  dhk_asker_choice (asker, "both",
                    g_strdup (is_pair ? _ ("Both: they are two respondents")
                                      : _ ("All: they are different respondents")));
}

void
dhk_recogniser_settle_doubles (DhkRecogniser *self, const DhkForAll *all)
{
  dhk_asker_begin (self->asker, g_strdup_printf ("%s:doubles", self->slug),
                   g_strdup_printf (_ ("When one person answered more than once in “%s”, what "
                                       "counts?"),
                                    self->file->name),
                   NULL);
  dhk_recogniser_about (self, "doubles", "");
  dhk_asker_choice (self->asker, "ask", g_strdup (_ ("Ask for each person")));
  dhk_recogniser_offer_doubles (self->asker, FALSE);
  self->doubles = dhk_asker_decide (self->asker, all->doubles);
  if (strcmp (self->doubles, "ask") == 0)
    self->doubles = NULL;
}

/* The profile that knows most of the file's heads. */
static const DhkImportProfile *
find_fitting (DhkRecogniser *self, GPtrArray *profiles)
{
  g_autoptr (GHashTable) heads = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const DhkImportProfile *best = NULL;
  double best_fit = LEAST_FIT;

  for (guint c = 0; c < self->columns->len; c++)
    g_hash_table_add (heads, dhk_recogniser_dup_key (self, c));
  for (guint i = 0; i < profiles->len; i++)
    {
      const DhkImportProfile *profile = g_ptr_array_index (profiles, i);
      double fit = dhk_import_profile_measure_fit (profile, heads);

      /* Of equals the latest one, which stands last. */
      if (fit >= best_fit)
        {
          best = profile;
          best_fit = fit;
        }
    }
  return best;
}

void
dhk_recogniser_choose_profile (DhkRecogniser *self, GPtrArray *profiles, const DhkForAll *all)
{
  const DhkImportProfile *fitting;
  g_autofree char *decided = NULL;
  const char *answer;

  if (profiles == NULL || profiles->len == 0)
    return;
  fitting = all->profile == NULL ? find_fitting (self, profiles) : NULL;
  decided = fitting != NULL ? dhk_import_dup_profile_choice (dhk_import_profile_get_name (fitting))
            : all->profile != NULL ? g_strdup (all->profile)
                                   : g_strdup ("none");
  dhk_asker_begin (
      self->asker, g_strdup_printf ("%s:profile", self->slug),
      g_strdup_printf (_ ("Which import profile is “%s” read with?"), self->file->name), NULL);
  dhk_recogniser_about (self, NULL, NULL);
  offer_profiles (self->asker, profiles);
  answer = dhk_asker_decide (self->asker, decided);
  for (guint i = 0; i < profiles->len; i++)
    {
      DhkImportProfile *profile = g_ptr_array_index (profiles, i);
      g_autofree char *id = dhk_import_dup_profile_choice (dhk_import_profile_get_name (profile));

      if (strcmp (answer, id) == 0)
        self->profile = profile;
    }
  /* Which questions there are depends on it. */
  if (self->profile != NULL)
    dhk_recogniser_expect_more (self);
}

void
dhk_recogniser_check_profile (DhkRecogniser *self)
{
  const char *name;

  if (self->profile == NULL || self->questionnaire == NULL)
    return;
  name = dhk_import_profile_get_name (self->profile);
  if (strcmp (dhk_import_profile_get_questionnaire (self->profile), self->questionnaire->id) != 0)
    {
      dhk_draft_file_add_note (self->file, DHK_NOTE_ATTENTION, 0,
                               _ ("The import profile “%s” is for another questionnaire and was "
                                  "not used."),
                               name);
      self->profile = NULL;
      return;
    }
  self->file->profile = g_strdup (name);
  dhk_draft_file_add_note (self->file, DHK_NOTE_INFORMATION, 0,
                           _ ("The import profile “%s” was used: what was decided about this form "
                              "before holds again."),
                           name);
}
