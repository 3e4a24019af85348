#udev
# Regular expressions as users write them, in blacklists and device sections: which are refused, which match.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
b() { printf "defaults {\n find_multipaths no\n}\nblacklist {\n wwid \"$1\"\n}\n" > /etc/multipath.conf; echo "$1: $(multipath -t 2>&1 | grep -E 'parsing|error' | head -1 | sed 's/^[0-9.]* | //') $(multipath -v3 -d 2>&1 | sed 's/^[0-9.]* | //' | grep -E '^sda: wwid')"; }
for r in '*' '.*' '^*' '+' '?' '(*)' 'a|*b' '$*' '()' '[' 'a)' '{1}' 'L{2' 'L{,2}' '1Linux*' '^1Linux' 'debug_2000$' '^Linux' '!1Linux' '!^X' '[[:digit:]]Linux' '[[:foo:]]' '[z-a]' '1\\Linux' 'LINUX' '|' 'scsi||x' 'x{2}{3}'; do b "$r"; done
d() { printf "defaults {\n user_friendly_names yes\n find_multipaths no\n}\ndevices {\n device {\n vendor \"$1\"\n product \"$2\"\n no_path_retry 7\n }\n}\n" > /etc/multipath.conf; echo "$1 $2: $(multipath -v3 -d 2>&1 | sed 's/^[0-9.]* | //' | grep -E 'mpatha: no_path_retry|parsing' | head -1)"; }
d '*' '*'; d '.*' '.*'; d Linux '*'; d '*' scsi_debug; d '(' '.*'; d Lin scsi; d '^Linux$' '^scsi_debug$'; d linux scsi_debug; d '' ''; d Linux 'scsi*'; d Linux 'scsi_debug '; d 'Linux|IBM' 'x|debug'
