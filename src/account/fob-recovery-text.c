/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-account"

#include "config.h"

#include "fob-recovery-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "fob-account-error.h"
#include "fob-wipe.h"

/* Shorter ones are numbers of lines. */
#define CODE_LENGTH_MIN 4
/* Nobody hands out whole codes this short: they are groups of one. */
#define GROUP_LENGTH_MAX 5
/* "100." */
#define NUMBER_LENGTH_MAX 3

/* Where the parts of a line are: in the text, which is the only copy that is made of it. */
typedef struct
{
  const char *text;
  gsize size;
  guint cell;
} Word;

/* Reading letter by letter */

static gboolean
is_dash (gunichar letter)
{
  return (letter >= 0x2010 && letter <= 0x2015) || letter == 0x2212;
}

/* What stands around codes and is none of them. */
static gboolean
is_trimmed (gunichar letter)
{
  return !g_unichar_isalnum (letter) &&
         (letter >= 0x80 || strchr ("-.,;:()[]{}<>*\"'`#|", (int) letter) != NULL);
}

/* Returns: what @letter stands for: '\n', a tab between cells, a space, '-', or itself; 0 for
 * nothing. */
static gunichar
simplify (gunichar letter)
{
  if (letter == '\n' || letter == '\r' || letter == 0x2028 || letter == 0x2029)
    return '\n';
  if (letter == '\t' || letter == '\v' || letter == '\f' || letter == ',' || letter == ';' ||
      letter == '|')
    return '\t';
  if (g_unichar_isspace (letter))
    return ' ';
  if (is_dash (letter))
    return '-';
  if (g_unichar_iscntrl (letter) || g_unichar_type (letter) == G_UNICODE_FORMAT)
    return 0;

  return letter;
}

/* Returns: (transfer full): @text with one kind of each separator; two spaces are as good as a tab.
 * It never becomes longer. */
static char *
dup_simplified (const char *text, gsize length)
{
  char *simple = g_malloc0 (length + 1);
  const char *end = text + length;
  gsize size = 0;

  for (; text < end; text = g_utf8_next_char (text))
    {
      const gunichar letter = simplify (g_utf8_get_char (text));

      if (letter == 0)
        continue;
      if (letter == ' ' && size > 0 && (simple[size - 1] == ' ' || simple[size - 1] == '\t'))
        simple[size - 1] = '\t';
      else
        size += (gsize) g_unichar_to_utf8 (letter, simple + size);
    }

  return simple;
}

static gsize
count_letters (const Word *word)
{
  return (gsize) g_utf8_strlen (word->text, (gssize) word->size);
}

