/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <glib-object.h>

#include "fob-otp.h"
#include "fob-recovery-codes.h"

G_BEGIN_DECLS

#define FOB_TYPE_ACCOUNT (fob_account_get_type ())
G_DECLARE_FINAL_TYPE (FobAccount, fob_account, FOB, ACCOUNT, GObject)

/**
 * FobAccount:
 *
 * One account, an immutable value: a token and the names that people know it by. To change one,
 * make another with a with-function and hand it to the vault. The id is a random UUID and the only
 * identity: two accounts may share every other field. Thread-safe.
 *
 * Read-only properties, for expressions and bindings: "id", "issuer", "name", "note", "pinned",
 * "otp", "tags".
 */

/**
 * fob_account_new:
 * @issuer: who runs the service, may be ""; UTF-8
 * @name: the account name there, may be ""; UTF-8
 * @otp: the token
 *
 * Returns: (transfer full): a new account with a fresh id.
 */
FobAccount *fob_account_new (const char *issuer, const char *name, FobOtp *otp);

const char *fob_account_get_id (FobAccount *self);
const char *fob_account_get_issuer (FobAccount *self);
const char *fob_account_get_name (FobAccount *self);
const char *fob_account_get_note (FobAccount *self);
gboolean fob_account_get_pinned (FobAccount *self);
FobOtp *fob_account_get_otp (FobAccount *self); /* borrowed */

/* Returns: (transfer none) (nullable): NULL for none. */
FobRecoveryCodes *fob_account_get_recovery (FobAccount *self);

/* Returns: (transfer none): NULL-terminated, each once, none of them blank; never NULL. */
const char *const *fob_account_get_tags (FobAccount *self);
gboolean fob_account_has_tag (FobAccount *self, const char *tag);

/* Returns: (transfer none) (nullable): the bytes of an image file, as it came. */
GBytes *fob_account_get_icon (FobAccount *self);
const char *fob_account_get_icon_type (FobAccount *self); /* its MIME type; NULL without icon */

/* Returns: Unix seconds of the last edit, 0 if that is not known. A counter that moved on is no
 * edit. */
gint64 fob_account_get_modified (FobAccount *self);

/* Same account, same id, with one thing changed. (transfer full) */
FobAccount *fob_account_with_names (FobAccount *self, const char *issuer, const char *name);
FobAccount *fob_account_with_note (FobAccount *self, const char *note);
FobAccount *fob_account_with_pinned (FobAccount *self, gboolean pinned);
FobAccount *fob_account_with_otp (FobAccount *self, FobOtp *otp);
FobAccount *fob_account_with_tags (FobAccount *self, const char *const *tags);
/* @tag: that it has; @new_tag: (nullable): in its place, NULL for nothing */
FobAccount *fob_account_with_tag_replaced (FobAccount *self, const char *tag, const char *new_tag);
FobAccount *fob_account_with_icon (FobAccount *self, GBytes *icon, const char *icon_type);
FobAccount *fob_account_with_recovery (FobAccount *self, FobRecoveryCodes *recovery);
FobAccount *fob_account_with_modified (FobAccount *self, gint64 modified);

/* Returns: (transfer full): another account with the same fields and a fresh id. */
FobAccount *fob_account_copy (FobAccount *self);

/**
 * fob_account_equal:
 *
 * Returns: whether every field is the same, the id included.
 */
gboolean fob_account_equal (FobAccount *a, FobAccount *b);

G_END_DECLS
