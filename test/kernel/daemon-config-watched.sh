#udev
# The daemon tells its log that the files of its configuration changed: written, replaced, taken away, in conf.d; read they are only when it is told to.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 per_host_store=0 vpd_use_hostno=0 delay=0
udevadm settle
log() { sleep 1; echo "--- $1"; sed 's/^[0-9.]* | //' /tmp/log; : > /tmp/log; }
conf() { printf 'defaults {\n find_multipaths no\n user_friendly_names %s\n}\n' $1; }
re() { multipathd reconfigure >/dev/null 2>&1; sleep 3; udevadm settle; : > /tmp/log; }
conf yes > /etc/multipath.conf
multipathd -d >> /tmp/log 2>&1 &
sleep 3; udevadm settle; sleep 3; : > /tmp/log
conf no > /etc/multipath.conf; log "written"
: >> /etc/multipath.conf; log "opened for writing, and closed"
cat /etc/multipath.conf > /dev/null; touch /etc/multipath.conf; chmod 600 /etc/multipath.conf; log "read, touched"
conf yes > /tmp/new; mv /tmp/new /etc/multipath.conf; log "replaced"
conf no > /etc/multipath.conf; log "written again"
rm /etc/multipath.conf; log "removed"
conf no > /etc/multipath.conf; log "made anew"
re; conf yes > /etc/multipath.conf; log "written, after a reconfigure"
mv /etc/multipath.conf /etc/elsewhere; log "moved away"; conf no > /etc/elsewhere; log "written there"
mv /etc/elsewhere /etc/multipath.conf; re
mkdir -p /etc/multipath/conf.d; conf no > /etc/multipath/conf.d/a.conf; log "conf.d, which was not there"
re; conf yes > /etc/multipath/conf.d/b.conf; log "a new file"
conf no > /etc/multipath/conf.d/a.conf; log "a file that was there"
conf no > /etc/multipath/conf.d/c; log "another suffix"
rm /etc/multipath/conf.d/c; log "removed"
conf no > /tmp/new; mv /tmp/new /etc/multipath/conf.d/b.conf; log "replaced"
rm /etc/multipath/conf.d/a.conf; log "removed"
multipathd shutdown >/dev/null; wait; multipath -F 2>/dev/null
