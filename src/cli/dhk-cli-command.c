/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The list of all commands: what each is called, what it takes and how it explains itself. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cli/dhk-cli-password.h"
#include "cli/dhk-cli-private.h"

#define HELP_WIDTH 78

/* Of the commands with their arguments, in the overview of all. */
#define NAME_WIDTH 31

typedef struct
{
  const char *name;
  const char *arguments;
  const char *summary;
  const char *description;
} Command;

/* clang-format off */
static const Command commands[] = {
  { "new", N_("STUDY"),
    N_("make an empty study"),
    N_("The study is one file; its name usually ends in .driehoek. An existing file is never overwritten.") },
  { "import", N_("STUDY FILE…"),
    N_("add the responses of exported files to a study"),
    N_("Reads Excel workbooks, CSV files and data files of SPSS. Everything that is certain is decided; "
       "when something can only be decided by you, nothing is stored and all questions are listed. "
       "Answer each with --answer QUESTION=CHOICE, which also changes what was decided: --list-decisions names it all. "
       "What is decided by hand can be kept as an import profile for the next wave. Importing the same file again "
       "adds nothing. Another study, named alone, is merged into this one.") },
  { "answers", N_("STUDY"),
    N_("print the answers of everybody, or of one respondent"),
    N_("One row per respondent, also of those who are excluded; the values are those that “driehoek set” "
       "takes, and a question that was not asked is empty.") },
  { "history", N_("STUDY RESPONDENT"),
    N_("print what changed which answer of a respondent when"),
    NULL },
  { "exclude", N_("STUDY RESPONDENT"),
    N_("leave a respondent out of every table, chart and export"),
    N_("The respondent stays in the study with the reason, and can be included again.") },
  { "include", N_("STUDY RESPONDENT"),
    N_("take an excluded respondent in again"),
    NULL },
  { "erase", N_("STUDY RESPONDENT"),
    N_("erase a respondent who asks for it, for ever"),
    N_("Answers, imported rows, history and what undo remembers go, in the study and in the backups beside it, and "
       "the file is written anew. A keyed mark keeps a later import from bringing the respondent back. There is "
       "no undo. It is asked twice on a terminal; without one, give --yes twice.") },
  { "set", N_("STUDY RESPONDENT QUESTION VALUE"),
    N_("correct one answer by hand"),
    N_("RESPONDENT is the number in the column “id” of an export, or questionnaire and number (parents:12). "
       "QUESTION is the name of its column in an export. VALUE is the code or the label of an answer, a number with "
       "a decimal point, or empty, not-asked or unreadable. Of a question with several choices each choice is a "
       "QUESTION, 0 or 1; all together are one with the choices as VALUE, such as “talk;music” or none. Later imports "
       "leave the answer as it is.") },
  { "undo", N_("STUDY"),
    N_("undo the last step"),
    NULL },
  { "redo", N_("STUDY"),
    N_("do the step again that was undone last"),
    NULL },
  { "profile", N_("list|show|delete STUDY [NAME]"),
    N_("show what a study remembers of its imports"),
    N_("An import profile holds what was decided by hand about the columns and labels of a form, and is used for the "
       "next file whose heads fit. “driehoek import --save-profile NAME” makes one.") },
  { "conflicts", N_("STUDY"),
    N_("list answers corrected by hand that a newer file has otherwise"),
    N_("The study keeps its own answer, unless --take takes the other one over. With --keep it is listed no more, also "
       "when the same file is imported again; another answer in a file is.") },
  { "peek", N_("FILE"),
    N_("show what a reader sees in a file"),
    N_("Tells the kind of the file, its encoding and separator, its sheets, its variables with labels and missing "
       "values, and the first rows. Reads Excel workbooks, separated text and data files of SPSS (.sav, .zsav, .por); "
       "stores nothing.") },
  { "encrypt", N_("STUDY"),
    N_("protect a study with a password"),
    N_("From then on the study is readable in memory only, while it is open. Nobody can open it without the "
       "password; there is no other way in. Backups are encrypted too.") },
  { "decrypt", N_("STUDY"),
    N_("take the password of a study away"),
    NULL },
  { "password", N_("STUDY"),
    N_("change the password of a study"),
    NULL },
  { "backup", N_("list|make|restore STUDY [BACKUP]"),
    N_("see the backups of a study, make one, or go back to one"),
    N_("Before the first change of a session a whole copy goes into a folder beside the study. Kept are the five "
       "newest, one a day for a week and one a week for four weeks. BACKUP is a name or number that “list” shows; what is replaced "
       "becomes a backup itself.") },
  { "repair", N_("STUDY OUT"),
    N_("save what can be read of a damaged study into a new one"),
    N_("The damaged file is only read. What was lost is said. See the backups first (“driehoek backup list”): they were whole when they were made.") },
  { "key", N_("list|find|export|remove|password KEYFILE [NAME|OUT.csv|PSEUDONYM]"),
    N_("see who is behind the pseudonyms of a study, or forget somebody"),
    N_("A key file holds the names and addresses that an import kept, and nothing else does. “find” takes a part of a "
       "name or address, or a pseudonym. “export” writes them readable.") },
  { "retention", N_("STUDY [DATE|none]"),
    N_("say until when the answers may be kept, or set that date"),
    N_("The window reminds of it from 30 days before. Nothing is ever erased by itself.") },
  { "problem-report", N_("[STUDY]"),
    N_("tell what those who mend the program have to know"),
    N_("Versions, the system, and how the study is built: counts (those below ten are not told), imports, the state of the file. No answers, "
       "no names, no texts, no names of files. The text is in English.") },
  { "table", N_("STUDY TABLE…"),
    N_("print tables of the report"),
    N_("TABLE is the number of a table, “reliability”, “correlations” or “all”.") },
  { "report", N_("STUDY -o FILE.pdf"),
    N_("write the whole report as PDF"),
    NULL },
  { "export", N_("STUDY -o FILE"),
    N_("write all answers and scores, one row per respondent"),
    N_("FILE ends in .csv, or in .sav for SPSS: there questions and answers have their wording as labels, "
       "and what is not answered, not asked or unreadable is user-missing (-1, -2, -3).") },
  { "instrument", N_("new|check|compare|get|set|versions …"),
    N_("make, check or exchange the questionnaires of a study"),
    N_("“new FILE OUT.xml” makes a draft of an instrument from a survey of LimeSurvey (.lss), queXML or a table "
       "of answers. “check FILE” says what an instrument holds, “compare FILE FILE” what the second changes. “get "
       "STUDY OUT.xml” writes the one of a study, and “set STUDY FILE” makes a changed one its new version; answers "
       "stay. “versions STUDY” lists them all.") },
  { "paper", N_("STUDY QUESTIONNAIRE OUT.pdf"),
    N_("write a questionnaire as a form to print"),
    N_("The form is A4. Each question has the number and each answer the digit that is typed when the form "
       "comes back. With --instrument no study is named. With --numbers 1-40 there are forty forms, numbered. "
       "With --variant it is in the words of a variant.") },
  { "group-profile", N_("STUDY FILE"),
    N_("write n, M and SD of a group for those who rate themselves"),
    N_("The file (.driehoek-group) has no rows: only how many answered an item of the self-rating, their mean and "
       "standard deviation, per respondent type. What fewer than 10 people answered is left out, and what would "
       "give it away with it.") },
  { "entry", N_("list|differences STUDY"),
    N_("show paper forms that were typed in, once or twice"),
    N_("“list” names the batches and how far they are typed; “differences” names every answer that was "
       "typed in two ways, the forms that were typed once, the percentage of equal answers and Cohen’s "
       "kappa, per questionnaire and overall. --format is text or json.") },
  { "help", N_("TOPIC"),
    N_("explain a page of the window, step by step"),
    N_("The same text as F1 shows in the window. TOPIC is the name of a page or of a command.") },
  { "stats", N_("METHOD --data FILE"),
    N_("compute one statistical method and print every figure of it as JSON"),
    N_("METHOD is one of “driehoek stats --list”, which names the columns and options of each, and its source. "
       "FILE is a table (CSV or xlsx) whose first row names the columns: numbers with a decimal point; "
       "an empty cell or NA is missing. Columns are named after --value, --group, --predictor, --weight "
       "and --cluster; each --predictor adds a step where a method has steps. --levels gives the categories "
       "of the first --group their order. Options of the method follow --option as NAME=VALUE. "
       "In place of --data, --summary \"n M SD; n M SD\" gives n, mean and SD of each group. "
       "--list takes --format json.") },
};
/* clang-format on */

