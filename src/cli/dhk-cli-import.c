/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The command that fills a study.
 *
 * Counts in translated messages are %lu: xgettext cannot read past a format macro.
 */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cli/dhk-cli-decisions.h"
#include "base/dhk-seal.h"
#include "cli/dhk-cli-key.h"
#include "cli/dhk-cli-private.h"
#include "import/dhk-import.h"
#include "store/dhk-store-merge.h"
#include "store/dhk-store-profile.h"

/* Answers to questions: "QUESTION=CHOICE", the last "=" divides. */
static gboolean
parse_answers (char **texts, GHashTable *answers)
{
  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    {
      const char *equals = strrchr (texts[i], '=');

      if (equals == NULL || equals == texts[i] || equals[1] == '\0')
        {
          dhk_cli_usage ("import", _ ("An answer is QUESTION=CHOICE, not “%s”."), texts[i]);
          return FALSE;
        }
      g_hash_table_insert (answers, g_strndup (texts[i], equals - texts[i]), g_strdup (equals + 1));
    }
  return TRUE;
}

static void
print_aside_rows (const DhkDraftFile *file)
{
  for (guint i = 0; i < dhk_draft_file_get_n_rows (file); i++)
    {
      const DhkDraftRow *row = dhk_draft_file_peek_row (file, i);

      if (row != NULL && row->fate == DHK_ROW_ASIDE)
        g_print (_ ("  row %lu is kept aside: %s\n"), (gulong) row->line,
                 row->reason != NULL ? row->reason : "");
    }
}

static void
print_outcome (DhkDraft *draft)
{
  GPtrArray *files = dhk_draft_get_files (draft);
  DhkDraftTotals all = dhk_draft_get_totals (draft, NULL);
  guint conflicts = 0;

  for (guint i = 0; i < files->len; i++)
    {
      const DhkDraftFile *file = g_ptr_array_index (files, i);
      DhkDraftTotals totals = dhk_draft_get_totals (draft, file);

      conflicts += file->conflicts->len;
      if (file->summary != NULL)
        g_print (_ ("%s: %s\n"), file->name, file->summary);
      else
        g_print (_ ("%s: %lu found, %lu new, %lu present, %lu kept aside\n"), file->name,
                 (gulong) totals.found, (gulong) totals.added, (gulong) totals.present,
                 (gulong) totals.aside);
      for (guint n = 0; n < file->notes->len; n++)
        {
          const DhkDraftNote *note = g_ptr_array_index (file->notes, n);

          g_print ("  %s\n", note->text);
        }
      print_aside_rows (file);
    }
  if (files->len > 1)
    g_print (_ ("Together: %lu found, %lu new, %lu present, %lu kept aside\n"), (gulong) all.found,
             (gulong) all.added, (gulong) all.present, (gulong) all.aside);
  if (conflicts > 0)
    g_print (ngettext ("%u answer stays as it is in this study; “driehoek conflicts” lists it.\n",
                       "%u answers stay as they are in this study; “driehoek conflicts” lists "
                       "them.\n",
                       conflicts),
             conflicts);
}

typedef struct
{
  char **texts; /* answers as typed */
  gboolean json;
  gboolean dry_run;
  gboolean list_decisions;
  char *profile;       /* name of the one to use, or NULL */
  char *save_profile;  /* name to keep the decisions under, or NULL */
  char *passwords;     /* file with passwords of response files, or NULL */
  char *from_password; /* file with the password of the study that is imported, or NULL */
  DhkCliKey key;
} ImportOptions;

static void
import_options_clear (ImportOptions *self)
{
  g_strfreev (self->texts);
  g_free (self->profile);
  g_free (self->save_profile);
  g_free (self->passwords);
  g_free (self->from_password);
  g_free (self->key.path);
  g_free (self->key.password_file);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ImportOptions, import_options_clear)

/* A profile by name is an answer like others. */
static gboolean
answer_profile (const ImportOptions *options, GPtrArray *profiles, GHashTable *answers)
{
  if (options->profile == NULL)
    return TRUE;
  for (guint i = 0; i < profiles->len; i++)
    if (strcmp (dhk_import_profile_get_name (g_ptr_array_index (profiles, i)), options->profile)
        == 0)
      {
        g_hash_table_insert (answers, g_strdup ("all:profile"),
                             dhk_import_dup_profile_choice (options->profile));
        return TRUE;
      }
  if (strcmp (options->profile, "none") == 0)
    {
      if (profiles->len > 0)
        g_hash_table_insert (answers, g_strdup ("all:profile"), g_strdup ("none"));
      return TRUE;
    }
  g_printerr (_ ("driehoek: There is no import profile “%s” in this study.\n"), options->profile);
  return FALSE;
}

/* What a draft says, and what becomes of it. */
static DhkExit
store_draft (DhkStore *store, DhkDraft *draft, const ImportOptions *options)
{
  g_autoptr (GError) error = NULL;

  if (!(options->dry_run ? dhk_store_compare (store, draft, NULL, &error)
                         : dhk_store_commit (store, draft, NULL, &error)))
    return dhk_cli_refuse (error);
  if (options->save_profile != NULL && !options->dry_run
      && !dhk_store_save_draft_profile (store, draft, options->save_profile, &error))
    return dhk_cli_refuse (error);
  if (options->json)
    dhk_cli_print_import_json (draft);
  else
    {
      print_outcome (draft);
      dhk_cli_tell_personal (store, draft, &options->key);
    }
  return DHK_EXIT_DONE;
}

