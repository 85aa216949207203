/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

/* write-backup FOLDER PASSPHRASE: a backup with one account of each kind and something in every
 * field, for test_format.py to read. */

#include <stdlib.h>
#include <string.h>

#include "fob-backup.h"
#include "fob-otp-uri.h"
#include "fob-payload-draft.h"
#include "fob-recovery-text.h"

static const char *const uris[] = {
  "otpauth://totp/GitHub:alice?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=GitHub",
  "otpauth://totp/B%C3%BCcher%20%E6%9C%AC:bob%40example.org?secret=MFRGG&algorithm=SHA512",
  "otpauth://hotp/Bank:carol?secret=GEZDGNBVGY3TQOJQ&issuer=Bank&counter=41",
  "otpauth://steam/Steam:dave?secret=GEZDGNBVGY3TQOJQ&issuer=Steam",
  "motp://Router:erin?secret=0123456789abcdef",
  "otpauth://hotp/Big:frank?secret=GEZDGNBVGY3TQOJQ&issuer=Big&counter=18446744073709551615",
};

static FobAccount *
create_account (const char *uri)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *issuer = NULL;
  g_autofree char *name = NULL;
  g_autoptr (FobOtp) otp = fob_otp_uri_parse (uri, -1, &issuer, &name, &error);

  if (otp == NULL)
    g_error ("%s", error->message);

  return fob_account_new (issuer, name, otp);
}

static FobAccount *
create_ocra_account (void)
{
  FobOtpParams params = FOB_OTP_PARAMS_INIT;
  g_autoptr (FobSecret) secret = fob_secret_new ("12345678901234567890", 20);
  g_autoptr (FobOtp) otp = NULL;

  fob_otp_params_set_kind (&params, FOB_OTP_KIND_OCRA);
  params.secret = secret;
  params.suite = "OCRA-1:HOTP-SHA1-6:QN08";
  otp = fob_otp_new (&params, NULL);

  return fob_account_new ("Insurance", "grace", otp);
}

static FobAccount *
decorate (FobAccount *account)
{
  static const char *const tags[] = { "Work", "Überall", NULL };
  g_autoptr (GBytes) icon = g_bytes_new_static ("<svg/>", 6);
  g_autoptr (FobAccount) noted = fob_account_with_note (account, "first line\nsecond “line”");
  g_autoptr (FobAccount) pinned = fob_account_with_pinned (noted, TRUE);
  g_autoptr (FobAccount) tagged = fob_account_with_tags (pinned, tags);
  g_autoptr (FobRecoveryCodes) codes =
    fob_recovery_text_parse ("1. abcd-1234\n2. 5678 9012", -1, NULL);
  g_autoptr (FobRecoveryCodes) used = fob_recovery_codes_with_used (codes, 1, TRUE);
  g_autoptr (FobAccount) safe = fob_account_with_recovery (tagged, used);
  g_autoptr (FobAccount) dated = fob_account_with_modified (safe, 1795425000);

  return fob_account_with_icon (dated, icon, "image/svg+xml");
}

static FobPayload *
create_payload (void)
{
  g_autoptr (FobPayload) empty = fob_payload_new ();
  g_autoptr (FobPayloadDraft) draft = fob_payload_draft_new (empty);
  g_autoptr (FobAccount) ocra = create_ocra_account ();

  for (gsize i = 0; i < G_N_ELEMENTS (uris); i++)
    {
      g_autoptr (FobAccount) account = create_account (uris[i]);
      g_autoptr (FobAccount) decorated = i == 0 ? decorate (account) : g_object_ref (account);

      fob_payload_draft_insert (draft, G_MAXUINT, decorated);
    }
  fob_payload_draft_insert (draft, 2, ocra);
  /* The last one was deleted. */
  {
    g_autoptr (FobAccount) gone = create_account (uris[0]);

    fob_payload_draft_insert (draft, G_MAXUINT, gone);
    fob_payload_draft_trash (draft, fob_payload_draft_get_n_accounts (draft) - 1, 1795425111);
  }

  return fob_payload_draft_finish (draft);
}

int
main (int argc, char **argv)
{
  g_autoptr (FobPayload) payload = create_payload ();
  g_autoptr (GFile) folder = g_file_new_for_commandline_arg (argc == 3 ? argv[1] : ".");
  g_autoptr (FobSecret) passphrase = NULL;
  g_autoptr (FobEnvelope) envelope = NULL;
  g_autoptr (GError) error = NULL;
  FobBackupName name;

  if (argc != 3)
    return EXIT_FAILURE;
  passphrase = fob_secret_new (argv[2], strlen (argv[2]));
  envelope = fob_envelope_new (passphrase, &error);
  if (envelope == NULL ||
      !fob_backup_run (folder, payload, 42, envelope, 1795425632, &name, NULL, &error))
    g_error ("%s", error->message);
  g_print ("%s\n", fob_payload_get_vault_id (payload));

  return EXIT_SUCCESS;
}
