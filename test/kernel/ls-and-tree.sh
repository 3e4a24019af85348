# ls plain, by target, as a tree; status and table of one target type only.
modprobe brd rd_nr=2 rd_size=4096
dmsetup ls; dmsetup status; dmsetup table; dmsetup info; dmsetup deps; dmsetup ls --tree; dmsetup ls --target zero
dmsetup create low --table "0 100 linear 1:0 0"; dmsetup create low2 --table "0 100 linear 1:1 0"
dmsetup create mp --table "0 100 multipath 2 queue_mode bio 0 1 1 round-robin 0 2 1 254:0 1 254:1 1"
printf '0 10 linear 254:2 0\n10 10 zero\n' | dmsetup create top
dmsetup create z --table "0 10 zero"
dmsetup ls; dmsetup ls --tree; dmsetup ls --tree -o compact; dmsetup ls --tree -o inverted
dmsetup ls --target linear; dmsetup ls --target multipath; dmsetup ls --target nosuch
dmsetup status --target zero; dmsetup table --target linear
dmsetup ls -o devno; dmsetup ls -o blkdevname
dmsetup table -C 2>/dev/null | head -3