static gboolean
has_digit (const Word *word)
{
  for (gsize i = 0; i < word->size; i++)
    {
      if (g_ascii_isdigit (word->text[i]))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_number (const Word *word)
{
  for (gsize i = 0; i < word->size; i++)
    {
      if (!g_ascii_isdigit (word->text[i]))
        return FALSE;
    }

  return word->size > 0;
}

static Word
trim (Word word)
{
  while (word.size > 0 && is_trimmed (g_utf8_get_char (word.text)))
    {
      const gsize size = (gsize) (g_utf8_next_char (word.text) - word.text);

      word.text += size;
      word.size -= size;
    }
  while (word.size > 0)
    {
      const char *last = g_utf8_prev_char (word.text + word.size);

      if (!is_trimmed (g_utf8_get_char (last)))
        break;
      word.size = (gsize) (last - word.text);
    }

  return word;
}

/* Returns: the length of the number of a line at the beginning of @word: "1.", "2)", "(3)", "#4:";
 * 0 if there is none. */
static gsize
get_numbering (const Word *word)
{
  gsize i = 0;
  gsize digits = 0;

  while (i < word->size && (word->text[i] == '(' || word->text[i] == '#'))
    i++;
  for (; i < word->size && g_ascii_isdigit (word->text[i]); i++)
    digits++;
  if (digits == 0 || digits > NUMBER_LENGTH_MAX || i == word->size ||
      strchr (".):", word->text[i]) == NULL)
    return 0;

  return i + 1;
}

/* Lines */

/* A label, as in "Recovery code: abcd-1234", is no code. */
static const char *
skip_label (const char *line, const char *end)
{
  for (const char *at = end; at > line; at--)
    {
      if (at[-1] == ':' && (at == end || *at == ' ' || *at == '\t'))
        return at;
    }

  return line;
}

/* Adds the words between two separators; a number of a line begins another cell. */
static void
add_word (GArray *words, Word word, guint *cell)
{
  const gsize numbering = get_numbering (&word);

  if (numbering > 0)
    {
      ++*cell;
      word.text += numbering;
      word.size -= numbering;
    }
  word = trim (word);
  word.cell = *cell;
  if (word.size > 0)
    g_array_append_val (words, word);
}

/* Returns: (transfer full): of Word. */
static GArray *
split_line (const char *line, const char *end)
{
  GArray *words = g_array_new (FALSE, FALSE, sizeof (Word));
  guint cell = 0;

  line = skip_label (line, end);
  while (line < end)
    {
      const gsize size = strcspn (line, " \t\n");

      add_word (words, (Word){ line, size, 0 }, &cell);
      line += size;
      if (line < end && *line == '\t')
        cell++;
      line++;
    }

  return words;
}

/* "1 1234-5678": a number without a point. */
static void
drop_bare_numbers (GArray *words)
{
  for (guint i = 0; i + 1 < words->len; i++)
    {
      const Word *word = &g_array_index (words, Word, i);
      const gboolean first = i == 0 || word[-1].cell != word->cell;

      if (first && word[1].cell == word->cell && is_number (word) &&
          word->size <= NUMBER_LENGTH_MAX && word[1].size > word->size)
        g_array_remove_index (words, i);
    }
}

static gboolean
is_one_length (const Word *words, guint n)
{
  for (guint i = 1; i < n; i++)
    {
      if (count_letters (&words[i]) != count_letters (&words[0]))
        return FALSE;
    }

  return TRUE;
}

/* A sentence has words of many lengths, and such without a digit. */
static gboolean
is_prose (const GArray *words)
{
  const Word *all = (const Word *) (gpointer) words->data;
  gboolean wordy = FALSE;

  for (guint i = 0; i < words->len; i++)
    {
      if (memchr (all[i].text, '@', all[i].size) != NULL ||
          g_strstr_len (all[i].text, (gssize) all[i].size, "//") != NULL)
        return TRUE;
      wordy = wordy || !has_digit (&all[i]);
    }

  return wordy && !is_one_length (all, words->len);
}

/* Adds @n words of one cell as one code. */
static void
add_code (GArray *codes, const Word *words, guint n)
{
  Word code = words[0];

  /* They stand in one text, with one space between each two. */
  code.size = (gsize) (words[n - 1].text + words[n - 1].size - words[0].text);
  if (count_letters (&code) >= CODE_LENGTH_MIN)
    g_array_append_val (codes, code);
}

static gboolean
are_numbers (const Word *words, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      if (!is_number (&words[i]))
        return FALSE;
    }

  return TRUE;
}

static void
add_cell (GArray *codes, const Word *words, guint n)
{
  const gboolean grouped =
    is_one_length (words, n) && count_letters (&words[0]) <= GROUP_LENGTH_MAX;
  guint step = 1;

  /* Codes of digits come in pairs, others in any number of groups. */
  if (grouped && n > 2 && n % 2 == 0 && are_numbers (words, n))
    step = 2;
  else if (grouped)
    step = n;
  for (guint i = 0; i < n; i += step)
    add_code (codes, &words[i], step);
}

static void
add_line (GArray *codes, const char *line, const char *end)
{
  g_autoptr (GArray) words = split_line (line, end);
  const Word *all;

  drop_bare_numbers (words);
  if (words->len == 0 || is_prose (words))
    return;

  all = (const Word *) (gpointer) words->data;
  for (guint i = 0, n = 0; i < words->len; i += n)
    {
      for (n = 1; i + n < words->len && all[i + n].cell == all[i].cell; n++)
        ;
      add_cell (codes, &all[i], n);
    }
}

/* A heading of one word: among codes with digits it has none, and a length of its own. */
static gboolean
is_heading (const GArray *codes, guint position)
{
  const Word *all = (const Word *) (gpointer) codes->data;
  guint n_digits = 0;

  if (has_digit (&all[position]))
    return FALSE;
  for (guint i = 0; i < codes->len; i++)
    {
      if (i != position && count_letters (&all[i]) == count_letters (&all[position]))
        return FALSE;
      n_digits += has_digit (&all[i]) ? 1 : 0;
    }

  return n_digits >= 2;
}

static FobRecoveryCodes *
create_codes (const GArray *found)
{
  g_autoptr (GArray) codes = g_array_new (FALSE, FALSE, sizeof (FobRecoveryCode));
  FobRecoveryCodes *result;

  for (guint i = 0; i < found->len && codes->len < FOB_RECOVERY_CODES_STORED_MAX; i++)
    {
      const Word *word = &g_array_index (found, Word, i);
      const FobRecoveryCode code = { fob_secret_new (word->text, word->size), FALSE };

      g_array_append_val (codes, code);
    }
  result = fob_recovery_codes_new ((const FobRecoveryCode *) (gpointer) codes->data, codes->len);
  for (guint i = 0; i < codes->len; i++)
    fob_secret_unref (g_array_index (codes, FobRecoveryCode, i).text);

  return result;
}

FobRecoveryCodes *
fob_recovery_text_parse (const char *text, gssize length, GError **error)
{
  const gsize size = length < 0 ? strlen (text) : (gsize) length;
  g_autoptr (GArray) codes = g_array_new (FALSE, FALSE, sizeof (Word));
  g_auto (FobWipedString) simple = NULL;
  FobRecoveryCodes *result;

  if (g_utf8_validate (text, (gssize) size, NULL))
    simple = dup_simplified (text, size);
  for (const char *line = simple; line != NULL && *line != '\0';)
    {
      const char *end = line + strcspn (line, "\n");

      add_line (codes, line, end);
      line = *end != '\0' ? end + 1 : end;
    }
  for (guint i = codes->len; i > 0; i--)
    {
      if (is_heading (codes, i - 1))
        g_array_remove_index (codes, i - 1);
    }
  for (guint i = 0; i < codes->len; i++)
    {
      if (g_array_index (codes, Word, i).size > FOB_RECOVERY_CODE_SIZE_MAX)
        {
          g_set_error_literal (error, FOB_ACCOUNT_ERROR, FOB_ACCOUNT_ERROR_RECOVERY,
                               _ ("This does not look like recovery codes: one is too long."));
          return NULL;
        }
    }

  result = create_codes (codes);
  if (result == NULL)
    g_set_error_literal (error, FOB_ACCOUNT_ERROR, FOB_ACCOUNT_ERROR_RECOVERY,
                         _ ("There are no recovery codes in this text."));

  return result;
}
