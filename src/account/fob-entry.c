/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-account"

#include "config.h"

#include "fob-entry.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "fob-account-private.h"
#include "fob-json.h"
#include "fob-recovery-json.h"
#include "fob-wipe.h"

/* Numbers in JSON end at 2^63-1 for us; what is above stands here in decimal. */
#define BIG_COUNTER "counter"
#define MODIFIED    "modified"
#define RECOVERY    "recovery"
/* What Aegis takes an icon without a type for. */
#define DEFAULT_ICON_TYPE "image/jpeg"

static const char *
get_string (json_t *object, const char *key)
{
  const char *text = json_string_value (json_object_get (object, key));

  return text != NULL ? text : "";
}

static gboolean
set_entry_error (GError **error)
{
  g_set_error_literal (error, FOB_ACCOUNT_ERROR, FOB_ACCOUNT_ERROR_ENTRY,
                       _ ("An account could not be read. It is kept as it is."));

  return FALSE;
}

/* @value: unchanged when the member is absent or null. FALSE when it is there and no number that
 * fits. */
static gboolean
read_number (json_t *object, const char *key, guint64 *value)
{
  json_t *number = json_object_get (object, key);

  if (number == NULL || json_is_null (number))
    return TRUE;
  if (!json_is_integer (number) || json_integer_value (number) < 0)
    return FALSE;

  *value = (guint64) json_integer_value (number);

  return TRUE;
}

static gboolean
read_big_counter (json_t *entry, guint64 *counter)
{
  json_t *text = json_object_get (json_object_get (entry, "keyfob"), BIG_COUNTER);

  return text == NULL ||
         (json_is_string (text) &&
          g_ascii_string_to_unsigned (json_string_value (text), 10, 0, G_MAXUINT64, counter, NULL));
}

static FobOtp *
read_otp (json_t *entry, GError **error)
{
  json_t *info = json_object_get (entry, "info");
  json_t *pin_text = json_object_get (info, "pin");
  const char *algorithm = get_string (info, "algo");
  FobOtpParams params = FOB_OTP_PARAMS_INIT;
  guint64 digits;
  FobOtpKind kind;
  g_autoptr (FobSecret) secret = NULL;
  g_autoptr (FobSecret) pin = NULL;

  if (!json_is_object (info) || !fob_otp_kind_from_string (get_string (entry, "type"), &kind))
    {
      set_entry_error (error);
      return NULL;
    }
  fob_otp_params_set_kind (&params, kind);
  digits = params.digits;
  if (!read_number (info, "digits", &digits) || digits > G_MAXUINT ||
      !read_number (info, "period", &params.period) ||
      !read_number (info, "counter", &params.counter) || !read_big_counter (entry, &params.counter))
    {
      set_entry_error (error);
      return NULL;
    }
  params.digits = (guint) digits;
  if (!fob_otp_kind_get_info (kind)->algorithm_fixed && *algorithm != '\0' &&
      !fob_otp_algorithm_from_string (algorithm, &params.algorithm))
    {
      set_entry_error (error);
      return NULL;
    }

  secret = fob_secret_new_from_base32 (get_string (info, "secret"), -1, error);
  if (secret == NULL)
    return NULL;
  if (json_is_string (pin_text) && json_string_length (pin_text) > 0)
    pin = fob_secret_new (json_string_value (pin_text), json_string_length (pin_text));
  params.secret = secret;
  params.pin = pin;
  params.suite = json_string_value (json_object_get (info, "suite"));

  return fob_otp_new (&params, error);
}

/* Returns: (transfer full): names; of the vault's version 3 by UUID, of version 2 the name itself.
 */
static GPtrArray *
read_tags (json_t *entry, FobGroups *groups)
{
  const char *group = json_string_value (json_object_get (entry, "group"));
  GPtrArray *tags = g_ptr_array_new ();
  gsize i;
  json_t *uuid;

  json_array_foreach (json_object_get (entry, "groups"), i, uuid)
  {
    const char *name =
      json_is_string (uuid) ? fob_groups_get_name (groups, json_string_value (uuid)) : NULL;

    if (name != NULL)
      g_ptr_array_add (tags, (gpointer) name);
  }
  if (tags->len == 0 && group != NULL)
    g_ptr_array_add (tags, (gpointer) group);
  g_ptr_array_add (tags, NULL);

  return tags;
}

