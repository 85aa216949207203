/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-interchange"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "fob-aegis-vault.h"
#include "fob-envelope.h"
#include "fob-format-private.h"

/* Our own backup: an encrypted Aegis vault in which nothing is lost. */

static gboolean
probe (FobDocument *document)
{
  return fob_aegis_vault_probe (document) && fob_aegis_vault_is_ours (document);
}

static GBytes *
serialise (GPtrArray *accounts, FobSecret *passphrase, GError **error)
{
  g_autoptr (GBytes) content = fob_aegis_vault_format (accounts);
  g_autoptr (GError) cause = NULL;
  g_autoptr (FobEnvelope) envelope = fob_envelope_new (passphrase, &cause);
  GBytes *file = NULL;

  if (envelope != NULL)
    file = fob_envelope_seal (envelope, content, 1, &cause);
  if (file == NULL)
    g_set_error_literal (error, FOB_INTERCHANGE_ERROR, FOB_INTERCHANGE_ERROR_CRYPTO,
                         cause->message);

  return file;
}

const FobFormat fob_format_keyfob = {
  .id = "keyfob",
  .label = N_ ("Keyfob (encrypted)"),
  .suffix = ".json",
  .encrypts = TRUE,
  .probe = probe,
  .needs_passphrase = fob_aegis_vault_is_encrypted,
  .parse = fob_aegis_vault_parse,
  .serialise = serialise,
};
