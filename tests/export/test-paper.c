/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <string.h>

#include "export/dhk-pages-private.h"
#include "export/dhk-paper.h"
#include "study/dhk-instrument-edit.h"

#define BUILTIN "partnerschap-2023"

static guint
count_answers (const DhkInstrument *instrument, const DhkQuestion *question, int *codes)
{
  guint n = 0;

  if (question->item >= 0)
    {
      guint scale = dhk_instrument_get_item (instrument, (guint) question->item)->answer_scale;
      const DhkAnswerScale *answers = dhk_instrument_get_answer_scale (instrument, scale);

      for (; n < answers->n_answers; n++)
        codes[n] = answers->answers[n].code;
    }
  else
    {
      const DhkVariable *variable
          = dhk_instrument_get_variable (instrument, (guint) question->variable);

      for (; n < variable->n_categories; n++)
        codes[n] = (int) n + 1;
      if (variable->kind == DHK_VARIABLE_NUMBER)
        codes[n++] = 0;
    }
  return n;
}

/* Every answer has a box on the paper; a question's boxes are on one page, in rising order of places;
 * no two boxes of the form lie over each other. `may_split` where a page cannot hold a question. */
static void
assert_boxes (const DhkInstrument *instrument,
              guint questionnaire,
              const DhkPages *pages,
              gboolean may_split)
{
  const DhkQuestionnaire *asked = dhk_instrument_get_questionnaire (instrument, questionnaire);
  DhkPaperBox before = { 0 };

  for (guint q = 0; q < asked->n_questions; q++)
    {
      int codes[128];
      guint n = count_answers (instrument, &asked->questions[q], codes);
      DhkPaperBox first = { 0 };

      for (guint i = 0; i < n; i++)
        {
          DhkPaperBox box;

          g_assert_true (dhk_paper_find_box (pages, q, codes[i], &box));
          if (i == 0)
            first = box;
          if (!may_split)
            g_assert_cmpuint (box.page, ==, first.page);
          g_assert_cmpfloat (box.x, >=, pages->paper.margin);
          g_assert_cmpfloat (box.x + box.width, <=, pages->paper.width - pages->paper.margin + 0.5);
          g_assert_cmpfloat (box.y + box.height, <=, pages->paper.height - pages->paper.margin);
          g_assert_true (box.page > before.page || box.y >= before.y + before.height
                         || (box.y == before.y && box.x >= before.x + before.width - 1));
          before = box;
        }
    }
}

static char *
dup_text (const DhkPages *pages)
{
  GString *all = g_string_new ("\n");

  for (guint i = 0; i < dhk_pages_get_n (pages); i++)
    {
      g_autofree char *text = dhk_pages_dup_text (pages, i);

      g_string_append_printf (all, "%s\n", text);
    }
  return g_string_free (all, FALSE);
}

/* "12.\tWording" for each, once and in order: the numbers that are typed by. */
static void
assert_numbered (const DhkQuestionnaire *asked, const DhkPages *pages, DhkLanguage language)
{
  g_autofree char *text = dup_text (pages);
  const char *at = text;

  for (guint q = 0; q < asked->n_questions; q++)
    {
      g_autofree char *line = g_strdup_printf ("\n%u.\t%s", q + 1,
                                               dhk_text_get (&asked->questions[q].text, language));

      at = strstr (at, line);
      g_assert_nonnull (at);
      g_assert_null (strstr (at + 1, line));
    }
}

static void
every_version_is_whole (void)
{
  g_autoptr (DhkInstrument) instrument = dhk_instrument_new_builtin (BUILTIN, NULL);

  for (guint i = 0; i < dhk_instrument_get_n_questionnaires (instrument); i++)
    for (guint language = 0; language < DHK_N_LANGUAGES; language++)
      {
        const DhkQuestionnaire *asked = dhk_instrument_get_questionnaire (instrument, i);
        g_autoptr (DhkPages) pages = dhk_paper_new (instrument, i, 0, 0, (DhkLanguage) language);
        g_autofree char *text = dup_text (pages);
        DhkPaperBox box;

        assert_boxes (instrument, i, pages, FALSE);
        assert_numbered (asked, pages, (DhkLanguage) language);
        g_assert_nonnull (strstr (text, dhk_text_get (&asked->label, (DhkLanguage) language)));
        g_assert_false (dhk_paper_find_box (pages, asked->n_questions, 1, &box));
        g_assert_false (dhk_paper_find_box (pages, 4, 99, &box));
      }
}

