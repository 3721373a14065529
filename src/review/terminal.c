/* terminal -- single keys and a drawn screen. */
#include "terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "base/writing.h"

enum { SIGNALS = 5 };
static const int ending[SIGNALS] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP};

/* A handler has no argument, so what it restores stands here. */
static struct {
    int fd;
    bool open;
    struct termios before, raw;
    struct sigaction old[SIGNALS];
    volatile sig_atomic_t resized;
} tty = {.fd = -1};

static void enter(void)
{
    tcsetattr(tty.fd, TCSADRAIN, &tty.raw);
    writing_all(tty.fd, SPAN("\x1b[?1049h\x1b[H\x1b[2J")); /* the other screen, cleared */
}

static void leave(void)
{
    writing_all(tty.fd, SPAN("\x1b[0m\x1b[?25h\x1b[?1049l"));
    tcsetattr(tty.fd, TCSADRAIN, &tty.before);
}

/* Gives the terminal back, then lets the signal do what it did before. */
static void restore(int sent)
{
    int saved = errno;
    if (tty.open)
        leave();
    for (size_t i = 0; i < SIGNALS; i++) {
        struct sigaction mine;
        sigset_t only;
        if (ending[i] != sent)
            continue;
        sigaction(sent, &tty.old[i], &mine);
        sigemptyset(&only);
        sigaddset(&only, sent);
        raise(sent);
        sigprocmask(SIG_UNBLOCK, &only, NULL); /* it ends or stops here */
        sigaction(sent, &mine, NULL);
    }
    if (tty.open)
        enter();
    tty.resized = 1;
    errno = saved;
}

static void see_resized(int sent)
{
    (void)sent;
    tty.resized = 1;
}

bool terminal_open(void)
{
    tty.fd = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
    if (tty.fd < 0 || tcgetattr(tty.fd, &tty.before) != 0)
        return false;
    tty.raw = tty.before;
    tty.raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO | IEXTEN);
    tty.raw.c_iflag &= ~(tcflag_t)(IXON | ICRNL);
    tty.raw.c_cc[VMIN] = 1;
    tty.raw.c_cc[VTIME] = 0;
    tty.open = true;
    atexit(terminal_close);
    struct sigaction act = {.sa_handler = restore};
    sigemptyset(&act.sa_mask);
    for (size_t i = 0; i < SIGNALS; i++)
        sigaction(ending[i], &act, &tty.old[i]);
    act.sa_handler = see_resized;
    sigaction(SIGWINCH, &act, NULL);
    enter();
    return true;
}

void terminal_close(void)
{
    if (!tty.open)
        return;
    leave();
    tty.open = false;
    for (size_t i = 0; i < SIGNALS; i++)
        sigaction(ending[i], &tty.old[i], NULL);
    close(tty.fd);
}

static int read_byte(void)
{
    unsigned char c;
    for (;;) {
        if (tty.resized) {
            tty.resized = 0;
            return TERMINAL_RESIZED;
        }
        ssize_t got = read(tty.fd, &c, 1);
        if (got == 1)
            return c;
        if (got == 0 || errno != EINTR)
            return TERMINAL_END;
    }
}

/* A sequence of an arrow comes at once; the escape key comes alone. */
static bool more_comes(void)
{
    struct pollfd p = {.fd = tty.fd, .events = POLLIN};
    return poll(&p, 1, 30) == 1;
}

int terminal_read(void)
{
    int c = read_byte();
    if (c != 0x1b || !more_comes())
        return c == 0x1b ? TERMINAL_ESCAPE : c;
    c = read_byte();
    if (c != '[' && c != 'O')
        return TERMINAL_ESCAPE;
    do
        c = read_byte();
    while (c >= 0x20 && c < 0x40); /* parameters */
    switch (c) {
    case 'A':
        return TERMINAL_UP;
    case 'B':
        return TERMINAL_DOWN;
    case 'C':
        return TERMINAL_RIGHT;
    case 'D':
        return TERMINAL_LEFT;
    default:
        return TERMINAL_ESCAPE;
    }
}

void terminal_size(size_t *rows, size_t *columns)
{
    struct winsize size;
    bool known = ioctl(tty.fd, TIOCGWINSZ, &size) == 0 && size.ws_row && size.ws_col;
    *rows = known ? size.ws_row : 24;
    *columns = known ? size.ws_col : 80;
}

void terminal_draw(struct span screen)
{
    struct buf b = {0};
    buf_add(&b, SPAN("\x1b[H\x1b[2J"));
    for (size_t i = 0; i < screen.len; i++)
        if (screen.at[i] == '\n')
            buf_add(&b, SPAN("\r\n"));
        else
            buf_addc(&b, screen.at[i]);
    writing_all(tty.fd, buf_span(&b));
    buf_free(&b);
}
