/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-cli"

#include "config.h"

#include "fob-terminal.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

/* Alternate screen, no cursor, no line wrap, all of it empty; and back. What was drawn is taken
 * away first: not every terminal has another screen. */
#define ENTER_SCREEN "\033[?1049h\033[?25l\033[?7l\033[H\033[2J"
#define LEAVE_SCREEN "\033[0m\033[H\033[2J\033[?7h\033[?25h\033[?1049l"

struct _FobTerminal
{
  int fd;
  gboolean has_before;
  gboolean is_entered;
  struct termios before;
};

gboolean
fob_terminal_is_capable (int fd)
{
  const char *term = g_getenv ("TERM");

  return isatty (fd) == 1 && term != NULL && *term != '\0' && strcmp (term, "dumb") != 0;
}

FobTerminal *
fob_terminal_new (int fd)
{
  FobTerminal *self = g_new0 (FobTerminal, 1);

  self->fd = fd;

  return self;
}

void
fob_terminal_enter (FobTerminal *self)
{
  if (!self->has_before)
    self->has_before = tcgetattr (self->fd, &self->before) == 0;
  if (self->has_before)
    {
      struct termios quiet = self->before;

      /* Ctrl+C and Ctrl+Z stay what they are. */
      quiet.c_lflag &= ~(tcflag_t) (ICANON | ECHO);
      quiet.c_cc[VMIN] = 1;
      quiet.c_cc[VTIME] = 0;
      (void) tcsetattr (self->fd, TCSADRAIN, &quiet);
    }
  self->is_entered = TRUE;
  (void) fob_terminal_write (self, ENTER_SCREEN, strlen (ENTER_SCREEN));
}

void
fob_terminal_leave (FobTerminal *self)
{
  if (!self->is_entered)
    return;

  self->is_entered = FALSE;
  (void) fob_terminal_write (self, LEAVE_SCREEN, strlen (LEAVE_SCREEN));
  /* Keys that were pressed for us are not for the shell. */
  if (self->has_before)
    (void) tcsetattr (self->fd, TCSAFLUSH, &self->before);
}

void
fob_terminal_get_size (FobTerminal *self, guint *columns, guint *rows)
{
  struct winsize size = { 0, 0, 0, 0 };

  (void) ioctl (self->fd, TIOCGWINSZ, &size);
  *columns = size.ws_col > 0 ? size.ws_col : 80;
  *rows = size.ws_row > 0 ? size.ws_row : 24;
}

gboolean
fob_terminal_write (FobTerminal *self, const char *text, gsize length)
{
  while (length > 0)
    {
      const gssize n_written = write (self->fd, text, length);

      if (n_written >= 0)
        {
          text += n_written;
          length -= (gsize) n_written;
        }
      else if (errno == EAGAIN)
        {
          /* Somebody else made it so. */
          struct pollfd wait = { self->fd, POLLOUT, 0 };

          (void) poll (&wait, 1, -1);
        }
      else if (errno != EINTR)
        return FALSE;
    }

  return TRUE;
}

void
fob_terminal_free (FobTerminal *self)
{
  fob_terminal_leave (self);
  g_free (self);
}
