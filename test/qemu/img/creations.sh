# qemu-img create: sizes, options and backing files, and what is refused.
exec 2>&1
img() { echo "\$ qemu-img $*"; qemu-img "$@"; local r=$?; [ $r = 0 ] || echo "= $r"; }
img create x.img
img create -f raw r.raw 1.5M
img create -f raw r.raw 1k
img create -f raw r.raw 1b
img create -f raw r.raw 0
img create -f raw r.raw 511
img create -f raw -o size=1M r.raw
img create -f raw -o bogus=1 r.raw 1M
img create -f raw -b r.raw x.raw 1M
img create -f raw -F raw x.raw 1M
img create -f qcow2 -F raw x.qcow2 1M
img create -f qcow2 -b r.raw -F bogus x.qcow2 1M
img create -f qcow2 -b r.raw -F qcow2 x.qcow2 1M
img create -f qcow2 -b r.raw -F raw x.qcow2 4M
img create -f qcow2 -b x.qcow2 -F qcow2 y.qcow2
img create -f qcow2 -b y.qcow2 -F qcow2 y.qcow2
img create -f qcow2 -b '' -F raw y.qcow2 1M
img create -f qcow2 -o cluster_size=1 y.qcow2 1M
img create -f qcow2 -o cluster_size=4M y.qcow2 1M
img create -f qcow2 -o cluster_size=x y.qcow2 1M
img create -f qcow2 -o refcount_bits=128 y.qcow2 1M
img create -f qcow2 -o lazy_refcounts=maybe y.qcow2 1M
img create -f qcow2 -o preallocation=bogus y.qcow2 1M
img create -f qcow2 -o compression_type=bogus y.qcow2 1M
img create -f qcow2 -o nosuch y.qcow2 1M
img create -f qcow2 -o '' y.qcow2 1M
img create -f qcow2 -o cluster_size=4k -o lazy_refcounts=on y.qcow2 1M
img create -f qcow2 -o cluster_size=4k,cluster_size=8k y.qcow2 1M
img create -f qcow2 nosuch/y.qcow2 1M
img create -f qcow2 . 1M
img create -f qcow2 y.qcow2 9223372036854775807
img create -f qcow2 y.qcow2 18446744073709551616
img create -f qcow2 y.qcow2 64P
img create -f raw y.raw 16777216T
img create -u -f qcow2 -b a/b/c -F qcow2 z.qcow2 8M
img info z.qcow2 | grep -v 'disk size'
img create -f qcow2 -b z.qcow2 -F qcow2 zz.qcow2
mkdir d; img create -f qcow2 -b ../r.raw -F raw d/rel.qcow2
img create -f qcow2 -b rel.qcow2 -F qcow2 d/rel2.qcow2
img info --backing-chain d/rel2.qcow2 | grep -v 'disk size'
img create -f qcow2 -b "json:{\"driver\":\"raw\",\"file\":{\"driver\":\"file\",\"filename\":\"r.raw\"}}" -F raw j.qcow2
img info j.qcow2 | grep -v 'disk size'
img -V
