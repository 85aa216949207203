/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <glib.h>
#include <jansson.h>

#include "fob-secret.h"

G_BEGIN_DECLS

/* Typed looks at members of other programs' JSON. All take any value for @object, also NULL and
 * things that are no objects: such have no members. */

/**
 * fob_json_get_text:
 *
 * Returns: (transfer none): the text of the member; "" when it is absent, null, no text, or the
 *   word `null`, which some programs write for nothing.
 */
const char *fob_json_get_text (json_t *object, const char *key);

/* Returns: (transfer none): the first of the NULL-terminated @keys with a text that is not "". */
const char *fob_json_get_first_text (json_t *object, const char *const *keys);

/**
 * fob_json_read_number:
 * @value: (inout): left as it is when the member is absent, null or ""
 *
 * Reads a number that is not negative, also one that is written as text or as a whole double.
 *
 * Returns: FALSE when the member is there and is something else.
 */
gboolean fob_json_read_number (json_t *object, const char *key, guint64 *value);

/* Returns: whether the member is true, or the text `true`. */
gboolean fob_json_get_flag (json_t *object, const char *key);

/**
 * fob_json_get_base64:
 * @size: (out)
 *
 * Returns: (transfer full) (nullable): the bytes of the member; NULL when it is no text, "" or not
 *   in base64, strictly (RFC 4648 section 4).
 */
guint8 *fob_json_get_base64 (json_t *object, const char *key, gsize *size);

/**
 * fob_json_get_bytes:
 *
 * Returns: (transfer full) (nullable): the bytes of an array of numbers from -128 to 255, as Java
 *   programs write them; NULL when it is something else, empty, or longer than a secret may be.
 */
FobSecret *fob_json_get_bytes (json_t *object, const char *key);

/**
 * fob_json_index_texts:
 *
 * Returns: (transfer container): of an array of objects, from the text or whole number under @key,
 *   as text, to the text under @value_key, borrowed. The first of several counts; "" is no key.
 */
GHashTable *fob_json_index_texts (json_t *array, const char *key, const char *value_key);

/* Returns: (transfer none) (nullable): what such a table has for the text or whole number under
 * @key. */
const char *fob_json_look_up (json_t *object, const char *key, GHashTable *index);

/**
 * fob_base64_decode:
 * @text: need not be NUL-terminated
 * @size: (out)
 *
 * Returns: (transfer full) (nullable): NULL unless all of @text is base64 with its padding.
 */
guint8 *fob_base64_decode (const char *text, gsize length, gsize *size);

G_END_DECLS
