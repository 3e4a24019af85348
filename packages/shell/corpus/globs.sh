echo > b.txt; echo > a.txt; echo > c.log; echo > .hid; mkdir() { :; }
echo *.txt *.log * .h* ?.txt [ab].txt [!a].txt [^b]* [[:alpha:]].log
echo nomatch* "*.txt" '*' \*.txt *."txt"
x='*.txt'; echo $x "$x"
echo ./*.txt ./?.log
set -f; echo *.txt; set +f
shopt -s nullglob; echo none* end; shopt -u nullglob
shopt -s dotglob; echo *; shopt -u dotglob
for f in *.txt; do echo "f:$f"; done
a=(*.txt); echo ${#a[@]}
echo "$(echo *.log)" [a-c].txt [z].txt
echo /de[v]/nul? /dev/nul[l]
case a.txt in *.txt) echo glob;; esac
