/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-vault"

#include "config.h"

#include "fob-keyring-lock.h"

#include "fob-keyring-items.h"

gboolean
fob_keyring_lock (GCancellable *cancellable, GError **error)
{
  g_autoptr (SecretService) service = NULL;
  g_autoptr (SecretCollection) collection = NULL;
  g_autolist (SecretCollection) collections = NULL;
  GError *cause = NULL;

  service =
    secret_service_open_sync (SECRET_TYPE_SERVICE, NULL, SECRET_SERVICE_NONE, cancellable, &cause);
  if (service == NULL)
    return fob_keyring_items_fail (cause, error);
  collection = secret_collection_for_alias_sync (service, SECRET_COLLECTION_DEFAULT,
                                                 SECRET_COLLECTION_NONE, cancellable, &cause);
  if (cause != NULL)
    return fob_keyring_items_fail (cause, error);
  /* Where there is none, nothing is open. */
  if (collection == NULL)
    return TRUE;

  collections = g_list_append (NULL, g_object_ref (collection));
  secret_service_lock_sync (service, collections, cancellable, NULL, &cause);

  return cause == NULL || fob_keyring_items_fail (cause, error);
}
