# dmsetup wait in every form while paths fail and tables are swapped: event numbers, exit codes, --noopencount, several waiters, monitors by -v.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1
T="0 16384 multipath 0 0 1 1 round-robin 0 2 1 8:0 1 8:16 1"
dmsetup create m -u U-1 --table "$T"
e() { dmsetup info -c --noheadings -o events m; }
w() { ( dmsetup wait "$@" > /tmp/w.$n 2>&1; echo "rc=$?" >> /tmp/w.$n ) & n=$((n + 1)); }
n=1
w m; w m 0; w m $(e); w -u U-1; w -j 254 -m 0; w m 99; w -v m; w m x; w nosuch; w; w --noopencount m 0
sleep 1; echo "at $(e)"; for i in 1 2 3 4 5 6 7 8 9 10 11; do [ -s /tmp/w.$i ] && { echo "$i:"; cat /tmp/w.$i; }; done
rm -f /tmp/w.6 /tmp/w.8 /tmp/w.9 /tmp/w.10; dmsetup message m 0 fail_path 8:0; sleep 1
echo "at $(e)"; for i in 1 2 3 4 5 7 11; do echo "$i:"; [ -s /tmp/w.$i ] && cat /tmp/w.$i; done
n=21; w m $(e); dmsetup suspend m; dmsetup resume m; sleep 0.3; cat /tmp/w.21; echo "suspended and resumed: $(e)"
dmsetup reload m --table "$T"; dmsetup resume m; sleep 0.3; cat /tmp/w.21; echo "reloaded: $(e)"
dmsetup status m; dmsetup rename m k; sleep 0.3; cat /tmp/w.21; dmsetup message k 0 fail_path 8:16; sleep 0.3; cat /tmp/w.21; dmsetup info -c --noheadings -o name,events
n=22; w k $(dmsetup info -c --noheadings -o events k); sleep 0.3; p=$(pgrep -x dmsetup); kill -INT $p; sleep 0.3; cat /tmp/w.22; kill -TERM $p 2>/dev/null; echo "rc=$?"
dmsetup remove k
