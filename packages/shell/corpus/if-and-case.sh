if true; then echo t; fi
if false; then echo no; elif true; then echo elif; else echo no; fi
if false; then echo no; else echo else; fi
if false; then :; fi; echo $?
for v in a.c b.h x '' 'a b' '*'; do
case $v in
  *.c|*.h) echo src;;
  "a b") echo space;;
  '*') echo star;;
  '') echo empty;;
  ?) echo single;;
esac
done
case x in x) echo one;& y) echo fall;; z) echo no;; esac
case abc in a*) echo p1;;& *c) echo p2;;& b) echo no;; *) echo p3;; esac
case x in y) ;; esac; echo $?
x='*'; case abc in $x) echo pat;; esac; case abc in "$x") echo lit;; *) echo notlit;; esac
case a in (a) echo paren;; esac
case "$(echo hi)" in hi) echo sub; false;; esac; echo $?