/* One password a line, tried on every response file that is protected. */
static gboolean
give_passwords (const char *path, GPtrArray *files)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) lines = NULL;
  char *text = NULL;

  if (path == NULL)
    return TRUE;
  if (!g_file_get_contents (path, &text, NULL, &error))
    {
      g_autofree char *name = dhk_cli_dup_name (path);

      g_printerr (_ ("driehoek: The file with passwords “%s” could not be read.\n"), name);
      return FALSE;
    }
  lines = g_strsplit (text, "\n", -1);
  dhk_secret_free (text);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      gsize length = strlen (lines[i]);

      if (length > 0 && lines[i][length - 1] == '\r')
        lines[i][length - 1] = '\0';
      for (guint k = 0; *lines[i] != '\0' && k < files->len; k++)
        dhk_import_file_add_password (g_ptr_array_index (files, k), lines[i]);
      memset (lines[i], 0, length);
    }
  return TRUE;
}

static DhkExit
settle_draft (DhkStore *store, DhkDraft *draft, const ImportOptions *options)
{
  if (options->list_decisions)
    {
      dhk_cli_print_decisions (draft, options->json);
      return DHK_EXIT_DONE;
    }
  if (dhk_draft_get_questions (draft)->len > 0)
    {
      dhk_cli_print_questions (draft);
      return DHK_EXIT_REFUSED;
    }
  return store_draft (store, draft, options);
}

static DhkExit
import_study (DhkStore *store, GPtrArray *files, GHashTable *answers, const ImportOptions *options)
{
  g_autoptr (DhkDraft) draft = NULL;

  if (options->profile != NULL || options->save_profile != NULL)
    return dhk_cli_usage ("import",
                          _ ("An import profile is for exported files, not for a study."));
  draft = dhk_cli_read_merge (store, files, answers, options->from_password);
  return draft != NULL ? settle_draft (store, draft, options) : DHK_EXIT_REFUSED;
}

static DhkExit
import_files (const char *study, char **paths, const ImportOptions *options)
{
  g_autoptr (GHashTable) answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) profiles = NULL;
  g_autoptr (DhkStore) store = NULL;
  g_autoptr (DhkDraft) draft = NULL;
  g_autoptr (GError) error = NULL;

  if (!parse_answers (options->texts, answers))
    return DHK_EXIT_USAGE;
  for (guint i = 0; paths[i] != NULL; i++)
    g_ptr_array_add (files, g_file_new_for_commandline_arg (paths[i]));
  if (!give_passwords (options->passwords, files))
    return DHK_EXIT_REFUSED;

  store = options->dry_run || options->list_decisions ? dhk_cli_open (study)
                                                      : dhk_cli_open_to_change (study);
  if (store == NULL)
    return DHK_EXIT_REFUSED;
  if (dhk_store_has_study_file (files))
    return import_study (store, files, answers, options);
  profiles = dhk_store_list_profiles (store, &error);
  if (profiles == NULL)
    return dhk_cli_refuse (error);
  if (!answer_profile (options, profiles, answers)
      || !dhk_cli_settle_personal (store, files, &options->key,
                                   options->dry_run || options->list_decisions))
    return DHK_EXIT_REFUSED;
  draft = dhk_import_read_with_profiles (dhk_store_get_instrument (store), files, answers, profiles,
                                         NULL, NULL, NULL, &error);
  if (draft == NULL)
    return dhk_cli_refuse (error);
  return settle_draft (store, draft, options);
}

DhkExit
dhk_cli_import (char **given)
{
  g_auto (GStrv) arguments = given;
  g_auto (ImportOptions) options = { 0 };
  const GOptionEntry entries[] = {
    { "answer", 'a', 0, G_OPTION_ARG_STRING_ARRAY, &options.texts,
      N_ ("answer a question or change a decision (may be given several times)"),
      N_ ("QUESTION=CHOICE") },
    { "list-decisions", 0, 0, G_OPTION_ARG_NONE, &options.list_decisions,
      N_ ("list every question and decision; store nothing"), NULL },
    { "profile", 0, 0, G_OPTION_ARG_STRING, &options.profile,
      N_ ("use this import profile for all files, or “none”"), N_ ("NAME") },
    { "save-profile", 0, 0, G_OPTION_ARG_STRING, &options.save_profile,
      N_ ("remember what was decided by hand as an import profile"), N_ ("NAME") },
    { "response-passwords", 0, 0, G_OPTION_ARG_FILENAME, &options.passwords,
      N_ ("try the passwords in this file, one a line, on protected response files"), N_ ("FILE") },
    { "from-password-file", 0, 0, G_OPTION_ARG_FILENAME, &options.from_password,
      N_ ("the first line of FILE is the password of the study that is imported (else it is "
          "asked)"),
      N_ ("FILE") },
    { "key-file", 0, 0, G_OPTION_ARG_FILENAME, &options.key.path,
      N_ ("keep names and addresses in this encrypted key file (made when it is not there)"),
      N_ ("KEYFILE") },
    { "key-password-file", 0, 0, G_OPTION_ARG_FILENAME, &options.key.password_file,
      N_ ("the first line of FILE is the password of the key file (else it is asked)"),
      N_ ("FILE") },
    { "drop-personal", 0, 0, G_OPTION_ARG_NONE, &options.key.drop,
      N_ ("keep names and addresses nowhere (as long as no key file was named)"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.json, N_ ("print the totals as JSON"), NULL },
    { "dry-run", 'n', 0, G_OPTION_ARG_NONE, &options.dry_run,
      N_ ("only say what would happen; store nothing"), NULL },
    { NULL },
  };
  DhkExit status;

  if (!dhk_cli_parse ("import", entries, &arguments, &status))
    return status;
  if (g_strv_length (arguments) < 3)
    return dhk_cli_usage ("import", _ ("Name a study and the files to import."));
  return import_files (arguments[1], arguments + 2, &options);
}
