/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "import/dhk-outline.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dhk-text.h"
#include "import/dhk-outline-read.h"

#define MOST_TEXT 2000 /* characters, as the schema has it */

static void
free_answer (gpointer data)
{
  DhkOutlineAnswer *self = data;

  g_free (self->label);
  g_free (self->other);
  g_free (self->head);
  g_free (self);
}

static void
free_question (gpointer data)
{
  DhkOutlineQuestion *self = data;

  g_free (self->code);
  g_free (self->stem);
  g_free (self->text);
  g_free (self->other_stem);
  g_free (self->other_text);
  g_free (self->id);
  g_ptr_array_unref (self->answers);
  g_free (self);
}

/* Texts ------------------------------------------------------------------------ */

/* The character that "&name;" at `p` stands for, and its length; 0 for none. */
static char
read_entity (const char *p, gsize *length)
{
  static const struct
  {
    const char *name;
    char character;
  } entities[] = { { "&nbsp;", ' ' }, { "&amp;", '&' },  { "&lt;", '<' },     { "&gt;", '>' },
                   { "&quot;", '"' }, { "&#39;", '\'' }, { "&rsquo;", '\'' }, { "&apos;", '\'' } };

  for (guint i = 0; i < G_N_ELEMENTS (entities); i++)
    if (g_str_has_prefix (p, entities[i].name))
      {
        *length = strlen (entities[i].name);
        return entities[i].character;
      }
  return '\0';
}

/* A "<" that begins a tag, not one in "a < b". */
static const char *
find_tag_end (const char *p)
{
  if (p[0] != '<' || !(g_ascii_isalpha (p[1]) || p[1] == '/' || p[1] == '!'))
    return NULL;
  return strchr (p, '>');
}

/* Without HTML tags and entities, white space collapsed. */
static char *
dup_plain (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  g_autoptr (GString) plain = g_string_new (NULL);
  g_autofree char *cleaned = NULL;

  for (const char *p = valid; *p != '\0'; p++)
    {
      const char *end = find_tag_end (p);
      gsize length = 0;
      char character = *p == '&' ? read_entity (p, &length) : '\0';

      if (end != NULL)
        {
          g_string_append_c (plain, ' ');
          p = end;
        }
      else if (character != '\0')
        {
          g_string_append_c (plain, character);
          p += length - 1;
        }
      /* What XML has no place for. */
      else if ((guchar) *p >= 0x20 || g_ascii_isspace (*p))
        g_string_append_c (plain, *p);
    }
  cleaned = dhk_text_clean (plain->str);
  if (g_utf8_strlen (cleaned, -1) > MOST_TEXT)
    *g_utf8_offset_to_pointer (cleaned, MOST_TEXT) = '\0';
  return g_strchomp (g_steal_pointer (&cleaned));
}

/* Life ------------------------------------------------------------------------- */

