# jq with lsblk's JSON, and in general.
modprobe scsi_debug add_host=1 num_tgts=1 max_luns=1 dev_size_mb=8 delay=0
S=$(blockdev --getsz /dev/sda)
dmsetup create lin --table "0 $S linear 8:0 0"
lsblk -J -o NAME,TYPE,SIZE /dev/sda
lsblk -J -o NAME,TYPE,SIZE /dev/sda | jq .
lsblk -J -o NAME,TYPE,SIZE /dev/sda | jq -r '.blockdevices[].name'
lsblk -J -o NAME,TYPE,SIZE /dev/sda | jq -c '.blockdevices[] | {name, kids: [.children[]?.name]}'
lsblk -Jb -o NAME,SIZE /dev/sda | jq '.blockdevices[0].size / 1024'
echo '{"a":[1,2,{"b":null}],"c":"x\u00e9"}' | jq '.a[2], .c, (.a|length), keys'
echo '[3,1,2]' | jq -c 'sort, map(.+1), add, max, min, reverse, (.[] | select(. > 1))'
echo '{"a":1}' | jq -r '"val=\(.a)"'; echo '{"a":1}' | jq '.b // "none"'; echo '{"a":1}' | jq -e '.b'; echo rc=$?
echo '{"a":1' | jq .; echo rc=$?
echo '{"a":1}' | jq '.a.b'; echo rc=$?
jq -n '1+1'; jq -n --arg x 5 '$x'; jq -n --argjson x 5 '$x+1'; jq -n -c '[range(3)]'
echo '[{"k":"a","v":1},{"k":"b","v":2}]' | jq -c 'group_by(.k) | map({(.[0].k): (map(.v)|add)}) | add'
echo '[{"k":"a","v":1},{"k":"b","v":2}]' | jq -r '.[] | [.k,.v] | @tsv, @csv, join("-")'
echo '"abc"' | jq 'test("b"), ascii_upcase, split("b"), ltrimstr("a"), length'
echo '{"a":{"b":2}}' | jq -c 'to_entries, paths, has("a"), (.a.b|tostring), type'
jq -r '.x | if . == 1 then "one" elif . == 2 then "two" else "many" end' <<< '{"x":2}'
echo '1 2 3' | jq -s -c .; printf 'a\nb\n' | jq -R .; echo '{}' | jq '.a.b.c'; jq . /nonexistent; echo rc=$?
echo '{' | jq '.['; echo rc=$?
echo '{"b":1,"a":2}' | jq -S -c .; echo '{"b":1,"a":2}' | jq --tab .; echo '[1,[2]]' | jq --indent 1 .; echo 1.0 | jq .; echo 1e1000 | jq .; echo 100000000000000000000 | jq .
