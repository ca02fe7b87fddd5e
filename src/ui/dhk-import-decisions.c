/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/dhk-import-decisions.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "store/dhk-store-profile.h"
#include "ui/dhk-import-rows.h"

/* Rows of one kind that are listed one by one. */
#define MAX_ROWS 200

static const DhkDraftFile *
get_file (DhkDraft *draft, guint file)
{
  return g_ptr_array_index (dhk_draft_get_files (draft), file);
}

/* What an expander needs to fill itself when it is opened first. */
typedef struct
{
  DhkDraft *draft;
  guint file;
  gboolean filled;
  DhkDecidedFunc func;
  GtkWidget *owner; /* holds the expander */
} Filling;

static void
filling_free (gpointer data)
{
  Filling *filling = data;

  dhk_draft_unref (filling->draft);
  g_free (filling);
}

typedef void (*FillFunc) (AdwExpanderRow *row, GParamSpec *pspec, gpointer user_data);

static GtkWidget *
create_expander (const Filling *filling, const char *title, const char *subtitle, FillFunc fill)
{
  GtkWidget *row = adw_expander_row_new ();
  g_autofree char *label = g_strdup_printf ("%s, %s", title, subtitle);
  Filling *own = g_memdup2 (filling, sizeof *filling);

  dhk_draft_ref (own->draft);
  g_object_set_data_full (G_OBJECT (row), "filling", own, filling_free);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), subtitle);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect (row, "notify::expanded", G_CALLBACK (fill), own);
  return row;
}

/* About a file as a whole -------------------------------------------------- */

/* Columns, labels and rows have places of their own on the page. */
static gboolean
is_about_file (const DhkDraftQuestion *decision, const DhkDraftFile *file)
{
  static const char *const elsewhere[] = { "column", "label", "code" };

  if (decision->file != file || strstr (decision->id, ":row:") != NULL
      || g_str_has_suffix (decision->id, ":profile"))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (elsewhere); i++)
    if (g_strcmp0 (decision->kind, elsewhere[i]) == 0)
      return FALSE;
  return strstr (decision->id, ":column:") == NULL;
}

static void
fill_decisions_cb (AdwExpanderRow *row, GParamSpec *pspec, gpointer user_data)
{
  Filling *self = user_data;
  GPtrArray *decisions = dhk_draft_get_decisions (self->draft);
  const DhkDraftFile *file = get_file (self->draft, self->file);
  guint n = 0;

  if (self->filled)
    return;
  self->filled = TRUE;
  for (guint i = 0; i < decisions->len && n < MAX_ROWS; i++)
    {
      const DhkDraftQuestion *decision = g_ptr_array_index (decisions, i);

      if (!is_about_file (decision, file))
        continue;
      adw_expander_row_add_row (row,
                                dhk_decision_row_new (decision, decision->text, decision->detail,
                                                      self->func, self->owner));
      n++;
    }
}

GtkWidget *
dhk_import_create_decisions_row (DhkDraft *draft,
                                 guint index,
                                 DhkDecidedFunc func,
                                 GtkWidget *owner)
{
  const Filling filling = { draft, index, FALSE, func, owner };
  GPtrArray *decisions = dhk_draft_get_decisions (draft);
  const DhkDraftFile *file = get_file (draft, index);
  g_autofree char *name = dhk_import_dup_file_label (draft, index);
  g_autofree char *text = NULL;
  guint n = 0;
  guint by_hand = 0;

  for (guint i = 0; i < decisions->len; i++)
    {
      const DhkDraftQuestion *decision = g_ptr_array_index (decisions, i);

      if (!is_about_file (decision, file))
        continue;
      n++;
      by_hand += decision->by == DHK_DECIDED_BY_HAND;
    }
  if (n == 0)
    return NULL;
  text = g_strdup_printf (ngettext ("%u decision about the whole file, %u by hand",
                                    "%u decisions about the whole file, %u by hand", n),
                          n, by_hand);
  return create_expander (&filling, text, name, fill_decisions_cb);
}

/* Rows kept aside ------------------------------------------------------------- */

static const DhkDraftQuestion *
find_row_decision (DhkDraft *draft, const DhkDraftFile *file, guint64 line)
{
  GPtrArray *decisions = dhk_draft_get_decisions (draft);
  g_autofree char *end = g_strdup_printf (":row:%" G_GUINT64_FORMAT, line);

  for (guint i = 0; i < decisions->len; i++)
    {
      const DhkDraftQuestion *decision = g_ptr_array_index (decisions, i);

      if (decision->file == file && g_str_has_suffix (decision->id, end))
        return decision;
    }
  return NULL;
}

static GtkWidget *
create_plain_row (const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *label = g_strdup_printf ("%s, %s", title, subtitle);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return row;
}

