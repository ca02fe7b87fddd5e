/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Days of the Gregorian calendar, without a date of GLib for each cell. Inner header of the import room. */

#include <glib.h>

G_BEGIN_DECLS

/* Days since 1970-01-01 of any year, month and day (Howard Hinnant's algorithm, years from 1 March). */
static inline gint64
dhk_calendar_count_days (gint64 year, gint64 month, gint64 day)
{
  gint64 era, of_era, of_year;

  year -= month <= 2;
  era = year / 400;
  of_era = year - era * 400;
  of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static inline gboolean
dhk_calendar_is_day (int year, int month, int day)
{
  static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  gboolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

  return year >= 1 && month >= 1 && month <= 12 && day >= 1
         && day <= lengths[month - 1] + (month == 2 && leap ? 1 : 0);
}

G_END_DECLS
