// other-options.ts — Options of QEMU 7.2 that are not simulated and are refused by name.
import { words } from '../qmp/qapi.ts';

/** Further options of QEMU, which are not simulated. */
export const OTHER: ReadonlySet<string> = new Set(
  words(`
  -preconfig -D -L -acpitable -add-fd -async-teardown -audio -audio-help -audiodev -boot -cdrom
  -chroot -compat -d -debugcon -dfilter -dtb -dump-vmstate -echr -enable-sync-profile -fda -fdb
  -fsdev -full-screen -fw_cfg -g -gdb -global -h -hda -hdb -hdc -hdd -icount -incoming -iscsi -k
  -loadvm -mem-path -mem-prealloc -mon -msg -mtdblock -net -netdev -nic -no-acpi -no-fd-bootchk
  -no-hpet -numa -only-migratable -option-rom -overcommit -parallel -pflash -plugin
  -portrait -qmp-pretty -readconfig -rotate -rtc -runas -s -sandbox -sd -seed -set -singlestep
  -smbios -snapshot -spice -tpmdev -trace -usb -usbdevice -uuid -vga -virtfs -vnc
  -watchdog-action -win2k-hack -xen-attach -xen-domid -xen-domid-restrict -nbd-server -export
  -pidfile -daemonize -nographic
`),
);
