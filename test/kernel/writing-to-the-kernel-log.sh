# What a script writes to /dev/kmsg stands in the log among the kernel's own lines.
dmesg -c > /dev/null
echo "<6>with a level" > /dev/kmsg; echo "without" > /dev/kmsg; echo "<x>no level" > /dev/kmsg; printf 'two\nlines\n' > /dev/kmsg; printf '<7>no newline' > /dev/kmsg; echo "" > /dev/kmsg
echo "=== step 1 ===" | tee /dev/kmsg; logger() { echo "$*" > /dev/kmsg; }; logger "a function" of mine
printf 'x%.0s' {1..1024} > /dev/kmsg; echo "rc=$?"; printf 'x%.0s' {1..1025} > /dev/kmsg; echo "rc=$?"
dmsetup create m --table "0 8 nosuch"; echo "after the error" >> /dev/kmsg; exec 3> /dev/kmsg; for i in 1 2 3; do echo "line $i" >&3; done; exec 3>&-
dmesg | sed 's/^\[[^]]*\] //' | cut -c1-60
