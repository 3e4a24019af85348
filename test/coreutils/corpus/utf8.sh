# utf8: the same programs where the locale's charset is UTF-8.
export LC_ALL=C.UTF-8
cd /tmp/case
echo "== quotes are curly"; head -n x; seq a; wc -l nope; tail -n x; mkdir /tmp; sleep x; timeout x y; tr; tr a; basename; basename a b c
echo "== others stay straight"; ls nope; rm nope; cat --zz; head nope; cp nope x
echo "== characters of several bytes"; printf 'aäöb€\n' | sed 's/./x/g'; printf 'äöü\n' | grep -o .; printf 'äö\n' | wc -m; printf 'äö\n' | grep -c '^..$'
echo "== bytes all the same"; printf 'äö\n' | cut -c1-2; printf 'äö\n' | tr -d 'ä'; printf 'äö\n' | wc -c
echo "== classes and negation"; printf 'aäb\n' | sed 's/[^a]/-/g'; printf 'ä.b\n' | sed 's/[.]/x/'
echo "== names"; touch ä; ls; ls -d 'ä'; rm ä; ls
echo "== cmp counts bytes"; printf 'a' >a; printf 'b' >b; cmp a b
echo "== Perl's expressions"; printf 'aäz\n' >t; for e in '.z' '\w+' '[^a]z' 'ä|z' 'ä+z' '(?<=^.)ä' '[[:alpha:]]+'; do grep -oP "$e" t; done; grep -cP '^.{3}$' t
