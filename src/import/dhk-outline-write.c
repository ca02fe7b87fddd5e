/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An outline as an instrument file. */

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/dhk-text.h"
#include "import/dhk-import-error.h"
#include "import/dhk-outline.h"

#define MOST_ID 48
#define MOST_LABEL 60 /* characters of a scale's name made of a question */

typedef struct
{
  DhkOutline *outline;
  GString *xml;
  GHashTable *ids; /* char *, every id of an item or variable */
} Writer;

/* Ids ------------------------------------------------------------------------------ */

/* "Q01[SQ002]" → "q01sq002"; something of the schema's shape, like no other. */
static char *
dup_new_id (Writer *self, const char *code, guint number)
{
  g_autoptr (GString) id = g_string_new (NULL);

  for (const char *p = code; *p != '\0' && id->len < 24; p++)
    if (g_ascii_isalnum (*p) && (id->len > 0 || g_ascii_isalpha (*p)))
      g_string_append_c (id, g_ascii_tolower (*p));
  if (id->len == 0)
    g_string_printf (id, "q%u", number);
  for (guint i = 2; g_hash_table_contains (self->ids, id->str); i++)
    {
      g_string_truncate (id, MIN (id->len, 24));
      g_string_append_printf (id, "x%u", i);
    }
  g_hash_table_add (self->ids, g_strdup (id->str));
  return g_strdup (id->str);
}

static char *
dup_instrument_id (const char *title)
{
  g_autofree char *slug = dhk_text_dup_slug (title, MOST_ID);

  return g_strdup (*slug != '\0' ? slug : "questionnaire");
}

/* Writing -------------------------------------------------------------------------- */

static void G_GNUC_PRINTF (2, 3) add (Writer *self, const char *format, ...)
{
  va_list args;
  char *markup;

  va_start (args, format);
  markup = g_markup_vprintf_escaped (format, args);
  va_end (args);
  g_string_append (self->xml, markup);
  g_free (markup);
}

/* In both languages where `other` is known; Dutch first. */
static void
add_text (Writer *self, const char *text, const char *other)
{
  DhkLanguage language = self->outline->language;
  const char *in[DHK_N_LANGUAGES] = { NULL };

  in[language] = text;
  in[language == DHK_LANGUAGE_NL ? DHK_LANGUAGE_EN : DHK_LANGUAGE_NL] = other;
  for (guint i = 0; i < DHK_N_LANGUAGES; i++)
    if (in[i] != NULL && *in[i] != '\0')
      add (self, "<text lang=\"%s\">%s</text>", dhk_language_get_code ((DhkLanguage) i), in[i]);
}

static void
add_label (Writer *self, const char *element, const char *text, const char *other)
{
  add (self, "<%s>", element);
  add_text (self, text, other);
  add (self, "</%s>\n", element);
}

static const char *
say (Writer *self, const char *msgid)
{
  return dhk_translate (self->outline->language, msgid);
}

static const DhkOutlineQuestion *
find_first_of_group (const DhkOutline *self, guint group)
{
  for (guint i = 0; i < self->questions->len; i++)
    {
      const DhkOutlineQuestion *question = g_ptr_array_index (self->questions, i);

      if (question->is_item && question->group == group)
        return question;
    }
  return NULL;
}

static void
add_answer_scales (Writer *self)
{
  g_string_append (self->xml, "  <answer-scales>\n");
  for (guint group = 0; group < self->outline->n_groups; group++)
    {
      const DhkOutlineQuestion *question = find_first_of_group (self->outline, group);
      g_autofree char *name = NULL;

      if (question == NULL)
        continue;
      name
          = g_strdup_printf (dhk_translate (self->outline->language, N_ ("Answers %u")), group + 1);
      add (self, "    <answer-scale id=\"answers%u\">\n      ", group + 1);
      add_label (self, "label", name, NULL);
      for (guint i = 0; i < question->answers->len; i++)
        {
          const DhkOutlineAnswer *answer = g_ptr_array_index (question->answers, i);

          add (self, "      <answer code=\"%d\">", answer->code);
          add_text (self, answer->label, answer->other);
          add (self, "</answer>\n");
        }
      add (self, "    </answer-scale>\n");
    }
  g_string_append (self->xml, "  </answer-scales>\n");
}

