check() {
  cat > t.sh
  bash t.sh < /dev/null
  echo "status $?"
}
check <<'STOP'
cat <<
echo z
STOP
check <<'STOP'
cat <<EOF
a
 EOF
STOP
check <<'STOP'
cat <<'EOF'
a $x
EOF 
echo z
STOP
check <<'STOP'
cat <<-EOF
	a
    EOF
echo z
STOP
check <<'STOP'
f() {
cat <<EOF
hello
EOF
 }
f
cat <<A <<B
one
A
two
STOP
check <<'STOP'
if true; then
cat <<EOF
x
fi
echo z
STOP
check <<'STOP'
echo a > f; cat f; echo $(cat <<EOF
b
EOF
)
echo $(cat <<EOF
c
EOF)
echo z
STOP
check <<'STOP'
x=$(
cat <<EOF
foo
EOF
)
echo $x
x=$(cat <<EOF
bar
)
echo z
STOP
check <<'STOP'
cat <<EOF )
text
EOF
echo after
STOP
check <<'STOP'
echo 'a
b' 'c
d' )
STOP
