/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-interchange"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "fob-aegis-vault.h"
#include "fob-format-private.h"
#include "fob-paper-parts.h"

/* Our own backup, as it comes back from paper: what its QR codes say, one a line. */

static gboolean
probe (FobDocument *document)
{
  const char *text = fob_document_get_text (document, NULL);

  return text != NULL && g_str_has_prefix (text, FOB_PAPER_PARTS_PREFIX);
}

static void
count_parts (FobDocument *document, guint *n_met, guint *n_all)
{
  fob_paper_parts_count (fob_document_get_text (document, NULL), n_met, n_all);
}

/* Parts that are missing are told before anybody types. */
static gboolean
needs_passphrase (FobDocument *document)
{
  g_autoptr (GBytes) file = fob_paper_parts_join (fob_document_get_text (document, NULL), NULL);

  return file != NULL;
}

static gboolean
parse (FobDocument *document,
       FobSecret *passphrase,
       FobImport *import,
       GCancellable *cancellable,
       GError **error)
{
  g_autoptr (GBytes) bytes = fob_paper_parts_join (fob_document_get_text (document, NULL), error);
  g_autoptr (FobDocument) file = bytes != NULL ? fob_document_new (bytes, error) : NULL;

  if (file == NULL)
    return FALSE;
  if (!fob_aegis_vault_probe (file))
    return fob_interchange_fail (FOB_INTERCHANGE_ERROR_FORMAT, error);

  return fob_aegis_vault_parse (file, passphrase, import, cancellable, error);
}

const FobFormat fob_format_paper = {
  .id = "paper",
  .label = N_ ("Keyfob (on paper)"),
  .count_parts = count_parts,
  .probe = probe,
  .needs_passphrase = needs_passphrase,
  .parse = parse,
};
