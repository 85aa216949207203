/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * FobInterchangeError:
 *
 * Errors of reading and writing other programs' files. The messages are whole translated sentences
 * for a person; a single entry that cannot be read is none of them (see FobImport).
 */
typedef enum
{
  FOB_INTERCHANGE_ERROR_UNKNOWN,          /* no format that we know */
  FOB_INTERCHANGE_ERROR_FORMAT,           /* recognised, but broken before anything was decrypted */
  FOB_INTERCHANGE_ERROR_VERSION,          /* of a newer version of the other program */
  FOB_INTERCHANGE_ERROR_UNSUPPORTED,      /* cannot be read by anyone but the other program */
  FOB_INTERCHANGE_ERROR_NEEDS_PASSPHRASE, /* encrypted, and none was given */
  FOB_INTERCHANGE_ERROR_PASSPHRASE,       /* wrong one, or damaged, where that cannot be told */
  FOB_INTERCHANGE_ERROR_DAMAGED,          /* the passphrase is right, the content is damaged */
  FOB_INTERCHANGE_ERROR_LIMITS,           /* asks for more memory or time than is sensible */
  FOB_INTERCHANGE_ERROR_CRYPTO,           /* the library said no */
  FOB_INTERCHANGE_ERROR_EXPRESS,          /* the format has no word for what was to be written */
  FOB_INTERCHANGE_ERROR_ICON_PACK,        /* pictures, no accounts */
  FOB_INTERCHANGE_ERROR_INCOMPLETE,       /* parts of it are missing */
} FobInterchangeError;

#define FOB_INTERCHANGE_ERROR (fob_interchange_error_quark ())
GQuark fob_interchange_error_quark (void);

/**
 * fob_interchange_fail:
 *
 * Sets @error to @code with the message that says this of any file: for what can be said of a
 * format in no better words. Not for UNKNOWN, UNSUPPORTED, EXPRESS, ICON_PACK
 * and INCOMPLETE, which need their own.
 *
 * Returns: FALSE.
 */
gboolean fob_interchange_fail (FobInterchangeError code, GError **error);

G_END_DECLS
