/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <glib.h>
#include <jansson.h>

G_BEGIN_DECLS

/* Longest file that is looked at, in bytes. */
#define FOB_DOCUMENT_SIZE_MAX (64 * 1024 * 1024)

/**
 * FobDocument:
 *
 * The bytes of a file (or of what was pasted) and the ways to look at them, each made once and
 * only when asked for. Everything is wiped when freed. Not thread-safe.
 */
typedef struct _FobDocument FobDocument;

/**
 * fob_document_new:
 * @bytes: the whole file; hand over bytes that are wiped when freed
 *
 * Returns: (transfer full) (nullable): FOB_INTERCHANGE_ERROR_LIMITS for more than
 * FOB_DOCUMENT_SIZE_MAX.
 */
FobDocument *fob_document_new (GBytes *bytes, GError **error);
void fob_document_free (FobDocument *self);

GBytes *fob_document_get_bytes (FobDocument *self); /* borrowed */

/**
 * fob_document_get_text:
 * @length: (out) (optional): in bytes
 *
 * Returns: (transfer none) (nullable): as NUL-terminated UTF-8 without byte order mark and without
 * white space around it, also where it was UTF-16; NULL if it is no text (or has a NUL in it).
 */
const char *fob_document_get_text (FobDocument *self, gsize *length);

/**
 * fob_document_get_json:
 *
 * Returns: (transfer none) (nullable): an object or array; NULL if the text is neither.
 */
json_t *fob_document_get_json (FobDocument *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FobDocument, fob_document_free)

G_END_DECLS
