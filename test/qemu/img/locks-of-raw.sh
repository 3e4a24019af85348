# A raw file that a machine has open, with and without a disk on it, read-only, shared, without locks.
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
second() {
  local f=$1 i=$2
  t qemu-img info -f "$f" "$i"
  t qemu-img info "$i"
  t qemu-img info -U "$i"
  t qemu-img info --backing-chain "$i"
  t qemu-img check -f "$f" "$i"
  t qemu-img check -U -f "$f" "$i"
  t qemu-img map -f "$f" "$i"
  t qemu-img map -U -f "$f" "$i"
  t qemu-img measure -O qcow2 -f "$f" "$i"
  t qemu-img measure -U -O qcow2 -f "$f" "$i"
  t qemu-img convert -f "$f" -O raw "$i" out.raw
  t qemu-img convert -U -f "$f" -O raw "$i" out.raw
  t qemu-img convert -f raw -O "$f" b.raw "$i"
  t qemu-img convert -n -f raw -O "$f" b.raw "$i"
  t qemu-img compare -f raw -F "$f" b.raw "$i"
  t qemu-img compare -U -f raw -F "$f" b.raw "$i"
  t qemu-img dd -f "$f" -O raw bs=64k count=1 if="$i" of=o2
  t qemu-img dd -U -f "$f" -O raw bs=64k count=1 if="$i" of=o2
  t qemu-img resize -f "$f" "$i" 2M
  t qemu-img create -q -f "$f" "$i" 1M
  t qemu-img create -q -f qcow2 -b "$i" -F "$f" out.qcow2
  t qemu-img create -q -f qcow2 -b "$i" -F "$f" out.qcow2 1M
  t qemu-img commit -f "$f" "$i"
  t qemu-img rebase -f "$f" -b '' "$i"
  t qemu-img rebase -u -f "$f" -b '' "$i"
  t qemu-img rebase -U -u -f "$f" -b '' "$i"
  t qemu-io -f "$f" -c 'read -q 0 512' "$i"
  t qemu-io -r -f "$f" -c 'read -q 0 512' "$i"
  t qemu-io -U -r -f "$f" -c 'read -q 0 512' "$i"
  t qemu-io -U -f "$f" -c 'read -q 0 512' "$i"
  t qemu-io -f "$f" -c 'write -q 0 512' "$i"
}
fresh
vm -blockdev driver=file,node-name=f,filename=a.raw -blockdev driver=raw,node-name=r,file=f -device virtio-blk-pci,drive=r
second raw a.raw
down
fresh
vm -blockdev driver=file,node-name=f,filename=a.raw,read-only=on -blockdev driver=raw,node-name=r,file=f,read-only=on -device virtio-scsi-pci -device scsi-hd,drive=r
second raw a.raw
down
fresh
vm -blockdev driver=file,node-name=f,filename=a.raw -blockdev driver=raw,node-name=r,file=f -device virtio-blk-pci,drive=r,share-rw=on
second raw a.raw
down
fresh
vm -blockdev driver=file,node-name=f,filename=a.raw,locking=off -blockdev driver=raw,node-name=r,file=f -device virtio-blk-pci,drive=r
second raw a.raw
down
fresh
vm -drive file=a.raw,format=raw,if=none,id=d
second raw a.raw
down
