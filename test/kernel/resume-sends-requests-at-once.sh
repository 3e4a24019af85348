# Requests of a map without a path are tried again every 100 ms. A resume sends them at once, wherever in the 100 ms it comes.
modprobe scsi_debug dev_size_mb=8 delay=0
T="0 16384 multipath 3 queue_if_no_path queue_mode mq 0 1 1 queue-length 0 1 1 8:0 1"
dmsetup create mp --table "$T"
once() {
  dmsetup message mp 0 fail_path 8:0
  { dd if=/dev/zero of=/dev/mapper/mp bs=4k count=1 oflag=direct status=none; echo $EPOCHREALTIME > /tmp/done; } &
  sleep $1
  echo "$T" | dmsetup load mp
  dmsetup suspend --noflush mp
  dmsetup resume mp
  local resumed=$EPOCHREALTIME done
  wait
  done=$(cat /tmp/done)
  (( ${done/./} - ${resumed/./} < 50000 )) && echo "sent at once" || echo "sent later"
}
for ms in 00 13 26 39 52 65 78 91; do once 0.5$ms; done
dmsetup status mp
