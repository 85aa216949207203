/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: The Keyfob authors */

#define G_LOG_DOMAIN "fob-cli"

#include "config.h"

#include "fob-watch.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <glib-unix.h>
#include <glib/gi18n-lib.h>

#include "fob-signal-pipe.h"
#include "fob-terminal.h"
#include "fob-text-width.h"
#include "fob-watch-line.h"
#include "fob-wipe.h"

/* More than a screen takes, so that what has codes in it never moves in memory. */
#define FRAME_SIZE 65536

typedef struct
{
  GListModel *accounts;
  FobTerminal *terminal;
  GMainLoop *loop;
  FobWatchLayout layout;
  GPtrArray *lines; /* (element-type utf8): what the screen shows; wiped when freed */
  guint n_rows;     /* for accounts */
  guint offset;     /* of the first account that is shown */
  int timer_fd;
  int signal; /* that ends the process when the terminal is given back; 0 for none */
} Watch;

/* Drawing */

static void
watch_put_line (Watch *self, GString *frame, guint row, char *taken)
{
  g_auto (FobWipedString) line = taken;
  char **shown;

  if (row >= self->lines->len)
    g_ptr_array_add (self->lines, g_strdup (""));
  shown = (char **) &self->lines->pdata[row];
  if (strcmp (*shown, line) == 0)
    return;

  g_string_append_printf (frame, "\033[%u;1H\033[2K%s", row + 1, line);
  fob_wipe_free_string (*shown);
  *shown = g_steal_pointer (&line);
}

/* The last line of the screen: how to leave, and where one is. */
static char *
watch_dup_footer (Watch *self)
{
  const guint n_accounts = g_list_model_get_n_items (self->accounts);
  const guint last = MIN (self->offset + self->n_rows, n_accounts);
  g_autofree char *text = NULL;
  g_autofree char *cut = NULL;

  if (n_accounts > self->n_rows)
    /* Translators: the first and the last account on the screen, and how many there are */
    text = g_strdup_printf (_ ("%u to %u of %u; Up, Down: scroll; q: quit"), self->offset + 1, last,
                            n_accounts);
  else
    text = g_strdup (_ ("q: quit"));
  cut = fob_text_cut (text, self->layout.columns, NULL);

  return self->layout.colour ? g_strconcat ("\033[2m", cut, "\033[0m", NULL)
                             : g_steal_pointer (&cut);
}

static void
watch_draw (Watch *self)
{
  GString *frame = g_string_sized_new (FRAME_SIZE);
  const gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  guint row = 0;

  for (; row < self->n_rows; row++)
    {
      g_autoptr (FobAccount) account = g_list_model_get_item (self->accounts, self->offset + row);

      watch_put_line (self, frame, row,
                      account != NULL ? fob_watch_line_format (&self->layout, account, now)
                                      : g_strdup (""));
    }
  watch_put_line (self, frame, row, watch_dup_footer (self));

  if (frame->len > 0 && !fob_terminal_write (self->terminal, frame->str, frame->len))
    g_main_loop_quit (self->loop);
  fob_wipe (frame->str, frame->len);
  g_string_free (frame, TRUE);
}

/* After anything that moves lines about. */
static void
watch_redraw (Watch *self)
{
  guint n_accounts = g_list_model_get_n_items (self->accounts);
  guint columns;
  guint rows;

  fob_terminal_get_size (self->terminal, &columns, &rows);
  self->n_rows = rows > 1 ? rows - 1 : 1;
  self->offset = MIN (self->offset, n_accounts > self->n_rows ? n_accounts - self->n_rows : 0);
  fob_watch_layout_update (&self->layout, self->accounts, columns);
  g_ptr_array_set_size (self->lines, 0);
  (void) fob_terminal_write (self->terminal, "\033[2J", strlen ("\033[2J"));
  watch_draw (self);
}

/* The clock */

/* At every full second of the clock that codes follow; a clock that was set wakes it too. */
static void
watch_arm_timer (Watch *self)
{
  const gint64 next = g_get_real_time () / G_USEC_PER_SEC + 1;
  const struct itimerspec timer = { .it_interval = { .tv_sec = 1 },
                                    .it_value = { .tv_sec = (time_t) next } };

  (void) timerfd_settime (self->timer_fd, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &timer,
                          NULL);
}

static gboolean
watch_tick_cb (int fd, GIOCondition condition, gpointer user_data)
{
  Watch *self = user_data;
  guint64 expirations;

  if (read (fd, &expirations, sizeof expirations) < 0)
    {
      if (errno == EAGAIN)
        return G_SOURCE_CONTINUE;
      watch_arm_timer (self);
    }
  watch_draw (self);

  return G_SOURCE_CONTINUE;
}

/* Keys */

static void
watch_scroll (Watch *self, int rows)
{
  if (rows < 0)
    self->offset -= MIN (self->offset, (guint) -rows);
  else
    self->offset += (guint) rows;
  watch_redraw (self);
}

