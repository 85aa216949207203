/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-account"

#include "config.h"

#include "fob-recovery-json.h"

#define CODE "code"
#define USED "used"

/* Whether all of @item is understood, so that nothing is lost when it is written again. */
static gboolean
is_code (json_t *item)
{
  json_t *code = json_object_get (item, CODE);
  json_t *used = json_object_get (item, USED);
  const gsize size = json_string_length (code);

  return json_is_string (code) && size > 0 && size <= FOB_RECOVERY_CODE_SIZE_MAX &&
         (used == NULL || json_is_boolean (used)) &&
         json_object_size (item) == (used != NULL ? 2 : 1);
}

static gboolean
is_list (json_t *list)
{
  gsize i;
  json_t *item;

  if (!json_is_array (list) || json_array_size (list) > FOB_RECOVERY_CODES_STORED_MAX)
    return FALSE;
  json_array_foreach (list, i, item)
  {
    if (!is_code (item))
      return FALSE;
  }

  return TRUE;
}

FobRecoveryCodes *
fob_recovery_json_read (json_t *list)
{
  g_autoptr (GArray) codes = NULL;
  FobRecoveryCodes *result;
  gsize i;
  json_t *item;

  if (!is_list (list))
    return NULL;

  codes = g_array_new (FALSE, FALSE, sizeof (FobRecoveryCode));
  json_array_foreach (list, i, item)
  {
    json_t *code_text = json_object_get (item, CODE);
    const FobRecoveryCode code = {
      fob_secret_new (json_string_value (code_text), json_string_length (code_text)),
      json_is_true (json_object_get (item, USED)),
    };

    g_array_append_val (codes, code);
  }
  result = fob_recovery_codes_new ((const FobRecoveryCode *) (gpointer) codes->data, codes->len);
  for (guint j = 0; j < codes->len; j++)
    fob_secret_unref (g_array_index (codes, FobRecoveryCode, j).text);

  return result;
}

json_t *
fob_recovery_json_write (FobRecoveryCodes *codes)
{
  json_t *list = json_array ();

  for (guint i = 0; i < fob_recovery_codes_get_size (codes); i++)
    {
      const FobRecoveryCode *code = fob_recovery_codes_get (codes, i);
      json_t *item = json_object ();
      gsize size;
      const char *text = fob_secret_get_data (code->text, &size);

      json_object_set_new (item, CODE, json_stringn (text, size));
      if (code->used)
        json_object_set_new (item, USED, json_true ());
      json_array_append_new (list, item);
    }

  return list;
}
