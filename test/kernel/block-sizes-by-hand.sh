# blockdev --setbsz holds as long as someone has the disk open.
modprobe brd rd_nr=1 rd_size=4096
dmsetup create a --table "0 8000 linear 1:0 0"
blockdev --getbsz /dev/mapper/a; blockdev --setbsz 512 /dev/mapper/a; echo $?; blockdev --getbsz /dev/mapper/a
exec 3< /dev/mapper/a; blockdev --setbsz 1024 /dev/mapper/a; echo $?; blockdev --getbsz /dev/mapper/a
for v in 0 100 256 512 2048 4096 8192 x; do blockdev --setbsz $v /dev/mapper/a; echo "$v $? $(blockdev --getbsz /dev/mapper/a)"; done
blockdev --setbsz 512 --getbsz /dev/mapper/a; exec 3<&-; blockdev --getbsz /dev/mapper/a
blockdev --nonesuch /dev/mapper/a; echo $?; blockdev --getss --getbsz --getpbsz --getiomin --getalignoff --getmaxsect --getfra --getsize64 --getsize --getsz /dev/mapper/a
