#udev
# Two maps, two aliases exchanged, one of them open; then one alias for both.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=2 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n max_polling_interval 1\n log_checker_err once\n}\n' > /etc/multipath.conf
multipathd -d -v2 >> /tmp/log 2>&1 &
sleep 2; udevadm settle; sleep 2
log() { echo "--- $1"; sed 's/^[0-9.]* | //' /tmp/log | grep -v unsupp; : > /tmp/log; }
log start | grep -v addmap; multipathd show maps format "%n %w" | sort; W0=1Linux_scsi_debug_2000; W1=1Linux_scsi_debug_2001
als() { printf 'multipaths {\n multipath {\n wwid %s\n alias %s\n }\n multipath {\n wwid %s\n alias %s\n }\n}\n' $W0 $1 $W1 $2 > /etc/multipath/conf.d/a.conf; multipathd reconfigure; sleep 2; udevadm settle; sleep 1; log "$1 $2"; multipathd show maps format "%n %w" | sort; }
mkdir -p /etc/multipath/conf.d; als one two; exec 3< /dev/mapper/one; als two one; als three one; als two one; als same same; exec 3<&-; als mpathb mpatha; cat /etc/multipath/bindings | grep -v '^#'
rm /etc/multipath/conf.d/a.conf; multipathd reconfigure; sleep 2; udevadm settle; sleep 1; log "without"; multipathd show maps format "%n %w" | sort; ls /dev/mapper
