/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Response files: read through the hardened loader, written whole or not at all. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dhk-file.h"
#include "base/dhk-xml.h"
#include "study/dhk-response-private.h"

#define SCHEMA "schemas/response.rng"

/* The root element begins within so many bytes, whatever comments stand before it. */
#define SNIFF 2048

/* Reading ---------------------------------------------------------------------------- */

gboolean
dhk_response_is_one (const void *data, gsize size)
{
  DhkSealKind kind;

  g_return_val_if_fail (data != NULL || size == 0, FALSE);

  if (dhk_is_sealed (data, size, &kind))
    return kind == DHK_SEAL_RESPONSE;
  return size > 0 && g_strstr_len (data, (gssize) MIN (size, SNIFF), "<response ") != NULL;
}

/* FALSE for "2026-02-30T25:00:00", which the schema lets through. */
static gboolean
read_time (
    const xmlNode *node, const char *attribute, const char *name, gint64 *time, GError **error)
{
  g_autofree char *text = dhk_xml_dup_attribute (node, attribute);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) found = g_date_time_new_from_iso8601 (g_strstrip (text), utc);

  if (found == NULL)
    return dhk_xml_fail (error, DHK_XML_ERROR_SCHEMA, name, node, _ ("“%s” is no date and time."),
                         text);
  *time = g_date_time_to_unix (found);
  return TRUE;
}

static char *
dup_token (const xmlNode *node, const char *name)
{
  char *value = dhk_xml_dup_attribute (node, name);

  return value != NULL ? g_strstrip (value) : NULL;
}

static char *
dup_key (const DhkResponseAnswer *answer)
{
  return answer->item != NULL ? g_strdup_printf ("i%s/%s", answer->item,
                                                 answer->target != NULL ? answer->target : "")
                              : g_strdup_printf ("v%s", answer->variable);
}

static gboolean
read_answers (DhkResponse *self, const xmlNode *root, const char *name, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (xmlNode *node = dhk_xml_first (root, "answer"); node != NULL;
       node = dhk_xml_next (node, "answer"))
    {
      DhkResponseAnswer answer = { .variable = dup_token (node, "variable"),
                                   .category = dup_token (node, "category"),
                                   .item = dup_token (node, "item"),
                                   .target = dup_token (node, "over"),
                                   .code = dhk_xml_get_int (node, "code", DHK_RESPONSE_OPEN) };
      char *key = dup_key (&answer);

      dhk_response_take_question (self, answer);
      if (!g_hash_table_add (seen, key))
        return dhk_xml_fail (error, DHK_XML_ERROR_REFERENCE, name, node,
                             _ ("the same question is answered twice."));
    }
  return TRUE;
}