DhkOutline *
dhk_outline_new (const char *title, DhkLanguage language)
{
  DhkOutline *self = g_new0 (DhkOutline, 1);

  self->title = dup_plain (title);
  self->language = language;
  self->questions = g_ptr_array_new_with_free_func (free_question);
  self->notes = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
dhk_outline_free (DhkOutline *self)
{
  if (self == NULL)
    return;

  g_free (self->title);
  g_free (self->other_title);
  g_ptr_array_unref (self->questions);
  g_ptr_array_unref (self->notes);
  g_free (self);
}

/* Filling ----------------------------------------------------------------------- */

DhkOutlineQuestion *
dhk_outline_add (DhkOutline *self, const char *code, const char *stem, const char *text)
{
  g_autofree char *plain = dup_plain (text);
  DhkOutlineQuestion *question;

  if (*plain == '\0')
    return NULL;
  if (self->questions->len >= DHK_OUTLINE_MAX_QUESTIONS)
    {
      self->n_left_out++;
      return NULL;
    }
  question = g_new0 (DhkOutlineQuestion, 1);
  question->code = g_strdup (code != NULL ? code : "");
  question->stem = dup_plain (stem);
  question->text = g_steal_pointer (&plain);
  question->answers = g_ptr_array_new_with_free_func (free_answer);
  g_ptr_array_add (self->questions, question);
  return question;
}

void
dhk_outline_drop_last (DhkOutline *self)
{
  g_ptr_array_set_size (self->questions, (int) self->questions->len - 1);
  self->n_left_out++;
}

void
dhk_outline_add_answer (DhkOutlineQuestion *question, int code, const char *label)
{
  g_autofree char *plain = dup_plain (label);
  g_autofree char *fold = dhk_text_fold (plain);
  DhkOutlineAnswer *answer;

  if (*plain == '\0' || question->answers->len >= DHK_OUTLINE_MAX_ANSWERS)
    return;
  /* The same label again would mean two things. */
  for (guint i = 0; i < question->answers->len; i++)
    {
      const DhkOutlineAnswer *other = g_ptr_array_index (question->answers, i);
      g_autofree char *known = dhk_text_fold (other->label);

      if (strcmp (known, fold) == 0)
        return;
    }
  answer = g_new0 (DhkOutlineAnswer, 1);
  answer->code = code;
  answer->label = g_steal_pointer (&plain);
  g_ptr_array_add (question->answers, answer);
}

void
dhk_outline_add_choice (DhkOutlineQuestion *question, const char *head, const char *label)
{
  guint n = question->answers->len;

  question->several = TRUE;
  dhk_outline_add_answer (question, -1, label);
  if (question->answers->len > n && head != NULL && *head != '\0')
    ((DhkOutlineAnswer *) g_ptr_array_index (question->answers, n))->head = g_strdup (head);
}

/* Languages ---------------------------------------------------------------------- */

static char *
dup_unless_empty (const char *text)
{
  return *text != '\0' ? g_strdup (text) : NULL;
}

/* A label that means another answer in one language would mean two. */
static gboolean
is_clear (const DhkOutlineQuestion *question, const DhkOutlineQuestion *other)
{
  for (guint i = 0; i < question->answers->len; i++)
    for (guint k = 0; k < question->answers->len; k++)
      {
        const DhkOutlineAnswer *one = g_ptr_array_index (question->answers, i);
        const DhkOutlineAnswer *two = g_ptr_array_index (other->answers, k);
        g_autofree char *a = dhk_text_fold (one->label);
        g_autofree char *b = dhk_text_fold (two->label);

        if (i != k && strcmp (a, b) == 0)
          return FALSE;
      }
  return TRUE;
}

static void
add_texts (DhkOutlineQuestion *question, const DhkOutlineQuestion *other)
{
  question->other_text = dup_unless_empty (other->text);
  question->other_stem = dup_unless_empty (other->stem);
  if (question->answers->len != other->answers->len || !is_clear (question, other))
    return;
  for (guint i = 0; i < question->answers->len; i++)
    {
      DhkOutlineAnswer *answer = g_ptr_array_index (question->answers, i);

      answer->other
          = g_strdup (((DhkOutlineAnswer *) g_ptr_array_index (other->answers, i))->label);
    }
}

/* Puts the texts of `other`, the same questionnaire in the other language, beside those of `self`;
 * questions go together by their code, answers by their place. */
static void
add_language (DhkOutline *self, const DhkOutline *other)
{
  g_autoptr (GHashTable) by_code = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < other->questions->len; i++)
    {
      DhkOutlineQuestion *question = g_ptr_array_index (other->questions, i);

      g_hash_table_insert (by_code, question->code, question);
    }
  self->other_title = dup_unless_empty (other->title);
  for (guint i = 0; i < self->questions->len; i++)
    {
      DhkOutlineQuestion *question = g_ptr_array_index (self->questions, i);
      const DhkOutlineQuestion *same = g_hash_table_lookup (by_code, question->code);

      if (same != NULL && question->other_text == NULL)
        add_texts (question, same);
    }
}

/* The first language of `codes` that is `wanted`, or NULL. */
static const char *
find_language (const GPtrArray *codes, DhkLanguage wanted)
{
  for (guint i = 0; i < codes->len; i++)
    {
      DhkLanguage language;

      if (dhk_language_parse (g_ptr_array_index (codes, i), &language) && language == wanted)
        return g_ptr_array_index (codes, i);
    }
  return NULL;
}

/* The languages that no instrument can hold. */
static void
note_left_out (DhkOutline *self, const GPtrArray *codes, const char *kept)
{
  g_autoptr (GString) list = g_string_new (NULL);
  DhkLanguage language;

  for (guint i = 0; i < codes->len; i++)
    if (!dhk_language_parse (g_ptr_array_index (codes, i), &language)
        && strcmp (g_ptr_array_index (codes, i), kept) != 0)
      g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "",
                              (const char *) g_ptr_array_index (codes, i));
  if (list->len > 0)
    g_ptr_array_add (self->notes,
                     g_strdup_printf (_ ("Texts in other languages (%s) were left out: a "
                                         "questionnaire has Dutch and English texts."),
                                      list->str));
}

DhkOutline *
dhk_outline_read_languages (const xmlNode *root,
                            const char *name,
                            const GPtrArray *codes,
                            DhkOutlineRead read)
{
  DhkLanguage language = dhk_language_of_messages ();
  DhkLanguage second = language == DHK_LANGUAGE_NL ? DHK_LANGUAGE_EN : DHK_LANGUAGE_NL;
  const char *first = find_language (codes, language);
  const char *other = find_language (codes, second);
  DhkOutline *outline;

  if (first == NULL && other != NULL)
    {
      first = g_steal_pointer (&other);
      language = second;
    }
  else if (first == NULL)
    {
      first = codes->len > 0 ? g_ptr_array_index (codes, 0) : "";
      language = codes->len > 0 ? DHK_LANGUAGE_EN : dhk_language_from_locale ();
    }
  outline = read (root, name, first, language);
  if (other != NULL)
    {
      g_autoptr (DhkOutline) translated = read (root, name, other, second);

      add_language (outline, translated);
    }
  note_left_out (outline, codes, first);
  return outline;
}
