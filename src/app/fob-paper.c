/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "keyfob"

#include "config.h"

#include "fob-paper.h"

#include <glib/gi18n-lib.h>
#include <pango/pangocairo.h>
#include <string.h>

#include "fob-account.h"
#include "fob-display-text.h"
#include "fob-otp-uri.h"
#include "fob-qr-code.h"
#include "fob-wipe.h"

/* All lengths are points. */
#define POINTS_AN_INCH 72

/* A module of half a millimetre and more is read by any camera. */
#define MODULE     1.8
#define CODE_MIN   110.0
#define CODE_MAX   240.0
#define GAP        12.0
#define LINE_GAP   3.0
#define FOOT       24.0
#define RULE_WIDTH 0.5

#define FONT_HEADING "Sans Bold 16"
#define FONT_BODY    "Sans 9"
#define FONT_TITLE   "Sans Bold 11"
#define FONT_NAME    "Sans 10"
#define FONT_DETAILS "Sans 8"
#define FONT_SECRET  "Monospace 10"

/* Characters of a secret between spaces. */
#define GROUP 4

/* Names are strangers' and may be long; the code holds the whole of them. */
#define NAME_LINES 2

typedef struct
{
  char *title;
  char *name;
  char *details;
  char *secret;    /* in groups; wiped */
  FobQrCode *code; /* NULL if the link is too long for one */

  /* Of an encrypted backup there are two codes beside each other, and their numbers. */
  char *second_title;
  FobQrCode *second; /* NULL for the last of an odd number */
} Entry;

struct _FobPaper
{
  gatomicrefcount ref_count;

  char *date;
  GPtrArray *entries; /* of Entry */
  gboolean encrypted;

  double width;
  double height;
  GArray *starts; /* of guint: the first entry of each page */
};

static void
entry_free (Entry *entry)
{
  g_free (entry->title);
  g_free (entry->name);
  g_free (entry->details);
  g_clear_pointer (&entry->secret, fob_wipe_free_string);
  g_clear_pointer (&entry->code, fob_qr_code_unref);
  g_free (entry->second_title);
  g_clear_pointer (&entry->second, fob_qr_code_unref);
  g_free (entry);
}

/* Returns: (transfer full): @text in groups, to be wiped. */
static char *
group_text (const char *text)
{
  const gsize length = strlen (text);
  char *grouped = g_malloc (length + length / GROUP + 1);
  gsize n = 0;

  for (gsize i = 0; i < length; i++)
    {
      if (i > 0 && i % GROUP == 0)
        grouped[n++] = ' ';
      grouped[n++] = text[i];
    }
  grouped[n] = '\0';

  return grouped;
}

/* What has to be chosen where the secret is typed by hand. */
static char *
dup_details (FobOtp *otp)
{
  const FobOtpKindInfo *info = fob_otp_kind_get_info (fob_otp_get_kind (otp));
  const char *algorithm = fob_otp_algorithm_to_string (fob_otp_get_algorithm (otp));
  const guint digits = fob_otp_get_digits (otp);
  g_autofree char *number = g_strdup_printf (
    "%" G_GUINT64_FORMAT, info->has_counter ? fob_otp_get_counter (otp) : fob_otp_get_period (otp));
  g_autofree char *kind = g_ascii_strup (info->name, -1);
  FobOtpParams params;

  fob_otp_get_params (otp, &params);
  if (params.suite != NULL)
    return g_strdup_printf (_ ("Kind: %s. Suite: %s."), kind, params.suite);
  if (info->has_counter)
    /* Translators: kind is the name of a standard, algorithm is SHA1 or another */
    return g_strdup_printf (_ ("Kind: %s. Algorithm: %s. Digits: %u. Next counter: %s."), kind,
                            algorithm, digits, number);

  return g_strdup_printf (_ ("Kind: %s. Algorithm: %s. Digits: %u. Period in seconds: %s."), kind,
                          algorithm, digits, number);
}

static Entry *
entry_new (FobAccount *account)
{
  const char *issuer = fob_account_get_issuer (account);
  const char *name = fob_account_get_name (account);
  FobOtp *otp = fob_account_get_otp (account);
  g_auto (FobWipedString) uri = fob_otp_uri_format (otp, issuer, name);
  g_auto (FobWipedString) secret = fob_secret_dup_base32 (fob_otp_get_secret (otp));
  g_autoptr (GError) error = NULL;
  Entry *entry = g_new0 (Entry, 1);

  entry->title = *issuer != '\0' ? fob_display_text (issuer) : g_strdup (_ ("Unnamed account"));
  entry->name = fob_display_text (name);
  entry->details = dup_details (otp);
  entry->secret = group_text (secret);
  entry->code = fob_qr_code_new (uri, &error);
  if (entry->code == NULL)
    g_debug ("No code on paper: %s", error->message);

  return entry;
}

