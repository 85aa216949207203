/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-cli"

#include "config.h"

#include "fob-watch-line.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "fob-display-text.h"
#include "fob-text-width.h"
#include "fob-wipe.h"

#define GAP          2
#define BAR_WIDTH    12
#define TITLE_LEAST  12
#define TITLE_ENOUGH 48

/* Seconds for which the end of a code is near. */
#define SECONDS_LAST 5

/* More than any line needs, so that the text with the code in it never moves. */
#define LINE_SIZE 4096

#define NORMAL "\033[0m"
#define BOLD   "\033[1m"
#define DIM    "\033[2m"
#define GREEN  "\033[32m"
#define YELLOW "\033[33m"

/* Names */

static char *
dup_title (FobAccount *account)
{
  g_autofree char *issuer = fob_display_text (fob_account_get_issuer (account));
  g_autofree char *name = fob_display_text (fob_account_get_name (account));

  if (*issuer == '\0' && *name == '\0')
    return g_strdup (_ ("Unnamed account"));
  if (*issuer == '\0' || *name == '\0')
    return g_strconcat (issuer, name, NULL);

  return g_strconcat (issuer, " · ", name, NULL);
}

/* For a terminal that knows no other letters. */
static char *
dup_ascii (const char *text)
{
  GString *ascii = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    g_string_append_c (ascii, (guchar) *p < 0x80 ? *p : '?');

  return g_string_free (ascii, FALSE);
}

static char *
dup_shown_title (const FobWatchLayout *self, FobAccount *account)
{
  g_autofree char *title = dup_title (account);

  if (self->unicode)
    return fob_text_cut (title, self->title_width, "…");

  {
    g_autofree char *ascii = dup_ascii (title);

    return fob_text_cut (ascii, self->title_width, NULL);
  }
}

/* Codes */

/* Length of the first group of a code. */
static gsize
group_size (gsize length)
{
  return length < 6 ? length : length / 2;
}

static gsize
code_columns (FobOtp *otp)
{
  const gsize digits = fob_otp_get_digits (otp);

  if (!fob_otp_is_time_based (otp))
    return 0;

  return digits + (group_size (digits) < digits ? 1 : 0);
}

static void
append_code (GString *line, const char *code)
{
  const gsize length = strlen (code);
  const gsize group = group_size (length);

  g_string_append_len (line, code, (gssize) group);
  if (group < length)
    {
      g_string_append_c (line, ' ');
      g_string_append (line, code + group);
    }
}

/* Layout */

static gsize
count_digits (guint64 number)
{
  gsize n = 1;

  while (number >= 10)
    {
      number /= 10;
      n++;
    }

  return n;
}

void
fob_watch_layout_update (FobWatchLayout *self, GListModel *accounts, gsize columns)
{
  const guint n_accounts = g_list_model_get_n_items (accounts);
  gsize title_width = TITLE_LEAST;
  gsize room = columns;

  self->columns = columns;
  self->code_width = 0;
  self->seconds_width = 0;
  self->bar_width = 0;
  for (guint i = 0; i < n_accounts; i++)
    {
      g_autoptr (FobAccount) account = g_list_model_get_item (accounts, i);
      FobOtp *otp = fob_account_get_otp (account);
      g_autofree char *title = dup_title (account);

      title_width = MAX (title_width, fob_text_width (title));
      self->code_width = MAX (self->code_width, code_columns (otp));
      self->seconds_width = MAX (self->seconds_width, count_digits (fob_otp_get_period (otp)));
    }

  /* " s" stands behind the number. */
  self->seconds_width += 2;
  room -= MIN (room, self->code_width + GAP);
  if (room < self->seconds_width + GAP + TITLE_LEAST)
    self->seconds_width = 0;
  else
    room -= self->seconds_width + GAP;
  if (room >= BAR_WIDTH + GAP + TITLE_LEAST)
    {
      self->bar_width = BAR_WIDTH;
      room -= BAR_WIDTH + GAP;
    }
  self->title_width = MIN (MIN (title_width, TITLE_ENOUGH), room);
}

/* Lines */

/* To a column of its own, counted from 0: terminals differ in how wide they think that emoji are.
 */
static void
append_column (GString *line, gsize column)
{
  g_string_append_printf (line, "\033[%" G_GSIZE_FORMAT "G", column + 1);
}

static void
append_bar (GString *line, const FobWatchLayout *self, guint64 left, guint64 period)
{
  const char *full = self->unicode ? "█" : "#";
  const char *empty = self->unicode ? "░" : ".";
  /* Never empty while the code is one. */
  const gsize n_full = (gsize) ((left * self->bar_width + period - 1) / period);

  for (gsize i = 0; i < self->bar_width; i++)
    g_string_append (line, i < n_full ? full : empty);
}

static void
append_countdown (GString *line, const FobWatchLayout *self, FobOtp *otp, gint64 unix_time)
{
  const guint64 left = fob_otp_seconds_left (otp, unix_time);
  const gsize code_end = self->title_width + GAP + self->code_width;
  const gboolean is_last = left <= SECONDS_LAST;

  if (self->colour)
    g_string_append (line, is_last ? YELLOW : GREEN);
  if (self->bar_width > 0)
    {
      append_column (line, code_end + GAP);
      append_bar (line, self, left, fob_otp_get_period (otp));
    }
  if (self->seconds_width > 0)
    {
      append_column (line, code_end + GAP + (self->bar_width > 0 ? self->bar_width + GAP : 0));
      /* Translators: seconds that are left, such as "12 s"; %*lu is the number */
      g_string_append_printf (line, _ ("%*lu s"), (int) self->seconds_width - 2, (gulong) left);
    }
  if (self->colour)
    g_string_append (line, NORMAL);
}

/* What stands in the place of a code. */
static const char *
explain_missing (FobOtp *otp, const GError *error)
{
  if (g_error_matches (error, FOB_OTP_ERROR, FOB_OTP_ERROR_PIN))
    return _ ("needs its PIN");

  return fob_otp_get_kind (otp) == FOB_OTP_KIND_HOTP ? _ ("counter") : _ ("needs a challenge");
}

static void
append_explanation (GString *line, const FobWatchLayout *self, const char *text)
{
  const gsize used = self->title_width + GAP;
  g_autofree char *shown =
    fob_text_cut (text, self->columns - MIN (used, self->columns), self->unicode ? "…" : NULL);
  g_autofree char *ascii = self->unicode ? NULL : dup_ascii (shown);

  g_string_append (line, self->colour ? DIM : "");
  g_string_append (line, ascii != NULL ? ascii : shown);
  g_string_append (line, self->colour ? NORMAL : "");
}

char *
fob_watch_line_format (const FobWatchLayout *self, FobAccount *account, gint64 unix_time)
{
  GString *line = g_string_sized_new (LINE_SIZE);
  FobOtp *otp = fob_account_get_otp (account);
  g_autofree char *title = dup_shown_title (self, account);
  g_autoptr (GError) error = NULL;
  char code[FOB_OTP_CODE_SIZE];

  g_string_append (line, title);
  append_column (line, self->title_width > 0 ? self->title_width + GAP : 0);
  if (!fob_otp_is_time_based (otp) || !fob_otp_code (otp, unix_time, code, &error))
    {
      append_explanation (line, self, explain_missing (otp, error));
      return g_string_free (line, FALSE);
    }

  g_string_append (line, self->colour ? BOLD : "");
  append_code (line, code);
  g_string_append (line, self->colour ? NORMAL : "");
  fob_wipe (code, sizeof code);
  append_countdown (line, self, otp, unix_time);

  return g_string_free (line, FALSE);
}
