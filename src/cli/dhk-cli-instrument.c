/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The command about instruments: made of another program's file, checked, taken out of and put into a study. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cli/dhk-cli-private.h"
#include "export/dhk-atomic.h"
#include "import/dhk-starting-point.h"
#include "store/dhk-store-instrument.h"
#include "study/dhk-instrument-edit.h"

static DhkExit
write_instrument (DhkInstrument *instrument, const char *output)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (output);
  g_autofree char *name = dhk_cli_dup_name (output);
  g_autoptr (GError) error = NULL;
  gsize size;
  const void *data = g_bytes_get_data (dhk_instrument_get_xml (instrument), &size);
  guint n_items = dhk_instrument_get_n_items (instrument);

  /* A new instrument is no reason to lose one that somebody worked on. */
  if (g_file_query_exists (file, NULL))
    {
      g_printerr (_ ("driehoek: There is already a file “%s” here. It was not changed; choose "
                     "another name.\n"),
                  name);
      return DHK_EXIT_REFUSED;
    }
  if (!dhk_atomic_replace (file, data, size, NULL, &error))
    return dhk_cli_refuse (error);
  g_print (ngettext ("“%s” is an instrument with %u item.\n",
                     "“%s” is an instrument with %u items.\n", n_items),
           name, n_items);
  return DHK_EXIT_DONE;
}

static DhkExit
make_instrument (const char *input, const char *output)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (DhkInstrument) known = dhk_cli_load_instrument (NULL, &error);
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (input);
  g_autoptr (DhkInstrument) made = NULL;

  if (known != NULL)
    made = dhk_starting_point_read (file, known, &notes, NULL, &error);
  if (made == NULL)
    return dhk_cli_refuse (error);
  for (guint i = 0; notes != NULL && i < notes->len; i++)
    g_print ("%s\n", (const char *) g_ptr_array_index (notes, i));
  return write_instrument (made, output);
}

static DhkExit
check_instrument (const char *input)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkInstrument) instrument = dhk_cli_load_instrument (input, &error);
  DhkLanguage language = dhk_language_of_messages ();

  if (instrument == NULL)
    return dhk_cli_refuse (error);
  /* TRANSLATORS: the title of an instrument, its id and its version */
  g_print (_ ("%s (%s, version %s)\n"),
           dhk_text_get (dhk_instrument_get_title (instrument), language),
           dhk_instrument_get_id (instrument), dhk_instrument_get_version (instrument));
  for (guint i = 0; i < dhk_instrument_get_n_questionnaires (instrument); i++)
    {
      const DhkQuestionnaire *asked = dhk_instrument_get_questionnaire (instrument, i);

      g_print (ngettext ("  %s: %s, %u question\n", "  %s: %s, %u questions\n", asked->n_questions),
               asked->id, dhk_text_get (&asked->label, language), asked->n_questions);
    }
  for (guint i = 0; i < dhk_instrument_get_n_scales (instrument); i++)
    {
      const DhkScale *scale = dhk_instrument_get_scale (instrument, i);

      g_print (ngettext ("  %s: %s, %u item, at least %u answered\n",
                         "  %s: %s, %u items, at least %u answered\n", scale->n_items),
               scale->id, dhk_text_get (&scale->label, language), scale->n_items,
               scale->min_answered);
    }
  return DHK_EXIT_DONE;
}

static DhkExit
take_out (const char *study, const char *output)
{
  g_autoptr (DhkStore) store = dhk_cli_open (study);

  return store != NULL ? write_instrument (dhk_store_get_instrument (store), output)
                       : DHK_EXIT_REFUSED;
}

/* Whether the tables of the study's report can be made with this instrument. */
static gboolean
fits_plan (DhkStore *store, DhkInstrument *instrument, GError **error)
{
  g_autofree char *xml = dhk_store_get_setting (store, DHK_PLAN_SETTING);
  g_autoptr (DhkPlan) plan = dhk_plan_new_for_study (xml, instrument, error);

  return plan != NULL;
}

/* Whether the study ever asked a version of this name. */
static gboolean
knows_version (DhkStore *store, const char *label)
{
  g_autoptr (GPtrArray) versions = dhk_store_list_instrument_versions (store, NULL);

  for (guint i = 0; versions != NULL && i < versions->len; i++)
    if (strcmp (((const DhkInstrumentVersion *) g_ptr_array_index (versions, i))->label, label)
        == 0)
      return TRUE;
  return FALSE;
}

/* The same file, but maybe for the label of its version and what it says it was made from. */
static gboolean
is_same (DhkInstrument *current, DhkInstrument *instrument)
{
  const char *label = dhk_instrument_get_version (current);
  g_autoptr (DhkInstrument) one = dhk_instrument_with_version (current, label, current, NULL);
  g_autoptr (DhkInstrument) other = dhk_instrument_with_version (instrument, label, current, NULL);

  return one != NULL && other != NULL
         && g_bytes_equal (dhk_instrument_get_xml (one), dhk_instrument_get_xml (other));
}