/* Drawing */

/* Returns: the height of @text; draws it if @draw. @lines: 0 for all of it. */
static double
flow_text (cairo_t *cr,
           const char *text,
           const char *font,
           double x,
           double y,
           double width,
           int lines,
           gboolean draw)
{
  g_autoptr (PangoLayout) layout = pango_cairo_create_layout (cr);
  g_autoptr (PangoFontDescription) description = pango_font_description_from_string (font);
  int height;

  pango_cairo_context_set_resolution (pango_layout_get_context (layout), POINTS_AN_INCH);
  pango_layout_context_changed (layout);
  pango_layout_set_font_description (layout, description);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  if (lines > 0)
    {
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
      pango_layout_set_height (layout, -lines);
    }
  pango_layout_set_text (layout, text, -1);
  pango_layout_get_size (layout, NULL, &height);
  if (draw)
    {
      cairo_move_to (cr, x, y);
      pango_cairo_show_layout (cr, layout);
    }

  return (double) height / PANGO_SCALE;
}

/* How wide the code is, with its quiet zone. */
static double
get_code_side (Entry *entry)
{
  if (entry->code == NULL)
    return CODE_MIN;

  return CLAMP (MODULE * (fob_qr_code_get_size (entry->code) + 2 * FOB_QR_QUIET_ZONE), CODE_MIN,
                CODE_MAX);
}

static void
draw_code (cairo_t *cr, FobQrCode *code, double left, double top, double side)
{
  const int size = (int) fob_qr_code_get_size (code);
  const double module = side / (size + 2 * FOB_QR_QUIET_ZONE);

  cairo_save (cr);
  /* No hairlines between modules. */
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
  for (int y = 0; y < size; y++)
    {
      for (int x = 0; x < size; x++)
        {
          if (fob_qr_code_is_dark (code, x, y))
            cairo_rectangle (cr, left + (x + FOB_QR_QUIET_ZONE) * module,
                             top + (y + FOB_QR_QUIET_ZONE) * module, module, module);
        }
    }
  cairo_fill (cr);
  cairo_restore (cr);
}

/* Returns: the height of two codes beside each other, with their numbers; draws them if @draw. */
static double
flow_pair (FobPaper *self, cairo_t *cr, Entry *entry, double top, gboolean draw)
{
  const double column = (self->width - GAP) / 2;
  const double side = MIN (get_code_side (entry), column);
  double y = top + GAP;

  if (draw && entry->second != NULL)
    flow_text (cr, entry->second_title, FONT_TITLE, column + GAP, y, column, 1, TRUE);
  y += flow_text (cr, entry->title, FONT_TITLE, 0, y, column, 1, draw);
  if (draw)
    draw_code (cr, entry->code, 0, y, side);
  if (draw && entry->second != NULL)
    draw_code (cr, entry->second, column + GAP, y, side);

  return y + side - top;
}

/* Returns: the height of the entry; draws it if @draw. */
static double
flow_account (FobPaper *self, cairo_t *cr, Entry *entry, double top, gboolean draw)
{
  const double side = get_code_side (entry);
  const double left = side + GAP;
  const double width = MAX (self->width - left, CODE_MIN);
  double y = top + GAP;

  if (draw)
    {
      cairo_set_line_width (cr, RULE_WIDTH);
      cairo_move_to (cr, 0, top);
      cairo_line_to (cr, self->width, top);
      cairo_stroke (cr);
      if (entry->code != NULL)
        draw_code (cr, entry->code, 0, top + LINE_GAP, side);
      else
        flow_text (cr, _ ("This account does not fit into a QR code. Type it by hand."), FONT_BODY,
                   0, y, side, 0, TRUE);
    }
  y += flow_text (cr, entry->title, FONT_TITLE, left, y, width, NAME_LINES, draw) + LINE_GAP;
  if (*entry->name != '\0')
    y += flow_text (cr, entry->name, FONT_NAME, left, y, width, NAME_LINES, draw) + LINE_GAP;
  y += flow_text (cr, entry->details, FONT_DETAILS, left, y, width, 0, draw) + LINE_GAP;
  y += flow_text (cr, entry->secret, FONT_SECRET, left, y, width, 0, draw) + GAP;

  return MAX (y - top, side + 2 * LINE_GAP);
}

static double
flow_entry (FobPaper *self, cairo_t *cr, Entry *entry, double top, gboolean draw)
{
  return self->encrypted ? flow_pair (self, cr, entry, top, draw)
                         : flow_account (self, cr, entry, top, draw);
}

