/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-interchange"

#include "config.h"

#include "fob-freeotp-token.h"

#include "fob-import-fields.h"
#include "fob-json-read.h"

/* The first generation keeps the counter that was used last: -1 before the first code. */
static void
read_last_counter (FobImportFields *fields, json_t *token)
{
  json_t *last = json_object_get (token, "counter");

  if (json_is_integer (last) && json_integer_value (last) == -1)
    return;
  fob_import_fields_read_numbers (fields, token, NULL, NULL, "counter");
  if (fields->counter < G_MAXUINT64)
    fields->counter++;
}

void
fob_freeotp_token_read (json_t *token,
                        FobSecret *secret,
                        FobFreeotpGeneration generation,
                        FobImport *import)
{
  /* As it was renamed, as the label had it, as the parameter had it. */
  static const char *const issuer_keys[] = { "issuerAlt", "issuerExt", "issuerInt", NULL };
  static const char *const name_keys[] = { "labelAlt", "label", NULL };
  g_autoptr (FobSecret) own = secret == NULL ? fob_json_get_bytes (token, "secret") : NULL;
  FobImportFields fields = FOB_IMPORT_FIELDS_INIT;

  fields.issuer = fob_json_get_first_text (token, issuer_keys);
  fields.name = fob_json_get_first_text (token, name_keys);
  fields.whole_name = TRUE;
  fob_import_fields_set_kind (&fields, fob_json_get_text (token, "type"));
  if (generation == FOB_FREEOTP_1 && fields.kind == FOB_OTP_KIND_TOTP &&
      g_str_equal (fob_json_get_text (token, "issuerExt"), FOB_FREEOTP_STEAM_ISSUER))
    fields.kind = FOB_OTP_KIND_STEAM;
  fields.secret = secret != NULL ? secret : own;
  fields.algorithm = fob_json_get_text (token, "algo");
  fob_import_fields_read_numbers (&fields, token, "digits", "period", NULL);
  if (generation != FOB_FREEOTP_1)
    fob_import_fields_read_numbers (&fields, token, NULL, NULL, "counter");
  else if (fields.kind == FOB_OTP_KIND_HOTP)
    read_last_counter (&fields, token);
  fob_import_fields_take (&fields, import);
}
