# Snapshots within images: what they keep, where writes go meanwhile, which clusters are free once they are gone.
cd "$(mktemp -d)" || exit
t() { echo "\$ $*"; "$@" 2>&1 | grep -v 'disk size' | sed -E 's/20[0-9-]+ [0-9:]{8}/DATE/; s/("date-n?sec": )[0-9]+/\1N/; s/("actual-size": )[0-9]+/\1N/'; echo "rc=${PIPESTATUS[0]}"; }
t qemu-img create -q -f qcow2 a 1M
t qemu-io -c 'write -q -P 1 0 192k' a
t qemu-img snapshot -c one a
t qemu-img snapshot -l a
t qemu-img info a
t qemu-img info --output=json a
t qemu-img check a
t qemu-io -c 'write -q -P 2 0 64k' -c 'write -q -P 3 130k 4k' -c 'write -q -P 4 512k 64k' a
t qemu-img map --output=json a
t qemu-img check a
t qemu-img snapshot -c two a
t qemu-io -c 'write -q -z 0 64k' -c 'discard -q 64k 64k' a
t qemu-img map --output=json a
t qemu-img check a
t qemu-img snapshot -l a
t qemu-img snapshot -a one a
t qemu-img map --output=json a
t qemu-io -c 'read -q -P 1 0 192k' a
t qemu-img check a
t qemu-img snapshot -d one a
t qemu-img check a
t qemu-img map --output=json a
t stat -c %s a
t qemu-img snapshot -a 2 a
t qemu-io -c 'read -q -P 2 0 64k' -c 'read -q -P 1 64k 64k' -c 'read -q -P 3 130k 4k' -c 'read -q -P 4 512k 64k' a
t qemu-img snapshot -a nosuch a
t qemu-img snapshot -d nosuch a
t qemu-img snapshot -d two a
t qemu-img info a
t qemu-img check a
t qemu-io -c 'write -q -P 9 640k 256k' a
t qemu-img map --output=json a
t stat -c %s a
# Snapshots of other sizes, of overlays, beside bitmaps.
t qemu-img create -q -f qcow2 -o cluster_size=4k base 1M
t qemu-io -c 'write -q -P 5 0 1M' base
t qemu-img create -q -f qcow2 -b base -F qcow2 top
t qemu-img snapshot -c empty top
t qemu-io -c 'write -q -P 6 100k 8k' top
t qemu-img snapshot -c written top
t qemu-img resize -q top 2M
t qemu-io -c 'write -q -P 7 1536k 64k' top
t qemu-img snapshot -c written top
t qemu-img snapshot -l top
t qemu-img snapshot -a empty top
t qemu-img map --output=json top
t qemu-img info top
t qemu-img snapshot -a 3 top
t qemu-img map --output=json top
t qemu-img snapshot -d written top
t qemu-img snapshot -l top
t qemu-img check top
t qemu-img commit -q top
t qemu-img snapshot -l top
t qemu-img check top
t qemu-img convert -O qcow2 top copy
t qemu-img snapshot -l copy
t qemu-img bitmap --add a p
t qemu-img snapshot -c beside a
t qemu-img snapshot -a beside a
t qemu-img snapshot -l a
t qemu-img check a
t qemu-img create -q -f raw r 1M
t qemu-img snapshot -c x r
t qemu-img snapshot -l r
t qemu-img snapshot -c 'ein Schnappschuß' top
t qemu-img snapshot -l top
t qemu-img snapshot -c a -d b top
t qemu-img snapshot -U -c b top
t qemu-img snapshot top nosuch
t qemu-img snapshot -l nosuch
