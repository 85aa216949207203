/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include "fob-format.h"

G_BEGIN_DECLS

/**
 * FobImportInput:
 * @name: as it was given
 * @bytes: what is in it: of a picture what its QR codes say, one a line
 *
 * A file that is to be imported, or the standard input.
 */
typedef struct
{
  char *name;
  GBytes *bytes;
  const FobFormat *format;
} FobImportInput;

/**
 * fob_import_input_read:
 * @name: of a file; "-" for the standard input
 * @format: (nullable): NULL to recognise it
 *
 * Returns: (transfer full) (nullable): errors are those of GFileError, FOB_QR_ERROR and
 * FOB_INTERCHANGE_ERROR.
 */
FobImportInput *fob_import_input_read (const char *name, const FobFormat *format, GError **error);
void fob_import_input_free (FobImportInput *self);

/* Returns: whether @part belongs to the same file, and was put behind it. */
gboolean fob_import_input_append (FobImportInput *self, FobImportInput *part);

G_END_DECLS
