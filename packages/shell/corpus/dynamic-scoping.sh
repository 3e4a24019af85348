f() { local v=f; g; echo "f:$v"; }; g() { echo "g sees $v"; v=g; local v=gl; h; }; h() { echo "h sees $v"; }
v=top; f; echo $v