static void
fill_aside_cb (AdwExpanderRow *row, GParamSpec *pspec, gpointer user_data)
{
  Filling *self = user_data;
  const DhkDraftFile *file = get_file (self->draft, self->file);
  guint n = 0;

  if (self->filled)
    return;
  self->filled = TRUE;
  for (guint i = 0; i < dhk_draft_file_get_n_rows (file) && n < MAX_ROWS; i++)
    {
      const DhkDraftRow *found = dhk_draft_file_peek_row (file, i);
      const DhkDraftQuestion *decision;
      g_autofree char *title = NULL;

      if (found == NULL || found->fate != DHK_ROW_ASIDE)
        continue;
      title = g_strdup_printf (_ ("Row %u"), (guint) found->line);
      decision = find_row_decision (self->draft, file, found->line);
      adw_expander_row_add_row (row, decision != NULL ? dhk_decision_row_new (
                                         decision, title, found->reason, self->func, self->owner)
                                                      : create_plain_row (title, found->reason));
      n++;
    }
}

/* The reason that all rows kept aside share, or NULL. */
static const char *
find_common_reason (const DhkDraftFile *file)
{
  const char *reason = NULL;

  for (guint i = 0; i < dhk_draft_file_get_n_rows (file); i++)
    {
      const DhkDraftRow *row = dhk_draft_file_peek_row (file, i);

      if (row == NULL || row->fate != DHK_ROW_ASIDE)
        continue;
      if (reason != NULL && g_strcmp0 (reason, row->reason) != 0)
        return NULL;
      reason = row->reason;
    }
  return reason;
}

GtkWidget *
dhk_import_create_aside_row (DhkDraft *draft, guint index, DhkDecidedFunc func, GtkWidget *owner)
{
  const Filling filling = { draft, index, FALSE, func, owner };
  const DhkDraftFile *file = get_file (draft, index);
  guint aside = (guint) dhk_draft_get_totals (draft, file).aside;
  const char *reason = find_common_reason (file);
  g_autofree char *name = dhk_import_dup_file_label (draft, index);
  g_autofree char *text = NULL;
  g_autofree char *why = NULL;

  if (aside == 0)
    return NULL;
  text = g_strdup_printf (ngettext ("%u row will be kept aside: kept, but not analysed",
                                    "%u rows will be kept aside: kept, but not analysed", aside),
                          aside);
  why = reason != NULL ? g_strdup_printf ("%s\n%s", reason, name) : g_strdup (name);
  return create_expander (&filling, text, why, fill_aside_cb);
}

/* Conflicts --------------------------------------------------------------------- */

void
dhk_import_add_conflicts (DhkDraft *draft, GtkListBox *list)
{
  gboolean is_study = dhk_import_is_study (draft);
  guint n = 0;

  for (guint f = 0; f < dhk_draft_get_files (draft)->len; f++)
    {
      const DhkDraftFile *file = get_file (draft, f);
      g_autofree char *name = dhk_import_dup_file_label (draft, f);

      for (guint i = 0; i < file->conflicts->len && n < MAX_ROWS; i++, n++)
        {
          const DhkDraftConflict *conflict = g_ptr_array_index (file->conflicts, i);
          const DhkDraftRow *row = dhk_draft_file_peek_row (file, conflict->row);
          const DhkQuestionnaire *questionnaire = dhk_instrument_get_questionnaire (
              dhk_draft_get_instrument (draft), (guint) file->questionnaire);
          g_autofree char *text = g_strdup_printf (
              is_study ? _ ("%s here · %s in “%s”, row %u")
                       : _ ("%s in the study, corrected by hand · %s in “%s”, row %u"),
              conflict->held, conflict->found, name, (guint) row->line);

          gtk_list_box_append (
              list, create_plain_row (
                        conflict->is_exclusion
                            ? _ ("Left out of the analysis")
                            : dhk_text_get (&questionnaire->questions[conflict->question].text,
                                            dhk_language_of_messages ()),
                        text));
        }
    }
}

/* Profiles ------------------------------------------------------------------------ */

/* "Parents 2023" where all files are read with it. Free with g_free(). */
static char *
dup_profiles (DhkDraft *draft)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint f = 0; f < dhk_draft_get_files (draft)->len; f++)
    {
      const char *name = get_file (draft, f)->profile;

      if (name != NULL && strstr (names->str, name) == NULL)
        g_string_append_printf (names, "%s“%s”", names->len > 0 ? ", " : "", name);
    }
  return names->len > 0 ? g_strdup_printf (_ ("Read with %s: what was decided before holds again."),
                                           names->str)
                        : g_strdup (_ ("No import profile fits these files."));
}

GtkWidget *
dhk_import_create_profile_row (DhkDraft *draft, DhkDecidedFunc func, GtkWidget *owner)
{
  const DhkDraftQuestion *decision = dhk_draft_find_question (draft, "all:profile");
  g_autofree char *text = NULL;

  if (decision == NULL)
    return NULL;
  text = dup_profiles (draft);
  return dhk_decision_row_new (decision, _ ("Import profile"), text, func, owner);
}

gboolean
dhk_import_has_decisions (DhkDraft *draft)
{
  GPtrArray *decisions = dhk_draft_get_decisions (draft);

  for (guint i = 0; i < decisions->len; i++)
    {
      const DhkDraftQuestion *decision = g_ptr_array_index (decisions, i);

      if (decision->kind != NULL && decision->by == DHK_DECIDED_BY_HAND)
        return TRUE;
    }
  return FALSE;
}
