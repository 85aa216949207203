/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <libsecret/secret.h>

G_BEGIN_DECLS

/* The attribute that tells our items apart. */
#define FOB_KEYRING_ITEMS_SLOT "slot"

/* Keyfob's items in the Secret Service, and how they are reached. All of these block; their errors
 * are FOB_VAULT_ERROR, and none of them ever means that there is nothing. */

/* @cause: (transfer full): of libsecret or GDBus. Returns: FALSE, with FOB_VAULT_ERROR or
 * cancellation. */
gboolean fob_keyring_items_fail (GError *cause, GError **error);

const SecretSchema *fob_keyring_items_get_schema (void);

/* Returns: (transfer full): what the item of @slot is found by. */
GHashTable *fob_keyring_items_build_attributes (const char *slot);

/* Returns: (transfer full) (nullable): a connection for one look or one commit. */
SecretService *fob_keyring_items_connect (GCancellable *cancellable, GError **error);

/* @items: (out) (transfer full): for fob_keyring_items_free (); NULL if there are none, or the
 * provider hides them while it is locked */
gboolean fob_keyring_items_search (SecretService *service,
                                   GList **items,
                                   GCancellable *cancellable,
                                   GError **error);
void fob_keyring_items_free (GList *items);

/* Returns: (transfer full) (nullable): which slot @item is; NULL when the service has gone away
 * before it said so. */
char *fob_keyring_items_dup_slot (SecretItem *item);

/* Unlocks the default collection, where items could be hiding. @was_locked: (out): whether it is
 * worth another search */
gboolean fob_keyring_items_unlock_default (SecretService *service,
                                           gboolean interactive,
                                           gboolean *was_locked,
                                           GCancellable *cancellable,
                                           GError **error);

/* Unlocks @items as needed, and fetches what is in them. @interactive: whether the provider may ask
 * the person */
gboolean fob_keyring_items_load_secrets (SecretService *service,
                                         GList *items,
                                         gboolean interactive,
                                         GCancellable *cancellable,
                                         GError **error);

/**
 * fob_keyring_items_set_aside:
 *
 * Takes @items out of their slots, so that fob_keyring_items_search () passes over them, and leaves
 * what is in them as it is.
 */
gboolean fob_keyring_items_set_aside (GList *items, GCancellable *cancellable, GError **error);

gboolean fob_keyring_items_delete (GList *items, GCancellable *cancellable, GError **error);

/* Whether every provider can hold @text: one line of printable ASCII. */
gboolean fob_keyring_items_is_storable (const char *text);

/* Creates or replaces the item of slot @name, in one call. */
gboolean fob_keyring_items_write (SecretService *service,
                                  const char *name,
                                  const char *text,
                                  GCancellable *cancellable,
                                  GError **error);

G_END_DECLS
