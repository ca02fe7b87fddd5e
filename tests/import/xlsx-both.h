/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A sheet's plain rows are read without libxml2 (src/import/dhk-xlsx-rows.c). Here every sheet is read
 * with libxml2 alone as well, for tests and fuzz targets: the rows, their cells and what was
 * noted must be the same, and so must a refusal.
 */

#include <glib.h>

/* Ends the program with what differs. Bytes that are no workbook are passed over. */
void xlsx_check_both_ways (GBytes *bytes);
