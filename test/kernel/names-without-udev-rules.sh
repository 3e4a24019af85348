#udev Names of maps that udev is told to leave alone.
P() { udevadm settle; stat -c '%F %a %u %g' /dev/mapper/$1; stat -L -c '%F %a %u %g' /dev/mapper/$1; }
dmsetup create p1 -M 0600 --noudevrules --table '0 8 zero'; P p1; dmsetup remove p1
DM_DISABLE_UDEV=1 dmsetup create p1 -M 0600 --table '0 8 zero'; P p1; DM_DISABLE_UDEV=1 dmsetup rename p1 p3; P p3;  dmsetup remove p3; P p3; DM_DISABLE_UDEV=1 dmsetup mknodes; P p3