/* Returns: the height of what stands above the accounts; draws it if @draw. */
static double
flow_head (FobPaper *self, cairo_t *cr, gboolean first, gboolean draw)
{
  const char *const readable[] = {
    _ ("Whoever holds this sheet can make your one-time codes. Keep it where you keep your "
       "passports, away from your computer, and shred it when it is out of date."),
    _ ("To restore an account, scan its QR code with an authenticator app, or type its secret by "
       "hand. Spaces in secrets do not count."),
    NULL,
  };
  const char *const encrypted[] = {
    _ ("This backup is encrypted. Without its passphrase nobody can read it, not even you: keep "
       "the passphrase in another place."),
    _ ("To restore it, scan these pages or photograph them, all codes, in any order, and import "
       "the pictures into Keyfob together."),
    _ ("Without Keyfob: read the codes with any app, and take away what stands before the fourth "
       "colon of each. The rest, put together by the numbers, is a file that the Aegis "
       "authenticator imports."),
    NULL,
  };
  const char *const *lines = self->encrypted ? encrypted : readable;
  double y = flow_text (cr, _ ("Keyfob Paper Backup"), FONT_HEADING, 0, 0, self->width, 0, draw);

  for (guint i = 0; first && lines[i] != NULL; i++)
    {
      y += LINE_GAP;
      y += flow_text (cr, lines[i], FONT_BODY, 0, y, self->width, 0, draw);
    }

  return y + GAP;
}

static void
draw_foot (FobPaper *self, cairo_t *cr, guint page)
{
  g_autofree char *text = NULL;

  /* Translators: at the foot of a printed page: a page, all pages, the date */
  text =
    g_strdup_printf (_ ("Page %u of %u, printed on %s"), page + 1, self->starts->len, self->date);
  flow_text (cr, text, FONT_DETAILS, 0, self->height - FOOT + GAP, self->width, 1, TRUE);
}

/* Public */

static FobPaper *
paper_new (GDateTime *date)
{
  FobPaper *self = g_new0 (FobPaper, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->date = g_date_time_format (date, "%x");
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
  self->starts = g_array_new (FALSE, FALSE, sizeof (guint));

  return self;
}

FobPaper *
fob_paper_new_encrypted (GPtrArray *parts, GDateTime *date, GError **error)
{
  g_autoptr (FobPaper) self = paper_new (date);
  Entry *entry = NULL;

  self->encrypted = TRUE;
  for (guint i = 0; i < parts->len; i++)
    {
      g_autoptr (FobQrCode) code = fob_qr_code_new (parts->pdata[i], error);
      g_autofree char *title = NULL;

      if (code == NULL)
        return NULL;
      /* Translators: the number of a QR code on paper, and how many there are */
      title = g_strdup_printf (_ ("Code %u of %u"), i + 1, parts->len);
      if (i % 2 == 1)
        {
          entry->second = g_steal_pointer (&code);
          entry->second_title = g_steal_pointer (&title);
          continue;
        }
      entry = g_new0 (Entry, 1);
      entry->code = g_steal_pointer (&code);
      entry->title = g_steal_pointer (&title);
      g_ptr_array_add (self->entries, entry);
    }

  return g_steal_pointer (&self);
}

FobPaper *
fob_paper_new (GPtrArray *accounts, GDateTime *date)
{
  FobPaper *self = paper_new (date);

  for (guint i = 0; i < accounts->len; i++)
    g_ptr_array_add (self->entries, entry_new (accounts->pdata[i]));

  return self;
}

FobPaper *
fob_paper_ref (FobPaper *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
fob_paper_unref (FobPaper *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->date);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_pointer (&self->starts, g_array_unref);
  g_free (self);
}

guint
fob_paper_paginate (FobPaper *self, cairo_t *cr, double width, double height)
{
  guint start = 0;
  double y;

  self->width = width;
  self->height = height;
  g_array_set_size (self->starts, 0);
  g_array_append_val (self->starts, start);
  y = flow_head (self, cr, TRUE, FALSE);
  for (guint i = 0; i < self->entries->len; i++)
    {
      const double entry = flow_entry (self, cr, self->entries->pdata[i], 0, FALSE);

      /* What is larger than a page stands on one of its own, rather than nowhere. */
      if (y + entry > height - FOOT && i > start)
        {
          start = i;
          g_array_append_val (self->starts, start);
          y = flow_head (self, cr, FALSE, FALSE);
        }
      y += entry;
    }

  return self->starts->len;
}

void
fob_paper_draw_page (FobPaper *self, cairo_t *cr, guint page)
{
  guint end = self->entries->len;
  double y;

  g_return_if_fail (page < self->starts->len);

  if (page + 1 < self->starts->len)
    end = g_array_index (self->starts, guint, page + 1);
  cairo_set_source_rgb (cr, 0, 0, 0);
  y = flow_head (self, cr, page == 0, TRUE);
  for (guint i = g_array_index (self->starts, guint, page); i < end; i++)
    y += flow_entry (self, cr, self->entries->pdata[i], y, TRUE);
  draw_foot (self, cr, page);
}
