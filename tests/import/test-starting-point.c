/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "import/dhk-import-error.h"
#include "import/dhk-starting-point.h"
#include "base/dhk-xml.h"

#define ROW(name, value) "<" name "><![CDATA[" value "]]></" name ">"

static DhkInstrument *
read_text (const char *name, const char *text, GPtrArray **notes, GError **error)
{
  g_autoptr (DhkInstrument) known = dhk_instrument_new_builtin ("partnerschap-2023", NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return dhk_starting_point_read_bytes (bytes, name, known, notes, error);
}

static const DhkQuestion *
get_question (const DhkInstrument *instrument, guint i)
{
  const DhkQuestionnaire *asked = dhk_instrument_get_questionnaire (instrument, 0);

  g_assert_cmpuint (i, <, asked->n_questions);
  return &asked->questions[i];
}

/* An array of two statements, a choice, a number, an open text; Dutch and English. */
static const char lime_old[]
    = "<?xml version='1.0' "
      "encoding='UTF-8'?><document><LimeSurveyDocType>Survey</LimeSurveyDocType>"
      "<DBVersion>350</DBVersion><languages><language>en</language><language>nl</language></"
      "languages>"
      "<answers><rows>"
      "<row>" ROW ("qid", "7") ROW ("code", "A2") ROW ("answer", "vaak") ROW (
          "sortorder", "2") ROW ("language", "nl")
          ROW ("scale_id",
               "0") "</row>"
                    "<row>" ROW ("qid", "7") ROW ("code", "A1") ROW ("answer", "nooit")
                        ROW ("sortorder", "1") ROW ("language", "nl") ROW (
                            "scale_id",
                            "0") "</row>"
                                 "<row>" ROW ("qid", "7") ROW ("code", "A1") ROW ("answer", "never")
                                     ROW ("sortorder", "1") ROW ("language", "en")
                                         ROW ("scale_id",
                                              "0") "</row>"
                                                   "<row>" ROW ("qid", "9") ROW ("code", "1") ROW (
                                                       "answer", "stad") ROW ("sortorder", "1")
                                                       ROW ("language",
                                                            "nl") "</row>"
                                                                  "<row>" ROW ("qid", "9") ROW (
                                                                      "code",
                                                                      "2") ROW ("answer", "dorp")
                                                                      ROW ("sortorder", "2") ROW (
                                                                          "language",
                                                                          "nl") "</row>"
                                                                                "</rows></"
                                                                                "answers><groups><"
                                                                                "rows>"
                                                                                "<row>" ROW (
                                                                                    "gid", "2") ROW ("language", "nl") "</row></rows></groups><questions><rows>"
                                                                                                                       "<row>" ROW ("qid", "9") ROW ("parent_qid", "0") ROW ("gid", "2") ROW ("type", "L") ROW ("title", "Plaats") ROW ("question", "<p>Waar woon je?&nbsp;</p>") ROW ("question_order", "1") ROW ("language", "nl") "</row>"
                                                                                                                                                                                                                                                                                                                                     "<row>" ROW (
                                                                                                                                                                                                                                                                                                                                         "qid",
                                                                                                                                                                                                                                                                                                                                         "7")
                                                                                                                                                                                                                                                                                                                                         ROW (
                                                                                                                                                                                                                                                                                                                                             "parent_qid",
                                                                                                                                                                                                                                                                                                                                             "0")
                                                                                                                                                                                                                                                                                                                                             ROW (
                                                                                                                                                                                                                                                                                                                                                 "gid", "2") ROW ("type",
                                                                                                                                                                                                                                                                                                                                                                  "F") ROW ("title",
                                                                                                                                                                                                                                                                                                                                                                            "Q2")
                                                                                                                                                                                                                                                                                                                                                 ROW (
                                                                                                                                                                                                                                                                                                                                                     "question",
                                                                                                                                                                                                                                                                                                                                                     "Hoe vaak &lt; geldt dit?") ROW ("question_order",
                                                                                                                                                                                                                                                                                                                                                                                      "2") ROW ("language", "nl") "</row>"
                                                                                                                                                                                                                                                                                                                                                                                                                  "<row>" ROW ("qid",
                                                                                                                                                                                                                                                                                                                                                                                                                               "7")
                                                                                                                                                                                                                                                                                                                                                                                                                      ROW (
                                                                                                                                                                                                                                                                                                                                                                                                                          "parent_qid", "0") ROW ("gid",
                                                                                                                                                                                                                                                                                                                                                                                                                                                  "2") ROW ("type",
                                                                                                                                                                                                                                                                                                                                                                                                                                                            "F") ROW ("title",
                                                                                                                                                                                                                                                                                                                                                                                                                                                                      "Q2") ROW ("question", "How often?") ROW ("question_order",
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                "2") ROW ("language", "en") "</row>"
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                            "<row>" ROW (
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                "qid",
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                "11")
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                ROW (
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                    "parent_qid", "0") ROW ("gid",
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                            "2") ROW ("type", "N") ROW ("title",
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                        "Leeftijd") ROW ("question", "Hoe oud ben je?") ROW ("question_order", "3") ROW ("language", "nl") "</row>"
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                           "<row>" ROW ("qid", "12") ROW (
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                               "parent_qid", "0") ROW ("gid",
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                       "2") ROW ("type",
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 "T")
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                               ROW ("title", "Open") ROW (
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                   "question", "Wat nog?") ROW ("question_order",
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                "4")
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                   ROW ("language",
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                        "nl") "</row>"
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                              "</rows></questions><subquestions><rows>"
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                              "<row>" ROW (
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                  "qid",
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                  "22")
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                  ROW ("parent_qid",
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                       "7") ROW ("title", "SQ002") ROW ("question", "Ik lach") ROW ("question_order", "2") ROW ("language",
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                "nl") "</row>"
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                      "<row>" ROW (
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                          "qid",
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                          "21")
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                          ROW (
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                              "parent_qid",
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                              "7") ROW ("title",
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                        "SQ001")
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                              ROW ("question",
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                   "Ik slaap") ROW ("question_order",
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                    "1") ROW ("language", "nl") "</row>"
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                "</rows></subquestions><surveys_languagesettings><rows>"
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                "<row>" ROW (
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                    "surveyls_language", "nl") ROW ("surveyls_title",
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                    "Proef & meer") "</row>"
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                    "</rows></surveys_languagesettings></document>";

static void
lime_survey (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (DhkInstrument) made = read_text ("proef.lss", lime_old, &notes, &error);
  const DhkAnswerScale *answers;

  g_assert_no_error (error);
  g_assert_cmpstr (dhk_instrument_get_id (made), ==, "proef-meer");
  g_assert_cmpstr (dhk_instrument_get_title (made)->in[DHK_LANGUAGE_NL], ==, "Proef & meer");
  g_assert_cmpuint (dhk_instrument_get_questionnaire (made, 0)->n_questions, ==, 4);
  g_assert_cmpstr (get_question (made, 0)->text.in[0], ==, "Waar woon je?");
  g_assert_cmpint (get_question (made, 0)->variable, ==, 0);
  g_assert_cmpstr (get_question (made, 1)->text.in[0], ==, "Ik slaap");
  g_assert_cmpstr (get_question (made, 1)->stem.in[0], ==, "Hoe vaak < geldt dit?");
  g_assert_cmpstr (dhk_instrument_get_item (made, 0)->id, ==, "q2sq001");
  g_assert_cmpint (get_question (made, 3)->variable, ==, 1);
  answers = dhk_instrument_get_answer_scale (made, 0);
  g_assert_cmpuint (answers->n_answers, ==, 2);
  g_assert_cmpstr (answers->answers[0].label.in[0], ==, "nooit");
  g_assert_cmpint (answers->answers[1].code, ==, 2);
  g_assert_cmpuint (dhk_instrument_get_n_scales (made), ==, 1);
  g_assert_cmpuint (notes->len, ==, 1);
}

/* Since version 4 the texts stand apart from the questions. */
static void
lime_survey_with_texts_apart (void)
{
  static const char text[]
      = "<document><LimeSurveyDocType>Survey</LimeSurveyDocType><languages><language>nl-informal"
        "</language></languages><answers><rows>"
        "<row><aid>1</aid><qid>7</qid><code>1</code><sortorder>0</sortorder></row>"
        "<row><aid>2</aid><qid>7</qid><code>3</code><sortorder>1</sortorder></row></rows></answers>"
        "<answer_l10ns><rows><row><aid>1</aid><answer>nee</answer><language>nl-informal</language>"
        "</row><row><aid>2</aid><answer>ja</answer><language>nl-informal</language></row></rows>"
        "</answer_l10ns><groups><rows><row><gid>2</gid></row></rows></groups><questions><rows>"
        "<row><qid>7</qid><parent_qid>0</parent_qid><gid>2</gid><type>F</type><title>G</title>"
        "<question_order>1</question_order></row></rows></questions><subquestions><rows>"
        "<row><qid>8</qid><parent_qid>7</parent_qid><title>a</title>"
        "<question_order>1</question_order></row></rows></subquestions><question_l10ns><rows>"
        "<row><qid>7</qid><question>Klopt dit?</question><language>nl-informal</language></row>"
        "<row><qid>8</qid><question>Het regent</question><language>nl-informal</language></row>"
        "</rows></question_l10ns></document>";
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkInstrument) made = read_text ("Weer.lss", text, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (dhk_instrument_get_title (made)->in[0], ==, "Weer");
  g_assert_cmpstr (get_question (made, 0)->text.in[0], ==, "Het regent");
  g_assert_cmpstr (get_question (made, 0)->stem.in[0], ==, "Klopt dit?");
  g_assert_cmpint (dhk_instrument_get_answer_scale (made, 0)->answers[1].code, ==, 3);
}

static const char que[]
    = "<?xml version='1.0'?><questionnaire id='1' xml:lang='en'><title>Weather</title>"
      "<section id='A'><sectionInfo><position>title</position><text>Part A</text></sectionInfo>"
      "<question><text>How often?</text>"
      "<subQuestion varName='rain'><text>It rains</text></subQuestion>"
      "<subQuestion varName='sun'><text>The sun shines</text></subQuestion>"
      "<response varName='G'><fixed><category><label>never</label><value>1</value></category>"
      "<category><label>often</label><value>2</value></category></fixed></response></question>"
      "<question><text>Your age</text><response varName='age'><free><format>integer</format>"
      "<length>3</length><label>years</label></free></response></question>"
      "<question><text>Comments</text><response varName='c'><free><format>longtext</format>"
      "<length>9</length></free></response></question></section></questionnaire>";

static void
que_xml (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (DhkInstrument) made = read_text ("w.xml", que, &notes, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (dhk_instrument_get_questionnaire (made, 0)->n_questions, ==, 3);
  g_assert_cmpstr (get_question (made, 1)->text.in[DHK_LANGUAGE_EN], ==, "The sun shines");
  g_assert_cmpstr (dhk_instrument_get_item (made, 1)->id, ==, "sun");
  g_assert_cmpfloat (dhk_instrument_get_variable (made, 0)->maximum, ==, 999);
  g_assert_cmpuint (notes->len, ==, 1);
}

/* Both languages that an instrument holds are there, whichever the window has; a third is named. */
static void
languages_stand_side_by_side (void)
{
  static const char text[]
      = "<?xml version='1.0'?><questionnaire id='1' xml:lang='de'><title "
        "xml:lang='de'>Wetter</title>"
        "<title xml:lang='en'>Weather</title><title xml:lang='nl'>Weer</title><section id='A'>"
        "<question><text xml:lang='de'>Wie oft?</text><text xml:lang='nl'>Hoe vaak?</text>"
        "<text xml:lang='en'>How often?</text><subQuestion varName='rain'>"
        "<text xml:lang='de'>Es regnet</text><text xml:lang='nl'>Het regent</text>"
        "<text xml:lang='en'>It rains</text></subQuestion><response varName='G'><fixed><category>"
        "<label xml:lang='de'>nie</label><label xml:lang='nl'>nooit</label>"
        "<label xml:lang='en'>never</label><value>1</value></category><category>"
        "<label xml:lang='de'>oft</label><label xml:lang='nl'>vaak</label>"
        "<label xml:lang='en'>often</label><value>2</value></category></fixed></response>"
        "</question></section></questionnaire>";
  static const char lime[]
      = "<document><LimeSurveyDocType>Survey</LimeSurveyDocType><languages><language>en</language>"
        "<language>nl</language></languages><answers><rows>"
        "<row><aid>1</aid><qid>7</qid><code>1</code><sortorder>0</sortorder></row>"
        "<row><aid>2</aid><qid>7</qid><code>2</code><sortorder>1</sortorder></row></rows></answers>"
        "<answer_l10ns><rows><row><aid>1</aid><answer>nee</answer><language>nl</language></row>"
        "<row><aid>2</aid><answer>ja</answer><language>nl</language></row>"
        "<row><aid>1</aid><answer>no</answer><language>en</language></row>"
        "<row><aid>2</aid><answer>yes</answer><language>en</language></row></rows>"
        "</answer_l10ns><groups><rows><row><gid>2</gid></row></rows></groups><questions><rows>"
        "<row><qid>7</qid><parent_qid>0</parent_qid><gid>2</gid><type>F</type><title>G</title>"
        "<question_order>1</question_order></row></rows></questions><subquestions><rows>"
        "<row><qid>8</qid><parent_qid>7</parent_qid><title>a</title>"
        "<question_order>1</question_order></row></rows></subquestions><question_l10ns><rows>"
        "<row><qid>7</qid><question>Klopt dit?</question><language>nl</language></row>"
        "<row><qid>8</qid><question>Het regent</question><language>nl</language></row>"
        "<row><qid>7</qid><question>Is it so?</question><language>en</language></row>"
        "<row><qid>8</qid><question>It rains</question><language>en</language></row>"
        "</rows></question_l10ns></document>";
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (DhkInstrument) made = read_text ("w.xml", text, &notes, &error);
  g_autoptr (DhkInstrument) survey = NULL;
  const DhkAnswerScale *answers;

  g_assert_no_error (error);
  g_assert_cmpstr (dhk_instrument_get_title (made)->in[DHK_LANGUAGE_NL], ==, "Weer");
  g_assert_cmpstr (dhk_instrument_get_title (made)->in[DHK_LANGUAGE_EN], ==, "Weather");
  g_assert_cmpstr (get_question (made, 0)->text.in[DHK_LANGUAGE_NL], ==, "Het regent");
  g_assert_cmpstr (get_question (made, 0)->text.in[DHK_LANGUAGE_EN], ==, "It rains");
  g_assert_cmpstr (get_question (made, 0)->stem.in[DHK_LANGUAGE_EN], ==, "How often?");
  answers = dhk_instrument_get_answer_scale (made, 0);
  g_assert_cmpstr (answers->answers[1].label.in[DHK_LANGUAGE_NL], ==, "vaak");
  g_assert_cmpstr (answers->answers[1].label.in[DHK_LANGUAGE_EN], ==, "often");
  g_assert_cmpuint (notes->len, ==, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (notes, 0), "(de)"));

  survey = read_text ("s.lss", lime, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (get_question (survey, 0)->text.in[DHK_LANGUAGE_NL], ==, "Het regent");
  g_assert_cmpstr (get_question (survey, 0)->stem.in[DHK_LANGUAGE_EN], ==, "Is it so?");
  answers = dhk_instrument_get_answer_scale (survey, 0);
  g_assert_cmpstr (answers->answers[0].label.in[DHK_LANGUAGE_NL], ==, "nee");
  g_assert_cmpstr (answers->answers[0].label.in[DHK_LANGUAGE_EN], ==, "no");
}

/* Heads are questions; personal ones are not; the labels of a known scale have its order. */
static void
table_of_answers (void)
{
  static const char text[]
      = "ID;Start time;Completion time;Email;Geslacht;De soep is warm;Het brood is vers;Leeftijd;"
        "Opmerking\n"
        "1;3-4-23 9:00;3-4-23 9:09;a@b.nl;Man;soms;altijd;31;niets te melden over de kantine\n"
        "2;3-4-23 9:10;3-4-23 9:19;c@d.nl;Vrouw;altijd;zelden of nooit;42;\"lekker, hoor\"\n"
        "3;3-4-23 9:20;3-4-23 9:29;e@f.nl;Vrouw;heel vaak;soms;53;a\n"
        "4;3-4-23 9:20;3-4-23 9:29;e@f.nl;Man;heel vaak;soms;33;b\n"
        "5;3-4-23 9:20;3-4-23 9:29;e@f.nl;Man;heel vaak;soms;34;c\n"
        "6;3-4-23 9:20;3-4-23 9:29;e@f.nl;Man;heel vaak;soms;35;d\n"
        "7;3-4-23 9:20;3-4-23 9:29;e@f.nl;Man;heel vaak;soms;36;e\n"
        "8;3-4-23 9:20;3-4-23 9:29;e@f.nl;Man;heel vaak;soms;37;f\n"
        "9;3-4-23 9:20;3-4-23 9:29;e@f.nl;Man;heel vaak;soms;38;g\n"
        "10;3-4-23 9:20;3-4-23 9:29;e@f.nl;Man;heel vaak;soms;39;h\n"
        "11;3-4-23 9:20;3-4-23 9:29;e@f.nl;Man;heel vaak;soms;43;i\n"
        "12;3-4-23 9:20;3-4-23 9:29;e@f.nl;Man;heel vaak;soms;44;j\n"
        "13;3-4-23 9:20;3-4-23 9:29;e@f.nl;Man;heel vaak;soms;45;k\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (DhkInstrument) made = read_text ("Kantine 2023.csv", text, &notes, &error);
  const DhkAnswerScale *answers;
  const char *xml;
  gsize size;

  g_assert_no_error (error);
  g_assert_cmpstr (dhk_instrument_get_id (made), ==, "kantine-2023");
  g_assert_cmpuint (dhk_instrument_get_n_items (made), ==, 2);
  g_assert_cmpuint (dhk_instrument_get_n_variables (made), ==, 2);
  answers = dhk_instrument_get_answer_scale (made, 0);
  g_assert_cmpuint (answers->n_answers, ==, 5);
  g_assert_cmpint (answers->answers[4].code, ==, 5);
  g_assert_cmpstr (dhk_text_get (&answers->answers[4].label, DHK_LANGUAGE_NL), !=, "");
  g_assert_cmpfloat (dhk_instrument_get_variable (made, 1)->minimum, ==, 31);
  xml = g_bytes_get_data (dhk_instrument_get_xml (made), &size);
  g_assert_null (memmem (xml, size, "@", 1));
  g_assert_null (memmem (xml, size, "Email", 5));
}

/* Few different ages are no answers to choose from; the digits of a scale of ten are. */
static void
numbers_are_no_choices (void)
{
  static const char text[] = "Leeftijd;Kinderen thuis;Aantal kinderen;Begonnen in;Cijfer;Soep\n"
                             "10;1;1;2019;1;soms\n12;2;2;2020;10;altijd\n19;3;2;2021;5;soms\n"
                             "11;2;3;2019;7;altijd\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (DhkInstrument) made = read_text ("k.csv", text, &notes, &error);
  const DhkVariable *age;
  guint n_numbers = 0;

  g_assert_no_error (error);
  age = dhk_instrument_get_variable (made, (guint) dhk_instrument_find_variable (made, "q1"));
  g_assert_true (age->kind == DHK_VARIABLE_NUMBER);
  g_assert_cmpfloat (age->minimum, ==, 10);
  g_assert_cmpfloat (age->maximum, ==, 19);
  for (guint i = 0; i < dhk_instrument_get_n_variables (made); i++)
    n_numbers += dhk_instrument_get_variable (made, i)->kind == DHK_VARIABLE_NUMBER;
  g_assert_cmpuint (n_numbers, ==, 3);
  g_assert_cmpint (dhk_instrument_find_item (made, "q5"), >=, 0);
  g_assert_nonnull (strstr (g_ptr_array_index (notes, 0), "Leeftijd"));
  g_assert_nonnull (strstr (g_ptr_array_index (notes, 0), "10"));
}

static void
instrument_is_taken_as_it_is (void)
{
  g_autoptr (DhkInstrument) builtin = dhk_instrument_new_builtin ("partnerschap-2023", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkInstrument) made = dhk_starting_point_read_bytes (dhk_instrument_get_xml (builtin),
                                                                  "p.xml", builtin, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (dhk_instrument_get_xml (made), dhk_instrument_get_xml (builtin)));
}

static void
others_are_refused (void)
{
  static const struct
  {
    const char *text;
    gboolean is_xml_error;
    int code;
  } cases[] = {
    { "<?xml version='1.0'?><svg/>", FALSE, DHK_IMPORT_ERROR_NOT_RECOGNISED },
    { "<?xml version='1.0'?><document/>", FALSE, DHK_IMPORT_ERROR_NOT_RECOGNISED },
    { "<?xml version='1.0'?><questionnaire><section/></questionnaire>", FALSE,
      DHK_IMPORT_ERROR_NOT_RECOGNISED },
    { "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><document>&b;</document>", TRUE,
      DHK_XML_ERROR_FORBIDDEN },
    { "<?xml version='1.0'?><document>", TRUE, DHK_XML_ERROR_NOT_WELL_FORMED },
    { "Naam;Opmerking\nx;y\n", FALSE, DHK_IMPORT_ERROR_NOT_RECOGNISED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (read_text ("x.xml", cases[i].text, NULL, &error));
      if (cases[i].is_xml_error)
        g_assert_error (error, DHK_XML_ERROR, cases[i].code);
      else
        g_assert_error (error, DHK_IMPORT_ERROR, cases[i].code);
      g_assert_true (g_str_has_suffix (error->message, "."));
    }
}

/* Cut anywhere and with a byte changed: an instrument or a sentence, nothing else. */
static void
broken_files_do_no_harm (void)
{
  const char *const files[] = { lime_old, que };

  for (guint f = 0; f < G_N_ELEMENTS (files); f++)
    for (gsize i = 1; i < strlen (files[f]); i += 7)
      {
        g_autofree char *cut = g_strndup (files[f], i);
        g_autofree char *changed = g_strdup (files[f]);
        g_autoptr (DhkInstrument) one G_GNUC_UNUSED = read_text ("a.lss", cut, NULL, NULL);
        g_autoptr (DhkInstrument) other = NULL;

        changed[i] = (char) (i * 31);
        if (changed[i] == '\0')
          changed[i] = '<';
        other = read_text ("a.lss", changed, NULL, NULL);
      }
}

int
main (int argc, char **argv)
{
  g_setenv ("LANGUAGE", "nl", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/starting-point/lime-survey", lime_survey);
  g_test_add_func ("/starting-point/lime-survey-with-texts-apart", lime_survey_with_texts_apart);
  g_test_add_func ("/starting-point/que-xml", que_xml);
  g_test_add_func ("/starting-point/languages-stand-side-by-side", languages_stand_side_by_side);
  g_test_add_func ("/starting-point/table-of-answers", table_of_answers);
  g_test_add_func ("/starting-point/numbers-are-no-choices", numbers_are_no_choices);
  g_test_add_func ("/starting-point/instrument-is-taken-as-it-is", instrument_is_taken_as_it_is);
  g_test_add_func ("/starting-point/others-are-refused", others_are_refused);
  g_test_add_func ("/starting-point/broken-files-do-no-harm", broken_files_do_no_harm);
  return g_test_run ();
}
