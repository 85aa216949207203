/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include "fob-format.h"

/**
 * FormatCase:
 * @format: the id of what it has to be recognised as
 * @text: the file, as text
 * @base64: the file, in base64, instead
 * @passphrase: (nullable)
 * @expected: what describe_import () has to say
 *
 * A file of another app.
 */
typedef struct
{
  const char *format;
  const char *text;
  const char *base64;
  const char *passphrase;
  const char *expected;
} FormatCase;

/* All that the tests have, NULL-terminated by a case without a format. */
extern const FormatCase plain_cases[];
extern const FormatCase encrypted_cases[];

GBytes *format_case_load (const FormatCase *self);

/* A file, by whatever format recognises it; as fob_format_import (). */
FobImport *import_bytes (GBytes *bytes, const char *passphrase, GError **error);

/* Returns: (transfer full): one line per account: kind, issuer, name, base32, algorithm, digits,
 * period, counter, then what there is of PIN, tags, note and favourite; one per skipped entry:
 * `skip` and its name. */
char *describe_import (FobImport *import);
char *describe_account (FobAccount *account);