/* The answers stand over their boxes on every page where there are some. */
static void
heads_are_said_again (void)
{
  g_autoptr (DhkInstrument) instrument = dhk_instrument_new_builtin (BUILTIN, NULL);
  int asked = dhk_instrument_find_questionnaire (instrument, "ouders");
  g_autoptr (DhkPages) pages = dhk_paper_new (instrument, (guint) asked, 0, 0, DHK_LANGUAGE_NL);

  g_assert_cmpuint (dhk_pages_get_n (pages), ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *text = dhk_pages_dup_text (pages, i);

      g_assert_nonnull (strstr (text, "regelmatig"));
      g_assert_true ((strstr (text, "(vervolg)") != NULL) == (i == 1));
    }
}

static void
forms_are_numbered (void)
{
  g_autoptr (DhkInstrument) instrument = dhk_instrument_new_builtin (BUILTIN, NULL);
  g_autoptr (DhkPages) one = dhk_paper_new (instrument, 1, 0, 0, DHK_LANGUAGE_NL);
  g_autoptr (DhkPages) pages = dhk_paper_new (instrument, 1, 98, 101, DHK_LANGUAGE_NL);
  guint n = dhk_pages_get_n (one);

  g_assert_cmpuint (dhk_pages_get_n (pages), ==, 4 * n);
  for (guint i = 0; i < 4 * n; i++)
    {
      g_autofree char *text = dhk_pages_dup_text (pages, i);
      g_autofree char *number = g_strdup_printf ("%u\n", 98 + i / n);

      g_assert_nonnull (strstr (text, number));
    }
}

/* An instrument with as much as the schema allows of everything. */
static DhkInstrument *
new_large_instrument (guint n_answers, guint label_length)
{
  g_autofree char *label = g_strnfill (label_length, 'W');
  g_autofree char *wording = g_strnfill (1600, 'W');
  g_autoptr (GString) xml = g_string_new (
      "<instrument id='large' version='1' language='nl'><title><text lang='nl'>T</text></title>"
      "<licences><licence id='own'>own</licence></licences><answer-scales><answer-scale id='a'>"
      "<label><text lang='nl'>A</text></label>");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  DhkInstrument *instrument;

  for (guint i = 0; i < n_answers; i++)
    g_string_append_printf (xml, "<answer code='%u'><text lang='nl'>%u%s</text></answer>", i, i,
                            label);
  g_string_append (xml, "</answer-scale></answer-scales><variables><category-variable id='v'>"
                        "<label><text lang='nl'>V</text></label>");
  for (guint i = 0; i < 100; i++)
    g_string_append_printf (
        xml, "<category id='c%u'><label><text lang='nl'>category %u</text></label></category>", i,
        i);
  g_string_append (xml, "</category-variable></variables><respondent-types>"
                        "<respondent-type id='r' colour='#000000'><label><text lang='nl'>R</text>"
                        "</label><plural><text lang='nl'>R</text></plural></respondent-type>"
                        "</respondent-types><targets/><perspectives><perspective role='r'>"
                        "<text lang='nl'>R</text></perspective></perspectives><items>");
  for (guint i = 0; i < 60; i++)
    g_string_append_printf (xml, "<item id='i%u' answers='a'/>", i);
  g_string_append (xml, "</items><scales><scale id='s' min-answered='1'><label>"
                        "<text lang='nl'>S</text></label><description><text lang='nl'>S</text>"
                        "</description><item ref='i0' reversed='no'/></scale></scales>"
                        "<questionnaires><questionnaire id='q' type='r'><label>"
                        "<text lang='nl'>Q</text></label><question variable='v' "
                        "source='own-wording' licence='own'><text lang='nl'>V?</text></question>"
                        "<grid><stem><text lang='nl'>Stem</text></stem>");
  for (guint i = 0; i < 60; i++)
    g_string_append_printf (xml,
                            "<question item='i%u' source='own-wording' licence='own'>"
                            "<text lang='nl'>%s %u</text></question>",
                            i, i % 7 == 3 ? wording + 8 : "Short", i);
  g_string_append (xml, "</grid></questionnaire></questionnaires></instrument>");
  bytes = g_bytes_new (xml->str, xml->len);
  instrument = dhk_instrument_new_from_bytes (bytes, "large.xml", &error);
  g_assert_no_error (error);
  return instrument;
}

