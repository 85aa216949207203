/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * FobVaultError:
 *
 * Errors of the vault. The messages are whole translated sentences for a person.
 */
typedef enum
{
  FOB_VAULT_ERROR_NO_SERVICE, /* no Secret Service on the bus, or no bus */
  FOB_VAULT_ERROR_LOCKED, /* still locked: the prompt was dismissed, or a passphrase is needed */
  FOB_VAULT_ERROR_PASSPHRASE, /* wrong passphrase (or damaged file, where the two look alike) */
  FOB_VAULT_ERROR_ABSENT,     /* no vault file yet */
  FOB_VAULT_ERROR_DAMAGED,    /* something is there but cannot be read; it was left as it is */
  FOB_VAULT_ERROR_VERSION,    /* written by a newer version */
  FOB_VAULT_ERROR_CONFLICT,   /* somebody else committed first (stores only; the vault reapplies) */
  FOB_VAULT_ERROR_NOT_FOUND,  /* the edit names an account that is not there any more */
  FOB_VAULT_ERROR_STORAGE,    /* reading or writing failed: disk full, permission, service error */
  FOB_VAULT_ERROR_OLDER, /* whole, but less than what was there before; fob_vault_accept_async () */
} FobVaultError;

#define FOB_VAULT_ERROR (fob_vault_error_quark ())
GQuark fob_vault_error_quark (void);

/**
 * fob_vault_error_from_envelope:
 * @cause: (transfer full): FOB_ACCOUNT_ERROR, of opening or sealing an envelope
 * @reopened: whether it was opened with the key of an earlier time, without a passphrase
 *
 * Returns: FALSE, with FOB_VAULT_ERROR and the same message.
 */
gboolean fob_vault_error_from_envelope (GError *cause, gboolean reopened, GError **error);

/* Returns: FALSE, with FOB_VAULT_ERROR_CONFLICT. */
gboolean fob_vault_error_fail_conflict (GError **error);

G_END_DECLS