static DhkExit
put_in (const char *study, const char *input)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkStore) store = dhk_cli_open_to_change (study);
  g_autoptr (DhkInstrument) instrument = NULL;
  g_autoptr (DhkInstrument) version = NULL;
  g_autoptr (GPtrArray) changes = NULL;
  DhkInstrument *current;

  if (store == NULL)
    return DHK_EXIT_REFUSED;
  current = dhk_store_get_instrument (store);
  instrument = dhk_cli_load_instrument (input, &error);
  if (instrument == NULL)
    return dhk_cli_refuse (error);
  if (is_same (current, instrument))
    {
      g_print (
          _ ("The study already uses these questionnaires, version %s. Nothing was changed.\n"),
          dhk_instrument_get_version (current));
      return DHK_EXIT_DONE;
    }
  changes = dhk_instrument_list_changes (current, instrument, dhk_language_of_messages ());
  /* A file that still has the name of a version that was gets the next one. */
  if (knows_version (store, dhk_instrument_get_version (instrument)))
    {
      g_autofree char *label = dhk_instrument_dup_next_version (current);

      version = dhk_instrument_with_version (instrument, label, current, &error);
    }
  else
    version = dhk_instrument_ref (instrument);
  if (version == NULL || !fits_plan (store, version, &error)
      || !dhk_store_set_instrument (store, version, &error))
    return dhk_cli_refuse (error);
  for (guint i = 0; i < changes->len; i++)
    g_print ("%s\n", (const char *) g_ptr_array_index (changes, i));
  g_print (_ ("The study now uses version %s.\n"), dhk_instrument_get_version (version));
  return DHK_EXIT_DONE;
}

/* How many there are. */
static guint
print_changes (const DhkInstrument *before, const DhkInstrument *after, const char *indent)
{
  g_autoptr (GPtrArray) changes
      = dhk_instrument_list_changes (before, after, dhk_language_of_messages ());

  for (guint i = 0; i < changes->len; i++)
    g_print ("%s%s\n", indent, (const char *) g_ptr_array_index (changes, i));
  return changes->len;
}

static DhkExit
compare (const char *one, const char *other)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkInstrument) before = dhk_cli_load_instrument (one, &error);
  g_autoptr (DhkInstrument) after = before != NULL ? dhk_cli_load_instrument (other, &error) : NULL;

  if (after == NULL)
    return dhk_cli_refuse (error);
  if (print_changes (before, after, "") == 0)
    g_print (_ ("The two ask the same in the same words.\n"));
  return DHK_EXIT_DONE;
}

/* Newest first, each with what it changed. */
static DhkExit
list_versions (const char *study)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkStore) store = dhk_cli_open (study);
  g_autoptr (GPtrArray) versions = NULL;

  if (store == NULL)
    return DHK_EXIT_REFUSED;
  versions = dhk_store_list_instrument_versions (store, &error);
  for (guint i = 0; versions != NULL && i < versions->len; i++)
    {
      const DhkInstrumentVersion *version = g_ptr_array_index (versions, i);
      const DhkInstrumentVersion *previous
          = i + 1 < versions->len ? g_ptr_array_index (versions, i + 1) : NULL;
      g_autoptr (DhkInstrument) after
          = dhk_store_load_instrument_version (store, version->number, &error);
      g_autoptr (DhkInstrument) before
          = after != NULL && previous != NULL
                ? dhk_store_load_instrument_version (store, previous->number, &error)
                : NULL;

      if (error != NULL)
        return dhk_cli_refuse (error);
      g_print (version->is_current ? _ ("Version %s, in use\n") : _ ("Version %s\n"),
               version->label);
      if (before != NULL)
        print_changes (before, after, "  ");
    }
  return versions != NULL ? DHK_EXIT_DONE : dhk_cli_refuse (error);
}

DhkExit
dhk_cli_instrument (char **given)
{
  g_auto (GStrv) arguments = given;
  const GOptionEntry entries[] = { { NULL } };
  DhkExit status;
  guint n;

  if (!dhk_cli_parse ("instrument", entries, &arguments, &status))
    return status;
  n = g_strv_length (arguments);
  if (n == 4 && strcmp (arguments[1], "new") == 0)
    return make_instrument (arguments[2], arguments[3]);
  if (n == 3 && strcmp (arguments[1], "check") == 0)
    return check_instrument (arguments[2]);
  if (n == 4 && strcmp (arguments[1], "get") == 0)
    return take_out (arguments[2], arguments[3]);
  if (n == 4 && strcmp (arguments[1], "set") == 0)
    return put_in (arguments[2], arguments[3]);
  if (n == 4 && strcmp (arguments[1], "compare") == 0)
    return compare (arguments[2], arguments[3]);
  if (n == 3 && strcmp (arguments[1], "versions") == 0)
    return list_versions (arguments[2]);
  return dhk_cli_usage (
      "instrument",
      _ ("Say new FILE OUT.xml, check FILE, compare FILE FILE, get STUDY OUT.xml, set "
         "STUDY FILE or versions STUDY."));
}
