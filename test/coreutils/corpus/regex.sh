# regex: the longest match, groups, back-references, what takes other engines for ever.
cd /tmp/case
export LC_ALL=C
echo "== groups of the longest match"; echo aab | sed -E 's/(a*)(ab)*/[\1|\2]/'; echo abcd | sed -E 's/(a|ab)(c|bcd)(d*)/[\1|\2|\3]/'; echo foobar | sed -E 's/(fo|foo)(bar)?/[\1|\2]/'
echo "== what a repeated group holds"; echo ac | sed -E 's/(a?)*c/[\1]/; s/$/ &/'; echo ac | sed -E 's/(a?){,3}c/[\1]/'; echo caa | sed -E 's/c(a{1,2}){,2}/[\1]/'; echo ba | sed -E 's/(a|(b))*/[\1|\2]/'
echo "== nested repetitions"; a=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; echo $a | grep -cE '^(a+)+b$'; echo $a | grep -oE '(a|aa)+$'; echo $a | sed -E 's/(a*)*b/x/'; echo $a | grep -cE '(a?){30}a{30}'
echo "== back-references"; echo abab | sed -E 's/(ab)\1/[\1]/'; echo aXaxa | grep -oi '\(a\)x\1'; echo abcabc | grep -cE '^(.*)\1$'; echo 'x y y z' | sed -E 's/\b(\w+) \1\b/<\1>/'
echo "== a reference to a group of another branch"; echo a | grep -E 'a(b)|\1c'; echo a | sed 's/\(a\)\|\1b/x/'; echo ab | sed -E 's/(a)(b|\1)/[\2]/'
echo "== words"; echo 'the cat cats' | grep -ow 'cat\|cats'; echo 'foo-bar foo' | sed -E 's/\<(foo)\>/[\1]/g'; echo 'foo_bar' | grep -cw foo; echo ab | sed 's/\b/|/g'; echo 'a b' | sed -E 's/\w+\>/<&>/g'
echo "== collating symbols"; echo 'a-b' | grep -oE '[[.-.]]'; echo ab | grep -oE '[[=a=]]b'; echo x | grep '[[.ab.]]'
echo "== great counts"; echo aaa | grep -oE 'a{2,2000}'; printf 'a%.0s' 1 2 3 4 5 6 7 8 9 10 | grep -cE '^(a{5}){2}$'; echo a | grep -E 'a{40000}'
export LC_ALL=C.UTF-8
echo "== characters repeated"; echo 'äää' | sed 's/ä*/x/'; echo 'aöb' | sed -E 's/[äö]+/-/'; echo 'ÄÖ' | grep -io 'ä'; echo 'xäy' | grep -oE '[[:alpha:]]+'; echo 'ä-é' | grep -oE '[à-ü]'; echo 'äbä' | sed -E 's/(.)b\1/[\1]/'
echo "== bytes that are no characters"; printf 'a\351b\n' | sed 's/a.b/x/' | od -An -c; printf 'a\351b\n' | sed 's/[^a]/-/g' | od -An -c
