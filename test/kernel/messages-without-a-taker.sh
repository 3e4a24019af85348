# Messages to a missing device, an empty one, a target without messages, outside the device, and @ messages.
modprobe brd rd_nr=2 rd_size=4096
m() { dmsetup message "$@"; echo "$* rc=$?"; }
m nope 0 hello
dmsetup create e --notable
m e 0 hello
printf '0 8 linear 1:0 0\n8 8 zero\n' | dmsetup create l
m l 0 hello
m l 8 hello
m l 16 hello
m l 0 @nosuch
m l 0 ""
m l x hello
m l 0
m l 0 @cancel_deferred_remove
dmesg | grep -o 'device-mapper: \(multipath:\|ioctl\).*' | grep -v initialised
