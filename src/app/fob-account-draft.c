/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-account-draft.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "fob-otp-uri.h"

struct _FobAccountDraft
{
  GObject parent_instance;

  FobAccount *account; /* the one that is edited, or NULL */
  char *issuer;
  char *name;
  char *note;
  char *counter;
  FobOtpKind kind;
  FobOtpAlgorithm algorithm;
  guint digits;
  guint period;
  char *suite;
  FobSecret *typed; /* the text of the secret: what it means depends on the kind */
  FobSecret *secret;
  GError *secret_error; /* what is wrong with the text that was typed */
  FobSecret *pin;
  GBytes *icon;
  char *icon_type;
};

enum
{
  PROP_0,
  PROP_ISSUER,
  PROP_NAME,
  PROP_NOTE,
  PROP_COUNTER,
  PROP_KIND,
  PROP_ALGORITHM,
  PROP_DIGITS,
  PROP_PERIOD,
  PROP_SUITE,
  N_PROPS,
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FobAccountDraft, fob_account_draft, G_TYPE_OBJECT)

static void
fob_account_draft_changed (FobAccountDraft *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Whether algorithm, digits and period are for somebody to choose. */
static gboolean
fob_account_draft_kind_is_free (FobOtpKind kind)
{
  const FobOtpKindInfo *info = fob_otp_kind_get_info (kind);

  return info != NULL && !info->algorithm_fixed && !info->has_challenge;
}

static void
fob_account_draft_load_otp (FobAccountDraft *self, FobOtp *otp)
{
  FobOtpParams params;

  fob_otp_get_params (otp, &params);
  g_clear_pointer (&self->typed, fob_secret_unref);
  g_clear_pointer (&self->secret, fob_secret_unref);
  g_clear_pointer (&self->pin, fob_secret_unref);
  g_clear_error (&self->secret_error);
  self->secret = fob_secret_ref (params.secret);
  self->pin = params.pin != NULL ? fob_secret_ref (params.pin) : NULL;
  self->kind = params.kind;
  self->algorithm = FOB_OTP_ALGORITHM_SHA1;
  self->digits = FOB_OTP_DIGITS_DEFAULT;
  self->period = FOB_OTP_PERIOD_DEFAULT;
  if (fob_account_draft_kind_is_free (params.kind))
    {
      self->algorithm = params.algorithm;
      self->digits = params.digits;
      self->period = params.period != 0 ? (guint) params.period : FOB_OTP_PERIOD_DEFAULT;
    }
  g_free (self->suite);
  self->suite = g_strdup (params.suite != NULL ? params.suite : "");
  g_free (self->counter);
  self->counter = g_strdup_printf ("%" G_GUINT64_FORMAT, params.counter);
}

static void
fob_account_draft_notify_all (FobAccountDraft *self)
{
  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = PROP_0 + 1; i < N_PROPS; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
  g_object_thaw_notify (G_OBJECT (self));
  fob_account_draft_changed (self);
}

static void
fob_account_draft_take_text (char **field, char *text)
{
  g_free (*field);
  *field = text != NULL ? text : g_strdup ("");
}

/* mOTP is the one kind whose secrets are written in hexadecimal. */
static void
fob_account_draft_decode (FobAccountDraft *self)
{
  gconstpointer text = NULL;
  gsize length = 0;

  if (self->typed == NULL)
    return;

  g_clear_pointer (&self->secret, fob_secret_unref);
  g_clear_error (&self->secret_error);
  text = fob_secret_get_data (self->typed, &length);
  if (self->kind == FOB_OTP_KIND_MOTP)
    self->secret = fob_secret_new_from_hex (text, (gssize) length, &self->secret_error);
  else
    self->secret = fob_secret_new_from_base32 (text, (gssize) length, &self->secret_error);
}

static void
fob_account_draft_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  FobAccountDraft *self = FOB_ACCOUNT_DRAFT (object);

  switch (prop_id)
    {
    case PROP_ISSUER:
      g_value_set_string (value, self->issuer);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_NOTE:
      g_value_set_string (value, self->note);
      break;
    case PROP_COUNTER:
      g_value_set_string (value, self->counter);
      break;
    case PROP_KIND:
      g_value_set_uint (value, self->kind);
      break;
    case PROP_ALGORITHM:
      g_value_set_uint (value, self->algorithm);
      break;
    case PROP_DIGITS:
      g_value_set_uint (value, self->digits);
      break;
    case PROP_PERIOD:
      g_value_set_uint (value, self->period);
      break;
    case PROP_SUITE:
      g_value_set_string (value, self->suite);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
fob_account_draft_set_property (GObject *object,
                                guint prop_id,
                                const GValue *value,
                                GParamSpec *pspec)
{
  FobAccountDraft *self = FOB_ACCOUNT_DRAFT (object);

  switch (prop_id)
    {
    case PROP_ISSUER:
      fob_account_draft_take_text (&self->issuer, g_value_dup_string (value));
      break;
    case PROP_NAME:
      fob_account_draft_take_text (&self->name, g_value_dup_string (value));
      break;
    case PROP_NOTE:
      fob_account_draft_take_text (&self->note, g_value_dup_string (value));
      break;
    case PROP_COUNTER:
      fob_account_draft_take_text (&self->counter, g_value_dup_string (value));
      break;
    case PROP_KIND:
      self->kind = (FobOtpKind) g_value_get_uint (value);
      fob_account_draft_decode (self);
      break;
    case PROP_ALGORITHM:
      self->algorithm = (FobOtpAlgorithm) g_value_get_uint (value);
      break;
    case PROP_DIGITS:
      self->digits = g_value_get_uint (value);
      break;
    case PROP_PERIOD:
      self->period = g_value_get_uint (value);
      break;
    case PROP_SUITE:
      fob_account_draft_take_text (&self->suite, g_value_dup_string (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
  fob_account_draft_changed (self);
}

static void
fob_account_draft_finalize (GObject *object)
{
  FobAccountDraft *self = FOB_ACCOUNT_DRAFT (object);

  g_clear_object (&self->account);
  g_clear_pointer (&self->issuer, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->note, g_free);
  g_clear_pointer (&self->counter, g_free);
  g_clear_pointer (&self->suite, g_free);
  g_clear_pointer (&self->typed, fob_secret_unref);
  g_clear_pointer (&self->secret, fob_secret_unref);
  g_clear_error (&self->secret_error);
  g_clear_pointer (&self->pin, fob_secret_unref);
  g_clear_pointer (&self->icon, g_bytes_unref);
  g_clear_pointer (&self->icon_type, g_free);

  G_OBJECT_CLASS (fob_account_draft_parent_class)->finalize (object);
}

static void
fob_account_draft_class_init (FobAccountDraftClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = fob_account_draft_get_property;
  object_class->set_property = fob_account_draft_set_property;
  object_class->finalize = fob_account_draft_finalize;

  properties[PROP_ISSUER] = g_param_spec_string ("issuer", NULL, NULL, "", flags);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, "", flags);
  properties[PROP_NOTE] = g_param_spec_string ("note", NULL, NULL, "", flags);
  properties[PROP_COUNTER] = g_param_spec_string ("counter", NULL, NULL, "0", flags);
  properties[PROP_KIND] = g_param_spec_uint ("kind", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_ALGORITHM] = g_param_spec_uint ("algorithm", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_DIGITS] =
    g_param_spec_uint ("digits", NULL, NULL, 0, G_MAXUINT, FOB_OTP_DIGITS_DEFAULT, flags);
  properties[PROP_PERIOD] =
    g_param_spec_uint ("period", NULL, NULL, 0, G_MAXUINT, FOB_OTP_PERIOD_DEFAULT, flags);
  properties[PROP_SUITE] = g_param_spec_string ("suite", NULL, NULL, "", flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
fob_account_draft_init (FobAccountDraft *self)
{
  self->issuer = g_strdup ("");
  self->name = g_strdup ("");
  self->note = g_strdup ("");
  self->counter = g_strdup ("0");
  self->suite = g_strdup ("");
  self->kind = FOB_OTP_KIND_TOTP;
  self->algorithm = FOB_OTP_ALGORITHM_SHA1;
  self->digits = FOB_OTP_DIGITS_DEFAULT;
  self->period = FOB_OTP_PERIOD_DEFAULT;
}

FobAccountDraft *
fob_account_draft_new (void)
{
  return g_object_new (FOB_TYPE_ACCOUNT_DRAFT, NULL);
}

FobAccountDraft *
fob_account_draft_new_from_account (FobAccount *account)
{
  FobAccountDraft *self = fob_account_draft_new ();

  self->account = g_object_ref (account);
  fob_account_draft_take_text (&self->issuer, g_strdup (fob_account_get_issuer (account)));
  fob_account_draft_take_text (&self->name, g_strdup (fob_account_get_name (account)));
  fob_account_draft_take_text (&self->note, g_strdup (fob_account_get_note (account)));
  fob_account_draft_load_otp (self, fob_account_get_otp (account));
  self->icon = fob_account_get_icon (account);
  if (self->icon != NULL)
    g_bytes_ref (self->icon);
  self->icon_type = g_strdup (fob_account_get_icon_type (account));

  return self;
}

gboolean
fob_account_draft_load_uri (FobAccountDraft *self, const char *text, GError **error)
{
  g_autoptr (FobOtp) otp = NULL;
  g_autofree char *issuer = NULL;
  g_autofree char *name = NULL;

  g_return_val_if_fail (FOB_IS_ACCOUNT_DRAFT (self), FALSE);

  otp = fob_otp_uri_parse (text, -1, &issuer, &name, error);
  if (otp == NULL)
    return FALSE;

  fob_account_draft_load_otp (self, otp);
  fob_account_draft_take_text (&self->issuer, g_steal_pointer (&issuer));
  fob_account_draft_take_text (&self->name, g_steal_pointer (&name));
  fob_account_draft_notify_all (self);

  return TRUE;
}

void
fob_account_draft_set_secret_text (FobAccountDraft *self, const char *text)
{
  g_return_if_fail (FOB_IS_ACCOUNT_DRAFT (self));

  g_clear_pointer (&self->typed, fob_secret_unref);
  g_clear_pointer (&self->secret, fob_secret_unref);
  g_clear_error (&self->secret_error);
  if (*text != '\0')
    self->typed = fob_secret_new (text, strlen (text));
  else if (self->account != NULL)
    self->secret = fob_secret_ref (fob_otp_get_secret (fob_account_get_otp (self->account)));
  fob_account_draft_decode (self);
  fob_account_draft_changed (self);
}

void
fob_account_draft_set_pin_text (FobAccountDraft *self, const char *text)
{
  FobSecret *present = NULL;

  g_return_if_fail (FOB_IS_ACCOUNT_DRAFT (self));

  if (self->account != NULL)
    present = fob_otp_get_pin (fob_account_get_otp (self->account));
  g_clear_pointer (&self->pin, fob_secret_unref);
  if (*text != '\0')
    self->pin = fob_secret_new (text, strlen (text));
  else if (present != NULL)
    self->pin = fob_secret_ref (present);
  fob_account_draft_changed (self);
}

void
fob_account_draft_set_icon (FobAccountDraft *self, GBytes *icon, const char *type)
{
  g_return_if_fail (FOB_IS_ACCOUNT_DRAFT (self));

  g_clear_pointer (&self->icon, g_bytes_unref);
  self->icon = icon != NULL ? g_bytes_ref (icon) : NULL;
  g_free (self->icon_type);
  self->icon_type = g_strdup (type);
  fob_account_draft_changed (self);
}

GBytes *
fob_account_draft_get_icon (FobAccountDraft *self)
{
  g_assert (FOB_IS_ACCOUNT_DRAFT (self));

  return self->icon;
}

FobSecret *
fob_account_draft_get_secret (FobAccountDraft *self)
{
  g_return_val_if_fail (FOB_IS_ACCOUNT_DRAFT (self), NULL);

  return self->secret;
}

gboolean
fob_account_draft_has_secret_text (FobAccountDraft *self)
{
  g_return_val_if_fail (FOB_IS_ACCOUNT_DRAFT (self), FALSE);

  return self->secret != NULL || self->secret_error != NULL;
}

gboolean
fob_account_draft_has_pin (FobAccountDraft *self)
{
  g_return_val_if_fail (FOB_IS_ACCOUNT_DRAFT (self), FALSE);

  return self->pin != NULL;
}

FobOtp *
fob_account_draft_build_otp (FobAccountDraft *self, GError **error)
{
  FobOtpParams params = FOB_OTP_PARAMS_INIT;
  const FobOtpKindInfo *info = NULL;

  g_return_val_if_fail (FOB_IS_ACCOUNT_DRAFT (self), NULL);

  if (self->secret_error != NULL)
    {
      g_propagate_error (error, g_error_copy (self->secret_error));
      return NULL;
    }
  if (self->secret == NULL)
    {
      g_set_error_literal (
        error, FOB_OTP_ERROR, FOB_OTP_ERROR_SECRET,
        _ ("The secret is missing. The service shows it beside its QR code, often as "
           "“setup key”."));
      return NULL;
    }
  info = fob_otp_kind_get_info (self->kind);
  if (info != NULL)
    fob_otp_params_set_kind (&params, self->kind);
  if (fob_account_draft_kind_is_free (self->kind))
    {
      params.algorithm = self->algorithm;
      params.digits = self->digits;
      params.period = self->period;
    }
  params.kind = self->kind;
  params.secret = self->secret;
  params.pin = self->pin;
  params.suite = self->suite;
  if (info != NULL && info->has_counter &&
      !g_ascii_string_to_unsigned (self->counter, 10, 0, G_MAXUINT64, &params.counter, NULL))
    {
      g_set_error_literal (error, FOB_OTP_ERROR, FOB_OTP_ERROR_COUNTER,
                           _ ("The counter must be a whole number, 0 or more."));
      return NULL;
    }

  /* A challenge is answered with a PIN that is asked for then; other codes need it at once. */
  if (info != NULL && info->has_pin && !info->has_challenge && self->pin == NULL)
    {
      g_set_error_literal (error, FOB_OTP_ERROR, FOB_OTP_ERROR_PIN,
                           _ ("The PIN is missing: the codes of this kind are made with it."));
      return NULL;
    }

  return fob_otp_new (&params, error);
}

FobAccount *
fob_account_draft_build (FobAccountDraft *self, GError **error)
{
  g_autoptr (FobOtp) otp = fob_account_draft_build_otp (self, error);
  g_autoptr (FobAccount) named = NULL;
  g_autoptr (FobAccount) noted = NULL;
  g_autoptr (FobAccount) account = NULL;

  if (otp == NULL)
    return NULL;
  if (strlen (self->issuer) > FOB_OTP_LABEL_SIZE_MAX ||
      strlen (self->name) > FOB_OTP_LABEL_SIZE_MAX)
    {
      g_set_error_literal (error, FOB_OTP_ERROR, FOB_OTP_ERROR_LABEL,
                           _ ("The service or account name is too long. Please shorten it."));
      return NULL;
    }

  if (self->account == NULL)
    named = fob_account_new (self->issuer, self->name, otp);
  else
    {
      account = fob_account_with_otp (self->account, otp);
      named = fob_account_with_names (account, self->issuer, self->name);
    }

  noted = fob_account_with_note (named, self->note);

  return fob_account_with_icon (noted, self->icon, self->icon_type);
}
