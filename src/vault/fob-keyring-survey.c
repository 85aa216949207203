/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-vault"

#include "config.h"

#include "fob-keyring-survey.h"

#include <glib/gi18n-lib.h>

#include "fob-keyring-glance.h"
#include "fob-keyring-items.h"
#include "fob-vault-error.h"

static const char *const slot_names[] = { "a", "b", NULL };

void
fob_keyring_survey_clear (FobKeyringSurvey *survey)
{
  g_clear_pointer (&survey->newest_name, g_free);
  fob_slot_clear (&survey->newest);
}

static gboolean
survey_add (const char *name, SecretValue *value, gpointer user_data, GError **error)
{
  FobKeyringSurvey *survey = user_data;
  g_autoptr (GError) local_error = NULL;
  g_auto (FobSlot) slot = { 0 };
  const char *text;
  gsize size;

  survey->n_items++;
  text = secret_value_get (value, &size);
  if (!fob_slot_parse (text, size, &slot, &local_error))
    {
      /* What a newer program wrote is not for us to overwrite, whatever the other slot says. */
      if (g_error_matches (local_error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_VERSION))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      return TRUE;
    }

  if (slot.generation > survey->newest.generation)
    {
      fob_keyring_survey_clear (survey);
      survey->newest_name = g_strdup (name);
      survey->newest = slot;
      slot = (FobSlot){ 0 };
    }

  return TRUE;
}

static gboolean
survey_add_item (FobKeyringSurvey *survey, SecretItem *item, GError **error)
{
  g_autoptr (SecretValue) value = secret_item_get_secret (item);
  g_autofree char *name = fob_keyring_items_dup_slot (item);

  if (name != NULL)
    return survey_add (name, value, survey, error);

  /* Which slot it is has to be known, or the newest could be written over. */
  g_set_error_literal (
    error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_STORAGE,
    _ ("The keyring service did not answer as it should. Nothing was changed; please "
       "try again."));

  return FALSE;
}

/* Also what is locked, for which the person may be asked. */
static gboolean
survey_closely (SecretService *service,
                gboolean interactive,
                FobKeyringSurvey *survey,
                GCancellable *cancellable,
                GError **error)
{
  GList *items = NULL;
  gboolean was_locked;
  gboolean done;

  if (!fob_keyring_items_search (service, &items, cancellable, error))
    return FALSE;
  if (items == NULL)
    {
      if (!fob_keyring_items_unlock_default (service, interactive, &was_locked, cancellable, error))
        return FALSE;
      if (was_locked && !fob_keyring_items_search (service, &items, cancellable, error))
        return FALSE;
    }

  done = fob_keyring_items_load_secrets (service, items, interactive, cancellable, error);
  for (GList *l = items; done && l != NULL; l = l->next)
    done = survey_add_item (survey, l->data, error);
  fob_keyring_items_free (items);

  return done;
}

gboolean
fob_keyring_survey (SecretService *service,
                    gboolean interactive,
                    FobKeyringSurvey *survey,
                    GCancellable *cancellable,
                    GError **error)
{
  gboolean complete;

  if (!fob_keyring_glance (service, slot_names, survey_add, survey, &complete, cancellable,
                           error) ||
      (!complete && !survey_closely (service, interactive, survey, cancellable, error)))
    return FALSE;

  if (survey->n_items > 0 && survey->newest.generation == 0)
    {
      g_set_error_literal (
        error, FOB_VAULT_ERROR, FOB_VAULT_ERROR_DAMAGED,
        _ ("The accounts in the keyring are damaged. They were left as they are."));
      return FALSE;
    }

  return TRUE;
}

const char *
fob_keyring_survey_get_older_name (const FobKeyringSurvey *survey)
{
  return g_strcmp0 (survey->newest_name, slot_names[0]) == 0 ? slot_names[1] : slot_names[0];
}
