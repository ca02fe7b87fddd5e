/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The entry view: what each key does. */

#include <glib/gi18n.h>
#include <string.h>

#include "ui/dhk-entry-view-private.h"

/* Digits ---------------------------------------------------------------------- */

static void
answer_code (DhkEntryView *self, int code)
{
  DhkEntryAnswer answer = { .kind = DHK_ENTRY_ANSWERED, .code = code };

  if (self->n_several > 0)
    dhk_entry_view_tick (self, (guint) code);
  else
    dhk_entry_view_answer (self, &answer);
}

static void
type_digit (DhkEntryView *self, char digit)
{
  g_autofree char *typed = NULL;
  g_autofree char *sentence = NULL;
  int code = 0;

  g_string_append_c (self->digits, digit);
  switch (dhk_answer_key_match (self->choices, self->digits->str, &code))
    {
    case DHK_ANSWER_KEY_WHOLE:
      answer_code (self, code);
      break;
    case DHK_ANSWER_KEY_BEGIN:
    case DHK_ANSWER_KEY_MORE:
      sentence = g_strdup_printf (_ ("%s… type the next digit, or Enter."), self->digits->str);
      dhk_entry_view_say (self, sentence);
      break;
    case DHK_ANSWER_KEY_NONE:
    default:
      typed = g_strdup (self->digits->str);
      g_string_truncate (self->digits, 0);
      dhk_entry_view_refuse (self, typed);
      break;
    }
}

/* The digits typed so far, as they stand. */
static void
accept_digits (DhkEntryView *self)
{
  g_autofree char *typed = g_strdup (self->digits->str);
  int code = 0;
  DhkAnswerKey key = dhk_answer_key_match (self->choices, typed, &code);

  g_string_truncate (self->digits, 0);
  if (key == DHK_ANSWER_KEY_MORE || key == DHK_ANSWER_KEY_WHOLE)
    answer_code (self, code);
  else
    dhk_entry_view_refuse (self, typed);
}

static void
accept_number (DhkEntryView *self)
{
  DhkInstrument *instrument = dhk_session_get_instrument (self->session);
  const DhkVariable *variable = dhk_instrument_get_variable (
      instrument, (guint) dhk_entry_view_get_question (self)->variable);
  const char *text = gtk_editable_get_text (self->number_answer);
  DhkEntryAnswer answer = { .kind = DHK_ENTRY_ANSWERED };

  if (text[0] == '\0')
    dhk_entry_view_go_on (self);
  else if (dhk_answer_key_parse_number (text, &answer.number) && answer.number >= variable->minimum
           && answer.number <= variable->maximum)
    {
      const DhkEntryAnswer *old = &self->sheet->answers[self->question];

      if (dhk_entry_answer_same (old, &answer))
        dhk_entry_view_go_on (self);
      else
        dhk_entry_view_answer (self, &answer);
    }
  else
    dhk_entry_view_refuse_number (self, text);
}

/* Stages ------------------------------------------------------------------------ */

static gboolean
is_digit (guint key, char *digit)
{
  if (key >= GDK_KEY_0 && key <= GDK_KEY_9)
    *digit = (char) ('0' + (key - GDK_KEY_0));
  else if (key >= GDK_KEY_KP_0 && key <= GDK_KEY_KP_9)
    *digit = (char) ('0' + (key - GDK_KEY_KP_0));
  else
    return FALSE;
  return TRUE;
}

static gboolean
is_enter (guint key)
{
  return key == GDK_KEY_Return || key == GDK_KEY_KP_Enter || key == GDK_KEY_ISO_Enter;
}

/* A minus can begin a number where numbers may be below zero. */
static gboolean
is_missing (DhkEntryView *self, guint key)
{
  if (key == GDK_KEY_Delete && self->choices != NULL)
    return TRUE;
  if (key != GDK_KEY_minus && key != GDK_KEY_KP_Subtract)
    return FALSE;
  return self->choices != NULL
         || dhk_instrument_get_variable (dhk_session_get_instrument (self->session),
                                         (guint) dhk_entry_view_get_question (self)->variable)
                    ->minimum
                >= 0
         || self->refused != NULL;
}

/* Of a number question: everything else edits the number. */
static gboolean
press_in_number (DhkEntryView *self, guint key)
{
  if (is_enter (key) || key == GDK_KEY_Tab)
    {
      accept_number (self);
      return TRUE;
    }
  if (key == GDK_KEY_BackSpace && gtk_editable_get_text (self->number_answer)[0] == '\0')
    {
      dhk_entry_view_go_back (self);
      return TRUE;
    }
  return FALSE;
}

static gboolean
press_in_cards (DhkEntryView *self, guint key)
{
  char digit;

  if (is_digit (key, &digit))
    type_digit (self, digit);
  else if ((is_enter (key) || key == GDK_KEY_Tab) && self->digits->len > 0)
    accept_digits (self);
  else if (is_enter (key) || key == GDK_KEY_Tab)
    dhk_entry_view_go_on (self);
  else if (key == GDK_KEY_BackSpace && self->digits->len > 0)
    {
      g_string_truncate (self->digits, 0);
      dhk_entry_view_say (self, NULL);
    }
  else if (key == GDK_KEY_BackSpace)
    dhk_entry_view_go_back (self);
  else if (key == GDK_KEY_Left || key == GDK_KEY_Up)
    dhk_entry_cards_move (self->cards, -1);
  else if (key == GDK_KEY_Right || key == GDK_KEY_Down)
    dhk_entry_cards_move (self->cards, 1);
  else if (key == GDK_KEY_Home)
    dhk_entry_view_show_question (self, 0);
  else if (key == GDK_KEY_End)
    dhk_entry_view_show_summary (self);
  else
    return FALSE;
  return TRUE;
}

