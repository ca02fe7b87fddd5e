/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The command that shows the statistics room to the outside: driehoek stats.
 *
 * Its options take several words (--value A B C), which GOption cannot; so the
 * arguments are read here.
 */

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "cli/dhk-cli-audit.h"
#include "cli/dhk-cli-private.h"
#include "cli/dhk-stats-data.h"
#include "cli/dhk-stats-json.h"

static const char *const role_options[DHK_N_ROLES]
    = { "--value", "--group", "--predictor", "--weight", "--cluster" };

/* Arguments */

typedef struct
{
  DhkStatsRequest request;
  const char *method;
  GPtrArray *options; /* NAME=VALUE */
  const char *format;
  const char *relations; /* of the audit */
  gboolean list;
  gboolean help;
} Arguments;

static void
arguments_init (Arguments *self)
{
  *self = (Arguments){ .options = g_ptr_array_new () };
  for (guint role = 0; role < DHK_N_ROLES; role++)
    self->request.columns[role] = g_ptr_array_new ();
  self->request.levels = g_ptr_array_new ();
  self->request.steps = g_array_new (FALSE, FALSE, sizeof (guint));
}

static void
arguments_clear (Arguments *self)
{
  for (guint role = 0; role < DHK_N_ROLES; role++)
    g_ptr_array_unref (self->request.columns[role]);
  g_ptr_array_unref (self->request.levels);
  g_array_unref (self->request.steps);
  g_ptr_array_unref (self->options);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Arguments, arguments_clear)

/* Where the words behind an option go: a list, or one text. */
static gboolean
find_target (Arguments *self, const char *option, GPtrArray **list, const char ***text)
{
  for (guint role = 0; role < DHK_N_ROLES; role++)
    if (strcmp (option, role_options[role]) == 0)
      *list = self->request.columns[role];
  if (strcmp (option, "--levels") == 0)
    *list = self->request.levels;
  else if (strcmp (option, "--option") == 0)
    *list = self->options;
  else if (strcmp (option, "--data") == 0)
    *text = &self->request.file;
  else if (strcmp (option, "--summary") == 0)
    *text = &self->request.summary;
  else if (strcmp (option, "--format") == 0)
    *text = &self->format;
  else if (strcmp (option, "--relations") == 0)
    *text = &self->relations;
  return *list != NULL || *text != NULL;
}

/* Reads the words behind option `*i`, and leaves `*i` at the last of them. */
static gboolean
parse_option (Arguments *self, char **arguments, guint *i, guint *step)
{
  const char *option = arguments[*i];
  GPtrArray *list = NULL;
  const char **text = NULL;
  guint first = *i + 1;

  if (!find_target (self, option, &list, &text))
    {
      dhk_cli_usage ("stats", _ ("There is no option “%s”."), option);
      return FALSE;
    }
  while (arguments[*i + 1] != NULL && !g_str_has_prefix (arguments[*i + 1], "--")
         && (list != NULL || *i + 1 == first))
    {
      char *word = arguments[++*i];

      if (list != NULL)
        g_ptr_array_add (list, word);
      else
        *text = word;
      if (list == self->request.columns[DHK_ROLE_PREDICTOR])
        g_array_append_val (self->request.steps, *step);
    }
  if (*i < first)
    {
      dhk_cli_usage ("stats", _ ("“%s” must be followed by a word."), option);
      return FALSE;
    }
  *step += list == self->request.columns[DHK_ROLE_PREDICTOR];
  return TRUE;
}

static gboolean
parse_arguments (Arguments *self, char **arguments)
{
  guint step = 0;

  for (guint i = 1; arguments[i] != NULL; i++)
    {
      if (strcmp (arguments[i], "--list") == 0)
        self->list = TRUE;
      else if (strcmp (arguments[i], "--help") == 0 || strcmp (arguments[i], "-h") == 0)
        self->help = TRUE;
      else if (arguments[i][0] == '-' && arguments[i][1] == '-')
        {
          if (!parse_option (self, arguments, &i, &step))
            return FALSE;
        }
      else if (self->method == NULL)
        self->method = arguments[i];
      else
        {
          dhk_cli_usage ("stats", _ ("“%s” stands behind no option."), arguments[i]);
          return FALSE;
        }
    }
  return TRUE;
}

/* Options of the method */

static gboolean
parse_choice (const DhkMethodOption *option, const char *word, double *value)
{
  for (guint i = 0; option->choices[i] != NULL; i++)
    if (strcmp (option->choices[i], word) == 0)
      {
        *value = i;
        return TRUE;
      }
  {
    g_autofree char *all = g_strjoinv (", ", (char **) option->choices);

    dhk_cli_usage ("stats", _ ("“%s” is one of %s, not “%s”."), option->name, all, word);
    return FALSE;
  }
}

