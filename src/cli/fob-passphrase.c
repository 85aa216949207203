/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-cli"

#include "config.h"

#include "fob-passphrase.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/select.h>
#include <termios.h>
#include <unistd.h>

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "fob-line-reader.h"
#include "fob-wipe.h"

/* Short ones fall to a guess. */
#define PASSPHRASE_CHARS_MIN 8

static const int signals[] = { SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGPIPE };

static volatile sig_atomic_t caught_signal;

static void
signal_cb (int number)
{
  caught_signal = number;
}

/* The first line of @fd, which may be the last. */
static FobSecret *
read_line (int fd, GError **error)
{
  g_autoptr (FobLineReader) reader = fob_line_reader_new (fd, FOB_PASSPHRASE_SIZE_MAX);
  const char *line = NULL;
  gsize length = 0;

  if (!fob_line_reader_next (reader, &line, &length, error))
    {
      if (error != NULL && *error == NULL)
        g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                             _ ("There is no passphrase in it."));
      return NULL;
    }
  if (line == NULL || length == 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                           line == NULL ? _ ("The passphrase is too long.")
                                        : _ ("The passphrase is empty."));
      return NULL;
    }

  return fob_secret_new (line, length);
}

/* A line as the terminal hands it over; a signal ends the wait. @unblocked: the signals are let in
 * while we wait and not before, so that none comes just before the wait begins. */
static FobSecret *
read_terminal (int fd, const sigset_t *unblocked, GError **error)
{
  char line[FOB_PASSPHRASE_SIZE_MAX];
  fd_set input;
  ssize_t length = 0;
  FobSecret *secret = NULL;
  int n_ready;

  do
    {
      FD_ZERO (&input);
      FD_SET (fd, &input);
      n_ready = pselect (fd + 1, &input, NULL, NULL, NULL, unblocked);
    }
  while (n_ready < 0 && errno == EINTR && caught_signal == 0);
  if (n_ready > 0)
    length = read (fd, line, sizeof line);

  while (length > 0 && (line[length - 1] == '\n' || line[length - 1] == '\r'))
    length--;
  if (length > 0)
    secret = fob_secret_new (line, (gsize) length);
  else
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("No passphrase was given."));
  fob_wipe (line, sizeof line);

  return secret;
}

/* Without what is typed being shown. */
static FobSecret *
read_silently (int fd, const char *prompt, GError **error)
{
  struct sigaction action = { .sa_handler = signal_cb };
  struct sigaction before[G_N_ELEMENTS (signals)];
  sigset_t blocked;
  sigset_t unblocked;
  struct termios usual;
  struct termios silent;
  FobSecret *secret;

  if (tcgetattr (fd, &usual) != 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                           _ ("There is no terminal to ask on. Use --passphrase-file."));
      return NULL;
    }
  caught_signal = 0;
  sigemptyset (&action.sa_mask);
  sigemptyset (&blocked);
  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    sigaddset (&blocked, signals[i]);
  sigprocmask (SIG_BLOCK, &blocked, &unblocked);
  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    sigaction (signals[i], &action, &before[i]);
  silent = usual;
  silent.c_lflag &= ~(tcflag_t) (ECHO | ECHONL);
  tcsetattr (fd, TCSAFLUSH, &silent);
  /* Only now: whoever is quick to answer must not see the answer. */
  if (write (fd, prompt, strlen (prompt)) < 0)
    g_debug ("The prompt was not written: %s", g_strerror (errno));

  secret = read_terminal (fd, &unblocked, error);

  tcsetattr (fd, TCSAFLUSH, &usual);
  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    sigaction (signals[i], &before[i], NULL);
  sigprocmask (SIG_SETMASK, &unblocked, NULL);
  /* Now that the terminal is as it was, it may do what it does. */
  if (caught_signal != 0)
    raise (caught_signal);

  return secret;
}

FobSecret *
fob_passphrase_ask (const char *prompt, GError **error)
{
  const int fd = g_open ("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY, 0);
  FobSecret *secret;

  if (fd < 0 || tcgetpgrp (fd) != getpgrp ())
    {
      if (fd >= 0)
        close (fd);
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                           _ ("There is no terminal to ask on. Use --passphrase-file."));
      return NULL;
    }
  secret = read_silently (fd, prompt, error);
  if (write (fd, "\n", 1) < 0)
    g_debug ("The line was not ended: %s", g_strerror (errno));
  close (fd);

  return secret;
}

FobSecret *
fob_passphrase_ask_new (GError **error)
{
  g_autoptr (FobSecret) first = fob_passphrase_ask (_ ("New passphrase: "), error);
  g_autoptr (FobSecret) second = NULL;
  gsize size;
  const char *text;

  if (first == NULL)
    return NULL;
  text = fob_secret_get_data (first, &size);
  if (g_utf8_strlen (text, (gssize) size) < PASSPHRASE_CHARS_MIN)
    {
      g_set_error_literal (
        error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
        _ ("The passphrase is too short. Take at least eight characters, better several words."));
      return NULL;
    }
  second = fob_passphrase_ask (_ ("The same again: "), error);
  if (second == NULL)
    return NULL;
  if (!fob_secret_equal (first, second))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                           _ ("The two passphrases differ. Type the same one twice."));
      return NULL;
    }

  return g_steal_pointer (&first);
}

FobSecret *
fob_passphrase_read (const char *file, GError **error)
{
  const gboolean is_standard = g_str_equal (file, "-");
  const int fd = is_standard ? STDIN_FILENO : g_open (file, O_RDONLY | O_CLOEXEC, 0);
  FobSecret *secret;

  if (fd < 0)
    {
      const int saved = errno;

      g_set_error (error, G_FILE_ERROR, (int) g_file_error_from_errno (saved),
                   _ ("The file with the passphrase could not be opened: %s"), g_strerror (saved));
      return NULL;
    }
  secret = read_line (fd, error);
  if (!is_standard)
    close (fd);

  return secret;
}
