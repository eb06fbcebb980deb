/* What the system alone asks for delivering: one write() of chunks held ready, for each reader. ARGV: their file, ms between. */
#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static char block[1 << 20];
static int readers[1 << 14];

int main(int argc, char **argv) {
  int file = open(argv[1], O_RDONLY), count = 0, listener = socket(AF_INET, SOCK_STREAM, 0);
  ssize_t size = read(file, block, sizeof block);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t length = sizeof address;
  const char head[] = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n"
                      "a\r\n\x1f\x8b\x08\0\0\0\0\0\0\xff\r\n";
  struct timespec pause = {.tv_sec = 0, .tv_nsec = 1000000L * atoi(argv[2])};
  signal(SIGPIPE, SIG_IGN);
  if (size < 1 || bind(listener, (struct sockaddr *)&address, length) || listen(listener, 1024)) return 1;
  getsockname(listener, (struct sockaddr *)&address, &length);
  fcntl(listener, F_SETFL, O_NONBLOCK);
  printf("at http://127.0.0.1:%d\n", ntohs(address.sin_port));
  fflush(stdout);
  for (;;) {
    for (int one; (one = accept(listener, NULL, NULL)) >= 0; readers[count++] = one) write(one, head, sizeof head - 1);
    for (int nth = 0; nth < count; nth++)
      if (write(readers[nth], block, size) < 0) { close(readers[nth]); readers[nth--] = readers[--count]; }
    nanosleep(&pause, NULL);
  }
}
