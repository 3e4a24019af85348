# Flags, sizes and conversions of dd on a map whose size no block divides, and calls that are wrong.
modprobe brd rd_nr=1 rd_size=1024
dmsetup create o --table "0 2047 linear 1:0 1"
n=0
d() { local out rc; out=$(dd "$@" 2>&1 >/tmp/dd.out); rc=$?; printf '%2d rc=%d [%s] %s\n' $((++n)) $rc "$*" "$(sed 's/, [0-9.e-]* s, .*//; s/ copied.*/ copied/' <<<"$out" | paste -sd'|')"; [ -s /tmp/dd.out ] && od -An -tx1 -N8 /tmp/dd.out; return 0; }
d if=/dev/zero of=/dev/mapper/o bs=1000 count=3
d if=/dev/zero of=/dev/mapper/o bs=1000 count=3 oflag=direct
d if=/dev/mapper/o bs=511 count=3 iflag=fullblock
d if=/dev/mapper/o bs=1024 count=1000B iflag=count_bytes
d if=/dev/mapper/o bs=4096 skip=1000000 iflag=skip_bytes count=2
d if=/dev/mapper/o bs=4096 skip=3000000 iflag=skip_bytes count=2
d if=/dev/zero of=/dev/mapper/o bs=4096 seek=1046528 oflag=seek_bytes count=2
d if=/dev/zero of=/dev/mapper/o bs=4096 seek=1048064 oflag=seek_bytes count=1 conv=notrunc
d if=/dev/zero of=/dev/mapper/o bs=512 count=4 conv=fsync
d if=/dev/zero of=/dev/mapper/o bs=512 count=4 conv=fdatasync oflag=dsync
d if=/dev/zero of=/dev/mapper/o bs=512 count=4 oflag=sync,direct
d if=/dev/zero of=/dev/mapper/o bs=512 count=1 conv=excl
d if=/dev/zero of=/dev/mapper/o bs=512 count=1 conv=nocreat
d if=/dev/zero of=/tmp/nofile bs=512 count=1 conv=nocreat
d if=/dev/mapper/o of=/tmp/f bs=64k conv=sparse; stat -c '%s %b' /tmp/f
d if=/tmp/f of=/dev/mapper/o bs=64k conv=sparse,notrunc
d if=/dev/mapper/o ibs=100 obs=4096 of=/dev/null count=50
d if=/dev/mapper/o bs=100 cbs=10 conv=unblock count=1
d if=/dev/mapper/o of=/dev/null bs=1M iflag=nocache
d if=/dev/mapper/o of=/dev/null bs=3k iflag=direct
d if=/dev/mapper/o of=/dev/null bs=1k iflag=direct
d if=/dev/mapper/o of=/dev/null iflag=directory
d if=/tmp of=/dev/null iflag=directory count=1
d if=/dev/mapper/o of=/dev/null bs=0
d if=/dev/mapper/o of=/dev/null bs=1x2 count=2x3
d if=/dev/mapper/o of=/dev/null bs=1kB count=1K
d if=/dev/mapper/o of=/dev/null bs=99999999999999999999
d if=/dev/mapper/o of=/dev/null count=-1
d if=/dev/mapper/o of=/dev/null conv=bogus
d if=/dev/mapper/o of=/dev/null iflag=bogus
d if=/dev/mapper/o of=/dev/null conv=lcase,ucase
d if=/dev/mapper/o of=/dev/null status=bogus
d if=/dev/zero of=/dev/mapper/o bs=512 count=1 iflag=append oflag=append
d of=/dev/mapper/o bs=512 count=1 </dev/null
printf abcdefgh | d of=/dev/mapper/o bs=3 conv=sync,swab; d if=/dev/mapper/o count=1 bs=16
printf 'ab\ncd\n' | d cbs=4 conv=block,ucase; printf 'ab  cd  ' | d cbs=4 conv=unblock
