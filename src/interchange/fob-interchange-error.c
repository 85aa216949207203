/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#include "config.h"

#include "fob-interchange-error.h"

#include <glib/gi18n-lib.h>

G_DEFINE_QUARK (fob_interchange_error_quark, fob_interchange_error)

static const char *const messages[] = {
  [FOB_INTERCHANGE_ERROR_FORMAT] =
    N_ ("This file is damaged or incomplete. Make it once more in the app that it comes from."),
  [FOB_INTERCHANGE_ERROR_VERSION] =
    N_ ("This file was written by a newer version of its app than is known here. Please update "
        "Keyfob."),
  [FOB_INTERCHANGE_ERROR_NEEDS_PASSPHRASE] = N_ ("This file is encrypted. Enter its passphrase."),
  [FOB_INTERCHANGE_ERROR_PASSPHRASE] =
    N_ ("The passphrase is wrong, or the file is damaged. Try again."),
  [FOB_INTERCHANGE_ERROR_DAMAGED] =
    N_ ("The passphrase is right, but the file is damaged. Use another copy of it."),
  [FOB_INTERCHANGE_ERROR_LIMITS] =
    N_ ("The file asks for more memory than is sensible to open it. It was not opened."),
  [FOB_INTERCHANGE_ERROR_CRYPTO] =
    N_ ("The file could not be decrypted for lack of memory or of an algorithm."),
};

gboolean
fob_interchange_fail (FobInterchangeError code, GError **error)
{
  g_return_val_if_fail (code < G_N_ELEMENTS (messages) && messages[code] != NULL, FALSE);

  g_set_error_literal (error, FOB_INTERCHANGE_ERROR, (int) code, _ (messages[code]));

  return FALSE;
}
