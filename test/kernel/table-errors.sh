# Mistakes in the shape of a table: gaps, zero length, overflow, unknown and misplaced targets.
modprobe brd rd_nr=2 rd_size=4096
t() { printf "$1" | dmsetup create t; echo "rc=$?"; dmsetup remove t 2>/dev/null; }
t '0 0 zero\n'
t '8 8 zero\n'
t '0 8 zero\n16 8 zero\n'
t '0 8 zero\n4 8 zero\n'
t '0 8 nosuch 1 2 3\n'
t '0 8 zero\n8 8 nosuch\n'
t '0 8 multipath 2 queue_mode bio 0 0 0\n8 8 zero\n'
t '0 8 zero\n8 8 multipath 2 queue_mode bio 0 0 0\n'
t '0 18446744073709551615 zero\n'
t '0 18014398509481983 zero\n'
t '0 18014398509481984 zero\n'
t '9223372036854775808 9223372036854775808 zero\n'
t '0 8 linear\n'
t '\n# a comment\n0 8 zero\n\n'
dmesg | grep -o 'device-mapper: \(table\|ioctl\):.*' | grep -v initialised
