/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <gio/gio.h>
#include <jansson.h>

#include "fob-import.h"

G_BEGIN_DECLS

/**
 * FobImportFields:
 * @problem: (nullable): why the entry cannot be read, a whole translated sentence: the first one
 *   found. With it the other fields only serve to name the entry
 * @uri: (nullable): everything about the token as a URI; @issuer and @name then fill what it leaves
 *   open, and the other fields of the token are not looked at
 * @own_names: whether @issuer and @name, even if empty, count more than what @uri says
 * @kind: what token it is
 * @secret_text: (nullable): the key in base32, as people have it
 * @secret: (nullable): the key itself, instead
 * @algorithm: (nullable): its name, NULL or "" for the one that is usual for @kind
 * @digits: 0 for as many as are usual for @kind
 * @period: in seconds, 0 for what is usual for @kind
 * @counter: the next one to use
 * @pin: (nullable): "" for none
 * @issuer: (nullable): who runs the service
 * @name: (nullable): the account there
 * @whole_name: whether @name is the account name alone, even if it begins with the issuer
 * @note: (nullable)
 * @tags: (nullable): of const char *; NULL, blank and repeated ones are passed over
 * @pinned: whether it is a favourite
 * @icon: (nullable): the bytes of an image file
 * @icon_type: (nullable): its MIME type; has to be there when @icon is
 *
 * What an entry of another program's file says, loosely: everything is borrowed, and nothing is
 * checked before fob_import_fields_take (). Start from FOB_IMPORT_FIELDS_INIT.
 */
typedef struct
{
  const char *problem;
  const char *uri;
  gboolean own_names;
  FobOtpKind kind;
  const char *secret_text;
  FobSecret *secret;
  const char *algorithm;
  guint64 digits;
  guint64 period;
  guint64 counter;
  const char *pin;
  const char *issuer;
  const char *name;
  gboolean whole_name;
  const char *note;
  GPtrArray *tags;
  gboolean pinned;
  GBytes *icon;
  const char *icon_type;
} FobImportFields;

#define FOB_IMPORT_FIELDS_INIT                                                                     \
  {                                                                                                \
    .kind = FOB_OTP_KIND_TOTP                                                                      \
  }

/* Sets the problem, unless there is one. @problem: (transfer none), of static storage */
void fob_import_fields_set_problem (FobImportFields *self, const char *problem);

/* Sets the kind by a name that is common among programs, such as "TOTP"; "" leaves it. */
void fob_import_fields_set_kind (FobImportFields *self, const char *name);

/* Sets digits, period and counter from members of @object; (nullable): NULL for keys that the
 * format has not. Something that is no number is a problem. */
void fob_import_fields_read_numbers (FobImportFields *self,
                                     json_t *object,
                                     const char *digits_key,
                                     const char *period_key,
                                     const char *counter_key);

/* Sets the token from what password managers keep of one: a URI, or the bare key of a TOTP. */
void fob_import_fields_set_token (FobImportFields *self, const char *text);

/**
 * fob_import_fields_take:
 *
 * Adds the account to @import, or skips the entry with the reason. An issuer that stands before the
 * name once more (`Issuer:name`) is taken off the name, unless that is whole.
 */
void fob_import_fields_take (const FobImportFields *self, FobImport *import);

/* Reads one entry, adding or skipping it. */
typedef void (*FobImportEntryFunc) (json_t *entry, gconstpointer context, FobImport *import);

/**
 * fob_import_read_entries:
 *
 * Reads every element of @array by @read.
 *
 * Returns: FALSE when cancelled, or with FOB_INTERCHANGE_ERROR_FORMAT when @array is none.
 */
gboolean fob_import_read_entries (json_t *array,
                                  FobImportEntryFunc read,
                                  gconstpointer context,
                                  FobImport *import,
                                  GCancellable *cancellable,
                                  GError **error);

G_END_DECLS
