#udev
# dev_loss_tmo 20 was configured; the ports have another value, and a disk that is gone for good stays for ever.
# The story: hosts with no_path_retry queue kept dead disks of ports that had left the fabric, whatever dev_loss_tmo said.
# multipathd raises it to what no_path_retry needs: with a number to the time of all retries, with queue to infinity.
# Source: https://github.com/xapi-project/sm/pull/255
# Look at: dev_loss_tmo of the port in sysfs under each setting, and whether the disk of the lost port goes away.
modprobe scsi_debug add_host=2 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
simctl fc host0 host1
conf() { printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 5\n max_polling_interval 5\n fast_io_fail_tmo 5\n dev_loss_tmo 20\n no_path_retry %s\n}\n' $1 > /etc/multipath.conf; }
look() { echo "no_path_retry $1: dev_loss_tmo is $(cat /sys/class/fc_remote_ports/rport-0:0-0/dev_loss_tmo)"; }
disk() { echo "$1: the port is $(cat /sys/class/fc_remote_ports/rport-0:0-0/port_state), sda $([ -e /sys/block/sda ] && echo stays || echo is gone)"; }
#: fail: nothing waits, so 20 s stand.
conf fail
multipathd
sleep 3; udevadm settle; sleep 3
look fail
#: Twelve retries of 5 s take a minute, and the disk must not vanish before.
conf 12
multipathd reconfigure; sleep 6
look 12
#: As it was: with queue the retries never end, nor does the wait for the port.
conf queue
multipathd reconfigure; sleep 6
look queue
simctl fc lose rport-0:0-0
sleep 300
disk "queue, 300 s after the port was lost"
multipathd show paths format "%d %t %T"
simctl fc return rport-0:0-0
sleep 10
#: The remedy: a number. The disk goes a minute after its port, and the map keeps the path that works.
conf 12
multipathd reconfigure; sleep 6
look 12
simctl fc lose rport-0:0-0
sleep 50
disk "12, 50 s after the port was lost"
sleep 20
disk "12, 70 s after the port was lost"
multipathd show paths format "%d %t %T"
