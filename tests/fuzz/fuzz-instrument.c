/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Instruments: any bytes are one, or an error. One that is taken can be walked from end to
 * end, and be changed; what comes out of a change is read again. Bytes after a NUL are texts that
 * are put in, as a person types them.
 */

#include "fuzz-input.h"

#include "study/dhk-instrument-edit.h"

#include <string.h>

static void
check_text (const DhkText *text)
{
  const char *shown = dhk_text_get (text, DHK_LANGUAGE_NL);

  if (shown == NULL || !g_utf8_validate (shown, -1, NULL))
    g_error ("A wording is no text.");
}

static void
walk (DhkInstrument *self)
{
  check_text (dhk_instrument_get_title (self));
  for (guint i = 0; i < dhk_instrument_get_n_items (self); i++)
    g_assert_cmpint (dhk_instrument_find_item (self, dhk_instrument_get_item (self, i)->id), ==,
                     (int) i);
  for (guint i = 0; i < dhk_instrument_get_n_scales (self); i++)
    check_text (&dhk_instrument_get_scale (self, i)->label);
  for (guint i = 0; i < dhk_instrument_get_n_questionnaires (self); i++)
    {
      const DhkQuestionnaire *form = dhk_instrument_get_questionnaire (self, i);

      check_text (&form->label);
    }
}

/* Takes the changed one, which has to load as it is written. */
static void
check_change (DhkInstrument *changed, const GError *error)
{
  g_autoptr (DhkInstrument) mine G_GNUC_UNUSED = changed;
  g_autoptr (DhkInstrument) again = NULL;
  g_autoptr (GError) problem = NULL;

  fuzz_check_error (changed != NULL, error);
  if (changed == NULL)
    return;
  walk (changed);
  again = dhk_instrument_new_from_bytes (dhk_instrument_get_xml (changed), "again", &problem);
  g_assert_no_error (problem);
}

static void
change (DhkInstrument *self, const char *text, guint pick)
{
  g_autoptr (GError) error = NULL;
  guint n_scales = dhk_instrument_get_n_scales (self);
  DhkInstrument *changed;

  switch (pick % 6)
    {
    case 0:
      changed = dhk_instrument_with_title (self, DHK_LANGUAGE_NL, text, &error);
      break;
    case 1:
      changed = dhk_instrument_with_wording (self, 0, 0, DHK_LANGUAGE_NL, text, &error);
      break;
    case 2:
      changed = dhk_instrument_with_question_removed (self, 0, 0, &error);
      break;
    case 3:
      if (n_scales == 0)
        return;
      changed
          = dhk_instrument_with_scale_label (self, pick % n_scales, DHK_LANGUAGE_NL, text, &error);
      break;
    case 4:
      changed = dhk_instrument_with_questionnaire_copied (self, 0, -1, text, DHK_LANGUAGE_NL, text,
                                                          &error);
      break;
    case 5:
    default:
      changed = dhk_instrument_with_question_added (self, 0, -1, -1, 0, -1, DHK_LANGUAGE_NL, text,
                                                    &error);
      break;
    }
  check_change (changed, error);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const guint8 *stop = size > 0 ? memchr (data, '\0', size) : NULL;
  gsize length = stop != NULL ? (gsize) (stop - data) : size;
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  g_autoptr (GError) error = NULL;
  g_autoptr (DhkInstrument) instrument = dhk_instrument_new_from_bytes (bytes, "fuzz.xml", &error);

  fuzz_check_error (instrument != NULL, error);
  if (instrument == NULL)
    return 0;
  walk (instrument);
  if (stop != NULL && dhk_instrument_get_n_questionnaires (instrument) > 0
      && dhk_instrument_get_questionnaire (instrument, 0)->n_questions > 0
      && dhk_instrument_get_n_answer_scales (instrument) > 0)
    {
      g_autofree char *text = g_strndup ((const char *) stop + 1, size - length - 1);

      change (instrument, text, (guint) size);
    }
  return 0;
}
