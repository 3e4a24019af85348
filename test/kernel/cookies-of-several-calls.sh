#udev
# Cookies: several commands under one, and what is left.
modprobe brd rd_nr=1 rd_size=8192
dmsetup udevcookies
C=$(dmsetup udevcreatecookie); echo rc=$?
[ -n "$C" ] && echo have cookie
dmsetup udevcookies | awk '{print NR, NF, $3, $4}' | head -3
dmsetup create one --table "0 1000 linear 1:0 0" --udevcookie $C; echo rc=$?
dmsetup create two --table "0 1000 linear 1:0 2000" --udevcookie $C; echo rc=$?
dmsetup udevreleasecookie $C; echo rc=$?
dmsetup udevcookies
dmsetup create three --noudevsync --table "0 1000 linear 1:0 4000"; echo rc=$?
udevadm settle; ls /dev/mapper
dmsetup create four --noudevrules --table "0 1000 linear 1:0 5000"; echo rc=$?
dmsetup remove one two three four; echo rc=$?
dmsetup udevcomplete_all -y; echo rc=$?
dmsetup udevcookies; echo rc=$?
ls /dev/mapper
