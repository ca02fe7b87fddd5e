/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Readers that fill an outline. Inner header of the import room. */

#include <libxml/tree.h>

#include "import/dhk-outline.h"
#include "import/dhk-reader.h"

G_BEGIN_DECLS

/* Reads the texts in the language that the file calls `code` ("nl-informal"). */
typedef DhkOutline *(*DhkOutlineRead) (const xmlNode *root,
                                       const char *name,
                                       const char *code,
                                       DhkLanguage language);

/* The texts in the window's language when the file has it among `codes`, else in the other that an
 * instrument holds, else in the first; where the file has both, both. */
DhkOutline *dhk_outline_read_languages (const xmlNode *root,
                                        const char *name,
                                        const GPtrArray *codes,
                                        DhkOutlineRead read);

/* A survey of LimeSurvey, whose root is <document>; `name` is its title when it has none. */
DhkOutline *dhk_outline_read_lss (const xmlNode *root, const char *name);

/* A questionnaire in queXML, whose root is <questionnaire>. */
DhkOutline *dhk_outline_read_quexml (const xmlNode *root, const char *name);

/* A table of answers. */
DhkOutline *dhk_outline_read_table (DhkReader *reader,
                                    const char *name,
                                    DhkInstrument *known,
                                    GCancellable *cancellable,
                                    GError **error);

G_END_DECLS