static const Command *
find_command (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strcmp (commands[i].name, name) == 0)
      return &commands[i];
  return NULL;
}

gboolean
dhk_cli_has_command (const char *name)
{
  return find_command (name) != NULL;
}

/* Help ---------------------------------------------------------------------------- */

char *
dhk_cli_dup_wrapped (const char *text, glong width)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  GString *result = g_string_new (NULL);
  glong column = 0;

  for (guint i = 0; words[i] != NULL; i++)
    {
      glong length = g_utf8_strlen (words[i], -1);

      if (column > 0 && column + 1 + length > width)
        column = 0;
      if (i > 0)
        g_string_append_c (result, column > 0 ? ' ' : '\n');
      g_string_append (result, words[i]);
      column += (column > 0 ? 1 : 0) + length;
    }
  return g_string_free (result, FALSE);
}

void
dhk_cli_print_help (const char *name)
{
  const Command *command = find_command (name);
  g_autofree char *description = dhk_cli_dup_wrapped (_ (command->description), HELP_WIDTH);

  g_print (_ ("Usage:\n  driehoek %s %s\n\n%s\n\n%s\n"), name, _ (command->arguments),
           _ (command->summary), description);
}

void
dhk_cli_print_overview (void)
{
  g_autofree char *topics = dhk_cli_dup_help_topics ();

  g_print (_ ("Usage:\n"
              "  driehoek [STUDY]                 open the window\n"
              "  driehoek --self-rating [FILE]    rate yourself, in a window of its own\n"
              "  driehoek COMMAND [OPTION…] …     do a job without a window\n"
              "\n"
              "Partnership surveys in youth care and special education, from the first\n"
              "imported response to the printed report.\n"
              "\n"
              "Commands:\n"));
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      const char *arguments = _ (commands[i].arguments);
      /* printf counts bytes; the translated words are columns of characters. */
      int gap = NAME_WIDTH - (int) strlen (commands[i].name) - (int) g_utf8_strlen (arguments, -1);

      g_print ("  %s %s", commands[i].name, arguments);
      /* What is too long for its column has a line of its own. */
      g_print (gap < 0 ? "\n%*s" : "%*s", gap < 0 ? NAME_WIDTH + 3 : gap, "");
      g_print (" %s\n", _ (commands[i].summary));
    }
  g_print (_ ("\n"
              "Options:\n"
              "  -h, --help      show this help; “driehoek COMMAND --help” tells more\n"
              "      --version   show the version\n"
              "\n"
              "Exit status: 0 done, 1 refused or failed, 2 used wrongly.\n"));
  g_print (_ ("\nTopics of “driehoek help”: %s.\n"), topics);
}

