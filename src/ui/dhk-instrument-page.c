/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "ui/dhk-instrument-page.h"

#include <glib/gi18n.h>

#include "ui/dhk-drop-down.h"
#include "ui/dhk-instrument-page-private.h"
#include "ui/dhk-message.h"
#include "ui/dhk-session-instrument.h"
#include "ui/dhk-slices.h"

G_DEFINE_FINAL_TYPE (DhkInstrumentPage, dhk_instrument_page, GTK_TYPE_WIDGET)

/* What is shown ----------------------------------------------------------- */

DhkInstrument *
dhk_instrument_page_get_instrument (DhkInstrumentPage *self)
{
  return self->draft != NULL ? self->draft : dhk_session_get_instrument (self->session);
}

gboolean
dhk_instrument_page_is_editing (DhkInstrumentPage *self)
{
  return self->draft != NULL;
}

guint
dhk_instrument_page_get_questionnaire (DhkInstrumentPage *self)
{
  guint selected = gtk_drop_down_get_selected (self->questionnaires);

  return selected != GTK_INVALID_LIST_POSITION ? selected : 0;
}

DhkLanguage
dhk_instrument_page_get_language (DhkInstrumentPage *self)
{
  return gtk_drop_down_get_selected (self->languages) == 1 ? DHK_LANGUAGE_EN : DHK_LANGUAGE_NL;
}

static void
update_subtitle (DhkInstrumentPage *self)
{
  DhkInstrument *instrument = dhk_instrument_page_get_instrument (self);
  DhkInstrument *saved = dhk_session_get_instrument (self->session);
  /* TRANSLATORS: the title of the questionnaires, and their version */
  g_autofree char *text = g_strdup_printf (
      _ ("%s, version %s: what is asked of whom, and how answers become scores."),
      dhk_text_get (dhk_instrument_get_title (instrument), dhk_language_of_messages ()),
      dhk_instrument_get_version (saved));

  gtk_label_set_text (self->subtitle, text);
}

static void
update_bar (DhkInstrumentPage *self)
{
  g_autofree char *text = NULL;
  gboolean is_changed = FALSE;

  gtk_widget_set_visible (self->bar, self->draft != NULL);
  gtk_widget_set_visible (self->edit_button, self->draft == NULL);
  if (self->draft != NULL)
    {
      DhkInstrument *saved = dhk_session_get_instrument (self->session);
      g_autofree char *version = dhk_instrument_dup_next_version (saved);
      g_autoptr (GPtrArray) changes
          = dhk_instrument_list_changes (saved, self->draft, dhk_language_of_messages ());

      is_changed = changes->len > 0;
      text = g_strdup_printf (ngettext ("Version %s, not saved: %u change",
                                        "Version %s, not saved: %u changes", changes->len),
                              version, changes->len);
      gtk_label_set_text (self->state, text);
    }
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.save", is_changed);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.edit",
                                 !dhk_session_is_read_only (self->session));
}

static const struct
{
  const char *tab;
  gboolean (*build) (DhkInstrumentPage *self, guint place);
  guint n; /* pieces a frame */
} builders[] = {
  { "questions", dhk_instrument_page_build_questions, 2 },
  { "scales", dhk_instrument_page_build_scales, 1 },
  { "answers", dhk_instrument_page_build_answers, 3 },
};

static gboolean
build_cb (GtkWidget *tabs, guint place)
{
  DhkInstrumentPage *self
      = DHK_INSTRUMENT_PAGE (gtk_widget_get_ancestor (tabs, DHK_TYPE_INSTRUMENT_PAGE));
  gboolean was_updating = self->updating;
  gboolean more;

  self->updating = TRUE;
  more = builders[self->building].build (self, place);
  self->updating = was_updating;
  if (!more)
    self->stale &= ~(1u << self->building);
  return more;
}

/* Hundreds of rows take their time: a tab is made when it is looked at, and goes on from the top. */
static void
build_shown (DhkInstrumentPage *self)
{
  const char *shown = gtk_stack_get_visible_child_name (self->tabs);

  dhk_slices_stop (GTK_WIDGET (self->tabs));
  if (!gtk_widget_get_mapped (GTK_WIDGET (self->tabs)))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (builders); i++)
    if ((self->stale & 1u << i) != 0 && g_strcmp0 (shown, builders[i].tab) == 0)
      {
        self->building = i;
        dhk_slices_start (GTK_WIDGET (self->tabs), build_cb, builders[i].n);
      }
}

static void
rebuild (DhkInstrumentPage *self)
{
  self->stale = ~0u;
  build_shown (self);
  /* Where the focus goes may be the last row; most rows are there already then. */
  if (self->focus != NULL)
    dhk_slices_finish (GTK_WIDGET (self->tabs));
  dhk_instrument_page_restore_focus (self);
}

static void
update (DhkInstrumentPage *self)
{
  update_subtitle (self);
  update_bar (self);
  rebuild (self);
}

