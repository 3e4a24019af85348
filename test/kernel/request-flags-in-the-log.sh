# The flags of failed requests, as the log shows them, for every way to read and write a request-based map.
modprobe scsi_debug dev_size_mb=8 delay=0
dmsetup create m --table "0 16384 multipath 0 0 1 1 round-robin 0 1 1 8:0 1"; dmsetup message m 0 fail_path 8:0; dmesg -c > /dev/null
log() { echo "$1:"; dmesg -c | sed 's/^\[[^]]*\] //' | grep -E 'error'; }
dd if=/dev/mapper/m of=/dev/null bs=4k count=1 iflag=direct status=none 2>/dev/null; log "direct read"
dd if=/dev/zero of=/dev/mapper/m bs=4k count=1 oflag=direct status=none 2>/dev/null; log "direct write"
dd if=/dev/zero of=/dev/mapper/m bs=4k count=1 oflag=direct,sync status=none 2>/dev/null; log "direct synchronous write"
sleep 5
dd if=/dev/mapper/m of=/dev/null bs=4k count=1 skip=8 status=none 2>/dev/null; log "buffered read"
dd if=/dev/zero of=/dev/mapper/m bs=4k count=1 conv=notrunc,fsync status=none 2>/dev/null; log "buffered write, fsync"
dd if=/dev/zero of=/dev/mapper/m bs=8k count=1 conv=notrunc status=none 2>/dev/null; log "buffered write, close"
dd if=/dev/zero of=/dev/mapper/m bs=512 count=1 conv=notrunc status=none 2>/dev/null; log "buffered write of a part"
sleep 5
sync /dev/mapper/m; log "flush"