static gboolean
parse_value (const DhkMethodOption *option, const char *word, double *value)
{
  if (option->kind == DHK_OPTION_CHOICE)
    return parse_choice (option, word, value);
  if (dhk_number_from_file (word, value) && *value >= option->min && *value <= option->max
      && (option->kind == DHK_OPTION_NUMBER || *value <= floor (*value)))
    return TRUE;
  {
    char low[G_ASCII_DTOSTR_BUF_SIZE], high[G_ASCII_DTOSTR_BUF_SIZE];

    g_ascii_formatd (low, sizeof low, "%.10g", option->min);
    g_ascii_formatd (high, sizeof high, "%.10g", option->max);
    dhk_cli_usage ("stats",
                   option->kind == DHK_OPTION_NUMBER
                       ? _ ("“%s” is a number from %s to %s, not “%s”.")
                       : _ ("“%s” is a whole number from %s to %s, not “%s”."),
                   option->name, low, high, word);
    return FALSE;
  }
}

static gboolean
parse_values (const Arguments *self, const DhkMethod *method, double *values)
{
  dhk_method_get_defaults (method, values);
  for (guint i = 0; i < self->options->len; i++)
    {
      g_auto (GStrv) pair = g_strsplit (g_ptr_array_index (self->options, i), "=", 2);
      gsize j = 0;

      while (j < method->n_options && strcmp (method->options[j].name, pair[0]) != 0)
        j++;
      if (j == method->n_options)
        {
          dhk_cli_usage ("stats", _ ("The method “%s” has no option “%s”."), method->name, pair[0]);
          return FALSE;
        }
      if (!parse_value (&method->options[j], pair[1] != NULL ? pair[1] : "", &values[j]))
        return FALSE;
    }
  return TRUE;
}

/* Needs of the method */

static gboolean
refuse_need (const DhkMethod *method, guint role, gsize given)
{
  DhkNeed need = method->needs[role];
  g_autofree char *least = g_strdup_printf ("%lu", (unsigned long) need.least);
  g_autofree char *most = g_strdup_printf ("%lu", (unsigned long) need.most);

  if (need.most == DHK_ANY_NUMBER)
    dhk_cli_usage ("stats",
                   ngettext ("“%s” needs at least %s column after %s (given: %lu).",
                             "“%s” needs at least %s columns after %s (given: %lu).", need.least),
                   method->name, least, role_options[role], (unsigned long) given);
  else if (need.least == need.most)
    dhk_cli_usage ("stats",
                   ngettext ("“%s” needs %s column after %s (given: %lu).",
                             "“%s” needs %s columns after %s (given: %lu).", need.most),
                   method->name, most, role_options[role], (unsigned long) given);
  else
    dhk_cli_usage ("stats",
                   ngettext ("“%s” needs %s to %s column after %s (given: %lu).",
                             "“%s” needs %s to %s columns after %s (given: %lu).", need.most),
                   method->name, least, most, role_options[role], (unsigned long) given);
  return FALSE;
}

static gboolean
check_needs (const Arguments *self, const DhkMethod *method)
{
  if (self->request.summary != NULL)
    {
      if (method->summary_columns != NULL)
        return TRUE;
      dhk_cli_usage ("stats", _ ("“%s” cannot be computed from a summary: give --data."),
                     method->name);
      return FALSE;
    }
  if (self->request.file == NULL && method->needs[DHK_ROLE_VALUE].least > 0)
    {
      dhk_cli_usage ("stats", "%s", _ ("Give the data with --data FILE, or a --summary."));
      return FALSE;
    }
  for (guint role = 0; role < DHK_N_ROLES; role++)
    {
      gsize given = self->request.columns[role]->len;

      if (given < method->needs[role].least || given > method->needs[role].most)
        return refuse_need (method, role, given);
    }
  return TRUE;
}

/* What can only be said when the data are there. */
static gboolean
check_levels (const DhkMethod *method, const DhkMethodInput *input)
{
  gsize n_levels = input->n_groups > 0 ? input->groups[0].n_levels : 0;

  if (method->levels.most == 0 || input->summary != NULL
      || (n_levels >= method->levels.least && n_levels <= method->levels.most))
    return TRUE;
  dhk_cli_usage ("stats",
                 _ ("“%s” compares %lu groups; in the column there are %lu. Choose with --levels."),
                 method->name, (unsigned long) method->levels.most, (unsigned long) n_levels);
  return FALSE;
}

/* Printing */

/* "--value COL COL", "[--weight COL]", "--value COL COL…": as many as there must be. */
static void
append_need (GString *line, const char *option, DhkNeed need)
{
  gsize n = MAX (1, need.least);

  g_string_append_printf (line, need.least > 0 ? " %s" : " [%s", option);
  for (gsize i = 0; i < n; i++)
    g_string_append (line, " COL");
  if (need.most > n)
    g_string_append (line, "…");
  if (need.least == 0)
    g_string_append_c (line, ']');
}

