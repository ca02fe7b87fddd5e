/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Inside the base room: what libxml2 has against a file, in our words. It speaks English alone, and to programmers. */

#include <glib.h>
#include <libxml/xmlerror.h>

G_BEGIN_DECLS

/*
 * A sentence that begins in the middle ("the element <a> is not closed."). Of what is rare the
 * words of libxml2 are quoted. Free with g_free().
 */
char *dhk_xml_dup_problem (const xmlError *problem);

G_END_DECLS
