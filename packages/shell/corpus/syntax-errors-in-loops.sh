check() {
  cat > t.sh
  bash t.sh < /dev/null
  echo "status $?"
}
check <<'STOP'
for i in 1 2 3
  echo $i
done
STOP
check <<'STOP'
for i in 1 2 3 do echo $i; done
echo z
STOP
check <<'STOP'
while read x; echo $x; done < /dev/null
STOP
check <<'STOP'
while true; do
  echo a; break
don
echo z
STOP
check <<'STOP'
case $1 in
  a) echo a
  b) echo b;;
esac
echo z
STOP
check <<'STOP'
case x in
  x) echo a;;
STOP
check <<'STOP'
case x of
  x) echo a;;
esac
STOP
check <<'STOP'
case x in a|) echo;; esac
STOP
check <<'STOP'
case x in ) echo;; esac
STOP
check <<'STOP'
case in x) echo;; esac
STOP
check <<'STOP'
f( { echo a; }
STOP
check <<'STOP'
f() { echo a }
f
STOP
check <<'STOP'
function { echo a; }
STOP
check <<'STOP'
function f echo a
STOP
check <<'STOP'
f() echo a
STOP
check <<'STOP'
f() if true; then echo a; fi
f
STOP
check <<'STOP'
f () { echo a; } > /dev/null; f; echo z
STOP
check <<'STOP'
while true; do done
STOP
check <<'STOP'
for 1x in a; do echo; done
echo z $?
STOP
check <<'STOP'
for x of a b; do echo; done
STOP
check <<'STOP'
for x in a b; echo $x; done
STOP
check <<'STOP'
for x
do echo $x; done; for x; do echo; done
for x in; do echo; done
for x ; in a; do echo; done
STOP
check <<'STOP'
select x in a b; do echo $x; done
select x in a; echo; done
STOP
check <<'STOP'
until false; do break; done
until do done
STOP
check <<'STOP'
f() {
  echo in f
  if [ 1 ]; then
    echo x
}
f
STOP
check <<'STOP'
f() {
  echo in f
  while :; do
    break
  done
}}
f
STOP
check <<'STOP'
echo start
function g {
  echo g
  return 1
}
g || { echo failed; exit 3; 
STOP
check <<'STOP'
while sleep 1; do echo a; break done
STOP
check <<'STOP'
case a in
a) echo a ;;
*) echo b
esac esac
STOP
check <<'STOP'
case a in a) echo a;; esac; case a in esac; case b in (b) echo b; esac
case c in c) case d in d) echo d;; esac;; esac
case e in e) echo e;& f) echo f;;& g) echo g; esac
STOP
check <<'STOP'
function a-b { echo ab; }; a-b; function a.b() { echo a.b; }; a.b
STOP
check <<'STOP'
until [ x ] do echo; done
STOP
