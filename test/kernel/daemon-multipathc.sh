#udev
# multipathc, and multipathd -k: commands from standard input, an empty line, quit, a time-out that is no number.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
printf 'defaults {\n user_friendly_names yes\n find_multipaths no\n polling_interval 1\n}\n' > /etc/multipath.conf
multipathc < /dev/null; echo "rc=$?"
multipathd
sleep 3; udevadm settle; sleep 3
printf 'show maps\nshow paths format "%%d %%t"\n\nnosuch\nfail path sda\nquit\nshow maps\n' > /tmp/in
multipathc < /tmp/in > /tmp/out 2>&1; echo "rc=$?"; grep -v '^ ' /tmp/out | cat -A | head -n 60
printf '  exit  \nshow maps\n' | multipathc; echo "rc=$?"
printf 'show maps' | multipathc; echo "rc=$?"
multipathc x; echo "rc=$?"; multipathc -1; echo "rc=$?"; multipathc 1 2; echo "rc=$?"; multipathc '' < /dev/null; echo "rc=$?"
printf 'show daemon\n' | multipathc 1000 | sed 's/pid [0-9]*/pid N/'; echo "rc=$?"
sleep 3; printf 'reinstate path sda\nquit\n' | multipathd -k; echo "rc=$?"; sleep 4
printf 'show paths format "%%d %%t"\nquit\n' | multipathd -k; echo "rc=$?"
printf 'shutdown\nshow maps\n' | multipathc; echo "rc=$?"