gboolean
dhk_instrument_page_take (
    DhkInstrumentPage *self, DhkInstrument *next, GError *error, gboolean again, const char *focus)
{
  if (next == NULL)
    {
      dhk_message_toast (GTK_WIDGET (self), error->message, NULL, NULL);
      return FALSE;
    }
  g_clear_pointer (&self->draft, dhk_instrument_unref);
  self->draft = next;
  update_bar (self);
  if (again)
    {
      g_free (self->focus);
      self->focus = g_strdup (focus);
      rebuild (self);
    }
  return TRUE;
}

/* Choices above the tabs -------------------------------------------------- */

static void
chosen_cb (DhkInstrumentPage *self)
{
  if (!self->updating)
    rebuild (self);
}

/* In which words the form is printed: hidden where there is one wording only. */
static void
fill_variants (DhkInstrumentPage *self)
{
  const DhkInstrument *instrument = dhk_instrument_page_get_instrument (self);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint n = dhk_instrument_get_n_variants (instrument);
  guint selected = gtk_drop_down_get_selected (self->variants);

  gtk_string_list_append (names, _ ("The words as they are"));
  for (guint i = 0; i < n; i++)
    gtk_string_list_append (names, dhk_text_get (&dhk_instrument_get_variant (instrument, i)->label,
                                                 dhk_language_of_messages ()));
  gtk_drop_down_set_model (self->variants, G_LIST_MODEL (names));
  if (selected <= n)
    gtk_drop_down_set_selected (self->variants, selected);
  gtk_widget_set_visible (GTK_WIDGET (self->variants), n > 0);
}

/* That of the window, unless the questionnaires are in the other one only. */
static DhkLanguage
get_first_language (const DhkInstrument *instrument)
{
  const DhkText *title = dhk_instrument_get_title (instrument);
  DhkLanguage language = dhk_language_of_messages ();
  DhkLanguage other = language == DHK_LANGUAGE_EN ? DHK_LANGUAGE_NL : DHK_LANGUAGE_EN;

  return title->in[language] == NULL && title->in[other] != NULL ? other : language;
}

static void
fill_choices (DhkInstrumentPage *self)
{
  const char *const languages[] = { _ ("Dutch texts"), _ ("English texts"), NULL };
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) choices = gtk_string_list_new (languages);
  DhkInstrument *instrument = dhk_instrument_page_get_instrument (self);
  DhkLanguage language = dhk_language_of_messages ();
  guint selected = dhk_instrument_page_get_questionnaire (self);

  self->updating = TRUE;
  for (guint i = 0; i < dhk_instrument_get_n_questionnaires (instrument); i++)
    gtk_string_list_append (
        names, dhk_text_get (&dhk_instrument_get_questionnaire (instrument, i)->label, language));
  gtk_drop_down_set_model (self->questionnaires, G_LIST_MODEL (names));
  if (selected < dhk_instrument_get_n_questionnaires (instrument))
    gtk_drop_down_set_selected (self->questionnaires, selected);
  if (gtk_drop_down_get_model (self->languages) == NULL)
    {
      gtk_drop_down_set_model (self->languages, G_LIST_MODEL (choices));
      gtk_drop_down_set_selected (self->languages,
                                  get_first_language (instrument) == DHK_LANGUAGE_EN ? 1 : 0);
    }
  fill_variants (self);
  self->updating = FALSE;
}

void
dhk_instrument_page_show_questionnaire (DhkInstrumentPage *self, guint index)
{
  fill_choices (self);
  if (dhk_instrument_page_get_questionnaire (self) != index)
    gtk_drop_down_set_selected (self->questionnaires, index);
  else
    rebuild (self);
}

/* Editing ----------------------------------------------------------------- */

static void
edit_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DhkInstrumentPage *self = DHK_INSTRUMENT_PAGE (widget);

  if (self->draft != NULL)
    return;
  self->draft = dhk_instrument_ref (dhk_session_get_instrument (self->session));
  dhk_session_set_instrument_held (self->session, TRUE);
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->tabs), "versions") == 0)
    gtk_stack_set_visible_child_name (self->tabs, "questions");
  update (self);
  gtk_widget_child_focus (GTK_WIDGET (self->tabs), GTK_DIR_TAB_FORWARD);
}

static void
stop_editing (DhkInstrumentPage *self)
{
  g_clear_pointer (&self->draft, dhk_instrument_unref);
  dhk_session_set_instrument_held (self->session, FALSE);
  fill_choices (self);
  update (self);
  if (gtk_widget_get_mapped (self->edit_button))
    gtk_widget_grab_focus (self->edit_button);
}