static gboolean
press_in_question (DhkEntryView *self, guint key)
{
  if (is_missing (self, key))
    dhk_entry_view_show_missing (self);
  else if (key == GDK_KEY_ISO_Left_Tab)
    dhk_entry_view_go_back (self);
  else if (key == GDK_KEY_n && self->choices != NULL)
    dhk_entry_view_ask_number (self);
  else if (key == GDK_KEY_question)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-help-overlay", NULL);
  else
    return self->choices != NULL ? press_in_cards (self, key) : press_in_number (self, key);
  return TRUE;
}

static gboolean
press_in_missing (DhkEntryView *self, guint key)
{
  char digit;

  if (is_digit (key, &digit) && digit >= '1' && digit <= '5')
    dhk_entry_view_choose_card (self, (guint) (digit - '1'));
  else if (key == GDK_KEY_BackSpace || key == GDK_KEY_Escape)
    dhk_entry_view_show_question (self, self->question);
  else if (key == GDK_KEY_Left || key == GDK_KEY_Up)
    dhk_entry_cards_move (self->cards, -1);
  else if (key == GDK_KEY_Right || key == GDK_KEY_Down)
    dhk_entry_cards_move (self->cards, 1);
  else
    return FALSE;
  return TRUE;
}

/* More is no typing any more. */
#define MAX_AHEAD 256

/* Who types fast is ahead of a slow disk: no key may get lost, or all answers behind it shift. */
static gboolean
keep_ahead (DhkEntryView *self, guint key)
{
  if (gdk_keyval_to_unicode (key) == 0 && key != GDK_KEY_Home && key != GDK_KEY_End
      && key != GDK_KEY_ISO_Left_Tab)
    return FALSE;
  if (self->ahead->len < MAX_AHEAD)
    g_array_append_val (self->ahead, key);
  return TRUE;
}

static gboolean
is_focus (GtkWidget *widget)
{
  return gtk_root_get_focus (gtk_widget_get_root (widget)) == widget;
}

gboolean
dhk_entry_view_press (DhkEntryView *self, guint key)
{
  if (self->stage == DHK_ENTRY_STAGE_LOADING)
    return keep_ahead (self, key);
  if (self->stage == DHK_ENTRY_STAGE_MISSING)
    return press_in_missing (self, key);
  if (key == GDK_KEY_Escape)
    {
      dhk_entry_view_leave (self);
      return TRUE;
    }
  if (self->stage == DHK_ENTRY_STAGE_QUESTION)
    return press_in_question (self, key);
  if (self->stage == DHK_ENTRY_STAGE_SUMMARY && key == GDK_KEY_n)
    {
      dhk_entry_view_ask_number (self);
      return TRUE;
    }
  if (self->stage == DHK_ENTRY_STAGE_SUMMARY && key == GDK_KEY_BackSpace)
    {
      dhk_entry_view_show_question (self, self->sheet->n_answers - 1);
      return TRUE;
    }
  /* At once: a button that is pressed by a key takes its time. */
  if (self->stage == DHK_ENTRY_STAGE_SUMMARY && is_enter (key) && is_focus (self->summary_button))
    {
      dhk_entry_view_finish (self);
      return TRUE;
    }
  return FALSE;
}

/* Keys that came too early -------------------------------------------------------- */

static void
insert_letter (GtkEditable *field, gunichar letter)
{
  char text[7] = ""; /* ended: it is also told to screen readers */
  int length = g_unichar_to_utf8 (letter, text);
  int position;

  gtk_editable_delete_selection (field);
  position = gtk_editable_get_position (field);
  gtk_editable_insert_text (field, text, length, &position);
  gtk_editable_set_position (field, position);
}

static void
delete_letter (GtkEditable *field)
{
  int start = 0, end = 0;

  if (!gtk_editable_get_selection_bounds (field, &start, &end))
    {
      end = gtk_editable_get_position (field);
      start = MAX (end - 1, 0);
    }
  gtk_editable_delete_text (field, start, end);
}

/* What the widget that has the focus would have made of it. */
static void
replay_in_focus (DhkEntryView *self, guint key)
{
  gboolean asks_form = self->stage == DHK_ENTRY_STAGE_NUMBER;
  gboolean asks_number = self->stage == DHK_ENTRY_STAGE_QUESTION && self->choices == NULL;
  GtkEditable *field = asks_form ? self->number_entry : asks_number ? self->number_answer : NULL;
  gunichar letter = gdk_keyval_to_unicode (key);

  if (is_enter (key) && asks_form)
    g_signal_emit_by_name (field, "activate");
  else if (is_enter (key))
    gtk_widget_activate (gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self))));
  else if (field != NULL && key == GDK_KEY_BackSpace)
    delete_letter (field);
  else if (field != NULL && g_unichar_isprint (letter))
    insert_letter (field, letter);
}

void
dhk_entry_view_replay (DhkEntryView *self)
{
  while (self->ahead->len > 0 && self->stage != DHK_ENTRY_STAGE_LOADING)
    {
      guint key = g_array_index (self->ahead, guint, 0);

      g_array_remove_index (self->ahead, 0);
      if (!dhk_entry_view_press (self, key))
        replay_in_focus (self, key);
      /* What follows is for the dialog that these open. */
      if (key == GDK_KEY_n || key == GDK_KEY_question)
        dhk_entry_view_forget_ahead (self);
    }
}

void
dhk_entry_view_forget_ahead (DhkEntryView *self)
{
  g_array_set_size (self->ahead, 0);
}
