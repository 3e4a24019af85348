#udev
# config_dir elsewhere, includes that are no .conf, a directory that is not there, a file without rights, order of files.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
echo 1 > /sys/bus/pseudo/drivers/scsi_debug/add_host; sleep 1; udevadm settle
mkdir -p /etc/mp.d /etc/multipath/conf.d
printf 'defaults {\n config_dir /etc/mp.d\n user_friendly_names yes\n find_multipaths no\n}\n' > /etc/multipath.conf
printf 'defaults {\n polling_interval 7\n}\n' > /etc/multipath/conf.d/a.conf
printf 'defaults {\n polling_interval 8\n}\n' > /etc/mp.d/b.conf
printf 'defaults {\n polling_interval 9\n}\n' > /etc/mp.d/c.txt
t() { multipath -t 2>&1 | sed 's/^[0-9.]* | /T | /' | grep -E 'polling_interval|config_dir|verbosity|^T|error|invalid'; }
t
printf 'defaults {\n config_dir /etc/nosuch\n}\n' > /etc/multipath.conf; t
printf 'defaults {\n config_dir ""\n}\n' > /etc/multipath.conf; t
printf 'defaults {\n polling_interval 3\n}\n' > /etc/multipath.conf
printf 'defaults {\n polling_interval 11\n}\n' > /etc/multipath/conf.d/10.conf
printf 'defaults {\n polling_interval 12\n' > /etc/multipath/conf.d/9.conf; t
printf 'verbosity 3\n' > /etc/multipath/conf.d/z.conf; t
mkdir /etc/multipath/conf.d/zz.conf; t
rm -r /etc/multipath/conf.d/*; ln -s /etc/nosuch /etc/multipath/conf.d/l.conf; t
ln -sf /etc/mp.d/b.conf /etc/multipath/conf.d/l.conf; t
: > /etc/multipath.conf; t
rm /etc/multipath.conf; t