static void
discard_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  stop_editing (DHK_INSTRUMENT_PAGE (widget));
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DhkInstrumentPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (!dhk_session_change_finish (DHK_SESSION (source), result, &error))
    {
      dhk_message_show_error (GTK_WIDGET (self), _ ("The new version was not saved"), error);
      return;
    }
  if (self->session == NULL)
    return;
  stop_editing (self);
  text = g_strdup_printf (_ ("Version %s saved. Every score follows it."),
                          dhk_instrument_get_version (dhk_session_get_instrument (self->session)));
  dhk_message_toast (GTK_WIDGET (self), text, _ ("_Undo"), "win.undo");
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DhkInstrumentPage *self = DHK_INSTRUMENT_PAGE (widget);
  DhkInstrument *saved = dhk_session_get_instrument (self->session);
  g_autofree char *label = dhk_instrument_dup_next_version (saved);
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkInstrument) version = NULL;
  GtkRoot *root = gtk_widget_get_root (widget);

  if (self->draft == NULL)
    return;
  /* What is being typed counts: leaving a row takes its text. */
  if (root != NULL)
    gtk_root_set_focus (root, NULL);
  version = dhk_instrument_with_version (self->draft, label, saved, &error);
  if (version == NULL)
    dhk_message_show_error (widget, _ ("The new version was not saved"), error);
  else
    dhk_session_set_instrument_async (self->session, version, saved_cb, g_object_ref (self));
}

/* Versions only for who looks: while the study is read, nothing can be undone. */
static void
tab_cb (DhkInstrumentPage *self)
{
  build_shown (self);
  if (!self->updating && g_strcmp0 (gtk_stack_get_visible_child_name (self->tabs), "versions") == 0)
    dhk_instrument_page_load_versions (self);
}

/* The study changed: undone, or by another page. */
static void
session_changed_cb (DhkInstrumentPage *self)
{
  fill_choices (self);
  update_subtitle (self);
  update_bar (self);
  if (self->draft == NULL)
    rebuild (self);
  tab_cb (self);
}

/* Life -------------------------------------------------------------------- */

static void
dhk_instrument_page_dispose (GObject *object)
{
  DhkInstrumentPage *self = DHK_INSTRUMENT_PAGE (object);
  GtkWidget *child;

  /* Rows that lose the focus while they go have nothing to say any more. */
  self->updating = TRUE;
  if (self->tabs != NULL)
    dhk_slices_stop (GTK_WIDGET (self->tabs));
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  if (self->draft != NULL)
    dhk_session_set_instrument_held (self->session, FALSE);
  g_clear_object (&self->session);
  g_clear_pointer (&self->draft, dhk_instrument_unref);
  g_clear_pointer (&self->focus, g_free);

  G_OBJECT_CLASS (dhk_instrument_page_parent_class)->dispose (object);
}

static void
dhk_instrument_page_class_init (DhkInstrumentPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dhk_instrument_page_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/driehoek/Driehoek/instrument-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DhkInstrumentPage, content);
  gtk_widget_class_bind_template_child (widget_class, DhkInstrumentPage, subtitle);
  gtk_widget_class_bind_template_child (widget_class, DhkInstrumentPage, edit_button);
  gtk_widget_class_bind_template_child (widget_class, DhkInstrumentPage, questionnaires);
  gtk_widget_class_bind_template_child (widget_class, DhkInstrumentPage, languages);
  gtk_widget_class_bind_template_child (widget_class, DhkInstrumentPage, variants);
  gtk_widget_class_bind_template_child (widget_class, DhkInstrumentPage, tabs);
  gtk_widget_class_bind_template_child (widget_class, DhkInstrumentPage, questions);
  gtk_widget_class_bind_template_child (widget_class, DhkInstrumentPage, scales);
  gtk_widget_class_bind_template_child (widget_class, DhkInstrumentPage, answers);
  gtk_widget_class_bind_template_child (widget_class, DhkInstrumentPage, versions);
  gtk_widget_class_bind_template_child (widget_class, DhkInstrumentPage, bar);
  gtk_widget_class_bind_template_child (widget_class, DhkInstrumentPage, state);
  gtk_widget_class_install_action (widget_class, "page.edit", NULL, edit_action);
  gtk_widget_class_install_action (widget_class, "page.discard", NULL, discard_action);
  gtk_widget_class_install_action (widget_class, "page.save", NULL, save_action);
  dhk_instrument_page_install_paper (widget_class);
}

static void
dhk_instrument_page_init (DhkInstrumentPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  dhk_drop_down_set_length (self->questionnaires, 20, 40);
  dhk_drop_down_set_length (self->languages, 6, 40);
  dhk_drop_down_set_length (self->variants, 6, 40);
}

GtkWidget *
dhk_instrument_page_new (DhkSession *session)
{
  DhkInstrumentPage *self;

  g_return_val_if_fail (DHK_IS_SESSION (session), NULL);

  self = g_object_new (DHK_TYPE_INSTRUMENT_PAGE, NULL);
  self->session = g_object_ref (session);
  fill_choices (self);
  g_signal_connect_swapped (self->questionnaires, "notify::selected", G_CALLBACK (chosen_cb), self);
  g_signal_connect_swapped (self->languages, "notify::selected", G_CALLBACK (chosen_cb), self);
  g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_swapped (self->tabs, "notify::visible-child", G_CALLBACK (tab_cb), self);
  g_signal_connect_swapped (self->tabs, "map", G_CALLBACK (build_shown), self);
  update (self);
  return GTK_WIDGET (self);
}