/* Arguments ---------------------------------------------------------------------------- */

/* GOption leaves the "--" before operands that begin with a dash. */
static void
drop_separator (char **arguments)
{
  while (*arguments != NULL && strcmp (*arguments, "--") != 0)
    arguments++;
  if (*arguments == NULL)
    return;
  g_free (*arguments);
  for (; *arguments != NULL; arguments++)
    arguments[0] = arguments[1];
}

gboolean
dhk_cli_parse (const char *name, const GOptionEntry *entries, char ***arguments, DhkExit *status)
{
  const Command *command = find_command (name);
  g_autofree char *program = g_strconcat ("driehoek ", name, NULL);
  g_autoptr (GOptionContext) context = g_option_context_new (_ (command->arguments));
  g_autoptr (GError) error = NULL;
  gboolean help = FALSE;
  GOptionEntry help_entry[] = {
    { "help", 'h', 0, G_OPTION_ARG_NONE, &help, N_ ("Show this help"), NULL },
    { NULL },
  };

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, _ (command->summary));
  if (command->description != NULL)
    {
      g_autofree char *description = dhk_cli_dup_wrapped (_ (command->description), HELP_WIDTH);

      g_option_context_set_description (context, description);
    }
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (strstr (command->arguments, "STUDY") != NULL)
    g_option_context_add_main_entries (context, dhk_cli_password_entries (), GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, help_entry, GETTEXT_PACKAGE);
  g_set_prgname (program);

  if (!g_option_context_parse_strv (context, arguments, &error))
    {
      *status = dhk_cli_usage (name, "%s", error->message);
      return FALSE;
    }
  drop_separator (*arguments);
  *status = DHK_EXIT_DONE;
  if (help)
    {
      g_autofree char *text = g_option_context_get_help (context, TRUE, NULL);

      g_print ("%s", text);
    }
  return !help;
}