static void
add_number_variable (Writer *self, const DhkOutlineQuestion *question)
{
  add (self, "    <number-variable id=\"%s\" minimum=\"%d\" maximum=\"%d\">\n      ", question->id,
       (int) floor (question->minimum), (int) ceil (question->maximum));
  add_label (self, "label", question->text, question->other_text);
  add (self, "    </number-variable>\n");
}

/* The heads of both kinds of export: the other program's code, and one for each choice. */
static void
add_choices_variable (Writer *self, const DhkOutlineQuestion *question)
{
  add (self, "    <choices-variable id=\"%s\">\n      ", question->id);
  add_label (self, "label", question->text, question->other_text);
  for (guint k = 0; k < question->answers->len; k++)
    {
      const DhkOutlineAnswer *answer = g_ptr_array_index (question->answers, k);

      add (self, "      <choice id=\"%u\">", k + 1);
      add_label (self, "label", answer->label, answer->other);
      if (answer->head != NULL)
        add (self, "<head>%s</head>", answer->head);
      add (self, "</choice>\n");
    }
  add (self, "    </choices-variable>\n");
}

static void
add_variables (Writer *self)
{
  g_string_append (self->xml, "  <variables>\n");
  for (guint i = 0; i < self->outline->questions->len; i++)
    {
      const DhkOutlineQuestion *question = g_ptr_array_index (self->outline->questions, i);

      if (question->is_item)
        continue;
      if (question->several)
        {
          add_choices_variable (self, question);
          continue;
        }
      if (question->answers->len == 0)
        {
          add_number_variable (self, question);
          continue;
        }
      add (self, "    <category-variable id=\"%s\">\n      ", question->id);
      add_label (self, "label", question->text, question->other_text);
      for (guint k = 0; k < question->answers->len; k++)
        {
          const DhkOutlineAnswer *answer = g_ptr_array_index (question->answers, k);

          add (self, "      <category id=\"%u\">", k + 1);
          add_label (self, "label", answer->label, answer->other);
          add (self, "      </category>\n");
        }
      add (self, "    </category-variable>\n");
    }
  g_string_append (self->xml, "  </variables>\n");
}

static void
add_people (Writer *self)
{
  g_string_append (self->xml, "  <respondent-types>\n"
                              "    <respondent-type id=\"respondent\" colour=\"#0072B2\">\n      ");
  add_label (self, "label", say (self, N_ ("Respondent")), NULL);
  add_label (self, "plural", say (self, N_ ("Respondents")), NULL);
  g_string_append (self->xml, "    </respondent-type>\n  </respondent-types>\n  <targets/>\n"
                              "  <perspectives>\n    <perspective role=\"respondent\">");
  add_text (self, say (self, N_ ("Respondents")), NULL);
  g_string_append (self->xml, "</perspective>\n  </perspectives>\n");
}

static void
add_items (Writer *self)
{
  g_string_append (self->xml, "  <items>\n");
  for (guint i = 0; i < self->outline->questions->len; i++)
    {
      const DhkOutlineQuestion *question = g_ptr_array_index (self->outline->questions, i);

      if (question->is_item)
        add (self, "    <item id=\"%s\" answers=\"answers%u\"/>\n", question->id,
             question->group + 1);
    }
  g_string_append (self->xml, "  </items>\n");
}

/* Where the scale that begins with question `start` ends: the same grid, or the same answers. */
static guint
find_scale_end (const DhkOutline *self, guint start)
{
  const DhkOutlineQuestion *first = g_ptr_array_index (self->questions, start);
  guint end = start + 1;

  for (; end < self->questions->len; end++)
    {
      const DhkOutlineQuestion *question = g_ptr_array_index (self->questions, end);

      if (!question->is_item || question->group != first->group
          || strcmp (question->stem, first->stem) != 0)
        break;
    }
  return end;
}

static char *
dup_scale_name (Writer *self, const DhkOutlineQuestion *question, guint number)
{
  if (*question->stem != '\0' && g_utf8_strlen (question->stem, -1) <= MOST_LABEL)
    return g_strdup (question->stem);
  return g_strdup_printf (dhk_translate (self->outline->language, N_ ("Scale %u")), number);
}

