# Of a buffered write only the pages that fail are lost: bio maps page by page, a merged request as a whole.
modprobe brd rd_nr=1 rd_size=8192
modprobe scsi_debug dev_size_mb=8 delay=0
log() { dmesg -c | sed 's/^\[[^]]*\] //' | grep -E 'Buffer|error'; }
pat() { head -c $1 /dev/zero | tr '\0' $2; }
log > /dev/null
printf '0 16 linear /dev/ram0 0\n16 8 error\n24 40 linear /dev/ram0 24\n' | dmsetup create b
pat 32768 A | dd of=/dev/mapper/b bs=32768 count=1 iflag=fullblock conv=fsync status=none; echo "bio map: $?"; log
for s in 0 8 16 24 56; do echo "$s $(dd if=/dev/ram0 bs=512 skip=$s count=1 iflag=direct status=none | head -c 3 | tr '\0' 0)"; done
dmsetup create m --table "0 16384 multipath 0 0 1 1 round-robin 0 1 1 8:0 1"
dmsetup message m 0 fail_path 8:0
pat 32768 B | dd of=/dev/mapper/m bs=32768 count=1 iflag=fullblock conv=fsync status=none; echo "request map without a path: $?"; log
dmsetup message m 0 reinstate_path 8:0
pat 32768 C | dd of=/dev/mapper/m bs=32768 count=1 iflag=fullblock conv=fsync status=none; echo "again: $?"; log
dd if=/dev/sda bs=4096 count=1 iflag=direct status=none | head -c 3; echo
sleep 5.2
printf '0 16384 error\n' | dmsetup create e
pat 8192 D | dd of=/dev/mapper/e bs=4096 count=2 iflag=fullblock conv=fsync status=none; echo "error map: $?"; log
