/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include "fob-format.h"

G_BEGIN_DECLS

/**
 * fob_import_report_append:
 * @report: what is appended to
 * @source: the name of the file
 *
 * What came out of a file, for a person to keep: how many accounts were read, and each entry that
 * was not, with its place, its name and the reason. No secret, code or URI is in it.
 */
void fob_import_report_append (GString *report,
                               const char *source,
                               const FobFormat *format,
                               FobImport *import);

G_END_DECLS
