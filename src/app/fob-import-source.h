/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <gio/gio.h>

#include "fob-format.h"

G_BEGIN_DECLS

/**
 * FobImportSource:
 *
 * A file, or something pasted, that accounts are to come from: its bytes, and what was read out of
 * them. Reference-counted; belongs to the main thread.
 */
typedef struct _FobImportSource FobImportSource;

/**
 * fob_import_source_new:
 * @name: what a person knows it by, such as the name of the file; "" for what was pasted
 * @bytes: (nullable): its content, wiped when freed; NULL to read @file
 * @file: (nullable): where it is, if @bytes are not there yet
 */
FobImportSource *fob_import_source_new (const char *name, GBytes *bytes, GFile *file);

/**
 * fob_import_source_new_joined:
 * @one: read, with success or not, and recognised
 * @other: likewise
 *
 * Returns: (transfer full) (nullable): both as one, to be read again; NULL when they are not parts
 * of one.
 */
FobImportSource *fob_import_source_new_joined (FobImportSource *one, FobImportSource *other);
FobImportSource *fob_import_source_ref (FobImportSource *self);
void fob_import_source_unref (FobImportSource *self);

const char *fob_import_source_get_name (FobImportSource *self);

/* Returns: (transfer none) (nullable): the content, once it was read. */
GBytes *fob_import_source_get_bytes (FobImportSource *self);

/* Returns: (transfer none) (nullable): the format that it was recognised as. */
const FobFormat *fob_import_source_get_format (FobImportSource *self);

/* Returns: (transfer none) (nullable): what was read, once it was. */
FobImport *fob_import_source_get_import (FobImportSource *self);

/**
 * fob_import_source_read_async:
 * @passphrase: (nullable): tried if the content is encrypted
 *
 * Reads it in a worker thread. Errors are FOB_INTERCHANGE_ERROR, and those of GIO for a file that
 * cannot be opened; it may be read again with another passphrase.
 */
void fob_import_source_read_async (FobImportSource *self,
                                   FobSecret *passphrase,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean fob_import_source_read_finish (FobImportSource *self,
                                        GAsyncResult *result,
                                        GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FobImportSource, fob_import_source_unref)

G_END_DECLS