/* The groups of an entry that the vault does not know, to be written again. */
static json_t *
read_unknown_groups (json_t *entry, FobGroups *groups)
{
  json_t *unknown = json_array ();
  gsize i;
  json_t *uuid;

  json_array_foreach (json_object_get (entry, "groups"), i, uuid)
  {
    if (!json_is_string (uuid) || fob_groups_get_name (groups, json_string_value (uuid)) == NULL)
      json_array_append (unknown, uuid);
  }

  return unknown;
}

/* Returns: (transfer full) (nullable): NULL without an icon, and for one that is none. */
static GBytes *
read_icon (json_t *entry, const char **type)
{
  const char *text = json_string_value (json_object_get (entry, "icon"));
  g_autofree guint8 *data = NULL;
  gsize size = 0;

  *type = json_string_value (json_object_get (entry, "icon_mime"));
  if (*type == NULL)
    *type = DEFAULT_ICON_TYPE;
  if (text == NULL)
    return NULL;
  data = g_base64_decode (text, &size);

  return size > 0 ? g_bytes_new_take (g_steal_pointer (&data), size) : NULL;
}

/* The members that have no place in FobAccount, as text; NULL if there are none. None of them is a
 * secret. */
static char *
read_extra (json_t *entry, FobGroups *groups, FobRecoveryCodes *recovery)
{
  static const char *const known[] = { "type",     "uuid",     "name",   "issuer", "note",
                                       "favorite", "position", "groups", "group" };
  static const char *const known_info[] = { "secret",  "algo", "digits", "period",
                                            "counter", "pin",  "suite" };
  json_t *extra = json_copy (entry);
  json_t *info = json_copy (json_object_get (entry, "info"));
  json_t *ours = json_copy (json_object_get (entry, "keyfob"));
  json_t *unknown_groups = read_unknown_groups (entry, groups);
  char *text = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    json_object_del (extra, known[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (known_info); i++)
    json_object_del (info, known_info[i]);
  /* The type and the hash are the icon's; the hash is made anew where it is missing. */
  if (json_is_string (json_object_get (extra, "icon")))
    {
      json_object_del (extra, "icon_mime");
      json_object_del (extra, "icon_hash");
    }
  json_object_del (extra, "icon");
  json_object_del (extra, "info");
  json_object_del (extra, "keyfob");
  json_object_del (ours, BIG_COUNTER);
  json_object_del (ours, MODIFIED);
  if (recovery != NULL)
    json_object_del (ours, RECOVERY);
  if (json_array_size (unknown_groups) > 0)
    json_object_set (extra, "groups", unknown_groups);
  if (json_object_size (info) > 0)
    json_object_set (extra, "info", info);
  if (json_object_size (ours) > 0)
    json_object_set (extra, "keyfob", ours);
  if (json_object_size (extra) > 0)
    {
      g_autoptr (GBytes) dump = fob_json_dump (extra);

      text = g_strndup (g_bytes_get_data (dump, NULL), g_bytes_get_size (dump));
    }
  json_decref (unknown_groups);
  json_decref (ours);
  json_decref (info);
  json_decref (extra);

  return text;
}

FobAccount *
fob_entry_parse (json_t *entry, FobGroups *groups, GError **error)
{
  json_t *modified = json_object_get (json_object_get (entry, "keyfob"), MODIFIED);
  g_autoptr (FobOtp) otp = NULL;
  g_autoptr (GPtrArray) tags = NULL;
  g_autoptr (GBytes) icon = NULL;
  g_autoptr (FobRecoveryCodes) recovery = NULL;
  g_autofree char *extra = NULL;
  const char *icon_type = NULL;
  const char *id;
  FobAccountFields fields;

  if (!json_is_object (entry))
    {
      set_entry_error (error);
      return NULL;
    }
  otp = read_otp (entry, error);
  if (otp == NULL)
    return NULL;

  recovery = fob_recovery_json_read (json_object_get (json_object_get (entry, "keyfob"), RECOVERY));
  extra = read_extra (entry, groups, recovery);
  tags = read_tags (entry, groups);
  icon = read_icon (entry, &icon_type);
  id = get_string (entry, "uuid");
  fields = (FobAccountFields){
    .id = g_uuid_string_is_valid (id) ? id : NULL,
    .issuer = get_string (entry, "issuer"),
    .name = get_string (entry, "name"),
    .note = get_string (entry, "note"),
    .pinned = json_is_true (json_object_get (entry, "favorite")),
    .tags = (const char *const *) tags->pdata,
    .icon = icon,
    .icon_type = icon_type,
    .modified = MAX (json_integer_value (modified), 0),
    .otp = otp,
    .recovery = recovery,
    .extra = extra,
  };

  return fob_account_new_from_fields (&fields);
}

static json_t *
get_object (json_t *parent, const char *key)
{
  json_t *object = json_object_get (parent, key);

  if (!json_is_object (object))
    {
      object = json_object ();
      json_object_set_new (parent, key, object);
    }

  return object;
}

static void
write_counter (json_t *entry, json_t *info, guint64 counter)
{
  if (counter <= G_MAXINT64)
    {
      json_object_set_new (info, "counter", json_integer ((json_int_t) counter));
      return;
    }

  json_object_set_new (info, "counter", json_integer (G_MAXINT64));
  json_object_set_new (get_object (entry, "keyfob"), BIG_COUNTER,
                       json_sprintf ("%" G_GUINT64_FORMAT, counter));
}

static void
write_info (json_t *entry, FobOtp *otp)
{
  json_t *info = get_object (entry, "info");
  g_auto (FobWipedString) secret = fob_secret_dup_base32 (fob_otp_get_secret (otp));
  FobOtpParams params;
  gsize size;

  fob_otp_get_params (otp, &params);
  json_object_set_new (info, "secret", json_string (secret));
  json_object_set_new (info, "algo", json_string (fob_otp_algorithm_to_string (params.algorithm)));
  json_object_set_new (info, "digits", json_integer (params.digits));
  if (fob_otp_is_time_based (otp))
    json_object_set_new (info, "period", json_integer ((json_int_t) params.period));
  if (fob_otp_kind_get_info (params.kind)->has_counter)
    write_counter (entry, info, params.counter);
  if (params.suite != NULL)
    json_object_set_new (info, "suite", json_string (params.suite));
  if (params.pin != NULL)
    {
      const char *pin = fob_secret_get_data (params.pin, &size);

      json_object_set_new (info, "pin", json_stringn (pin, size));
    }
}

static void
write_groups (json_t *entry, FobAccount *account, FobGroups *groups)
{
  const char *const *tags = fob_account_get_tags (account);
  json_t *uuids = json_object_get (entry, "groups");

  if (uuids == NULL)
    {
      uuids = json_array ();
      json_object_set_new (entry, "groups", uuids);
    }
  for (gsize i = 0; tags[i] != NULL; i++)
    json_array_append_new (uuids, json_string (fob_groups_use (groups, tags[i])));
}

static void
write_icon (json_t *entry, FobAccount *account)
{
  GBytes *icon = fob_account_get_icon (account);
  g_autofree char *text = NULL;

  if (icon == NULL)
    {
      json_object_set_new (entry, "icon", json_null ());
      return;
    }

  text = g_base64_encode (g_bytes_get_data (icon, NULL), g_bytes_get_size (icon));
  json_object_set_new (entry, "icon", json_string (text));
  json_object_set_new (entry, "icon_mime", json_string (fob_account_get_icon_type (account)));
}

json_t *
fob_entry_format (FobAccount *account, FobGroups *groups)
{
  const char *extra = fob_account_get_extra (account);
  FobOtp *otp = fob_account_get_otp (account);
  json_t *entry = extra != NULL ? json_loads (extra, 0, NULL) : json_object ();

  json_object_set_new (entry, "type",
                       json_string (fob_otp_kind_to_string (fob_otp_get_kind (otp))));
  json_object_set_new (entry, "uuid", json_string (fob_account_get_id (account)));
  json_object_set_new (entry, "name", json_string (fob_account_get_name (account)));
  json_object_set_new (entry, "issuer", json_string (fob_account_get_issuer (account)));
  json_object_set_new (entry, "note", json_string (fob_account_get_note (account)));
  json_object_set_new (entry, "favorite", json_boolean (fob_account_get_pinned (account)));
  if (fob_account_get_modified (account) > 0)
    json_object_set_new (get_object (entry, "keyfob"), MODIFIED,
                         json_integer (fob_account_get_modified (account)));
  if (fob_account_get_recovery (account) != NULL)
    json_object_set_new (get_object (entry, "keyfob"), RECOVERY,
                         fob_recovery_json_write (fob_account_get_recovery (account)));
  write_icon (entry, account);
  write_groups (entry, account, groups);
  write_info (entry, otp);

  return entry;
}

gboolean
fob_entry_is_aegis (FobAccount *account)
{
  return fob_otp_get_kind (fob_account_get_otp (account)) != FOB_OTP_KIND_OCRA;
}