static void
print_needs (const DhkMethod *method)
{
  GString *line = g_string_new (NULL);

  for (guint role = 0; role < DHK_N_ROLES; role++)
    if (method->needs[role].most > 0)
      append_need (line, role_options[role], method->needs[role]);
  if (method->summary_columns != NULL)
    g_string_append_printf (line, "%s--summary \"%s%s\"", line->len > 0 ? " | " : " ",
                            method->summary_columns, method->summary_rows.most > 1 ? "; …" : "");
  if (line->len > 0)
    g_print ("   %s\n", line->str);
  g_string_free (line, TRUE);
}

static void
print_option (const DhkMethodOption *option)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *all = NULL;

  if (option->kind == DHK_OPTION_CHOICE)
    all = g_strjoinv ("|", (char **) option->choices);
  else
    all = g_strdup (option->kind == DHK_OPTION_INTEGER ? "N" : "X");
  g_print ("    --option %s=%s  %s", option->name, all, option->description);
  if (isnan (option->fallback))
    g_print ("\n");
  else if (option->kind == DHK_OPTION_CHOICE)
    g_print (" [%s]\n", option->choices[(guint) option->fallback]);
  else
    g_print (" [%s]\n", dhk_number_to_file (option->fallback, number));
}

static void
print_method (const DhkMethod *method)
{
  g_print ("  %s: %s\n", method->name, method->title);
  print_needs (method);
  for (gsize i = 0; i < method->n_options; i++)
    print_option (&method->options[i]);
  g_print (_ ("    missing values: %s\n"), method->missing);
  g_print (_ ("    source: %s\n\n"), method->source);
}

static void
print_list (void)
{
  gsize n;
  const DhkMethod *const *methods = dhk_method_list (&n);
  const char *family = "";

  for (gsize i = 0; i < n; i++)
    {
      if (strcmp (methods[i]->family, family) != 0)
        {
          family = methods[i]->family;
          g_print ("%s\n\n", family);
        }
      print_method (methods[i]);
    }
  /* Beside the methods, because it asks for two tables. */
  g_print ("  audit: %s\n    --data CELLS.csv --relations RELATIONS.csv\n",
           "minimal sets of printed cells that contradict each other");
  g_print (_ ("    source: %s\n\n"), "R. Reiter, Artificial Intelligence 32 (1987) 57–95");
}

static DhkExit
show_list (const Arguments *self)
{
  g_autofree char *json = NULL;

  if (self->format == NULL || strcmp (self->format, "text") == 0)
    {
      print_list ();
      return DHK_EXIT_DONE;
    }
  if (strcmp (self->format, "json") != 0)
    return dhk_cli_usage ("stats", _ ("The format is “text” or “json”, not “%s”."), self->format);
  json = dhk_stats_list_to_json ();
  g_print ("%s", json);
  return DHK_EXIT_DONE;
}

static DhkExit
run_method (const Arguments *self, const DhkMethod *method)
{
  double options[DHK_MAX_OPTIONS];
  DhkStatsData data;
  DhkRecord record = { 0 };
  DhkStatsStatus status;
  gsize n_items;
  g_autoptr (GError) error = NULL;

  if (!check_needs (self, method) || !parse_values (self, method, options))
    return DHK_EXIT_USAGE;
  if (self->request.file == NULL && self->request.summary == NULL)
    data = (DhkStatsData){ .owned = g_ptr_array_new () };
  else if (!dhk_stats_data_load (&data, &self->request, &error))
    return dhk_cli_refuse (error);

  data.input.options = options;
  if (!check_levels (method, &data.input))
    {
      dhk_stats_data_clear (&data);
      return DHK_EXIT_USAGE;
    }
  status = dhk_method_run (method, &data.input, &record);
  dhk_record_get_items (&record, &n_items);
  if (n_items > 0)
    {
      g_autofree char *json = dhk_stats_to_json (method, &self->request, &data, &record);

      g_print ("%s", json);
    }
  dhk_record_clear (&record);
  dhk_stats_data_clear (&data);
  if (n_items > 0)
    return DHK_EXIT_DONE;
  return dhk_cli_usage ("stats", _ ("“%s” cannot be computed: %s."), method->name,
                        _ (dhk_stats_status_reason (status)));
}

DhkExit
dhk_cli_stats (char **arguments)
{
  g_auto (GStrv) owned G_GNUC_UNUSED = arguments;
  g_auto (Arguments) self = { 0 };
  const DhkMethod *method;

  arguments_init (&self);
  if (!parse_arguments (&self, arguments))
    return DHK_EXIT_USAGE;
  if (self.help)
    {
      dhk_cli_print_help ("stats");
      return DHK_EXIT_DONE;
    }
  if (self.list)
    return show_list (&self);
  if (self.method == NULL)
    return dhk_cli_usage ("stats", "%s", _ ("Name a method; “driehoek stats --list” lists them."));
  if (strcmp (self.method, "audit") == 0)
    return dhk_cli_audit (self.request.file, self.relations);
  method = dhk_method_find (self.method);
  if (method == NULL)
    return dhk_cli_usage (
        "stats", _ ("There is no method “%s”; “driehoek stats --list” lists them."), self.method);
  return run_method (&self, method);
}
