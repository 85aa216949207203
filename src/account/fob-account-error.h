/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * FobAccountError:
 *
 * Errors of reading and writing a set of accounts. The messages are whole translated sentences for
 * a person.
 */
typedef enum
{
  FOB_ACCOUNT_ERROR_FORMAT,  /* not our text, cut off, or damaged before anything was decrypted */
  FOB_ACCOUNT_ERROR_VERSION, /* written by a newer version */
  FOB_ACCOUNT_ERROR_ENTRY,   /* one entry cannot be read */
  FOB_ACCOUNT_ERROR_PASSPHRASE, /* no slot opens with this passphrase */
  FOB_ACCOUNT_ERROR_DAMAGED,    /* the key is right, the content is not what was written */
  FOB_ACCOUNT_ERROR_LIMITS,     /* asks for more memory or time than is sensible */
  FOB_ACCOUNT_ERROR_CRYPTO,     /* OpenSSL said no */
  FOB_ACCOUNT_ERROR_RECOVERY,   /* no recovery codes, or too many of them */
} FobAccountError;

#define FOB_ACCOUNT_ERROR (fob_account_error_quark ())
GQuark fob_account_error_quark (void);

G_END_DECLS
