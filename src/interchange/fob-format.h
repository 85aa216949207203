/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <gio/gio.h>

#include "fob-document.h"
#include "fob-import.h"
#include "fob-interchange-error.h"
#include "fob-secret.h"

G_BEGIN_DECLS

/**
 * FobFormat:
 * @id: as typed after --format: "aegis"; stays the same for ever
 * @label: what people know it by, to be translated: "Aegis"
 * @suffix: (nullable): of files that are written, with its dot: ".json"
 * @text: whether files can be written that are readable without a passphrase
 * @encrypts: whether files can be written encrypted, with a passphrase
 * @codes: whether each line that is written is meant to be shown as a QR code, for a camera
 * @count_parts: (nullable): for files that can come in several parts, which
 *   fob_format_join_parts () makes one of: how many there are in @document, and in the whole file
 * @probe: by content, cheap, in a fixed order: whether @document is of this format. Sees any bytes.
 * @guess: (nullable): whether @document could be of this format, which is asked when no @probe says
 *   yes: for files without any mark
 * @needs_passphrase: (nullable): whether @document is encrypted; NULL for formats that never are
 * @parse: (nullable): fills @import. @passphrase: (nullable). An entry that cannot be read is
 *   skipped with its reason; only a broken container is an error (FOB_INTERCHANGE_ERROR). May take
 *   long (key derivation): for worker threads
 * @lost: (nullable): adds to @reasons (of translated sentences, owned) what the format cannot
 *   express of @account. FALSE if the account cannot be written at all
 * @serialise: (nullable): (transfer full): the whole file, wiped when freed. @accounts: of
 *   FobAccount, only such as @lost lets through. @passphrase: for formats whose files are encrypted
 *
 * Another program's file format: one file of code, one row in the registry. It never opens files,
 * prompts or prints.
 */
typedef struct _FobFormat FobFormat;

struct _FobFormat
{
  const char *id;
  const char *label;
  const char *suffix;
  gboolean text;
  gboolean encrypts;
  gboolean codes;
  void (*count_parts) (FobDocument *document, guint *n_met, guint *n_all);
  gboolean (*probe) (FobDocument *document);
  gboolean (*guess) (FobDocument *document);
  gboolean (*needs_passphrase) (FobDocument *document);
  gboolean (*parse) (FobDocument *document,
                     FobSecret *passphrase,
                     FobImport *import,
                     GCancellable *cancellable,
                     GError **error);
  gboolean (*lost) (FobAccount *account, GPtrArray *reasons);
  GBytes *(*serialise) (GPtrArray *accounts, FobSecret *passphrase, GError **error);
};

/**
 * fob_format_recognise:
 *
 * Returns: (transfer none) (nullable): the first format whose probe says yes, else whose guess;
 * FOB_INTERCHANGE_ERROR_UNKNOWN if there is none.
 */
const FobFormat *fob_format_recognise (FobDocument *document, GError **error);

/* @one, @other: of a format that comes in parts. Returns: (transfer full): both, wiped when freed.
 */
GBytes *fob_format_join_parts (GBytes *one, GBytes *other);

/* Returns: (transfer none) (nullable): the format with @id. */
const FobFormat *fob_format_find (const char *id);

/* Returns: (transfer none): all of them, NULL-terminated. */
const FobFormat *const *fob_format_list (void);

/**
 * fob_format_import:
 * @bytes: a whole file
 * @format: (nullable): NULL to recognise it
 * @passphrase: (nullable): FOB_INTERCHANGE_ERROR_NEEDS_PASSPHRASE when it is missing, before
 *   anything slow is done
 *
 * Reads a file; blocks.
 *
 * Returns: (transfer full) (nullable): the accounts and the report.
 */
FobImport *fob_format_import (GBytes *bytes,
                              const FobFormat *format,
                              FobSecret *passphrase,
                              GCancellable *cancellable,
                              GError **error);

G_END_DECLS
