/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-cli"

#include "config.h"

#include "fob-account-json.h"

#include <stdio.h>

#include "fob-json.h"
#include "fob-ocra-suite.h"
#include "fob-wipe.h"

static void
add_token (json_t *object, FobOtp *otp, gboolean with_secret)
{
  FobOtpParams params;

  fob_otp_get_params (otp, &params);
  json_object_set_new (object, "type", json_string (fob_otp_kind_to_string (params.kind)));
  json_object_set_new (object, "algorithm",
                       json_string (fob_otp_algorithm_to_string (params.algorithm)));
  json_object_set_new (object, "digits", json_integer (params.digits));
  if (fob_otp_is_time_based (otp))
    json_object_set_new (object, "period", json_integer ((json_int_t) params.period));
  /* What no integer of JSON holds is text. */
  if (fob_otp_kind_get_info (params.kind)->has_counter)
    json_object_set_new (object, "counter",
                         params.counter <= G_MAXINT64
                           ? json_integer ((json_int_t) params.counter)
                           : json_sprintf ("%" G_GUINT64_FORMAT, params.counter));
  if (params.suite != NULL)
    json_object_set_new (object, "suite", json_string (params.suite));
  if (with_secret)
    {
      g_auto (FobWipedString) secret = fob_secret_dup_base32 (params.secret);

      json_object_set_new (object, "secret", json_string (secret));
      if (params.pin != NULL)
        {
          gsize size;
          const char *pin = fob_secret_get_data (params.pin, &size);

          json_object_set_new (object, "pin", json_stringn (pin, size));
        }
    }
}

json_t *
fob_account_json_new (FobAccount *account, gboolean with_secret)
{
  const char *const *tags = fob_account_get_tags (account);
  FobRecoveryCodes *recovery = fob_account_get_recovery (account);
  json_t *object;
  json_t *list;

  fob_json_init ();
  object = json_object ();
  list = json_array ();
  for (gsize i = 0; tags[i] != NULL; i++)
    json_array_append_new (list, json_string (tags[i]));
  json_object_set_new (object, "id", json_string (fob_account_get_id (account)));
  json_object_set_new (object, "issuer", json_string (fob_account_get_issuer (account)));
  json_object_set_new (object, "account", json_string (fob_account_get_name (account)));
  add_token (object, fob_account_get_otp (account), with_secret);
  json_object_set_new (object, "tags", list);
  json_object_set_new (object, "note", json_string (fob_account_get_note (account)));
  json_object_set_new (object, "favourite", json_boolean (fob_account_get_pinned (account)));

  /* How many, and never which: what asks for a secret asks for the one that makes codes. */
  if (recovery != NULL)
    {
      json_object_set_new (object, "recovery_codes",
                           json_integer (fob_recovery_codes_get_size (recovery)));
      json_object_set_new (object, "recovery_codes_left",
                           json_integer (fob_recovery_codes_get_n_left (recovery)));
    }

  return object;
}

gboolean
fob_account_json_print (json_t *value)
{
  g_autoptr (GBytes) text = fob_json_dump (value);
  gsize size;
  const char *data = g_bytes_get_data (text, &size);

  json_decref (value);

  return fwrite (data, 1, size, stdout) == size && fputc ('\n', stdout) != EOF &&
         fflush (stdout) == 0;
}
