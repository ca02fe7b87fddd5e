/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Key files: the XML that is sealed in them. */

#include "store/dhk-key-file-private.h"

#include <string.h>

#include "base/dhk-seal.h"

static void
append_element (GString *xml, const char *name, const char *attribute, const char *text)
{
  g_autofree char *head = g_markup_escape_text (attribute, -1);
  char *body = g_markup_escape_text (text, -1);

  g_string_append_printf (xml, "<%s head=\"%s\">", name, head);
  g_string_append (xml, body);
  g_string_append_printf (xml, "</%s>", name);
  dhk_secret_free (body);
}

/* In memory that is wiped. */
GBytes *
dhk_key_file_write_xml (DhkKeyFile *self)
{
  GString *xml = g_string_sized_new (256 + self->entries->len * 512);
  g_autofree char *study = g_markup_escape_text (self->study, -1);
  GHashTableIter iter;
  gpointer import;
  gsize size;

  g_string_append_printf (xml, "<driehoek-key version=\"1\" study=\"%s\">\n", study);
  g_hash_table_iter_init (&iter, self->imports);
  while (g_hash_table_iter_next (&iter, &import, NULL))
    g_string_append_printf (xml, "<import mark=\"%s\"/>\n", (const char *) import);
  for (guint i = 0; i < self->entries->len; i++)
    {
      const DhkKeyEntry *entry = g_ptr_array_index (self->entries, i);
      g_autofree char *source = g_markup_escape_text (entry->source, -1);
      g_autofree char *identity = g_markup_escape_text (entry->identity, -1);

      g_string_append_printf (
          xml, "<respondent pseudonym=\"%s\" identity=\"%s\" source=\"%s\" import=\"%s\">",
          entry->pseudonym, identity, source, entry->import);
      for (guint v = 0; entry->heads[v] != NULL; v++)
        append_element (xml, "value", entry->heads[v], entry->texts[v]);
      g_string_append (xml, "</respondent>\n");
    }
  g_string_append (xml, "</driehoek-key>\n");
  size = xml->len;
  return dhk_secret_bytes_new_take (g_string_free (xml, FALSE), size);
}

typedef struct
{
  DhkKeyFile *file;
  DhkKeyEntry *entry;
  GPtrArray *heads;
  GPtrArray *texts;
  GString *text;
} Parse;

/* It is written without escaping. */
static char *
dup_mark (const char *mark)
{
  return mark != NULL && g_uuid_string_is_valid (mark) ? g_strdup (mark) : g_strdup ("");
}

static void
start_element (GMarkupParseContext *context,
               const char *name,
               const char **names,
               const char **values,
               gpointer user_data,
               GError **error)
{
  Parse *parse = user_data;
  const char *head = NULL;
  const char *mark = NULL;

  if (strcmp (name, "driehoek-key") == 0)
    {
      const char *study = NULL;
      const char *version = NULL;

      if (g_markup_collect_attributes (name, names, values, error, G_MARKUP_COLLECT_STRING,
                                       "version", &version, G_MARKUP_COLLECT_STRING, "study",
                                       &study, G_MARKUP_COLLECT_INVALID))
        {
          g_free (parse->file->study);
          parse->file->study = g_strdup (study);
        }
    }
  else if (strcmp (name, "import") == 0 && parse->entry == NULL)
    {
      if (g_markup_collect_attributes (name, names, values, error, G_MARKUP_COLLECT_STRING, "mark",
                                       &mark, G_MARKUP_COLLECT_INVALID))
        g_hash_table_add (parse->file->imports, dup_mark (mark));
    }
  else if (strcmp (name, "respondent") == 0 && parse->entry == NULL)
    {
      parse->entry = g_new0 (DhkKeyEntry, 1);
      g_markup_collect_attributes (name, names, values, error, G_MARKUP_COLLECT_STRDUP, "pseudonym",
                                   &parse->entry->pseudonym, G_MARKUP_COLLECT_STRDUP, "identity",
                                   &parse->entry->identity, G_MARKUP_COLLECT_STRDUP, "source",
                                   &parse->entry->source, G_MARKUP_COLLECT_STRING, "import", &mark,
                                   G_MARKUP_COLLECT_INVALID);
      parse->entry->import = dup_mark (mark);
    }
  else if (strcmp (name, "value") == 0 && parse->entry != NULL && parse->text == NULL)
    {
      if (g_markup_collect_attributes (name, names, values, error, G_MARKUP_COLLECT_STRING, "head",
                                       &head, G_MARKUP_COLLECT_INVALID))
        {
          g_ptr_array_add (parse->heads, g_strdup (head));
          parse->text = g_string_new (NULL);
        }
    }
  else
    g_set_error (error, G_MARKUP_ERROR, G_MARKUP_ERROR_UNKNOWN_ELEMENT, "<%s>", name);
}

static char **
take_strv (GPtrArray *array)
{
  char **texts = g_new0 (char *, array->len + 1);

  for (guint i = 0; i < array->len; i++)
    texts[i] = g_ptr_array_index (array, i);
  g_ptr_array_set_size (array, 0);
  return texts;
}

static void
end_element (GMarkupParseContext *context, const char *name, gpointer user_data, GError **error)
{
  Parse *parse = user_data;

  if (strcmp (name, "value") == 0 && parse->text != NULL)
    g_ptr_array_add (parse->texts, g_string_free (g_steal_pointer (&parse->text), FALSE));
  else if (strcmp (name, "respondent") == 0 && parse->entry != NULL)
    {
      parse->entry->heads = take_strv (parse->heads);
      parse->entry->texts = take_strv (parse->texts);
      dhk_key_file_take_entry (parse->file, g_steal_pointer (&parse->entry));
    }
}

static void
add_text (GMarkupParseContext *context,
          const char *text,
          gsize length,
          gpointer user_data,
          GError **error)
{
  Parse *parse = user_data;

  if (parse->text != NULL)
    g_string_append_len (parse->text, text, (gssize) length);
}

gboolean
dhk_key_file_read_xml (DhkKeyFile *self, GBytes *xml)
{
  static const GMarkupParser parser
      = { .start_element = start_element, .end_element = end_element, .text = add_text };
  Parse parse = { .file = self, .heads = g_ptr_array_new (), .texts = g_ptr_array_new () };
  g_autoptr (GMarkupParseContext) context
      = g_markup_parse_context_new (&parser, G_MARKUP_DEFAULT_FLAGS, &parse, NULL);
  gsize size;
  const char *data = g_bytes_get_data (xml, &size);
  gboolean ok = g_markup_parse_context_parse (context, data, (gssize) size, NULL)
                && g_markup_parse_context_end_parse (context, NULL);

  if (parse.text != NULL)
    dhk_secret_free (g_string_free (parse.text, FALSE));
  g_ptr_array_set_free_func (parse.heads, g_free);
  g_ptr_array_set_free_func (parse.texts, g_free);
  g_ptr_array_unref (parse.heads);
  g_ptr_array_unref (parse.texts);
  g_clear_pointer (&parse.entry, dhk_key_entry_free);
  return ok;
}
