check() {
  cat > t.sh
  bash t.sh < /dev/null
  echo "status $?"
}
check <<'STOP'
shopt -s extglob; echo !(x)
STOP
check <<'STOP'
shopt -s extglob
case abc in @(abc|d)) echo yes;; esac
x=aaab; echo ${x##+(a)}
STOP
check <<'STOP'
f() { shopt -s extglob; }
f
[[ ab == +(a|b) ]] && case ab in +(a|b)) echo yes;; esac
shopt -u extglob
echo next
case ab in +(a|b)) echo yes;; esac
STOP
check <<'STOP'
# shopt -s extglob
echo @(a|b)
STOP
check <<'STOP'
x=(1 2); echo "${#x[@]} $#"; shopt -s extglob # a comment
case abc in @(abc|d)) echo yes;; esac
STOP