DhkResponse *
dhk_response_new_from_bytes (GBytes *bytes, const char *name, GError **error)
{
  g_autoptr (xmlDoc) document = NULL;
  g_autoptr (DhkResponse) self = NULL;
  g_autofree char *state = NULL;
  const xmlNode *root;

  g_return_val_if_fail (bytes != NULL && name != NULL, NULL);

  document = dhk_xml_parse (bytes, name, SCHEMA, error);
  if (document == NULL)
    return NULL;

  root = xmlDocGetRootElement (document);
  self = dhk_response_new_empty ();
  self->id = dup_token (root, "id");
  self->instrument = dup_token (root, "instrument");
  self->version = dup_token (root, "version");
  self->sha256 = dup_token (root, "sha256");
  self->questionnaire = dup_token (root, "questionnaire");
  state = dup_token (root, "state");
  self->finished = g_strcmp0 (state, "finished") == 0;
  if (!read_time (root, "started", name, &self->started, error)
      || !read_time (root, "saved", name, &self->saved, error)
      || !read_answers (self, root, name, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* What the seal says, as a sentence about this file. */
static void
fail_sealed (GError **error, const GError *cause, const char *name, const char *password)
{
  if (g_error_matches (cause, DHK_SEAL_ERROR, DHK_SEAL_ERROR_PASSWORD))
    g_set_error (error, DHK_RESPONSE_ERROR, DHK_RESPONSE_ERROR_PASSWORD_WRONG,
                 _ ("This password does not open “%s”. Nothing was changed; try it again."), name);
  else if (g_error_matches (cause, DHK_SEAL_ERROR, DHK_SEAL_ERROR_OTHER_KIND))
    g_set_error (error, DHK_RESPONSE_ERROR, DHK_RESPONSE_ERROR_NOT_ONE,
                 _ ("“%s” is not a response file. Nothing was changed; choose another file."),
                 name);
  else
    g_set_error (error, DHK_RESPONSE_ERROR, DHK_RESPONSE_ERROR_DAMAGED, "“%s”: %s", name,
                 cause->message);
}

static GBytes *
unseal (GBytes *sealed, const char *name, const char *password, DhkSealKey **key, GError **error)
{
  g_autoptr (DhkSealKey) derived = NULL;
  g_autoptr (GError) problem = NULL;
  GBytes *plain = NULL;
  gsize size;
  const void *data = g_bytes_get_data (sealed, &size);

  if (password == NULL || *password == '\0')
    {
      g_set_error (error, DHK_RESPONSE_ERROR, DHK_RESPONSE_ERROR_PASSWORD_NEEDED,
                   _ ("“%s” is protected with a password."), name);
      return NULL;
    }
  derived = dhk_seal_key_new_for (data, size, password, &problem);
  if (derived != NULL)
    plain = dhk_seal_key_unseal (derived, DHK_SEAL_RESPONSE, sealed, &problem);
  if (plain == NULL)
    fail_sealed (error, problem, name, password);
  else if (key != NULL)
    *key = g_steal_pointer (&derived);
  return plain;
}

DhkResponse *
dhk_response_load (
    GFile *file, const char *password, DhkSealKey **key, GCancellable *cancellable, GError **error)
{
  g_autofree char *name = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) plain = NULL;
  gsize size;
  const void *data;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  if (key != NULL)
    *key = NULL;
  bytes = dhk_xml_load_file (file, &name, cancellable, error);
  if (bytes == NULL)
    return NULL;
  data = g_bytes_get_data (bytes, &size);
  if (!dhk_response_is_one (data, size))
    {
      g_set_error (error, DHK_RESPONSE_ERROR, DHK_RESPONSE_ERROR_NOT_ONE,
                   _ ("“%s” is not a response file. Nothing was changed; choose another file."),
                   name);
      return NULL;
    }
  plain = dhk_is_sealed (data, size, NULL) ? unseal (bytes, name, password, key, error)
                                           : g_bytes_ref (bytes);
  return plain != NULL ? dhk_response_new_from_bytes (plain, name, error) : NULL;
}

/* Writing ---------------------------------------------------------------------------- */

/* Four digits of the year also for the year 999, which GLib's %Y has not. */
static char *
dup_time (gint64 seconds)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (seconds);
  g_autofree char *rest = NULL;

  if (time == NULL)
    return g_strdup ("1970-01-01T00:00:00");
  rest = g_date_time_format (time, "%m-%dT%H:%M:%S");
  return g_strdup_printf ("%04d-%s", g_date_time_get_year (time), rest);
}

/* All values are ids, numbers and times that the schema allows: nothing to escape. */
static void
append_answer (GString *text, const DhkResponseAnswer *answer)
{
  g_string_append (text, "  <answer");
  if (answer->item != NULL)
    {
      g_string_append_printf (text, " item=\"%s\"", answer->item);
      if (answer->target != NULL)
        g_string_append_printf (text, " over=\"%s\"", answer->target);
      if (answer->code >= 0)
        g_string_append_printf (text, " code=\"%d\"", answer->code);
    }
  else
    {
      g_string_append_printf (text, " variable=\"%s\"", answer->variable);
      if (answer->category != NULL)
        g_string_append_printf (text, " category=\"%s\"", answer->category);
    }
  g_string_append (text, "/>\n");
}

GBytes *
dhk_response_to_bytes (DhkResponse *self, DhkSealKey *key)
{
  g_autofree char *started = NULL;
  g_autofree char *saved = NULL;
  g_autoptr (GBytes) plain = NULL;
  GString *text;
  gsize size;
  char *data;

  g_return_val_if_fail (self != NULL, NULL);

  self->saved = dhk_response_get_now ();
  started = dup_time (self->started);
  saved = dup_time (self->saved);
  text = g_string_new ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
  g_string_append_printf (text,
                          "<response format=\"1\" id=\"%s\" state=\"%s\"\n"
                          "          instrument=\"%s\" version=\"%s\"\n"
                          "          sha256=\"%s\"\n"
                          "          questionnaire=\"%s\" started=\"%s\" saved=\"%s\">\n",
                          self->id, self->finished ? "finished" : "begun", self->instrument,
                          self->version, self->sha256, self->questionnaire, started, saved);
  for (guint i = 0; i < self->answers->len; i++)
    append_answer (text, &g_array_index (self->answers, DhkResponseAnswer, i));
  g_string_append (text, "</response>\n");

  size = text->len;
  data = g_string_free (text, FALSE);
  if (key == NULL)
    return g_bytes_new_take (data, size);
  plain = dhk_secret_bytes_new_take (data, size);
  return dhk_seal_key_seal (key, DHK_SEAL_RESPONSE, g_bytes_get_data (plain, NULL), size);
}

gboolean
dhk_response_write (GBytes *bytes, GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autofree char *base = NULL;
  g_autofree char *name = NULL;
  gsize size;
  const char *data;
  const char *path;
  gboolean written;

  g_return_val_if_fail (bytes != NULL && G_IS_FILE (file), FALSE);

  if (!dhk_file_may_replace (file, &problem))
    {
      g_set_error_literal (error, DHK_RESPONSE_ERROR, DHK_RESPONSE_ERROR_WRITE, problem->message);
      return FALSE;
    }
  data = g_bytes_get_data (bytes, &size);
  path = g_file_peek_path (file);
  if (path != NULL)
    written = g_file_set_contents_full (
        path, data, (gssize) size, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
        0600, &problem);
  else
    written = g_file_replace_contents (file, data, size, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL,
                                       cancellable, &problem);
  if (written)
    return TRUE;

  /* GLib's own message would show the whole path. */
  base = g_file_get_basename (file);
  name = g_filename_display_name (base != NULL ? base : "");
  g_set_error (error, DHK_RESPONSE_ERROR, DHK_RESPONSE_ERROR_WRITE,
               _ ("“%s” could not be saved. What was saved before is still there. See whether the "
                  "disk is full and whether you may write in this folder, or choose another one."),
               name);
  return FALSE;
}
