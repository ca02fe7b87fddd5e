/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "import/dhk-outline.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/dhk-text.h"

#define MOST_TEXT 2000 /* characters, as the schema has it */

static void
free_answer (gpointer data)
{
  DhkOutlineAnswer *self = data;

  g_free (self->label);
  g_free (self);
}

static void
free_question (gpointer data)
{
  DhkOutlineQuestion *self = data;

  g_free (self->code);
  g_free (self->stem);
  g_free (self->text);
  g_free (self->id);
  g_ptr_array_unref (self->answers);
  g_free (self);
}

DhkOutline *
dhk_outline_new (const char *title, DhkLanguage language)
{
  DhkOutline *self = g_new0 (DhkOutline, 1);

  self->title = dhk_outline_dup_plain (title);
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
  g_ptr_array_unref (self->questions);
  g_ptr_array_unref (self->notes);
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

char *
dhk_outline_dup_plain (const char *text)
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

/* Filling ----------------------------------------------------------------------- */

DhkOutlineQuestion *
dhk_outline_add (DhkOutline *self, const char *code, const char *stem, const char *text)
{
  g_autofree char *plain = dhk_outline_dup_plain (text);
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
  question->stem = dhk_outline_dup_plain (stem);
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
  g_autofree char *plain = dhk_outline_dup_plain (label);
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
