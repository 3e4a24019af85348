#!/usr/bin/env bash
# record.sh > debian-options.tsv: asks each program of Debian 12 for the options it gives to getopt(3), by preloading one
# that writes them down. A line has the program (and its command, if commands have options of their own), the letters as
# in getopt's third argument, and the long names, with `:` for a value and `::` for an attached one.
# Needs gcc and the packages of the programs. What parses its options by itself (find, ps, jq, xxd, blockdev) is not here.
set -euo pipefail
cd "$(mktemp -d)"
export LC_ALL=C OPTIONS_FILE=$PWD/options LD_LIBRARY_PATH=

cat >preload.c <<'C'
#define _GNU_SOURCE
#include <ctype.h>
#include <dlfcn.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
/* How many other option strings are to be parsed before the one that is wanted: 1 for a command's options. */
static int to_skip(void) { const char *skip = getenv("OPTIONS_SKIP"); return skip ? atoi(skip) : 0; }
static const char *seen;
static int passed;
static void list(const char *letters, const struct option *l) {
  if (seen == NULL) seen = letters;
  if (seen != letters) { seen = letters; passed++; }
  if (passed < to_skip()) return;
  FILE *out = fopen(getenv("OPTIONS_FILE"), "w");
  for (; *letters; letters++) if (isgraph(*letters)) fputc(*letters, out);
  for (; l && l->name; l++) fprintf(out, "\t%s%s", l->name, l->has_arg == 1 ? ":" : l->has_arg == 2 ? "::" : "");
  fclose(out);
  _exit(0);
}
int getopt(int c, char *const *v, const char *s) { list(s, NULL); return -1; }
int __posix_getopt(int c, char *const *v, const char *s) { list(s, NULL); return -1; }
int getopt_long_only(int c, char *const *v, const char *s, const struct option *l, int *i) { list(s, l); return -1; }
int getopt_long(int c, char *const *v, const char *s, const struct option *l, int *i) {
  list(s, l);
  int (*next)(int, char *const *, const char *, const struct option *, int *) = dlsym(RTLD_NEXT, "getopt_long");
  return next(c, v, s, l, i);
}
C
gcc -shared -fPIC -o preload.so preload.c -ldl

ask() { # SKIP PROGRAM [COMMAND]
  rm -f options
  OPTIONS_SKIP=$1 PRELOAD=$PWD/preload.so timeout 5 sh -c 'export LD_PRELOAD=$PRELOAD; exec "$@"' sh "$(type -P "$2")" "${@:3}" --zz \
    </dev/null >/dev/null 2>&1 || true
  if [ -s options ]; then printf '%s\t%s\n' "${*:2}" "$(cat options)"; else echo "record.sh: ${*:2} has no options" >&2; fi
}

for program in base64 basename blkdiscard blkid cat chgrp chmod chown cksum cmp comm cp cut date dd df diff dirname dmesg dmsetup \
  dmstats du egrep env expand fgrep findmnt fio flock fold free fsfreeze grep hd head hexdump hostname id join journalctl \
  kpartx ln losetup ls lsblk lsscsi md5sum mkdir mkfifo mkfs.ext4 mknod mktemp modprobe mount mpathpersist multipath \
  multipathd mv nice nl nohup nproc numfmt od paste pgrep pkill printenv qemu-io readlink realpath rev rm rmdir rmmod sed \
  seq sfdisk sg_inq sg_persist sg_rtpg sg_turs sha1sum sha224sum sha256sum sha384sum sha512sum shuf sleep sort split stat sync \
  sysctl systemctl tac tail tee timeout touch tr truncate tty udevadm umount uname uniq unlink uptime wc whoami wipefs xargs yes; do
  ask 0 "$program"
done
for command in info trigger settle control monitor; do ask 1 udevadm "$command"; done
for command in amend bench bitmap check commit compare convert create dd info map measure rebase snapshot; do ask 1 qemu-img "$command"; done
