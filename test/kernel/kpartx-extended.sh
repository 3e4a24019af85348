#udev
# Extended partitions as kpartx reads them: chains that begin, go on and end in every way; and its maps of them.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
dmsetup create d --table '0 16384 linear 8:0 0'; udevadm settle
pt() { # start size type, for each entry of a DOS table
 for e in "$@"; do set -- $e; printf "\\x00\\x00\\x00\\x00\\x$3\\x00\\x00\\x00"; for n in $1 $2; do printf "\\x$(printf %02x $((n&255)))\\x$(printf %02x $((n>>8&255)))\\x00\\x00"; done; done; }
sector() { head -c 446 /dev/zero; pt "$@"; head -c $((64-16*$#)) /dev/zero; printf '\x55\xaa'; }
put() { local at=$1; shift; sector "$@" | dd of=/dev/mapper/d bs=512 seek=$at conv=notrunc,fsync status=none; }
k() { echo "== $1"; shift; kpartx -l "$@" /dev/mapper/d 2>&1; echo "rc=$?"; }
put 0 "64 960 83" "1024 8192 05" "12288 2048 83"; put 1024 "32 100 83"; k "one logical partition"
put 1024 "32 100 83" "200 300 82"; k "two partitions in one sector"
put 1024 "2048 1024 05" "32 100 83"; put 3072 "16 50 82"; k "the next sector comes first"
put 1024 "2048 1024 05" "4096 1024 0f"; put 3072 "16 50 82"; put 5120 "17 51 82"; k "two next sectors"
put 1024 "32 100 83" "2048 1024 85"; put 3072 "16 50 82" "100 0 05"; k "a next sector without a size"
put 3072 "16 0 82" "0 100 05"; k "no size, no start"
put 3072 "16 50 82" "2048 100 05"; k "a chain that leads to itself" | head -n 200 | uniq | head -n 20; k "the same" | wc -l
put 3072 "16 50 82" "4096 1 05"; dd if=/dev/zero of=/dev/mapper/d bs=512 seek=5120 count=1 conv=notrunc,fsync status=none; k "a sector without a signature"
put 1024 "32 0 83" "2048 1024 05"; put 3072 "16 50 82"; k "an empty logical partition"
put 1024 "0 0 00" "2048 1024 05"; k "no logical partition"
put 0 "64 960 83" "1024 0 05"; k "an extended partition without a size"
put 0 "1024 2000 0f" "3072 1000 85" "64 100 83"; put 1024 "32 100 83"; put 3072 "16 50 82"; k "two extended partitions"
put 0 "64 960 ee" "1024 8192 05"; k "a protective entry first"
put 0 "1024 8192 05" "64 960 ee"; k "a protective entry second"
put 0 "64 960 00" "1024 20 83"; k "an entry without a type"
put 0 "64 0 83" "0 100 83" "16000 1000 83" "20000 10 83"; k "odd places"
put 0 "64 960 83" "1024 8192 05" "12288 2048 83" "14336 100 82"; put 1024 "32 100 83" "2048 1024 05"; put 3072 "16 50 82"; k "many"
kpartx -av /dev/mapper/d; udevadm settle; dmsetup table | sort; kpartx -l /dev/mapper/d; kpartx -l /dev/mapper/d2
put 1024 "32 100 83"; put 0 "64 960 83" "1024 8192 05" "0 0 00" "14336 100 82"; kpartx -uv /dev/mapper/d; udevadm settle; dmsetup ls | sort
kpartx -dv /dev/mapper/d; dmsetup ls
