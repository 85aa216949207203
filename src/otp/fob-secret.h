/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * FobSecret:
 *
 * Immutable, reference-counted key bytes (also PINs and passphrases) in OpenSSL's secure heap:
 * locked, not in core dumps, wiped when the last reference goes. When the secure heap is full
 * ordinary memory is used, and wiped just the same. Thread-safe.
 */
typedef struct _FobSecret FobSecret;

#define FOB_TYPE_SECRET (fob_secret_get_type ())
GType fob_secret_get_type (void) G_GNUC_CONST;

/**
 * fob_secret_new:
 * @data: @size bytes, copied; wiping the original is the caller's business
 * @size: number of bytes, may be 0 (an empty passphrase is a value, an empty key is refused by
 * FobOtp)
 *
 * Returns: (transfer full): a new secret.
 */
FobSecret *fob_secret_new (gconstpointer data, gsize size);

/**
 * fob_secret_new_from_base32:
 * @text: base32 as people have it: lower case, spaces, dashes and padding are tolerated, also an
 * odd length (left-over bits are dropped)
 * @length: its length in bytes, or -1 if NUL-terminated
 * @error: FOB_OTP_ERROR_SECRET when empty, too long or not base32 (RFC 4648 section 6)
 *
 * Returns: (transfer full) (nullable): the decoded bytes.
 */
FobSecret *fob_secret_new_from_base32 (const char *text, gssize length, GError **error);

/**
 * fob_secret_new_from_hex:
 * @text: pairs of hexadecimal digits in any case; white space and dashes are tolerated
 * @length: its length in bytes, or -1 if NUL-terminated
 * @error: FOB_OTP_ERROR_SECRET
 *
 * Returns: (transfer full) (nullable): the decoded bytes.
 */
FobSecret *fob_secret_new_from_hex (const char *text, gssize length, GError **error);

FobSecret *fob_secret_ref (FobSecret *self);
void fob_secret_unref (FobSecret *self);
gconstpointer fob_secret_get_data (FobSecret *self, gsize *size);
gsize fob_secret_get_size (FobSecret *self);

/**
 * fob_secret_equal:
 *
 * Compares in constant time for secrets of one size. NULL equals only NULL.
 */
gboolean fob_secret_equal (FobSecret *a, FobSecret *b);

/**
 * fob_secret_dup_base32:
 *
 * Returns: (transfer full): upper-case, unpadded base32 (RFC 4648 section 6); free it with
 *   fob_wipe_free_string ().
 */
char *fob_secret_dup_base32 (FobSecret *self);

/**
 * fob_secret_dup_hex:
 *
 * Returns: (transfer full): lower-case hexadecimal; free it with fob_wipe_free_string ().
 */
char *fob_secret_dup_hex (FobSecret *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FobSecret, fob_secret_unref)

G_END_DECLS