static gboolean
watch_keys_cb (int fd, GIOCondition condition, gpointer user_data)
{
  Watch *self = user_data;
  const int page = (int) self->n_rows;
  char keys[64];
  const gssize size = read (fd, keys, sizeof keys - 1);

  if (size < 0 && (errno == EINTR || errno == EAGAIN))
    return G_SOURCE_CONTINUE;
  if (size <= 0)
    return G_SOURCE_REMOVE;
  keys[size] = '\0';

  if (strpbrk (keys, "qQ") != NULL)
    g_main_loop_quit (self->loop);
  else if (strstr (keys, "\033[A") != NULL || *keys == 'k')
    watch_scroll (self, -1);
  else if (strstr (keys, "\033[B") != NULL || *keys == 'j')
    watch_scroll (self, 1);
  else if (strstr (keys, "\033[5~") != NULL)
    watch_scroll (self, -page);
  else if (strstr (keys, "\033[6~") != NULL || *keys == ' ')
    watch_scroll (self, page);
  else if (*keys == '\f')
    watch_redraw (self);

  return G_SOURCE_CONTINUE;
}

/* Signals */

static void
watch_handle_signal (Watch *self, int number)
{
  switch (number)
    {
    case SIGTSTP:
      fob_terminal_leave (self->terminal);
      /* Returns when we may go on, or at once where nobody could tell us to. */
      fob_signal_pipe_raise_default (SIGTSTP);
      fob_terminal_enter (self->terminal);
      watch_redraw (self);
      break;
    case SIGCONT: /* of a stop that was not announced */
      fob_terminal_enter (self->terminal);
      watch_redraw (self);
      break;
    case SIGWINCH:
      watch_redraw (self);
      break;
    case SIGINT: /* the usual way out of programs like this one */
      g_main_loop_quit (self->loop);
      break;
    default:
      self->signal = number;
      g_main_loop_quit (self->loop);
      break;
    }
}

static gboolean
watch_signal_cb (int fd, GIOCondition condition, gpointer user_data)
{
  guint8 number;

  while (read (fd, &number, 1) == 1)
    watch_handle_signal (user_data, number);

  return G_SOURCE_CONTINUE;
}

/* Running */

static void
watch_run_loop (Watch *self, int signal_fd)
{
  const gboolean has_keys = isatty (STDIN_FILENO) == 1;
  guint keys_id = has_keys ? g_unix_fd_add (STDIN_FILENO, G_IO_IN, watch_keys_cb, self) : 0;
  const guint signal_id = g_unix_fd_add (signal_fd, G_IO_IN, watch_signal_cb, self);
  const guint timer_id = g_unix_fd_add (self->timer_fd, G_IO_IN, watch_tick_cb, self);
  const gulong changed_id =
    g_signal_connect_swapped (self->accounts, "items-changed", G_CALLBACK (watch_redraw), self);

  fob_terminal_enter (self->terminal);
  watch_redraw (self);
  watch_arm_timer (self);
  g_main_loop_run (self->loop);
  fob_terminal_leave (self->terminal);

  g_signal_handler_disconnect (self->accounts, changed_id);
  g_source_remove (timer_id);
  g_source_remove (signal_id);
  /* At the end of the input it went by itself. */
  if (keys_id != 0 && g_main_context_find_source_by_id (NULL, keys_id) != NULL)
    g_source_remove (keys_id);
}

static gboolean
wants_colour (void)
{
  const char *no_color = g_getenv ("NO_COLOR");

  return no_color == NULL || *no_color == '\0';
}

static void
watch_run (GListModel *accounts, int signal_fd, int timer_fd, int *signal)
{
  Watch self = { .accounts = accounts, .timer_fd = timer_fd };

  self.layout.colour = wants_colour ();
  self.layout.unicode = g_get_charset (NULL);
  self.lines = g_ptr_array_new_with_free_func ((GDestroyNotify) fob_wipe_free_string);
  self.loop = g_main_loop_new (NULL, FALSE);
  self.terminal = fob_terminal_new (STDOUT_FILENO);
  watch_run_loop (&self, signal_fd);

  fob_terminal_free (self.terminal);
  g_main_loop_unref (self.loop);
  g_ptr_array_unref (self.lines);
  *signal = self.signal;
}

gboolean
fob_watch_run (GListModel *accounts, GError **error)
{
  static const int signals[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH, 0 };
  int signal_fd;
  int timer_fd;
  int signal = 0;

  if (!fob_terminal_is_capable (STDOUT_FILENO))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                           _ ("Watching codes needs a terminal. Leave --watch away to print them "
                              "once."));
      return FALSE;
    }

  timer_fd = timerfd_create (CLOCK_REALTIME, TFD_CLOEXEC | TFD_NONBLOCK);
  signal_fd = timer_fd >= 0 ? fob_signal_pipe_open (signals) : -1;
  if (signal_fd >= 0)
    watch_run (accounts, signal_fd, timer_fd, &signal);
  else
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_TOO_MANY_OPEN_FILES,
                         _ ("Too many files are open. Close some and try again."));
  fob_signal_pipe_close ();
  if (timer_fd >= 0)
    close (timer_fd);
  if (signal != 0)
    fob_signal_pipe_raise_default (signal);

  return signal_fd >= 0;
}
