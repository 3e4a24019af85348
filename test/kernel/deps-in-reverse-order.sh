# deps lists devices in reverse order of first mention, each once.
modprobe brd rd_nr=3 rd_size=4096
printf '0 8 linear 1:1 0\n8 8 linear 1:0 0\n16 8 linear 1:1 8\n24 8 linear 1:2 0\n' | dmsetup create d
dmsetup deps d
dmsetup deps -o devno d; dmsetup deps -o blkdevname d; dmsetup deps -o devname d
dmsetup load d --table "0 8 linear 1:2 0"
dmsetup create top --table "0 8 linear 254:0 0"
dmsetup deps
dmsetup deps --inactive d
dmsetup ls --tree
dmsetup create z --table "0 8 zero"; dmsetup deps z
dmsetup deps nope; echo "rc=$?"
