/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#pragma once

#include <libsecret/secret.h>

#include "fob-slot.h"

G_BEGIN_DECLS

/**
 * FobKeyringSurvey:
 * @n_items: how many there are, whole or not
 * @newest_name: (nullable): of the slot that the newest whole generation is in
 * @newest: what is in it; generation 0 for none
 *
 * What a look into the keyring found.
 */
typedef struct
{
  guint n_items;
  char *newest_name;
  FobSlot newest;
} FobKeyringSurvey;

void fob_keyring_survey_clear (FobKeyringSurvey *survey);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FobKeyringSurvey, fob_keyring_survey_clear)

/**
 * fob_keyring_survey:
 * @interactive: whether the provider may ask the person to unlock
 * @survey: (out caller-allocates): cleared
 *
 * Looks into both slots. Returns: FALSE with FOB_VAULT_ERROR; _DAMAGED when there are items and
 * none of them is whole.
 */
gboolean fob_keyring_survey (SecretService *service,
                             gboolean interactive,
                             FobKeyringSurvey *survey,
                             GCancellable *cancellable,
                             GError **error);

/* Returns: the slot that may be written over. */
const char *fob_keyring_survey_get_older_name (const FobKeyringSurvey *survey);

G_END_DECLS
