# jq: its functions, one after another.
printf '%s' '{"b":2,"a":{"c":[1,{"d":null}]}}' > /tmp/in.json
while IFS= read -r f; do echo "== $f"; jq -c "$f" /tmp/in.json; done <<'EOF'
([range(0;10;3)])
(try error("e") catch .)
([.[]|numbers])
@text
@json
("a b"|@uri)
("a<b"|@html)
("hi"|@base64)
("aGk="|@base64d)
([1,"a\tb"]|@tsv)
("it's"|@sh)
(reduce range(5) as $i (0;.+$i))
[foreach range(3) as $i (0;.+$i)]
([1,2]|transpose?)
("abc"|ltrimstr("a")|rtrimstr("c"))
("abc"|explode|implode)
(1|tostring)
("5"|tonumber)
isvalid(1)?
(first(range(5;9)))
(nth(2;range(9)))
([1,2,3]|IN(2))
("abc"|ascii_upcase)
({a:1}|has("b"))
([{a:1},{a:2}]|map(select(.a>1)))
(.b as $x|$x)
("\(.b)-x")
([.b,1]|@csv)
(if .b==2 then "two" elif false then 1 else 2 end)
(.zz // "d")
([1,2,3]|.[1:]|length)
([[1,2],[3]]|add)
(infinite,nan|isinfinite)
([1,2]|contains([2]))
({"a":{"b":1}}*{"a":{"c":2}})
splits("x";"g")?
ascii?
(0.1+0.2)
EOF
