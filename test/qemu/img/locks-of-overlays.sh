# Two overlays on one raw file, or the file itself, in a machine.
cd "$(mktemp -d)" || exit
vm() { qemu-system-x86_64 -S -daemonize -display none -nodefaults -pidfile pid "$@"; echo "vm rc=$?"; }
down() { kill "$(cat pid)"; sleep 0.5; }
t() { echo "\$ $*"; "$@" 2>&1 | grep -v -E 'bytes, .* ops; |disk size|^read |^wrote '; echo "rc=${PIPESTATUS[0]}"; }
fresh() {
  rm -f ./*.raw ./*.qcow2 ./out* ./o2
  truncate -s 1M a.raw b.raw
  qemu-img create -q -f qcow2 a.qcow2 1M
  qemu-img create -q -f qcow2 -b a.qcow2 -F qcow2 top.qcow2
}
fresh
qemu-img create -q -f raw base.raw 1M
qemu-img create -q -f qcow2 -b base.raw -F raw o1.qcow2
qemu-img create -q -f qcow2 -b base.raw -F raw o2.qcow2
qemu-io -c 'write -q 0 64k' o2.qcow2
vm -blockdev driver=qcow2,node-name=r,file.driver=file,file.filename=o1.qcow2 -device virtio-blk-pci,drive=r
t qemu-img commit o2.qcow2
t qemu-img commit -d o2.qcow2
t qemu-img convert -O raw o2.qcow2 out.raw
t qemu-img convert -O qcow2 -B base.raw -F raw o2.qcow2 out2.qcow2
t qemu-img convert -f raw -O raw base.raw out.raw
t qemu-img rebase -b '' o2.qcow2
t qemu-img rebase -b base.raw -F raw o2.qcow2
t qemu-img map o2.qcow2
t qemu-img check o2.qcow2
t qemu-img resize -f raw base.raw 2M
t qemu-io -f raw -c 'write -q 0 512' base.raw
t qemu-io -f raw -c 'read -q 0 512' base.raw
t qemu-io -r -f raw -c 'read -q 0 512' base.raw
down
vm -blockdev driver=file,node-name=f,filename=base.raw -blockdev driver=raw,node-name=r,file=f -device virtio-blk-pci,drive=r
t qemu-img convert -O raw o1.qcow2 out.raw
t qemu-img map o1.qcow2
t qemu-img check o1.qcow2
t qemu-img compare o1.qcow2 o2.qcow2
t qemu-io -c 'read -q 0 512' o1.qcow2
t qemu-io -r -c 'read -q 0 512' o1.qcow2
t qemu-img commit o1.qcow2
t qemu-img rebase -b '' o1.qcow2
t qemu-img rebase -u -b '' -f qcow2 o2.qcow2
t qemu-img rebase -f qcow2 -F raw -b base.raw o2.qcow2
t qemu-img info --backing-chain o1.qcow2
t qemu-img info -U --backing-chain o1.qcow2
down