static void
large_questions_keep_on_the_page (void)
{
  static const struct
  {
    guint n_answers;
    guint label_length;
  } cases[] = { { 2, 3 }, { 5, 60 }, { 7, 2 }, { 11, 5 }, { 12, 4 }, { 30, 90 }, { 5, 1999 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (DhkInstrument) instrument
          = new_large_instrument (cases[i].n_answers, cases[i].label_length);
      g_autoptr (DhkPages) pages = dhk_paper_new (instrument, 0, 0, 0, DHK_LANGUAGE_EN);

      /* Thirty long answers are more than a page. */
      assert_boxes (instrument, 0, pages, cases[i].n_answers == 30);
    }
}

/* A choice that is no answer has a box beside the answers, and the key that Paper entry wants. */
static void
missing_choices_have_boxes (void)
{
  g_autoptr (DhkInstrument) instrument = dhk_instrument_new_builtin (BUILTIN, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkInstrument) with = dhk_instrument_with_missing_label (
      instrument, 0, DHK_MISSING_NOT_ASKED, DHK_LANGUAGE_NL, "weet ik niet", &error);
  g_autoptr (DhkPages) pages = NULL;
  g_autofree char *text = NULL;
  DhkPaperBox last, box;

  g_assert_no_error (error);
  pages = dhk_paper_new (with, 0, 0, 0, DHK_LANGUAGE_NL);
  text = dup_text (pages);
  g_assert_nonnull (strstr (text, "weet ik"));
  g_assert_nonnull (strstr (text, "-5"));
  g_assert_true (dhk_paper_find_box (pages, 3, 5, &last));
  g_assert_true (dhk_paper_find_box (pages, 3, DHK_MISSING_NOT_ASKED, &box));
  g_assert_cmpfloat (box.x, >, last.x + last.width);
  g_assert_cmpfloat (box.y, ==, last.y);
  assert_boxes (with, 0, pages, FALSE);
}

static void
variants_have_their_words (void)
{
  g_autoptr (DhkInstrument) instrument = dhk_instrument_new_builtin (BUILTIN, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkInstrument) worded = dhk_instrument_with_variant_applied (instrument, 0, &error);
  const DhkVariant *variant = dhk_instrument_get_variant (instrument, 0);
  g_autoptr (DhkPages) pages = NULL;
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  pages = dhk_paper_new (worded, 0, 0, 0, DHK_LANGUAGE_NL);
  text = dup_text (pages);
  g_assert_nonnull (strstr (text, variant->replacements[0].to));
  g_assert_null (strstr (text, variant->replacements[0].from));
  assert_boxes (worded, 0, pages, FALSE);
}

static void
pdf_is_whole (void)
{
  g_autoptr (DhkInstrument) instrument = dhk_instrument_new_builtin (BUILTIN, NULL);
  g_autoptr (DhkPages) pages = dhk_paper_new (instrument, 0, 0, 0, DHK_LANGUAGE_NL);
  g_autofree char *folder = g_dir_make_tmp ("driehoek-paper-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "form.pdf", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *pdf = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_assert_true (dhk_pages_write_pdf (pages, file, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &pdf, &length, NULL));
  g_assert_true (g_str_has_prefix (pdf, "%PDF-1.5"));
  g_assert_nonnull (memmem (pdf, length, "/Lang (nl)", strlen ("/Lang (nl)")));
  g_assert_nonnull (memmem (pdf, length, "/FontFile", strlen ("/FontFile")));
  g_remove (path);
  g_rmdir (folder);
}

/* Several choices are one question with a box for each, which stands for chosen. */
static void
several_choices_have_a_box_each (void)
{
  g_autoptr (GFile) file = g_file_new_for_path (
      g_test_get_filename (G_TEST_DIST, "data", "library-choices.xml", NULL));
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkInstrument) instrument = dhk_instrument_new_from_file (file, NULL, &error);
  g_autoptr (DhkPages) pages = NULL;
  g_autofree char *shown = NULL;
  DhkPaperBox first, last, none;

  g_assert_no_error (error);
  pages = dhk_paper_new (instrument, 0, 0, 0, DHK_LANGUAGE_EN);
  g_assert_true (dhk_paper_find_box (pages, 1, DHK_CHOSEN + 1, &first));
  g_assert_true (dhk_paper_find_box (pages, 4, DHK_CHOSEN + 1, &last));
  g_assert_false (dhk_paper_find_box (pages, 4, DHK_NOT_CHOSEN + 1, &none));
  g_assert_true (first.page == last.page && (first.x < last.x || first.y < last.y));
  shown = dup_text (pages);
  g_assert_nonnull (strstr (shown, "2–5."));
  g_assert_nonnull (strstr (shown, "Which events did you visit? (cross all that apply)"));
  g_assert_nonnull (strstr (shown, "Music"));
  g_assert_nonnull (strstr (shown, "6.\tThey greeted me"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/paper/every-version-is-whole", every_version_is_whole);
  g_test_add_func ("/paper/heads-are-said-again", heads_are_said_again);
  g_test_add_func ("/paper/forms-are-numbered", forms_are_numbered);
  g_test_add_func ("/paper/large-questions-keep-on-the-page", large_questions_keep_on_the_page);
  g_test_add_func ("/paper/missing-choices-have-boxes", missing_choices_have_boxes);
  g_test_add_func ("/paper/variants-have-their-words", variants_have_their_words);
  g_test_add_func ("/paper/several-choices", several_choices_have_a_box_each);
  g_test_add_func ("/paper/pdf-is-whole", pdf_is_whole);
  return g_test_run ();
}
