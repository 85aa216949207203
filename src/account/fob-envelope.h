/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <glib-object.h>

#include "fob-account-error.h"
#include "fob-secret.h"

G_BEGIN_DECLS

/**
 * FobEnvelope:
 *
 * The header of an Aegis-format encrypted file with its master key open: what is needed to seal
 * content again without running scrypt. Immutable and reference-counted. scrypt is slow on purpose:
 * create and open in a worker thread.
 */
typedef struct _FobEnvelope FobEnvelope;

/**
 * fob_envelope_new:
 *
 * A random master key, wrapped under scrypt of @passphrase with what fob_scrypt_cost_calibrate ()
 * says: about half a second on this machine.
 *
 * Returns: (transfer full) (nullable): FOB_ACCOUNT_ERROR_CRYPTO when there is no memory for scrypt.
 */
FobEnvelope *fob_envelope_new (FobSecret *passphrase, GError **error);

/**
 * fob_envelope_open:
 * @file: the whole file
 * @passphrase: tried on every password slot, as typed and then in the other Unicode normal forms
 * @content: (out) (transfer full): the decrypted content, wiped when freed
 *
 * Returns: (transfer full) (nullable): FOB_ACCOUNT_ERROR_FORMAT, _VERSION, _LIMITS before any key
 * is derived, then _PASSPHRASE or _DAMAGED.
 */
FobEnvelope *fob_envelope_open (GBytes *file,
                                FobSecret *passphrase,
                                GBytes **content,
                                GError **error);

/**
 * fob_envelope_reopen:
 *
 * Decrypts another file sealed with the same master key (a later generation).
 * FOB_ACCOUNT_ERROR_PASSPHRASE when it is another one's.
 */
GBytes *fob_envelope_reopen (FobEnvelope *self, GBytes *file, GError **error);

/**
 * fob_envelope_seal:
 * @content: compact JSON
 * @generation: counts commits; stands outside of the seal, in a member that Aegis passes over
 *
 * Returns: (transfer full) (nullable): the file's bytes, with a fresh nonce; slots and unknown
 * header members are kept.
 */
GBytes *fob_envelope_seal (FobEnvelope *self, GBytes *content, guint64 generation, GError **error);

/* Returns: the generation that a file says it is of; 1 for a file of another program, 0 for no
 * vault. */
guint64 fob_envelope_peek_generation (GBytes *file);

/**
 * fob_envelope_format_key:
 *
 * Returns: (transfer full): the header and the open master key, for a place as safe as what they
 * open: one line of printable ASCII; free it with fob_wipe_free_string ().
 */
char *fob_envelope_format_key (FobEnvelope *self);

/* Returns: (transfer full) (nullable): what fob_envelope_format_key () wrote;
 * FOB_ACCOUNT_ERROR_FORMAT. */
FobEnvelope *fob_envelope_parse_key (const char *text, gsize size, GError **error);

FobEnvelope *fob_envelope_ref (FobEnvelope *self);
void fob_envelope_unref (FobEnvelope *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FobEnvelope, fob_envelope_unref)

G_END_DECLS
