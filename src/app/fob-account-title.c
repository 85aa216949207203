/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-account-title.h"

#include <glib/gi18n-lib.h>

#include "fob-display-text.h"

char *
fob_account_dup_title (FobAccount *account)
{
  const char *issuer = fob_account_get_issuer (account);
  const char *name = fob_account_get_name (account);

  if (*issuer == '\0' && *name == '\0')
    return g_strdup (_ ("Unnamed account"));

  return fob_display_text (*issuer != '\0' ? issuer : name);
}
