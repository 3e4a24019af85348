# A noflush suspend takes queue_if_no_path off a bio map until resume, but not off a request map; a flush suspend off both.
modprobe scsi_debug dev_size_mb=8
for mode in bio rq; do
  dmsetup create m --table "0 16384 multipath 3 queue_if_no_path queue_mode $mode 0 1 1 round-robin 0 1 1 8:0 1"
  dmsetup table m
  dmsetup suspend --noflush m; dmsetup table m; dmsetup resume m; dmsetup table m
  dmsetup suspend m; dmsetup table m; dmsetup status m; dmsetup resume m; dmsetup table m
  dmsetup remove m
done