static void
add_scales (Writer *self)
{
  const DhkOutline *outline = self->outline;
  guint number = 0;

  g_string_append (self->xml, "  <scales>\n");
  for (guint start = 0, end; start < outline->questions->len; start = end)
    {
      const DhkOutlineQuestion *first = g_ptr_array_index (outline->questions, start);
      g_autofree char *name = NULL;

      end = start + 1;
      if (!first->is_item || number >= 400)
        continue;
      end = find_scale_end (outline, start);
      name = dup_scale_name (self, first, ++number);
      add (self, "    <scale id=\"scale%u\" min-answered=\"%u\">\n      ", number,
           MAX (1, (3 * (end - start) + 3) / 4));
      add_label (self, "label", name, NULL);
      g_string_append (self->xml, "      ");
      add_label (self, "description", name, NULL);
      for (guint i = start; i < end; i++)
        add (self, "      <item ref=\"%s\" reversed=\"no\"/>\n",
             ((DhkOutlineQuestion *) g_ptr_array_index (outline->questions, i))->id);
      add (self, "    </scale>\n");
    }
  g_string_append (self->xml, "  </scales>\n");
}

static void
add_question (Writer *self, const DhkOutlineQuestion *question)
{
  add (self, "      <question %s=\"%s\" source=\"own-wording\" licence=\"file\">",
       question->is_item ? "item" : "variable", question->id);
  add_text (self, question->text, question->other_text);
  add (self, "</question>\n");
}

static void
add_questionnaire (Writer *self)
{
  const DhkOutline *outline = self->outline;

  g_string_append (self->xml,
                   "  <questionnaires>\n"
                   "    <questionnaire id=\"questionnaire\" type=\"respondent\">\n      ");
  add_label (self, "label", outline->title, outline->other_title);
  for (guint start = 0, end; start < outline->questions->len; start = end)
    {
      const DhkOutlineQuestion *first = g_ptr_array_index (outline->questions, start);

      end = start + 1;
      if (!first->is_item)
        {
          add_question (self, first);
          continue;
        }
      end = find_scale_end (outline, start);
      g_string_append (self->xml, "      <grid>\n");
      if (*first->stem != '\0')
        add_label (self, "stem", first->stem, first->other_stem);
      for (guint i = start; i < end; i++)
        add_question (self, g_ptr_array_index (outline->questions, i));
      g_string_append (self->xml, "      </grid>\n");
    }
  g_string_append (self->xml, "    </questionnaire>\n  </questionnaires>\n");
}

static void
write_all (Writer *self)
{
  DhkOutline *outline = self->outline;
  g_autofree char *id = dup_instrument_id (outline->title);

  for (guint i = 0; i < outline->questions->len; i++)
    {
      DhkOutlineQuestion *question = g_ptr_array_index (outline->questions, i);

      question->id = dup_new_id (self, question->code, i + 1);
    }
  add (self,
       "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
       "<instrument id=\"%s\" version=\"1\" language=\"%s\">\n  ",
       id, dhk_language_get_code (outline->language));
  add_label (self, "title", outline->title, outline->other_title);
  add (
      self, "  <licences>\n    <licence id=\"file\">%s</licence>\n  </licences>\n",
      say (self, N_ ("Taken from the file of another program; its rights stay with its authors.")));
  add_answer_scales (self);
  add_variables (self);
  add_people (self);
  add_items (self);
  add_scales (self);
  add_questionnaire (self);
  g_string_append (self->xml, "</instrument>\n");
}

DhkInstrument *
dhk_outline_to_instrument (DhkOutline *self, GError **error)
{
  Writer writer = { .outline = self };
  g_autoptr (GBytes) bytes = NULL;

  if (*self->title == '\0')
    {
      g_free (self->title);
      self->title = g_strdup (dhk_translate (self->language, N_ ("Questionnaire")));
    }
  dhk_outline_sort (self);
  if (!dhk_outline_has_items (self))
    {
      g_set_error_literal (error, DHK_IMPORT_ERROR, DHK_IMPORT_ERROR_NOT_RECOGNISED,
                           _ ("No question of this file has answers to choose from that make a "
                              "scale, so no questionnaire was made of it."));
      return NULL;
    }
  if (self->n_left_out > 0)
    g_ptr_array_add (
        self->notes,
        g_strdup_printf (
            g_dngettext (GETTEXT_PACKAGE, "%u question was left out: open text, or too many.",
                         "%u questions were left out: open text, or too many.", self->n_left_out),
            self->n_left_out));
  writer.xml = g_string_new (NULL);
  writer.ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  write_all (&writer);
  g_hash_table_unref (writer.ids);
  bytes = g_string_free_to_bytes (writer.xml);
  return dhk_instrument_new_from_bytes (bytes, self->title, error);
}
